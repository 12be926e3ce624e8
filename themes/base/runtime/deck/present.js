// Opens the presenter's window; where that is blocked, offers a plain link to it.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word } = kejian;
  /** How long a new window may take to say hello before the link is offered, in milliseconds. */
  const PATIENCE = 4000;

  kejian.deck.add((/** @type {any} */ deck) => {
    const page = location.href.replace(/[?#].*$/, "");
    const address = () => page + (deck.presenter ? "" : "?presenter") + deck.hash();
    const link = make("a", { target: "_blank", rel: "opener", className: "button" }, word(deck.presenter ? "deck.open_audience" : "deck.open_presenter"));
    const dialog = make("dialog", { className: "blocked", "aria-label": word("deck.keys.present") },
      make("h2", {}, word("deck.blocked")), make("p", {}, word("deck.blocked_help")),
      make("form", { method: "dialog" }, link, make("button", {}, word("deck.close"))));
    link.addEventListener("click", () => dialog.close());

    function offer() {
      link.href = address();
      if (!dialog.isConnected) document.body.append(dialog);
      if (!dialog.open) dialog.showModal();
    }

    deck.actions.present = () => {
      const size = deck.presenter ? "" : `popup,width=${Math.min(1366, screen.availWidth)},height=${Math.min(768, screen.availHeight)}`;
      let other = null;
      try {
        other = window.open(address(), `kejian-${deck.presenter ? "audience" : "presenter"}-${kejian.data.course}-${kejian.data.chapter}`, size);
      } catch {
        // A sandboxed frame may not open windows.
      }
      if (!other || other.closed) return offer();
      deck.opened(other);
      // Some blockers hand out a window that never loads.
      setTimeout(() => deck.connected() || offer(), PATIENCE);
    };

    const heard = deck.connection;
    deck.connection = (/** @type {boolean} */ there) => {
      if (there && dialog.open) dialog.close();
      heard?.(there);
    };
    return {};
  });
})();
