// Goes to a slide by number or by what stands on it: one field, one list.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word } = kejian;

  /** Full-width and half-width, upper and lower case are the same here. @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @type {{ place: number, title: string, text: string }[]} */
    let index = [];
    let chosen = 0;
    const field = make("input", {
      type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": "found", "aria-autocomplete": "list",
      autocomplete: "off", enterKeyHint: "go", oninput: () => list(),
    });
    const found = make("ol", { id: "found", role: "listbox" });
    const none = make("p", { className: "none", "aria-live": "polite" });
    const form = make("form", { method: "dialog", onsubmit: submit }, field, found, none);
    const dialog = make("dialog", { className: "find" }, form);

    /** What is looked for in, made when it is first needed. */
    function gather() {
      index = deck.slides.map((/** @type {HTMLElement} */ slide, /** @type {number} */ place) => ({
        place,
        title: fold(deck.title(place)),
        text: fold(`${slide.querySelector(".stage")?.textContent} ${deck.notes(place)?.textContent || ""}`),
      }));
    }

    /** Slides for what is typed: that number first, then titles, then texts and notes. @param {string} typed */
    function matches(typed) {
      if (!typed) return index;
      const rank = (/** @type {{ place: number, title: string, text: string }} */ slide) =>
        deck.label(slide.place) === typed ? 0 : slide.title.includes(typed) ? 1 : slide.text.includes(typed) ? 2 : 3;
      return index.map((slide) => ({ ...slide, rank: rank(slide) })).filter((slide) => slide.rank < 3).sort((a, b) => a.rank - b.rank || a.place - b.place);
    }

    function list() {
      const rows = matches(fold(field.value)).map(({ place }) =>
        make("li", { role: "option", id: `to-${place}`, onclick: () => go(place) },
          make("b", {}, deck.label(place)), make("span", {}, deck.title(place))));
      found.replaceChildren(...rows);
      none.textContent = rows.length ? "" : word("deck.none");
      mark(field.value ? 0 : deck.at);
    }

    /** @param {number} row */
    function mark(row) {
      const rows = /** @type {HTMLElement[]} */ ([...found.children]);
      chosen = Math.max(0, Math.min(rows.length - 1, row));
      rows.forEach((one, place) => one.setAttribute("aria-selected", String(place === chosen)));
      field.setAttribute("aria-activedescendant", rows[chosen]?.id || "");
      rows[chosen]?.scrollIntoView({ block: "nearest" });
    }

    /** @param {number} place */
    function go(place) {
      dialog.close();
      deck.go(place);
    }

    /** @param {Event} event */
    function submit(event) {
      event.preventDefault();
      const row = found.children[chosen];
      if (row) go(Number(row.id.slice(3)));
    }

    /** @param {string} label */
    function open(label) {
      if (!dialog.isConnected) document.body.append(dialog);
      gather();
      field.value = "";
      field.placeholder = word(label);
      field.setAttribute("aria-label", word(label));
      dialog.showModal();
      list();
      // What is said is looked through as soon as it is here; without it, what is shown.
      deck.speak().then(() => (gather(), list()), () => undefined);
    }

    deck.actions.jump = () => open("deck.jump_to");
    deck.actions.search = () => open("deck.search_in");

    return {
      bind() {
        field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
          if (!step || event.isComposing) return;
          event.preventDefault();
          mark(chosen + step);
        });
        dialog.addEventListener("click", (/** @type {Event} */ event) => event.target === dialog && dialog.close());
      },
    };
  });
})();
