//! Every key of a deck, and what must stop them.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page, Screen};

const HASH: &str = "decodeURIComponent(location.hash.slice(1))";

fn at(page: &Page, place: &str) -> Outcome {
    page.wait(&format!("{HASH} === '{place}'"))
}

/// Presses a key with the deck at a place; where it is then.
fn after(page: &Page, place: &str, key: &str) -> Result<String, Error> {
    page.evaluate(&format!("location.hash = '#{place}'"))?;
    at(page, place)?;
    page.press(key)?;
    page.text(HASH)
}

#[test]
fn every_key_of_the_table_acts() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html")?;
    for key in ["Space", "n", "N", "ArrowRight", "PageDown", "Enter"] {
        assert_eq!(after(&page, "c09s03", key)?, "c09s04", "{key}");
    }
    for key in ["Shift+Space", "p", "ArrowLeft", "PageUp"] {
        assert_eq!(after(&page, "c09s03", key)?, "c09s02.3", "{key}");
    }
    assert_eq!(after(&page, "c09s03", "Home")?, "open");
    assert_eq!(after(&page, "c09s03", "End")?, "close");
    page.press("1")?;
    page.press("2")?;
    page.press("Enter")?;
    at(&page, "c09s12")?;
    let shows = |what: &str| page.wait(&format!("Boolean({what})"));
    for (key, screen) in
        [("b", "black"), ("b", ""), (".", "black"), (".", ""), ("w", "white"), ("w", "")]
    {
        page.press(key)?;
        shows(&format!("(document.body.dataset.screen || '') === '{screen}'"))?;
    }
    for key in ["o", "Escape"] {
        page.press(key)?;
        shows("document.body.classList.contains('overview')")?;
        page.press(key)?;
        shows("!document.body.classList.contains('overview')")?;
    }
    page.press("?")?;
    shows("document.querySelector('dialog.help').open")?;
    page.press("?")?;
    shows("!document.querySelector('dialog.help').open")?;
    page.press("d")?;
    shows("document.body.classList.contains('inking')")?;
    page.press("l")?;
    shows(
        "document.body.classList.contains('pointing') && !document.body.classList.contains('inking')",
    )?;
    page.press("Escape")?;
    shows(
        "!document.body.classList.contains('pointing') && !document.body.classList.contains('overview')",
    )?;
    page.press("f")?;
    shows("document.fullscreenElement")?;
    page.press("f")?;
    shows("!document.fullscreenElement")?;
    page.press("g")?;
    shows("document.querySelector('dialog.find').open")?;
    page.type_text("4")?;
    page.press("Enter")?;
    at(&page, "c09s04")?;
    page.press("/")?;
    page.type_text("没见过人")?;
    page.press("Enter")?;
    at(&page, "c09s08")?;
    assert_sound(&page)
}

#[test]
fn no_key_acts_while_typing() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    for field in [
        "<input>",
        "<textarea></textarea>",
        "<select><option>x</select>",
        "<p contenteditable>x</p>",
    ] {
        page.evaluate(&format!(
            "document.querySelector('#probe')?.remove(); document.querySelector('#c09s03 .stage').insertAdjacentHTML('beforeend', '<div id=probe>{field}</div>'); document.querySelector('#probe').firstElementChild.focus()"
        ))?;
        for key in [
            "n",
            "Space",
            "ArrowRight",
            "PageDown",
            "b",
            ".",
            "w",
            "o",
            "d",
            "l",
            "?",
            "/",
            "4",
            "Enter",
            "End",
        ] {
            page.press(key)?;
            assert_eq!(page.text(HASH)?, "c09s03", "{key} in {field}");
        }
        let quiet = "!document.body.dataset.screen && !document.querySelector('dialog[open]') && ['overview', 'inking', 'pointing'].every((it) => !document.body.classList.contains(it))";
        assert_eq!(page.evaluate(quiet)?, true, "{field}");
    }
    Ok(())
}

#[test]
fn keys_of_one_character_can_be_switched_off() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    page.press("?")?;
    page.click("dialog.help label:last-of-type input")?;
    page.press("Escape")?;
    page.wait("!document.querySelector('dialog.help').open")?;
    for round in 0..2 {
        for key in ["n", "b", ".", "w", "o", "d", "?", "/", "g", "s"] {
            page.press(key)?;
        }
        assert_eq!(page.text(HASH)?, "c09s03", "round {round}");
        assert_eq!(page.evaluate("document.querySelector('dialog[open]') === null && !document.body.dataset.screen && document.body.classList.contains('overview') === false")?, true);
        page.reload()?;
    }
    page.press("PageDown")?;
    at(&page, "c09s04")
}

