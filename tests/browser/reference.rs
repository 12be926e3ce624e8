//! Terms on slides, and the pages to look things up in: glossary, sources, trainer's guide.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Page, Screen};

const OPEN: &str = "!document.querySelector('.gloss').hidden";
const NOW: &str = "document.querySelector('.slide.now').id";

/// On the second slide of the stages, which uses two terms first.
fn at_terms(studio: &Studio, screen: Screen) -> Result<Page, kejian::chromium::Error> {
    let page = studio.page_on(screen, "02-stages/deck.html#c02s02")?;
    page.wait("document.body.classList.contains('ready') && document.querySelector('.gloss')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.slide.now a.t').length")?, 2);
    Ok(page)
}

#[test]
fn a_term_is_explained_by_keys_and_the_slide_stays() -> Outcome {
    let studio = Studio::open();
    let page = at_terms(&studio, Screen::LAPTOP)?;
    let focused = "document.activeElement.textContent";
    page.evaluate("document.querySelector('.slide.now .title').focus()")?;
    page.press("Tab")?;
    page.wait(OPEN)?;
    assert_eq!(page.text(focused)?, "份额");
    let meaning = page.text("document.querySelector('.gloss').textContent")?;
    assert!(meaning.contains("占客户同类采购的比例"), "{meaning}");
    page.press("Enter")?;
    assert_eq!(page.evaluate(OPEN)?, true, "Enter keeps what Tab has opened");
    assert_eq!(page.text(NOW)?, "c02s02");
    // The way to the glossary is next; from there Tab goes on behind the term.
    page.press("Tab")?;
    let href = page.text("document.activeElement.getAttribute('href')")?;
    assert!(href.ends_with("/glossary.html#share-of-wallet"), "{href}");
    page.press("Tab")?;
    page.wait(&format!("{focused} === '绩效'"))?;
    page.wait(OPEN)?;
    page.press("Escape")?;
    assert_eq!(page.evaluate(OPEN)?, false);
    assert_eq!(page.evaluate("document.body.classList.contains('overview')")?, false);
    assert_eq!(page.text(focused)?, "绩效");
    page.press("ArrowRight")?;
    page.wait(&format!("{NOW} === 'c02s03'"))?;
    assert_sound(&page)
}

#[test]
fn a_term_is_explained_by_a_tap_and_put_away_by_the_next() -> Outcome {
    let studio = Studio::open();
    let page = at_terms(&studio, Screen::PHONE)?;
    page.tap(".slide.now a.t")?;
    page.wait(OPEN)?;
    let inside = "(() => { const it = document.querySelector('.gloss').getBoundingClientRect();
        return it.left >= 0 && it.right <= innerWidth && it.top >= 0 && it.bottom <= innerHeight })()";
    assert_eq!(page.evaluate(inside)?, true);
    page.tap(".slide.now .title")?;
    page.wait(&format!("!({OPEN})"))?;
    assert_eq!(page.text(NOW)?, "c02s02", "a tap beside the panel only puts it away");
    page.tap(".slide.now .title")?;
    page.wait(&format!("{NOW} !== 'c02s02'"))?;
    assert_sound(&page)
}

#[test]
fn links_at_terms_move_nothing() -> Outcome {
    let studio = Studio::open();
    for deck in ["02-stages", "06-plans", "10-heat", "en/02-stages", "en/08-platforms"] {
        let page = studio.page(&format!("{deck}/deck.html"))?;
        page.wait("document.body.classList.contains('ready')")?;
        let moved = page.evaluate(
            "(() => {
               for (const slide of document.querySelectorAll('.deck > .slide')) slide.style.display = 'block';
               const all = [...document.querySelectorAll('.slide *:not(a.t)')];
               const box = (it) => { const r = it.getBoundingClientRect(); return [r.x, r.y, r.width, r.height] };
               // A word that is shaped apart may be a fraction of a pixel wider.
               const far = (one, other) => one.some((n, at) => Math.abs(n - other[at]) >= 1);
               const before = all.map(box);
               const terms = [...document.querySelectorAll('a.t')];
               for (const term of terms) { const within = term.parentNode; term.replaceWith(...term.childNodes); within.normalize() }
               const moved = all.filter((it, at) => far(box(it), before[at]));
               return [terms.length, moved.map((it) => `${it.closest('.slide').id} ${it.tagName}.${it.className}`)];
             })()",
        )?;
        assert!(moved[0].as_u64().is_some_and(|terms| terms > 5), "{deck}: {moved}");
        assert_eq!(moved[1], serde_json::json!([]), "{deck}");
    }
    Ok(())
}

#[test]
fn the_glossary_is_narrowed_by_what_is_typed() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("glossary.html")?;
    page.wait("document.querySelector('#filter')")?;
    let left = "document.querySelectorAll('.entry:not([hidden])').length";
    assert_eq!(page.evaluate(left)?, 77);
    page.evaluate("document.querySelector('#filter').focus()")?;
    page.type_text("热度")?;
    page.wait(&format!("{left} === 1"))?;
    page.press("Escape")?;
    page.wait(&format!("{left} === 77"))?;
    page.type_text("qqqq")?;
    page.wait(&format!("{left} === 0 && !document.querySelector('.none').hidden"))?;
    // A link to a term brings it back.
    page.evaluate("location.hash = '#anchor'")?;
    page.wait(&format!("{left} === 77"))?;
    assert_sound(&page)
}

