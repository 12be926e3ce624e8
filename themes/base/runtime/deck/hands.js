// Counts raised hands: each choice of a question slide is tapped once per hand.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word } = kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    const stored = `kejian-hands:${kejian.data.course}:${kejian.data.chapter}`;
    /** @type {Record<string, number[]>} */
    let counts = {};

    /** @param {string} id @param {number[]} hands @param {boolean} [remote] */
    function set(id, hands, remote = false) {
      const place = deck.find(id);
      if (place < 0 || !Array.isArray(hands)) return;
      counts[id] = hands.map((n) => Math.max(0, Math.trunc(n) || 0));
      paint(deck.slides[place], counts[id]);
      deck.refresh?.();
      try {
        sessionStorage.setItem(stored, JSON.stringify(counts));
      } catch {
        // This window still has them.
      }
      if (!remote) deck.share("hands", counts[id], id);
    }

    /** @param {HTMLElement} slide @param {number[]} hands */
    function paint(slide, hands) {
      const most = Math.max(1, ...hands);
      slide.querySelectorAll(".choices > li").forEach((item, at) => {
        const n = hands[at] || 0;
        const choice = /** @type {HTMLElement} */ (item);
        choice.style.setProperty("--share", `${(100 * n) / most}%`);
        choice.classList.toggle("counted", hands.some(Boolean));
        const [count, less] = choice.querySelectorAll("button");
        count.textContent = n || hands.some(Boolean) ? String(n) : "+";
        count.setAttribute("aria-label", word("deck.hands.count", { choice: choice.dataset.text, n }));
        less.hidden = !n;
      });
    }

    /** @param {HTMLElement} slide */
    function build(slide) {
      const choices = /** @type {HTMLElement[]} */ ([...slide.querySelectorAll(".choices > li")]);
      const add = (/** @type {number} */ at, /** @type {number} */ by) => {
        const hands = choices.map((_, place) => counts[slide.id]?.[place] || 0);
        hands[at] += by;
        set(slide.id, hands);
      };
      choices.forEach((choice, at) => {
        choice.dataset.text = (choice.textContent || "").trim();
        choice.append(
          make("button", { type: "button", className: "hand", title: word("deck.hands.add"), onclick: () => add(at, 1) }, "+"),
          make("button", { type: "button", className: "hand less", "aria-label": word("deck.hands.less", { choice: choice.dataset.text }), hidden: true, onclick: () => add(at, -1) }, "−"));
        choice.addEventListener("click", (event) => {
          if (/** @type {HTMLElement} */ (event.target).closest("button, a") || document.body.classList.contains("inking") || deck.inOverview()) return;
          event.stopPropagation();
          add(at, 1);
        });
      });
      if (choices.length) paint(slide, counts[slide.id] || []);
    }

    return {
      render() {
        try {
          counts = JSON.parse(sessionStorage.getItem(stored) || "{}") || {};
        } catch {
          counts = {};
        }
        deck.slides.forEach(build);
      },
      bind() {
        deck.on("hands", (/** @type {any} */ hands, /** @type {string} */ id) => set(id, hands, true));
      },
    };
  });
})();
