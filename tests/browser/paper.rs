//! What comes out of the printer: the right number of pages, nothing cut.

use crate::print::{Printed, texts};
use crate::{Outcome, Studio};
use kejian::chromium::{Error, Page, Screen};
use kejian::compile::Options;
use kejian::embedded;
use serde_json::{Value, json};

/// Every paper form of a chapter: its address, what stands for one part of it, and how many parts
/// a sheet of paper holds (none = as many as there is room for).
const FORMS: [(&str, &str, Option<usize>); 8] = [
    ("deck.html", ".deck > .slide", Some(1)),
    ("handout.html#n2", ".thumb", Some(2)),
    ("handout.html", ".thumb", Some(3)),
    ("handout.html#n6", ".thumb", Some(6)),
    ("notes.html", ".leaf", None),
    ("sheet.html", ".asked > li", None),
    ("sheet.html#key", ".asked > li", None),
    ("guide.html", "main > header, main > section", None),
];

#[test]
fn every_paper_form_comes_out_as_text_in_reading_order() -> Outcome {
    let studio = Studio::open();
    let mut bad = Vec::new();
    for chapter in ["05-swot", "09-screening", "en/09-screening"] {
        for (form, part, a_sheet) in FORMS {
            let page = studio.page(&format!("{chapter}/{form}"))?;
            let parts = texts(&page, part)?;
            assert!(parts.len() > 4, "{chapter} {form}");
            let printed = Printed::of(&page)?;
            if let Some(a_sheet) = a_sheet {
                assert_eq!(printed.sheets(), parts.len().div_ceil(a_sheet), "{chapter} {form}");
                for (at, texts) in parts.iter().enumerate() {
                    let sheet = at / a_sheet;
                    if let Some(missing) = printed.missing(sheet..sheet + 1, texts) {
                        bad.push(format!("{chapter} {form} {at}: {missing}"));
                    }
                }
            } else if let Some(missing) = printed.missing(0..printed.sheets(), &parts.concat()) {
                bad.push(format!("{chapter} {form}: {missing}"));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n\n"));
    Ok(())
}

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

/// What does not fit on paper: texts and drawings that stick out of their slide, texts that stick
/// out of the sheet, boxes that hold more than they show, and boxes that must not be parted
/// (`whole`) but are higher than a sheet.
fn cut(page: &Page, form: &str, whole: &str) -> Result<Value, Error> {
    // A slide's sheet is its own size; the others are as wide as A4 between its margins.
    let deck = form.starts_with("deck");
    page.screen(if deck { Screen::computer(1280, 720) } else { Screen::computer(703, 994) })?;
    page.medium("print")?;
    page.evaluate(include_str!("../../src/measure/measure.js"))?;
    let found = page.evaluate(&format!(
        "(() => {{
            const found = [...document.querySelectorAll('.slide')].flatMap((it) => kejianMeasure.overflow(it));
            const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {{
                const node = walker.currentNode;
                if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest('.unseen')) continue;
                const range = document.createRange();
                range.selectNodeContents(node);
                if ([...range.getClientRects()].some((it) => it.left < -1 || it.right > innerWidth + 1)) found.push(node.data);
            }}
            for (const it of document.querySelectorAll('{whole}')) {{
                if (it.scrollHeight > it.clientHeight + 2 || it.scrollWidth > it.clientWidth + 2 || it.clientHeight > innerHeight) found.push(it.id || it.className);
            }}
            return found;
        }})()"
    ));
    page.medium("")?;
    found
}

#[test]
fn nothing_is_cut_on_paper() -> Outcome {
    let studio = Studio::open();
    for chapter in ["01-market", "05-swot", "09-screening", "en/09-screening", "en/16-pitch"] {
        for (form, part, a_sheet) in FORMS {
            let page = studio.page(&format!("{chapter}/{form}"))?;
            let whole = match form {
                _ if a_sheet.is_some() => part,
                "notes.html" => ".leaf > *",
                "guide.html" => "tr, li",
                _ => part,
            };
            assert_eq!(cut(&page, form, whole)?, serde_json::json!([]), "{chapter} {form}");
        }
    }
    // It would be found.
    let page = studio.page("09-screening/deck.html")?;
    page.evaluate("document.querySelector('#c09s03 .stage').append(...Array.from({ length: 30 }, () => Object.assign(document.createElement('p'), { textContent: '太多' })))")?;
    assert_ne!(cut(&page, "deck.html", ".deck > .slide")?, serde_json::json!([]));
    let page = studio.page("09-screening/sheet.html")?;
    page.evaluate("document.querySelector('.stem').style.width = '900px'; document.querySelector('.stem').textContent = '太宽'.repeat(100)")?;
    assert_ne!(cut(&page, "sheet.html", ".asked > li")?, serde_json::json!([]));
    Ok(())
}

#[test]
fn a_deck_of_the_other_shape_prints_one_slide_a_page() -> Outcome {
    let studio = Studio::open();
    let options = Options { aspect: Some(kejian::course::Aspect::Standard), ..Options::default() };
    let folder = Studio::course(&embedded::course(), &options);
    for (form, part, a_sheet) in FORMS.into_iter().filter(|(.., a_sheet)| a_sheet.is_some()) {
        let page = studio.blank()?;
        let (file, hash) = form.split_at(form.find('#').unwrap_or(form.len()));
        page.goto_file(&folder.path().join("09-screening").join(file), hash)?;
        let slides = texts(&page, part)?;
        let printed = Printed::of(&page)?;
        assert_eq!(printed.sheets(), slides.len().div_ceil(a_sheet.unwrap()), "{form}");
        for (at, texts) in slides.iter().enumerate() {
            let sheet = at / a_sheet.unwrap();
            assert_eq!(printed.missing(sheet..sheet + 1, texts), None, "{form} {at}");
        }
    }
    Ok(())
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
    // Notes that need two pages get them.
    page.evaluate("document.querySelector('.spoken').append(...Array.from({ length: 60 }, (_, n) => Object.assign(document.createElement('p'), { textContent: `第 ${n} 段` })))")?;
    assert!(pages(&page)? > printed);
    Ok(())
}

/// “Opportunities” is longer than the space that is left for an answer.
#[test]
fn words_of_the_key_are_not_broken() -> Outcome {
    const BROKEN: &str = "[...document.querySelectorAll('.sheet .key')].flatMap((key) => {
        const texts = document.createTreeWalker(key, NodeFilter.SHOW_TEXT), broken = [];
        while (texts.nextNode()) {
            for (const word of texts.currentNode.data.matchAll(/[a-z]+/gi)) {
                const range = document.createRange();
                range.setStart(texts.currentNode, word.index);
                range.setEnd(texts.currentNode, word.index + word[0].length);
                if (new Set([...range.getClientRects()].map((it) => it.top)).size > 1) broken.push(word[0]);
            }
        }
        return broken;
    })";
    let studio = Studio::open();
    for chapter in ["04-segments", "05-swot", "09-screening", "12-quarter"] {
        let page = studio.page(&format!("en/{chapter}/sheet.html#key"))?;
        assert!(count(&page, ".gap .key")? > 0, "{chapter}");
        assert_eq!(page.evaluate(BROKEN)?, json!([]), "{chapter}");
    }
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
    }
    Ok(())
}
