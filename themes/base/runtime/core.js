// What every page starts with: its data, its words, and the parts that register themselves.
(() => {
  "use strict";
  /** @type {any} */
  const root = window;
  const element = document.getElementById("kejian-data");
  /** @type {any} */
  const data = element ? JSON.parse(element.textContent || "{}") : {};
  /** @type {[string, () => void][]} */
  const parts = [];

  /**
   * The word for a code, with its placeholders filled in; the code itself if there is none.
   * @param {string} code
   * @param {Record<string, unknown>} [args]
   */
  function word(code, args = {}) {
    let text = data.words ? data.words[code] : undefined;
    if (text && typeof text === "object") text = args.n === 1 || args.n === "1" ? text.one || text.other : text.other;
    if (typeof text !== "string") return code;
    return text.replace(/\{([^{}]+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
  }

  /**
   * An element with properties and children.
   * @param {string} name
   * @param {Record<string, any>} [properties]
   * @param {...(Node | string)} children
   */
  function make(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (key === "html") made.innerHTML = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key in made && key !== "list" && key !== "for") /** @type {any} */ (made)[key] = value;
      else made.setAttribute(key, value === true ? "" : String(value));
    }
    made.append(...children);
    return made;
  }

  root.kejian = {
    data,
    word,
    make,
    /** @param {string} page @param {() => void} start */
    register(page, start) {
      parts.push([page, start]);
    },
  };

  const run = () => {
    for (const [page, start] of parts) if (page === data.page) start();
  };
  if (document.readyState === "complete") setTimeout(run);
  else document.addEventListener("DOMContentLoaded", run);
})();
