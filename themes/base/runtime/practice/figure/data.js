// What a figure shows: the learner's values by row, with names, thresholds, scales and totals.
// Cells that stand there already count as well.
"use strict";

(() => {
  const { text } = kejian;

  /** A number as learners write it; undefined if it is none. */
  function number(/** @type {any} */ value) {
    if (typeof value === "number") return value;
    if (typeof value !== "string") return undefined;
    const plain = value.normalize("NFKC").replace(/[,，\s%]/g, "").replace(/[−–]/g, "-");
    const read = Number(plain);
    return plain !== "" && Number.isFinite(read) ? read : undefined;
  }

  /** The figure as the author wrote it. @param {StageFace} stage */
  function written(stage) {
    const stages = /** @type {any[]} */ (kejian.data.exercise.stages || []);
    return (stages.find((it) => it.id === stage.id) || {}).figure || stage.figure || {};
  }

  /** @param {any} session @param {StageFace} stage */
  function reader(session, stage) {
    const mine = session.answers(stage.id);
    const shown = stage.shown || {};
    return (/** @type {string} */ cell) => (cell in mine ? mine[cell] : shown[cell]);
  }

  /** A named number: a value, a result of this stage or `stage.result`. */
  function named(/** @type {any} */ session, /** @type {StageFace} */ stage, /** @type {any} */ name) {
    if (typeof name === "number") return name;
    if (typeof name !== "string") return undefined;
    const values = kejian.data.exercise.values || {};
    const variant = (kejian.data.exercise.variants || []).find((/** @type {any} */ it) => it.id === session.state.variant);
    if (variant && variant.set && typeof variant.set[name] === "number") return variant.set[name];
    if (typeof values[name] === "number") return values[name];
    const [first, rest] = name.includes(".") ? name.split(".") : [stage.id, name];
    const mine = number(session.answers(first)[rest]);
    if (mine !== undefined) return mine;
    const solved = session.worked().stages.find((/** @type {any} */ it) => it.id === first);
    return solved ? number(solved.results[rest]) : undefined;
  }

  /** @param {any} session @param {StageFace} stage */
  function data(session, stage) {
    const spec = written(stage);
    const read = reader(session, stage);
    const kind = (stage.figure || spec).kind;
    const rows = stage.rows || [];
    const nameOf = (/** @type {any} */ row) => text(row.name === row.id ? "" : row.name);
    if (kind === "quadrants") {
      return { kind, boxes: (stage.bins || []).map((bin) => ({ id: bin.id, name: text(bin.name), items: (stage.items || []).filter((item) => read(`${item.id}.answer`) === bin.id).map((item) => item.id) })) };
    }
    if (kind === "board") {
      const places = (stage.places || []).map((place) => ({ id: place.id, name: text(place.name || place.title) }));
      return { kind, places, periods: stage.periods || [], rows: rows.map((row) => ({ id: row.id, name: nameOf(row), at: (stage.periods || []).map((period) => read(`${period}.${row.id}`)) })) };
    }
    const column = [...(stage.columns || []), ...(stage.results || [])].find((it) => it.id === spec.of);
    const title = column ? text(column.title) : "";
    if (kind === "radar") {
      const list = (/** @type {any} */ row, /** @type {string} */ field) => (Array.isArray(row.given[field]) ? row.given[field].map(number) : []);
      const field = (stage.fields || []).find((it) => it.id === spec.of) || {};
      const items = (field.items || []).map((/** @type {Option} */ it) => text(it.name));
      return { kind, title, items, rows: rows.map((row) => ({ id: row.id, name: nameOf(row), now: list(row, spec.of), before: spec.before ? list(row, spec.before) : [] })) };
    }
    const drawn = rows.map((row) => {
      const value = read(`${row.id}.${spec.of}`);
      return { id: row.id, name: nameOf(row), value: number(value), label: value, group: spec.groups ? read(`${row.id}.${spec.groups}`) : undefined };
    });
    const lines = (spec.lines || []).map((/** @type {any} */ line) => ({ value: named(session, stage, line) })).filter((/** @type {any} */ it) => it.value !== undefined);
    return { kind, title, rows: drawn, lines, scale: column ? (column.options || []).map((it) => ({ id: it.id, name: text(it.name) })) : [], total: named(session, stage, spec.total) };
  }

  kejian.parts.figureData = data;
})();
