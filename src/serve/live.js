// Keeps a page fresh under `kejian serve`: loads it again when it has changed, shows what is
// wrong with the draft above the last good version, and says which slide has changed.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { page = "", digest = "" } = script.dataset;
  const kept = `kejian-live:${page}`;

  /** What the page's slides were made of, by their ids, before any script has touched them. */
  const slides = Object.fromEntries(
    [...document.querySelectorAll(".slide[id]")].map((slide) => [slide.id, slide.outerHTML]),
  );

  /** The slides that were different when this page was loaded the last time. */
  function changed() {
    try {
      const before = JSON.parse(sessionStorage.getItem(kept) || "null");
      sessionStorage.setItem(kept, JSON.stringify(slides));
      return before ? Object.keys(slides).filter((id) => before[id] !== slides[id]) : [];
    } catch {
      return [];
    }
  }

  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.innerHTML = `<style>
    :host { all: initial; }
    .veil { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; background: rgb(12 14 18 / .82); padding: 4vh 16px; }
    .box { max-width: 860px; margin: 0 auto; background: #fff; color: #1b1d22; border-radius: 12px; border-top: 6px solid #b0321f; padding: 24px 28px; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    h1:focus { outline: none; } h1 { font-size: 22px; margin: 0 0 4px; } .note { color: #5b606b; margin: 0 0 18px; }
    article { border-top: 1px solid #d6d1c6; padding: 14px 0; } h2 { font-size: 17px; margin: 0 0 2px; }
    code { font: 14px/1.6 ui-monospace, "SF Mono", Consolas, "Noto Sans Mono CJK SC", monospace; color: #34548c; }
    pre { font: 14px/1.7 ui-monospace, "SF Mono", Consolas, "Noto Sans Mono CJK SC", monospace; background: #f1eee7; padding: 8px 12px; border-radius: 6px; overflow-x: auto; margin: 8px 0; }
    pre i { font-style: normal; color: #5b606b; user-select: none; margin-right: 1.2em; }
    mark { background: #f7c9c1; color: inherit; border-bottom: 2px solid #b0321f; } p { margin: 4px 0; }
    button { font: inherit; padding: 8px 18px; border: 1px solid #b0321f; border-radius: 8px; background: #fff; color: #b0321f; cursor: pointer; min-height: 44px; }
    .badge { position: fixed; left: 16px; bottom: 16px; z-index: 2147483646; padding: 6px 14px; border-radius: 8px; background: #b0321f; color: #fff; font: 600 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; } .badge[hidden] { display: none; }
    .tab { position: fixed; right: 16px; bottom: 16px; z-index: 2147483647; box-shadow: 0 2px 12px rgb(0 0 0 / .3); }
    :focus-visible { outline: 3px solid #34548c; outline-offset: 2px; }
    @media (prefers-color-scheme: dark) { .box { background: #20232a; color: #f1efea; } pre { background: #15171c; } code { color: #86a8e0; } .note, pre i { color: #a6abb6; } article { border-color: #3b3f49; } button { background: #20232a; color: #f0705e; border-color: #f0705e; } mark { background: #5a2720; } }
  </style><div class="place"></div><div class="badge" hidden></div>`;
  const place = /** @type {HTMLElement} */ (shadow.querySelector(".place"));
  // No key that is meant for the errors turns the slide below.
  host.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" && digest) fold();
  });
  /** @type {any} */
  let trouble = null;

  /** @param {string} name @param {string} [text] @param {...(Node | string)} children */
  function make(name, text, ...children) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    made.append(...children);
    return made;
  }

  /** @param {any} error */
  function article(error) {
    const where = error.line ? `${error.file}:${error.line}:${error.column}` : error.file;
    const made = make("article", undefined, make("h2", error.message), make("code", where));
    if (error.excerpt) {
      const { number, before, marked, after } = error.excerpt;
      made.append(make("pre", undefined, make("i", number), before, make("mark", marked || " "), after));
    }
    made.append(make("p", error.help));
    return made;
  }

  function unfold() {
    const title = make("h1", trouble.title);
    title.tabIndex = -1;
    // Without a digest there is no page below.
    const note = make("p", [trouble.note, digest && trouble.below].filter(Boolean).join(" "));
    note.className = "note";
    const close = make("button", trouble.close);
    close.addEventListener("click", fold);
    const box = make("div", undefined, title, note, ...trouble.errors.map(article), ...(digest ? [close] : []));
    box.className = "box";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", trouble.title);
    const veil = make("div", undefined, box);
    veil.className = "veil";
    place.replaceChildren(veil);
    title.focus();
  }

  function fold() {
    const tab = make("button", trouble.title);
    tab.className = "tab";
    tab.addEventListener("click", unfold);
    place.replaceChildren(tab);
    tab.blur();
  }

  /** @param {any} now */
  function show(now) {
    const same = JSON.stringify(now) === JSON.stringify(trouble);
    trouble = now;
    // Hearing again that all is well must not take away the way to the changed slide.
    if (!same && now) unfold();
    else if (!same) place.replaceChildren();
    host.dataset.state = now ? "broken" : "good";
  }

  /** @param {string[]} ids */
  function point(ids) {
    const now = decodeURIComponent(location.hash.slice(1)).replace(/\.\d+$/, "");
    if (!ids.length || ids.includes(now)) return;
    const link = make("button", `→ ${document.querySelector(`[id="${CSS.escape(ids[0])}"] .title`)?.textContent || ids[0]}`);
    link.className = "tab";
    link.addEventListener("click", () => {
      link.remove();
      location.hash = `#${encodeURIComponent(ids[0])}`;
    });
    setTimeout(() => link.remove(), 8000);
    place.append(link);
  }

  const badge = /** @type {HTMLElement} */ (shadow.querySelector(".badge"));
  let overflow = "";
  let waiting = 0;
  /** Marks a slide that does not fit, as soon as it stands still. */
  function measure() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      const shown = [...document.querySelectorAll(".slide[id]")].filter((slide) => slide.getBoundingClientRect().height > 0);
      const [found] = shown.length === 1 ? /** @type {any} */ (window).kejianMeasure.overflow(shown[0]) : [];
      badge.hidden = !found;
      badge.textContent = found ? `${overflow.replace("{n}", found.value)} · ${found.text}` : "";
    });
  }
  if (Object.keys(slides).length) {
    // Every way to another slide and every picture that arrives changes the page somehow.
    new MutationObserver(measure).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["class", "inert", "src", "data-aspect"] });
    addEventListener("resize", measure);
    addEventListener("load", measure);
  }

  /** @type {EventSource | null} */
  let source = null;
  function listen() {
    if (source) return;
    source = new EventSource(`/.kejian/live?page=${encodeURIComponent(page)}`);
    source.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      overflow = state.overflow;
      if (state.digest === digest) show(state.trouble);
      else location.reload();
    });
  }
  // A browser opens only six connections to one place: a page that is not seen gives its own up
  // and asks again when it is.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") listen();
    else {
      source?.close();
      source = null;
    }
  });
  // Gone with the page, before the browser keeps it for going back.
  addEventListener("pagehide", () => {
    source?.close();
    source = null;
  });
  addEventListener("pageshow", listen);
  document.documentElement.append(host);
  const news = changed();
  addEventListener("load", () => point(news));
  if (document.visibilityState === "visible") listen();
})();
