//! Every exercise of the course from end to end: with the keyboard alone on a laptop, and by
//! tapping on a phone. What the expert would answer is worked out in the page.

use crate::{Outcome, Studio, assert_sound, keyboard};
use kejian::chromium::{Error, Page, Screen};
use serde_json::{Value, json};

/// Puts `expert[stage][cell]` on the page: what the expert would enter. Cells without a value are
/// left out, because saying nothing is right there.
const EXPERT: &str = "(async () => {
    const call = await kejian.engine;
    const exercise = kejian.data.exercise;
    const face = call({ op: 'practice.face', exercise }).ok;
    const solved = call({ op: 'practice.worked', exercise, id: kejian.data.id }).ok;
    const graded = call({ op: 'practice.grade', exercise, answers: {} }).ok;
    const round = (value) => Math.round(value * 1e6) / 1e6;
    window.expert = {};
    for (const stage of face.stages) {
        const worked = solved.stages.find((it) => it.id === stage.id);
        const cells = graded.stages.find((it) => it.id === stage.id).cells;
        const columns = [...(stage.columns || []), ...(stage.results || [])];
        const mine = (expert[stage.id] = {});
        for (const cell of stage.open) {
            const at = cell.indexOf('.');
            const [head, rest] = [cell.slice(0, at), cell.slice(at + 1)];
            const row = at < 0 ? worked.results : worked.rows.find((it) => it.id === head) || {};
            const key = at < 0 ? cell : rest;
            let value = row[key];
            if (value === undefined) value = (cells.find((it) => it.cell === cell) || {}).expected;
            if (value === undefined) continue;
            const column = columns.find((it) => it.id === key || key.startsWith(`${it.id}.`));
            if (typeof value === 'number') value = round(column && column.percent ? value * 100 : value);
            mine[cell] = value;
        }
    }
    return face.stages.map((it) => [it.id, it.kind]);
})()";

/// What has the focus, and what the expert would do with it.
const FOCUS: &str = "(() => {
    const on = document.activeElement;
    const stage = expert[document.querySelector('.stage').dataset.stage];
    const dialog = on.closest('dialog');
    const card = on.closest('.placing') && on.classList.contains('card') ? on.parentElement.dataset.item : null;
    if (card) {
        const period = document.querySelector('.periods [aria-current]')?.textContent.split(' ')[0];
        const target = stage[period ? `${period}.${card}` : `${card}.answer`];
        const boxes = [...on.closest('.placing').querySelectorAll('.box')].map((it) => it.dataset.box);
        const now = on.closest('.box')?.dataset.box;
        return { kind: 'card', done: now === target, key: String(boxes.indexOf(target) + 1) };
    }
    if (on.classList.contains('order-item')) {
        const ids = [...document.querySelectorAll('.order li')].map((it) => it.dataset.id);
        const at = stage.order.findIndex((id, place) => ids[place] !== id);
        if (at < 0) return { kind: 'other' };
        return { kind: 'order', here: ids.indexOf(on.closest('li').dataset.id), from: ids.indexOf(stage.order[at]), to: at };
    }
    if (on.matches('[data-check]')) return { kind: 'check' };
    if (on.classList.contains('next-period')) return { kind: 'period' };
    const question = on.closest('.stage-question') && !on.closest('.principle');
    const cell = dialog ? window.cell : on.closest('[data-cell]')?.dataset.cell ?? (question ? 'answer' : null);
    if (cell === null || cell === undefined) return { kind: 'other' };
    window.cell = cell;
    const value = stage[cell];
    if (on.classList.contains('set-button')) return { kind: 'set', done: value === undefined || !on.classList.contains('empty') };
    // A pick may ask for an order: tick the next one only, and go round until all are ticked.
    const ticked = [...(on.closest('.checks, dialog') || document).querySelectorAll('label[data-id] input:checked')].length;
    const right = Array.isArray(value) ? value : [];
    if (dialog && on.classList.contains('primary')) return { kind: ticked < right.length ? 'other' : 'done' };
    if (on.matches('input[type=checkbox]')) {
        const should = on.classList.contains('none') ? Array.isArray(value) && !value.length : right.includes(on.value);
        const later = should && !on.checked && right.length && right[ticked] !== on.value;
        return { kind: 'box', done: later || on.checked === should };
    }
    if (on.matches('input[type=radio]')) {
        const group = [...document.getElementsByName(on.name)].map((it) => it.value);
        return { kind: 'radio', done: value === undefined || (on.checked && on.value === String(value)), steps: group.indexOf(String(value)) - group.indexOf(on.value) };
    }
    if (on.matches('select')) {
        const values = [...on.options].map((it) => it.value);
        return { kind: 'select', steps: value === undefined ? 0 : values.indexOf(String(value)) - on.selectedIndex };
    }
    if (on.matches('input, textarea')) return { kind: 'field', text: value === undefined || on.value ? '' : Array.isArray(value) ? value.join('\\n') : String(value) };
    return { kind: 'other' };
})()";

