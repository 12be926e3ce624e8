//! Decks: every slide and fragment, forward and back.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page, Screen};
use kejian::compile::Options;
use kejian::embedded;

/// The slide that is shown and how much of it: `c09s02.1`.
fn place(page: &Page) -> Result<String, Error> {
    page.text("decodeURIComponent(location.hash.slice(1))")
}

/// Presses a key until it moves nothing any more; every place on the way.
fn walk(page: &Page, key: &str) -> Result<Vec<String>, Error> {
    let mut places = vec![place(page)?];
    loop {
        page.press(key)?;
        let now = place(page)?;
        if places.last() == Some(&now) {
            return Ok(places);
        }
        assert!(places.len() < 500, "{key} never comes to an end: {places:?}");
        places.push(now);
    }
}

#[test]
fn chapter_nine_walks_through_every_slide_and_fragment_and_back() -> Outcome {
    let studio = Studio::open();
    let page = studio.page_on(Screen::PROJECTOR, "09-screening/deck.html")?;
    let slides = page.evaluate("[...document.querySelectorAll('.slide')].map((it) => it.id)")?;
    let slides: Vec<&str> =
        slides.as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
    assert!(slides.len() > 12, "{slides:?}");
    let forward = walk(&page, "ArrowRight")?;
    let mut seen: Vec<&str> =
        forward.iter().map(|place| place.split('.').next().unwrap()).collect();
    seen.dedup();
    assert_eq!(seen, slides, "every slide in order");
    assert!(forward.len() > slides.len(), "and some come in steps: {forward:?}");
    let shown =
        "[...document.querySelectorAll('.slide')].filter((it) => it.checkVisibility()).length";
    assert_eq!(page.evaluate(shown)?, 1, "one slide at a time");
    let mut back = walk(&page, "ArrowLeft")?;
    back.reverse();
    assert_eq!(back, forward, "the way back is the way there");
    assert_sound(&page)
}

#[test]
fn a_deck_opens_at_the_slide_of_its_address_and_fits_a_phone() -> Outcome {
    let studio = Studio::open();
    for screen in [Screen::PHONE, Screen::LAPTOP] {
        let page = studio.page_on(screen, "09-screening/deck.html#c09s03")?;
        page.wait("document.querySelector('.slide.now')?.id === 'c09s03'")?;
        assert_sound(&page)?;
    }
    Ok(())
}

#[test]
fn a_single_file_walks_as_well() -> Outcome {
    let studio = Studio::open();
    let options = Options { single_file: true, ..Options::default() };
    let folder = Studio::course(&embedded::course(), &options);
    let alone = studio.blank()?;
    alone.goto_file(&folder.path().join("09-screening/deck.html"), "")?;
    let page = studio.page("09-screening/deck.html")?;
    for page in [&alone, &page] {
        page.press("End")?;
        page.wait("document.querySelector('.slide.now')?.id === 'close'")?;
        assert_sound(page)?;
    }
    Ok(())
}

/// Every tool and the way to the other language stand in the window, however narrow it is.
#[test]
fn the_tools_stay_inside_a_narrow_window() -> Outcome {
    let studio = Studio::open();
    for address in ["09-screening/deck.html", "en/09-screening/deck.html"] {
        for width in [320, 360, 390, 640, 844] {
            let page = studio.page_on(Screen::computer(width, 700), address)?;
            page.wait("document.querySelector('.tools .language')")?;
            let outside = "[...document.querySelectorAll('.tools > *')].map((it) => it.getBoundingClientRect())
                .filter((it) => it.width > 0 && (it.left < 0 || it.right > innerWidth)).length";
            assert_eq!(page.evaluate(outside)?, 0, "{address} at {width}");
        }
    }
    Ok(())
}
