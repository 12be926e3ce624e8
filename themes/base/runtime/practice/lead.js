// Where to go after a check, and what stands under every stage: start over, one's own data.
"use strict";

(() => {
  const { make, word } = kejian;

  /**
   * The engine's advice as buttons.
   * @param {any} session @param {StageFace} stage @param {any} said
   * @param {(level: string, variant: string, stage: string) => void} lead
   */
  function advice(session, stage, said, lead) {
    const next = session.verdict().next;
    const stages = session.face().stages;
    const last = stage.id === stages[stages.length - 1].id;
    // On the way, advice is for who is stuck; at the end it is for everyone.
    if (!next || (said.passed && !last) || (next.stage && next.stage !== stage.id && !last)) return [];
    const here = session.state;
    const go = (/** @type {string} */ level, /** @type {string} */ variant, /** @type {string} */ at) => make("button", { type: "button", onclick: () => lead(level, variant, at) },
      level === here.level ? word("practice.fresh_case") : word(`practice.lead_${level}`));
    const ways = [];
    if (next.level && next.level !== here.level) ways.push(go(next.level, next.code === "next.see-step" ? here.variant : "", next.stage || ""));
    if (next.variant && next.variant !== here.variant) ways.push(go(here.level, next.variant, ""));
    return [make("span", { className: "advice-word" }, kejian.message({ code: next.code })), ...ways];
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
