//! A course in two languages: the way to the other one keeps the place and what was answered.

use crate::serve::Serving;
use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Page, Screen};
use kejian::compile::Options;
use kejian::source::Memory;

const COURSE: &str = "id: two\ntitle: 两种语言\nlanguage: zh-Hans\nlanguages: [en]\nparts: [{title: 一, chapters: [01-a]}]\n";
const CHAPTER: &str = "title: 一章\nslides:\n  - {id: s1, title: 甲, body: '一句'}\n  - id: s2\n    title: 乙\n    reveal: steps\n    body: |\n      - 其一\n      - 其二\nquestions:\n  - {kind: single, id: q1, prompt: 问一, options: [{id: r, text: 对的, why: 好, correct: true}, {id: w, text: 错的, why: 不}]}\n  - {kind: single, id: q2, prompt: 问二, options: [{id: r, text: 好的, why: 好, correct: true}, {id: w, text: 坏的, why: 不}]}\n";
const WORDS: &[(&str, &str)] = &[
    ("两种语言", "Two languages"),
    ("一", "One"),
    ("一章", "Chapter one"),
    ("甲", "First slide"),
    ("一句", "A sentence"),
    ("乙", "Second slide"),
    ("其一", "This"),
    ("其二", "That"),
    ("问一", "Question one"),
    ("问二", "Question two"),
    ("对的", "The right one"),
    ("错的", "The wrong one"),
    ("好的", "A good one"),
    ("坏的", "A bad one"),
    ("好", "Good"),
    ("不", "No"),
];

fn catalogue(words: &[(&str, &str)]) -> String {
    let head = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n".to_owned();
    let entry = |(text, other): &(&str, &str)| format!("\nmsgid \"{text}\"\nmsgstr \"{other}\"\n");
    head + &words.iter().map(entry).collect::<Vec<_>>().concat()
}

fn world() -> Memory {
    Memory::default()
        .with("course.yaml", COURSE.as_bytes())
        .with("chapters/01-a.yaml", CHAPTER.as_bytes())
        .with("po/en.po", catalogue(WORDS).into_bytes())
}

/// Goes the way to the other language that the page offers, and waits for its page.
fn switch(page: &Page, tag: &str) -> Outcome {
    // The bar of a deck rests until the mouse moves.
    page.evaluate("document.querySelector('a.language').click()")?;
    page.wait(&format!("document.documentElement.lang === '{tag}' && document.readyState === 'complete' && window.kejian"))
}

#[test]
fn the_other_language_opens_at_the_same_slide_and_step() -> Outcome {
    let studio = Studio::open();
    let folder = Studio::course(&world(), &Options::default());
    let page = studio.blank()?;
    page.screen(Screen::LAPTOP)?;
    page.goto_file(&folder.path().join("01-a/deck.html"), "#s2")?;
    page.press("ArrowRight")?;
    page.wait("location.hash === '#s2.1'")?;
    switch(&page, "en")?;
    page.wait("document.querySelector('.slide.now')?.id === 's2' && location.hash === '#s2.1'")?;
    assert!(
        page.text("document.querySelector('.slide.now').textContent")?.contains("Second slide")
    );
    assert_eq!(page.evaluate("document.querySelectorAll('.slide.now .hidden').length")?, 1);
    switch(&page, "zh-Hans")?;
    page.wait("document.querySelector('.slide.now')?.id === 's2' && location.hash === '#s2.1'")?;
    assert_sound(&page)
}

