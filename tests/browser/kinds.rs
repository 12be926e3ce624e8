//! Every kind of question: with the keyboard alone on a laptop, by tapping on a phone, and with
//! nothing answered at all. In English, so that the English pages are seen as well.

use crate::{Outcome, Studio, assert_sound, keyboard};
use kejian::chromium::{Error, Page, Screen};
use kejian::source::Memory;
use serde_json::{Value, json};
use tempfile::TempDir;

const COURSE: &str =
    "id: kinds\ntitle: Kinds\nlanguage: en\nparts: [{title: One, chapters: [01-kinds]}]\n";
const TARGET: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><rect width="100" height="60" fill="#eee"/><circle cx="50" cy="30" r="24" fill="none" stroke="#333"/><circle cx="50" cy="30" r="12" fill="none" stroke="#333"/><circle cx="50" cy="30" r="3"/></svg>"##;

/// Puts `wanted[id]` on the page: what a learner who knows gives as an answer.
const WANTED: &str = "(async () => {
    const call = await kejian.engine;
    window.wanted = {};
    for (const question of kejian.data.quiz.questions) {
        const { solution } = call({ op: 'explain', question }).ok;
        wanted[question.id] = { essay: 'Because it has one divisor only', scale: '4' }[question.kind] ?? solution;
    }
    return kejian.data.quiz.questions.map((it) => it.kind);
})()";

/// What has the focus, and what the learner does with it.
const FOCUS: &str = "(() => {
    const on = document.activeElement;
    if (!on.closest('form.question')) return { kind: 'other' };
    if (on.matches('.actions .primary')) return { kind: 'check' };
    const id = current();
    const row = on.closest('.grid-row')?.dataset.id;
    const value = row === undefined ? wanted[id] : wanted[id][row];
    if (on.classList.contains('card')) {
        const boxes = [...document.querySelectorAll('.box')].map((it) => it.dataset.box);
        const target = value[on.parentElement.dataset.item];
        return { kind: 'card', done: on.closest('.box')?.dataset.box === target, key: String(boxes.indexOf(target) + 1) };
    }
    if (on.classList.contains('order-item')) {
        const ids = [...document.querySelectorAll('.order li')].map((it) => it.dataset.id);
        const at = value.findIndex((id, place) => ids[place] !== id);
        if (at < 0) return { kind: 'other' };
        return { kind: 'order', here: ids.indexOf(on.closest('li').dataset.id), from: ids.indexOf(value[at]), to: at };
    }
    if (on.matches('input[type=checkbox]')) return { kind: 'box', done: on.checked === value.includes(on.value) };
    if (on.matches('input[type=radio]')) {
        const group = [...document.getElementsByName(on.name)].map((it) => it.value);
        return { kind: 'radio', done: on.checked && on.value === String(value), steps: group.indexOf(String(value)) - group.indexOf(on.value) };
    }
    if (on.matches('select')) return { kind: 'select', steps: [...on.options].findIndex((it) => it.value === value[gap(on)]) - on.selectedIndex };
    if (on.matches('input, textarea')) return { kind: 'field', text: on.value ? '' : String(on.closest('.gap') ? value[gap(on)] : value) };
    return { kind: 'other' };
})()";

/// A page with the quiz of all kinds, and the kinds in their order.
fn opened(studio: &Studio, screen: Screen) -> Result<(TempDir, Page, Vec<String>), Error> {
    let world = Memory::default()
        .with("course.yaml", COURSE.as_bytes())
        .with("media/target.svg", TARGET.as_bytes())
        .with("chapters/01-kinds.yaml", &include_bytes!("kinds.yaml")[..]);
    let folder = Studio::course(&world, &kejian::compile::Options::default());
    let page = studio.blank()?;
    page.screen(screen)?;
    page.goto_file(&folder.path().join("01-kinds/quiz.html"), "")?;
    page.wait("document.querySelector('.question legend')")?;
    let kinds = page.evaluate(WANTED)?;
    page.evaluate("window.current = () => kejian.data.quiz.questions[Number(document.querySelector('.count').textContent.split('/')[0]) - 1].id; window.gap = (it) => Number(it.closest('.gap').dataset.id) - 1; 0")?;
    let kinds = kinds.as_array().cloned().unwrap_or_default();
    Ok((folder, page, kinds.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()))
}

/// Answers the question shown with the keyboard alone, from its stem to the check.
fn by_keyboard(page: &Page) -> Outcome {
    page.evaluate("document.querySelector('.question legend').focus()")?;
    for _ in 0..200 {
        page.press("Tab")?;
        let focus = page.evaluate(FOCUS)?;
        let done = focus["done"] == true;
        let steps = focus["steps"].as_i64().unwrap_or(0);
        let arrow = if steps > 0 { "ArrowDown" } else { "ArrowUp" };
        match focus["kind"].as_str().unwrap_or_default() {
            "card" => {
                let mut focus = focus;
                while focus["kind"] == "card" && focus["done"] != true {
                    page.press(focus["key"].as_str().unwrap_or_default())?;
                    focus = page.evaluate(FOCUS)?;
                }
            }
            "order" => keyboard::order(page, FOCUS)?,
            "box" if !done => page.press("Space")?,
            "radio" if !done && steps == 0 => page.press("Space")?,
            "radio" if !done => keyboard::times(page, arrow, steps.abs())?,
            "select" => keyboard::times(page, arrow, steps.abs())?,
            "field" => page.type_text(focus["text"].as_str().unwrap_or_default())?,
            "check" => return page.press("Enter"),
            _ => {}
        }
    }
    Err(Error::Page("the check was never reached".to_owned()))
}

