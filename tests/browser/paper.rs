//! What comes out of the printer: the right number of pages, nothing cut.

use crate::{Outcome, Studio};
use kejian::chromium::{Error, Page, Screen};
use serde_json::Value;

/// How many pages the printed page has.
fn pages(page: &Page) -> Result<usize, Error> {
    let pdf = page.pdf()?;
    let count = |what: &[u8]| pdf.windows(what.len()).filter(|window| *window == what).count();
    // The tree of pages is of the type `Pages`.
    Ok(count(b"/Type /Page") - count(b"/Type /Pages"))
}

fn count(page: &Page, selector: &str) -> Result<usize, Error> {
    let n = page.evaluate(&format!("document.querySelectorAll('{selector}').length"))?;
    Ok(usize::try_from(n.as_u64().unwrap()).unwrap())
}

/// Elements that hold more than they show when printed.
fn cut(page: &Page, selector: &str) -> Result<Value, Error> {
    // As wide as A4 between its margins.
    page.screen(Screen::computer(703, 994))?;
    page.medium("print")?;
    let script = format!(
        "[...document.querySelectorAll('{selector}')].filter((it) => it.scrollHeight > it.clientHeight + 2 || it.scrollWidth > it.clientWidth + 2).map((it) => it.id || it.className)"
    );
    let found = page.evaluate(&script);
    page.medium("")?;
    found
}

#[test]
fn a_deck_prints_one_slide_a_page() -> Outcome {
    let studio = Studio::open();
    for (address, key) in
        [("deck.html", ""), ("deck.html#c09s05.1", "o"), ("deck.html#c09s02", "b")]
    {
        let page = studio.page(&format!("09-screening/{address}"))?;
        if !key.is_empty() {
            page.press(key)?;
        }
        assert_eq!(pages(&page)?, count(&page, ".deck > .slide")?, "{address} after {key}");
    }
    let page = studio.page("09-screening/deck.html")?;
    page.medium("print")?;
    let hidden = "[...document.querySelectorAll('.deck [data-part], .deck [data-fragment]')].filter((it) => getComputedStyle(it).visibility !== 'visible').length";
    assert_eq!(page.evaluate(hidden)?, 0, "everything is revealed on paper");
    let tools = "[...document.querySelectorAll('.tools, .bar-progress, dialog, .notes')].filter((it) => it.checkVisibility()).length";
    assert_eq!(page.evaluate(tools)?, 0, "and nothing else is on it");
    Ok(())
}

#[test]
fn the_presenters_page_prints_the_slides_too() -> Outcome {
    let studio = Studio::open();
    let page = studio.blank()?;
    page.goto_file(&studio.file("09-screening/deck.html"), "?presenter#c09s03")?;
    assert_eq!(pages(&page)?, count(&page, ".deck > .slide")?);
    Ok(())
}

#[test]
fn ink_is_printed_unless_it_is_unwanted() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    page.press("d")?;
    page.drag(&[(300.0, 300.0), (400.0, 350.0)])?;
    page.press("d")?;
    page.medium("print")?;
    let seen = "document.querySelector('#c09s03 .strokes').checkVisibility()";
    assert_eq!(page.evaluate(seen)?, true);
    page.medium("")?;
    page.press("?")?;
    page.click("dialog.help label input")?;
    page.medium("print")?;
    assert_eq!(page.evaluate(seen)?, false);
    Ok(())
}

#[test]
fn handouts_have_two_three_or_six_slides_a_page() -> Outcome {
    let studio = Studio::open();
    for chapter in ["01-market", "09-screening"] {
        for (form, a_page) in [("", 3), ("#n2", 2), ("#n3", 3), ("#n6", 6)] {
            let page = studio.page(&format!("{chapter}/handout.html{form}"))?;
            let slides = count(&page, ".thumb .slide")?;
            assert!(slides > 10);
            assert_eq!(pages(&page)?, slides.div_ceil(a_page), "{chapter} {form}");
            assert_eq!(cut(&page, ".thumb")?, serde_json::json!([]), "{chapter} {form}");
            page.medium("print")?;
            let lines = page.evaluate("document.querySelector('.rules').checkVisibility()")?;
            assert_eq!(lines, a_page == 3, "{form}");
        }
    }
    Ok(())
}

#[test]
fn notes_pages_begin_a_page_for_each_slide() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/notes.html")?;
    let slides = count(&page, ".leaf")?;
    let printed = pages(&page)?;
    assert!((slides..=slides + 2).contains(&printed), "{slides} slides on {printed} pages");
    assert_eq!(cut(&page, ".spoken")?, serde_json::json!([]));
    // Notes that need two pages get them.
    page.evaluate("document.querySelector('.spoken').append(...Array.from({ length: 60 }, (_, n) => Object.assign(document.createElement('p'), { textContent: `第 ${n} 段` })))")?;
    assert!(pages(&page)? > printed);
    Ok(())
}

#[test]
fn the_sheet_shows_its_key_only_when_asked() -> Outcome {
    let studio = Studio::open();
    for chapter in ["01-market", "05-swot", "09-screening"] {
        let page = studio.page(&format!("{chapter}/sheet.html"))?;
        let keys =
            "[...document.querySelectorAll('.key')].filter((it) => it.checkVisibility()).length";
        assert_eq!(page.evaluate(keys)?, 0);
        let marked = "[...document.querySelectorAll('.picks .right')].filter((it) => getComputedStyle(it, '::before').backgroundColor !== 'rgba(0, 0, 0, 0)').length";
        assert_eq!(page.evaluate(marked)?, 0, "no sign of the key on the blank sheet");
        let blank = pages(&page)?;
        page.evaluate("location.hash = '#key'")?;
        page.wait(&format!("{keys} > 10 && {marked} > 3"))?;
        assert!(pages(&page)? >= blank);
        assert_eq!(cut(&page, ".item")?, serde_json::json!([]), "{chapter}");
    }
    Ok(())
}
