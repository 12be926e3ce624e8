// A ladder: one rung per level, the highest on top, with whoever stands there.
"use strict";

kejian.parts.figureKinds.ladder = (/** @type {any} */ data) => {
  const { svg, short, breadth, called } = kejian.parts;
  const on = (/** @type {string} */ level) => data.rows.filter((/** @type {any} */ row) => row.label === level);
  if (!data.scale.some((/** @type {any} */ level) => on(level.id).length)) return null;
  const longest = Math.max(...data.scale.map((/** @type {any} */ it) => breadth(called.whole(it))));
  const [width, left, line] = [340, Math.min(164, 24 + longest * 6.8), 21];
  const levels = [...data.scale].reverse();
  const picture = svg("svg", { role: "img", "aria-label": levels.map((level) => kejian.word("practice.pair", { a: level.name, b: on(level.id).map((/** @type {any} */ row) => called.brief(row)).join(kejian.word("practice.comma")) || "—" })).join(kejian.word("practice.semicolon")) });
  let y = 4;
  levels.forEach((level, at) => {
    // Each rung a little further to the left: the way up is seen.
    const indent = (levels.length - 1 - at) * 4;
    const chips = [];
    let [cx, cy] = [left + indent, y + 7];
    for (const row of on(level.id)) {
      const label = short(called.brief(row), 12);
      const chip = breadth(label) * 7 + 12;
      if (cx + chip > width - 6) [cx, cy] = [left + indent, cy + line];
      chips.push(svg("rect", { x: cx, y: cy, width: chip, height: 17, rx: 3, class: "chip" }), svg("text", { x: cx + chip / 2, y: cy + 12.5, "text-anchor": "middle", class: "chip-text" }, label));
      cx += chip + 4;
    }
    const high = cy - y + 25;
    picture.append(svg("rect", { x: indent, y, width: width - indent, height: high - 3, rx: 4, class: `rung level-${levels.length - 1 - at}` }),
      svg("text", { x: indent + 10, y: y + 20, class: "name" }, short(called.whole(level), 20)), ...chips);
    y += high;
  });
  picture.setAttribute("viewBox", `0 0 ${width} ${y + 2}`);
  return picture;
};