/// Answers the question shown by tapping; what is typed is typed.
fn by_tap(page: &Page, kind: &str) -> Outcome {
    let value = page.evaluate("wanted[current()]")?;
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let tick = |within: &str, id: &Value| {
        page.tap(&format!("{within} label:has(input[value=\"{}\"])", text(id)))
    };
    match kind {
        "single" | "true_false" | "scale" => tick(".options", &value)?,
        "multiple" => {
            value.as_array().into_iter().flatten().try_for_each(|id| tick(".options", id))?;
        }
        "grid" => {
            for (row, right) in value.as_object().into_iter().flatten() {
                let row = format!(".grid-row[data-id=\"{row}\"]");
                match right.as_array() {
                    Some(ids) => ids.iter().try_for_each(|id| tick(&row, id))?,
                    None => tick(&row, right)?,
                }
            }
        }
        "match" | "categorise" => {
            for (card, target) in value.as_object().into_iter().flatten() {
                page.tap(&format!(".pool [data-item=\"{card}\"] .card"))?;
                let at = page.evaluate(&format!(
                    "[...document.querySelectorAll('.box')].findIndex((it) => it.dataset.box === {target})"
                ))?;
                page.tap(&format!(".box-bar > :nth-child({})", at.as_u64().unwrap_or(0) + 1))?;
            }
        }
        "order" | "rank" => {
            for (to, id) in value.as_array().into_iter().flatten().enumerate() {
                let there =
                    page.text(&format!("document.querySelectorAll('.order li')[{to}].dataset.id"))?;
                if there != text(id) {
                    page.tap(&format!(".order [data-id=\"{}\"] .order-item", text(id)))?;
                    page.tap(&format!(".order [data-id=\"{there}\"] .order-item"))?;
                }
            }
        }
        // The right place is the middle of the picture; of several, the list is used.
        "hotspot" if value.is_string() => page.tap(".hotspot-picture")?,
        "hotspot" => {
            value.as_array().into_iter().flatten().try_for_each(|id| tick(".hotspot", id))?;
        }
        "cloze" => {
            for (at, part) in value.as_array().into_iter().flatten().enumerate() {
                let field = format!(".gap[data-id=\"{}\"] .gap-field", at + 1);
                if page
                    .evaluate(&format!("document.querySelector('{field}').tagName === 'SELECT'"))?
                    == true
                {
                    // The list that opens is the phone's own.
                    page.evaluate(&format!("(() => {{ const it = document.querySelector('{field}'); it.value = {}; it.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()", json!(text(part))))?;
                } else {
                    page.tap(&field)?;
                    page.type_text(&text(part))?;
                }
            }
        }
        _ => {
            page.tap(".field")?;
            page.type_text(&text(&value))?;
        }
    }
    page.tap(".actions .primary")
}

/// Waits for the verdict, which must be the best that the kind has, said in words.
fn assert_right(page: &Page, kind: &str) -> Outcome {
    page.wait("document.querySelector('.feedback')")?;
    let state = page.text("document.querySelector('.feedback').classList[1]")?;
    let best = if matches!(kind, "essay" | "scale") { "unscored" } else { "right" };
    let said = page.text("document.querySelector('.question').innerText")?;
    assert_eq!(state, best, "{kind}: {said}");
    assert!(!said.contains("widget.") && !said.contains("engine."), "a word is missing: {said}");
    assert_sound(page)
}

/// Turns to question `n`.
fn at(page: &Page, n: usize) -> Outcome {
    page.wait(&format!("document.querySelector('.count').textContent.startsWith('{n} /')"))
}

#[test]
fn every_kind_is_answered_with_the_keyboard_alone() -> Outcome {
    let studio = Studio::open();
    let (_folder, page, kinds) = opened(&studio, Screen::LAPTOP)?;
    for kind in kejian_engine::question::KINDS {
        assert!(kinds.iter().any(|it| it == kind), "question kind `{kind}` is not in kinds.yaml");
    }
    for (place, kind) in kinds.iter().enumerate() {
        at(&page, place + 1)?;
        by_keyboard(&page)?;
        assert_right(&page, kind)?;
        assert_eq!(
            page.evaluate("document.activeElement.classList.contains('feedback')")?,
            true,
            "{kind}: the focus is led to what is said"
        );
        page.press("Tab")?;
        for _ in 0..8 {
            if page.evaluate("document.activeElement.matches('.actions .next')")? == true {
                break;
            }
            page.press("Tab")?;
        }
        page.press("Enter")?;
    }
    page.wait("document.querySelector('.summary')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.score.passed').length")?, 1);
    assert_sound(&page)
}

#[test]
fn every_kind_is_answered_by_tapping_on_a_phone() -> Outcome {
    let studio = Studio::open();
    let (_folder, page, kinds) = opened(&studio, Screen::PHONE)?;
    for (place, kind) in kinds.iter().enumerate() {
        at(&page, place + 1)?;
        by_tap(&page, kind)?;
        assert_right(&page, kind)?;
        page.tap(".actions .next")?;
    }
    page.wait("document.querySelector('.summary')")?;
    assert_sound(&page)
}

#[test]
fn nothing_answered_is_said_and_costs_nothing() -> Outcome {
    let studio = Studio::open();
    let (_folder, page, kinds) = opened(&studio, Screen::PHONE)?;
    for (place, kind) in kinds.iter().enumerate() {
        at(&page, place + 1)?;
        // What stands in an order is an answer, moved or not.
        if !matches!(kind.as_str(), "order" | "rank") {
            page.tap(".actions .primary")?;
            page.wait("document.querySelector('.feedback.blank')")?;
            assert_eq!(page.evaluate("document.querySelectorAll('.actions .next').length")?, 0);
        }
        page.tap(".actions .skip")?;
    }
    page.wait("document.querySelector('.review')")?;
    assert_sound(&page)
}
