// What the learner did, kept on this device: in memory first, then in localStorage. A sandboxed
// frame forbids that; there the address's hash carries it over a reload as long as it is short.
"use strict";

kejian.storage = (() => {
  const prefix = `kejian:${kejian.data.course}:`;
  const mark = "~";
  const longest = 60000;
  /** @type {Record<string, string | null>} */
  const memory = {};

  /** @type {Storage | null} */
  let disk = null;
  try {
    disk = window.localStorage;
    disk.getItem(prefix);
  } catch {
    disk = null;
    readHash();
  }

  /** Without localStorage: what an earlier load of this page left in the hash. */
  function readHash() {
    const [place, packed] = location.hash.slice(1).split(mark);
    if (!packed) return;
    try {
      const bytes = Uint8Array.from(atob(decodeURIComponent(packed)), (c) => c.charCodeAt(0));
      Object.assign(memory, JSON.parse(new TextDecoder().decode(bytes)));
      history.replaceState(null, "", `#${place}`);
    } catch {
      // Cut off or foreign: start afresh.
    }
  }

  /** Without localStorage: everything in memory goes into the hash, after the place. */
  function writeHash() {
    const bytes = new TextEncoder().encode(JSON.stringify(memory));
    if (bytes.length > longest) return;
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    const place = location.hash.slice(1).split(mark)[0];
    try {
      history.replaceState(null, "", `#${place}${mark}${encodeURIComponent(btoa(binary))}`);
    } catch {
      // A srcdoc frame has no address of its own: memory it is.
    }
  }

  /** @param {string} name */
  function raw(name) {
    if (name in memory) return memory[name];
    try {
      return disk ? disk.getItem(prefix + name) : null;
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {string | null} text */
  function put(name, text) {
    memory[name] = text;
    try {
      if (!disk) writeHash();
      else {
        if (text === null) disk.removeItem(prefix + name);
        else disk.setItem(prefix + name, text);
        // Kept where other windows see it; memory would hide what they write.
        delete memory[name];
      }
    } catch {
      // Full: the page still has it until it closes.
    }
  }

  return {
    /** The value kept under a name; null if there is none or it is damaged. */
    get(name) {
      const text = raw(name);
      if (!text) return null;
      try {
        return JSON.parse(text);
      } catch {
        return null;
      }
    },
    /** What is kept under a name as it stands, damaged or not. */
    text: (name) => raw(name) || "",
    set: (name, value) => put(name, JSON.stringify(value)),
    remove: (name) => put(name, null),
    /** Every name that has a value, sorted. */
    names() {
      const names = new Set(Object.keys(memory).filter((name) => memory[name] !== null));
      try {
        for (let at = 0; disk && at < disk.length; at += 1) {
          const key = disk.key(at) || "";
          if (key.startsWith(prefix)) names.add(key.slice(prefix.length));
        }
      } catch {
        // Only what is in memory.
      }
      return [...names].sort();
    },
    lasting: () => disk !== null,
    /** Another window of the same page has written: what it wrote is newer than what we show. */
    onChange(name, tell) {
      addEventListener("storage", (event) => {
        if (event.key === prefix + name && event.newValue !== null && !document.hasFocus()) tell();
      });
    },
  };
})();
