// The panel under an answer: how it stands, what is said of it, the reason, points to compare.
"use strict";

(() => {
  const { make, word } = kejian;

  /** @param {Face} face @param {Verdict} verdict */
  function reasons(face, verdict) {
    const entries = [...(face.options || []), ...(face.lefts || []), ...(face.items || []), ...(face.targets || [])];
    const names = new Map(entries.map((it) => [it.id, it.text]));
    const name = (/** @type {any} */ id) => names.get(String(id)) ?? kejian.escape(id);
    return make("ul", { className: "reasons" }, ...(verdict.parts || []).map((part) => {
      const right = part.expected !== undefined && part.state === "wrong" ? ` → ${name(part.expected)}` : "";
      return make("li", { className: part.state, html: `<b>${name(part.id)}</b>${right}${part.why ? `<div>${part.why}</div>` : ""}` });
    }));
  }

  /** @param {string[]} points @param {number[]} ticked @param {((ticked: number[]) => void) | undefined} changed */
  function checklist(points, ticked, changed) {
    const list = make("ul", { className: "checklist" });
    points.forEach((point, at) => {
      const box = make("input", { type: "checkbox", checked: ticked.includes(at) });
      box.addEventListener("change", () => {
        const now = [...list.querySelectorAll("input")].flatMap((it, place) => (/** @type {HTMLInputElement} */ (it).checked ? [place] : []));
        if (changed) changed(now);
      });
      list.append(make("li", {}, make("label", {}, box, make("span", { html: point }))));
    });
    return list;
  }

  /** Sentences one after another, with no space between Chinese ones. @param {string[]} all */
  kejian.parts.sentences = (all) => all.filter(Boolean).join(/^zh/.test(document.documentElement.lang) ? "" : " ");

  /**
   * @param {Face} face
   * @param {Verdict} verdict
   * @param {{tells?: boolean, ticked?: number[], onTick?: (ticked: number[]) => void, lead?: string}} [how]
   */
  kejian.parts.feedback = (face, verdict, how = {}) => {
    const box = make("div", { className: `feedback ${verdict.state}`, tabIndex: -1 });
    const marks = verdict.max > 0 && verdict.state === "partly" ? ` · ${word("widget.marks", { marks: kejian.figure(verdict.marks), max: kejian.figure(verdict.max) })}` : "";
    const alone = verdict.state === "unscored" && !(verdict.checklist && verdict.checklist.length) && !verdict.model;
    box.append(make("p", { className: "state" }, `${word(alone ? "widget.noted" : `widget.${verdict.state}`)}${marks}`));
    if (how.lead) box.append(make("p", {}, how.lead));
    for (const message of verdict.messages || []) {
      if (message.code !== "answer.blank") box.append(make("p", { className: "message" }, kejian.message(message)));
    }
    if (verdict.slip) box.append(make("div", { className: "slip", html: verdict.slip }));
    if (!how.tells && verdict.parts && verdict.parts.length) box.append(reasons(face, verdict));
    const bare = !(verdict.parts && verdict.parts.length) && verdict.state === "wrong" && verdict.solution != null;
    if (bare) box.append(make("p", {}, word("widget.solution", { value: solution(face, verdict) })));
    if (verdict.why) box.append(make("div", { className: "why", html: verdict.why }));
    if (verdict.checklist && verdict.checklist.length) box.append(make("h3", {}, word("widget.checklist")), checklist(verdict.checklist, how.ticked || [], how.onTick));
    if (verdict.model) box.append(make("h3", {}, word("widget.model")), make("div", { className: "model", html: verdict.model }));
    return box;
  };

  /** @param {Face} face @param {Verdict} verdict */
  function solution(face, verdict) {
    const value = Array.isArray(verdict.solution) ? verdict.solution.join(" / ") : String(verdict.solution);
    return face.unit ? `${value} ${kejian.text(face.unit)}` : value;
  }
})();
