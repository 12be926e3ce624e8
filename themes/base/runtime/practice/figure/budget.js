// A budget that must add up: one bar of all parts against the total, and what is over or left.
"use strict";

kejian.parts.figureKinds.budget = (/** @type {any} */ data) => {
  const { svg, short, called } = kejian.parts;
  const { word, figure } = kejian;
  const rows = data.rows.filter((/** @type {any} */ row) => row.value > 0);
  if (!rows.length || !(data.total > 0)) return null;
  const sum = rows.reduce((/** @type {number} */ all, /** @type {any} */ row) => all + row.value, 0);
  const [width, high, top] = [340, 34, 22];
  const scale = (width - 4) / Math.max(sum, data.total);
  const rest = data.total - sum;
  const exact = Math.abs(rest) < 1e-6;
  const said = exact ? word("practice.budget_exact", { sum: figure(sum) }) : rest > 0 ? word("practice.budget_left", { sum: figure(sum), n: figure(rest) }) : word("practice.budget_over", { sum: figure(sum), n: figure(-rest) });
  const picture = svg("svg", { viewBox: `0 0 ${width} ${top + high + 28}`, role: "img", "aria-label": word("practice.pair", { a: data.title, b: said }) });
  let x = 2;
  rows.forEach((/** @type {any} */ row, /** @type {number} */ at) => {
    const w = row.value * scale;
    picture.append(svg("rect", { x, y: top, width: Math.max(0.5, w - 1.5), height: high, class: `part part-${at % 4}` }));
    if (w > 22) picture.append(svg("text", { x: x + w / 2, y: top + 15, "text-anchor": "middle", class: "part-name" }, short(called.brief(row), Math.floor(w / 7))), svg("text", { x: x + w / 2, y: top + 29, "text-anchor": "middle", class: "part-value" }, figure(row.value)));
    x += w;
  });
  const limit = 2 + data.total * scale;
  picture.append(svg("line", { x1: limit, x2: limit, y1: top - 6, y2: top + high + 6, class: "limit" }),
    svg("text", { x: Math.min(limit, width - 2), y: top - 10, "text-anchor": "end", class: "value" }, figure(data.total)),
    svg("text", { x: 2, y: top + high + 21, class: `budget-said ${exact ? "exact" : "off"}` }, `${exact ? "✓" : "✗"} ${said}`));
  return picture;
};
