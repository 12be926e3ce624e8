// The steps in which a slide appears.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  /** @param {HTMLElement} slide @returns {HTMLElement[]} */
  function partsOf(slide) {
    const steps = slide.dataset.reveal === "steps" ? [...slide.querySelectorAll("[data-part], .prose.body li")] : [];
    return /** @type {HTMLElement[]} */ ([...steps, ...slide.querySelectorAll("[data-fragment]")]);
  }

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @param {number} at */
    deck.fragments = (at) => partsOf(deck.slides[at]);

    /** Shows a slide, or a copy of one, as it is after `step`. @param {HTMLElement} slide @param {number} step */
    deck.paint = (slide, step) => {
      partsOf(slide).forEach((part, place) => {
        part.classList.toggle("hidden", place >= step);
        part.classList.toggle("newest", place === step - 1);
      });
    };

    return {
      update() {
        deck.paint(deck.slides[deck.at], deck.step);
      },
    };
  });
})();
