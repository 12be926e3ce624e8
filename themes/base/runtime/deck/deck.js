// The deck: its slides, where it stands, and the controllers that each look after one thing.
//
// A controller may have three verbs: `render` puts what it needs into the page, `bind` listens,
// `update` runs after every move. They run in the order of `theme.yaml`.
//
// `deck.js` has what it takes to show slides. The tools (`present.css`, `present.js`) are loaded
// as soon as the first slide stands, so that they are there when the network has gone, and join
// then; what the trainer says is loaded when it is first asked for. Where all is in one file,
// all is there from the start.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  /**
   * @typedef {{ slide: number, step: number }} Spot
   * @typedef {{ quiet?: boolean, remote?: boolean }} How `quiet`: the page opens; `remote`: the
   *   other window moved.
   * @typedef {{ render?(): void, bind?(): void, update?(before: Spot, how: How): void }} Controller
   */

  /** Those that have not joined yet. @type {((deck: any) => Controller)[]} */
  const makers = [];
  /** @type {Controller[]} */
  const controllers = [];
  let started = false;
  /** @type {Map<string, Promise<void>>} */
  const files = new Map();
  /** @type {Record<string, ((value: any, id: string) => void)[]>} */
  const listeners = {};

  const deck = {
    /** @type {HTMLElement[]} */
    slides: [],
    at: 0,
    step: 0,
    /** Whether this window is the presenter's. */
    presenter: false,
    /** What keys and buttons may do, by name. @type {Record<string, () => void>} */
    actions: {},
    /** What was asked for before it could be done. */
    wanted: "",
    /** Modes that Escape ends, each of which says whether it was on. @type {(() => boolean)[]} */
    leaving: [],

    /** @param {(deck: any) => Controller} make */
    add(make) {
      makers.push(make);
    },

    /** Takes in those who were added since the deck started. */
    join() {
      if (!started) return;
      const here = { slide: deck.at, step: deck.step };
      for (const controller of enlist()) controller.update?.(here, { quiet: true });
      deck.actions[deck.wanted]?.();
    },

    /** Loads a style sheet or a script, once; again only if it failed. @param {string} url */
    load(url) {
      const style = /\.css$/.test(url);
      const loaded = files.get(url) || new Promise((/** @type {(value: void) => void} */ done, fail) => {
        const element = style ? kejian.make("link", { rel: "stylesheet", href: url }) : kejian.make("script", { src: url });
        element.onload = () => done();
        element.onerror = () => {
          files.delete(url);
          element.remove();
          fail(new Error(url));
        };
        document.head.append(element);
      });
      files.set(url, loaded);
      return loaded;
    },

    /** Loads the tools. */
    equip: async () => {
      for (const url of kejian.data.later || []) await deck.load(url);
    },

    /** Loads what the trainer says. */
    speak: async () => {
      if (kejian.data.notes && !kejian.notes) await deck.load(kejian.data.notes);
    },

    /**
     * Goes to a slide and a step of it, both 0-based, both brought into range.
     * @param {number} slide @param {number} [step] @param {How} [how]
     */
    go(slide, step = 0, how = {}) {
      const before = { slide: deck.at, step: deck.step };
      deck.at = Math.max(0, Math.min(deck.slides.length - 1, Math.trunc(slide) || 0));
      deck.step = Math.max(0, Math.min(deck.fragments(deck.at).length, step || 0));
      for (const controller of controllers) controller.update?.(before, how);
    },

    next() {
      if (deck.step < deck.fragments(deck.at).length) deck.go(deck.at, deck.step + 1);
      else if (deck.at < deck.slides.length - 1) deck.go(deck.at + 1, 0);
    },

    previous() {
      if (deck.step > 0) deck.go(deck.at, deck.step - 1);
      else if (deck.at > 0) deck.go(deck.at - 1, Infinity);
    },

    /** The slide with that id, -1 if there is none. @param {string} id */
    find(id) {
      return deck.slides.findIndex((slide) => slide.id === id);
    },

    /** @param {number} slide */
    title(slide) {
      return (deck.slides[slide]?.querySelector(".title")?.textContent || "").trim();
    },

    /**
     * The number printed on a slide; nothing on the opening and the closing one.
     * @param {number} slide
     */
    label(slide) {
      return slide > 0 && slide < deck.slides.length - 1 ? String(slide) : "";
    },

    /** How many slides carry a number. */
    count: () => deck.slides.length - 2,

    /** What the trainer says on a slide, if it has been loaded. @param {number} slide @returns {HTMLElement | null} */
    notes(slide) {
      const html = kejian.notes?.[deck.slides[slide]?.id];
      return html ? kejian.make("div", { html }) : null;
    },

    /** Ends the mode that is on; false if there is none. */
    leave: () => deck.leaving.some((end) => end()),

    /** Hears of what `share` says in another window. @param {string} kind @param {(value: any, id: string) => void} act */
    on(kind, act) {
      (listeners[kind] ||= []).push(act);
    },
    /** @param {string} kind @param {any} value @param {string} id */
    heard(kind, value, id) {
      for (const act of listeners[kind] || []) act(value, id);
    },

    /**
     * Keeps a value for this deck on this device, apart from the learner's progress; without a
     * value, what was kept.
     * @param {string} name @param {any} [value]
     */
    keep(name, value) {
      const key = `kejian-deck:${kejian.data.course}:${kejian.data.chapter}:${name}`;
      try {
        if (value === undefined) return JSON.parse(localStorage.getItem(key) || "null");
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Forbidden, full or damaged: this window still has it.
      }
      return null;
    },

    /** Says a sentence to a screen reader. @param {string} text */
    say(text) {
      const said = document.getElementById("said");
      if (said) said.textContent = text;
    },
  };
  kejian.deck = deck;

  /** Makes those that wait and lets them begin. */
  function enlist() {
    const fresh = makers.splice(0).map((make) => make(deck));
    for (const controller of fresh) controller.render?.();
    for (const controller of fresh) controller.bind?.();
    controllers.push(...fresh);
    return fresh;
  }

  kejian.register("deck", () => {
    deck.slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".slide")]);
    deck.presenter = new URLSearchParams(location.search).has("presenter");
    if (typeof kejian.data.notes === "object") kejian.notes = kejian.data.notes;
    enlist();
    started = true;
    const { slide, step } = deck.address();
    deck.go(slide, step, { quiet: true });
    document.body.classList.add("ready");
    deck.equip().catch(() => undefined);
  });
})();
