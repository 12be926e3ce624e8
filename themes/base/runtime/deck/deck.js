// Walks through the slides: keys, touch, clicks, fragments, an address per slide, overview.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  kejian.register("deck", () => {
    const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".slide")]);
    const bar = /** @type {HTMLElement} */ (document.querySelector(".bar-progress i"));
    const said = /** @type {HTMLElement} */ (document.getElementById("said"));
    const help = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.help"));
    const stored = `deck/${kejian.data.chapter}`;
    let at = 0;
    let step = 0;
    let typed = "";

    /** @param {HTMLElement} slide */
    function fragments(slide) {
      const parts = slide.dataset.reveal === "steps" ? [...slide.querySelectorAll("[data-part], .prose.body li")] : [];
      return /** @type {HTMLElement[]} */ ([...parts, ...slide.querySelectorAll("[data-fragment]")]);
    }

    /** @param {number} slide @param {number} fragment @param {boolean} [quiet] */
    function show(slide, fragment, quiet = false) {
      const before = at;
      at = Math.max(0, Math.min(slides.length - 1, slide));
      const parts = fragments(slides[at]);
      step = Math.max(0, Math.min(parts.length, fragment));
      slides.forEach((one, place) => {
        one.classList.toggle("now", place === at);
        one.inert = place !== at && !document.body.classList.contains("overview");
      });
      parts.forEach((part, place) => part.classList.toggle("hidden", place >= step));
      bar.style.width = `${(100 * at) / (slides.length - 1)}%`;
      const id = slides[at].id + (step ? `.${step}` : "");
      try {
        history.replaceState(null, "", `#${encodeURIComponent(id)}`);
      } catch {
        // In a srcdoc frame the address stays as it is.
      }
      kejian.storage.set(stored, { slide: slides[at].id });
      kejian.storage.set("last", { path: `${kejian.data.chapter}/deck.html#${id}`, title: kejian.data.title });
      if (quiet || before === at) return;
      const title = /** @type {HTMLElement | null} */ (slides[at].querySelector(".title"));
      title?.focus({ preventScroll: true });
      said.textContent = kejian.word("deck.said", { n: at + 1, all: slides.length, title: title?.textContent || "" });
    }

    function next() {
      if (step < fragments(slides[at]).length) show(at, step + 1);
      else if (at < slides.length - 1) show(at + 1, 0);
    }

    function previous() {
      if (step > 0) show(at, step - 1);
      else if (at > 0) show(at - 1, Infinity);
    }

    /** @param {boolean} [on] */
    function overview(on) {
      document.body.classList.toggle("overview", on);
      show(at, step);
      slides[at].scrollIntoView({ block: "center" });
    }

    function follow() {
      const id = decodeURIComponent(location.hash.slice(1));
      const [name, fragment] = id.split(/\.(?=\d+$)/);
      const named = slides.findIndex((slide) => slide.id === name);
      const numbered = /^\d+$/.test(name) ? Number(name) : -1;
      const target = named >= 0 ? named : numbered;
      show(target >= 0 ? target : 0, Number(fragment) || 0, true);
    }

    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowRight: next, PageDown: next, " ": next, n: next,
      ArrowLeft: previous, PageUp: previous, p: previous,
      Home: () => show(0, 0),
      End: () => show(slides.length - 1, Infinity),
      o: () => overview(),
      Escape: () => overview(),
      f: () => {
        if (document.fullscreenElement) void document.exitFullscreen();
        else void document.documentElement.requestFullscreen?.().catch(() => undefined);
      },
      "?": () => (help.open ? help.close() : help.showModal()),
    };

    document.addEventListener("keydown", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select, [contenteditable]")) return;
      if (/^\d$/.test(event.key)) {
        typed += event.key;
        return;
      }
      if (event.key === "Enter") {
        if (typed) show(Number(typed), 0);
        else if (document.body.classList.contains("overview")) overview(false);
        typed = "";
        return;
      }
      typed = "";
      if (event.key === "Escape" && help.open) return;
      if (event.key === " " && target.closest("a, button, summary")) return;
      const back = event.key === " " && event.shiftKey;
      const act = back ? previous : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });

    let startX = 0;
    let startY = 0;
    document.addEventListener("touchstart", (event) => {
      startX = event.touches[0].clientX;
      startY = event.touches[0].clientY;
    }, { passive: true });
    document.addEventListener("touchend", (event) => {
      const x = event.changedTouches[0].clientX - startX;
      const y = event.changedTouches[0].clientY - startY;
      if (document.body.classList.contains("overview") || Math.abs(x) < 50 || Math.abs(x) < Math.abs(y)) return;
      if (x < 0) next();
      else previous();
    }, { passive: true });
    document.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.closest("a, button, input, dialog, summary")) return;
      const slide = /** @type {HTMLElement | null} */ (target.closest(".slide"));
      if (document.body.classList.contains("overview")) {
        if (slide) {
          at = slides.indexOf(slide);
          step = 0;
          overview(false);
        }
        return;
      }
      if (String(getSelection() || "")) return;
      if (event.clientX < innerWidth / 4) previous();
      else next();
    });
    addEventListener("hashchange", follow);
    follow();
  });
})();
