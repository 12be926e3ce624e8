// Pages to look things up in: what is typed narrows the glossary; the button prints.
(() => {
  "use strict";
  const { register, word, make, say } = /** @type {any} */ (window).kejian;

  const printing = () => document.querySelector("[data-print]")?.addEventListener("click", () => print());

  /** Small letters, no spaces and no punctuation. @param {string} text */
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]/gu, "");

  function filter() {
    const main = /** @type {HTMLElement} */ (document.querySelector(".glossary"));
    const entries = [...main.querySelectorAll(".entry")].map((entry) => ({
      entry: /** @type {HTMLElement} */ (entry),
      head: plain(`${entry.querySelector("dt")?.textContent} ${entry.getAttribute("data-forms") || ""}`),
      whole: plain(entry.textContent || ""),
    }));
    const field = make("input", { type: "search", id: "filter", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
    const none = make("p", { className: "none quiet", hidden: true }, word("glossary.none"));

    function narrow() {
      const wanted = plain(field.value);
      // Who types a term wants the term, not every entry that mentions it.
      const heads = wanted && entries.some(({ head }) => head.includes(wanted));
      let left = 0;
      for (const { entry, head, whole } of entries) {
        entry.hidden = Boolean(wanted) && !(heads ? head : whole).includes(wanted);
        left += entry.hidden ? 0 : 1;
      }
      for (const group of main.querySelectorAll("section")) group.hidden = !group.querySelector(".entry:not([hidden])");
      none.hidden = left > 0;
      if (wanted) say(word("glossary.left", { n: left }));
    }

    field.addEventListener("input", narrow);
    field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !field.value) return;
      field.value = "";
      narrow();
      event.preventDefault();
    });
    // A term that another page or entry leads to must not be filtered away.
    addEventListener("hashchange", () => {
      const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!wanted?.closest("[hidden]")) return;
      field.value = "";
      narrow();
      wanted.scrollIntoView();
    });
    const search = make("search", { className: "filter" }, make("label", { htmlFor: "filter" }, word("glossary.filter")), field);
    main.querySelector("header")?.append(search);
    main.querySelector("section")?.before(none);
  }

  register("glossary", () => {
    printing();
    filter();
  });
  for (const page of ["sources", "guide"]) register(page, printing);
})();
