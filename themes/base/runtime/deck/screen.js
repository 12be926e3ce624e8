// Black and white screen, full screen.
"use strict";

(() => {
  const kejian = /** @type {any} */ (window).kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    /** "", "black" or "white". */
    deck.screen = "";

    /** @param {string} screen @param {boolean} [remote] */
    function paint(screen, remote = false) {
      deck.screen = screen;
      document.body.dataset.screen = screen;
      deck.say(screen ? kejian.word(`deck.${screen}`) : deck.where());
      if (!remote) deck.share("screen", screen);
    }

    /** Any move on a black or white screen first brings the slide back. @param {() => void} move */
    const or = (move) => () => (deck.screen ? paint("") : move());

    const { actions } = deck;
    for (const name of ["next", "previous"]) actions[name] = or(actions[name]);
    actions.black = () => paint(deck.screen === "black" ? "" : "black");
    actions.white = () => paint(deck.screen === "white" ? "" : "white");
    actions.full = () => {
      if (document.fullscreenElement) void document.exitFullscreen();
      else document.documentElement.requestFullscreen?.().catch(() => undefined);
    };
    deck.leaving.push(() => Boolean(deck.screen) && (paint(""), true));

    return {
      render() {
        document.body.append(kejian.make("div", { className: "curtain", onclick: () => paint("") }));
      },
      bind() {
        deck.on("screen", (/** @type {string} */ screen) => paint(["black", "white"].includes(screen) ? screen : "", true));
      },
      update(before, how) {
        if (deck.screen && before.slide !== deck.at) paint("", how.remote);
      },
    };
  });
})();
