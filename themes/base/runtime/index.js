// The front page: how far one is, where to go on, and the progress to carry away.
"use strict";

kejian.register("index", () => {
  const { make, word, data, storage } = kejian;
  const progress = kejian.parts.progress;
  const map = (/** @type {any} */ value) => (value && typeof value === "object" ? value : {});

  /** A row of marks, one per question or stage, filled as they are done. */
  function marks(/** @type {string[]} */ states, /** @type {string} */ said) {
    return make("span", { className: "marks", role: "img", "aria-label": said }, ...states.map((state) => make("i", { className: state })));
  }

  /** @param {any} chapter */
  function chapterDone(chapter) {
    const kept = map(storage.get(`quiz/${chapter.stem}`));
    const items = map(kept.items);
    const states = chapter.questions.map((/** @type {string} */ id) => {
      const verdict = map(items[id]).verdict;
      return !verdict ? "open" : verdict.state === "right" || verdict.state === "unscored" ? "right" : verdict.state === "partly" ? "partly" : "wrong";
    });
    const n = states.filter((/** @type {string} */ state) => state !== "open").length;
    return { states, n, all: states.length };
  }

  /** @param {any} exercise */
  function exerciseDone(exercise) {
    const kept = map(storage.get(`practice/${exercise.id}`));
    const checked = Object.values(map(kept.works)).map((work) => map(map(work).checked));
    const states = exercise.stages.map((/** @type {string} */ id) => {
      const marks = checked.map((it) => it[id]).filter(Boolean);
      if (!marks.length) return "open";
      return marks.some((it) => it.passed) ? "right" : "partly";
    });
    const n = states.filter((/** @type {string} */ state) => state !== "open").length;
    return { states, n, all: states.length };
  }

  /** @param {string} selector @param {{states: string[], n: number, all: number}} has */
  function fill(selector, has) {
    const place = document.querySelector(`${selector} .done`);
    if (place && has.all) {
      const said = word("index.done", { n: has.n, all: has.all });
      place.replaceChildren(marks(has.states, said), make("span", { className: "done-words" }, has.n ? said : ""));
    }
    return has;
  }

  /** What a page is called in this language: it may have been left in another one. @param {string} path */
  function titleOf(path) {
    const [folder, page] = path.split("#")[0].split("/");
    const exercise = data.exercises.find((/** @type {any} */ it) => folder === "practice" && page === `${it.id}.html`);
    const chapter = data.chapters.find((/** @type {any} */ it) => it.stem === folder);
    return (exercise || chapter || {}).title;
  }

  // The language last chosen is offered where the languages are; nobody is led away.
  const chosen = storage.get("language");
  for (const link of document.querySelectorAll(".languages a.language")) link.classList.toggle("chosen", link.getAttribute("hreflang") === chosen);

  function goOn() {
    const last = storage.get("last");
    const go = /** @type {HTMLElement} */ (document.querySelector(".continue"));
    const safe = last && typeof last.path === "string" && !/^[a-z]+:|^\/\/|\\/i.test(last.path);
    go.hidden = !safe;
    if (!safe) return go.replaceChildren();
    const where = last.n && last.all ? ` · ${last.n} / ${last.all}` : "";
    return go.replaceChildren(make("a", { href: last.path },
      make("span", { className: "continue-word" }, word("index.continue")),
      make("b", {}, String(titleOf(last.path) || last.title || "")),
      make("small", {}, `${last.kind && kejian.hasWord(`index.${last.kind}`) ? word(`index.${last.kind}`) : ""}${where}`)));
  }

  /** Everything that says how far one is. */
  function draw() {
    const has = [
      ...data.chapters.map((/** @type {any} */ it) => fill(`[data-chapter="${CSS.escape(it.stem)}"]`, chapterDone(it))),
      ...data.exercises.map((/** @type {any} */ it) => fill(`[data-exercise="${CSS.escape(it.id)}"]`, exerciseDone(it))),
    ];
    const total = has.reduce((sum, it) => sum + it.all, 0);
    const done = has.reduce((sum, it) => sum + it.n, 0);
    kejian.fill(/** @type {HTMLElement} */ (document.querySelector(".whole")),
      done && make("span", { className: "bar", "aria-hidden": "true" }, make("i", { style: `inline-size:${(done / total) * 100}%` })),
      done && make("span", {}, word("index.whole", { n: done, all: total })));
    goOn();
  }

  const box = /** @type {HTMLElement} */ (document.querySelector(".progress-box"));
  const { buttons, fold, said } = kejian.parts.carry(draw);
  const sure = make("dialog", { className: "sure-dialog" },
    make("p", {}, word("index.reset_sure")),
    make("p", { className: "buttons" },
      make("button", { type: "button", className: "danger", onclick: () => {
        progress.reset();
        sure.close();
        draw();
        said.textContent = word("index.is_reset");
      } }, word("index.reset")),
      make("button", { type: "button", onclick: () => sure.close() }, word("index.keep"))));
  box.append(make("h2", {}, word("index.progress")),
    make("p", { className: "note" }, word(storage.lasting() ? "index.private" : "page.not_lasting")),
    make("p", { className: "buttons" }, ...buttons,
      make("button", { type: "button", className: "quiet-button reset", onclick: () => sure.showModal() }, word("index.reset"))),
    fold, said, sure);
  progress.settle();
  draw();
});
