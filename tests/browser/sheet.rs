//! The quiz on paper: the same questions in the same order as on the screen, for the same seed.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page};
use kejian::compile::Options;
use kejian::source::Memory;
use serde_json::Value;
use std::path::Path;

/// Every question of the sheet in its order: id, number and, list by list, what can be shuffled.
const SHEET: &str = "[...document.querySelectorAll('.asked > li')].filter((it) => it.checkVisibility()).map((item) => ({
    id: item.dataset.id,
    number: item.querySelector('.n').textContent,
    lists: [...item.querySelectorAll('[data-list]')].map((list) => [...list.querySelectorAll(':scope > [data-id]')].map((it) => {
        const named = it.matches('th, tr') ? it.querySelector('th') || it : it.querySelector(':scope > span:not(.gap, .box)') || it;
        return named.firstChild.textContent.trim();
    })),
}))";

/// The question on the screen: its number, and what stands in it, text by text.
const SCREEN: &str = "({
    number: document.querySelector('.count').textContent.split('/')[0].trim(),
    last: document.querySelector('.count').textContent.split('/').map(Number).reduce((at, all) => at === all),
    texts: [...document.querySelector('.question > fieldset').querySelectorAll('*')].flatMap((it) => [...it.childNodes]).filter((it) => it.nodeType === Node.TEXT_NODE).map((it) => it.data.trim()),
})";

/// A course with every kind of question, of which a seed draws some.
fn kinds(single_file: bool) -> tempfile::TempDir {
    let course = "id: kinds\ntitle: Kinds\nlanguage: en\nparts: [{title: One, chapters: [01-kinds]}]\nquiz: {order: shuffled, draw: 9}\n";
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 60'><rect width='100' height='60'/></svg>";
    let world = Memory::default()
        .with("course.yaml", course.as_bytes())
        .with("media/target.svg", svg.as_bytes())
        .with("chapters/01-kinds.yaml", &include_bytes!("kinds.yaml")[..]);
    Studio::course(&world, &Options { single_file, ..Options::default() })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn opened(studio: &Studio, file: &Path, after: &str) -> Result<Page, Error> {
    let page = studio.blank()?;
    page.goto_file(file, after)?;
    Ok(page)
}

/// A sheet in the order of a seed.
fn sheet(studio: &Studio, folder: &Path, seed: u64, after: &str) -> Result<Page, Error> {
    let page = opened(studio, &folder.join("sheet.html"), &format!("?seed={seed}{after}"))?;
    page.wait(&said(seed))?;
    Ok(page)
}

fn said(seed: u64) -> String {
    format!(
        "document.querySelector('[data-said=seed]').textContent === '{seed}' && document.querySelector('.asked').checkVisibility()"
    )
}

/// Walks through the quiz on the screen and looks whether the sheet has the same, place by place.
fn same(screen: &Page, sheet: &Page) -> Outcome {
    screen.wait("document.querySelector('.question legend')")?;
    let printed = sheet.evaluate(SHEET)?;
    for (at, item) in list(&printed).iter().enumerate() {
        let number = (at + 1).to_string();
        assert_eq!(item["number"], number.as_str());
        let asked = screen.evaluate(SCREEN)?;
        assert_eq!(asked["number"], number.as_str());
        assert_eq!(asked["last"], at + 1 == list(&printed).len());
        for texts in list(&item["lists"]).iter().map(list) {
            // What is on the screen besides (a legend, a button's word) is not on this list.
            let mut seen: Vec<&Value> = Vec::new();
            for text in list(&asked["texts"]).iter().filter(|text| texts.contains(text)) {
                if !seen.contains(&text) {
                    seen.push(text);
                }
            }
            assert_eq!(seen, texts.iter().collect::<Vec<_>>(), "{item:#} {asked:#}");
        }
        screen.click(".skip")?;
    }
    assert!(list(&printed).len() > 5);
    Ok(())
}

#[test]
fn a_sheet_has_the_questions_and_the_order_of_the_screen() -> Outcome {
    let studio = Studio::open();
    for single in [false, true] {
        let folder = kinds(single);
        let folder = folder.path().join("01-kinds");
        let mut orders = Vec::new();
        for seed in [1, 2, 7] {
            let sheet = sheet(&studio, &folder, seed, "#key")?;
            let screen = opened(&studio, &folder.join("quiz.html"), &format!("?seed={seed}"))?;
            same(&screen, &sheet)?;
            orders.push(sheet.text(&format!("JSON.stringify({SHEET})"))?);
            // What it is worth follows what was drawn: an essay and a self-rating count nothing.
            let worth = sheet.evaluate("[...document.querySelectorAll('.asked > li')].filter((it) => it.checkVisibility()).reduce((sum, it) => sum + Number(it.dataset.marks), 0) === Number(document.querySelector('[data-said=marks]').textContent)")?;
            assert_eq!(worth, true);
            assert_sound(&sheet)?;
        }
        assert!(orders[0] != orders[1] && orders[1] != orders[2], "each seed has its own order");
    }
    Ok(())
}

#[test]
fn the_sheets_of_the_course_have_the_order_of_the_screen() -> Outcome {
    let studio = Studio::open();
    for seed in [3, 4] {
        let file = studio.file("en/05-swot/sheet.html");
        let sheet = sheet(&studio, file.parent().unwrap(), seed, "")?;
        let screen = opened(&studio, &file.with_file_name("quiz.html"), &format!("?seed={seed}"))?;
        same(&screen, &sheet)?;
        // The same version in the other language.
        sheet.click(".paper-bar a.language")?;
        sheet.wait(&format!("document.documentElement.lang === 'zh-Hans' && {}", said(seed)))?;
        let screen = opened(&studio, &studio.file("05-swot/quiz.html"), &format!("?seed={seed}"))?;
        same(&screen, &sheet)?;
        assert_sound(&sheet)?;
    }
    Ok(())
}

#[test]
fn the_key_follows_the_order() -> Outcome {
    let studio = Studio::open();
    let folder = studio.file("05-swot/sheet.html");
    let folder = folder.parent().unwrap();
    let right = "(async () => {
        const call = await kejian.engine;
        const bad = [];
        for (const question of kejian.data.quiz.questions.filter((it) => it.kind === 'single')) {
            const item = document.querySelector(`.asked > li[data-id=\"${question.id}\"]`);
            const marked = [...item.querySelectorAll('.picks > .right')].map((it) => it.dataset.id);
            if (marked.join() !== call({ op: 'explain', question }).ok.solution) bad.push(question.id);
        }
        return bad;
    })()";
    for seed in [2, 7] {
        let sheet = sheet(&studio, folder, seed, "#key")?;
        assert_eq!(sheet.evaluate(right)?, serde_json::json!([]));
    }
    Ok(())
}

