// The pipeline board: who stood where after each period, one column per period.
"use strict";

kejian.parts.figureKinds.board = (/** @type {any} */ data) => {
  const { svg, short, breadth, called, margin } = kejian.parts;
  if (!data.rows.some((/** @type {any} */ row) => row.at.some(Boolean))) return null;
  const labels = data.rows.map((/** @type {any} */ row) => short(called.whole(row), 12));
  const [width, left, step, top] = [360, margin(labels), 22, 20];
  const wide = (width - left) / Math.max(1, data.periods.length);
  const order = (/** @type {string} */ id) => data.places.findIndex((/** @type {any} */ it) => it.id === id);
  const name = (/** @type {string} */ id) => (data.places[order(id)] || { name: id }).name;
  // A name that is too long for its cell gives way to its first word, where that tells the places apart.
  const room = Math.floor(wide / 8);
  const firsts = data.places.map((/** @type {any} */ it) => it.name.split(" ")[0]);
  const told = new Set(firsts).size === firsts.length;
  const label = (/** @type {string} */ id) => short(told && breadth(name(id)) > room ? name(id).split(" ")[0] : name(id), room);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${top + data.rows.length * step + 4}`, role: "img", "aria-label": data.rows.map((/** @type {any} */ row) => `${called.brief(row)} ${row.at.map((/** @type {any} */ it) => (it ? name(it) : "—")).join(" → ")}`).join(kejian.word("practice.semicolon")) });
  data.periods.forEach((/** @type {string} */ period, /** @type {number} */ at) => picture.append(svg("text", { x: left + (at + 0.5) * wide, y: 13, "text-anchor": "middle", class: "value" }, period)));
  data.rows.forEach((/** @type {any} */ row, /** @type {number} */ at) => {
    const y = top + at * step;
    picture.append(svg("text", { x: left - 8, y: y + 15, "text-anchor": "end", class: "name" }, labels[at]));
    row.at.forEach((/** @type {string | undefined} */ place, /** @type {number} */ period) => {
      if (!place) return;
      picture.append(svg("rect", { x: left + period * wide + 1, y: y + 1, width: wide - 2, height: step - 3, rx: 3, class: `stand stand-${order(place)}` }),
        svg("text", { x: left + (period + 0.5) * wide, y: y + 15, "text-anchor": "middle", class: `stand-text on-${order(place)}` }, label(place)));
    });
  });
  return picture;
};
