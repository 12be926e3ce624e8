// The formula card of a stage: for every column the formula, its bands, its rules in order, what
// the numbers stand for. The column that is being filled is held up.
"use strict";

(() => {
  const { make, word, text } = kejian;
  const { inWords, order } = kejian.parts.formula;

  /** @param {any} band */
  function interval(band) {
    if (band.from === undefined && band.below === undefined) return "…";
    if (band.from === undefined) return `< ${band.below}`;
    if (band.below === undefined) return `≥ ${band.from}`;
    return `${band.from} – <${band.below}`;
  }

  /** @param {any[]} bands */
  function bandTable(bands) {
    return make("div", { className: "bands", role: "list" }, ...bands.map((band) =>
      make("span", { role: "listitem" }, make("small", {}, interval(band)), make("b", { html: band.give }))));
  }

  /** @param {any[]} rules */
  function ruleList(rules) {
    return make("ol", { className: "rule-list" }, ...rules.map((rule) => make("li", {},
      kejian.parts.called.code({ ...rule, name: rule.why }) ? make("b", {}, `${rule.id} `) : null,
      make("span", {}, rule.when ? inWords(rule.when) : word("practice.otherwise")),
      rule.give !== undefined && rule.give !== "" ? make("span", { html: ` → <b>${rule.give}</b>` }) : null,
      rule.why || rule.action ? make("small", { html: [rule.why, rule.action].filter(Boolean).join(word("practice.semicolon")) }) : null)));
  }

  /** Each step of a climb asks for all before it and one more; that one is said. @param {any[]} lines */
  function lookup(lines) {
    return make("dl", { className: "anchors" }, ...lines.flatMap((line, at) => {
      const before = at && lines[at - 1].of ? `${lines[at - 1].of} + ` : "";
      const more = before && line.of.startsWith(before) ? `+ ${line.of.slice(before.length)}` : line.of;
      return [make("dt", { html: more || "—" }), make("dd", { html: line.give ?? "—" })];
    }));
  }

  /** @param {ColumnFace} column @param {ColumnFace} [same] a column before it with the same look-up */
  function entry(column, same) {
    const { card } = column;
    const parts = [];
    if (card.formula) parts.push(make("code", {}, inWords(card.formula)));
    if (card.when && column.kind === "what_if") parts.push(make("small", {}, inWords(card.when)));
    if (card.bands) parts.push(bandTable(card.bands));
    if (card.rules) parts.push(ruleList(card.rules));
    if (card.lookup) parts.push(same ? make("p", { html: word("practice.same_as", { text: same.title }) }) : lookup(card.lookup));
    const share = ["total", "need", "weights", "least"].filter((key) => card[key] !== undefined);
    if (share.length) parts.push(make("dl", { className: "anchors" }, ...share.flatMap((key) => [make("dt", {}, word(`practice.share_${key}`)), make("dd", {}, make("code", {}, inWords(String(card[key]))))]),
      ...(card.step !== undefined ? [make("dt", {}, word("practice.share_step")), make("dd", {}, String(card.step))] : [])));
    if (card.by) parts.push(make("p", {}, order(card.by)));
    if (card.when && column.kind !== "what_if") parts.push(make("p", {}, word("practice.only_if", { when: inWords(card.when) })));
    const anchors = Object.entries(column.anchors || {});
    if (anchors.length) parts.push(make("dl", { className: "anchors" }, ...anchors.flatMap(([value, text]) => [make("dt", {}, value), make("dd", { html: text })])));
    if (column.checklist && column.checklist.length) parts.push(make("ul", {}, ...column.checklist.map((it) => make("li", { html: it }))));
    return parts;
  }

  /**
   * The columns that have a rule to show.
   * @param {StageFace} stage
   */
  const ruled = (stage) => [...(stage.columns || []), ...(stage.results || [])].filter((column) => (column.asked || column.card.formula) && entry(column).length);

  /** The moves of a pipeline, in their order. @param {any[]} moves */
  function moveList(moves) {
    return make("section", { className: "rule" }, make("h3", {}, word("practice.moves")), make("ol", { className: "rule-list" }, ...moves.map((move) => make("li", {},
      make("b", { html: move.name }), ` ${move.from.map(text).join(word("practice.comma"))} → ${text(move.to)}`,
      move.when ? make("small", {}, word("practice.only_if", { when: inWords(move.when) })) : null,
      move.by ? make("small", {}, word("practice.first_come", { by: order(move.by) })) : null,
      move.wait !== undefined ? make("small", {}, word("practice.wait", { n: move.wait })) : null))));
  }

  /** @param {StageFace} stage */
  function card(stage) {
    const columns = ruled(stage);
    const moves = /** @type {any} */ (stage).moves || [];
    if (!columns.length && !moves.length) return null;
    /** @param {ColumnFace} column @param {number} at */
    const same = (column, at) => columns.slice(0, at).find((before) => column.card.lookup && JSON.stringify(before.card.lookup) === JSON.stringify(column.card.lookup));
    const list = make("div", { className: "rule-entries" }, moves.length ? moveList(moves) : null, ...columns.map((column, at) =>
      make("section", { className: "rule", "data-column": column.id }, make("h3", { html: column.title }), ...entry(column, same(column, at)))));
    const element = make("details", { className: "formula-card" }, make("summary", {}, word("practice.rules")), list);
    return {
      element,
      /** @param {string} column */
      attend(column) {
        for (const rule of list.children) {
          const now = /** @type {HTMLElement} */ (rule).dataset.column === column;
          rule.classList.toggle("current", now);
          if (now && list.scrollHeight > list.clientHeight) list.scrollTop = /** @type {HTMLElement} */ (rule).offsetTop - list.offsetTop - 12;
        }
      },
    };
  }

  kejian.parts.formulaCard = card;
  kejian.parts.ruleEntry = entry;
})();
