// What the learner did, kept on this device: in memory first, then in localStorage if it may be
// used (a sandboxed frame forbids it), never anywhere else.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const prefix = `kejian:${kejian.data.course}:`;
  /** @type {Record<string, string>} */
  const memory = {};

  /** @returns {Storage | null} */
  function disk() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  /** @param {string} name */
  function raw(name) {
    if (name in memory) return memory[name];
    try {
      return disk()?.getItem(prefix + name) ?? null;
    } catch {
      return null;
    }
  }

  const storage = {
    /**
     * The value kept under a name; null if there is none or it is damaged.
     * @param {string} name
     */
    get(name) {
      const text = raw(name);
      if (!text) return null;
      try {
        return JSON.parse(text);
      } catch {
        return null;
      }
    },
    /** @param {string} name @param {unknown} value */
    set(name, value) {
      const text = JSON.stringify(value);
      memory[name] = text;
      try {
        disk()?.setItem(prefix + name, text);
      } catch {
        // Full or forbidden: the page still has it until it closes.
      }
    },
    /** @param {string} name */
    remove(name) {
      delete memory[name];
      try {
        disk()?.removeItem(prefix + name);
      } catch {
        // Nothing was kept.
      }
    },
    /** Every name that has a value. */
    names() {
      const names = new Set(Object.keys(memory));
      try {
        const kept = disk();
        for (let at = 0; kept && at < kept.length; at += 1) {
          const key = kept.key(at) || "";
          if (key.startsWith(prefix)) names.add(key.slice(prefix.length));
        }
      } catch {
        // Only what is in memory.
      }
      return [...names].sort();
    },
  };
  kejian.storage = storage;
})();
