// The map of a quiz: every question with how it stands; and the look-over before handing in.
"use strict";

(() => {
  const { make, word } = kejian;

  /** @param {any} session @param {any} entry */
  function stateOf(session, entry) {
    const mine = session.item(entry.id);
    if (mine.done && mine.verdict) return mine.verdict.state;
    const answer = mine.answer;
    const empty = answer === null || answer === undefined || answer === "" || (typeof answer === "object" && !Object.keys(answer).length);
    return empty ? "blank" : entry.feedback === "end" ? "kept" : "draft";
  }

  /**
   * Numbered buttons, one per question.
   * @param {any} session
   * @param {number} current
   * @param {(at: number) => void} go
   */
  function map(session, current, go) {
    const list = make("ol", { className: "quiz-map" });
    for (const [at, entry] of session.view().items.entries()) {
      const state = stateOf(session, entry);
      const flagged = Boolean(session.item(entry.id).flagged);
      const said = [word("quiz.question_n", { n: at + 1 }), word(`quiz.state_${state}`), flagged ? word("quiz.flagged") : ""].filter(Boolean).join(word("quiz.comma"));
      list.append(make("li", {}, make("button", { type: "button", className: `dot ${state}${flagged ? " flagged" : ""}`, "aria-label": said, title: said, "aria-current": at === current ? "step" : null, onclick: () => go(at) }, String(at + 1))));
    }
    return list;
  }

  /**
   * Before handing in: what is still open or flagged, and a confirmation.
   * @param {any} session
   * @param {{go: (at: number) => void, hand: () => void}} way
   */
  function review(session, way) {
    const entries = session.view().items;
    const rows = entries.map((/** @type {any} */ entry, /** @type {number} */ at) => {
      const state = stateOf(session, entry);
      const flagged = Boolean(session.item(entry.id).flagged);
      return make("li", { className: `${state}${flagged ? " flagged" : ""}` },
        make("button", { type: "button", onclick: () => way.go(at) },
          make("b", {}, String(at + 1)),
          make("span", { className: "review-stem" }, kejian.text(entry.face.prompt || (entry.face.segments || []).join(" ＿＿ "))),
          make("span", { className: "review-state" }, `${flagged ? "⚑ " : ""}${word(`quiz.state_${state}`)}`)));
    });
    const open = entries.filter((/** @type {any} */ it) => stateOf(session, it) === "blank").length;
    const flags = entries.filter((/** @type {any} */ it) => session.item(it.id).flagged).length;
    return make("section", { className: "review" },
      make("h2", { tabIndex: -1 }, word("quiz.review")),
      make("p", { className: "note" }, kejian.parts.sentences([open ? word("quiz.review_open", { n: open }) : word("quiz.review_none"), flags ? word("quiz.review_flags", { n: flags }) : ""])),
      make("ol", { className: "review-list" }, ...rows),
      make("p", { className: "buttons" },
        make("button", { type: "button", className: "primary hand-in", onclick: way.hand }, word("quiz.hand_in")),
        make("button", { type: "button", onclick: () => way.go(Math.max(0, entries.findIndex((/** @type {any} */ it) => stateOf(session, it) === "blank"))) }, word("quiz.go_back"))));
  }

  kejian.parts.quizMap = map;
  kejian.parts.review = review;
  kejian.parts.stateOf = stateOf;
})();
