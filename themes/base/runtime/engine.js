// The engine in the page: the same code as in the terminal, as WebAssembly. It is opened when it
// is first asked for; a page that may never need it (the front page) fetches it only then.
"use strict";

(() => {
  /** The module as base64 of its gzip, as the site's engine script leaves it. */
  async function packed() {
    const here = () => /** @type {any} */ (window).kejianEngine;
    if (!here()) {
      await new Promise((done, failed) => document.head.append(kejian.make("script", { src: kejian.data.engine, onload: done, onerror: failed })));
    }
    return Uint8Array.from(atob(here()), (c) => c.charCodeAt(0));
  }

  async function open() {
    const stream = new Blob([await packed()]).stream().pipeThrough(new DecompressionStream("gzip"));
    const module = await WebAssembly.instantiate(await new Response(stream).arrayBuffer());
    const { memory, allocate, call } = /** @type {any} */ (module.instance.exports);

    return (/** @type {object} */ request) => {
      const bytes = new TextEncoder().encode(JSON.stringify(request));
      const at = allocate(bytes.length);
      new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
      const answer = BigInt.asUintN(64, call(at, bytes.length));
      const start = Number(answer >> 32n);
      const length = Number(answer & 0xffffffffn);
      const text = new TextDecoder().decode(new Uint8Array(memory.buffer, start, length));
      return JSON.parse(text);
    };
  }

  /** @type {Promise<Call> | null} */
  let opened = null;
  Object.defineProperty(kejian, "engine", {
    get() {
      if (!opened) {
        opened = open();
        // Who needs it awaits it and says so; nobody else should hear of it.
        opened.catch(() => {});
      }
      return opened;
    },
  });
  // Where its script stands beside this one, the page is going to need it.
  if (/** @type {any} */ (window).kejianEngine) void kejian.engine;
})();
