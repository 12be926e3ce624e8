// Buttons for those who do not know the keys: a bar that leaves when the mouse rests, and the
// list of keys with everything that can be printed.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data } = kejian;

  /** Strokes on a field of 24. @type {Record<string, string>} */
  const ICONS = {
    previous: "M15 5l-7 7 7 7",
    next: "M9 5l7 7-7 7",
    overview: "M4 5h6v5H4zM14 5h6v5h-6zM4 14h6v5H4zM14 14h6v5h-6z",
    search: "M11 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15.5 15.5L20 20",
    pen: "M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4",
    laser: "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4",
    black: "M4 5h16v11H4zM9 20h6M8 13l8-5",
    present: "M3 5h18v10H3zM12 15v4M8 20h8M7 9h5M7 12h3",
    full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    help: "M5 12h.01M12 12h.01M19 12h.01",
  };

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @param {string} act */
    const icon = (act) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[act]}"/></svg>`;

    /** A button for an action. @param {string} act */
    deck.button = (act) =>
      make("button", { type: "button", "data-act": act, title: word(`deck.keys.${act}`), "aria-label": word(`deck.keys.${act}`), html: icon(act), onclick: () => deck.actions[act]() });

    const where = make("button", { type: "button", className: "where", title: word("deck.keys.jump"), onclick: () => deck.actions.jump() });
    const bar = make("nav", { className: "tools", "aria-label": word("deck.tools") },
      deck.button("previous"), where, deck.button("next"),
      ...["overview", "search", "pen", "laser", "black", "present", "full", "help"].map(deck.button));
    for (const other of data.languages || []) bar.append(make("a", { className: "language", href: other.url, hreflang: other.tag, lang: other.tag }, other.name));
    /** The bar, for the presenter's page. */
    deck.tools = bar;

    /** @param {string[]} keys */
    const shown = (keys) => keys.map((key) => make("kbd", {}, key));

    function helpDialog() {
      const letters = make("input", { type: "checkbox", checked: deck.letters, onchange: () => {
        deck.letters = letters.checked;
        deck.keep("letters", letters.checked);
      } });
      const ink = make("input", { type: "checkbox", checked: true, onchange: () => document.body.classList.toggle("no-ink", !ink.checked) });
      const links = Object.entries(data.pages || {}).map(([name, href]) => make("a", { className: "button", href }, word(`deck.pages.${name}`)));
      return make("dialog", { className: "help", "aria-label": word("deck.keys.help") },
        make("h2", {}, word("deck.paper")),
        make("p", { className: "pages" }, make("button", { type: "button", onclick: () => (dialog.close(), print()) }, word("deck.print")), ...links),
        make("label", {}, ink, word("deck.print_ink")),
        make("h2", {}, word("deck.shortcuts")),
        make("dl", {}, ...deck.keys.map((/** @type {[string, string[]]} */ [act, keys]) => make("div", {}, make("dt", {}, ...shown(keys)), make("dd", {}, word(`deck.keys.${act}`))))),
        make("label", {}, letters, word("deck.letters")),
        make("form", { method: "dialog" }, make("button", {}, word("deck.close"))));
    }

    /** @type {HTMLDialogElement} */
    let dialog;
    deck.actions.help = () => {
      if (!dialog) {
        dialog = document.body.appendChild(helpDialog());
        dialog.addEventListener("keydown", (event) => {
          if (event.key !== "?" && event.key !== "？") return;
          event.stopPropagation();
          dialog.close();
        });
      }
      dialog.showModal();
    };

    let rest = 0;
    function wake() {
      document.body.classList.remove("idle");
      clearTimeout(rest);
      rest = setTimeout(() => document.body.classList.add("idle"), 2500);
    }

    return {
      render() {
        if (!document.fullscreenEnabled) bar.querySelector("[data-act=full]")?.remove();
        document.body.append(bar);
      },
      bind() {
        for (const name of ["mousemove", "pointerdown", "focusin"]) document.addEventListener(name, wake, { passive: true });
        wake();
      },
      update() {
        const n = deck.label(deck.at);
        where.textContent = n ? `${n} / ${deck.count()}` : "·";
        bar.querySelector("[data-act=previous]").disabled = deck.at === 0 && deck.step === 0;
        bar.querySelector("[data-act=next]").disabled = deck.at === deck.slides.length - 1 && deck.step === deck.fragments(deck.at).length;
      },
    };
  });
})();
