// Ranked bars with thresholds: the longest first, a line for each threshold.
"use strict";

kejian.parts.figureKinds.bars = (/** @type {any} */ data) => {
  const { svg, short, called } = kejian.parts;
  const { word } = kejian;
  const rows = data.rows.filter((/** @type {any} */ row) => row.value !== undefined).sort((/** @type {any} */ a, /** @type {any} */ b) => b.value - a.value);
  if (!rows.length) return null;
  const said = (/** @type {number} */ value) => (data.percent ? `${kejian.figure(value * 100, 1)}%` : kejian.figure(value));
  const [left, width, step, top] = [112, 340, 26, 22];
  const most = Math.max(...rows.map((/** @type {any} */ row) => row.value), ...data.lines.map((/** @type {any} */ line) => line.value), 1e-9);
  const reach = width - left - 48;
  const x = (/** @type {number} */ value) => left + (Math.max(0, value) / most) * reach;
  const height = top + rows.length * step + 6;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": word("practice.pair", { a: data.title, b: rows.map((/** @type {any} */ row) => `${called.brief(row)} ${said(row.value)}`).join(word("practice.comma")) }) });
  rows.forEach((/** @type {any} */ row, /** @type {number} */ at) => {
    const y = top + at * step;
    const over = data.lines.filter((/** @type {any} */ line) => row.value >= line.value).length;
    picture.append(svg("text", { x: left - 8, y: y + 15, "text-anchor": "end", class: "name" }, short(called.whole(row), 15)),
      svg("rect", { x: left, y: y + 3, width: Math.max(1, x(row.value) - left), height: step - 9, rx: 2, class: `bar over-${data.lines.length ? over : 1}${over === data.lines.length ? " top" : ""}` }),
      svg("text", { x: x(row.value) + 6, y: y + 15, class: "value" }, said(row.value)));
  });
  for (const line of data.lines) {
    picture.append(svg("line", { x1: x(line.value), x2: x(line.value), y1: top - 4, y2: height, class: "threshold" }),
      svg("text", { x: x(line.value), y: 12, "text-anchor": "middle", class: "threshold-value" }, said(line.value)));
  }
  return picture;
};