#[test]
fn chinese_input_sends_the_same_keys() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    let send = |key: &str, code: &str| {
        page.evaluate(&format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', code: '{code}', bubbles: true }}))"
        ))
    };
    send("。", "Period")?;
    page.wait("document.body.dataset.screen === 'black'")?;
    send("Process", "KeyB")?;
    page.wait("document.body.dataset.screen === ''")?;
    send("？", "Slash")?;
    page.wait("document.querySelector('dialog.help').open")
}

#[test]
fn the_overview_is_walked_by_keys() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    page.press("o")?;
    for key in ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "Home", "ArrowRight"] {
        page.press(key)?;
    }
    assert_eq!(page.text("document.activeElement.id")?, "c09s01");
    page.press("Enter")?;
    at(&page, "c09s01")?;
    assert_eq!(page.evaluate("document.activeElement.closest('.slide').id")?, "c09s01");
    page.press("o")?;
    page.click("#c09s04")?;
    at(&page, "c09s04")?;
    page.wait("!document.body.classList.contains('overview')")?;
    assert_sound(&page)
}

#[test]
fn each_slide_is_said_once_and_the_others_are_out_of_reach() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    page.evaluate("window.said = []; new MutationObserver(() => said.push(document.getElementById('said').textContent)).observe(document.getElementById('said'), { childList: true })")?;
    page.press("PageDown")?;
    at(&page, "c09s04")?;
    page.wait(
        "said.length === 1 && said[0] === '第 4 页，共 13 页：锚点写死，换个人打分也差不多'",
    )?;
    assert_eq!(page.text("document.activeElement.textContent")?, "锚点写死，换个人打分也差不多");
    let reachable = "[...document.querySelectorAll('.slide')].filter((it) => !it.inert).map((it) => it.id).join()";
    assert_eq!(page.text(reachable)?, "c09s04");
    Ok(())
}

#[test]
fn fingers_clicks_and_the_place_where_one_stopped() -> Outcome {
    let studio = Studio::open();
    let page = studio.page_on(Screen::PHONE, "09-screening/deck.html#c09s03")?;
    page.swipe((300.0, 400.0), (80.0, 410.0))?;
    at(&page, "c09s04")?;
    page.swipe((80.0, 400.0), (300.0, 390.0))?;
    at(&page, "c09s03")?;
    page.swipe((200.0, 300.0), (190.0, 600.0))?;
    assert_eq!(page.text(HASH)?, "c09s03");
    assert_sound(&page)?;
    let page = page.beside()?;
    page.goto_file(&studio.file("09-screening/deck.html"), "")?;
    page.wait("document.querySelector('.resume')")?;
    page.click(".resume")?;
    at(&page, "c09s03")?;
    page.wait("!document.querySelector('.resume')")?;
    page.click_at(1000.0, 200.0)?;
    at(&page, "c09s04")?;
    page.click_at(100.0, 200.0)?;
    at(&page, "c09s03")?;
    for (hash, place) in
        [("#4", "c09s04"), ("#2.2", "c09s02.2"), ("#c09s02.1", "c09s02.1"), ("#nowhere", "open")]
    {
        page.goto("about:blank")?;
        page.goto_file(&studio.file("09-screening/deck.html"), hash)?;
        at(&page, place)?;
    }
    Ok(())
}

#[test]
fn ink_stays_with_its_slide_and_survives_a_reload() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s03")?;
    let line = "document.querySelector('#c09s03 .strokes path')?.getAttribute('d') || ''";
    page.press("d")?;
    page.drag(&[(300.0, 300.0), (400.0, 350.0), (500.0, 300.0)])?;
    page.wait(&format!("({line}).length > 10"))?;
    let drawn = page.text(line)?;
    assert_eq!(page.text(HASH)?, "c09s03", "drawing does not move the deck");
    page.press("PageDown")?;
    at(&page, "c09s04")?;
    assert_eq!(page.evaluate("document.querySelectorAll('#c09s04 .strokes path').length")?, 0);
    page.press("PageUp")?;
    assert_eq!(page.text(line)?, drawn);
    page.reload()?;
    assert_eq!(page.text(line)?, drawn);
    page.screen(Screen::PROJECTOR)?;
    let place = "(() => { const s = document.querySelector('#c09s03').getBoundingClientRect(), p = document.querySelector('#c09s03 .strokes path').getBoundingClientRect(); return Math.round(1000 * (p.left - s.left) / s.width) })()";
    let wide = page.evaluate(place)?.as_i64().unwrap();
    page.screen(Screen::LAPTOP)?;
    let small = page.evaluate(place)?.as_i64().unwrap();
    assert!((wide - small).abs() <= 1, "{wide} {small}");
    page.press("d")?;
    page.press("e")?;
    page.wait(&format!("({line}) === ''"))?;
    page.press("Control+z")?;
    assert_eq!(page.text(line)?, drawn, "erasing can be undone");
    page.press("e")?;
    page.reload()?;
    assert_eq!(page.text(line)?, "");
    assert_sound(&page)
}
