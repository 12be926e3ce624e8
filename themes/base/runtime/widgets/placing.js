// Cards into boxes: tap a card, then a box; drag it; or press the box's number. The next card
// is taken up by itself, so that on a phone one thumb on the boxes is enough.
"use strict";

(() => {
  const { make, word, text } = kejian;

  /**
   * @typedef {object} Board
   * @property {{id: string, label?: string, html: string}[]} cards
   * @property {{id: string, html: string}[]} boxes
   * @property {Record<string, string>} placed box by card
   * @property {(card: string, box: string | null) => void} put
   * @property {boolean} [locked]
   * @property {string} [look] `quadrants` sets the first four boxes in a square
   */

  /**
   * @param {Board} board
   * @returns {{element: HTMLElement, mark: (notes: Map<string, {state: string, note?: Node | null}>) => void, lock: () => void}}
   */
  function placing(board) {
    const placed = board.placed;
    let locked = Boolean(board.locked);
    /** @type {Map<string, {state: string, note?: Node | null}>} */
    let notes = new Map();
    /** @type {string | null} */
    let chosen = null;
    const element = make("div", { className: `placing${board.look ? ` ${board.look}` : ""}`, "data-boxes": board.boxes.length });
    const hint = make("p", { className: "placing-hint" });
    const pool = make("div", { className: "pool" });
    const boxes = make("div", { className: "boxes" });
    const bar = make("div", { className: "box-bar", role: "group", "aria-label": word("widget.boxes") });
    element.append(hint, make("div", { className: "placing-body" }, pool, boxes), bar);

    const cardOf = (/** @type {string} */ id) => board.cards.find((it) => it.id === id);
    const boxName = (/** @type {string | undefined} */ id) => text((board.boxes.find((it) => it.id === id) || { html: "" }).html);
    // On the bar under the thumb only the head of a long name fits.
    const brief = (/** @type {string} */ html) => text(html).split(/[（(，,：:；;]/)[0];
    const loose = () => board.cards.filter((it) => !placed[it.id]);
    const nameOf = (/** @type {string} */ id) => {
      const card = cardOf(id);
      return card ? card.label || text(card.html) : id;
    };
    const button = (/** @type {string} */ id) =>
      /** @type {HTMLElement | null} */ (element.querySelector(`[data-item="${CSS.escape(id)}"] .card`));

    /** @param {string} id */
    function choose(id) {
      if (locked) return;
      chosen = id;
      refresh();
    }

    /** @param {string} card @param {string | null} box @param {boolean} [stay] */
    function put(card, box, stay) {
      if (locked) return;
      const list = loose();
      const at = list.findIndex((it) => it.id === card);
      if (box === null) delete placed[card];
      else placed[card] = box;
      board.put(card, box);
      const rest = loose();
      const next = at >= 0 && rest.length ? rest[Math.min(at, rest.length - 1)] : null;
      chosen = box === null ? card : next ? next.id : null;
      draw();
      const said = box === null ? word("widget.taken_back", { name: nameOf(card) }) : word("widget.placed", { name: nameOf(card), box: boxName(box) });
      kejian.say(`${said} ${word("widget.left", { n: rest.length })}`);
      const focus = stay ? null : button(next ? next.id : card);
      if (focus) focus.focus({ preventScroll: Boolean(next) });
    }

    /** @param {{id: string, label?: string, html: string}} card */
    function drawCard(card) {
      const note = notes.get(card.id);
      const made = make("button", { type: "button", className: "card", "aria-pressed": String(chosen === card.id), "aria-disabled": locked ? "true" : null, onclick: () => choose(card.id) },
        make("span", { className: "grip", "aria-hidden": "true" }),
        card.label ? make("small", { className: "label" }, card.label) : null,
        make("span", { className: "card-text", html: card.html }));
      if (placed[card.id]) made.setAttribute("aria-description", word("widget.is_in", { box: boxName(placed[card.id]) }));
      const wrap = make("div", { className: `placed${note ? ` ${note.state}` : ""}`, "data-item": card.id, "data-id": card.id }, made);
      if (note && note.note) wrap.append(note.note);
      return wrap;
    }

    /** @param {{id: string, html: string}} box @param {number} at */
    function drawBox(box, at) {
      const inside = board.cards.filter((it) => placed[it.id] === box.id);
      const head = make("button", { type: "button", className: "box-name", "data-bin": box.id, disabled: locked, onclick: () => chosen && put(chosen, box.id) },
        make("kbd", { "aria-hidden": "true" }, String(at + 1)), make("span", { html: box.html }), make("b", { className: "count" }, String(inside.length)));
      return make("div", { className: `box box-${at + 1}`, "data-box": box.id }, head, ...inside.map(drawCard));
    }

    function refresh() {
      element.querySelectorAll(".card").forEach((/** @type {Element} */ it) => {
        const id = /** @type {HTMLElement} */ (it.parentElement).dataset.item;
        it.setAttribute("aria-pressed", String(id === chosen));
      });
      element.classList.toggle("holding", chosen !== null);
      const left = loose().length;
      hint.textContent = locked ? "" : chosen ? word("widget.holding", { name: nameOf(chosen) }) : left ? word("widget.pick_first") : word("widget.all_placed");
      const back = bar.querySelector(".take-back");
      if (back) back.hidden = !(chosen && placed[chosen]);
    }

    function draw() {
      pool.replaceChildren(...loose().map(drawCard));
      pool.hidden = loose().length === 0;
      boxes.replaceChildren(...board.boxes.map(drawBox));
      bar.replaceChildren(...board.boxes.map((box, at) => make("button", { type: "button", onclick: () => chosen && put(chosen, box.id, true) },
        make("kbd", { "aria-hidden": "true" }, String(at + 1)), make("span", {}, brief(box.html)))),
        make("button", { type: "button", className: "take-back", hidden: true, onclick: () => chosen && put(chosen, null) }, word("widget.take_back")));
      element.classList.toggle("locked", locked);
      refresh();
    }

    element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const on = /** @type {HTMLElement} */ (event.target).closest(".card");
      const focused = on ? /** @type {HTMLElement} */ (on.parentElement).dataset.item : undefined;
      const box = /^[1-9]$/.test(event.key) ? board.boxes[Number(event.key) - 1] : null;
      const card = focused || chosen;
      if (box && card) put(card, box.id);
      else if ((event.key === "Backspace" || event.key === "Delete" || event.key === "0") && focused && placed[focused]) put(focused, null);
      else if (event.key === "Escape" && chosen) {
        chosen = null;
        refresh();
      } else if (/^Arrow(Up|Down|Left|Right)$/.test(event.key) && on) {
        const all = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(".card")]);
        const next = all[all.indexOf(/** @type {HTMLElement} */ (on)) + (/Up|Left/.test(event.key) ? -1 : 1)];
        if (next) next.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    kejian.parts.drag(element, {
      card: ".placed",
      target: ".box, .pool",
      drop: (/** @type {HTMLElement} */ card, /** @type {HTMLElement} */ target) => {
        const id = card.dataset.item || "";
        const box = target.dataset.box || null;
        if ((placed[id] || null) !== box) put(id, box, true);
      },
    });
    const first = loose()[0];
    chosen = first && !locked ? first.id : null;
    draw();
    return {
      element,
      lock() {
        locked = true;
        chosen = null;
        draw();
      },
      mark(map) {
        notes = map;
        draw();
      },
    };
  }

  kejian.parts.placing = placing;

  // The quiz kinds `match` and `categorise`.
  kejian.widgets.pair = (face, answer, changed) => {
    const placed = { .../** @type {Record<string, string>} */ (answer || {}) };
    const targets = face.targets || [];
    const board = placing({
      cards: (face.lefts || []).map((left) => ({ id: left.id, html: left.text })),
      boxes: targets.map((target) => ({ id: target.id, html: target.text })),
      placed,
      put: () => changed({ ...placed }),
    });
    const name = (/** @type {string | undefined} */ id) => (targets.find((it) => it.id === id) || { text: id || "" }).text;
    return {
      element: board.element,
      tells: true,
      lock: board.lock,
      mark(verdict) {
        const notes = new Map();
        for (const part of verdict.parts || []) {
          const right = part.state === "right" ? "" : ` → ${name(part.expected)}`;
          notes.set(part.id, {
            state: part.state,
            note: make("div", { className: "because" },
              make("span", { className: "tag", html: `${word(`widget.part_${part.state}`)}${right}` }),
              part.why ? make("div", { className: "why", html: part.why }) : null),
          });
        }
        board.mark(notes);
      },
    };
  };
})();
