// All of a learner's progress as one value, to carry away and bring back. Pages keep theirs under
// names of their own (`quiz/<chapter>`, `practice/<exercise>`, `deck/<chapter>`); this joins and
// parts them. Reading a file and merging it into what is here is the engine's work.
"use strict";

kejian.parts.progress = (() => {
  const { data, storage } = kejian;
  const map = (/** @type {any} */ value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  const sections = ["items", "quizzes", "mastery", "exercises", "decks"];
  /** What a file held that this page does not ask for; it goes along when it is carried on. */
  const rest = "rest";
  const ids = (/** @type {any[]} */ list) => list.map((it) => it.id);
  /** The chapters and exercises that this page knows: the front page all, others their own. @type {any[]} */
  const chapters = data.chapters || (data.quiz ? [{ stem: data.quiz.id, questions: ids(data.quiz.questions), objectives: ids(data.quiz.objectives || []) }] : []);
  /** @type {string[]} */
  const exercises = data.exercises ? ids(data.exercises) : data.exercise ? [data.id] : [];

  /** Everything kept, in the published format (version 1). */
  function collect() {
    /** @type {any} */
    const all = { version: 1, course: data.course, items: {}, quizzes: {}, mastery: {}, exercises: {}, decks: {}, ...map(storage.get(rest)) };
    for (const section of sections) all[section] = { ...map(all[section]) };
    for (const name of storage.names()) {
      const value = storage.get(name);
      if (!value || typeof value !== "object") continue;
      if (name.startsWith("quiz/")) {
        for (const key of ["items", "quizzes", "mastery"]) Object.assign(all[key], value[key]);
      } else if (name.startsWith("practice/") && !name.endsWith("/own")) all.exercises[name.slice(9)] = value;
      else if (name.startsWith("deck/")) all.decks[name.slice(5)] = value;
      else if (name === "last") all.last = value;
    }
    return all;
  }

  /**
   * Gives every page its part of a progress.
   * @param {any} all
   */
  function spread(all) {
    const left = { ...all };
    delete left.last;
    for (const section of sections) left[section] = { ...map(all[section]) };
    /** Takes the entries named out of a section. @param {string} section @param {string[]} ids */
    const take = (section, ids) => {
      /** @type {Record<string, any>} */
      const taken = {};
      for (const id of ids) if (id in left[section]) {
        taken[id] = left[section][id];
        delete left[section][id];
      }
      return taken;
    };
    for (const chapter of chapters) {
      const items = take("items", chapter.questions);
      const quizzes = take("quizzes", [chapter.stem]);
      const mastery = take("mastery", chapter.objectives);
      if ([items, quizzes, mastery].some((it) => Object.keys(it).length)) storage.set(`quiz/${chapter.stem}`, { version: 1, course: data.course, items, quizzes, mastery });
    }
    for (const [kind, section] of [["practice", "exercises"], ["deck", "decks"]]) {
      const known = kind === "practice" ? exercises : chapters.map((it) => it.stem);
      for (const [id, value] of Object.entries(take(section, known))) storage.set(`${kind}/${id}`, value);
    }
    if (all.last) storage.set("last", all.last);
    for (const section of sections) if (!Object.keys(left[section]).length) delete left[section];
    if (Object.keys(left).some((key) => key !== "version" && key !== "course")) storage.set(rest, left);
    else storage.remove(rest);
  }

  /** What another page or an earlier course could not place finds its place. */
  function settle() {
    if (storage.get(rest)) spread(collect());
  }

  function download() {
    const url = URL.createObjectURL(new Blob([JSON.stringify(collect(), null, 1)], { type: "application/json" }));
    kejian.make("a", { href: url, download: `${data.course}-progress.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  /** All of it as a short text, to copy where nothing can be downloaded. */
  const written = () => JSON.stringify(collect());

  /**
   * Merges a file or a copied text into what is here: nothing that is here is lost, and of the
   * other, damaged or not, everything that can be read is taken.
   * @param {string} text
   * @returns {Promise<{how: "loaded" | "other" | "damaged" | "too_old", dropped: Message[]}>}
   */
  async function load(text) {
    /** @type {Call} */
    let call;
    try {
      call = await kejian.engine;
    } catch {
      return { how: "too_old", dropped: [] };
    }
    const { progress, dropped } = call({ op: "progress.read", progress: text }).ok;
    if (progress.course !== undefined && progress.course !== data.course) return { how: "other", dropped: [] };
    if (!sections.some((section) => Object.keys(map(progress[section])).length)) return { how: "damaged", dropped };
    const merged = call({ op: "progress.merge", progress: collect(), other: progress }).ok;
    spread(merged.progress);
    return { how: "loaded", dropped };
  }

  function reset() {
    for (const name of storage.names()) storage.remove(name);
  }

  return { collect, download, load, reset, settle, written };
})();