fn opened(studio: &Studio, screen: Screen, exercise: &str) -> Result<(Page, Vec<String>), Error> {
    let page = studio.page_on(screen, &format!("practice/{exercise}.html"))?;
    page.wait("document.querySelector('.stage[data-stage]')")?;
    let stages = page.evaluate(EXPERT)?;
    let stages = stages.as_array().cloned().unwrap_or_default();
    Ok((page, stages.iter().filter_map(|it| it[0].as_str().map(str::to_owned)).collect()))
}

/// Ids of all exercises of the course.
fn exercises(studio: &Studio) -> Result<Vec<String>, Error> {
    let page = studio.page("index.html")?;
    let ids = page.evaluate("kejian.data.exercises.map((it) => it.id)")?;
    let ids: Vec<String> = ids
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|id| Some(id.as_str()?.to_owned()))
        .collect();
    assert!(ids.len() >= 7, "{ids:?}");
    Ok(ids)
}

/// Works a stage with the keyboard alone, from its heading to the check.
fn by_keyboard(page: &Page) -> Outcome {
    page.evaluate("document.querySelector('#stage-title').focus()")?;
    for _ in 0..4000 {
        page.press("Tab")?;
        let focus = page.evaluate(FOCUS)?;
        let done = focus["done"] == true;
        let steps = focus["steps"].as_i64().unwrap_or(0);
        match focus["kind"].as_str().unwrap_or_default() {
            "card" => {
                // Placing one takes up the next: press on until the focus stays on a placed one.
                let mut focus = focus;
                while focus["kind"] == "card" && focus["done"] != true {
                    page.press(focus["key"].as_str().unwrap_or_default())?;
                    focus = page.evaluate(FOCUS)?;
                }
            }
            "order" => keyboard::order(page, FOCUS)?,
            "period" => page.press("Enter")?,
            "set" if !done => {
                // The list opens with its first box in focus.
                page.press("Enter")?;
                page.wait(
                    "document.querySelector('.set-dialog[open] input') === document.activeElement",
                )?;
                let first = page.evaluate(FOCUS)?;
                if first["done"] != true {
                    page.press("Space")?;
                }
            }
            "done" => page.press("Enter")?,
            "box" if !done => page.press("Space")?,
            "radio" if !done => match steps {
                0 => page.press("Space")?,
                steps => keyboard::times(
                    page,
                    if steps > 0 { "ArrowDown" } else { "ArrowUp" },
                    steps.abs(),
                )?,
            },
            "select" => {
                keyboard::times(
                    page,
                    if steps > 0 { "ArrowDown" } else { "ArrowUp" },
                    steps.abs(),
                )?;
            }
            "field" => page.type_text(focus["text"].as_str().unwrap_or_default())?,
            "check" => return page.press("Enter"),
            _ => {}
        }
    }
    Err(Error::Page("the check was never reached".to_owned()))
}

/// Full marks are on the page.
fn assert_full(page: &Page, what: &str) -> Outcome {
    page.wait("document.querySelector('.verdict:not(.stale)')")?;
    let said = page.evaluate("(() => {
        const kept = kejian.storage.get(`practice/${kejian.data.id}`);
        const done = kept.works['/'].checked[kept.stage];
        const off = [...document.querySelectorAll('.wrong, .blank, .malformed')].map((it) => it.dataset.cell || it.dataset.id).filter(Boolean);
        return { lost: done.max - done.marks, off };
    })()")?;
    assert!(said["lost"].as_f64().is_some_and(|lost| lost.abs() < 1e-9), "{what}: {said}");
    Ok(())
}

#[test]
fn with_the_keyboard_alone() -> Outcome {
    let studio = Studio::open();
    for exercise in exercises(&studio)? {
        let (page, stages) = opened(&studio, Screen::LAPTOP, &exercise)?;
        for (at, stage) in stages.iter().enumerate() {
            page.wait(&format!("document.querySelector('.stage').dataset.stage === '{stage}'"))?;
            by_keyboard(&page)?;
            assert_full(&page, &format!("{exercise} {stage}"))?;
            if at + 1 < stages.len() {
                page.press("Tab")?;
                page.press("Enter")?;
            }
        }
        assert_sound(&page)?;
    }
    Ok(())
}

