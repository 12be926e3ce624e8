// Carrying progress away and bringing it back: two buttons and what comes of a file. The front page
// always has them; another page offers them where the browser keeps nothing.
"use strict";

(() => {
  const { make, word, storage, parts } = kejian;

  /**
   * @param {() => void} redraw shows what was loaded
   * @returns {{buttons: HTMLElement[], said: HTMLElement}}
   */
  function carry(redraw) {
    const said = make("p", { role: "status", className: "note" });
    /** @param {File} chosen */
    async function load(chosen) {
      const { how, dropped } = await parts.progress.load(chosen);
      const loaded = how === "loaded";
      if (loaded) redraw();
      said.replaceChildren(make("span", {}, word(`page.${loaded && dropped.length ? "loaded_partly" : how}`)),
        ...(loaded ? dropped : []).map((/** @type {Message} */ message) => make("span", { className: "dropped" }, kejian.message(message))));
    }
    const file = make("input", { type: "file", accept: "application/json,.json", className: "unseen", tabIndex: -1, "aria-label": word("page.load"), onchange: () => {
      const chosen = file.files && file.files[0];
      if (!chosen) return;
      void load(chosen);
      // The same file chosen again is a change, too.
      file.value = "";
    } });
    return {
      said,
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
      const { buttons, said } = carry(redraw);
      const head = /** @type {HTMLElement} */ (document.querySelector(".page-head"));
      head.after(make("div", { className: "unkept note" }, make("p", {}, word("page.not_lasting")), make("p", {}, ...buttons), said));
    };
    if (!storage.lasting()) show();
    else addEventListener("unkept", () => {
      show();
      kejian.say(word("page.not_lasting"));
    }, { once: true });
  }

  Object.assign(parts, { carry, unkept });
})();
