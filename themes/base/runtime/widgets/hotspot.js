// A place on a picture: tapped on the picture itself, or chosen from the list beside it, which
// keyboards and screen readers use. Where the places lie is shown after checking only.
"use strict";

(() => {
  const { make, word } = kejian;
  const svgns = "http://www.w3.org/2000/svg";

  /** @param {any} area @param {string} state */
  function shape(area, state) {
    const [kind, numbers] = /** @type {[string, any]} */ (Object.entries(area)[0]);
    const made = document.createElementNS(svgns, kind);
    const names = kind === "rect" ? ["x", "y", "width", "height"] : kind === "ellipse" ? ["cx", "cy", "rx", "ry"] : [];
    names.forEach((name, at) => made.setAttribute(name, String(numbers[at])));
    if (kind === "polygon") made.setAttribute("points", numbers.map((/** @type {number[]} */ corner) => corner.join(",")).join(" "));
    made.setAttribute("class", `area ${state}`);
    made.setAttribute("vector-effect", "non-scaling-stroke");
    return made;
  }

  /** @type {MakeWidget} */
  function hotspot(face, answer, changed) {
    const { image, regions, areas, many } = /** @type {any} */ (face);
    /** @type {any[]} */
    let chosen = Array.isArray(answer) ? [...answer] : answer === null || answer === undefined ? [] : [answer];
    let locked = false;
    const isPoint = (/** @type {any} */ one) => one !== null && typeof one === "object";
    const tell = () => changed(many ? [...chosen] : (chosen[0] ?? null));
    const layer = document.createElementNS(svgns, "svg");
    layer.setAttribute("viewBox", "0 0 100 100");
    layer.setAttribute("preserveAspectRatio", "none");
    layer.setAttribute("aria-hidden", "true");
    const marks = make("div", { className: "marks-layer", "aria-hidden": "true" });
    const picture = make("div", { className: "hotspot-picture", html: image });
    picture.append(layer, marks);
    const listPlace = make("div");
    /** @type {Widget} */
    let list;

    const drawMarks = () => marks.replaceChildren(...chosen.filter(isPoint).map((point) => make("i", { style: `inset-inline-start:${point.x}%;inset-block-start:${point.y}%` })));
    function drawList() {
      const ids = chosen.filter((one) => !isPoint(one));
      list = kejian.widgets[many ? "pick_many" : "pick_one"]({ ...face, kind: many ? "multiple" : "single", widget: many ? "pick_many" : "pick_one", options: regions }, many ? ids : (ids[0] ?? null), (given) => {
        chosen = many ? [...chosen.filter(isPoint), ...given] : [given];
        drawMarks();
        tell();
      });
      listPlace.replaceChildren(list.element);
    }
    picture.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (locked) return;
      const box = picture.getBoundingClientRect();
      const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
      const point = { x: round(((event.clientX - box.left) / box.width) * 100), y: round(((event.clientY - box.top) / box.height) * 100) };
      const near = chosen.findIndex((one) => isPoint(one) && Math.hypot(one.x - point.x, one.y - point.y) < 4);
      if (near >= 0) chosen.splice(near, 1);
      else chosen = many ? [...chosen, point] : [point];
      drawMarks();
      if (!many) drawList();
      tell();
    });
    drawMarks();
    drawList();
    return {
      element: make("div", { className: "hotspot" }, picture, make("p", { className: "note" }, word(many ? "widget.tap_places" : "widget.tap_place")), listPlace),
      tells: true,
      lock() {
        locked = true;
        if (list.lock) list.lock();
      },
      mark(verdict) {
        if (list.mark) list.mark(verdict);
        const states = new Map((verdict.parts || []).map((part) => [part.id, part.state]));
        layer.replaceChildren(...regions.flatMap((/** @type {Entry} */ region, /** @type {number} */ at) => (["right", "wrong", "missed"].includes(states.get(region.id) || "") ? [shape(areas[at], /** @type {string} */ (states.get(region.id)))] : [])));
      },
    };
  }

  kejian.widgets.hotspot = hotspot;
})();
