// The learner's own table: chosen or pasted, read and worked out on this device by the same rules.
"use strict";

(() => {
  const { make, word, text } = kejian;

  /** A file's text: UTF-8, or GB18030 as spreadsheets in China save it. @param {ArrayBuffer} bytes */
  function decode(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("gb18030").decode(bytes);
    }
  }

  /** @param {any} finding */
  function finding(finding) {
    const place = finding.line === undefined ? "" : finding.column === undefined ? word("practice.own_line", { line: finding.line }) : word("practice.own_line_column", { line: finding.line, column: finding.column });
    return make("li", {}, place ? make("b", {}, `${place} `) : null, kejian.message(finding));
  }

  /** @param {any} cell */
  function cellText(cell) {
    if (cell === undefined || cell === null) return "—";
    if (typeof cell === "number") return kejian.figure(cell);
    return text(typeof cell === "object" ? cell.text : String(cell)) || "—";
  }

  /** @param {string} title @param {string[]} heads @param {(string | Node)[][]} rows */
  function table(title, heads, rows) {
    if (!rows.length) return null;
    return make("section", {}, make("h3", { html: title }), make("div", { className: "scroll work-scroll", tabIndex: 0, role: "region", "aria-label": text(title) },
      make("table", { className: "work-table" }, make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col", html: head })))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, at) => make(at ? "td" : "th", at ? {} : { scope: "row" }, cell))))))));
  }

  /** @param {any} result */
  function results(result) {
    const parts = [make("p", { className: "own-count" }, word("practice.own_rows", { n: result.rows }))];
    if (result.findings.length) parts.push(make("section", { className: "own-findings" }, make("h3", {}, word("practice.own_findings")), make("ul", {}, ...result.findings.map(finding))));
    const name = (/** @type {any} */ row) => [row.id, row.name && row.name !== row.id ? text(row.name) : ""].filter(Boolean).join(" ");
    const valued = result.ranked.some((/** @type {any} */ row) => row.value !== undefined);
    parts.push(table(word("practice.own_ranked"), [word("practice.row"), word("practice.own_place"), ...(valued ? [word("practice.value")] : [])],
      result.ranked.map((/** @type {any} */ row) => [name(row), cellText(row.place), ...(valued ? [cellText(row.value)] : [])])));
    parts.push(table(word("practice.own_out"), [word("practice.row"), word("practice.own_reasons")], result.knocked_out.map((/** @type {any} */ row) => [name(row), row.reasons.map(text).join(word("practice.semicolon"))])));
    for (const stage of result.stages) {
      parts.push(table(stage.title, [word("practice.row"), ...stage.columns.map((/** @type {any} */ it) => `${it.title}${it.unit ? ` <small>${it.unit}</small>` : ""}`)],
        stage.rows.map((/** @type {any} */ row) => [name(row), ...stage.columns.map((/** @type {any} */ it) => cellText(row.cells[it.id]))])));
      // Results about rows of the exercise say nothing of one's own.
      const told = stage.results.filter((/** @type {any} */ it) => cellText(stage.values[it.id]) !== "—");
      if (told.length) parts.push(make("dl", { className: "given-list" }, ...told.map((/** @type {any} */ it) => make("div", {}, make("dt", { html: it.title }), make("dd", {}, cellText(stage.values[it.id]))))));
    }
    for (const change of result.sensitivity) {
      parts.push(table(change.title, [word("practice.row"), word("practice.own_base"), word("practice.own_changed")], change.rows.filter((/** @type {any} */ row) => row.changed).map((/** @type {any} */ row) => [name(row), cellText(row.base), cellText(row.value)])));
    }
    return parts;
  }

  /** @param {any} session */
  function ownData(session) {
    const { own } = session.face();
    if (!own) return [];
    const place = `practice/${kejian.data.id}/own`;
    const kept = kejian.storage.get(place) || { csv: "" };
    const out = make("div", { className: "own-results", "aria-live": "polite" });
    const area = make("textarea", { id: "own-csv", rows: 5, value: kept.csv, spellcheck: false, oninput: () => kejian.storage.set(place, { csv: area.value }) });
    const file = make("input", { type: "file", accept: ".csv,.txt,text/csv,text/plain", className: "unseen", tabIndex: -1, "aria-label": word("practice.own_file"), onchange: async () => {
      const chosen = file.files && file.files[0];
      if (!chosen) return;
      area.value = decode(await chosen.arrayBuffer());
      file.value = "";
      kejian.storage.set(place, { csv: area.value });
      run();
    } });
    function run() {
      // What is copied from a spreadsheet stands between tabs.
      const csv = area.value.includes("\t") && !area.value.split("\n")[0].includes(",") ? area.value.split("\n").map((/** @type {string} */ line) => line.replace(/\r$/, "").split("\t").map((cell) => (/[",]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(",")).join("\n") : area.value;
      const { ok, error } = session.call({ op: "practice.own", exercise: kejian.data.exercise, csv });
      kejian.fill(out, ...(ok ? results(ok) : [make("p", { className: "note", role: "alert" }, kejian.message(error))]));
    }
    const names = (/** @type {boolean} */ needed) => own.columns.filter((/** @type {any} */ it) => Boolean(it.needed || it.entered) === needed).map((/** @type {any} */ it) => text(it.title)).join(word("practice.comma"));
    const optional = names(false);
    return [make("details", { className: "own-data", open: Boolean(kept.csv) }, make("summary", {}, word("practice.own_data")),
      make("p", { className: "note" }, word("practice.own_about")),
      make("p", { className: "note" }, word("practice.own_columns", { names: names(true) }), optional ? ` ${word("practice.own_optional", { names: optional })}` : ""),
      make("p", { className: "buttons" }, make("button", { type: "button", onclick: () => file.click() }, word("practice.own_file")), file),
      make("label", { for: "own-csv" }, word("practice.own_paste")), area,
      make("p", { className: "buttons" }, make("button", { type: "button", className: "primary own-run", onclick: run }, word("practice.own_run")),
        make("button", { type: "button", className: "quiet-button", onclick: () => {
          area.value = "";
          kejian.storage.remove(place);
          kejian.fill(out);
        } }, word("practice.own_clear"))), out)];
  }

  kejian.parts.ownData = ownData;
})();
