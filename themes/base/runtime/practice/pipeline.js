// A pipeline: a board per period, each card where the learner says it stands at the period's end.
// What became known in the period stands on the card; the board before can be copied.
"use strict";

(() => {
  const { make, word, text } = kejian;
  const { said, called } = kejian.parts;

  /** @param {StageFace} stage @param {Answers} answers @returns {Work} */
  function pipeline(stage, answers) {
    const face = /** @type {any} */ (stage);
    const periods = /** @type {string[]} */ (face.periods || []);
    const rows = stage.rows || [];
    let now = Math.max(0, periods.findIndex((period) => rows.some((row) => answers.open(`${period}.${row.id}`))));
    /** @type {Map<string, CellVerdict>} */
    let cells = new Map();
    const element = make("div", { className: "pipeline-work" });
    const places = /** @type {any[]} */ (face.places || []);
    const placeName = (/** @type {string} */ id) => text((places.find((it) => it.id === id) || { name: id }).name);

    /** Where a card stands after a period: the learner's, else what is shown. */
    const at = (/** @type {string} */ period, /** @type {string} */ who) => {
      const cell = `${period}.${who}`;
      return answers.open(cell) ? answers.get(cell) : (stage.shown || {})[cell];
    };

    /** @param {any} row @param {string} period */
    function card(row, period) {
      const told = ((face.events || {})[period] || {})[row.id] || [];
      const before = now > 0 ? at(periods[now - 1], row.id) : face.start;
      const from = before ? `<small class="from">${kejian.escape(placeName(before))} →</small> ` : "";
      const given = now === 0 ? (stage.fields || []).filter((field) => row.given && row.given[field.id] !== undefined).map((field) => `${text(field.title)} ${row.given[field.id]}`).join(" · ") : "";
      const news = told.length ? `<span class="news">${told.map((/** @type {string} */ it) => kejian.escape(it)).join(kejian.word("practice.semicolon"))}</span>` : "";
      return { id: row.id, label: called.code(row), html: `${from}<b>${called.name(row)}</b>${news}${given ? `<span class="news quiet">${kejian.escape(given)}</span>` : ""}` };
    }

    /** @param {number} to */
    function turn(to) {
      now = to;
      draw();
      const title = /** @type {HTMLElement | null} */ (element.querySelector("h3"));
      if (title) title.focus();
    }

    /** Everyone stays who was not placed yet. */
    function copy() {
      const period = periods[now];
      for (const row of rows) {
        const cell = `${period}.${row.id}`;
        const before = now > 0 ? at(periods[now - 1], row.id) : face.start;
        if (answers.open(cell) && answers.get(cell) === undefined && before) answers.put(cell, before);
      }
      draw();
      kejian.say(word("practice.copied"));
    }

    function draw() {
      const period = periods[now];
      /** @type {Record<string, string>} */
      const placed = {};
      for (const row of rows) {
        const place = at(period, row.id);
        if (place) placed[row.id] = place;
      }
      const open = rows.filter((row) => answers.open(`${period}.${row.id}`));
      const board = kejian.parts.placing({
        cards: rows.map((row) => card(row, period)),
        boxes: places.map((place) => ({ id: place.id, html: `${place.name}${place.slots !== undefined ? ` <small>${word("practice.slots", { n: place.slots })}</small>` : ""}` })),
        placed,
        put: (/** @type {string} */ who, /** @type {string | null} */ place) => answers.put(`${period}.${who}`, place),
        locked: !open.length,
      });
      const notes = new Map();
      for (const row of rows) {
        const cell = cells.get(`${period}.${row.id}`);
        if (cell) notes.set(row.id, { state: cell.state, note: cell.state === "right" ? null : said.said(cell) });
      }
      if (notes.size) board.mark(notes);
      const tab = (/** @type {string} */ name, /** @type {number} */ place) => {
        const marks = rows.map((row) => (cells.get(`${name}.${row.id}`) || { state: "" }).state);
        const sign = marks.some((it) => ["wrong", "malformed", "blank"].includes(it)) ? " ✗" : marks.some((it) => it === "right") ? " ✓" : "";
        return make("button", { type: "button", "aria-current": place === now ? "step" : null, onclick: () => turn(place) }, `${name}${sign}`);
      };
      kejian.fill(element, make("nav", { className: "periods", "aria-label": word("practice.periods") }, ...periods.map(tab)),
        make("h3", { tabIndex: -1 }, word("practice.period", { name: period })),
        open.length ? make("p", { className: "buttons" }, make("button", { type: "button", className: "copy-board", onclick: copy }, word("practice.copy"))) : null,
        board.element,
        now < periods.length - 1 ? make("p", { className: "buttons" }, make("button", { type: "button", className: "next-period", onclick: () => turn(now + 1) }, word("practice.next_period", { name: periods[now + 1] }))) : null);
    }
    draw();
    return {
      element,
      broad: true,
      mark(map) {
        cells = map;
        const wrong = periods.findIndex((period) => rows.some((row) => ["wrong", "malformed"].includes((map.get(`${period}.${row.id}`) || { state: "" }).state)));
        if (map.size && wrong >= 0) now = wrong;
        draw();
      },
    };
  }

  kejian.parts.works.pipeline = pipeline;
})();
