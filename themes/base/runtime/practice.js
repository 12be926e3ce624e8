// An exercise, stage by stage. Answers are kept at once; a stage is marked when asked.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data } = kejian;

  kejian.register("practice", async () => {
    const call = await kejian.engine;
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const name = `practice/${data.id}`;
    const kept = kejian.storage.get(name) || {};
    const state = { variant: kept.variant || null, answers: kept.answers || {}, checked: kept.checked || {}, digest: data.digest };
    if (kept.digest && kept.digest !== data.digest) state.checked = {};
    const box = make("section", { className: "practice" });
    main.querySelector(".static")?.remove();
    main.append(box);

    /** @type {any} */
    let verdict = null;
    const save = () => {
      kejian.storage.set(name, state);
      kejian.storage.set("last", { path: `practice/${data.id}.html${location.hash}`, title: data.title });
    };
    const request = (/** @type {string} */ op) => ({ op, exercise: data.exercise, variant: state.variant, answers: state.answers });
    const answers = (/** @type {string} */ stage) => state.answers[stage] || (state.answers[stage] = {});
    const put = (/** @type {string} */ stage, /** @type {string} */ cell, /** @type {any} */ value) => {
      if (value === "" || value === null || (Array.isArray(value) && !value.length)) delete answers(stage)[cell];
      else answers(stage)[cell] = value;
      save();
    };
    const round = (/** @type {number} */ number) => Math.round(number * 100) / 100;

    /** @param {any} stage */
    function bins(stage) {
      const mine = answers(stage.id);
      /** @type {string | null} */
      let chosen = null;
      const hint = make("p", { className: "hint", "aria-live": "polite" }, word("practice.pick_first"));
      const board = make("div", { className: "board" });
      const choose = (/** @type {any} */ item) => {
        chosen = chosen === item.id ? null : item.id;
        hint.textContent = chosen ? word("practice.chosen", { name: item.name || item.id }) : word("practice.pick_first");
        draw();
        /** @type {any} */ (board.querySelector(`[data-item="${CSS.escape(item.id)}"]`))?.focus();
      };
      const drop = (/** @type {string} */ bin) => {
        if (!chosen) return;
        put(stage.id, `${chosen}.answer`, bin);
        const placed = chosen;
        chosen = null;
        hint.textContent = word("practice.pick_first");
        draw();
        const rest = board.querySelector(".pool .card") || board.querySelector(`[data-item="${CSS.escape(placed)}"]`);
        /** @type {any} */ (rest)?.focus();
      };
      const card = (/** @type {any} */ item) => {
        const text = [item.name, item.text].filter(Boolean).join("：");
        const cell = verdict && cellOf(stage.id, `${item.id}.answer`);
        const made = make("button", { type: "button", className: `card ${cell ? cell.state : ""}`, "data-item": item.id, "aria-pressed": String(chosen === item.id), draggable: true, html: `<small>${item.id}</small> ${text}`, onclick: () => choose(item) });
        made.addEventListener("dragstart", () => {
          chosen = item.id;
        });
        const wrap = make("div", { className: "placed" }, made);
        if (cell && cell.state !== "blank") wrap.append(said(cell));
        return wrap;
      };
      const draw = () => {
        const free = stage.items.filter((/** @type {any} */ item) => !mine[`${item.id}.answer`]);
        const boxes = stage.bins.map((/** @type {any} */ bin, /** @type {number} */ at) => {
          const inside = stage.items.filter((/** @type {any} */ item) => mine[`${item.id}.answer`] === bin.id);
          const made = make("div", { className: "bin" }, make("button", { type: "button", className: "bin-name", "data-bin": bin.id, onclick: () => drop(bin.id), html: `${at + 1} ${bin.name} (${inside.length})` }), ...inside.map(card));
          made.addEventListener("dragover", (/** @type {Event} */ event) => event.preventDefault());
          made.addEventListener("drop", (/** @type {Event} */ event) => {
            event.preventDefault();
            drop(bin.id);
          });
          return made;
        });
        board.replaceChildren(make("div", { className: "pool" }, ...free.map(card)), make("div", { className: "bins" }, ...boxes));
      };
      board.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        const bin = /^[1-9]$/.test(event.key) ? stage.bins[Number(event.key) - 1] : null;
        const focused = /** @type {HTMLElement} */ (event.target).dataset.item;
        if (!bin || !(chosen || focused)) return;
        chosen = chosen || focused || null;
        event.preventDefault();
        drop(bin.id);
      });
      draw();
      return [hint, board];
    }

    const cellOf = (/** @type {string} */ stage, /** @type {string} */ cell) =>
      state.checked[stage] && verdict?.stages.find((/** @type {any} */ it) => it.id === stage)?.cells.find((/** @type {any} */ it) => it.cell === cell);

    /** What is said of a cell. */
    function said(/** @type {any} */ cell) {
      const right = ["wrong", "blank", "malformed", "near"].includes(cell.state) && cell.shown !== undefined ? ` ${word("practice.expected", { value: cell.shown })}` : "";
      const message = cell.message ? ` ${word(`engine.${cell.message.code}`, cell.message.args)}` : "";
      return make("div", { className: `said ${cell.state}`, html: `<b>${word(`practice.${cell.state}`)}</b>${right}${message}${cell.feedback ? `<div>${cell.feedback}</div>` : ""}${cell.why ? `<div>${cell.why}</div>` : ""}` });
    }

    /** @param {any} stage @param {any} column @param {string} cell */
    function input(stage, column, cell) {
      const value = answers(stage.id)[cell];
      const label = `${cell} ${make("span", { html: column.title }).textContent}`;
      const wrap = make("div", { className: "cell", "data-cell": cell });
      if (column.input === "label" || column.input === "yes_no") {
        const options = column.input === "label" ? column.options : [{ id: "true", name: word("practice.yes_word") }, { id: "false", name: word("practice.no_word") }];
        const select = make("select", { "aria-label": label }, make("option", { value: "" }, word("practice.choose")));
        for (const option of options) select.append(make("option", { value: option.id, selected: String(value) === option.id }, make("span", { html: option.name }).textContent));
        select.addEventListener("change", () => put(stage.id, cell, column.input === "yes_no" && select.value ? select.value === "true" : select.value));
        wrap.append(select);
      } else if (column.input === "set" || column.input === "pick") {
        const chosen = new Set(value || []);
        const details = make("details", {}, make("summary", { "aria-label": label }, [...chosen].join(" · ") || word("practice.choose")));
        for (const option of column.options) {
          const box = make("input", { type: "checkbox", value: option.id, checked: chosen.has(option.id) });
          box.addEventListener("change", () => {
            // The order of choosing is kept: a pick may ask for it.
            chosen.delete(option.id);
            if (box.checked) chosen.add(option.id);
            details.firstChild.textContent = [...chosen].join(" · ") || word("practice.choose");
            put(stage.id, cell, [...chosen]);
          });
          details.append(make("label", {}, box, make("span", { html: `${option.id} ${option.name === option.id ? "" : option.name}` })));
        }
        wrap.append(details);
      } else {
        const field = make(column.input === "text" ? "textarea" : "input", { value: value === undefined ? "" : String(value), "aria-label": label, autocomplete: "off", size: 6 });
        if (column.input === "number") field.setAttribute("inputmode", "decimal");
        field.addEventListener("input", () => put(stage.id, cell, field.value.trim()));
        wrap.append(field, column.unit ? make("small", { html: column.unit }) : "");
      }
      const marked = cellOf(stage.id, cell);
      if (marked) {
        wrap.classList.add(marked.state);
        wrap.append(said(marked));
      }
      return wrap;
    }

    /** The rules of a stage, as a card to work by. */
    function rules(/** @type {any} */ stage) {
      const list = make("dl", {});
      for (const column of [...(stage.columns || []), ...(stage.results || [])].filter((it) => it.asked || it.card.formula)) {
        const card = column.card;
        const parts = [];
        if (card.formula) parts.push(`<code>${kejian.plain(card.formula)}</code>`);
        if (card.bands) parts.push(card.bands.map((/** @type {any} */ band) => `${band.from === undefined ? "" : `≥ ${band.from}`}${band.below === undefined ? "" : ` &lt; ${band.below}`} → <b>${band.give}</b>`).join("； "));
        for (const rule of card.rules || []) parts.push(`${rule.id ? `<b>${rule.id}</b> ` : ""}${rule.when ? kejian.plain(rule.when) : "…"}${rule.give ? ` → <b>${rule.give}</b>` : ""}${rule.why ? ` <small>${rule.why}</small>` : ""}`);
        if (card.by) parts.push(kejian.plain(card.by));
        if (card.when) parts.push(kejian.plain(card.when));
        for (const [value, text] of Object.entries(column.anchors || {})) parts.push(`<b>${value}</b> ${text}`);
        if (parts.length) list.append(make("dt", { html: column.title }), make("dd", { html: parts.join("<br>") }));
      }
      return make("details", { className: "rules", open: innerWidth > 900 && !state.checked[stage.id] }, make("summary", {}, word("practice.rules")), list);
    }

    /** @param {any} stage */
    function table(stage) {
      const parts = [rules(stage)];
      const asked = (stage.columns || []).filter((/** @type {any} */ it) => it.asked);
      if (stage.rows) {
        let at = 0;
        const records = make("div", { className: "records" });
        const draw = () => {
          const row = stage.rows[at];
          const given = (stage.fields || []).filter((/** @type {any} */ it) => row.given[it.id] !== undefined);
          const list = make("dl", { className: "given" });
          for (const field of given) list.append(make("dt", { html: field.title }), make("dd", { html: `${row.given[field.id]} ${field.unit || ""}` }));
          const cells = make("div", { className: "cells" });
          for (const column of asked) cells.append(make("div", { className: "asked" }, make("h4", { html: column.title }), input(stage, column, `${row.id}.${column.id}`)));
          const nav = make("nav", { className: "record-nav" },
            make("button", { type: "button", disabled: at === 0, onclick: () => { at -= 1; draw(); } }, word("practice.previous")),
            make("select", { "aria-label": word("practice.row"), onchange: (/** @type {any} */ event) => { at = event.target.selectedIndex; draw(); } }, ...stage.rows.map((/** @type {any} */ it, /** @type {number} */ place) => make("option", { selected: place === at }, `${it.id} ${make("span", { html: it.name === it.id ? "" : it.name }).textContent}`))),
            make("button", { type: "button", disabled: at === stage.rows.length - 1, onclick: () => { at += 1; draw(); } }, word("practice.next")));
          records.replaceChildren(nav, make("p", { className: "progress" }, word("practice.record", { n: at + 1, all: stage.rows.length })),
            make("h3", { html: `${row.id} ${row.name === row.id ? "" : row.name}` }), row.text ? make("p", { html: row.text }) : "", list, cells);
        };
        draw();
        parts.push(records);
      }
      const results = (stage.results || []).filter((/** @type {any} */ it) => it.asked);
      if (results.length) parts.push(make("div", { className: "cells results" }, ...results.map((/** @type {any} */ result) => make("div", { className: "asked" }, make("h4", { html: result.title }), input(stage, result, result.id)))));
      return parts;
    }

    /** @param {any} stage @param {any} face @param {string} cell */
    function quizItem(stage, face, cell) {
      const parts = [make("div", { className: "prompt", html: face.prompt }), kejian.widget(face, answers(stage.id)[cell] ?? null, (/** @type {any} */ answer) => put(stage.id, cell, answer))];
      const marked = verdict?.stages.find((/** @type {any} */ it) => it.id === stage.id);
      const given = cell === "principle" ? marked?.principle : marked?.question;
      if (state.checked[stage.id] && given) parts.push(kejian.feedback(face, given));
      return parts;
    }

    function draw() {
      const face = call(request("practice.face")).ok;
      verdict = call(request("practice.grade")).ok || null;
      const variants = make("select", { "aria-label": word("practice.variant"), onchange: (/** @type {any} */ event) => { state.variant = event.target.value || null; state.checked = {}; save(); draw(); } },
        make("option", { value: "" }, word("practice.original")), ...face.variants.map((/** @type {any} */ it) => make("option", { value: it.id, selected: it.id === state.variant }, make("span", { html: it.title }).textContent)));
      const sections = face.stages.map((/** @type {any} */ stage, /** @type {number} */ at) => {
        const section = make("section", { className: "stage", id: stage.id });
        section.append(make("p", { className: "progress" }, word("practice.stage", { n: at + 1, all: face.stages.length })), make("h2", { tabIndex: -1, html: stage.title }), make("div", { className: "task", html: stage.task }));
        if (stage.principle) section.append(make("div", { className: "principle" }, make("h4", {}, word("practice.principle")), ...quizItem(stage, stage.principle, "principle")));
        /** @type {Record<string, () => any[]>} */
        const kinds = { bins: () => bins(stage), table: () => table(stage), question: () => quizItem(stage, stage.question, "answer"), order: () => [kejian.widget({ widget: "order", items: stage.items }, answers(stage.id).order || null, (/** @type {any} */ it) => put(stage.id, "order", it))] };
        section.append(...(kinds[stage.kind] ? kinds[stage.kind]() : []));
        const out = make("p", { className: "stage-score", "aria-live": "polite" });
        const marked = verdict?.stages[at];
        if (state.checked[stage.id] && marked) out.textContent = `${word("practice.score", { marks: round(marked.marks), max: round(marked.max) })}${marked.passed ? ` · ${word("practice.passed")}` : ""}`;
        section.append(make("p", { className: "buttons" }, make("button", { type: "button", className: "primary", "data-check": stage.id, onclick: () => { state.checked[stage.id] = true; save(); draw(); document.getElementById(stage.id)?.querySelector(".stage-score")?.scrollIntoView({ block: "center" }); } }, word("practice.check"))), out);
        return section;
      });
      const done = Object.keys(state.checked).length;
      const total = make("p", { className: "total" }, done && verdict ? word("practice.total", { marks: round(verdict.marks), max: round(verdict.max) }) : "");
      box.replaceChildren(face.variants.length ? make("p", { className: "variants" }, `${word("practice.variant")} `, variants) : "", ...sections, total,
        make("p", { className: "buttons" }, make("button", { type: "button", onclick: () => { if (confirm(word("practice.reset_sure"))) { state.answers = {}; state.checked = {}; save(); draw(); } } }, word("practice.reset"))));
    }
    draw();
    save();
    if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  });
})();
