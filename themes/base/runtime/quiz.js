// One question at a time; every answer is kept at once, the reason comes at once.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data } = kejian;

  kejian.register("quiz", async () => {
    const call = await kejian.engine;
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const name = `quiz/${data.chapter}`;
    const kept = kejian.storage.get(name) || {};
    const state = { at: kept.at || 0, seed: kept.seed || 1, items: kept.items || {}, only: kept.only || null };
    const box = make("section", { className: "quiz", "aria-live": "polite" });
    main.querySelector(".static")?.remove();
    main.append(box);

    const save = () => {
      kejian.storage.set(name, state);
      kejian.storage.set("last", { path: `${data.chapter}/quiz.html`, title: data.title });
    };
    const asked = () => data.questions.filter((/** @type {any} */ q) => !state.only || state.only.includes(q.id));
    const item = (/** @type {any} */ question) => {
      const found = state.items[question.id] || (state.items[question.id] = { answer: null, verdict: null, tries: 0, digest: data.digests[question.id] });
      if (found.digest !== data.digests[question.id]) Object.assign(found, { verdict: null, digest: data.digests[question.id], changed: true });
      return found;
    };

    function draw() {
      const questions = asked();
      if (state.at >= questions.length) return result();
      const question = questions[state.at];
      const mine = item(question);
      const face = call({ op: "face", question, seed: state.seed }).ok;
      const form = make("form", { className: "question", noValidate: true });
      const fieldset = make("fieldset", {});
      fieldset.append(make("legend", { tabIndex: -1, html: face.widget === "blanks" ? word("quiz.title") : face.prompt }));
      if (mine.changed) fieldset.append(make("p", { className: "note" }, word("quiz.changed")));
      fieldset.append(kejian.widget(face, mine.answer, (/** @type {any} */ answer) => {
        mine.answer = answer;
        save();
      }));
      const after = make("div", { className: "after" });
      const button = make("button", { className: "primary", type: "submit" }, word("quiz.check"));
      const show = (/** @type {boolean} */ focus) => {
        const last = state.at === questions.length - 1;
        after.replaceChildren(kejian.feedback(face, mine.verdict), make("button", { type: "button", className: "primary next", onclick: () => go(state.at + 1) }, word(last ? "quiz.finish" : "quiz.next")));
        fieldset.querySelectorAll("input, select, textarea, button").forEach((/** @type {any} */ it) => (it.disabled = true));
        for (const part of mine.verdict.parts || []) {
          fieldset.querySelector(`[data-id="${CSS.escape(part.id)}"]`)?.classList.add(part.state);
        }
        button.remove();
        if (focus) after.querySelector(".feedback")?.focus();
      };
      form.addEventListener("submit", (/** @type {Event} */ event) => {
        event.preventDefault();
        if (mine.verdict) return;
        const verdict = call({ op: "grade", question, answer: mine.answer }).ok;
        if (verdict.state === "blank" || verdict.state === "malformed") {
          after.replaceChildren(kejian.feedback(face, { state: verdict.state }));
          return;
        }
        Object.assign(mine, { verdict, tries: mine.tries + 1 });
        delete mine.changed;
        save();
        show(true);
      });
      form.append(fieldset, button);
      const shown = ((state.at + 1) / questions.length) * 100;
      box.replaceChildren(
        make("p", { className: "progress" }, word("quiz.progress", { n: state.at + 1, all: questions.length })),
        make("div", { className: "meter", html: `<i style="width:${shown}%"></i>` }),
        form,
        after,
      );
      if (mine.verdict) show(false);
      return undefined;
    }

    /** @param {number} at */
    function go(at) {
      state.at = at;
      save();
      draw();
      /** @type {any} */ (box.querySelector("legend, h2"))?.focus();
      scrollTo(0, 0);
    }

    /** @param {any[]} questions */
    const sum = (questions) =>
      questions.reduce((all, question) => {
        const verdict = item(question).verdict;
        return { marks: all.marks + (verdict ? verdict.marks : 0), max: all.max + (question.kind === "essay" ? 0 : (question.marks ?? 1)) };
      }, { marks: 0, max: 0 });
    const round = (/** @type {number} */ number) => Math.round(number * 100) / 100;

    function result() {
      const all = sum(data.questions);
      const passed = all.max > 0 && all.marks / all.max >= data.pass;
      const rows = data.objectives.map((/** @type {any} */ objective) => {
        const part = sum(data.questions.filter((/** @type {any} */ q) => q.objective === objective.id));
        return make("li", {}, make("span", {}, objective.text), make("b", {}, `${round(part.marks)} / ${round(part.max)}`));
      });
      const wrong = data.questions.filter((/** @type {any} */ q) => q.kind !== "essay" && !(item(q).verdict?.state === "right")).map((/** @type {any} */ q) => q.id);
      const again = (/** @type {string[] | null} */ ids) => {
        for (const id of ids || Object.keys(state.items)) delete state.items[id];
        state.only = ids;
        if (!ids) state.seed += 1;
        go(0);
      };
      box.replaceChildren(
        make("h2", { tabIndex: -1 }, word("quiz.score", { marks: round(all.marks), max: round(all.max) })),
        make("p", { className: passed ? "passed" : "not-passed" }, word(passed ? "quiz.passed" : "quiz.not_passed")),
        make("h3", {}, word("quiz.by_objective")),
        make("ul", { className: "objectives" }, ...rows),
        make("p", { className: "buttons" },
          wrong.length ? make("button", { className: "primary", type: "button", onclick: () => again(wrong) }, word("quiz.again_wrong")) : "",
          make("button", { type: "button", onclick: () => again(null) }, word("quiz.again")),
          make("button", { type: "button", onclick: () => print() }, word("quiz.print"))),
      );
    }

    document.addEventListener("keydown", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = target.closest("textarea, select") || (target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type));
      if (typing) return;
      const options = /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll(".option input")]);
      const at = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : /^[a-i]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
      if (at >= 0 && options[at] && !options[at].disabled) {
        options[at].focus();
        options[at].click();
        event.preventDefault();
      } else if (event.key === "Enter" && !target.closest("button, a")) {
        const button = /** @type {HTMLElement | null} */ (box.querySelector("button.primary"));
        event.preventDefault();
        button?.click();
      }
    });
    draw();
  });
})();
