// The input of one cell: a number, a text, a choice, a set. The same in the table and in a record.
"use strict";

(() => {
  const { make, word, text } = kejian;
  let serial = 0;

  /** @param {ColumnFace} column @returns {Option[]} */
  function choices(column) {
    if (column.input === "yes_no") return [{ id: "true", name: word("practice.yes_word") }, { id: "false", name: word("practice.no_word") }];
    return column.options || [];
  }

  const { called } = kejian.parts;

  /** @param {ColumnFace} column @param {any} value @param {string} label @param {(value: any) => void} changed */
  function select(column, value, label, changed) {
    const box = make("select", { "aria-label": label }, make("option", { value: "" }, "…"));
    for (const option of choices(column)) box.append(make("option", { value: option.id, selected: String(value) === option.id }, text(option.name)));
    if (value === "—") box.value = "";
    box.addEventListener("change", () => changed(column.input === "yes_no" && box.value ? box.value === "true" : box.value));
    return box;
  }

  /** @param {ColumnFace} column @param {any} value @param {string} label @param {(value: any) => void} changed */
  function radios(column, value, label, changed) {
    const name = `cell-${(serial += 1)}`;
    const box = make("div", { className: "pills", role: "radiogroup", "aria-label": label });
    for (const option of choices(column)) {
      const input = make("input", { type: "radio", name, value: option.id, checked: String(value) === option.id });
      input.addEventListener("change", () => changed(column.input === "yes_no" ? option.id === "true" : option.id));
      box.append(make("label", {}, input, make("span", { html: option.name })));
    }
    return box;
  }

  /**
   * Check boxes; the order of choosing is kept, because a pick may ask for it. That nothing fits
   * is an answer to a set, and has a box of its own; null is no answer.
   * @param {ColumnFace} column @param {{ids: string[], none: boolean}} chosen @param {string} label
   * @param {() => void} changed
   */
  function boxes(column, chosen, label, changed) {
    const list = make("div", { className: "checks", role: "group", "aria-label": label });
    const none = make("input", { type: "checkbox", className: "none", checked: chosen.none });
    const draw = () => list.querySelectorAll("label[data-id]").forEach((/** @type {HTMLElement} */ it) => {
      const at = chosen.ids.indexOf(it.dataset.id || "");
      /** @type {HTMLInputElement} */ (it.querySelector("input")).checked = at >= 0;
      /** @type {HTMLElement} */ (it.querySelector(".nth")).textContent = column.ordered && at >= 0 ? String(at + 1) : "";
    });
    for (const option of column.options || []) {
      const input = make("input", { type: "checkbox", value: option.id, checked: chosen.ids.includes(option.id) });
      input.addEventListener("change", () => {
        const at = chosen.ids.indexOf(option.id);
        if (at >= 0) chosen.ids.splice(at, 1);
        if (input.checked) chosen.ids.push(option.id);
        none.checked = chosen.none = false;
        draw();
        changed();
      });
      list.append(make("label", { "data-id": option.id }, input, make("span", {}, called.whole(option)), make("b", { className: "nth" })));
    }
    if (column.input === "set") {
      none.addEventListener("change", () => {
        chosen.none = none.checked;
        chosen.ids.length = 0;
        draw();
        changed();
      });
      list.append(make("label", { className: "none-label" }, none, make("span", {}, word("practice.none"))));
    }
    draw();
    return list;
  }

  /** A button that shows what is chosen and opens the list of choices. */
  function picker(/** @type {ColumnFace} */ column, /** @type {{ids: string[], none: boolean}} */ chosen, /** @type {string} */ label, /** @type {() => void} */ changed) {
    const button = make("button", { type: "button", className: "set-button", "aria-haspopup": "dialog" });
    const draw = () => {
      button.textContent = chosen.ids.length ? chosen.ids.map((id) => called.brief((column.options || []).find((it) => it.id === id) || { id })).join("\u00a0· ") : word(chosen.none ? "practice.none_short" : "practice.choose");
      button.setAttribute("aria-label", word("practice.pair", { a: label, b: button.textContent }));
      button.classList.toggle("empty", !chosen.ids.length && !chosen.none);
    };
    button.addEventListener("click", () => {
      const dialog = make("dialog", { className: "set-dialog", "aria-label": label, onclose: () => dialog.remove() }, make("h3", {}, label), boxes(column, chosen, label, () => {
        draw();
        changed();
      }), make("p", { className: "buttons" }, make("button", { type: "button", className: "primary", onclick: () => dialog.close() }, word("practice.done"))));
      // A tap beside the list closes it, too.
      dialog.addEventListener("click", (/** @type {Event} */ event) => event.target === dialog && dialog.close());
      document.body.append(dialog);
      // Closing it gives the focus back to the button at once; the event comes later.
      dialog.showModal();
    });
    draw();
    return button;
  }

  /**
   * @param {ColumnFace} column
   * @param {any} value
   * @param {{label: string, roomy: boolean, changed: (value: any) => void}} how `roomy`: there is
   *   room for all choices at once
   */
  function cell(column, value, how) {
    const { label, roomy, changed } = how;
    const options = choices(column);
    if (column.input === "label" || column.input === "yes_no") {
      const short = options.length <= 5 && options.every((it) => text(it.name).length <= 14);
      return roomy && short ? radios(column, value, label, changed) : select(column, value, label, changed);
    }
    if (column.input === "set" || column.input === "pick") {
      const chosen = { ids: Array.isArray(value) ? [...value] : [], none: Array.isArray(value) && !value.length };
      const tell = () => changed(chosen.ids.length || chosen.none ? [...chosen.ids] : null);
      return roomy && options.length <= 12 ? boxes(column, chosen, label, tell) : picker(column, chosen, label, tell);
    }
    const long = column.input === "text" || column.input === "texts";
    const shown = value === undefined || value === null ? "" : Array.isArray(value) ? value.join("\n") : String(value);
    const input = make(long ? "textarea" : "input", { value: shown, "aria-label": label, autocomplete: "off", spellcheck: false });
    if (long) input.rows = roomy ? 3 : 2;
    if (column.input === "number") input.setAttribute("inputmode", "decimal");
    input.addEventListener("input", () => changed(column.input === "texts" && input.value.trim() ? input.value.split("\n").map((/** @type {string} */ it) => it.trim()).filter(Boolean) : input.value.trim() === "" ? "" : long ? input.value : input.value.trim()));
    return input;
  }

  kejian.parts.cell = cell;
})();
