// Gaps in a text: typed, or chosen where the face brings choices for the gap.
"use strict";

(() => {
  const { make, word } = kejian;

  /** @param {any} blank @param {string} value @param {string} label */
  function gap(blank, value, label) {
    const choices = blank && blank.options;
    if (!choices) {
      const size = Math.max(6, Math.min(18, value.length + 4));
      const input = make("input", { value, className: "gap-field", size, autocomplete: "off", spellcheck: false, "aria-label": label });
      if (blank && blank.widget === "number") input.setAttribute("inputmode", "decimal");
      return input;
    }
    const select = make("select", { className: "gap-field", "aria-label": label }, make("option", { value: "" }, word("widget.choose")));
    for (const choice of choices) {
      const id = typeof choice === "string" ? choice : choice.id;
      const name = typeof choice === "string" ? choice : choice.text;
      select.append(make("option", { value: id, selected: value === id }, kejian.text(name)));
    }
    return select;
  }

  kejian.widgets.blanks = (face, answer, changed) => {
    const segments = face.segments || [];
    const kinds = /** @type {any[]} */ (/** @type {any} */ (face).gaps || Array.from({ length: face.blanks || 0 }, () => null));
    const texts = kinds.map((_, at) => (Array.isArray(answer) && answer[at] != null ? String(answer[at]) : ""));
    const element = make("div", { className: "blanks" });
    /** @type {HTMLElement[]} */
    const gaps = [];
    segments.forEach((segment, at) => {
      element.append(make("span", { html: segment.replace(/^<p>|<\/p>\s*$/g, "") }));
      if (at >= kinds.length) return;
      const input = gap(kinds[at], texts[at], word("widget.gap", { n: at + 1, all: kinds.length }));
      input.addEventListener("input", () => {
        texts[at] = input.value;
        changed([...texts]);
      });
      const unit = kinds[at] && kinds[at].unit;
      const place = make("span", { className: "gap", "data-id": String(at + 1) }, input, unit ? make("span", { className: "unit", html: unit }) : null);
      gaps.push(place);
      element.append(place);
    });
    return {
      element,
      tells: true,
      lock: () => element.querySelectorAll("input, select").forEach((/** @type {any} */ it) => {
        if (it.tagName === "SELECT") it.disabled = true;
        else it.readOnly = true;
      }),
      mark(verdict) {
        for (const part of verdict.parts || []) {
          const place = gaps[Number(part.id) - 1];
          if (!place) continue;
          place.classList.add(part.state);
          const right = part.state === "right" ? "" : ` ${part.expected ?? ""}`;
          place.append(make("span", { className: "tag" }, `${word(`widget.part_${part.state}`)}${right}`));
          if (part.why) place.append(make("span", { className: "why", html: part.why }));
        }
      },
    };
  };
})();
