// Keeps the presenter's window and the audience's in step.
//
// Every message goes out on three ways at once, because each fails somewhere: BroadcastChannel,
// postMessage to the windows known here, and the storage event. What was heard already is told by
// its number. What must outlive a reload is a register (where the deck is, the screen, ink,
// counts); of two values the later one stands. A window that opens says hello and is told all
// registers. The audience listens to presenters only, so two people reading the same deck in two
// tabs do not disturb each other.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const name = `kejian-sync:${kejian.data.course}:${kejian.data.chapter}`;
  /** How long without a word from the other window counts as lost, in milliseconds. */
  const LOST = 4000;

  /** @typedef {{ kind: string, id: string, value: any, clock: number, by: string }} Register */

  kejian.deck.add((/** @type {any} */ deck) => {
    const me = Math.random().toString(36).slice(2);
    const role = deck.presenter ? "presenter" : "audience";
    /** @type {Map<string, Register>} */
    const registers = new Map();
    /** @type {Map<string, number>} */
    const heard = new Map();
    /** @type {Set<any>} */
    const windows = new Set([window.opener].filter(Boolean));
    let count = 0;
    let clock = 0;
    let seen = -Infinity;
    /** @type {BroadcastChannel | null} */
    let channel = null;
    try {
      channel = new BroadcastChannel(name);
    } catch {
      // The other two ways remain.
    }

    /** @param {string} type @param {any} body */
    function post(type, body) {
      const message = { name, from: me, role, count: (count += 1), type, body };
      channel?.postMessage(message);
      for (const other of windows) {
        try {
          if (other.closed) windows.delete(other);
          // The receiver checks who sent it; a file has no origin that could be named here.
          else other.postMessage(message, location.protocol === "file:" ? "*" : location.origin);
        } catch {
          windows.delete(other);
        }
      }
      if (type === "send" && channel) return;
      try {
        localStorage.setItem(name, JSON.stringify(message));
        localStorage.removeItem(name);
      } catch {
        // Forbidden or full.
      }
    }

    /** @param {Register} register */
    const newer = (register) => {
      const mine = registers.get(`${register.kind}/${register.id}`);
      return !mine || register.clock > mine.clock || (register.clock === mine.clock && register.by > mine.by);
    };

    /** @param {Register[]} all */
    function take(all) {
      for (const register of all) {
        if (typeof register?.kind !== "string" || !Number.isFinite(register.clock) || !newer(register)) continue;
        clock = Math.max(clock, register.clock);
        registers.set(`${register.kind}/${register.id}`, register);
        deck.heard(register.kind, register.value, register.id);
        // Another audience window may only have heard the presenter.
        if (deck.presenter) post("set", [register]);
      }
    }

    /** @param {any} message */
    function receive(message) {
      if (message?.name !== name || message.from === me || !(message.count > (heard.get(message.from) || 0))) return;
      heard.set(message.from, message.count);
      const { type, body } = message;
      if (!deck.presenter && message.role !== "presenter") return;
      if (message.role !== role) met(type !== "bye");
      if (type === "hello") post("set", here());
      if (type === "hello" || type === "ping") post("pong", null);
      if (type === "set" && Array.isArray(body)) take(body);
      if (type === "send") deck.heard(body?.kind, body?.value, body?.id);
    }

    /** All registers; where the deck is stands among them even if nobody has moved yet. */
    function here() {
      const all = [...registers.values()];
      return registers.has("at/") ? all : [{ kind: "at", id: "", value: spot(), clock: 0, by: me }, ...all];
    }

    const spot = () => ({ slide: deck.slides[deck.at].id, step: deck.step });

    /** @param {boolean} there */
    function met(there) {
      seen = there ? performance.now() : -Infinity;
      deck.connection?.(there);
    }

    /** Whether a window that sends a message by hand is one of ours. @param {MessageEvent} event */
    function known(event) {
      if (event.origin !== location.origin && !(location.protocol === "file:" && event.origin === "null")) return false;
      const source = /** @type {Window | null} */ (event.source);
      if (!source) return false;
      if (windows.has(source)) return true;
      // After a reload the audience knows its presenter by the opener that this window is.
      if (source.opener !== window) return false;
      windows.add(source);
      return true;
    }

    /** Tells the other windows a value that stays. @param {string} kind @param {any} value @param {string} [id] */
    deck.share = (kind, value, id = "") => {
      clock = Math.max(clock + 1, Date.now());
      const register = { kind, id, value, clock, by: me };
      registers.set(`${kind}/${id}`, register);
      post("set", [register]);
    };
    /** Tells the other windows something that passes. @param {string} kind @param {any} value @param {string} [id] */
    deck.send = (kind, value, id = "") => post("send", { kind, value, id });
    /** Whether the other window has been heard of lately. */
    deck.connected = () => performance.now() - seen < LOST;
    /** Remembers a window opened from here. @param {Window} other */
    deck.opened = (other) => windows.add(other);

    return {
      bind() {
        if (channel) channel.onmessage = (event) => receive(event.data);
        addEventListener("message", (event) => known(event) && receive(event.data));
        addEventListener("storage", (event) => {
          if (event.key !== name || !event.newValue) return;
          try {
            receive(JSON.parse(event.newValue));
          } catch {
            // Not ours.
          }
        });
        addEventListener("pagehide", () => post("bye", null));
        addEventListener("pageshow", (event) => event.persisted && post("hello", null));
        deck.on("at", (/** @type {any} */ value) => {
          const slide = deck.find(String(value?.slide));
          if (slide >= 0 && (slide !== deck.at || value.step !== deck.step)) deck.go(slide, Number(value.step), { remote: true });
        });
        if (deck.presenter) {
          setInterval(() => {
            post("ping", null);
            deck.connection?.(deck.connected());
          }, 1500);
        }
      },
      update(_before, how) {
        if (how.quiet) {
          post("hello", null);
          // A presenter opened anew leads; one that was reloaded asks.
          const entry = /** @type {any} */ (performance.getEntriesByType("navigation")[0]);
          if (deck.presenter && location.hash && entry?.type === "navigate") deck.share("at", spot());
        } else if (!how.remote) deck.share("at", spot());
      },
    };
  });
})();
