// Carrying progress away and bringing it back: as a file, or as text where a frame of a learning
// platform forbids downloads (a page cannot know that it does). The front page always has both;
// another page offers them where the browser keeps nothing.
"use strict";

(() => {
  const { make, word, storage, parts } = kejian;

  /**
   * @param {() => void} redraw shows what was loaded
   * @returns {{buttons: HTMLElement[], fold: HTMLElement, said: HTMLElement}}
   */
  function carry(redraw) {
    const said = make("p", { role: "status", className: "note" });
    /** @param {string} written */
    async function load(written) {
      const { how, dropped } = await parts.progress.load(written);
      const loaded = how === "loaded";
      if (loaded) redraw();
      said.replaceChildren(make("span", {}, word(`page.${loaded && dropped.length ? "loaded_partly" : how}`)),
        ...(loaded ? dropped : []).map((/** @type {Message} */ message) => make("span", { className: "dropped" }, kejian.message(message))));
    }
    const file = make("input", { type: "file", accept: "application/json,.json", className: "unseen", tabIndex: -1, "aria-label": word("page.load"), onchange: () => {
      const chosen = file.files && file.files[0];
      if (!chosen) return;
      void chosen.text().then(load);
      // The same file chosen again is a change, too.
      file.value = "";
    } });
    // A paste takes the place of what was there, as somebody expects who pastes a whole progress.
    const area = make("textarea", { rows: 3, spellcheck: false, autocomplete: "off", onpaste: () => area.select() });
    async function copy() {
      area.value = parts.progress.written();
      area.select();
      // The old way first: frames seldom get leave for the new one.
      const done = document.execCommand("copy") || await (async () => navigator.clipboard.writeText(area.value))().then(() => true, () => false);
      said.textContent = word(done ? "page.copied" : "page.copy_yourself");
    }
    const fold = make("details", { className: "as-text" },
      make("summary", {}, word("page.as_text")),
      make("label", {}, word("page.as_text_how"), area),
      make("p", { className: "buttons" },
        make("button", { type: "button", className: "copy", onclick: copy }, word("page.copy")),
        make("button", { type: "button", className: "load-text", onclick: () => {
          if (area.value.trim()) void load(area.value);
          else {
            said.textContent = word("page.nothing_pasted");
            area.focus();
          }
        } }, word("page.load_text"))));
    return {
      said,
      fold,
      buttons: [
        make("button", { type: "button", className: "download", onclick: parts.progress.download }, word("page.download")),
        make("button", { type: "button", className: "load", onclick: () => file.click() }, word("page.load")),
        file,
      ],
    };
  }

  /**
   * One line below the head of a page that cannot keep what is done on it, as soon as that is known.
   * @param {() => void} redraw
   */
  function unkept(redraw) {
    const show = () => {
      if (document.querySelector(".unkept")) return;
      const { buttons, fold, said } = carry(redraw);
      const head = /** @type {HTMLElement} */ (document.querySelector(".page-head"));
      head.after(make("div", { className: "unkept note" }, make("p", {}, word("page.not_lasting")), make("p", {}, ...buttons), fold, said));
    };
    if (!storage.lasting()) show();
    else addEventListener("unkept", () => {
      show();
      kejian.say(word("page.not_lasting"));
    }, { once: true });
  }

  Object.assign(parts, { carry, unkept });
})();
