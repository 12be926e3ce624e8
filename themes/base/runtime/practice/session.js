// One learner's work on one exercise: answers by level and variant, kept after every stroke, and
// what the engine says of them.
"use strict";

(() => {
  const { data, storage } = kejian;

  /** @param {Call} call */
  function session(call) {
    const name = `practice/${data.id}`;
    const map = (/** @type {any} */ value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
    const word = (/** @type {any} */ value) => (typeof value === "string" ? value : "");

    /** What is kept, with everything where the page looks for it. */
    function readKept() {
      const kept = kejian.parts.kept(call, name);
      const works = Object.entries(map(kept.works)).map(([key, work]) => [key, { ...map(work), answers: Object.fromEntries(Object.entries(map(map(work).answers)).map(([stage, cells]) => [stage, map(cells)])), checked: map(map(work).checked), hints: map(map(work).hints) }]);
      return { ...kept, level: word(kept.level), variant: word(kept.variant), stage: word(kept.stage), works: Object.fromEntries(works) };
    }
    /** @type {any} */
    let state = readKept();
    if (state.digest && state.digest !== data.digest) {
      // The author changed the exercise: answers stay, what was said of them goes.
      for (const work of Object.values(state.works)) /** @type {any} */ (work).checked = {};
    }
    state.digest = data.digest;
    const levelled = "ok" in call({ op: "practice.face", exercise: data.exercise, level: "solo" });
    if (!levelled) state.level = "";
    /** @type {any} */
    let verdict = null;

    const key = () => `${state.level}/${state.variant}`;
    const work = () => state.works[key()] || (state.works[key()] = { answers: {}, checked: {}, hints: {} });
    function save() {
      storage.set(name, state);
      const at = face ? face.stages.findIndex((/** @type {any} */ it) => it.id === state.stage) : -1;
      storage.set("last", { path: `practice/${data.id}.html#${encodeURIComponent(state.stage)}`, title: data.title, kind: "practice", n: at + 1, all: face ? face.stages.length : 0 });
    }

    /** @param {string} op @param {object} [more] */
    function ask(op, more = {}) {
      /** @type {any} */
      const request = { op, exercise: data.exercise, ...more };
      if (state.variant) request.variant = state.variant;
      if (state.level && levelled) request.level = state.level;
      const { ok, error } = call(request);
      if (error) throw new Error(kejian.message(error));
      return ok;
    }

    /** @type {any} */
    let face = null;

    /** A column that is asked in several cells (the parts of a share, one per item) as several. */
    function spread(/** @type {any} */ column) {
      const part = (/** @type {string} */ id, /** @type {string} */ title) => ({ ...column, id: `${column.id}.${id}`, title, parts: undefined, items: undefined, card: {} });
      if (column.items) return column.items.map((/** @type {any} */ item) => part(item.id, `${column.title} <small>${item.name}</small>`));
      const parts = (column.parts || []).map((/** @type {string} */ id) => part(id, `${column.title} <small>${kejian.word(`practice.part_${id}`)}</small>`));
      return [...parts, column];
    }
    const read = () => {
      try {
        face = ask("practice.face");
      } catch {
        // A level or variant that the course no longer has.
        Object.assign(state, { level: "", variant: "" });
        face = ask("practice.face");
      }
      for (const stage of face.stages) if (stage.columns) stage.columns = stage.columns.flatMap(spread);
      verdict = null;
      return face;
    };
    read();

    return {
      levelled,
      get state() {
        return state;
      },
      /** Takes over what another window of this page has kept. */
      refresh() {
        state = readKept();
        read();
      },
      call,
      spread,
      ask,
      save,
      work,
      face: () => face,
      /** @param {string} level @param {string} variant */
      turn(level, variant) {
        Object.assign(state, { level, variant });
        read();
        save();
      },
      /** @param {string} stage */
      answers: (stage) => work().answers[stage] || (work().answers[stage] = {}),
      /** @param {string} stage @param {string} cell @param {any} value */
      put(stage, cell, value) {
        const mine = this.answers(stage);
        // An empty list stays: "none of them" is an answer.
        const empty = value === "" || value === null || value === undefined;
        if (empty) delete mine[cell];
        else mine[cell] = value;
        verdict = null;
        save();
      },
      /** The verdict on everything so far, worked out once per change. */
      verdict() {
        if (!verdict) verdict = ask("practice.grade", { answers: work().answers });
        return verdict;
      },
      /** @param {string} stage */
      stageVerdict(stage) {
        return this.verdict().stages.find((/** @type {any} */ it) => it.id === stage);
      },
      /** @param {string} stage */
      check(stage) {
        const said = this.stageVerdict(stage);
        const before = work().checked[stage];
        work().checked[stage] = { marks: said.marks, max: said.max, score: said.score, passed: said.passed, tries: ((before && before.tries) || 0) + 1 };
        save();
        return said;
      },
      /** @param {string} stage */
      checked: (stage) => work().checked[stage],
      worked() {
        return ask("practice.worked", { id: data.id });
      },
      reset() {
        state.works[key()] = { answers: {}, checked: {}, hints: {} };
        verdict = null;
        save();
      },
    };
  }

  kejian.parts.practiceSession = session;
})();
