// The stages that are not tables: cards into boxes, an order, one quiz item.
"use strict";

(() => {
  const { said, called } = kejian.parts;

  /** @param {StageFace} stage @param {Answers} answers @returns {Work} */
  function bins(stage, answers) {
    const items = stage.items || [];
    /** @type {Record<string, string>} */
    const placed = {};
    for (const item of items) {
      const value = answers.get(`${item.id}.answer`);
      if (typeof value === "string") placed[item.id] = value;
    }
    const given = items.filter((item) => !answers.open(`${item.id}.answer`));
    const board = kejian.parts.placing({
      cards: items.filter((item) => answers.open(`${item.id}.answer`)).map((item) => ({
        id: item.id,
        label: called.code(item),
        html: [called.name(item) ? `<b>${called.name(item)}</b>` : "", item.text || ""].filter(Boolean).join(" "),
      })),
      boxes: (stage.bins || []).map((bin) => ({ id: bin.id, html: bin.name })),
      placed,
      put: (/** @type {string} */ card, /** @type {string | null} */ box) => answers.put(`${card}.answer`, box),
      look: stage.figure && stage.figure.kind,
    });
    const { make } = kejian;
    const element = make("div", { className: "bins-work" }, board.element);
    if (given.length) {
      element.append(make("details", { className: "given-bins" }, make("summary", {}, kejian.word("practice.given_cells", { n: given.length })),
        make("ul", {}, ...given.map((item) => make("li", { html: `<small>${called.code(item)}</small> ${item.text || item.name || ""} → <b>${kejian.escape(answers.shown(`${item.id}.answer`) || "—")}</b>` })))));
    }
    return {
      element,
      broad: true,
      mark(cells) {
        const notes = new Map();
        for (const [name, cell] of cells) {
          const id = name.replace(/\.answer$/, "");
          notes.set(id, { state: cell.state, note: cell.state === "blank" ? null : said.said(cell) });
        }
        board.mark(notes);
      },
    };
  }

  /** @param {StageFace} stage @param {Answers} answers @returns {Work} */
  function order(stage, answers) {
    const { make } = kejian;
    const face = /** @type {Face} */ (/** @type {unknown} */ ({ id: stage.id, kind: "order", widget: "order", items: stage.items }));
    const widget = kejian.widgets.order(face, answers.get("order"), (answer) => answers.put("order", answer));
    const place = make("div");
    return {
      element: make("div", {}, widget.element, place),
      mark(cells) {
        const cell = cells.get("order");
        if (!cell) {
          place.replaceChildren();
          return;
        }
        const given = Array.isArray(cell.given) ? cell.given : [];
        const right = Array.isArray(cell.expected) ? cell.expected : [];
        if (widget.mark) {
          widget.mark(/** @type {any} */ ({ parts: given.map((/** @type {string} */ id, /** @type {number} */ at) => ({ id, state: right[at] === id ? "right" : "wrong", expected: String(right.indexOf(id) + 1) })) }));
        }
        place.replaceChildren(said.said({ ...cell, shown: undefined }));
      },
    };
  }

  /**
   * A quiz item inside a stage.
   * @param {Face} face @param {string} cell @param {Answers} answers
   * @param {(verdict: any) => any} find where its verdict stands in the stage's
   * @returns {Work}
   */
  function item(face, cell, answers, find) {
    const { make } = kejian;
    const element = make("fieldset", { className: "stage-question" });
    const draw = (/** @type {any} */ verdict) => {
      const widget = (kejian.widgets[face.widget] || kejian.widgets.text)(face, answers.get(cell) ?? null, (answer) => answers.put(cell, answer));
      element.replaceChildren(make("legend", { html: face.prompt }), widget.element);
      if (!verdict || verdict.state === "blank") return;
      if (widget.mark) widget.mark(verdict);
      element.append(kejian.parts.feedback(face, verdict, { tells: widget.tells }));
    };
    draw(null);
    return { element, mark: (cells, verdict) => draw(verdict ? find(verdict) : null) };
  }

  const works = kejian.parts.works;
  works.bins = bins;
  works.order = order;
  works.question = (/** @type {StageFace} */ stage, /** @type {Answers} */ answers) =>
    item(/** @type {Face} */ (stage.question), "answer", answers, (verdict) => verdict.question);
  works.principle = (/** @type {StageFace} */ stage, /** @type {Answers} */ answers) =>
    item(/** @type {Face} */ (stage.principle), "principle", answers, (verdict) => verdict.principle);
})();
