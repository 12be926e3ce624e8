// A quadrant board: four squares with the cards that the learner put there, more boxes beneath.
"use strict";

kejian.parts.figureKinds.quadrants = (/** @type {any} */ data) => {
  const { svg, short, breadth } = kejian.parts;
  if (!data.boxes.some((/** @type {any} */ box) => box.items.length)) return null;
  const [width, side, gap] = [380, 188, 4];
  const square = data.boxes.length >= 4;
  const rows = square ? 2 + (data.boxes.length > 4 ? 1 : 0) : data.boxes.length;
  const high = square ? 108 : 62;
  const low = 52;
  const height = square ? 2 * (high + gap) + (rows > 2 ? low : 0) : rows * (high + gap);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": data.boxes.map((/** @type {any} */ box) => kejian.word("practice.pair", { a: box.name, b: box.items.join(kejian.word("practice.comma")) || "—" })).join(kejian.word("practice.semicolon")) });
  data.boxes.forEach((/** @type {any} */ box, /** @type {number} */ at) => {
    const extra = square && at >= 4;
    const rest = data.boxes.length - 4;
    const wide = extra ? (width - gap * (rest - 1)) / rest : square ? side : width;
    const x = extra ? (at - 4) * (wide + gap) : square ? (at % 2) * (side + gap) : 0;
    const y = extra ? 2 * (high + gap) : square ? Math.floor(at / 2) * (high + gap) : at * (high + gap);
    const tall = extra ? low : high;
    picture.append(svg("rect", { x, y, width: wide, height: tall, rx: 6, class: `quadrant q${at + 1}` }),
      svg("text", { x: x + 10, y: y + 19, class: "name" }, short(box.name, Math.floor((wide - 32) / 7))),
      svg("text", { x: x + wide - 10, y: y + 19, "text-anchor": "end", class: "value" }, String(box.items.length)));
    let [cx, cy] = [x + 10, y + 28];
    for (const item of box.items) {
      const chip = breadth(item) * 7 + 10;
      if (cx + chip > x + wide - 8) [cx, cy] = [x + 10, cy + 20];
      if (cy + 18 > y + tall) break;
      picture.append(svg("rect", { x: cx, y: cy, width: chip, height: 17, rx: 3, class: "chip" }), svg("text", { x: cx + chip / 2, y: cy + 12.5, "text-anchor": "middle", class: "chip-text" }, item));
      cx += chip + 4;
    }
  });
  return picture;
};
