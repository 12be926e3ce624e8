// What a term means, shown beside it when it is pressed or reached by Tab; from there a link leads
// to the glossary. The slide stays.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data } = kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    if (!data.terms) return {};
    /** The term that is open. @type {HTMLAnchorElement | null} */
    let open = null;
    /** Focus comes back from the panel: not a wish to see it again. */
    let back = false;
    const meaning = make("div", {});
    const more = make("a", {}, word("deck.term.more"));
    const panel = make("div", { className: "gloss", id: "gloss", role: "dialog", hidden: true }, meaning, more);

    /** @param {EventTarget | null} target @returns {HTMLAnchorElement | null} */
    const term = (target) => (target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest(".deck :is(.t, a.from)")) : null);

    /** Whether the pointer means something else now. */
    const engaged = () => deck.inOverview?.() || document.body.classList.contains("inking");

    function close() {
      if (!open) return false;
      open.removeAttribute("aria-expanded");
      open.removeAttribute("aria-controls");
      open = null;
      panel.hidden = true;
      return true;
    }

    /** @param {HTMLAnchorElement} link */
    function show(link) {
      const known = data.terms[decodeURIComponent(link.hash.slice(1))];
      if (!known) return;
      close();
      open = link;
      link.setAttribute("aria-expanded", "true");
      link.setAttribute("aria-controls", "gloss");
      panel.setAttribute("aria-label", known[0]);
      meaning.innerHTML = known[1];
      meaning.prepend(make("strong", {}, word("deck.term.is", { term: known[0] })));
      more.href = link.href;
      panel.hidden = false;
      place(link);
      deck.say(panel.textContent);
    }

    /** Below the term, or above where there is no room. @param {HTMLElement} link */
    function place(link) {
      const at = link.getClientRects()[0] || link.getBoundingClientRect();
      const { width, height } = panel.getBoundingClientRect();
      const left = Math.max(12, Math.min(at.left, innerWidth - width - 12));
      const below = at.bottom + 8;
      const top = below + height < innerHeight - 12 ? below : Math.max(12, at.top - height - 8);
      panel.style.left = `${left}px`;
      panel.style.top = `${top}px`;
    }

    /** @param {HTMLElement} link */
    function focus(link) {
      back = true;
      link.focus({ preventScroll: true });
      back = false;
    }

    /** @param {MouseEvent} event */
    function click(event) {
      const link = term(event.target);
      const inside = panel.contains(/** @type {Node} */ (event.target));
      if (!link) {
        // A press beside the panel puts it away and does nothing else.
        if (!inside && close()) {
          event.preventDefault();
          event.stopPropagation();
        }
        return;
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey || engaged()) return;
      event.preventDefault();
      event.stopPropagation();
      if (open === link && !shownByFocus) close();
      else show(link);
      shownByFocus = false;
    }
    /** Reached by Tab and shown: the Enter or press that follows leaves it open. */
    let shownByFocus = false;

    /** @param {KeyboardEvent} event */
    function press(event) {
      if (!open) return;
      const link = open;
      const from = /** @type {Node} */ (event.target);
      if (event.key === "Escape") {
        close();
        focus(link);
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "Tab" && !event.shiftKey && from === link) {
        more.focus();
        event.preventDefault();
      } else if (event.key === "Tab" && from === more) {
        close();
        focus(link);
        // Forward, the browser goes on from the term.
        if (event.shiftKey) event.preventDefault();
      }
    }

    return {
      render() {
        document.body.append(panel);
        deck.leaving.push(close);
      },
      bind() {
        document.addEventListener("click", click, true);
        document.addEventListener("keydown", press, true);
        document.addEventListener("focusin", (event) => {
          const link = term(event.target);
          if (link && !back && link.matches(":focus-visible") && open !== link) {
            show(link);
            shownByFocus = true;
          } else if (!link && open && !panel.contains(/** @type {Node} */ (event.target))) {
            // A press gives focus too, before it is a click; `click` sees to that one.
            if (/** @type {Element} */ (event.target).matches(":focus-visible")) close();
          }
        });
        addEventListener("resize", close);
      },
      update() {
        close();
      },
    };
  });
})();
