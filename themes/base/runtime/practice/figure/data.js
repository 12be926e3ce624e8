// What a figure shows: the learner's values by row, with names, thresholds, scales and totals.
"use strict";

(() => {
  const { text } = kejian;

  /** A number as learners write it. */
  function number(/** @type {any} */ value) {
    if (typeof value === "number") return value;
    if (typeof value !== "string") return undefined;
    const plain = value.normalize("NFKC").replace(/[,，\s%]/g, "").replace(/[−–]/g, "-");
    const read = Number(plain);
    return plain !== "" && Number.isFinite(read) ? read : undefined;
  }

  /** @param {any} session @param {StageFace} stage */
  function data(session, stage) {
    const spec = stage.figure;
    const mine = session.answers(stage.id);
    const values = kejian.data.exercise.values || {};
    if (spec.kind === "quadrants") {
      return { kind: "quadrants", boxes: (stage.bins || []).map((bin) => ({ id: bin.id, name: text(bin.name), items: (stage.items || []).filter((item) => mine[`${item.id}.answer`] === bin.id).map((item) => item.id) })) };
    }
    const column = [...(stage.columns || []), ...(stage.results || [])].find((it) => it.id === spec.of);
    const rows = (stage.rows || []).map((row) => ({ id: row.id, name: text(row.name === row.id ? "" : row.name), value: number(mine[`${row.id}.${spec.of}`]), label: mine[`${row.id}.${spec.of}`], group: spec.groups ? mine[`${row.id}.${spec.groups}`] : undefined }));
    const lines = (spec.lines || []).map((/** @type {any} */ line) => (typeof line === "number" ? { value: line } : { value: values[line], name: line })).filter((/** @type {any} */ it) => typeof it.value === "number");
    return { kind: spec.kind, title: column ? text(column.title) : "", rows, lines, scale: column ? column.options : undefined, total: undefined };
  }

  kejian.parts.figureData = data;
})();
