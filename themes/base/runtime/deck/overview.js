// All slides in a grid; arrows move, Enter opens.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    const on = () => document.body.classList.contains("overview");
    let chosen = 0;

    /** @param {number} place */
    function choose(place) {
      chosen = Math.max(0, Math.min(deck.slides.length - 1, place));
      const slide = deck.slides[chosen];
      slide.focus({ preventScroll: true });
      slide.scrollIntoView({ block: "nearest" });
    }

    /** @param {boolean} open */
    function turn(open) {
      document.body.classList.toggle("overview", open);
      deck.slides.forEach((/** @type {HTMLElement} */ slide, /** @type {number} */ place) => {
        const canvas = /** @type {HTMLElement} */ (slide.firstElementChild);
        canvas.inert = open;
        slide.inert = !open && place !== deck.at;
        if (open) {
          slide.tabIndex = -1;
          slide.setAttribute("role", "button");
          slide.setAttribute("aria-label", `${deck.label(place)} ${deck.title(place)}`.trim());
          slide.dataset.label = deck.label(place);
        } else {
          for (const name of ["tabindex", "role", "aria-label"]) slide.removeAttribute(name);
        }
      });
      if (open) choose(deck.at);
      else deck.slides[deck.at].querySelector(".title")?.focus({ preventScroll: true });
      deck.say(open ? kejian.word("deck.overview") : deck.where());
    }

    /** @param {number} place */
    function open(place) {
      if (place !== deck.at) deck.go(place);
      turn(false);
    }

    /** How many slides stand in a row. */
    function columns() {
      const top = deck.slides[0].offsetTop;
      const next = deck.slides.findIndex((/** @type {HTMLElement} */ slide) => slide.offsetTop > top);
      return next < 0 ? deck.slides.length : next;
    }

    /** @param {KeyboardEvent} event */
    function press(event) {
      if (!on() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      if (/** @type {HTMLElement} */ (event.target).closest("nav")) return;
      /** @type {Record<string, number>} */
      const moves = {
        ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(), ArrowUp: -columns(),
        PageDown: columns() * 3, PageUp: columns() * -3, Home: -Infinity, End: Infinity,
      };
      if (event.key in moves) choose(chosen + moves[event.key]);
      else if (event.key === "Enter" || event.key === " ") open(deck.typed ? Number(deck.typed) : chosen);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }

    deck.actions.overview = () => {
      // Escape leaves what is on before it opens anything.
      if (!on() && deck.leave()) return;
      turn(!on());
    };
    deck.inOverview = on;

    return {
      bind() {
        document.addEventListener("keydown", press, true);
        document.addEventListener("click", (event) => {
          if (!on()) return;
          const slide = /** @type {HTMLElement} */ (event.target).closest(".deck > .slide");
          if (!slide) return;
          // Whoever hears of it next would take it for a click on the slide.
          event.stopImmediatePropagation();
          open(deck.slides.indexOf(slide));
        });
      },
      update(before) {
        if (on() && before.slide !== deck.at) choose(deck.at);
      },
    };
  });
})();