/// Answers one cell by tapping; what is typed is typed.
fn tap_cell(page: &Page, cell: &str, value: &Value) -> Outcome {
    let place = format!("[data-cell=\"{cell}\"]");
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let kind = page.text(&format!(
        "(() => {{ const it = document.querySelector('{place}'); return ['.set-button', '.checks', '.pills', 'select', 'input, textarea'].find((kind) => it.querySelector(kind)) || ''; }})()"
    ))?;
    let tick = |within: &str| -> Outcome {
        let ids = value.as_array().cloned().unwrap_or_default();
        if ids.is_empty() {
            return page.tap(&format!("{within} .none"));
        }
        ids.iter().try_for_each(|id| page.tap(&format!("{within} input[value=\"{}\"]", text(id))))
    };
    match kind.as_str() {
        ".set-button" => {
            page.tap(&format!("{place} .set-button"))?;
            page.wait("document.querySelector('.set-dialog[open]')")?;
            tick(".set-dialog")?;
            page.tap(".set-dialog .primary")?;
            page.wait("!document.querySelector('.set-dialog')")
        }
        ".checks" => tick(&place),
        ".pills" => page.tap(&format!("{place} input[value=\"{}\"]", text(value))),
        "select" => page
            .evaluate(&format!(
                // The list that opens is the phone's own.
                "(() => {{ const it = document.querySelector('{place} select'); it.value = {}; it.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()",
                json!(text(value))
            ))
            .map(|_| ()),
        _ => {
            let field = format!("{place} :is(input, textarea)");
            page.tap(&field)?;
            page.type_text(&text(value))
        }
    }
}

/// Works a stage by tapping.
fn by_tap(page: &Page, stage: &str) -> Outcome {
    let answers = page.evaluate(&format!("expert[{}]", json!(stage)))?;
    let kind = page.text("document.querySelector('.stage').classList[1]")?;
    let place = |card: &str, value: &Value| -> Outcome {
        page.tap(&format!(".pool [data-item=\"{card}\"] .card"))?;
        let box_at = page.evaluate(&format!(
            "[...document.querySelectorAll('.box')].findIndex((it) => it.dataset.box === {value})"
        ))?;
        page.tap(&format!(".box-bar > :nth-child({})", box_at.as_u64().unwrap_or(0) + 1))
    };
    for (cell, value) in answers.as_object().into_iter().flatten() {
        let (head, rest) = cell.split_once('.').unwrap_or((cell, ""));
        match kind.as_str() {
            "bins" => place(head, value)?,
            "pipeline" => {
                let tab = format!(
                    "[...document.querySelectorAll('.periods button')].findIndex((it) => it.textContent.split(' ')[0] === '{head}')"
                );
                let at = page.evaluate(&tab)?.as_u64().unwrap_or(0) + 1;
                if page.evaluate(&format!("document.querySelector('.periods [aria-current]').textContent.split(' ')[0] !== '{head}'"))? == true {
                    page.tap(&format!(".periods button:nth-child({at})"))?;
                }
                place(rest, value)?;
            }
            "question" => page.tap(&format!(
                ".stage-question input[value=\"{}\"]",
                value.as_str().unwrap_or_default()
            ))?,
            "order" => {
                // Tap an item, then its new place.
                for (to, id) in value.as_array().into_iter().flatten().enumerate() {
                    let there = page.text(&format!(
                        "document.querySelectorAll('.order li')[{to}].dataset.id"
                    ))?;
                    if Some(there.as_str()) != id.as_str() {
                        page.tap(&format!(
                            ".order [data-id=\"{}\"] .order-item",
                            id.as_str().unwrap_or_default()
                        ))?;
                        page.tap(&format!(".order [data-id=\"{there}\"] .order-item"))?;
                    }
                }
            }
            _ => {
                let here = format!("Boolean(document.querySelector('[data-cell=\"{cell}\"]'))");
                while page.evaluate(&here)? != true {
                    page.tap(".next-record")?;
                }
                tap_cell(page, cell, value)?;
            }
        }
    }
    page.tap("[data-check]")
}

#[test]
fn by_tapping_on_a_phone() -> Outcome {
    let studio = Studio::open();
    for exercise in exercises(&studio)? {
        let (page, stages) = opened(&studio, Screen::PHONE, &exercise)?;
        for (at, stage) in stages.iter().enumerate() {
            page.wait(&format!("document.querySelector('.stage').dataset.stage === '{stage}'"))?;
            by_tap(&page, stage)?;
            assert_full(&page, &format!("{exercise} {stage}"))?;
            if at + 1 < stages.len() {
                page.tap(".verdict a.primary")?;
            }
        }
        assert_sound(&page)?;
    }
    Ok(())
}
