// Time: the presenter's watch with its pace against the plan, and the countdown of an activity.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data } = kejian;

  /** "4:05", "1:02:09". @param {number} ms */
  function clockface(ms) {
    const s = Math.max(0, Math.floor(ms / 1000));
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    const minutes = Math.floor(s / 60);
    return minutes < 60 ? `${minutes}:${two(s % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(s % 60)}`;
  }

  kejian.deck.add((/** @type {any} */ deck) => {
    deck.clockface = clockface;

    /** Planned milliseconds per slide; slides without a plan share what the chapter has left. */
    const plan = (() => {
      const inner = (/** @type {number} */ place) => place > 0 && place < deck.slides.length - 1;
      const given = deck.slides.map((/** @type {HTMLElement} */ slide) => Number(slide.dataset.minutes) || 0);
      const sum = given.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
      const open = given.filter((/** @type {number} */ minutes, /** @type {number} */ place) => !minutes && inner(place)).length;
      const share = open ? Math.max(0.5, ((Number(data.minutes) || 0) - sum) / open) : 0;
      return given.map((/** @type {number} */ minutes, /** @type {number} */ place) => 60000 * (minutes || (inner(place) ? share : 0)));
    })();
    deck.plan = plan;

    /** The watch: what ran before, since when it runs (null: it stands), and the time on slides.
     * @type {{ spent: number, since: number | null, slides: Record<string, number>, entered: number }} */
    let watch = deck.keep("watch") || { spent: 0, since: null, slides: {}, entered: 0 };

    const id = () => deck.slides[deck.at].id;
    deck.elapsed = () => watch.spent + (watch.since === null ? 0 : Date.now() - watch.since);
    deck.onSlide = () => (watch.slides[id()] || 0) + (watch.since === null ? 0 : deck.elapsed() - watch.entered);
    deck.running = () => watch.since !== null;

    /** How far from the plan: negative = ahead, positive = behind, in milliseconds. */
    deck.lag = () => {
      const before = plan.slice(0, deck.at).reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
      const elapsed = deck.elapsed();
      return elapsed < before ? elapsed - before : Math.max(0, elapsed - before - plan[deck.at]);
    };

    /** Books the time on the slide that is left. @param {string} slide */
    function book(slide) {
      const elapsed = deck.elapsed();
      if (watch.since !== null) watch.slides[slide] = (watch.slides[slide] || 0) + elapsed - watch.entered;
      watch.entered = elapsed;
    }

    /** @param {"start" | "pause" | "reset"} act */
    deck.watch = (act) => {
      if (act === "reset") watch = { spent: 0, since: deck.running() ? Date.now() : null, slides: {}, entered: 0 };
      else {
        book(id());
        watch.spent = deck.elapsed();
        watch.since = act === "start" ? Date.now() : null;
      }
      deck.keep("watch", watch);
    };

    return {
      update(before, how) {
        if (!deck.presenter || how.quiet || before.slide === deck.at) return;
        book(deck.slides[before.slide].id);
        // The talk begins with the first move.
        if (!deck.running() && deck.elapsed() === 0) deck.watch("start");
        else deck.keep("watch", watch);
      },
    };
  });

  kejian.deck.add((/** @type {any} */ deck) => {
    /** @typedef {{ left: number, ends: number | null }} Countdown milliseconds left, and when it ends while it runs */
    /** @type {Map<string, { slide: HTMLElement, minutes: number, state: Countdown, face: HTMLElement, toggle: HTMLElement, shown: string }>} */
    const timers = new Map();

    /** @param {Countdown} state */
    const left = (state) => (state.ends === null ? state.left : state.ends - Date.now());

    /** @param {string} id */
    function paint(id) {
      const timer = timers.get(id);
      if (!timer) return;
      const ms = left(timer.state);
      const running = timer.state.ends !== null;
      const over = ms <= 0;
      const text = over && running ? `+${clockface(-ms)}` : clockface(Math.ceil(ms / 1000) * 1000);
      const shown = `${text}${running}`;
      if (shown === timer.shown) return;
      timer.face.textContent = text;
      timer.face.classList.toggle("over", over);
      timer.toggle.textContent = word(running ? "deck.time.pause" : "deck.time.start");
      if (over && running && !timer.shown.startsWith("+") && timer.shown) deck.say(word("deck.time.up"));
      timer.shown = shown;
    }

    /** @param {string} id @param {Countdown} state @param {boolean} [remote] */
    function set(id, state, remote = false) {
      const timer = timers.get(id);
      if (!timer || !Number.isFinite(state?.left)) return;
      timer.state = { left: state.left, ends: Number.isFinite(state.ends) ? state.ends : null };
      paint(id);
      deck.refresh?.();
      if (!remote) deck.share("timer", timer.state, id);
    }

    /** @param {string} id */
    function toggle(id) {
      const timer = timers.get(id);
      if (!timer) return;
      const ms = left(timer.state);
      set(id, timer.state.ends === null ? { left: ms, ends: Date.now() + ms } : { left: ms, ends: null });
    }

    /** @param {string} id */
    function more(id) {
      const { state } = timers.get(id) || { state: { left: 0, ends: null } };
      set(id, { left: state.left + 60000, ends: state.ends === null ? null : state.ends + 60000 });
    }

    /** Puts the countdown into its place on the slide. @param {HTMLElement} slide */
    function build(slide) {
      const place = /** @type {HTMLElement | null} */ (slide.querySelector(".clock[data-minutes]"));
      const minutes = Number(place?.dataset.minutes);
      if (!place || !minutes) return;
      const { id } = slide;
      const button = (/** @type {string} */ name, /** @type {() => void} */ act) => make("button", { type: "button", onclick: act }, word(`deck.time.${name}`));
      const face = make("b", { role: "timer", "aria-label": word("deck.time.left") });
      const start = button("start", () => toggle(id));
      const column = make("div", { className: "timer" });
      place.removeAttribute("role");
      place.replaceWith(column);
      place.replaceChildren(face, start);
      column.append(place, make("p", {}, button("more", () => more(id)), button("reset", () => set(id, { left: minutes * 60000, ends: null }))));
      place.addEventListener("click", (event) => {
        if (event.target === start) return;
        event.stopPropagation();
        toggle(id);
      });
      timers.set(id, { slide, minutes, state: { left: minutes * 60000, ends: null }, face, toggle: start, shown: "" });
      paint(id);
    }

    deck.actions.timer = () => {
      if (deck.presenter && !timers.has(deck.slides[deck.at].id)) deck.watch(deck.running() ? "pause" : "start");
      else toggle(deck.slides[deck.at].id);
    };

    return {
      render() {
        deck.slides.forEach(build);
      },
      bind() {
        deck.on("timer", (/** @type {any} */ state, /** @type {string} */ id) => set(id, state, true));
        if (timers.size) setInterval(() => paint(deck.slides[deck.at].id), 250);
      },
    };
  });
})();
