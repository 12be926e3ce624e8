// Swipes, and clicks: the left quarter of the slide goes back, the rest goes on.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const CONTROLS = "a, button, input, select, textarea, label, dialog, summary, nav, [role=button]";

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @type {{ x: number, y: number } | null} */
    let start = null;

    /** A mode (overview, pen) has the pointer for itself. */
    const engaged = () => document.body.classList.contains("overview") || document.body.classList.contains("inking");

    /** @param {TouchEvent} event */
    function begin(event) {
      const one = event.touches.length === 1 && (window.visualViewport?.scale || 1) < 1.05;
      start = one && !engaged() ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
    }

    /** @param {TouchEvent} event */
    function end(event) {
      if (!start) return;
      const x = event.changedTouches[0].clientX - start.x;
      const y = event.changedTouches[0].clientY - start.y;
      start = null;
      if (Math.abs(x) < 50 || Math.abs(x) < 1.5 * Math.abs(y)) return;
      if (x < 0) deck.actions.next();
      else deck.actions.previous();
    }

    /** @param {MouseEvent} event */
    function click(event) {
      const target = /** @type {HTMLElement} */ (event.target);
      if (engaged() || target.closest(CONTROLS) || String(getSelection() || "")) return;
      const area = target.closest(".deck");
      if (!area) return;
      const { left, width } = area.getBoundingClientRect();
      if (event.clientX < left + width / 4) deck.actions.previous();
      else deck.actions.next();
    }

    return {
      bind() {
        document.addEventListener("touchstart", begin, { passive: true });
        document.addEventListener("touchend", end, { passive: true });
        document.addEventListener("click", click);
      },
    };
  });
})();
