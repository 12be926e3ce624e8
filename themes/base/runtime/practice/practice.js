// An exercise, one stage at a time: the task, the work, the card of rules beside it, the check.
"use strict";

kejian.register("practice", async () => {
  const { make, word, data, parts, text, figure } = kejian;
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const still = main.querySelector(".static");
  /** @type {Call} */
  let call;
  try {
    call = await kejian.engine;
  } catch {
    document.documentElement.className = "no-js";
    main.prepend(make("p", { className: "note", role: "alert" }, word("page.no_engine")));
    return;
  }
  const session = parts.practiceSession(call);
  if (still) still.remove();
  const controls = make("div", { className: "controls" });
  const steps = make("ol", { className: "stepper" });
  const place = make("div", { className: "stage-place" });
  const foot = make("div", { className: "practice-foot" });
  main.append(make("div", { className: "practice" }, controls, make("nav", { "aria-label": word("practice.stages") }, steps), place, foot));
  /** @type {Work[]} */
  let works = [];
  /** @type {any} */
  let redraw = 0;

  const stages = () => /** @type {StageFace[]} */ (session.face().stages);
  const current = () => Math.max(0, stages().findIndex((it) => it.id === session.state.stage));

  function drawControls() {
    const face = session.face();
    const turn = (/** @type {string} */ level, /** @type {string} */ variant) => {
      session.turn(level, variant);
      draw();
    };
    const levels = session.levelled ? (face.levels || []) : [];
    const box = make("fieldset", { className: "levels" }, make("legend", {}, word("practice.level")));
    for (const level of ["", ...levels.map((/** @type {any} */ it) => (typeof it === "string" ? it : it.id))]) {
      const input = make("input", { type: "radio", name: "level", value: level, checked: session.state.level === level });
      input.addEventListener("change", () => turn(level, session.state.variant));
      box.append(make("label", {}, input, make("span", {}, word(`practice.level_${level || "whole"}`))));
    }
    const select = make("select", { id: "variant" }, make("option", { value: "" }, word("practice.original")), ...(face.variants || []).map((/** @type {any} */ it) =>
      make("option", { value: it.id, selected: it.id === session.state.variant }, text(it.title))));
    select.addEventListener("change", () => turn(session.state.level, select.value));
    controls.replaceChildren(...(levels.length ? [box] : []),
      ...(face.variants && face.variants.length ? [make("p", { className: "variants" }, make("label", { for: "variant" }, word("practice.variant")), select)] : []));
    controls.hidden = !controls.children.length;
  }

  function drawSteps() {
    const now = current();
    steps.replaceChildren(...stages().map((stage, at) => {
      const done = session.checked(stage.id);
      const state = done ? (done.passed ? "passed" : "tried") : "";
      const said = done ? word("practice.score", { marks: figure(done.marks), max: figure(done.max) }) : "";
      return make("li", { className: state }, make("a", { href: `#${encodeURIComponent(stage.id)}`, "aria-current": at === now ? "step" : null },
        make("b", {}, done && done.passed ? "✓" : String(at + 1)), make("span", { html: stage.title }), said ? make("small", {}, `${figure(done.marks)}/${figure(done.max)}`) : null));
    }));
    steps.parentElement.hidden = stages().length < 2;
  }

  /** @param {StageFace} stage @param {any} card @returns {Answers} */
  function answersOf(stage, card) {
    const open = new Set([...(stage.open || []), "principle"]);
    const shown = { ...stage.shown, .../** @type {any} */ (stage).texts };
    return {
      get: (cell) => session.answers(stage.id)[cell],
      put(cell, value) {
        session.put(stage.id, cell, value);
        clearTimeout(redraw);
        redraw = setTimeout(() => drawFigure(stage), 250);
        const old = place.querySelector(".verdict");
        if (old) old.classList.add("stale");
      },
      open: (cell) => open.has(cell),
      shown: (cell) => (shown[cell] === true ? word("practice.yes_word") : shown[cell] === false ? word("practice.no_word") : Array.isArray(shown[cell]) ? shown[cell].join(" · ") : shown[cell]),
      attend: (column) => card && card.attend(column),
    };
  }

  /** @param {StageFace} stage */
  function drawFigure(stage) {
    const spot = place.querySelector(".figure-place");
    if (!spot || !stage.figure) return;
    const drawn = parts.practiceFigure(session, stage);
    spot.replaceChildren(...(drawn ? [drawn] : []));
  }

  /** @param {StageFace} stage */
  function hints(stage) {
    if (!stage.hints.length) return { list: null, button: null };
    const kept = session.work().hints || (session.work().hints = {});
    const list = make("ol", { className: "hints", "aria-live": "polite", hidden: true });
    let shown = 0;
    const label = () => word("practice.hint", { n: shown, all: stage.hints.length });
    const show = (/** @type {number} */ upTo) => {
      while (shown < upTo && shown < stage.hints.length) list.append(make("li", { html: stage.hints[shown++] }));
      list.hidden = shown === 0;
      button.textContent = label();
      button.disabled = shown >= stage.hints.length;
    };
    const button = make("button", { type: "button", onclick: () => {
      kept[stage.id] = shown + 1;
      session.save();
      show(shown + 1);
    } }, label());
    show(kept[stage.id] || 0);
    return { list, button };
  }

  /** What is said of the whole stage after a check. */
  function verdictBox(/** @type {StageFace} */ stage, /** @type {any} */ said) {
    const count = (/** @type {string} */ state) => said.cells.filter((/** @type {CellVerdict} */ it) => it.state === state && it.max > 0).length;
    const box = make("div", { className: `verdict ${said.passed ? "passed" : "not-passed"}`, tabIndex: -1 },
      make("p", { className: "stage-score" }, make("b", {}, word("practice.score", { marks: figure(said.marks), max: figure(said.max) })), ` ${word(said.passed ? "practice.passed" : "practice.not_passed", { percent: `${Math.round(stage.pass * 100)}%` })}`));
    const counts = ["wrong", "blank", "malformed", "near", "carried"].flatMap((state) => (count(state) ? [word(`practice.count_${state}`, { n: count(state) })] : []));
    if (counts.length) box.append(make("p", { className: "counts" }, kejian.parts.sentences(counts)));
    for (const mistake of said.mistakes || []) {
      box.append(make("div", { className: "mistake" }, mistake.title ? make("b", { html: mistake.title }) : null, make("div", { html: mistake.feedback })));
    }
    return box;
  }

  /** @param {StageFace} stage @param {boolean} focus */
  function showCheck(stage, focus) {
    const said = session.stageVerdict(stage.id);
    const solved = session.worked().stages.find((/** @type {any} */ it) => it.id === stage.id);
    const steps = new Map(solved ? solved.steps.map((/** @type {any} */ step) => [step.cell, step]) : []);
    const cells = new Map(said.cells.map((/** @type {CellVerdict} */ it) => [it.cell, { ...it, step: steps.get(it.cell) }]));
    for (const work of works) work.mark(cells, said);
    const spot = /** @type {HTMLElement} */ (place.querySelector(".verdict-place"));
    const box = verdictBox(stage, said);
    const at = current();
    const next = stages()[at + 1];
    box.append(make("p", { className: "buttons" }, next ? make("a", { className: `button ${said.passed ? "primary" : "plain"}`, href: `#${encodeURIComponent(next.id)}` }, word("practice.next_stage", { title: text(next.title) })) : null,
      ...parts.practiceLead(session, stage, said, lead)));
    spot.replaceChildren(box);
    if (!next) box.append(total());
    if (focus) {
      box.focus({ preventScroll: true });
      box.scrollIntoView({ block: "center" });
    }
  }

  function total() {
    const all = session.verdict();
    return make("p", { className: "total" }, word("practice.total", { marks: figure(all.marks), max: figure(all.max) }));
  }

  /** Goes where the engine or the learner leads. */
  function lead(/** @type {string} */ level, /** @type {string} */ variant, /** @type {string} */ at) {
    session.turn(level, variant);
    session.state.stage = stages().some((it) => it.id === at) ? at : stages()[0].id;
    draw(true);
  }

  /** @param {boolean} [focus] */
  function draw(focus = false) {
    for (const work of works) if (work.destroy) work.destroy();
    const at = current();
    const stage = stages()[at];
    session.state.stage = stage.id;
    drawControls();
    const first = parts.practiceTool(session, () => draw(true));
    if (first) {
      works = [];
      steps.parentElement.hidden = true;
      place.replaceChildren(first);
      foot.replaceChildren(...parts.practiceFoot(session, () => draw(true)));
      session.save();
      if (focus) first.querySelector("h2").focus();
      return;
    }
    drawSteps();
    const card = parts.formulaCard(stage);
    const answers = answersOf(stage, card);
    const work = parts.works[stage.kind] ? parts.works[stage.kind](stage, answers) : { element: make("p", { className: "note" }, word("practice.unknown_kind")), mark() {} };
    works = [work];
    const hint = hints(stage);
    const section = make("section", { className: `stage ${stage.kind}${work.broad ? " broad" : ""}`, "data-stage": stage.id, "data-kind": stage.kind },
      make("header", {}, stages().length > 1 && make("p", { className: "quiet" }, word("practice.stage", { n: at + 1, all: stages().length })),
        make("h2", { id: "stage-title", tabIndex: -1, html: stage.title }), make("div", { className: "task", html: stage.task })));
    if (stage.principle) {
      const principle = parts.works.principle(stage, answers);
      works.push(principle);
      section.append(make("div", { className: "principle" }, make("p", { className: "principle-word" }, word("practice.principle")), principle.element));
    }
    const side = make("aside", { className: "side", "aria-label": word("practice.side") }, card ? make("div", { className: "card-place" }, card.element) : null, make("div", { className: "figure-place" }));
    const actions = make("div", { className: "actions" },
      stage.open && !stage.open.length ? null : make("button", { type: "button", className: "primary", "data-check": stage.id, onclick: () => {
        session.check(stage.id);
        drawSteps();
        showCheck(stage, true);
      } }, word("practice.check")), hint.button);
    section.append(make("div", { className: "stage-body" }, make("div", { className: "work" }, work.element, hint.list, actions,
      make("div", { className: "verdict-place", "aria-live": "polite" })), side));
    section.append(solution(stage));
    section.append(make("div", { className: "stage-nav" },
      at > 0 ? make("a", { href: `#${encodeURIComponent(stages()[at - 1].id)}` }, `← ${text(stages()[at - 1].title)}`) : make("span"),
      at < stages().length - 1 ? make("a", { href: `#${encodeURIComponent(stages()[at + 1].id)}` }, `${text(stages()[at + 1].title)} →`) : make("span")));
    place.replaceChildren(section);
    fitCard(card, work);
    drawFigure(stage);
    if (session.checked(stage.id)) showCheck(stage, false);
    foot.replaceChildren(...parts.practiceFoot(session, () => draw(true)));
    session.save();
    if (focus) {
      /** @type {HTMLElement} */ (section.querySelector("h2")).focus({ preventScroll: true });
      steps.scrollIntoView({ block: "start" });
    }
  }

  /** Beside the work the card stands open; folded above it on a narrow screen. */
  function fitCard(/** @type {any} */ card, /** @type {Work} */ work) {
    if (!card) return;
    const beside = matchMedia(work.broad ? "(min-width: 1500px)" : "(min-width: 1000px)");
    card.element.open = beside.matches;
    if (!beside.matches) return;
    const list = card.element.lastElementChild;
    list.tabIndex = 0;
    list.setAttribute("role", "region");
    list.setAttribute("aria-label", word("practice.rules"));
  }

  /** @param {StageFace} stage */
  function solution(stage) {
    const box = make("details", { className: "worked" }, make("summary", {}, word("practice.worked")));
    const done = session.checked(stage.id);
    const fill = () => {
      if (box.querySelector(".worked-list")) return;
      const solved = session.worked().stages.find((/** @type {any} */ it) => it.id === stage.id);
      const made = parts.worked(stage, solved);
      box.append(...[...made.children].slice(1));
    };
    box.addEventListener("toggle", () => {
      if (!box.open) return;
      if (session.checked(stage.id) || done || !(stage.open && stage.open.length)) return fill();
      // Looking before trying is allowed, but never by accident.
      if (box.querySelector(".worked-ask")) return;
      box.append(make("div", { className: "worked-ask" }, make("p", {}, word("practice.worked_sure")),
        make("button", { type: "button", onclick: (/** @type {Event} */ event) => {
          /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.target).parentElement).remove();
          fill();
        } }, word("practice.worked_show"))));
    });
    // Where everything is shown, how it comes about is the point.
    if (session.state.level === "show") box.open = true;
    return box;
  }

  /** The stage that the address names. */
  function follow() {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1).split("~")[0]);
    } catch {
      id = "";
    }
    if (!stages().some((it) => it.id === id)) return false;
    session.state.stage = id;
    return true;
  }
  addEventListener("hashchange", () => {
    if (follow()) draw(true);
  });
  const renew = () => {
    session.refresh();
    draw();
  };
  kejian.storage.onChange(`practice/${data.id}`, renew);
  parts.unkept(renew);
  follow();
  draw();
});
