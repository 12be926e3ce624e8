// Measures a slide as it is shown: what does not fit, what is too small, what is too pale. Used
// by `kejian check --render` and by the pages under `kejian serve`; returns plain findings.
(() => {
  "use strict";
  /** Pixels that rounding may cost. */
  const SLACK = 3;

  /**
   * @typedef {{ rule: "overflow" | "small" | "body" | "contrast" | "italic" | "tight" | "title", text: string, value: number, limit: number }} Finding
   */

  /** @param {Element} element */
  const isSeen = (element) => {
    if (element.closest(".unseen, script, style, template, title, desc, [hidden]")) return false;
    const style = getComputedStyle(element);
    return style.display !== "none" && Number(style.opacity) > 0.05 && style.clipPath !== "inset(50%)";
  };

  /** Every text in an element that is seen, with its boxes. @param {Element} root */
  function texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = (node.textContent || "").replace(/\s+/g, " ").trim();
      const parent = node.parentElement;
      if (!text || !parent || !isSeen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
      if (boxes.length) found.push({ text, parent, boxes });
    }
    return found;
  }

  /** The size of a text in pixels of the screen: drawings scale theirs. @param {Element} element */
  function size(element) {
    const own = parseFloat(getComputedStyle(element).fontSize);
    const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
    return matrix ? own * Math.hypot(matrix.c, matrix.d) : own;
  }

  /** @param {string} colour @returns {number[]} red, green, blue, opacity */
  function channels(colour) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  /** @type {Map<string, number[]>} */
  const known = new Map();
  const parse = (/** @type {string} */ colour) => {
    const found = known.get(colour) || channels(colour);
    known.set(colour, found);
    return found;
  };

  /** One colour over another. @param {number[]} top @param {number[]} below */
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);

  /** @param {number[]} colour */
  function luminance(colour) {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** @param {number[]} one @param {number[]} other */
  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  /**
   * What lies behind a text in the middle of its first box; null where that cannot be known
   * without looking at a picture.
   * @param {{ parent: Element, boxes: DOMRect[] }} text
   */
  function behind({ parent, boxes }) {
    const x = boxes[0].x + boxes[0].width / 2;
    const y = boxes[0].y + boxes[0].height / 2;
    const stack = document.elementsFromPoint(x, y);
    const start = stack.indexOf(parent);
    /** @type {number[][]} */
    const layers = [];
    for (const element of start < 0 ? ancestors(parent) : stack.slice(start)) {
      const style = getComputedStyle(element);
      if (element instanceof HTMLImageElement || element instanceof HTMLVideoElement || element instanceof SVGImageElement) return null;
      if (element instanceof SVGElement) {
        const paints = element instanceof SVGGeometryElement && style.fill !== "none";
        if (paints && style.fill.startsWith("url")) return null;
        if (paints) layers.push(withOpacity(parse(style.fill), Number(style.fillOpacity) * Number(style.opacity)));
      } else {
        if (style.backgroundImage !== "none") return null;
        layers.push(parse(style.backgroundColor));
      }
      if ((layers.at(-1)?.[3] ?? 0) >= 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
  }

  /** @param {number[]} colour @param {number} opacity */
  const withOpacity = (colour, opacity) => [colour[0], colour[1], colour[2], colour[3] * opacity];

  /** @param {Element | null} element */
  function ancestors(element) {
    const list = [];
    for (; element; element = element.parentElement) list.push(element);
    return list;
  }

  /** Whether a text is what the slide says, not what stands beside it. @param {Element} parent */
  const isBody = (parent) => parent.closest(".prose") && !parent.closest("li li, table, aside, figure, .caption, code") && !parent.closest(".prose")?.parentElement?.closest("li, td, section:not(.slide)");

  /** Han that is slanted, or whose lines stand too close. @param {Element} slide @returns {Finding[]} */
  function han(slide) {
    return texts(slide).flatMap(/** @returns {Finding[]} */ ({ text, parent }) => {
      if (!/\p{Script=Han}/u.test(text)) return [];
      const style = getComputedStyle(parent);
      if (style.fontStyle !== "normal") return [{ rule: "italic", text, value: 0, limit: 0 }];
      const title = parent.closest(".title");
      if (!title && !isBody(parent)) return [];
      // `normal` is the font's own: enough for a title, too little for a body.
      const value = Math.round(100 * (style.lineHeight === "normal" ? 1.2 : parseFloat(style.lineHeight) / parseFloat(style.fontSize))) / 100;
      const limit = title ? 1.2 : 1.5;
      return value < limit ? [{ rule: title ? "title" : "tight", text, value, limit }] : [];
    });
  }

  /** @param {Element} slide @param {number} unit @returns {Finding[]} */
  function sizes(slide, unit) {
    return texts(slide).flatMap(/** @returns {Finding[]} */ ({ text, parent }) => {
      if (parent.closest("sup, sub")) return [];
      const value = Math.round((size(parent) / unit) * 10) / 10;
      const body = isBody(parent);
      if (value < 28) return [{ rule: "small", text, value, limit: 28 }];
      return body && value < 42 ? [{ rule: "body", text, value, limit: 42 }] : [];
    });
  }

  /** @param {Element} slide @param {number} unit @returns {Finding[]} */
  function contrasts(slide, unit) {
    return texts(slide).flatMap((text) => {
      const style = getComputedStyle(text.parent);
      const paint = text.parent instanceof SVGElement ? style.fill : style.color;
      const ground = behind(text);
      // What has no colour at all only holds its place: the number under a drawn mark.
      if (!ground || paint.startsWith("url") || parse(paint)[3] === 0) return [];
      const value = Math.floor(contrast(over(parse(paint), ground), ground) * 100) / 100;
      // What counts as large on a page (24 px; 18.7 px bold, beside 16 px of text), on a slide.
      const units = size(text.parent) / unit;
      const limit = units >= 66 || (units >= 51 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      return value < limit ? [{ rule: "contrast", text: text.text, value, limit }] : [];
    });
  }

  /** The most that a box sticks out of another. @param {DOMRect} inner @param {DOMRect} outer */
  const excess = (inner, outer) => Math.max(outer.left - inner.left, inner.right - outer.right, outer.top - inner.top, inner.bottom - outer.bottom);

  /** @param {Element} element */
  const clips = (element) => ["hidden", "clip", "auto", "scroll"].includes(getComputedStyle(element).overflowY) || getComputedStyle(element).overflowX !== "visible";

  /** @param {Element} slide @param {number} unit @returns {Finding[]} */
  function overflows(slide, unit) {
    const whole = slide.getBoundingClientRect();
    const foot = slide.querySelector(".foot")?.getBoundingClientRect();
    const header = slide.querySelector(".canvas > header")?.getBoundingClientRect();
    /** @type {{ text: string, parent: Element, boxes: DOMRect[] }[]} */
    const things = texts(slide);
    for (const parent of slide.querySelectorAll("img, svg, video")) {
      if (isSeen(parent)) things.push({ text: parent.getAttribute("alt") || "", parent, boxes: [parent.getBoundingClientRect()] });
    }
    /** @type {Finding[]} */
    const found = [];
    for (const { text, parent, boxes } of things) {
      let most = 0;
      for (const box of boxes) {
        most = Math.max(most, excess(box, whole));
        // A picture may run under the footer on purpose; a text may not.
        if (parent.closest(".stage") && boxes.length && !["IMG", "VIDEO"].includes(parent.tagName)) {
          if (foot) most = Math.max(most, box.bottom - foot.top);
          if (header?.height) most = Math.max(most, header.bottom - box.top);
        }
        for (let above = parent.parentElement; above && above !== slide; above = above.parentElement) {
          if (clips(above)) most = Math.max(most, excess(box, above.getBoundingClientRect()));
        }
      }
      if (most > SLACK * unit) found.push({ rule: "overflow", text, value: Math.round(most / unit), limit: 0 });
    }
    return found;
  }

  /** The worst of each rule, so that one mistake is one finding. @param {Finding[]} findings */
  function worst(findings) {
    /** @type {Map<string, Finding>} */
    const by = new Map();
    for (const finding of findings) {
      const before = by.get(finding.rule);
      const worse = !before || (finding.rule === "overflow" ? finding.value > before.value : finding.value < before.value);
      if (worse) by.set(finding.rule, finding);
    }
    return [...by.values()];
  }

  /** @type {any} */ (window).kejianMeasure = {
    /** What does not fit. @param {Element} slide */
    overflow: (slide) => worst(overflows(slide, slide.getBoundingClientRect().height / 1080)),
    /**
     * Shows every slide of a deck, all of its steps, and measures it.
     * @param {boolean} colours only the colours
     */
    async deck(colours) {
      const style = document.createElement("style");
      // What is still to be revealed is measured too, and nothing is on its way.
      style.textContent = ".slide .hidden, .slide .hidden * { visibility: visible !important } *, *::before, *::after { transition: none !important; animation: none !important; pointer-events: auto !important }";
      document.head.append(style);
      await document.fonts.ready;
      const all = [];
      for (const slide of document.querySelectorAll(".slide[id]")) {
        location.hash = `#${encodeURIComponent(slide.id)}`;
        await new Promise((next) => {
          const look = () => (slide.getBoundingClientRect().height ? next(0) : setTimeout(look, 5));
          look();
        });
        const unit = slide.getBoundingClientRect().height / 1080;
        const found = colours ? contrasts(slide, unit) : [...overflows(slide, unit), ...sizes(slide, unit), ...contrasts(slide, unit), ...han(slide)];
        for (const finding of worst(found)) all.push({ slide: slide.id, ...finding });
      }
      style.remove();
      return all;
    },
  };
})();
