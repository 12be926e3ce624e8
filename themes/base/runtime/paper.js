// Pages to be printed: the button prints.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;
  const start = () => document.querySelector("[data-print]")?.addEventListener("click", () => print());
  for (const page of ["handout", "notes", "sheet"]) kejian.register(page, start);
})();
