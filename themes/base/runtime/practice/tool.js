// Before mixed work: which tool does which case need? Asked once, with reasons; then the work.
"use strict";

(() => {
  const { make, word, text } = kejian;

  /**
   * @param {any} session
   * @param {() => void} goOn
   * @returns {HTMLElement | null} the question while it is open; null once it was left
   */
  function tool(session, goOn) {
    const face = /** @type {Face | undefined} */ (session.face().tool);
    const kept = session.work().tool || (session.work().tool = {});
    if (!face || kept.left) return null;
    const question = (session.state.level && kejian.data.exercise.levels[session.state.level].tool) || {};
    let answer = kept.answer ?? null;
    const widget = /** @type {Widget} */ ((kejian.widgets[face.widget] || kejian.widgets.text)(face, answer, (given) => {
      answer = kept.answer = given;
      session.save();
    }));
    const after = make("div", { className: "after" });
    const check = make("button", { type: "button", className: "primary", "data-check": "tool", onclick: () => {
      const { ok } = session.call({ op: "grade", question, answer });
      kept.checked = ok.state !== "blank" && ok.state !== "malformed";
      session.save();
      said(ok, true);
    } }, word("practice.check"));
    const actions = make("div", { className: "actions" }, check);
    const others = (session.face().with || []).filter((/** @type {string} */ id) => kejian.data.titles && kejian.data.titles[id]);
    const section = make("section", { className: "stage tool", "data-stage": "tool" },
      make("header", {}, make("p", { className: "quiet" }, word("practice.tool")), make("h2", { id: "stage-title", tabIndex: -1, html: face.prompt })),
      make("div", { className: "stage-body" }, make("div", { className: "work" }, make("fieldset", {}, make("legend", { className: "unseen", html: face.prompt }), widget.element), actions, after)),
      others.length ? make("p", { className: "quiet tool-others" }, word("practice.mixed_with"), ...others.map((/** @type {string} */ id) => make("a", { href: `${encodeURIComponent(id)}.html` }, kejian.data.titles[id]))) : null);

    /** @param {Verdict} verdict @param {boolean} focus */
    function said(verdict, focus) {
      const box = kejian.parts.feedback(face, verdict, { tells: widget.tells || !kept.checked });
      kejian.fill(after, box);
      if (kept.checked) {
        if (widget.lock) widget.lock();
        if (widget.mark) widget.mark(verdict);
        kejian.fill(actions, make("button", { type: "button", className: "primary", "data-go-on": "", onclick: () => {
          kept.left = true;
          session.save();
          goOn();
        } }, word("practice.tool_go_on", { title: text(session.face().title) })));
      }
      if (focus) box.focus();
    }
    if (kept.checked) said(session.call({ op: "grade", question, answer }).ok, false);
    return section;
  }

  kejian.parts.practiceTool = tool;
})();
