// Where to go after a check, and what stands under every stage: start over, one's own data.
"use strict";

(() => {
  const { make, word } = kejian;

  /**
   * The engine's advice as buttons.
   * @param {any} session @param {StageFace} stage @param {any} said
   * @param {(level: string, variant: string) => void} lead
   */
  function advice(session, stage, said, lead) {
    const next = session.verdict().next;
    const last = stage.id === session.face().stages[session.face().stages.length - 1].id;
    if (!next || !next.level || (last ? false : said.passed)) return [];
    const variant = next.variant || (next.level === session.state.level ? session.state.variant : "");
    if (next.level === session.state.level && variant === session.state.variant) return [];
    return [make("button", { type: "button", onclick: () => lead(next.level, variant) }, kejian.hasWord(`engine.${next.code}`) ? kejian.message({ code: next.code, args: next }) : word(`practice.lead_${next.level}`))];
  }

  /** @param {any} session @param {() => void} redraw */
  function foot(session, redraw) {
    const sure = make("dialog", { className: "sure-dialog" }, make("p", {}, word("practice.reset_sure")), make("p", { className: "buttons" },
      make("button", { type: "button", className: "danger", onclick: () => {
        session.reset();
        sure.close();
        redraw();
      } }, word("practice.reset")),
      make("button", { type: "button", onclick: () => sure.close() }, word("practice.keep"))));
    const parts = [make("p", { className: "buttons" }, make("button", { type: "button", className: "quiet-button", onclick: () => print() }, word("practice.print")),
      make("button", { type: "button", className: "quiet-button reset", onclick: () => sure.showModal() }, word("practice.reset"))), sure];
    if (kejian.parts.ownData) parts.unshift(...kejian.parts.ownData(session));
    return parts;
  }

  kejian.parts.practiceLead = advice;
  kejian.parts.practiceFoot = foot;
})();
