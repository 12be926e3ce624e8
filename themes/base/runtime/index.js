// The front page: how far one is, where to go on, and the progress to carry away.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data, storage } = kejian;

  kejian.register("index", () => {
    const last = storage.get("last");
    const go = /** @type {HTMLElement | null} */ (document.querySelector(".continue"));
    if (go && last && typeof last.path === "string" && !/^[a-z]+:|^\/\//i.test(last.path)) {
      go.replaceChildren(make("a", { className: "button", href: last.path }, `${word("index.continue")}：${last.title || ""}`));
    }
    for (const chapter of data.chapters) {
      const items = storage.get(`quiz/${chapter.stem}`)?.items || {};
      const done = chapter.questions.filter((/** @type {string} */ id) => items[id]?.verdict).length;
      const place = document.querySelector(`[data-chapter="${CSS.escape(chapter.stem)}"] .done`);
      if (place && done) place.textContent = word("index.done", { n: done, all: chapter.questions.length });
    }
    for (const exercise of data.exercises) {
      const checked = Object.keys(storage.get(`practice/${exercise.id}`)?.checked || {}).length;
      const place = document.querySelector(`[data-exercise="${CSS.escape(exercise.id)}"] .done`);
      if (place && checked) place.textContent = word("index.done", { n: checked, all: exercise.stages.length });
    }
    const box = /** @type {HTMLElement} */ (document.querySelector(".progress-box"));
    const say = make("span", { role: "status" });

    function download() {
      /** @type {any} */
      const all = { version: 1, course: data.course, items: {}, exercises: {}, kept: {} };
      for (const name of storage.names()) {
        const value = storage.get(name);
        all.kept[name] = value;
        if (name.startsWith("quiz/")) Object.assign(all.items, value?.items);
        if (name.startsWith("practice/")) all.exercises[name.slice(9)] = value;
      }
      const url = URL.createObjectURL(new Blob([JSON.stringify(all, null, 1)], { type: "application/json" }));
      make("a", { href: url, download: `${data.course}-progress.json` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    /** @param {File} file */
    async function load(file) {
      try {
        const all = JSON.parse(await file.text());
        if (all.course !== data.course || typeof all.kept !== "object") throw new Error("another course");
        for (const [name, value] of Object.entries(all.kept)) storage.set(name, value);
        say.textContent = word("index.loaded");
        setTimeout(() => location.reload(), 600);
      } catch {
        say.textContent = word("index.damaged");
      }
    }

    const file = make("input", { type: "file", accept: "application/json", className: "unseen", onchange: (/** @type {any} */ event) => event.target.files[0] && load(event.target.files[0]) });
    box.append(make("h2", {}, word("index.progress")), make("p", { className: "note" }, word("index.private")),
      make("p", { className: "buttons" },
        make("button", { type: "button", onclick: download }, word("index.download")),
        make("button", { type: "button", onclick: () => file.click() }, word("index.load")), file,
        make("button", { type: "button", onclick: () => { if (confirm(word("index.reset_sure"))) { for (const name of storage.names()) storage.remove(name); location.reload(); } } }, word("index.reset")), say));
  });
})();
