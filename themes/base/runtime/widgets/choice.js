// One or several of some options: native radios or checkboxes, lettered for the keyboard; after
// checking, every option says how it stands and why.
"use strict";

(() => {
  const { make, word } = kejian;
  let serial = 0;

  /** @param {Face} face @param {Entry} option */
  function label(face, option) {
    if (face.kind === "true_false" && !option.text) return word(`widget.${option.id}`);
    return option.text;
  }

  /** @type {MakeWidget} */
  function choice(face, answer, changed) {
    const many = face.widget === "pick_many";
    const options = face.options || [];
    const name = `choice-${(serial += 1)}`;
    const blank = answer === null || answer === undefined;
    const chosen = new Set(many ? (Array.isArray(answer) ? answer : []) : blank ? [] : [String(answer)]);
    /** @param {HTMLInputElement} input @param {Entry} option */
    function pick(input, option) {
      if (!many) return changed(face.kind === "true_false" ? option.id === "true" : option.id);
      if (input.checked) chosen.add(option.id);
      else chosen.delete(option.id);
      return changed(options.map((it) => it.id).filter((id) => chosen.has(id)));
    }
    const element = make("div", { className: many ? "options many" : "options" });
    options.forEach((option, at) => {
      const input = make("input", { type: many ? "checkbox" : "radio", name, value: option.id, checked: chosen.has(option.id) });
      input.addEventListener("change", () => pick(input, option));
      const letter = String.fromCharCode(65 + at);
      const text = make("span", { className: "option-text", html: label(face, option) });
      element.append(make("div", { className: "option", "data-id": option.id },
        make("label", {}, input, make("span", { className: "letter", "aria-hidden": "true" }, face.kind === "scale" ? "" : letter), text)));
    });
    return {
      element,
      tells: true,
      lock: () => element.querySelectorAll("input").forEach((/** @type {HTMLInputElement} */ it) => (it.disabled = true)),
      mark(verdict) {
        for (const part of verdict.parts || []) {
          const place = element.querySelector(`[data-id="${CSS.escape(part.id)}"]`);
          if (!place) continue;
          place.classList.add(part.state);
          place.append(make("div", { className: "because" },
            make("span", { className: "tag" }, word(`widget.option_${part.state}`)),
            part.why ? make("div", { className: "why", html: part.why }) : null));
        }
      },
    };
  }

  kejian.widgets.pick_one = choice;
  kejian.widgets.pick_many = choice;
})();
