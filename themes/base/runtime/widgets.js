// The few input widgets that all kinds of question share. Each takes a face and the answer so
// far, calls `changed` with every new answer, and returns an element.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word } = kejian;
  let serial = 0;

  /** @param {any} face @param {{id: string, text: string}} option */
  function optionText(face, option) {
    if (face.kind === "true_false") return word(option.id === "true" ? "quiz.true_word" : "quiz.false_word");
    return option.text;
  }

  /** @param {any} face @param {any} answer @param {(answer: any) => void} changed */
  function pick(face, answer, changed) {
    const many = face.widget === "pick_many";
    const name = `pick-${(serial += 1)}`;
    const chosen = new Set(many ? answer || [] : answer === null || answer === undefined ? [] : [String(answer)]);
    const list = make("div", { className: "options" });
    for (const option of face.options) {
      const input = make("input", { type: many ? "checkbox" : "radio", name, value: option.id, checked: chosen.has(option.id) });
      input.addEventListener("change", () => {
        if (!many) return changed(face.kind === "true_false" ? option.id === "true" : option.id);
        if (input.checked) chosen.add(option.id);
        else chosen.delete(option.id);
        return changed(face.options.map((/** @type {any} */ it) => it.id).filter((/** @type {string} */ id) => chosen.has(id)));
      });
      list.append(make("label", { className: "option", "data-id": option.id }, input, make("span", { html: optionText(face, option) })));
    }
    return list;
  }

  /** @param {any} face @param {any} answer @param {(answer: any) => void} changed */
  function field(face, answer, changed) {
    const box = face.widget === "essay" ? "textarea" : "input";
    const value = answer && typeof answer === "object" ? answer.text : (answer ?? "");
    const input = make(box, { value: String(value), className: "field", autocomplete: "off", rows: 6 });
    input.setAttribute("aria-label", word("quiz.answer"));
    if (face.widget === "number") input.setAttribute("inputmode", "decimal");
    input.addEventListener("input", () => changed(input.value));
    return make("div", { className: "entry" }, input, face.unit ? make("span", { className: "unit", html: face.unit }) : "");
  }

  /** @param {any} face @param {any} answer @param {(answer: any) => void} changed */
  function blanks(face, answer, changed) {
    const texts = Array.from({ length: face.blanks }, (_, at) => (answer && answer[at]) || "");
    const line = make("p", { className: "blanks" });
    face.segments.forEach((/** @type {string} */ segment, /** @type {number} */ at) => {
      line.append(make("span", { html: segment.replace(/^<p>|<\/p>\s*$/g, "") }));
      if (at >= face.blanks) return;
      const input = make("input", { value: texts[at], className: "blank", size: 8, autocomplete: "off" });
      input.setAttribute("aria-label", `${word("quiz.answer")} ${at + 1}`);
      input.addEventListener("input", () => {
        texts[at] = input.value;
        changed([...texts]);
      });
      line.append(input);
    });
    return line;
  }

  /** @param {any} face @param {any} answer @param {(answer: any) => void} changed */
  function pair(face, answer, changed) {
    const chosen = { ...(answer || {}) };
    const list = make("div", { className: "pairs" });
    for (const left of face.lefts) {
      const select = make("select", {}, make("option", { value: "" }, word("quiz.choose")));
      for (const target of face.targets) {
        const plain = make("span", { html: target.text }).textContent;
        select.append(make("option", { value: target.id, selected: chosen[left.id] === target.id }, plain));
      }
      select.addEventListener("change", () => {
        if (select.value) chosen[left.id] = select.value;
        else delete chosen[left.id];
        changed({ ...chosen });
      });
      list.append(make("label", { className: "pair", "data-id": left.id }, make("span", { html: left.text }), select));
    }
    return list;
  }

  /** @param {any} face @param {any} answer @param {(answer: any) => void} changed */
  function order(face, answer, changed) {
    let ids = Array.isArray(answer) && answer.length === face.items.length ? [...answer] : face.items.map((/** @type {any} */ it) => it.id);
    const list = make("ol", { className: "order" });
    /** @param {number} at @param {number} by */
    const move = (at, by) => {
      const id = ids[at];
      ids.splice(at, 1);
      ids.splice(at + by, 0, id);
      changed([...ids]);
      draw();
      /** @type {any} */ (list.children[at + by])?.querySelector(by < 0 ? ".up" : ".down")?.focus();
    };
    const draw = () => {
      list.replaceChildren(
        ...ids.map((/** @type {string} */ id, /** @type {number} */ at) => {
          const item = face.items.find((/** @type {any} */ it) => it.id === id);
          const button = (/** @type {string} */ name, /** @type {number} */ by, /** @type {boolean} */ off) =>
            make("button", { type: "button", className: name, disabled: off, title: word(`quiz.${name}`), "aria-label": word(`quiz.${name}`), onclick: () => move(at, by) }, by < 0 ? "↑" : "↓");
          return make("li", { "data-id": id }, make("span", { html: item ? item.text : id }), button("up", -1, at === 0), button("down", 1, at === ids.length - 1));
        }),
      );
    };
    draw();
    if (!answer) changed([...ids]);
    return list;
  }

  /** @type {Record<string, Function>} */
  const widgets = { pick_one: pick, pick_many: pick, number: field, text: field, essay: field, blanks, pair, order };

  /** The widget of a face. */
  kejian.widget = (/** @type {any} */ face, /** @type {any} */ answer, /** @type {(answer: any) => void} */ changed) =>
    widgets[face.widget](face, answer, changed);

  /** The reasons of a verdict: what is said, then each part with its reason. */
  kejian.feedback = (/** @type {any} */ face, /** @type {any} */ verdict) => {
    const box = make("div", { className: `feedback ${verdict.state}`, tabIndex: -1 });
    box.append(make("p", { className: "state" }, word(`quiz.${verdict.state}`)));
    if (verdict.slip) box.append(make("div", { className: "slip", html: verdict.slip }));
    const texts = new Map([...(face.options || []), ...(face.lefts || []), ...(face.items || []), ...(face.targets || [])].map((it) => [it.id, optionText(face, it)]));
    const name = (/** @type {any} */ id) => texts.get(String(id)) ?? kejian.plain(String(id));
    const list = make("ul", { className: "reasons" });
    for (const part of verdict.parts || []) {
      const right = part.expected !== undefined && part.state === "wrong" ? ` → ${name(part.expected)}` : "";
      list.append(make("li", { className: part.state, html: `<b>${name(part.id)}</b>${right}${part.why ? `<div>${part.why}</div>` : ""}` }));
    }
    if (list.children.length) box.append(list);
    if (!(verdict.parts || []).length && verdict.state === "wrong" && verdict.solution !== null) box.append(make("p", {}, `${word("quiz.answer")}: ${verdict.solution}`));
    if (verdict.why) box.append(make("div", { className: "why", html: verdict.why }));
    if (verdict.checklist) box.append(make("h4", {}, word("quiz.checklist")), make("ul", { className: "checklist" }, ...verdict.checklist.map((/** @type {string} */ text) => make("li", {}, make("label", {}, make("input", { type: "checkbox" }), make("span", { html: text }))))));
    if (verdict.model) box.append(make("h4", {}, word("quiz.model")), make("div", { html: verdict.model }));
    return box;
  };

  /** Text made safe for markup. */
  kejian.plain = (/** @type {string} */ text) => make("span", {}, text).innerHTML;
})();