#[test]
fn an_answer_given_in_one_language_counts_in_the_other() -> Outcome {
    let studio = Studio::open();
    let folder = Studio::course(&world(), &Options::default());
    let page = studio.blank()?;
    page.screen(Screen::LAPTOP)?;
    page.goto_file(&folder.path().join("01-a/quiz.html"), "")?;
    page.wait("document.querySelector('.question legend')")?;
    let prompt = "document.querySelector('.question legend').textContent";
    let first = page.text(prompt)?;
    page.evaluate("document.querySelector('.question input[value=r]').click()")?;
    page.press("Enter")?;
    page.wait("document.querySelector('.feedback')")?;
    switch(&page, "en")?;
    // The question just answered, or the one that is next: not the first page again.
    page.wait("document.querySelector('.question legend, .feedback')")?;
    let english = |text: &str| WORDS.iter().find(|(it, _)| text.contains(it)).map(|(_, it)| *it);
    let wanted = english(&first).unwrap();
    page.wait(&format!("document.querySelector('.question').textContent.includes('{wanted}')"))?;
    assert_eq!(page.evaluate("document.querySelector('.question input[value=r]').checked")?, true);
    assert!(page.evaluate("Boolean(document.querySelector('.feedback'))")?.as_bool().unwrap());
    page.goto_file(&folder.path().join("en/index.html"), "")?;
    page.wait("document.querySelectorAll('[data-chapter=\"01-a\"] .marks i.right').length === 1")?;
    assert_sound(&page)
}

#[test]
fn the_other_language_opens_at_the_same_stage_with_what_was_entered() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("practice/screening.html")?;
    page.wait("document.querySelector('.stage[data-stage]')")?;
    let stage = page.text("document.querySelectorAll('.stepper a')[1].getAttribute('href')")?;
    page.evaluate(&format!("document.querySelector('.stepper a[href=\"{stage}\"]').click()"))?;
    let at = format!("'#' + document.querySelector('.stage').dataset.stage === '{stage}'");
    page.wait(&at)?;
    let (place, query) = ("decodeURIComponent(location.hash)", "location.search");
    let before = (page.text(place)?, page.text(query)?);
    page.evaluate("document.querySelector('a.language').click()")?;
    page.wait(&format!(
        "document.documentElement.lang === 'en' && document.querySelector('.stage') && {at}"
    ))?;
    assert_eq!((page.text(place)?, page.text(query)?), before);
    assert_sound(&page)
}

#[test]
fn single_files_lead_to_the_other_language_too() -> Outcome {
    let studio = Studio::open();
    let options = Options { single_file: true, ..Options::default() };
    let folder = Studio::course(&world(), &options);
    for name in ["index.html", "01-a/deck.html", "01-a/quiz.html"] {
        let page = studio.blank()?;
        page.goto_file(&folder.path().join(name), "")?;
        page.wait("document.querySelector('a.language')")?;
        switch(&page, "en")?;
        page.wait("document.querySelector('a.language[hreflang=zh-Hans]')")?;
        let text = page.text("document.body.textContent")?;
        assert!(
            text.contains("Chapter one")
                || text.contains("First slide")
                || text.contains("Question"),
            "{name}: {text}"
        );
        assert_sound(&page)?;
    }
    Ok(())
}

#[test]
fn the_front_page_offers_the_language_last_chosen_and_leads_nobody_away() -> Outcome {
    let studio = Studio::open();
    let folder = Studio::course(&world(), &Options::default());
    let index = folder.path().join("index.html");
    let page = studio.blank()?;
    page.goto_file(&index, "")?;
    page.wait("document.querySelector('a.language')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.language.chosen').length")?, 0);
    switch(&page, "en")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.language.chosen').length")?, 0);
    page.goto_file(&index, "")?;
    page.wait("document.querySelector('a.language.chosen[hreflang=en]')")?;
    assert_eq!(page.text("document.documentElement.lang")?, "zh-Hans");
    assert_sound(&page)
}

#[test]
fn a_saved_translation_shows_on_its_page() -> Outcome {
    let studio = Studio::open();
    let files = [
        ("course.yaml", COURSE.to_owned()),
        ("chapters/01-a.yaml", CHAPTER.to_owned()),
        ("po/en.po", catalogue(WORDS)),
    ];
    let serving = Serving::of(&files);
    let page = serving.page(&studio, "en/01-a/deck.html#s1")?;
    page.wait("document.querySelector('.slide.now')?.textContent.includes('First slide')")?;
    let author = serving.page(&studio, "01-a/deck.html#s1")?;
    author.evaluate("window.old = true")?;
    serving.write("po/en.po", &catalogue(WORDS).replace("First slide", "Opening slide"));
    page.wait("document.querySelector('.slide.now')?.textContent.includes('Opening slide')")?;
    assert_eq!(author.evaluate("window.old")?, true, "the author's page is as it was");
    assert_sound(&page)
}
