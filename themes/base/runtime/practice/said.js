// What is said of one cell after a check: right, near, carried forward, wrong; the right value;
// the author's feedback on a typical mistake; the reason.
"use strict";

(() => {
  const { make, word } = kejian;
  const { worked } = kejian.parts.formula;
  const symbols = /** @type {Record<string, string>} */ ({ right: "✓", near: "≈", carried: "↪", wrong: "✗", malformed: "!", blank: "○", own: "" });

  /** @param {CellVerdict} cell */
  const needsRight = (cell) => ["wrong", "blank", "malformed", "near", "carried"].includes(cell.state);

  /** The expert's value in words. @param {CellVerdict} cell */
  function shown(cell) {
    if (cell.shown === undefined || cell.shown === "") return "—";
    return cell.shown === "✓" ? word("practice.yes_word") : cell.shown === "✗" ? word("practice.no_word") : cell.shown.replace(/^-(?=\d)/, "−");
  }

  /**
   * A mark to stand in the cell itself.
   * @param {CellVerdict} cell
   */
  function mark(cell) {
    const right = needsRight(cell) ? ` ${shown(cell)}` : "";
    return make("span", { className: `cell-mark ${cell.state}` }, make("span", { "aria-hidden": "true" }, symbols[cell.state] || ""),
      make("span", { className: "unseen" }, word(`practice.${cell.state}`)), right);
  }

  /**
   * All of it, for under the cell or the row.
   * @param {CellVerdict} cell
   * @param {string} [title] what the cell is called, as markup
   */
  function said(cell, title) {
    const box = make("div", { className: `said ${cell.state}` });
    const right = needsRight(cell) ? word("practice.expected", { value: shown(cell) }) : "";
    box.append(make("p", {}, title ? make("b", { className: "said-title", html: title }) : null,
      make("span", { className: "tag" }, `${symbols[cell.state] || ""} ${word(`practice.${cell.state}`)}`), right ? make("span", {}, right) : null));
    if (cell.message) box.append(make("p", { className: "message" }, kejian.message(cell.message)));
    if (cell.feedback) box.append(make("div", { className: "mistake", html: cell.feedback }));
    const how = needsRight(cell) ? worked(/** @type {any} */ (cell).step) : "";
    if (how) box.append(make("code", {}, how));
    if (cell.why) box.append(make("div", { className: "why", html: cell.why }));
    return box;
  }

  /** Whether there is more to say than the mark does. @param {CellVerdict} cell */
  const hasMore = (cell) => Boolean(cell.state === "carried" || cell.message || cell.feedback || (needsRight(cell) && (cell.why || worked(/** @type {any} */ (cell).step))));

  kejian.parts.said = { mark, said, hasMore };
})();
