// What a figure shows, as the engine works it out of the learner's answers, in plain words.
"use strict";

(() => {
  const { text } = kejian;
  const named = (/** @type {any[] | undefined} */ list) => (list || []).map((it) => ({ ...it, name: text(it.name === it.id ? "" : it.name) }));
  const called = (/** @type {any[] | undefined} */ list) => (list || []).map((it) => ({ ...it, name: text(it.name) }));

  /** @param {any} session @param {StageFace} stage */
  function data(session, stage) {
    const found = session.ask("practice.figures", { answers: session.work().answers }).stages.find((/** @type {any} */ it) => it.id === stage.id);
    if (!found || !found.figure) return null;
    const { figure } = found;
    const brief = (/** @type {string} */ id) => kejian.parts.called.brief((stage.items || []).find((it) => it.id === id) || { id });
    return {
      ...figure,
      kind: figure.kind || stage.figure.kind,
      title: text(figure.title),
      boxes: called(figure.boxes).map((box) => ({ ...box, items: box.items.map(brief) })),
      places: called(figure.places),
      scale: called(figure.scale),
      items: called(figure.items).map((it) => it.name),
      lines: figure.lines || [],
      rows: named(figure.rows).map((row) => ({ ...row, now: row.values || [], before: row.before || [] })),
    };
  }

  kejian.parts.figureData = data;
})();
