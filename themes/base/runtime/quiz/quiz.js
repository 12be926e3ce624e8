// A chapter's quiz, one question at a time; every answer is kept at once.
"use strict";

kejian.register("quiz", async () => {
  const { make, word, data, parts } = kejian;
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const still = main.querySelector(".static");
  /** @type {Call} */
  let call;
  try {
    call = await kejian.engine;
  } catch {
    document.documentElement.className = "no-js";
    main.prepend(make("p", { className: "note", role: "alert" }, word("page.no_engine")));
    return;
  }
  const session = parts.session(call, data.quiz);
  let view = session.start();
  const asked = parts.seed();
  const untouched = () => view.items.every((/** @type {any} */ it) => parts.stateOf(session, it) === "blank");
  if (asked && asked !== view.seed && !view.finished && untouched()) view = session.start("all");
  if (still) still.remove();
  /** @type {"item" | "review" | "summary"} */
  let showing = view.finished ? "summary" : "item";

  const count = make("p", { className: "count", "aria-live": "off" });
  const clock = make("p", { className: "clock" });
  const meter = make("div", { className: "meter", "aria-hidden": "true" }, make("i"));
  const mapBox = make("details", { className: "map-box" }, make("summary", {}, word("quiz.map")));
  const mapPlace = make("div");
  mapBox.append(mapPlace);
  const box = make("div", { className: "quiz-body" });
  const rail = make("aside", { className: "rail", "aria-label": word("quiz.map") }, mapBox, shortcuts());
  const other = otherVersion();
  main.append(other, make("div", { className: "quiz" }, make("div", { className: "quiz-top" }, count, clock, meter), box, rail));
  const wide = matchMedia("(min-width: 1100px)");
  const unfold = () => (mapBox.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();

  function drawMap() {
    const items = view.items;
    const closed = items.filter((/** @type {any} */ it) => !["blank", "draft"].includes(parts.stateOf(session, it))).length;
    count.textContent = showing === "item" ? `${view.at + 1} / ${items.length}` : word("quiz.done_of", { n: closed, all: items.length });
    count.setAttribute("aria-label", showing === "item" ? word("quiz.progress", { n: view.at + 1, all: items.length }) : count.textContent || "");
    /** @type {HTMLElement} */ (meter.firstElementChild).style.inlineSize = `${(closed / items.length) * 100}%`;
    mapPlace.replaceChildren(parts.quizMap(session, showing === "item" ? view.at : -1, go),
      make("p", { className: "buttons" }, showing === "item" && !view.finished ? make("button", { type: "button", className: "quiet-button", onclick: end }, word("quiz.to_end")) : null,
        view.finished && showing === "item" ? make("button", { type: "button", className: "quiet-button", onclick: () => turn("summary") }, word("quiz.to_summary")) : null));
  }

  /** @param {string} focus where focus goes */
  function draw(focus = "") {
    view = session.view();
    if (showing === "summary") box.replaceChildren(parts.result(session, session.summary(), { again, go }));
    else if (showing === "review") box.replaceChildren(parts.review(session, { go, hand }));
    else {
      const last = view.at >= view.items.length - 1;
      box.replaceChildren(parts.item(session, view.items[view.at], {
        last,
        next: () => (last ? end() : go(view.at + 1)),
        redraw: (/** @type {boolean} */ toFeedback) => draw(toFeedback ? ".feedback" : ""),
        flagged: drawMap,
      }));
    }
    drawMap();
    if (!focus) return;
    const place = /** @type {HTMLElement | null} */ (box.querySelector(focus));
    if (place) {
      place.focus({ preventScroll: focus !== ".feedback" });
      if (focus === ".feedback") place.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {"item" | "review" | "summary"} to */
  function turn(to) {
    showing = to;
    draw("legend, h2");
    scrollTo(0, 0);
  }

  /** @param {number} at */
  function go(at) {
    session.goTo(at);
    turn("item");
  }

  /** The last question is behind: hand in, after a look over it if anything is open or kept. */
  function end() {
    if (view.finished) return turn("summary");
    const whole = view.items.every((/** @type {any} */ it) => session.item(it.id).done);
    if (whole) return hand();
    return turn("review");
  }

  function hand() {
    session.finish();
    turn("summary");
  }

  /** Says so when the address asks for another order than that of the answers given so far. */
  function otherVersion() {
    if (!asked || asked === view.seed || view.finished) return "";
    const words = { n: view.seed, other: asked };
    return make("p", { className: "note", role: "status" }, word("quiz.other_version", words),
      make("button", { type: "button", onclick: () => again("all") }, word("quiz.turn_to_version", words)));
  }

  /** @param {string} what */
  function again(what) {
    if (other) other.remove();
    session.start(what);
    session.goTo(0);
    turn("item");
  }

  function shortcuts() {
    const on = make("input", { type: "checkbox", checked: kejian.storage.get("keys") !== false });
    on.addEventListener("change", () => kejian.storage.set("keys", on.checked));
    return make("label", { className: "keys" }, on, make("span", {}, word("quiz.keys")));
  }

  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const typing = target.closest("textarea, select") || (target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type));
    if (typing) return;
    if (event.key === "Enter" && !target.closest("button, a, summary")) {
      const button = /** @type {HTMLElement | null} */ (box.querySelector("button.primary"));
      event.preventDefault();
      if (button) button.click();
      return;
    }
    if (kejian.storage.get("keys") === false) return;
    const options = /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll(".option input")]);
    const at = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : /^[a-i]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    if (at >= 0 && options[at] && !options[at].disabled) {
      options[at].focus();
      options[at].click();
      event.preventDefault();
    } else if (/^[1-9]$/.test(event.key)) {
      const boxes = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".box-bar > button:not(.take-back)")]);
      if (boxes[at]) boxes[at].click();
    }
  });

  const limit = (data.quiz.settings && data.quiz.settings.minutes) || 0;
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const time = (/** @type {number} */ s) => `${Math.floor(s / 60)}:${two(Math.floor(s % 60))}`;
  if (limit) clock.textContent = `${time(session.seconds())} / ${time(limit * 60)}`;
  setInterval(() => {
    if (document.hidden || showing !== "item" || view.finished) return;
    const entry = view.items[view.at];
    const seconds = session.tick(entry && entry.open ? entry.id : null, 5);
    if (!limit) return;
    clock.textContent = `${time(seconds)} / ${time(limit * 60)}`;
    // Nobody is cut off: the limit is a measure to train with, not a gate.
    if (seconds >= limit * 60 && seconds < limit * 60 + 5) kejian.say(word("quiz.time_up"));
    clock.classList.toggle("over", seconds >= limit * 60);
  }, 5000);
  const renew = () => {
    session.refresh();
    draw();
  };
  kejian.storage.onChange(`quiz/${data.quiz.id}`, renew);
  parts.unkept(renew);
  draw();
});
