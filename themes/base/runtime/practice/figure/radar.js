// A strip per record: every item as a pair of bars, before and now, so that a fall is seen.
"use strict";

kejian.parts.figureKinds.radar = (/** @type {any} */ data) => {
  const { svg, short, called, margin } = kejian.parts;
  const rows = data.rows.filter((/** @type {any} */ row) => row.now.length);
  if (!rows.length) return null;
  const labels = rows.map((/** @type {any} */ row) => short(called.brief(row), 9));
  const [width, left, tall, gap] = [340, Math.max(64, margin(labels)), 34, 14];
  const count = rows[0].now.length;
  const most = Math.max(1, ...rows.flatMap((/** @type {any} */ row) => [...row.now, ...row.before].filter((/** @type {any} */ it) => it !== undefined)));
  const step = (width - left - 4) / count;
  const height = rows.length * (tall + gap) + 16;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": rows.map((/** @type {any} */ row) => `${called.brief(row)} ${row.now.map((/** @type {any} */ it, /** @type {number} */ at) => (row.before.length ? `${data.items[at] || at + 1} ${row.before[at]}→${it}` : it)).join(kejian.word("practice.comma"))}`).join(kejian.word("practice.semicolon")) });
  rows.forEach((/** @type {any} */ row, /** @type {number} */ at) => {
    const base = at * (tall + gap) + tall;
    picture.append(svg("text", { x: left - 8, y: base - 12, "text-anchor": "end", class: "name" }, labels[at]), svg("line", { x1: left, x2: width, y1: base, y2: base, class: "base" }));
    row.now.forEach((/** @type {number | undefined} */ now, /** @type {number} */ place) => {
      const x = left + place * step;
      const before = row.before[place];
      const high = (/** @type {number} */ value) => (value / most) * (tall - 4);
      if (before !== undefined) picture.append(svg("rect", { x: x + 1, y: base - high(before), width: step - 3, height: high(before), class: "before" }));
      if (now !== undefined) picture.append(svg("rect", { x: x + step * 0.22, y: base - high(now), width: step * 0.5, height: Math.max(1, high(now)), class: `now${before !== undefined && now < before ? " fallen" : ""}` }));
    });
  });
  data.items.slice(0, count).forEach((/** @type {string} */ item, /** @type {number} */ at) => {
    picture.append(svg("text", { x: left + at * step + step / 2 - 1, y: height - 4, "text-anchor": "middle", class: "tick" }, short(String(at + 1), 2)));
  });
  return picture;
};
