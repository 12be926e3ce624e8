// Shows the slide that the deck is on and leaves the others out of reach; says where one is.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    const bar = /** @type {HTMLElement | null} */ (document.querySelector(".bar-progress i"));

    /** "Slide 4 of 30: title"; the opening and closing slides have only their title. */
    deck.where = () => {
      const title = deck.title(deck.at);
      const n = deck.label(deck.at);
      return n ? kejian.word("deck.said", { n, all: deck.count(), title }) : title;
    };

    /** Whether the person is busy with something other than the slide. */
    const busy = () => document.querySelector("dialog[open]") || document.activeElement?.closest("input, textarea, select");

    return {
      update(before, how) {
        deck.slides.forEach((/** @type {HTMLElement} */ slide, /** @type {number} */ place) => {
          slide.classList.toggle("now", place === deck.at);
          slide.inert = place !== deck.at && !document.body.classList.contains("overview");
        });
        if (bar) bar.style.width = `${(100 * deck.at) / Math.max(1, deck.slides.length - 1)}%`;
        if (how.quiet || before.slide === deck.at || busy()) return;
        deck.slides[deck.at].querySelector(".title")?.focus({ preventScroll: true });
        deck.say(deck.where());
      },
    };
  });
})();
