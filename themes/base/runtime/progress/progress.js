// All of a learner's progress as one value, to carry away and bring back: pages keep theirs under
// names of their own (`quiz/<chapter>`, `practice/<exercise>`), this joins and parts them.
"use strict";

kejian.parts.progress = (() => {
  const { data, storage } = kejian;

  /** Everything kept, in the published format (version 1). */
  function collect() {
    /** @type {any} */
    const all = { version: 1, course: data.course, items: {}, quizzes: {}, mastery: {}, exercises: {}, decks: {} };
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

  const map = (/** @type {any} */ value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

  /**
   * Keeps what can be read of a progress; what is here and not there stays.
   * @param {any} all
   * @returns {number} how many answers and exercises were taken over
   */
  function spread(all) {
    const chapters = /** @type {any[]} */ (data.chapters);
    let taken = 0;
    for (const chapter of chapters) {
      const kept = map(storage.get(`quiz/${chapter.stem}`));
      const items = { ...map(kept.items) };
      for (const id of chapter.questions) {
        const item = map(all.items)[id];
        if (!item || typeof item !== "object") continue;
        items[id] = item;
        taken += 1;
      }
      const quizzes = { ...map(kept.quizzes) };
      if (map(all.quizzes)[chapter.stem]) quizzes[chapter.stem] = all.quizzes[chapter.stem];
      const mastery = { ...map(kept.mastery), ...map(all.mastery) };
      if (Object.keys(items).length) storage.set(`quiz/${chapter.stem}`, { version: 1, course: data.course, items, quizzes, mastery });
    }
    for (const [id, value] of Object.entries(map(all.exercises))) {
      if (!value || typeof value !== "object") continue;
      storage.set(`practice/${id}`, value);
      taken += 1;
    }
    for (const [stem, value] of Object.entries(map(all.decks))) storage.set(`deck/${stem}`, value);
    if (all.last) storage.set("last", all.last);
    return taken;
  }

  function download() {
    const url = URL.createObjectURL(new Blob([JSON.stringify(collect(), null, 1)], { type: "application/json" }));
    kejian.make("a", { href: url, download: `${data.course}-progress.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  /**
   * @param {File} file
   * @returns {Promise<"loaded" | "other" | "damaged">}
   */
  async function load(file) {
    /** @type {any} */
    let all;
    try {
      all = JSON.parse(await file.text());
    } catch {
      return "damaged";
    }
    if (!all || typeof all !== "object" || !("course" in all)) return "damaged";
    if (all.course !== data.course) return "other";
    spread(all);
    return "loaded";
  }

  function reset() {
    for (const name of storage.names()) storage.remove(name);
  }

  return { collect, spread, download, load, reset };
})();
