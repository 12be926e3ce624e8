// The picture of the learner's own work. Each kind draws itself from rows with values; colours
// come from the page's style sheet, so that it follows the theme, dark and print.
"use strict";

(() => {
  const { make, word } = kejian;
  const svgns = "http://www.w3.org/2000/svg";

  /**
   * An SVG element.
   * @param {string} name
   * @param {Record<string, any>} [attributes]
   * @param {...(Node | string)} children
   */
  function svg(name, attributes = {}, ...children) {
    const made = document.createElementNS(svgns, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) made.setAttribute(key, String(value));
    made.append(...children);
    return made;
  }

  /** Number of columns that a text takes, Han counted twice. */
  const breadth = (/** @type {string} */ text) => [...text].reduce((sum, c) => sum + (/[\u2e80-\uffef“”]/.test(c) ? 2 : 1), 0);

  /** @param {string} text @param {number} most */
  function short(text, most) {
    let out = "";
    for (const c of text) {
      if (breadth(out + c) > most) return `${out}…`;
      out += c;
    }
    return out;
  }

  /** The room that labels take at the left, so that none touches the edge. @param {string[]} labels */
  const margin = (labels) => 18 + Math.ceil(Math.max(0, ...labels.map(breadth)) * 7.2);

  /** @type {Record<string, (data: any) => Element | null>} */
  const kinds = {};

  /**
   * @param {any} session
   * @param {StageFace} stage
   */
  function draw(session, stage) {
    const data = kejian.parts.figureData(session, stage);
    if (!data || !kinds[data.kind]) return null;
    const picture = kinds[data.kind](data);
    if (!picture) return null;
    return make("figure", { className: `figure ${data.kind}` }, picture, data.kind === "radar" && data.items.length ? make("ol", { className: "figure-items" }, ...data.items.map((/** @type {string} */ item) => make("li", {}, item))) : null, make("figcaption", {}, word("practice.figure")));
  }

  kejian.parts.svg = svg;
  kejian.parts.short = short;
  kejian.parts.breadth = breadth;
  kejian.parts.margin = margin;
  kejian.parts.figureKinds = kinds;
  kejian.parts.practiceFigure = draw;
})();