#[test]
fn reference_pages_fit_a_phone_and_print_on_a_few_sheets() -> Outcome {
    let studio = Studio::open();
    for (address, most) in [
        ("glossary.html", 8),
        ("sources.html", 8),
        ("09-screening/guide.html", 7),
        ("en/glossary.html", 8),
        ("en/16-pitch/guide.html", 8),
    ] {
        for screen in [Screen::LAPTOP, Screen::PHONE] {
            let page = studio.page_on(screen, address)?;
            page.wait("document.readyState === 'complete' && window.kejian")?;
            assert_sound(&page)?;
        }
        let page = studio.page(address)?;
        let pdf = page.pdf()?;
        let text = String::from_utf8_lossy(&pdf);
        let sheets = text.matches("/Type /Page\n").count();
        assert!((2..=most).contains(&sheets), "{address} prints on {sheets} sheets");
    }
    Ok(())
}

#[test]
fn slides_say_where_they_come_from() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("02-stages/deck.html#c02s07")?;
    let mark = "document.querySelector('.slide.now .from')";
    page.wait(&format!("{mark} && document.querySelector('.tools')"))?;
    assert_eq!(page.text(&format!("{mark}.getAttribute('aria-label')"))?, "本课构造");
    let page = studio.page("sources.html")?;
    let listed = "document.querySelector('a[href=\"02-stages/deck.html#c02s07\"]')";
    page.wait(listed)?;
    assert_eq!(page.text(&format!("{listed}.textContent"))?, "7");
    assert_sound(&page)
}

/// The mark's meaning, by finger and by key, with the way to the page that says more.
#[test]
fn the_mark_of_origin_explains_itself() -> Outcome {
    let studio = Studio::open();
    let landscape = Screen { width: 844, height: 390, ..Screen::PHONE };
    for (screen, address, said) in [
        (Screen::PHONE, "02-stages/deck.html#c02s08", "自行构造"),
        (landscape, "02-stages/deck.html#c02s08", "自行构造"),
        (Screen::LAPTOP, "en/02-stages/deck.html#c02s08", "Built for this course"),
    ] {
        let page = studio.page_on(screen, address)?;
        page.wait(
            "document.querySelector('.slide.now .from') && document.querySelector('.tools')",
        )?;
        // As wide as a finger, and free of the tools, which are there now.
        let wide = "(() => { const it = document.querySelector('.slide.now .from'); const { left, top, width, height } = it.getBoundingClientRect();
            return [-11, 11].every((x) => [-11, 11].every((y) => document.elementFromPoint(left + width / 2 + x, top + height / 2 + y) === it)); })()";
        assert_eq!(page.evaluate(wide)?, true, "{address}");
        if screen.phone {
            page.tap(".slide.now .from")?;
        } else {
            page.click(".slide.now .from")?;
        }
        page.wait("!document.querySelector('.gloss').hidden")?;
        assert!(page.text("document.querySelector('.gloss').textContent")?.contains(said));
        assert_eq!(page.text("document.querySelector('.slide.now').id")?, "c02s08");
        page.press("Escape")?;
        page.wait("document.querySelector('.gloss').hidden")?;
        // By Tab from the title.
        page.evaluate("document.querySelector('.slide.now .title').focus()")?;
        for _ in 0..9 {
            if page.evaluate("document.activeElement.matches('.from')")? == true {
                break;
            }
            page.press("Tab")?;
        }
        page.wait(
            "document.activeElement.matches('.from') && !document.querySelector('.gloss').hidden",
        )?;
        assert_sound(&page)?;
        page.press("Tab")?;
        page.press("Enter")?;
        page.wait("document.querySelector('main.sources #from-own:target')")?;
        assert_sound(&page)?;
    }
    Ok(())
}

/// A course that marks its slides and lists no sources has the page that explains the marks.
#[test]
fn marks_are_explained_without_a_list_of_sources() -> Outcome {
    let studio = Studio::open();
    let world = kejian::source::Memory::default()
        .with(
            "course.yaml",
            "id: c\ntitle: 拜访\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a]}]\n"
                .as_bytes(),
        )
        .with(
            "chapters/01-a.yaml",
            "title: 甲\nslides: [{id: s1, title: 先问, origin: mixed, body: 再说}]\n".as_bytes(),
        );
    let folder = Studio::course(&world, &kejian::compile::Options::default());
    let page = studio.blank()?;
    page.goto_file(&folder.path().join("01-a/deck.html"), "#s1")?;
    page.wait("document.querySelector('.slide.now .from')")?;
    page.click(".slide.now .from")?;
    page.click(".gloss a")?;
    page.wait("document.querySelector('main.sources #from-mixed:target')")?;
    assert_sound(&page)?;
    page.goto_file(&folder.path().join("index.html"), "")?;
    page.wait("document.querySelector('a[href=\"sources.html\"]')")
}
