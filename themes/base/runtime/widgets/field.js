// A number, a short text or a long one.
"use strict";

(() => {
  const { make, word, text } = kejian;

  /** @type {MakeWidget} */
  function field(face, answer, changed) {
    const long = face.widget === "essay";
    const value = answer && typeof answer === "object" ? answer.text : (answer ?? "");
    const input = make(long ? "textarea" : "input", {
      value: String(value),
      className: "field",
      autocomplete: "off",
      spellcheck: false,
      "aria-label": face.unit ? word("widget.answer_in", { unit: text(face.unit) }) : word("widget.answer"),
    });
    if (long) input.rows = 7;
    if (face.widget === "number") {
      input.classList.add("short");
      input.setAttribute("inputmode", "decimal");
    }
    input.addEventListener("input", () => changed(input.value));
    const unit = face.unit ? make("span", { className: "unit", html: face.unit }) : null;
    const element = make("div", { className: "entry" }, input, unit);
    return {
      element,
      lock: () => (input.readOnly = true),
      mark: (verdict) => element.classList.add(verdict.state),
    };
  }

  kejian.widgets.number = field;
  kejian.widgets.text = field;
  kejian.widgets.essay = field;
})();
