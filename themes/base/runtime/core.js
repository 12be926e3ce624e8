// What every page starts with: its data, its words, and the parts that register themselves.
"use strict";

/** @type {Kejian} */
var kejian = (() => {
  const element = document.getElementById("kejian-data");
  /** @type {any} */
  const data = element ? JSON.parse(element.textContent || "{}") : {};
  /** @type {[string, () => void][]} */
  const starts = [];

  /** @param {string} code */
  const hasWord = (code) => data.words !== undefined && data.words[code] !== undefined;

  /**
   * The word for a code, with its placeholders filled in; the code itself if there is none.
   * @param {string} code
   * @param {Args} [args]
   */
  function word(code, args = {}) {
    let text = data.words ? data.words[code] : undefined;
    if (text && typeof text === "object") text = Number(args.n) === 1 ? text.one || text.other : text.other;
    if (typeof text !== "string") return code;
    return text.replace(/\{([^{}]+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
  }

  /**
   * An element with properties and children; what is null or false is left out.
   * @param {string} name
   * @param {Record<string, any>} [properties]
   * @param {...Child} children
   */
  function make(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (key === "html") made.innerHTML = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key in made && key !== "list" && key !== "for" && key !== "style") {
        /** @type {any} */ (made)[key] = value;
      } else made.setAttribute(key, value === true ? "" : String(value));
    }
    for (const child of children) if (child || child === "") made.append(child);
    return made;
  }

  /**
   * The plain text of markup.
   * @param {string | undefined} html
   */
  function text(html) {
    if (!html) return "";
    if (!/[<&]/.test(html)) return html;
    const page = new DOMParser().parseFromString(html, "text/html");
    return (page.body.textContent || "").trim();
  }

  /**
   * Text made safe for markup.
   * @param {unknown} plain
   */
  function escape(plain) {
    const marks = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
    return String(plain).replace(/[&<>"]/g, (mark) => marks[mark]);
  }

  /** @type {HTMLElement | null} */
  let ear = null;
  /**
   * Tells a screen reader, once.
   * @param {string} what
   */
  function say(what) {
    if (!ear) {
      ear = make("p", { className: "unseen", role: "status" });
      document.body.append(/** @type {HTMLElement} */ (ear));
    }
    const place = /** @type {HTMLElement} */ (ear);
    place.textContent = "";
    // A frame later, so that the same words twice are two changes.
    requestAnimationFrame(() => (place.textContent = what));
  }

  /**
   * A number for people: at most so many decimals, no empty ones.
   * @param {number} number
   * @param {number} [decimals]
   */
  function figure(number, decimals = 2) {
    const fixed = Number(number).toFixed(decimals);
    return decimals ? fixed.replace(/\.?0+$/, "").replace(/^-0$/, "0") : fixed;
  }

  /**
   * What the engine says, in words.
   * @param {Message} message
   */
  const message = (message) => word(`engine.${message.code}`, message.args);

  /**
   * Lets Chinese titles break between words only, where the browser knows its words.
   * @param {Element} title
   */
  function keepWords(title) {
    const segmenter = /** @type {any} */ (Intl).Segmenter;
    if (!segmenter || !/^zh/.test(document.documentElement.lang)) return;
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    const words = new segmenter("zh", { granularity: "word" });
    for (const node of texts) {
      const pieces = document.createDocumentFragment();
      for (const { segment, isWordLike } of words.segment(node.data)) {
        if (isWordLike && pieces.lastChild && !/[“（《「]$/.test(pieces.textContent || "")) pieces.append(document.createElement("wbr"));
        pieces.append(segment);
      }
      node.replaceWith(pieces);
    }
    title.classList.add("whole-words");
  }

  /**
   * The way to this page in another language keeps the place: the slide, the stage, the seed. What
   * a sandboxed frame cannot keep goes along to every page of the course.
   */
  function keepPlace(/** @type {Event} */ event) {
    const link = /** @type {any} */ (event.target).closest?.("a[href]");
    if (!link) return;
    const other = link.matches(".language");
    if (other) {
      link.href = link.href.replace(/[?#].*$/, "") + location.search + location.hash;
      if (event.type === "click") kejian.storage.set("language", link.hreflang);
    }
    const packed = link.origin === location.origin && (other || link.pathname !== location.pathname) && kejian.storage.pack();
    if (packed) link.hash = link.hash.split("~")[0] + packed;
  }

  const run = () => {
    for (const name of ["pointerdown", "focusin", "click"]) document.addEventListener(name, keepPlace, true);
    document.querySelectorAll("main.page h1, main.page h3 a").forEach(keepWords);
    for (const [page, start] of starts) if (page === data.page) start();
  };
  if (document.readyState === "complete") setTimeout(run);
  else document.addEventListener("DOMContentLoaded", run);

  /**
   * Puts children into an element in place of what it has; what is null or false is left out.
   * @param {Element} place
   * @param {...Child} children
   */
  function fill(place, ...children) {
    place.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "")));
  }

  const nothing = /** @type {any} */ (null);
  return {
    data,
    word,
    hasWord,
    make,
    fill,
    text,
    escape,
    say,
    figure,
    message,
    register: (page, start) => starts.push([page, start]),
    storage: nothing,
    engine: nothing,
    widgets: {},
    parts: {},
  };
})();
