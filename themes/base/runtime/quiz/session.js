// One learner's way through one quiz. The engine says what is drawn, how an answer stands and
// what comes out (src/engine/quiz); this keeps the progress on the device after every step.
"use strict";

(() => {
  /**
   * @typedef {object} Outcome
   * @property {string} id
   * @property {"open" | "unread" | "kept" | "retry" | "done"} state
   * @property {number} [tries_left]
   * @property {Verdict} [verdict]
   * @property {number} [points]
   * @typedef {object} QuizItem
   * @property {number} number
   * @property {string} id
   * @property {Face} face
   * @property {"now" | "end"} feedback
   * @property {number} tries
   * @property {boolean} certainty
   * @property {boolean} open
   * @property {boolean} changed
   */

  /** @param {Call} call @param {any} quiz */
  function session(call, quiz) {
    const name = `quiz/${quiz.id}`;
    const read = () => ({ course: quiz.course, items: {}, quizzes: {}, ...kejian.parts.kept(call, name) });
    /** @type {any} */
    let progress = read();
    /** @type {any} */
    let view = null;

    const save = () => {
      kejian.storage.set(name, progress);
      kejian.storage.set("last", { path: `${quiz.id}/quiz.html`, title: kejian.data.title, kind: "quiz", n: view ? view.at + 1 : 1, all: view ? view.items.length : undefined });
    };

    /** @param {string} op @param {object} [more] */
    function ask(op, more = {}) {
      const { ok, error } = call({ op, quiz, progress, ...more });
      if (error) throw new Error(kejian.message(error));
      if (ok.progress) {
        progress = ok.progress;
        save();
      }
      return ok;
    }

    /** A new seed for a new draw, unless the address names one. */
    function seed() {
      const mine = progress.quizzes && progress.quizzes[quiz.id];
      return kejian.parts.seed() || (mine ? mine.seed + 1 : 1);
    }

    /** @param {string} [again] */
    function start(again) {
      view = ask("quiz.start", again ? { seed: seed(), again } : { seed: seed() }).view;
      return view;
    }

    /** @param {string} id */
    const item = (id) => progress.items[id] || (progress.items[id] = { digest: quiz.digests[id], answer: null, tries: 0 });
    /** What the engine said of the last try, which it says only once. @type {Record<string, Outcome>} */
    const tried = {};
    const mine = () => progress.quizzes[quiz.id] || (progress.quizzes[quiz.id] = {});

    return {
      start,
      /** Takes over what another window of this page has kept. */
      refresh() {
        progress = read();
        return start();
      },
      view: () => view,
      item,
      /** @param {number} at */
      goTo(at) {
        mine().at = at;
        view.at = at;
        save();
      },
      /** Keeps something of an item that is the learner's alone: a draft, a flag, a hint seen. */
      keep(/** @type {string} */ id, /** @type {object} */ what) {
        Object.assign(item(id), what);
        save();
      },
      /** Counts time spent. */
      tick(/** @type {string | null} */ id, /** @type {number} */ seconds) {
        mine().seconds = (mine().seconds || 0) + seconds;
        if (id) item(id).seconds = (item(id).seconds || 0) + seconds;
        save();
        return mine().seconds;
      },
      seconds: () => mine().seconds || 0,
      past: () => mine().past || [],
      /** @returns {Outcome} */
      answer(/** @type {string} */ id, /** @type {any} */ answer, /** @type {boolean} */ giveUp) {
        const { outcome } = ask("quiz.answer", giveUp ? { id, answer, give_up: true } : { id, answer });
        tried[id] = outcome;
        start();
        return outcome;
      },
      /** @returns {Outcome} */
      show(/** @type {string} */ id) {
        const outcome = ask("quiz.show", { id }).outcome;
        return outcome.state === "retry" && !outcome.verdict && tried[id] && tried[id].state === "retry" ? tried[id] : outcome;
      },
      finish() {
        const { summary } = ask("quiz.finish");
        start();
        return summary;
      },
      summary: () => ask("quiz.summary").summary,
    };
  }

  kejian.parts.session = session;
})();
