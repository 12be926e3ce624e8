// The learner's own table: chosen or pasted, judged in the same table as the exercise's, worked
// out by the same rules. All of it happens on this device.
"use strict";

(() => {
  const { make, word, text } = kejian;

  /** A file's text: UTF-8, or GB18030 as spreadsheets in China save it. @param {ArrayBuffer} bytes */
  function decode(bytes) {
    const start = new Uint8Array(bytes.slice(0, 2));
    const wide = start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "";
    try {
      return new TextDecoder(wide || "utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("gb18030").decode(bytes);
    }
  }

  /** A cell as spreadsheets read it; what looks like a formula is kept from being one. @param {string} cell */
  function quoted(cell) {
    const safe = /^[=@\t\r]|^[+-](?![\d.]+%?$)/.test(cell) ? `'${cell}` : cell;
    return /[,"\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  /** @param {string[][]} lines @param {string} name */
  function download(lines, name) {
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    const csv = `\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
    const url = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  const rowName = (/** @type {any} */ row) => (/^r\d+$/.test(row.id) && row.name ? text(row.name) : kejian.parts.called.whole(row));

  /** @param {any} result @param {any} finding */
  function finding(result, finding) {
    const { line, column, header, cell } = finding;
    let place = "";
    if (cell) {
      const stage = (result.fill || []).find((/** @type {any} */ it) => it.id === finding.stage) || { columns: [] };
      const [row, id] = cell.split(".");
      const titled = stage.columns.find((/** @type {any} */ it) => it.id === id);
      place = `${row} ${titled ? text(titled.title) : id}`;
    } else if (line !== undefined) place = column === undefined ? word("practice.own_line", { line }) : word("practice.own_line_column", { line, column: header || column });
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
    return make("section", {}, make("h4", { html: title }), make("div", { className: "scroll work-scroll", tabIndex: 0, role: "region", "aria-label": text(title) },
      make("table", { className: "work-table" }, make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col", html: head })))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, at) => make(at ? "td" : "th", at ? {} : { scope: "row" }, cell))))))));
  }

  /** What another weight or number would change, in a sentence each. @param {any} result */
  function sensitivity(result) {
    if (!result.sensitivity.length) return null;
    return make("section", { className: "own-sensitivity" }, make("h4", {}, word("practice.own_sensitivity")), make("ul", {}, ...result.sensitivity.map((/** @type {any} */ change) => {
      const changed = change.rows.filter((/** @type {any} */ row) => row.changed);
      const said = changed.map((/** @type {any} */ row) => word("practice.own_change", { name: rowName(row), base: cellText(row.base), value: cellText(row.value) })).join(word("practice.semicolon"));
      return make("li", {}, make("b", { html: `${change.title} ` }), changed.length ? `${word("practice.own_changes", { n: changed.length, all: change.rows.length })}${said}` : word("practice.own_stable"));
    })));
  }

  /** Every row with what the stages made of it, by place. @param {any} result */
  function lines(result) {
    const stages = result.stages.filter((/** @type {any} */ stage) => stage.rows.length);
    const columns = stages.map((/** @type {any} */ stage) => stage.columns.filter((/** @type {any} */ it) => it.asked));
    const first = stages[0] ? stages[0].rows : [];
    const place = (/** @type {string} */ id) => {
      const at = result.ranked.findIndex((/** @type {any} */ row) => row.id === id);
      return at < 0 ? first.length : at;
    };
    const body = first.map((/** @type {any} */ row) => [row.id, text(row.name || row.id), ...stages.flatMap((/** @type {any} */ stage, /** @type {number} */ at) => {
      const same = stage.rows.find((/** @type {any} */ it) => it.id === row.id);
      return columns[at].map((/** @type {any} */ it) => (same ? cellText(same.cells[it.id]) : ""));
    })]);
    body.sort((/** @type {string[]} */ a, /** @type {string[]} */ b) => place(a[0]) - place(b[0]));
    return [["id", word("practice.row"), ...columns.flat().map((/** @type {any} */ it) => text(it.title))], ...body];
  }

  /** @param {any} result */
  function results(result) {
    const faulty = new Set(result.findings.map((/** @type {any} */ it) => it.row).filter(Boolean));
    const name = (/** @type {any} */ row) => (faulty.has(row.id) ? make("span", {}, rowName(row), make("span", { className: "own-faulty", title: word("practice.own_faulty") }, " ⚠", make("span", { className: "unseen" }, word("practice.own_faulty")))) : rowName(row));
    const valued = result.ranked.some((/** @type {any} */ row) => row.value !== undefined);
    const parts = [make("h3", { className: "own-count", tabIndex: -1 }, word("practice.own_rows", { n: result.rows })),
      table(word("practice.own_ranked"), [word("practice.row"), word("practice.own_place"), ...(valued ? [word("practice.value")] : [])],
        result.ranked.map((/** @type {any} */ row) => [name(row), cellText(row.place), ...(valued ? [cellText(row.value)] : [])])),
      table(word("practice.own_out"), [word("practice.row"), word("practice.own_reasons")], result.knocked_out.map((/** @type {any} */ row) => [name(row), row.reasons.map(text).join(word("practice.semicolon")) || word("practice.own_unknown")])),
      sensitivity(result)];
    for (const stage of result.stages) {
      const asked = stage.columns.filter((/** @type {any} */ it) => it.asked);
      parts.push(table(stage.title, [word("practice.row"), ...asked.map((/** @type {any} */ it) => `${it.title}${it.unit ? ` <small>${it.unit}</small>` : ""}`)],
        stage.rows.map((/** @type {any} */ row) => [name(row), ...asked.map((/** @type {any} */ it) => cellText(row.cells[it.id]))])));
      // Results about rows of the exercise say nothing of one's own.
      const told = stage.results.filter((/** @type {any} */ it) => cellText(stage.values[it.id]) !== "—");
      if (told.length) parts.push(make("dl", { className: "given-list" }, ...told.map((/** @type {any} */ it) => make("div", {}, make("dt", { html: it.title }), make("dd", {}, cellText(stage.values[it.id]))))));
    }
    parts.push(make("p", { className: "buttons" }, make("button", { type: "button", className: "own-save", onclick: () => download(lines(result), `${kejian.data.id}.csv`) }, word("practice.own_save"))));
    return parts;
  }

  /** @param {any} own */
  function template(own) {
    const named = own.columns.find((/** @type {any} */ it) => it.id === "name");
    const at = Math.max(0, own.header.indexOf(named ? named.title : "name"));
    const example = own.example.map((/** @type {string} */ it, /** @type {number} */ place) => (place === at ? word("practice.own_example", { name: text(it) }) : text(it)));
    download([own.header.map(text), example], `${kejian.data.id}-template.csv`);
  }

  /** @param {any} session @param {any} own @param {string} place where it is kept */
  function desk(session, own, place) {
    const kept = { csv: "", answers: /** @type {any} */ ({}), ...kejian.storage.get(place) };
    const out = make("div", { className: "own-out" });
    const findings = make("section", { className: "own-findings", hidden: true });
    const fill = make("section", { className: "own-fill" });
    const shown = make("section", { className: "own-results" });
    /** @type {any[]} */
    let works = [];
    /** @type {any} */
    let later = 0;
    const keep = () => kejian.storage.set(place, kept);
    const ask = () => session.call({ op: "practice.own", exercise: kejian.data.exercise, csv: kept.csv, answers: kept.answers });

    /** @param {any} result */
    function tell(result) {
      const list = result.findings;
      findings.hidden = !list.length;
      kejian.fill(findings, make("h4", {}, word("practice.own_findings")), make("ul", {}, ...list.map((/** @type {any} */ it) => finding(result, it))),
        list.some((/** @type {any} */ it) => it.row) ? make("p", { className: "note" }, word("practice.own_kept")) : null);
    }

    /** @param {any} result @param {boolean} focus */
    function score(result, focus) {
      kejian.fill(shown, ...results(result));
      const count = /** @type {HTMLElement} */ (shown.querySelector(".own-count"));
      if (!focus) return;
      count.focus({ preventScroll: true });
      count.scrollIntoView({ block: "start" });
    }

    /** A stage of judged columns as a table to fill. @param {any} stage */
    function board(stage) {
      const face = { results: [], ...stage, columns: stage.columns.flatMap(session.spread) };
      const open = new Set(stage.open);
      const mine = () => kept.answers[stage.id] || (kept.answers[stage.id] = {});
      const work = kejian.parts.works.table(face, {
        get: (/** @type {string} */ cell) => (cell in mine() ? mine()[cell] : stage.given[cell]),
        put(/** @type {string} */ cell, /** @type {any} */ value) {
          if (value === "" || value === null || value === undefined) delete mine()[cell];
          else mine()[cell] = value;
          keep();
          clearTimeout(later);
          later = setTimeout(() => {
            const { ok } = ask();
            if (!ok) return;
            tell(ok);
            if (shown.children.length) score(ok, false);
          }, 300);
        },
        open: (/** @type {string} */ cell) => open.has(cell),
        shown: () => undefined,
        attend() {},
      });
      works.push(work);
      return make("div", {}, make("h4", { html: stage.title }), work.element);
    }

    /** @param {boolean} focus */
    function run(focus) {
      for (const work of works) if (work.destroy) work.destroy();
      works = [];
      const { ok, error } = ask();
      if (error) {
        kejian.fill(out, make("p", { className: "note", role: "alert" }, kejian.message(error)));
        return;
      }
      kejian.fill(out, findings, fill, shown);
      tell(ok);
      kejian.fill(shown);
      const stages = ok.rows ? ok.fill || [] : [];
      const judged = stages.some((/** @type {any} */ stage) => Object.keys(kept.answers[stage.id] || {}).length);
      fill.hidden = !stages.length;
      if (stages.length) {
        kejian.fill(fill, make("h3", { tabIndex: -1 }, word("practice.own_judge")), make("p", { className: "note" }, word("practice.own_judge_about")), ...stages.map(board),
          make("p", { className: "buttons" }, make("button", { type: "button", className: "primary own-score", onclick: () => {
            const again = ask().ok;
            tell(again);
            score(again, true);
          } }, word("practice.own_run"))));
      }
      if (!ok.rows) {
        kejian.fill(shown, make("p", { className: "note", role: "alert" }, word("practice.own_no_rows")));
      } else if (!stages.length || judged) score(ok, focus && !stages.length);
      if (focus && stages.length) /** @type {HTMLElement} */ (fill.querySelector("h3")).focus();
      kejian.say(word("practice.own_rows", { n: ok.rows }));
    }
    return { kept, keep, run, element: out, clear: () => kejian.fill(out) };
  }

  /** @param {any} session */
  function ownData(session) {
    const { own, own_data: wanted } = session.face();
    if (!own) return [];
    const place = `practice/${kejian.data.id}/own`;
    const mine = desk(session, own, place);
    const { kept } = mine;
    const area = make("textarea", { id: "own-csv", rows: 5, value: kept.csv, spellcheck: false, oninput: () => take(area.value) });
    /** @param {string} csv */
    function take(csv) {
      kept.csv = csv;
      mine.keep();
    }
    const file = make("input", { type: "file", accept: ".csv,.txt,text/csv,text/plain", className: "unseen", tabIndex: -1, "aria-label": word("practice.own_file"), onchange: async () => {
      const chosen = file.files && file.files[0];
      if (!chosen) return;
      area.value = decode(await chosen.arrayBuffer());
      file.value = "";
      take(area.value);
      mine.run(true);
    } });
    const names = (/** @type {(it: any) => boolean} */ which) => own.columns.filter(which).map((/** @type {any} */ it) => text(it.title)).join(word("practice.comma"));
    const needed = names((it) => it.needed && it.id !== "name");
    const optional = names((it) => !it.needed && !it.entered && it.id !== "name");
    const judged = names((it) => it.entered);
    const box = make("details", { className: "own-data", open: Boolean(kept.csv || wanted) }, make("summary", {}, word("practice.own_data")),
      make("p", { className: "note" }, word("practice.own_about")),
      make("ul", { className: "note own-columns" }, make("li", {}, word("practice.own_named")), needed ? make("li", {}, word("practice.own_columns", { names: needed })) : null,
        optional ? make("li", {}, word("practice.own_optional", { names: optional })) : null, judged ? make("li", {}, word("practice.own_judged", { names: judged })) : null),
      make("p", { className: "buttons" }, make("button", { type: "button", className: "own-template", onclick: () => template(own) }, word("practice.own_template")),
        make("button", { type: "button", className: "own-choose", onclick: () => file.click() }, word("practice.own_file")), file),
      make("label", { for: "own-csv" }, word("practice.own_paste")), area,
      make("p", { className: "buttons" }, make("button", { type: "button", className: "primary own-run", onclick: () => mine.run(true) }, word("practice.own_read")),
        make("button", { type: "button", className: "quiet-button", onclick: () => {
          area.value = kept.csv = "";
          kept.answers = {};
          kejian.storage.remove(place);
          mine.clear();
        } }, word("practice.own_clear"))), mine.element);
    if (kept.csv) mine.run(false);
    return [box];
  }

  kejian.parts.ownData = ownData;
})();
