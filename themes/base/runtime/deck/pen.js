// The pen: strokes that stay with their slide, in units of the canvas (1080 high), so they scale.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word } = kejian;
  const SVG = "http://www.w3.org/2000/svg";
  const COLOURS = ["accent", "second", "ink"];

  /** @typedef {{ c: string, p: number[] }} Stroke a colour token and x, y, x, y, … */

  /** A smooth path through the points. @param {number[]} p */
  function path(p) {
    let d = `M${p[0]} ${p[1]}`;
    if (p.length === 2) return `${d}h.1`;
    for (let at = 2; at + 3 < p.length; at += 2) {
      d += `Q${p[at]} ${p[at + 1]} ${Math.round((p[at] + p[at + 2]) / 2)} ${Math.round((p[at + 1] + p[at + 3]) / 2)}`;
    }
    return `${d}L${p[p.length - 2]} ${p[p.length - 1]}`;
  }

  /** Takes only what is a stroke, whatever another window or the disk says. @param {any} value @returns {Stroke[]} */
  function strokesOf(value) {
    if (!Array.isArray(value)) return [];
    return value.filter((one) => COLOURS.includes(one?.c) && Array.isArray(one.p) && one.p.length > 1 && one.p.every(Number.isFinite));
  }

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @type {Record<string, Stroke[]>} */
    const ink = {};
    /** What was there before each change, for undo. @type {[string, Stroke[]][]} */
    const undone = [];
    /** @type {Stroke | null} */
    let drawing = null;
    let colour = COLOURS[0];
    let wiping = false;
    let waiting = 0;

    const id = () => deck.slides[deck.at].id;
    const on = () => document.body.classList.contains("inking");

    /** @param {HTMLElement} slide @param {Stroke[]} strokes */
    function draw(slide, strokes) {
      let svg = slide.querySelector("svg.strokes");
      if (!svg) {
        if (!strokes.length) return;
        svg = document.createElementNS(SVG, "svg");
        svg.setAttribute("class", "strokes");
        svg.setAttribute("aria-hidden", "true");
        slide.firstElementChild?.append(svg);
      }
      const ratio = getComputedStyle(slide).aspectRatio.split("/").map(Number);
      svg.setAttribute("viewBox", `0 0 ${Math.round((1080 * ratio[0]) / (ratio[1] || 1)) || 1920} 1080`);
      svg.replaceChildren(...strokes.map((stroke) => {
        const line = document.createElementNS(SVG, "path");
        line.setAttribute("d", path(stroke.p));
        line.style.stroke = `var(--${stroke.c})`;
        return line;
      }));
    }

    /** @param {string} slide @param {Stroke[]} strokes @param {boolean} [remote] */
    function set(slide, strokes, remote = false) {
      const place = deck.find(slide);
      if (place < 0) return;
      if (strokes.length) ink[slide] = strokes;
      else delete ink[slide];
      draw(deck.slides[place], strokes);
      deck.refresh?.();
      if (remote) return;
      deck.share("ink", strokes, slide);
      deck.keep("ink", Object.keys(ink).length ? ink : null);
    }

    /** @param {string} slide @param {Stroke[]} strokes */
    function change(slide, strokes) {
      undone.push([slide, ink[slide] || []]);
      set(slide, strokes);
    }

    /** The point of the slide under the pointer, in canvas units. @param {PointerEvent} event */
    function point(event) {
      const box = deck.slides[deck.at].getBoundingClientRect();
      const unit = box.height / 1080;
      return [Math.round((event.clientX - box.left) / unit), Math.round((event.clientY - box.top) / unit)];
    }

    /** Takes away the strokes that pass near a point. @param {number} x @param {number} y */
    function wipeAt(x, y) {
      const near = (/** @type {Stroke} */ stroke) => stroke.p.some((_, at) => at % 2 === 0 && Math.hypot(stroke.p[at] - x, stroke.p[at + 1] - y) < 30);
      const strokes = ink[id()] || [];
      const left = strokes.filter((stroke) => !near(stroke));
      if (left.length < strokes.length) change(id(), left);
    }

    /** @param {PointerEvent} event */
    function down(event) {
      const target = /** @type {HTMLElement} */ (event.target);
      if (!on() || event.button > 0 || !target.closest(".deck > .slide.now")) return;
      event.preventDefault();
      const [x, y] = point(event);
      if (wiping) return void wipeAt(x, y);
      drawing = { c: colour, p: [x, y] };
      target.setPointerCapture?.(event.pointerId);
      show();
    }

    /** @param {PointerEvent} event */
    function move(event) {
      if (!on() || !(event.buttons & 1)) return;
      const [x, y] = point(event);
      if (wiping) return void wipeAt(x, y);
      if (!drawing) return;
      const { p } = drawing;
      if (Math.hypot(p[p.length - 2] - x, p[p.length - 1] - y) < 4) return;
      p.push(x, y);
      waiting ||= requestAnimationFrame(show);
    }

    /** Shows the stroke as it grows, here and in the other window. */
    function show() {
      waiting = 0;
      if (!drawing) return;
      draw(deck.slides[deck.at], [...(ink[id()] || []), drawing]);
      deck.send("stroke", drawing, id());
    }

    function up() {
      if (!drawing) return;
      const stroke = drawing;
      drawing = null;
      change(id(), [...(ink[id()] || []), stroke]);
    }

    const bar = make("div", { className: "inks", role: "toolbar", "aria-label": word("deck.keys.pen") });
    function fill() {
      const tool = (/** @type {string} */ name, /** @type {() => void} */ act, /** @type {any} */ more = {}) =>
        make("button", { type: "button", onclick: () => (act(), fill()), ...more }, word(`deck.ink.${name}`));
      bar.replaceChildren(
        ...COLOURS.map((name) => make("button", {
          type: "button", className: "dot", style: `--dot: var(--${name})`, title: word(`deck.ink.${name}`), "aria-label": word(`deck.ink.${name}`),
          "aria-pressed": String(!wiping && colour === name),
          onclick: () => {
            colour = name;
            wiping = false;
            fill();
          },
        })),
        tool("rubber", () => (wiping = !wiping), { "aria-pressed": String(wiping) }),
        tool("undo", undo), tool("clear", wipe), tool("clear_all", wipeAll), tool("done", () => turn(false)));
    }

    function undo() {
      const last = undone.pop();
      if (last) set(...last);
    }

    function wipe() {
      if (ink[id()]) change(id(), []);
      deck.say(word("deck.ink.wiped"));
    }

    function wipeAll() {
      for (const slide of Object.keys(ink)) change(slide, []);
      deck.say(word("deck.ink.wiped"));
    }

    /** @param {boolean} open */
    function turn(open) {
      if (open) deck.laser?.(false);
      document.body.classList.toggle("inking", open);
      wiping = false;
      fill();
      document.querySelector("[data-act=pen]")?.setAttribute("aria-pressed", String(open));
      deck.say(word(open ? "deck.ink.on" : "deck.ink.off"));
    }

    deck.pen = turn;
    deck.actions.pen = () => turn(!on());
    deck.actions.erase = wipe;
    deck.leaving.push(() => on() && (turn(false), true));

    return {
      render() {
        const kept = deck.keep("ink") || {};
        for (const slide of Object.keys(kept)) set(slide, strokesOf(kept[slide]), true);
        document.body.append(bar);
      },
      bind() {
        document.addEventListener("pointerdown", down);
        document.addEventListener("pointermove", move);
        document.addEventListener("pointerup", up);
        document.addEventListener("pointercancel", up);
        document.addEventListener("keydown", (event) => {
          if (on() && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
            event.preventDefault();
            undo();
          }
        });
        deck.on("ink", (/** @type {any} */ value, /** @type {string} */ slide) => set(slide, strokesOf(value), true));
        deck.on("stroke", (/** @type {any} */ value, /** @type {string} */ slide) => {
          const place = deck.find(slide);
          if (place >= 0) draw(deck.slides[place], [...(ink[slide] || []), ...strokesOf([value])]);
        });
      },
    };
  });
})();
