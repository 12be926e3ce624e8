// A table stage: on a wide screen a table to fill, row by row or column by column; on a narrow one
// a record at a time. Results that stand for the whole stage follow.
"use strict";

(() => {
  const { make, word, text } = kejian;
  const { said, called } = kejian.parts;

  /** @param {any} column */
  const heading = (column) => `${column.title}${column.unit ? ` <small>${column.unit}</small>` : column.percent ? " <small>%</small>" : ""}`;
  /** A row's head: its code, small, and its name. @param {any} row */
  const rowHead = (row) => [called.code(row) ? make("small", {}, called.code(row)) : null, make("span", { html: ` ${called.name(row)}` })];

  /**
   * An input, or what stands there already.
   * @param {any} column @param {string} name @param {string} label @param {Answers} answers @param {boolean} roomy
   */
  function slot(column, name, label, answers, roomy) {
    if (!answers.open(name)) {
      const shown = answers.shown(name);
      return make("span", { className: "fixed", html: shown === undefined || shown === "" ? "—" : kejian.escape(shown) });
    }
    const input = kejian.parts.cell(column, answers.get(name), { label, roomy, changed: (/** @type {any} */ value) => answers.put(name, value) });
    input.addEventListener("focusin", () => answers.attend(column.id));
    return input;
  }

  /** A given value: one, or one for each item. @param {any} value */
  const givenText = (value) => (value === undefined || value === null ? "—" : Array.isArray(value) ? value.map((it) => `<span>${it}</span>`).join(" ") : String(value).replace(/^-(?=\d)/, "−"));
  /** @param {any} value */
  const givenKind = (value) => (Array.isArray(value) ? " each" : Number.isNaN(Number(value)) ? "" : " figure");

  /** Few reasons stand open; many are folded, so that the table stays a table. @param {Node[]} notes */
  function saidList(notes) {
    const list = make("div", { className: "said-list" }, ...notes);
    if (notes.length <= 3) return list;
    return make("details", { className: "said-fold" }, make("summary", {}, word("practice.reasons", { n: notes.length })), list);
  }

  /** @param {StageFace} stage @param {Answers} answers @param {ColumnFace[]} asked @param {any[]} fields @returns {Work} */
  function grid(stage, answers, asked, fields) {
    const rows = stage.rows || [];
    const body = make("tbody");
    const texts = rows.some((row) => row.text);
    const head = make("tr", {}, make("th", { scope: "col" }, make("span", { className: "unseen" }, word("practice.row"))),
      ...fields.map((field) => make("th", { scope: "col", className: "given", html: heading(field) })),
      ...asked.map((column) => make("th", { scope: "col", className: "ask", "data-column": column.id, html: heading(column) })));
    for (const row of rows) {
      body.append(make("tr", { "data-row": row.id },
        make("th", { scope: "row", className: texts ? "worded" : "" }, ...rowHead(row), row.text ? make("span", { className: "row-text", html: row.text }) : null),
        ...fields.map((field) => make("td", { className: `given${givenKind(row.given[field.id])}`, html: givenText(row.given[field.id]) })),
        ...asked.map((column) => {
          const name = `${row.id}.${column.id}`;
          return make("td", { className: `ask ${column.input}`, "data-cell": name }, slot(column, name, `${called.whole(row)} ${text(column.title)}`, answers, false));
        })));
    }
    const table = make("table", { className: "work-table" }, make("caption", { className: "unseen", html: stage.title }), make("thead", {}, head), body);
    table.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const on = /** @type {HTMLElement} */ (event.target);
      const place = /** @type {HTMLElement | null} */ (on.closest("td[data-cell]"));
      const by = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey) ? 1 : event.key === "ArrowUp" || event.key === "Enter" ? -1 : 0;
      if (!place || !by || on.tagName !== "INPUT") return;
      const at = [.../** @type {HTMLElement} */ (place.parentElement).children].indexOf(place);
      let row = /** @type {HTMLElement | null} */ (place.parentElement);
      do row = /** @type {HTMLElement | null} */ (by > 0 ? row && row.nextElementSibling : row && row.previousElementSibling);
      while (row && !row.dataset.row);
      const input = row && /** @type {HTMLElement | null} */ (row.children[at].querySelector("input, select, button, textarea"));
      if (!input) return;
      input.focus();
      if (input instanceof HTMLInputElement) input.select();
      event.preventDefault();
    });
    const region = make("div", { className: "scroll work-scroll", tabIndex: 0, role: "region", "aria-label": word("practice.table") }, table);
    // A shadow on the side where there is more of the table.
    const edges = () => {
      region.classList.toggle("more", region.scrollLeft + region.clientWidth < region.scrollWidth - 2);
      region.classList.toggle("less", region.scrollLeft > 2);
    };
    region.addEventListener("scroll", edges, { passive: true });
    new ResizeObserver(edges).observe(region);
    return {
      element: region,
      mark(cells) {
        body.querySelectorAll(".said-row, .cell-mark").forEach((/** @type {Element} */ it) => it.remove());
        for (const row of rows) {
          const line = /** @type {HTMLElement} */ (body.querySelector(`[data-row="${CSS.escape(row.id)}"]`));
          const notes = [];
          for (const column of asked) {
            const name = `${row.id}.${column.id}`;
            const place = /** @type {HTMLElement} */ (line.querySelector(`[data-cell="${CSS.escape(name)}"]`));
            const cell = cells.get(name);
            place.classList.remove("right", "near", "carried", "wrong", "blank", "malformed", "own");
            if (!cell) continue;
            place.classList.add(cell.state);
            place.append(said.mark(cell));
            if (said.hasMore(cell)) notes.push(said.said(cell, column.title));
          }
          if (notes.length) line.after(make("tr", { className: "said-row" }, make("td", { colSpan: 1 + fields.length + asked.length }, saidList(notes))));
        }
      },
    };
  }

  /** @param {StageFace} stage @param {Answers} answers @param {ColumnFace[]} asked @param {any[]} fields @returns {Work} */
  function records(stage, answers, asked, fields) {
    const rows = stage.rows || [];
    let at = 0;
    /** @type {Map<string, CellVerdict>} */
    let cells = new Map();
    const element = make("div", { className: "records" });
    const openOf = (/** @type {any} */ row) => asked.filter((column) => answers.open(`${row.id}.${column.id}`));
    const stateOf = (/** @type {any} */ row) => {
      const open = openOf(row);
      const done = open.filter((column) => answers.get(`${row.id}.${column.id}`) !== undefined).length;
      const wrong = open.some((column) => ["wrong", "blank", "malformed"].includes((cells.get(`${row.id}.${column.id}`) || { state: "" }).state));
      if (cells.size && open.length) return wrong ? "✗" : "✓";
      return done === 0 ? "" : done === open.length ? "●" : "◐";
    };

    /** @param {number} to */
    function turn(to) {
      at = to;
      draw();
      const title = /** @type {HTMLElement | null} */ (element.querySelector("h3"));
      if (title) title.focus();
    }

    function nav() {
      const list = make("select", { "aria-label": word("practice.records"), onchange: () => turn(list.selectedIndex) },
        ...rows.map((row, place) => make("option", { selected: place === at }, `${stateOf(row)} ${called.whole(row)}`.trim())));
      return make("nav", { className: "record-nav", "aria-label": word("practice.records") },
        make("button", { type: "button", className: "previous", disabled: at === 0, "aria-label": word("practice.previous"), onclick: () => turn(at - 1) }, "←"), list,
        make("button", { type: "button", className: "next-record", disabled: at === rows.length - 1, "aria-label": word("practice.next"), onclick: () => turn(at + 1) }, "→"));
    }

    /** @param {any} row @param {ColumnFace} column */
    function asks(row, column) {
      const name = `${row.id}.${column.id}`;
      const rule = kejian.parts.ruleEntry(column);
      const cell = cells.get(name);
      return make("div", { className: `asked ${cell ? cell.state : ""}`, "data-cell": name },
        make("h4", { html: heading(column) }), slot(column, name, `${called.whole(row)} ${text(column.title)}`, answers, true),
        cell && cell.state !== "own" ? said.said(cell) : null,
        rule.length ? make("details", { className: "rule-fold" }, make("summary", {}, word("practice.rule")), make("div", { className: "rule" }, ...rule)) : null);
    }

    function draw() {
      const row = rows[at];
      if (!row) return;
      const given = fields.filter((field) => row.given[field.id] !== undefined);
      kejian.fill(element, nav(),
        make("h3", { tabIndex: -1 }, ...rowHead(row)),
        make("p", { className: "unseen" }, word("practice.record", { n: at + 1, all: rows.length })),
        row.text ? make("div", { className: "row-text", html: row.text }) : null,
        given.length ? make("dl", { className: "given-list" }, ...given.map((field) => make("div", {}, make("dt", { html: field.title }), make("dd", { html: `${givenText(row.given[field.id])}${field.unit ? ` <small>${field.unit}</small>` : ""}` })))) : null,
        make("div", { className: "asks" }, ...asked.map((column) => asks(row, column))),
        make("p", { className: "record-next" }, at < rows.length - 1 ? make("button", { type: "button", onclick: () => turn(at + 1) }, word("practice.next_record", { n: at + 2, all: rows.length })) : null));
    }
    draw();
    return {
      element,
      mark(map) {
        cells = map;
        const wrong = rows.findIndex((row) => asked.some((column) => ["wrong", "malformed"].includes((map.get(`${row.id}.${column.id}`) || { state: "" }).state)));
        if (map.size && wrong >= 0) at = wrong;
        draw();
      },
    };
  }

  /** @param {StageFace} stage @param {Answers} answers @returns {Work} */
  function results(stage, answers) {
    const asked = (stage.results || []).filter((result) => result.asked);
    const element = make("div", { className: "results" });
    /** @param {Map<string, CellVerdict>} cells */
    const draw = (cells) => element.replaceChildren(...asked.map((result) => {
      const cell = cells.get(result.id);
      return make("div", { className: `asked ${cell ? cell.state : ""}`, "data-cell": result.id },
        make("h3", { html: heading(result) }),
        slot(result, result.id, text(result.title), answers, result.input !== "pick"),
        cell && cell.state !== "own" ? said.said(cell) : null);
    }));
    draw(new Map());
    return { element, mark: draw };
  }

  /** @param {StageFace} stage @param {Answers} answers @returns {Work} */
  function table(stage, answers) {
    const asked = (stage.columns || []).filter((column) => column.asked);
    const fields = (stage.fields || []).filter((field) => (stage.rows || []).some((row) => row.given[field.id] !== undefined));
    const texts = (stage.rows || []).some((row) => row.text);
    const element = make("div", { className: "table-work" });
    const totals = results(stage, answers);
    const wide = matchMedia("(min-width: 700px)");
    /** @type {Map<string, CellVerdict>} */
    let cells = new Map();
    /** @type {Work | null} */
    let rows = null;
    const draw = () => {
      rows = stage.rows && stage.rows.length ? (wide.matches ? grid : records)(stage, answers, asked, fields) : null;
      if (rows && cells.size) rows.mark(cells, null);
      element.replaceChildren(...(rows ? [rows.element] : []), totals.element);
      totals.element.hidden = !totals.element.children.length;
    };
    wide.addEventListener("change", draw);
    draw();
    return {
      element,
      // About what the table needs in pixels; beside it stands the card of rules.
      broad: (texts ? 300 : 150) + fields.length * 64 + asked.length * 78 > 850,
      mark(map) {
        cells = map;
        if (rows) rows.mark(map, null);
        totals.mark(map, null);
      },
      destroy: () => wide.removeEventListener("change", draw),
    };
  }

  kejian.parts.works = kejian.parts.works || {};
  kejian.parts.works.table = table;
})();
