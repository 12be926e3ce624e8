// Dragging with a mouse, a pen or a finger, for what can also be done by tapping and by keys.
// A mouse drags a card anywhere; a finger only by its grip, so that the page still scrolls.
"use strict";

(() => {
  /**
   * @typedef {object} Dragging
   * @property {string} card selector of what is dragged
   * @property {string} target selector of where it may go
   * @property {(card: HTMLElement, target: HTMLElement, event: PointerEvent) => void} drop
   */

  /**
   * @param {HTMLElement} root
   * @param {Dragging} dragging
   */
  function drag(root, dragging) {
    /** @type {{card: HTMLElement, x: number, y: number, ghost: HTMLElement | null, over: HTMLElement | null, id: number} | null} */
    let now = null;

    /** @param {PointerEvent} event */
    function lift(event) {
      const on = /** @type {HTMLElement} */ (event.target);
      const card = /** @type {HTMLElement | null} */ (on.closest(dragging.card));
      if (!card || event.button !== 0 || on.closest("[data-still]")) return;
      if (event.pointerType !== "mouse" && !on.closest(".grip")) return;
      now = { card, x: event.clientX, y: event.clientY, ghost: null, over: null, id: event.pointerId };
    }

    /** @param {PointerEvent} event */
    function carry(event) {
      if (!now || event.pointerId !== now.id) return;
      if (!now.ghost) {
        if (Math.hypot(event.clientX - now.x, event.clientY - now.y) < 7) return;
        const box = now.card.getBoundingClientRect();
        const ghost = /** @type {HTMLElement} */ (now.card.cloneNode(true));
        ghost.classList.add("ghost");
        ghost.setAttribute("aria-hidden", "true");
        ghost.style.width = `${box.width}px`;
        document.body.append(ghost);
        now.ghost = ghost;
        now.card.classList.add("lifted");
        root.classList.add("dragging");
      }
      event.preventDefault();
      now.ghost.style.left = `${event.clientX - 24}px`;
      now.ghost.style.top = `${event.clientY - 20}px`;
      const under = document.elementFromPoint(event.clientX, event.clientY);
      const over = /** @type {HTMLElement | null} */ (under ? under.closest(dragging.target) : null);
      if (over !== now.over) {
        if (now.over) now.over.classList.remove("over");
        if (over && root.contains(over)) over.classList.add("over");
        now.over = over && root.contains(over) ? over : null;
      }
      const edge = 60;
      if (event.clientY < edge) window.scrollBy(0, -12);
      else if (event.clientY > innerHeight - edge) window.scrollBy(0, 12);
    }

    function end() {
      if (!now) return null;
      const was = now;
      now = null;
      if (was.ghost) was.ghost.remove();
      if (was.over) was.over.classList.remove("over");
      was.card.classList.remove("lifted");
      root.classList.remove("dragging");
      return was;
    }

    /** @param {PointerEvent} event */
    function release(event) {
      if (!now || event.pointerId !== now.id) return;
      const was = end();
      if (!was || !was.ghost) return;
      // What was dragged is not also clicked.
      const swallow = (/** @type {Event} */ click) => {
        click.stopPropagation();
        click.preventDefault();
      };
      document.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => document.removeEventListener("click", swallow, true), 0);
      if (was.over) dragging.drop(was.card, was.over, event);
    }

    root.addEventListener("pointerdown", lift);
    root.addEventListener("dragstart", (event) => event.preventDefault());
    document.addEventListener("pointermove", carry, { passive: false });
    document.addEventListener("pointerup", release);
    document.addEventListener("pointercancel", end);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
    });
  }

  kejian.parts.drag = drag;
})();
