// Keys and clickers. One table feeds both the listening and the list that `?` shows.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  /** Action, its keys, and how they are written in the list. @type {[string, string[], string[]][]} */
  const TABLE = [
    ["next", ["ArrowRight", "ArrowDown", "PageDown", " ", "n", "Enter"], ["Space", "N", "→", "PageDown"]],
    ["previous", ["ArrowLeft", "ArrowUp", "PageUp", "Shift ", "p", "Backspace"], ["Shift+Space", "P", "←", "PageUp"]],
    ["first", ["Home"], ["Home"]],
    ["last", ["End"], ["End"]],
    ["jump", ["g"], ["1…9 Enter", "G"]],
    ["search", ["/"], ["/"]],
    ["black", ["b", "."], ["B", "."]],
    ["white", ["w"], ["W"]],
    ["full", ["f"], ["F"]],
    ["overview", ["o", "Escape"], ["Esc", "O"]],
    ["present", ["s"], ["S"]],
    ["pen", ["d"], ["D"]],
    ["laser", ["l"], ["L"]],
    ["erase", ["e"], ["E"]],
    ["timer", ["t"], ["T"]],
    ["help", ["?"], ["?"]],
  ];
  /** What Chinese input sends for the same keys. @type {Record<string, string>} */
  const SAME = { "。": ".", "．": ".", "？": "?", "／": "/", "、": "/" };

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @type {Map<string, string>} */
    const acts = new Map(TABLE.flatMap(([act, keys]) => keys.map((key) => [key, act])));
    /** The digits typed so far. */
    deck.typed = "";

    /** The table for the list of keys. */
    deck.keys = TABLE.map(([act, , shown]) => [act, shown]);
    /** Whether keys of one character do anything. */
    deck.letters = deck.keep("letters") !== false;
    Object.assign(deck.actions, {
      next: deck.next,
      previous: deck.previous,
      first: () => deck.go(0),
      last: () => deck.go(deck.slides.length - 1, Infinity),
    });

    /** The key by its place where the layout or an input method hides its letter. @param {KeyboardEvent} event */
    function keyOf(event) {
      const { key, code } = event;
      if (key === " " && event.shiftKey) return "Shift ";
      if (SAME[key]) return SAME[key];
      const hidden = key === "Process" || key === "Unidentified" || (key.length === 1 && key > "\u007f");
      if (hidden && /^(Key|Digit)/.test(code)) return code.slice(-1).toLowerCase();
      return key.length === 1 ? key.toLowerCase() : key;
    }

    /** Whether the key belongs to what has the focus. @param {HTMLElement} target @param {string} key */
    function taken(target, key) {
      if (target.closest("input, textarea, select, [contenteditable], audio, video") || document.querySelector("dialog[open]")) return true;
      return (key === " " || key === "Enter") && target.closest("a, button, summary, [role=button]");
    }

    /** @param {KeyboardEvent} event */
    function press(event) {
      const key = keyOf(event);
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (taken(/** @type {HTMLElement} */ (event.target), key)) return;
      if (key.length === 1 && key !== " " && !deck.letters) return;
      if (/^\d$/.test(key)) {
        deck.typed = (deck.typed + key).slice(-4);
        return;
      }
      const act = key === "Enter" && deck.typed ? "typed" : acts.get(key);
      const typed = deck.typed;
      deck.typed = "";
      if (!act) return;
      event.preventDefault();
      if (act === "typed") deck.go(Number(typed));
      else if (deck.actions[act]) deck.actions[act]();
      else {
        // The tools are on their way, or did not come: it is done as soon as they are here.
        deck.wanted = act;
        deck.equip().catch(() => undefined);
      }
    }

    return {
      bind() {
        document.addEventListener("keydown", press);
      },
    };
  });
})();
