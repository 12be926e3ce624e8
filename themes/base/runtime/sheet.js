// The quiz on paper in the order that a seed gives it on the screen: the engine draws the questions
// and shuffles what stands in them, this puts the printed ones into that order.
"use strict";

kejian.register("sheet", () => {
  const { make, word, data } = kejian;
  const { quiz } = data;
  const list = /** @type {HTMLElement} */ (document.querySelector(".asked"));
  const version = /** @type {HTMLElement} */ (document.querySelector(".version"));
  const field = /** @type {HTMLInputElement} */ (version.querySelector("input"));
  const back = /** @type {HTMLAnchorElement} */ (document.querySelector(".to-quiz"));
  const quizUrl = back.getAttribute("href");
  let shown = Number(field.value);

  /**
   * Puts elements into the order of a face's entries; each takes a place that one of them had.
   * @param {Element | null | undefined} holder
   * @param {Entry[]} entries
   */
  function arrange(holder, entries) {
    const elements = /** @type {HTMLElement[]} */ ([...(holder ? holder.children : [])]).filter((it) => it.dataset.id);
    const by = new Map(elements.map((it) => [it.dataset.id, it]));
    if (!entries.every((entry) => by.has(entry.id)) || by.size !== entries.length) return;
    const places = elements.map((it) => {
      const place = document.createComment("");
      it.replaceWith(place);
      return place;
    });
    entries.forEach((entry, at) => places[at].replaceWith(/** @type {HTMLElement} */ (by.get(entry.id))));
  }

  /** @param {HTMLElement} item @param {any} face */
  function arrangeItem(item, face) {
    for (const name of ["options", "lefts", "targets", "items", "rows", "columns", "regions"]) {
      if (face[name]) arrange(item.querySelector(`[data-list="${name}"]`), face[name]);
    }
    const holders = item.querySelectorAll('[data-list="gap"]');
    const choices = (face.gaps || []).filter((/** @type {any} */ gap) => gap.options);
    choices.forEach((/** @type {any} */ gap, /** @type {number} */ at) => arrange(holders[at], gap.options));
  }

  /** @param {string} name @param {string} text */
  function tell(name, text) {
    for (const place of document.querySelectorAll(`[data-said="${name}"]`)) place.textContent = text;
  }

  /** @param {number} seed */
  async function show(seed) {
    const call = await kejian.engine;
    const { items } = call({ op: "quiz.start", quiz, progress: {}, seed }).ok.view;
    const all = /** @type {HTMLElement[]} */ ([...list.children]);
    for (const item of all) item.hidden = true;
    let marks = 0;
    items.forEach((/** @type {any} */ entry, /** @type {number} */ at) => {
      const item = all.find((it) => it.dataset.id === entry.id);
      if (!item) return;
      item.hidden = false;
      marks += Number(item.dataset.marks);
      /** @type {HTMLElement} */ (item.querySelector(".n")).textContent = String(at + 1);
      arrangeItem(item, entry.face);
      list.append(item);
    });
    shown = seed;
    field.value = String(seed);
    tell("seed", String(seed));
    tell("marks", kejian.figure(marks));
    back.setAttribute("href", `${quizUrl}?seed=${seed}`);
  }

  /** Shows an order; a sheet in the wrong one is worse than none. @param {number} seed */
  async function turn(seed) {
    list.hidden = true;
    try {
      await show(seed);
    } catch {
      if (!document.querySelector(".failed")) list.before(make("p", { className: "failed", role: "alert" }, word("paper.no_engine", { n: seed })));
      return;
    }
    list.hidden = false;
  }

  field.addEventListener("change", async () => {
    const seed = Number(field.value);
    if (!Number.isSafeInteger(seed) || seed < 1) {
      field.value = String(shown);
      return;
    }
    await turn(seed);
    try {
      history.replaceState(null, "", `?seed=${seed}${location.hash}`);
    } catch {
      // A sandboxed frame has no address of its own; the sheet is in the new order all the same.
    }
  });
  version.hidden = false;
  const given = kejian.parts.seed();
  if (given && given !== shown) void turn(given);
});
