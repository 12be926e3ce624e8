// What a page has kept, read by the engine: older, newer or damaged, what can be read of it stays.
"use strict";

/**
 * @param {Call} call
 * @param {string} name
 */
kejian.parts.kept = (call, name) => {
  const text = kejian.storage.text(name);
  const { progress, dropped } = call({ op: "progress.read", progress: text || null }).ok;
  // The page is going to write over it; someone may still make something of the rest.
  if (text && dropped.length) kejian.storage.set(`damaged/${name}`, text);
  return progress;
};
