// One question on the page: the stem, its widget, hints, flag, certainty, and the feedback.
"use strict";

(() => {
  const { make, word } = kejian;
  let serial = 0;

  /**
   * @param {any} session
   * @param {any} entry the item of the engine's view
   * @param {{next: () => void, last: boolean, redraw: (focus?: boolean) => void, flagged: () => void}} way
   */
  function item(session, entry, way) {
    const { face, id } = entry;
    const mine = session.item(id);
    /** @type {any} */
    const outcome = session.show(id);
    const done = outcome.state === "done";
    /** @type {any} */
    let answer = mine.answer ?? null;
    const widget = /** @type {Widget} */ ((kejian.widgets[face.widget] || kejian.widgets.text)(face, answer, (given) => {
      answer = given;
      session.keep(id, { answer });
    }));
    const form = make("form", { className: `question ${face.kind}`, noValidate: true });
    const fieldset = make("fieldset", { "aria-describedby": `facts-${(serial += 1)}` });
    const stem = face.widget === "blanks" ? word("quiz.fill") : face.prompt;
    fieldset.append(make("legend", { tabIndex: -1, html: stem }),
      make("p", { className: "facts", id: `facts-${serial}` }, facts(entry)));
    if (entry.changed) fieldset.append(make("p", { className: "note" }, word("quiz.changed")));
    fieldset.append(widget.element);
    const hints = hintBox(session, entry, mine);
    const after = make("div", { className: "after" });
    const actions = make("div", { className: "actions" });
    if (entry.certainty && !done) form.append(fieldset, certainty(session, id, mine));
    else form.append(fieldset);
    form.append(hints.list, after, actions);

    const flag = make("button", { type: "button", className: "quiet-button flag", "aria-pressed": String(Boolean(mine.flagged)), onclick: () => {
      mine.flagged = !mine.flagged;
      session.keep(id, { flagged: mine.flagged });
      flag.setAttribute("aria-pressed", String(mine.flagged));
      kejian.say(word(mine.flagged ? "quiz.flagged" : "quiz.unflagged"));
      way.flagged();
    } }, make("span", { "aria-hidden": "true" }, "⚑"), word("quiz.flag"));

    const nextWord = way.last ? "quiz.finish" : "quiz.next";
    if (done) {
      if (widget.lock) widget.lock();
      const verdict = /** @type {Verdict} */ (outcome.verdict);
      if (widget.mark) widget.mark(verdict);
      const lead = entry.certainty && typeof outcome.points === "number" ? word("quiz.points", { n: outcome.points > 0 ? `+${outcome.points}` : outcome.points }) : undefined;
      after.append(kejian.parts.feedback(face, verdict, { tells: widget.tells, lead, ticked: mine.ticked, onTick: (/** @type {number[]} */ ticked) => session.keep(id, { ticked }) }));
      actions.append(make("button", { type: "button", className: "primary next", onclick: way.next }, word(nextWord)), flag);
    } else {
      if (outcome.state === "retry") {
        // After a reload only how it stood is known, not which parts.
        const verdict = /** @type {Verdict} */ (outcome.verdict || { parts: [], ...mine.verdict });
        if (widget.mark && outcome.verdict) widget.mark(verdict);
        after.append(kejian.parts.feedback(face, verdict, { tells: widget.tells, lead: word("quiz.tries_left", { n: outcome.tries_left }) }));
      }
      const kept = outcome.state === "kept";
      const check = entry.feedback === "end" ? (way.last ? "quiz.keep_last" : "quiz.keep") : "quiz.check";
      actions.append(make("button", { className: "primary", type: "submit" }, word(outcome.state === "retry" ? "quiz.try_again" : check)));
      if (outcome.state === "retry") actions.append(make("button", { type: "button", onclick: () => submit(true) }, word("quiz.give_up")));
      if (hints.button) actions.append(hints.button);
      actions.append(flag);
      if (entry.feedback === "end" || !kept) actions.append(make("button", { type: "button", className: "quiet-button skip", onclick: way.next }, word(way.last ? "quiz.to_end" : "quiz.skip")));
    }

    /** @param {boolean} giveUp */
    function submit(giveUp) {
      const result = session.answer(id, answer, giveUp);
      if (result.state === "unread") {
        const verdict = result.verdict || { state: "blank", score: 0, marks: 0, max: 0 };
        const box = kejian.parts.feedback(face, verdict, { tells: true });
        after.replaceChildren(box);
        box.focus();
        return;
      }
      if (result.state === "kept") return way.next();
      way.redraw(true);
    }
    form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!done) submit(false);
    });
    after.setAttribute("aria-live", "polite");
    return make("div", { className: "item" }, form);
  }

  /** @param {any} entry */
  function facts(entry) {
    const { face } = entry;
    const parts = [word(kejian.hasWord(`quiz.kind_${face.kind}`) ? `quiz.kind_${face.kind}` : "quiz.title")];
    if (face.marks !== 1 && face.kind !== "essay") parts.push(word("quiz.worth", { n: kejian.figure(face.marks) }));
    if (entry.tries > 1) parts.push(word("quiz.tries", { n: entry.tries }));
    return parts.join(" · ");
  }

  /** @param {any} session @param {any} entry @param {any} mine */
  function hintBox(session, entry, mine) {
    const all = entry.face.hints || [];
    const list = make("ol", { className: "hints", "aria-live": "polite" });
    let shown = Math.min(mine.hints || 0, all.length);
    /** @param {number} at */
    const show = (at) => list.append(make("li", { html: all[at] }));
    for (let at = 0; at < shown; at += 1) show(at);
    list.hidden = shown === 0;
    if (!all.length) return { list, button: null };
    const label = () => word("quiz.hint", { n: shown, all: all.length });
    const button = make("button", { type: "button", disabled: shown >= all.length, onclick: () => {
      list.hidden = false;
      show(shown);
      shown += 1;
      session.keep(entry.id, { hints: shown });
      button.textContent = label();
      button.disabled = shown >= all.length;
    } }, label());
    return { list, button };
  }

  /** @param {any} session @param {string} id @param {any} mine */
  function certainty(session, id, mine) {
    const box = make("fieldset", { className: "certainty" }, make("legend", {}, word("quiz.certainty")));
    for (const level of [1, 2, 3]) {
      const input = make("input", { type: "radio", name: "certainty", value: String(level), checked: (mine.certainty || 1) === level });
      input.addEventListener("change", () => session.keep(id, { certainty: level }));
      box.append(make("label", {}, input, make("span", {}, word(`quiz.certainty_${level}`))));
    }
    return box;
  }

  kejian.parts.item = item;
})();
