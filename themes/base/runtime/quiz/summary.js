// How it went: the score against the pass mark, each objective, what to read again, what to retry.
"use strict";

(() => {
  const { make, word, figure } = kejian;
  const percent = (/** @type {number} */ share) => `${Math.floor(share * 100 + 1e-9)}%`;

  /** @param {number} share @param {number} [pass] */
  function bar(share, pass) {
    const box = make("span", { className: `bar${pass !== undefined && share >= pass ? " reached" : ""}`, "aria-hidden": "true" }, make("i", { style: `inline-size:${Math.round(share * 100)}%` }));
    if (pass !== undefined) box.append(make("u", { style: `inset-inline-start:${Math.round(pass * 100)}%` }));
    return box;
  }

  /** @param {any} summary */
  function objectives(summary) {
    return make("ul", { className: "objectives" }, ...summary.objectives.filter((/** @type {any} */ it) => it.max > 0).map((/** @type {any} */ it) => {
      const score = it.max > 0 ? it.marks / it.max : 0;
      return make("li", {}, make("span", { className: "objective", html: it.text }), bar(score, summary.pass),
        make("b", {}, `${figure(it.marks)} / ${figure(it.max)}`),
        it.level && kejian.hasWord(`quiz.level_${it.level}`) ? make("small", { className: `level ${it.level}` }, word(`quiz.level_${it.level}`)) : null);
    }));
  }

  /** @param {any} summary */
  function advice(summary) {
    const list = (summary.advice || []).filter((/** @type {any} */ it) => it.slides && it.slides.length);
    if (!list.length) return null;
    return make("section", { className: "advice" }, make("h3", {}, word("quiz.read_again")), make("ul", {}, ...list.map((/** @type {any} */ it) =>
      make("li", {}, make("span", { className: "objective", html: it.text }), make("span", { className: "slides" }, ...it.slides.map((/** @type {any} */ slide) =>
        make("a", { href: `deck.html#${encodeURIComponent(slide.id)}` }, word("quiz.slide", { n: slide.number, title: kejian.text(slide.title) }))))))));
  }

  /** @param {any} certainty */
  function sure(certainty) {
    if (!certainty) return null;
    return make("section", { className: "sure" }, make("h3", {}, word("quiz.certainty_title")),
      make("p", {}, word("quiz.certainty_points", { points: figure(certainty.points), max: figure(certainty.max) })),
      make("ul", {}, ...certainty.levels.map((/** @type {any} */ it) => make("li", {}, word("quiz.certainty_level", { level: it.level, right: it.right, items: it.items })))),
      ...(certainty.messages || []).map((/** @type {Message} */ it) => make("p", { className: "note" }, kejian.message(it))));
  }

  /**
   * @param {any} session
   * @param {any} summary
   * @param {{again: (what: string) => void, go: (at: number) => void}} way
   */
  function result(session, summary, way) {
    const items = session.view().items;
    const place = (/** @type {string} */ id) => items.findIndex((/** @type {any} */ it) => it.id === id);
    const wrong = (summary.wrong || []).filter((/** @type {string} */ id) => place(id) >= 0);
    const best = session.past().reduce((/** @type {number} */ most, /** @type {any} */ it) => Math.max(most, it.score), 0);
    const head = make("div", { className: `score ${summary.passed ? "passed" : "not-passed"}` },
      make("h2", { tabIndex: -1 }, make("span", { className: "unseen" }, word("quiz.score", { marks: figure(summary.marks), max: figure(summary.max) })),
        make("span", { className: "big", "aria-hidden": "true" }, figure(summary.marks), make("small", {}, ` / ${figure(summary.max)}`))),
      make("div", {}, bar(summary.score, summary.pass),
        make("p", {}, make("b", { className: "result" }, word(summary.passed ? "quiz.passed" : "quiz.not_passed")), ` ${percent(summary.score)} · ${word("quiz.pass_at", { percent: percent(summary.pass) })}`),
        best > summary.score ? make("p", { className: "note" }, word("quiz.best", { percent: percent(best) })) : null));
    const missed = wrong.length ? make("section", { className: "missed-items" }, make("h3", {}, word("quiz.missed_items")), make("ol", {}, ...wrong.map((/** @type {string} */ id) => {
      const at = place(id);
      const { face } = items[at];
      return make("li", { value: at + 1 }, make("button", { type: "button", className: "link", onclick: () => way.go(at) }, kejian.text(face.prompt || (face.segments || []).join(" ____ "))));
    }))) : null;
    const flagged = (summary.flagged || []).length;
    return make("section", { className: "summary" }, head,
      make("p", { className: "buttons" },
        wrong.length ? make("button", { className: "primary", type: "button", onclick: () => way.again("wrong") }, word("quiz.again_wrong", { n: wrong.length })) : null,
        summary.passed ? make("button", { className: wrong.length ? "" : "primary", type: "button", onclick: () => kejian.parts.certificate(summary) }, word("quiz.certificate")) : null,
        flagged ? make("button", { type: "button", onclick: () => way.again("flagged") }, word("quiz.again_flagged", { n: flagged })) : null,
        make("button", { type: "button", onclick: () => way.again("all") }, word("quiz.again")),
        make("button", { type: "button", onclick: () => print() }, word("quiz.print")),
        make("a", { className: "button plain", href: `sheet.html?seed=${session.view().seed}` }, word("quiz.sheet", { n: session.view().seed })),
        make("a", { className: "button plain", href: `${kejian.data.root}index.html` }, word("page.home"))),
      make("h3", {}, word("quiz.by_objective")), objectives(summary), advice(summary), sure(summary.certainty), missed);
  }

  kejian.parts.result = result;
})();
