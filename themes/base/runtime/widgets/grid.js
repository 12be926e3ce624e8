// Rows against columns: each row is a group of radios or check boxes. A table where there is
// room, one row under the other on a phone.
"use strict";

(() => {
  const { make, word, text } = kejian;
  let serial = 0;

  /** @type {MakeWidget} */
  function grid(face, answer, changed) {
    const rows = /** @type {Entry[]} */ (face.rows || []);
    const columns = /** @type {Entry[]} */ (face.columns || []);
    const many = Boolean(/** @type {any} */ (face).many);
    /** @type {Record<string, any>} */
    const chosen = { ...(answer && typeof answer === "object" ? answer : {}) };
    const has = (/** @type {string} */ row, /** @type {string} */ column) => (Array.isArray(chosen[row]) ? chosen[row].includes(column) : chosen[row] === column);
    const element = make("div", { className: "grid-question" },
      make("div", { className: "grid-row grid-head", "aria-hidden": "true" }, make("span"), ...columns.map((column) => make("span", { html: column.text }))));
    for (const row of rows) {
      const name = `grid-${(serial += 1)}`;
      const line = make("div", { className: "grid-row", role: many ? "group" : "radiogroup", "aria-label": text(row.text), "data-id": row.id }, make("span", { className: "grid-name", html: row.text }));
      for (const column of columns) {
        const input = make("input", { type: many ? "checkbox" : "radio", name, value: column.id, checked: has(row.id, column.id), "aria-label": text(column.text) });
        input.addEventListener("change", () => {
          if (many) {
            const now = columns.filter((it) => (it.id === column.id ? input.checked : has(row.id, it.id))).map((it) => it.id);
            if (now.length) chosen[row.id] = now;
            else delete chosen[row.id];
          } else chosen[row.id] = column.id;
          changed({ ...chosen });
        });
        line.append(make("label", {}, input, make("span", { html: column.text, "aria-hidden": "true" })));
      }
      element.append(line);
    }
    element.style.setProperty("--columns", String(columns.length));
    return {
      element,
      tells: true,
      lock: () => element.querySelectorAll("input").forEach((/** @type {HTMLInputElement} */ it) => (it.disabled = true)),
      mark(verdict) {
        for (const part of verdict.parts || []) {
          const line = element.querySelector(`[data-id="${CSS.escape(part.id)}"]`);
          if (!line) continue;
          line.classList.add(part.state);
          const right = part.state === "right" || part.expected === undefined ? "" : ` → ${part.expected}`;
          line.append(make("div", { className: "because" }, make("span", { className: "tag", html: `${word(`widget.part_${part.state}`)}${right}` }), part.why ? make("div", { className: "why", html: part.why }) : null));
        }
      },
    };
  }

  kejian.widgets.grid = grid;
})();
