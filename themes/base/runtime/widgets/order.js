// Items in order: up and down buttons, arrow keys on a picked-up item, tap one and tap its new
// place, or drag. Every move is announced.
"use strict";

(() => {
  const { make, word, text } = kejian;

  /** @type {MakeWidget} */
  function order(face, answer, changed) {
    const items = face.items || [];
    const whole = Array.isArray(answer) && answer.length === items.length && items.every((it) => answer.includes(it.id));
    const ids = /** @type {string[]} */ (whole ? [...answer] : items.map((it) => it.id));
    /** @type {string | null} */
    let held = null;
    let locked = false;
    /** @type {Map<string, Part>} */
    let parts = new Map();
    // A rank may ask for the first places only; below the line the order does not count.
    const top = /** @type {number | undefined} */ (/** @type {any} */ (face).top);
    const element = make("ol", { className: "order" });
    const item = (/** @type {string} */ id) => items.find((it) => it.id === id) || { id, text: id };

    /** @param {string} id @param {number} to @param {string} focus */
    function move(id, to, focus) {
      const from = ids.indexOf(id);
      if (locked || to < 0 || to >= ids.length || from === to) return;
      ids.splice(from, 1);
      ids.splice(to, 0, id);
      changed([...ids]);
      draw();
      const row = element.children[to];
      const place = row && /** @type {HTMLButtonElement | null} */ (row.querySelector(focus));
      const grip = row && /** @type {HTMLElement | null} */ (row.querySelector(".order-item"));
      if (place && !place.disabled) place.focus();
      else if (grip) grip.focus();
      kejian.say(word("widget.moved", { name: text(item(id).text), n: to + 1, all: ids.length }));
    }

    /** @param {string} id */
    function tap(id) {
      if (locked) return;
      if (held && held !== id) {
        const from = held;
        held = null;
        move(from, ids.indexOf(id), ".order-item");
        return;
      }
      held = held === id ? null : id;
      draw();
      const row = /** @type {HTMLElement | null} */ (element.querySelector(`[data-id="${CSS.escape(id)}"] .order-item`));
      if (row) row.focus();
      kejian.say(held ? word("widget.picked_up", { name: text(item(id).text) }) : word("widget.put_down"));
    }

    /** @param {KeyboardEvent} event @param {string} id @param {number} at */
    function key(event, id, at) {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (!by) {
        if (event.key === "Escape" && held) tap(held);
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (held === id) move(id, at + by, ".order-item");
      else {
        const next = element.children[at + by];
        const focus = next && /** @type {HTMLElement | null} */ (next.querySelector(".order-item"));
        if (focus) focus.focus();
      }
    }

    /** @param {string} id @param {number} at */
    function drawItem(id, at) {
      const part = parts.get(id);
      const step = (/** @type {string} */ name, /** @type {number} */ by) =>
        make("button", { type: "button", className: `step ${name}`, "data-still": true, disabled: locked || at + by < 0 || at + by >= ids.length, "aria-label": word(`widget.${name}`, { name: text(item(id).text) }), onclick: () => move(id, at + by, `.${name}`) },
          make("span", { "aria-hidden": "true" }, by < 0 ? "↑" : "↓"));
      const rest = top !== undefined && at >= top ? "rest" : "";
      const row = make("li", { className: [part ? part.state : "", rest].filter(Boolean).join(" "), "data-id": id },
        make("button", { type: "button", className: "order-item", "aria-pressed": String(held === id), "aria-disabled": locked ? "true" : null, onclick: () => tap(id), onkeydown: (/** @type {KeyboardEvent} */ event) => key(event, id, at) },
          make("span", { className: "grip", "aria-hidden": "true" }), make("b", { className: "place" }, String(at + 1)), make("span", { html: item(id).text })),
        step("up", -1), step("down", 1));
      if (part) {
        const right = part.state === "right" ? "" : ` · ${word("widget.belongs", { n: part.expected })}`;
        row.append(make("div", { className: "because" }, make("span", { className: "tag" }, `${word(`widget.part_${part.state}`)}${right}`), part.why ? make("div", { className: "why", html: part.why }) : null));
      }
      return row;
    }

    function draw() {
      element.classList.toggle("holding", held !== null);
      element.classList.toggle("locked", locked);
      element.replaceChildren(...ids.map(drawItem));
    }
    kejian.parts.drag(element, {
      card: "li",
      target: "li",
      drop: (/** @type {HTMLElement} */ card, /** @type {HTMLElement} */ target) =>
        move(card.dataset.id || "", ids.indexOf(target.dataset.id || ""), ".order-item"),
    });
    draw();
    // What stands on the page is the answer, moved or not.
    if (!whole) changed([...ids]);
    return {
      element,
      tells: true,
      lock() {
        locked = true;
        held = null;
        draw();
      },
      mark(verdict) {
        parts = new Map((verdict.parts || []).map((part) => [part.id, part]));
        draw();
      },
    };
  }

  kejian.widgets.order = order;
})();
