// The expert's solution of a stage, one step after the other.
"use strict";

(() => {
  const { make, word, text } = kejian;
  const { called, formula } = kejian.parts;

  /** @param {any} value @param {any} column */
  function shown(value, column) {
    if (value === undefined || value === null) return "—";
    if (typeof value === "boolean") return value ? "✓" : "✗";
    const option = (/** @type {string} */ id) => ((column && column.options) || []).find((/** @type {Option} */ it) => it.id === id);
    if (Array.isArray(value)) return value.map((id) => called.brief(option(id) || { id })).join(" · ") || "—";
    if (typeof value === "number" && column) return column.percent ? `${kejian.figure(value * 100, column.decimals)}%` : kejian.figure(value, column.decimals);
    return option(value) ? text(option(value).name) : String(value);
  }

  /** The answer of a stage without cells: an order, or options of a question. @param {StageFace} stage @param {any} solved */
  function whole(stage, solved) {
    const { order, answer } = solved.results || {};
    const of = (/** @type {any[] | undefined} */ list, /** @type {string} */ id) => (list || []).find((it) => it.id === id) || { id };
    if (order) {
      const line = (/** @type {string} */ id) => {
        const item = { ...of(stage.items, id), ...of(solved.rows, id) };
        return make("li", {}, make("span", { className: "worked-value", html: item.text || item.name || id }), item.why && item.why.order ? make("small", { html: item.why.order }) : null);
      };
      return [make("section", {}, make("ol", { className: "worked-order" }, ...order.map(line)))];
    }
    const options = /** @type {any} */ (stage.question || {}).options || [];
    const chosen = (Array.isArray(answer) ? answer : [answer]).map((/** @type {any} */ id) => of(options, String(id)));
    return [make("section", {}, make("ol", {}, ...chosen.map((option) => make("li", {}, make("span", { className: "worked-value", html: option.text || option.id })))))];
  }

  /** @param {StageFace} stage @param {any} solved */
  function list(stage, solved) {
    if (stage.kind === "order" || stage.kind === "question") return whole(stage, solved);
    const columns = [...(stage.columns || []), ...(stage.results || [])];
    const names = new Map((stage.rows || stage.items || []).map((/** @type {any} */ row) => [row.id, text(row.name || row.text || row.id)]));
    const steps = new Map(solved.steps.map((/** @type {any} */ step) => [step.cell, step]));
    /** @param {string} cell @param {any} column @param {any} value @param {string | undefined} why */
    const step = (cell, column, value, why) => {
      const how = /** @type {any} */ (steps.get(cell));
      return make("li", {}, make("b", { html: column ? column.title : cell }),
        how && how.formula ? make("code", {}, formula.worked(how)) : null,
        make("span", { className: "worked-value" }, shown(value, column)),
        why || (how && how.why) ? make("small", { html: why || how.why }) : null);
    };
    const groups = solved.rows.map((/** @type {any} */ row) => {
      const cells = stage.kind === "bins"
        ? [make("li", {}, make("span", { className: "worked-value" }, text(((stage.bins || []).find((it) => it.id === row.answer) || { name: row.answer }).name)), row.why && row.why.answer ? make("small", { html: row.why.answer }) : null)]
        // One reason for several cells in a row is given once, at the last of them.
        : columns.filter((column) => column.id in row).map((column, at, list) => {
          const why = (row.why || {})[column.id];
          const again = why && list[at + 1] && (row.why || {})[list[at + 1].id] === why;
          return step(`${row.id}.${column.id}`, column, row[column.id], again ? undefined : why);
        });
      return make("section", {}, make("h4", {}, make("small", {}, called.code(row)), ` ${names.get(row.id) === row.id ? "" : names.get(row.id) || ""}`), make("ol", {}, ...cells));
    });
    const results = Object.entries(solved.results || {}).filter(([id]) => columns.some((it) => it.id === id))
      .map(([id, value]) => step(id, columns.find((it) => it.id === id), value, (solved.results.why || {})[id]));
    if (results.length) groups.push(make("section", {}, make("h4", {}, word("practice.results")), make("ol", {}, ...results)));
    return groups;
  }

  /**
   * @param {StageFace} stage
   * @param {any} solved the stage of the worked solution
   */
  function worked(stage, solved) {
    const groups = list(stage, solved);
    let shownSteps = 1;
    const box = make("div", { className: "worked-list" });
    const more = make("button", { type: "button", onclick: () => open(shownSteps + 1, true) }, word("practice.next_step"));
    const all = make("button", { type: "button", className: "quiet-button", onclick: () => open(groups.length, true) }, word("practice.all_steps"));
    /** @param {number} count @param {boolean} focus */
    function open(count, focus) {
      const from = focus ? shownSteps : 0;
      shownSteps = Math.min(count, groups.length);
      groups.forEach((/** @type {HTMLElement} */ it, /** @type {number} */ at) => (it.hidden = at >= shownSteps));
      more.hidden = all.hidden = shownSteps >= groups.length;
      if (focus && groups[from]) {
        groups[from].tabIndex = -1;
        groups[from].focus();
      }
    }
    box.append(...groups);
    open(1, false);
    return make("details", { className: "worked", name: "worked" }, make("summary", {}, word("practice.worked")), box, make("p", { className: "buttons" }, more, all));
  }

  kejian.parts.worked = worked;
})();
