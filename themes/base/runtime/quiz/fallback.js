// Stands in for the engine's `quiz.*` operations until it has them; then this file goes.
"use strict";

kejian.engine = kejian.engine.then((call) => {
  const { error } = call({ op: "quiz.summary" });
  if (!error || error.code !== "call.unknown-operation") return call;
  /** @param {any} request */
  const stand = (request) => {
    if (!String(request.op).startsWith("quiz.")) return call(request);
    const { quiz, progress, id } = request;
    const mine = progress.quizzes[quiz.id] || (progress.quizzes[quiz.id] = { seed: request.seed || 1, at: 0, finished: false });
    const question = (/** @type {string} */ it) => quiz.questions.find((/** @type {any} */ q) => q.id === it);
    const asked = () => quiz.questions.filter((/** @type {any} */ q) => !mine.only || mine.only.includes(q.id));
    const item = (/** @type {string} */ it) => {
      const found = progress.items[it] || (progress.items[it] = { answer: null, tries: 0, digest: quiz.digests[it] });
      if (found.digest !== quiz.digests[it]) Object.assign(found, { digest: quiz.digests[it], done: false, changed: true });
      return found;
    };
    const outcome = (/** @type {string} */ it) => {
      const now = item(it);
      return { id: it, state: now.done ? "done" : "open", verdict: now.done ? call({ op: "grade", question: question(it), answer: now.answer }).ok : undefined };
    };
    const sum = (/** @type {any[]} */ list) => list.reduce((all, q) => {
      const verdict = item(q.id).verdict;
      return { marks: all.marks + (verdict ? verdict.marks : 0), max: all.max + (q.kind === "essay" ? 0 : (q.marks ?? 1)) };
    }, { marks: 0, max: 0 });
    const wrong = () => asked().filter((/** @type {any} */ q) => q.kind !== "essay" && (!item(q.id).verdict || item(q.id).verdict.state !== "right")).map((/** @type {any} */ q) => q.id);
    /** @type {Record<string, () => any>} */
    const ops = {
      "quiz.start"() {
        if (request.again) {
          mine.only = request.again === "wrong" ? wrong() : request.again === "flagged" ? asked().filter((/** @type {any} */ q) => item(q.id).flagged).map((/** @type {any} */ q) => q.id) : null;
          for (const q of asked()) Object.assign(item(q.id), { done: false, verdict: null, answer: null });
          Object.assign(mine, { seed: request.seed, at: 0, finished: false });
        }
        const items = asked().map((/** @type {any} */ q, /** @type {number} */ at) => ({ number: at + 1, id: q.id, face: call({ op: "face", question: q, seed: mine.seed }).ok, feedback: "now", tries: 1, certainty: false, open: !item(q.id).done, changed: Boolean(item(q.id).changed) }));
        return { progress, view: { id: quiz.id, seed: mine.seed, at: Math.min(mine.at, items.length - 1), finished: mine.finished, of: quiz.questions.length, settings: quiz.settings, items } };
      },
      "quiz.answer"() {
        const verdict = call({ op: "grade", question: question(id), answer: request.answer }).ok;
        if (verdict.state === "blank" || verdict.state === "malformed") return { progress, outcome: { id, state: "unread", verdict } };
        const now = item(id);
        Object.assign(now, { answer: request.answer, done: true, tries: now.tries + 1, verdict: { state: verdict.state, score: verdict.score, marks: verdict.marks, max: verdict.max } });
        delete now.changed;
        return { progress, outcome: outcome(id) };
      },
      "quiz.show": () => ({ outcome: outcome(id) }),
      "quiz.finish"() {
        mine.finished = true;
        return { progress, ...ops["quiz.summary"]() };
      },
      "quiz.summary"() {
        const all = sum(quiz.questions);
        const pass = quiz.settings.pass;
        const score = all.max > 0 ? all.marks / all.max : 0;
        const objectives = quiz.objectives.map((/** @type {any} */ it) => {
          const part = sum(quiz.questions.filter((/** @type {any} */ q) => q.objective === it.id));
          return { ...it, ...part, score: part.max ? part.marks / part.max : 0 };
        });
        return { summary: { ...all, score, pass, passed: score >= pass, wrong: wrong(), flagged: asked().filter((/** @type {any} */ q) => item(q.id).flagged).map((/** @type {any} */ q) => q.id), objectives, advice: objectives.filter((/** @type {any} */ it) => it.max && it.score < pass) } };
      },
    };
    return { ok: ops[request.op]() };
  };
  return stand;
});
