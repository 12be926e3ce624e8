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
    // Some give it and refuse to write.
    disk.setItem(prefix, "");
    disk.removeItem(prefix);
  } catch {
    disk = null;
    readHash();
  }

  let lasting = disk !== null;

  /** Without localStorage: what an earlier load of this page left in the hash. */
  function readHash() {
    const [place, packed] = location.hash.slice(1).split(mark);
    if (!packed) return;
    try {
      const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
      Object.assign(memory, JSON.parse(new TextDecoder().decode(bytes)));
      // The page is to be where the rest of the address says.
      location.replace(`#${place}`);
    } catch {
      // Cut off or foreign: start afresh.
    }
  }

  /** Without localStorage: everything in memory, to go into a hash after the place. */
  function pack() {
    const bytes = new TextEncoder().encode(JSON.stringify(memory));
    if (disk || bytes.length > longest || bytes.length < 3) return "";
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return mark + btoa(binary);
  }

  function writeHash() {
    try {
      history.replaceState(null, "", `#${location.hash.slice(1).split(mark)[0]}${pack()}`);
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
      // Full: the page still has it until it closes, and says so.
      lasting = false;
      dispatchEvent(new Event("unkept"));
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
    lasting: () => lasting,
    pack,
    /** Another window of the same page has written: what it wrote is newer than what we show. */
    onChange(name, tell) {
      addEventListener("storage", (event) => {
        if (event.key === prefix + name && event.newValue !== null && !document.hasFocus()) tell();
      });
    },
  };
})();
