// The laser: a red point that follows the mouse, in both windows.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    const dot = kejian.make("i", { className: "laser", "aria-hidden": "true" });
    const on = () => document.body.classList.contains("pointing");
    let waiting = 0;
    /** @type {number[] | null} */
    let latest = null;

    /** Puts the point on the slide, in hundredths of it; nowhere without a place. @param {any} spot */
    function show(spot) {
      if (!Array.isArray(spot) || !spot.every(Number.isFinite)) return void dot.remove();
      dot.style.left = `${spot[0]}%`;
      dot.style.top = `${spot[1]}%`;
      const slide = deck.slides[deck.at];
      if (dot.parentNode !== slide) slide.append(dot);
    }

    /** @param {any} spot */
    function both(spot) {
      show(spot);
      latest = spot;
      waiting ||= requestAnimationFrame(() => {
        waiting = 0;
        deck.send("laser", latest);
      });
    }

    /** @param {PointerEvent} event */
    function move(event) {
      if (!on()) return;
      const box = deck.slides[deck.at].getBoundingClientRect();
      const x = Math.round((10000 * (event.clientX - box.left)) / box.width) / 100;
      const y = Math.round((10000 * (event.clientY - box.top)) / box.height) / 100;
      both(x < 0 || y < 0 || x > 100 || y > 100 ? null : [x, y]);
    }

    /** @param {boolean} open */
    function turn(open) {
      if (open) deck.pen(false);
      document.body.classList.toggle("pointing", open);
      document.querySelector("[data-act=laser]")?.setAttribute("aria-pressed", String(open));
      if (!open) both(null);
    }

    deck.laser = turn;
    deck.actions.laser = () => turn(!on());
    deck.leaving.push(() => on() && (turn(false), true));

    return {
      bind() {
        document.addEventListener("pointermove", move, { passive: true });
        deck.on("laser", show);
      },
      update(before) {
        if (before.slide !== deck.at) show(null);
      },
    };
  });
})();