#[test]
fn another_version_is_chosen_on_the_page() -> Outcome {
    let studio = Studio::open();
    let folder = studio.file("05-swot/sheet.html");
    let folder = folder.parent().unwrap();
    let page = opened(&studio, &folder.join("sheet.html"), "#key")?;
    assert_eq!(page.evaluate("performance.getEntriesByType('resource').filter((it) => it.name.includes('engine')).length")?, 0, "who prints the first version loads no engine");
    let first = page.text(&format!("JSON.stringify({SHEET})"))?;
    page.evaluate("{ const field = document.querySelector('.version input'); field.value = '7'; field.dispatchEvent(new Event('change')); }")?;
    page.wait(&said(7))?;
    let seventh = page.text(&format!("JSON.stringify({SHEET})"))?;
    let linked = sheet(&studio, folder, 7, "")?;
    assert_eq!(seventh, linked.text(&format!("JSON.stringify({SHEET})"))?);
    assert_ne!(first, seventh);
    assert!(page.text("location.href")?.ends_with("sheet.html?seed=7#key"));
    assert_eq!(page.evaluate("document.querySelector('.key').checkVisibility()")?, true);
    page.evaluate("{ const field = document.querySelector('.version input'); field.value = '1'; field.dispatchEvent(new Event('change')); }")?;
    page.wait(&said(1))?;
    assert_eq!(page.text(&format!("JSON.stringify({SHEET})"))?, first, "and the first one again");
    page.evaluate("{ const field = document.querySelector('.version input'); field.value = '-3'; field.dispatchEvent(new Event('change')); }")?;
    assert_eq!(page.text("document.querySelector('.version input').value")?, "1");
    assert_sound(&page)
}

#[test]
fn a_sheet_that_cannot_be_put_in_order_says_so() -> Outcome {
    let studio = Studio::open();
    let page = studio.blank()?;
    page.before_scripts("delete window.DecompressionStream")?;
    page.goto_file(&studio.file("05-swot/sheet.html"), "?seed=7")?;
    page.wait("document.querySelector('.failed')?.textContent.includes('卷号 7')")?;
    assert_eq!(page.evaluate("document.querySelector('.asked').checkVisibility()")?, false);
    Ok(())
}

#[test]
fn the_end_of_a_quiz_leads_to_its_sheet() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, &studio.file("05-swot/quiz.html"), "?seed=7")?;
    page.wait("document.querySelector('.question legend')")?;
    page.click(".map-box .quiet-button")?;
    page.click(".hand-in")?;
    page.wait("document.querySelector('.summary')")?;
    page.click(".summary a[href^='sheet.html']")?;
    page.wait(&said(7))?;
    page.click(".to-quiz")?;
    page.wait("document.querySelector('.summary') && location.search === '?seed=7'")?;
    assert_sound(&page)
}

#[test]
fn another_order_never_takes_answers_away_unasked() -> Outcome {
    let studio = Studio::open();
    let file = studio.file("05-swot/quiz.html");
    let seed = "kejian.storage.get('quiz/05-swot').quizzes['05-swot'].seed";
    let page = opened(&studio, &file, "")?;
    page.wait(&format!("document.querySelector('.question legend') && {seed} === 1"))?;
    // Nothing was answered: the address has its way.
    page.goto_file(&file, "?seed=7")?;
    page.wait(&format!("document.querySelector('.question legend') && {seed} === 7"))?;
    page.click(".quiz-map li:nth-child(2) .dot")?;
    page.press("1")?;
    page.goto_file(&file, "?seed=8")?;
    page.wait("document.querySelector('.question legend')")?;
    assert_eq!(page.evaluate(seed)?, 7);
    let note = "document.querySelector('.quiz-page > .note').textContent";
    assert!(page.text(note)?.starts_with("这里做到一半的是卷号 7"));
    page.click(".quiz-page > .note button")?;
    page.wait(&format!("{seed} === 8 && !document.querySelector('.quiz-page > .note')"))?;
    assert_sound(&page)
}
