// What a row is called. Its id is an address; one that looks like a code (T01, RB2, A) helps people
// to find their way, any other (`open`, 甲) is never shown where there is a name.
"use strict";

(() => {
  const { text } = kejian;
  const isCode = (/** @type {string} */ id) => /^([A-Z]{1,3}|[A-Za-z]{1,3}[-.]?\d{1,4}[a-z]?)$/.test(id);
  /** The name, where it says more than the id. @param {any} row */
  const named = (row) => (row.name && row.name !== row.id ? row.name : "");

  kejian.parts.called = {
    /** Its code; empty where the name stands for itself. @param {any} row @returns {string} */
    code: (row) => (row.id && (isCode(row.id) || !named(row)) ? row.id : ""),
    /** Its name as markup; empty where there is only the id. @param {any} row @returns {string} */
    name: named,
    /** The shortest that tells it from others, in plain words. @param {any} row @returns {string} */
    brief: (row) => (isCode(row.id) || !named(row) ? row.id : text(named(row))),
    /** Code and name in plain words; a name often begins with its code (“H5 Boiling”). @param {any} row @returns {string} */
    whole(row) {
      const name = text(named(row));
      return !name ? row.id : isCode(row.id) && name !== row.id && !name.startsWith(`${row.id} `) ? `${row.id} ${name}` : name;
    },
  };
})();
