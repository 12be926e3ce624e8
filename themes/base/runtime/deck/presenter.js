// The presenter's page: this slide and what comes next, notes, time and pace, and whether the
// audience's window is there.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const { make, word, data } = kejian;
  const SIZES = [15, 17, 20, 24, 28, 34];

  kejian.deck.add((/** @type {any} */ deck) => {
    if (!deck.presenter) return {};
    let size = Number(deck.keep("notes-size")) || 20;
    /** The notes could not be loaded. */
    let missing = false;

    const number = make("b", {});
    const title = make("span", {});
    const clock = make("output", { className: "wall", "aria-label": word("deck.time.clock") });
    const elapsed = make("output", { className: "elapsed", "aria-label": word("deck.time.elapsed") });
    const run = make("button", { type: "button", className: "run", onclick: () => (deck.watch(deck.running() ? "pause" : "start"), tick()) });
    const reset = make("button", { type: "button", className: "reset", onclick: () => (deck.watch("reset"), tick()) }, word("deck.time.reset"));
    const light = make("button", { type: "button", className: "light", onclick: () => deck.connected() || deck.actions.present() });
    const pace = make("p", { className: "pace" });
    const share = make("i", {});
    const lag = make("p", { className: "lag" });
    const stage = make("div", { className: "frame stage-now" });
    const preview = make("div", { className: "frame", inert: true, "aria-hidden": "true" });
    const ahead = make("h2", {});
    const notes = make("div", { className: "said", tabIndex: 0, role: "region", "aria-label": word("deck.notes") });
    const smaller = make("button", { type: "button", "aria-label": word("deck.smaller"), title: word("deck.smaller"), onclick: () => resize(-1) }, "A−");
    const larger = make("button", { type: "button", "aria-label": word("deck.larger"), title: word("deck.larger"), onclick: () => resize(1) }, "A+");

    /** @param {number} by */
    function resize(by) {
      const at = SIZES.findIndex((one) => one >= size);
      size = SIZES[Math.max(0, Math.min(SIZES.length - 1, (at < 0 ? SIZES.length - 1 : at) + by))];
      notes.style.fontSize = `${size}px`;
      deck.keep("notes-size", size);
    }

    function layout() {
      const main = /** @type {HTMLElement} */ (document.querySelector("main.deck"));
      const cockpit = make("div", { className: "cockpit" },
        make("header", { className: "status" },
          make("p", { className: "here" }, number, title),
          make("div", { className: "watch" }, elapsed, run, reset),
          lag, clock, light),
        make("section", { className: "pane-now", "data-black": word("deck.black"), "data-white": word("deck.white") }, stage, make("div", { className: "plan" }, make("div", { className: "share", "aria-hidden": "true" }, share), pace)),
        make("section", { className: "pane-next" }, ahead, preview),
        make("section", { className: "pane-notes" }, make("header", {}, make("h2", {}, word("deck.notes")), smaller, larger), notes));
      document.body.classList.add("presenter");
      document.title = `${word("deck.keys.present")} · ${document.title}`;
      main.before(cockpit);
      stage.append(main);
      cockpit.append(deck.tools, /** @type {Node} */ (document.querySelector(".inks")));
      resize(0);
    }

    /** What the audience will see after the next step. */
    function next() {
      const inside = deck.step < deck.fragments(deck.at).length;
      const place = inside ? deck.at : deck.at + 1;
      const slide = deck.slides[place];
      if (!slide) {
        ahead.textContent = word("deck.end");
        preview.replaceChildren();
        return;
      }
      const copy = /** @type {HTMLElement} */ (slide.cloneNode(true));
      copy.removeAttribute("id");
      copy.classList.add("now");
      copy.inert = false;
      copy.querySelector(".laser")?.remove();
      deck.paint(copy, inside ? deck.step + 1 : 0);
      const n = deck.label(place);
      ahead.textContent = inside
        ? word("deck.next_step", { n: deck.step + 1, all: deck.fragments(deck.at).length })
        : word("deck.next_slide", { n, title: deck.title(place) });
      preview.replaceChildren(copy);
    }

    function write() {
      number.textContent = deck.label(deck.at) ? `${deck.label(deck.at)} / ${deck.count()}` : "";
      title.textContent = deck.title(deck.at);
      const said = deck.notes(deck.at);
      const none = () => (kejian.notes ? word("deck.no_notes") : missing ? make("a", { href: data.pages?.notes, target: "_blank" }, word("deck.pages.notes")) : "");
      notes.replaceChildren(...(said ? said.childNodes : [make("p", { className: "quiet" }, none())]));
      notes.scrollTop = 0;
    }

    function tick() {
      const now = new Date(Date.now());
      set(clock, `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`);
      set(elapsed, deck.clockface(deck.elapsed()));
      set(run, word(deck.running() ? "deck.time.pause" : "deck.time.start"));
      const planned = deck.plan[deck.at];
      const spent = deck.onSlide();
      set(pace, planned ? word("deck.time.pace", { spent: deck.clockface(spent), planned: deck.clockface(planned) }) : deck.clockface(spent));
      share.style.width = `${planned ? Math.min(100, (100 * spent) / planned) : 0}%`;
      share.classList.toggle("over", planned > 0 && spent > planned);
      const behind = deck.lag();
      const state = deck.elapsed() === 0 || Math.abs(behind) < 30000 ? "even" : behind < 0 ? "ahead" : "behind";
      set(lag, deck.elapsed() === 0 ? "" : word(`deck.time.${state}`, { by: deck.clockface(Math.abs(behind)) }));
      lag.dataset.state = state;
    }

    /** @param {HTMLElement} element @param {string} text */
    function set(element, text) {
      if (element.textContent !== text) element.textContent = text;
    }

    deck.connection = (/** @type {boolean} */ there) => {
      light.classList.toggle("on", there);
      set(light, word(there ? "deck.connected" : "deck.alone"));
    };
    deck.refresh = next;

    /** A link would take the presenter away: the audience opens it instead. @param {MouseEvent} event */
    function follow(event) {
      const link = /** @type {HTMLElement} */ (event.target).closest(".deck a");
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      if (!deck.inOverview()) deck.send("open", link.getAttribute("href"));
    }

    return {
      render: layout,
      bind() {
        deck.connection(false);
        document.addEventListener("click", follow, true);
        deck.speak().catch(() => (missing = true)).then(write);
        setInterval(tick, 250);
      },
      update(before, how) {
        if (how.quiet || before.slide !== deck.at) write();
        next();
        tick();
      },
    };
  });

  kejian.deck.add((/** @type {any} */ deck) => ({
    bind() {
      if (deck.presenter) return;
      deck.on("open", (/** @type {any} */ href) => {
        const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".deck a[href]")]);
        links.find((link) => link.getAttribute("href") === href)?.click();
      });
    },
  }));
})();
