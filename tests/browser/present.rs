//! The presenter's window and the audience's: in step whatever happens to either.

use crate::serve::Serving;
use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page};

const HASH: &str = "decodeURIComponent(location.hash.slice(1))";
const CONNECTED: &str = "document.querySelector('.light.on')";

/// Both windows of a deck.
struct Pair {
    audience: Page,
    presenter: Page,
}

impl Pair {
    /// Opens the presenter's window from the audience's, as a trainer does.
    fn open(audience: Page) -> Result<Self, Error> {
        audience.press("s")?;
        let presenter = audience.popup()?;
        let pair = Self { audience, presenter };
        pair.presenter.wait(CONNECTED)?;
        Ok(pair)
    }

    /// Waits until both stand at `place`.
    fn at(&self, place: &str) -> Outcome {
        for page in [&self.audience, &self.presenter] {
            page.wait(&format!("{HASH} === '{place}'"))?;
        }
        Ok(())
    }

    /// Waits until the audience sees that screen (`black`, `white`, nothing).
    fn screen(&self, screen: &str) -> Outcome {
        for page in [&self.audience, &self.presenter] {
            page.wait(&format!("(document.body.dataset.screen || '') === '{screen}'"))?;
        }
        Ok(())
    }

    fn sound(&self) -> Outcome {
        assert_sound(&self.audience)?;
        assert_sound(&self.presenter)
    }
}

/// Steps, jumps, blackout and reloads, led by one and then by the other. The deck begins with a
/// slide in two steps, and `second` comes after it.
fn stays_in_step(pair: &Pair, first: &str, steps: usize, second: &str) -> Outcome {
    for step in 1..=steps {
        pair.presenter.press("PageDown")?;
        pair.at(&format!("{first}.{step}"))?;
    }
    pair.presenter.press("PageDown")?;
    pair.at(second)?;
    pair.audience.press("PageUp")?;
    pair.at(&format!("{first}.{steps}"))?;
    pair.presenter.press("Home")?;
    pair.at("open")?;
    pair.audience.press("2")?;
    pair.audience.press("Enter")?;
    pair.at(second)?;
    for (key, screen) in [("b", "black"), ("w", "white"), ("w", ""), (".", "black")] {
        pair.presenter.press(key)?;
        pair.screen(screen)?;
    }
    pair.audience.press("ArrowRight")?;
    pair.screen("")?;
    pair.at(second)?;
    pair.presenter.reload()?;
    pair.presenter.wait(CONNECTED)?;
    pair.at(second)?;
    pair.audience.press("PageUp")?;
    pair.at(&format!("{first}.{steps}"))?;
    pair.audience.reload()?;
    pair.at(&format!("{first}.{steps}"))?;
    pair.presenter.wait(CONNECTED)?;
    pair.presenter.press("PageDown")?;
    pair.at(second)?;
    pair.audience.press("PageUp")?;
    pair.at(&format!("{first}.{steps}"))?;
    pair.sound()
}

#[test]
fn two_windows_of_a_file_stay_in_step() -> Outcome {
    let studio = Studio::open();
    let pair = Pair::open(studio.page("09-screening/deck.html#c09s02")?)?;
    pair.at("c09s02")?;
    pair.presenter.press("1")?;
    pair.presenter.press("Enter")?;
    pair.at("c09s01")?;
    stays_in_step(&pair, "c09s01", 1, "c09s02")
}

#[test]
fn two_windows_of_a_served_deck_stay_in_step() -> Outcome {
    let (studio, serving) = (Studio::open(), Serving::start());
    let pair = Pair::open(serving.page(&studio, "01-a/deck.html#first")?)?;
    stays_in_step(&pair, "first", 2, "second")
}

#[test]
fn each_way_between_the_windows_is_enough_alone() -> Outcome {
    const NO_CHANNEL: &str = "delete window.BroadcastChannel;";
    const NO_STORAGE: &str = "Storage.prototype.setItem = () => undefined;";
    const NO_WINDOWS: &str = "window.postMessage = () => undefined; window.open = () => null;";
    let studio = Studio::open();
    for (way, stubs) in [
        ("channel", [NO_STORAGE, NO_WINDOWS]),
        ("window", [NO_CHANNEL, NO_STORAGE]),
        ("storage", [NO_CHANNEL, NO_WINDOWS]),
    ] {
        let audience = studio.blank()?;
        audience.before_scripts(&stubs.concat())?;
        let file = studio.file("09-screening/deck.html");
        audience.goto_file(&file, "#c09s03")?;
        let pair = if way == "window" {
            Pair::open(audience)?
        } else {
            let presenter = audience.beside()?;
            presenter.goto_file(&file, "?presenter#c09s03")?;
            presenter.wait(CONNECTED)?;
            Pair { audience, presenter }
        };
        pair.presenter.press("PageDown")?;
        pair.at("c09s04")?;
        pair.audience.press("PageUp")?;
        pair.at("c09s03")?;
    }
    Ok(())
}

#[test]
fn readers_of_one_deck_do_not_disturb_each_other() -> Outcome {
    let studio = Studio::open();
    let one = studio.page("09-screening/deck.html#c09s03")?;
    let other = one.beside()?;
    other.goto_file(&studio.file("09-screening/deck.html"), "#c09s05")?;
    one.press("PageDown")?;
    one.wait(&format!("{HASH} === 'c09s04'"))?;
    other.press("PageDown")?;
    other.wait(&format!("{HASH} === 'c09s05.1'"))?;
    assert_eq!(one.text(HASH)?, "c09s04");
    Ok(())
}

#[test]
fn a_blocked_window_is_offered_as_a_link() -> Outcome {
    let studio = Studio::open();
    for stub in ["window.open = () => null", "window.open = () => { throw new Error('no') }"] {
        let page = studio.blank()?;
        page.before_scripts(stub)?;
        page.goto_file(&studio.file("09-screening/deck.html"), "#c09s03")?;
        page.press("s")?;
        page.wait("document.querySelector('dialog.blocked').open")?;
        page.click("dialog.blocked a")?;
        let presenter = page.popup()?;
        presenter.wait(CONNECTED)?;
        page.wait("!document.querySelector('dialog.blocked').open")?;
        presenter.press("PageDown")?;
        page.wait(&format!("{HASH} === 'c09s04'"))?;
    }
    Ok(())
}

#[test]
fn a_window_that_stays_blank_is_offered_as_a_link() -> Outcome {
    let studio = Studio::open();
    let page = studio.blank()?;
    // The patience of four seconds passes at once.
    page.before_scripts(
        "const { open, setTimeout: later } = window;
         window.open = () => open('about:blank', 'blank', 'popup');
         window.setTimeout = (act, ms) => later(act, ms === 4000 ? 0 : ms);",
    )?;
    page.goto_file(&studio.file("09-screening/deck.html"), "")?;
    page.press("s")?;
    page.wait("document.querySelector('dialog.blocked')?.open")
}

#[test]
fn the_light_goes_out_with_the_window() -> Outcome {
    let studio = Studio::open();
    let pair = Pair::open(studio.page("09-screening/deck.html#c09s03")?)?;
    pair.audience.goto("about:blank")?;
    pair.presenter.wait("!document.querySelector('.light.on')")?;
    pair.audience.goto_file(&studio.file("09-screening/deck.html"), "#c09s05")?;
    pair.presenter.wait(CONNECTED)
}

#[test]
fn notes_and_what_comes_next_are_right() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("09-screening/deck.html#c09s02")?;
    let paper = studio.page("09-screening/notes.html")?;
    let wanted =
        paper.text("document.querySelectorAll('.spoken')[1].querySelector('p').textContent")?;
    assert_eq!(page.evaluate("typeof kejian.notes")?, "undefined", "who looks loads no notes");
    let parts = page.evaluate(
        "document.querySelectorAll('#c09s02 [data-part], #c09s02 [data-fragment]').length",
    )?;
    let parts = parts.as_u64().unwrap();
    assert!(parts > 1);
    let pair = Pair::open(page)?;
    let presenter = &pair.presenter;
    presenter.wait("document.querySelector('.said p:not(.quiet)')")?;
    let said = presenter.text("document.querySelector('.said').textContent")?;
    assert!(said.starts_with(&wanted), "{wanted}\n{said}");
    let shown = "document.querySelectorAll('.pane-next [data-part]:not(.hidden), .pane-next [data-fragment]:not(.hidden)').length";
    let hidden = "document.querySelectorAll('.pane-next .hidden').length";
    for step in 1..=parts {
        let title = presenter.text("document.querySelector('.pane-next .title').textContent")?;
        assert!(title.starts_with("准则让时间"), "step {step} is on the same slide: {title}");
        assert_eq!(presenter.evaluate(shown)?, step);
        assert_eq!(presenter.evaluate(hidden)?, parts - step);
        // The audience moves: what the presenter sees next must not go stale.
        pair.audience.press("PageDown")?;
        pair.at(&format!("c09s02.{step}"))?;
    }
    presenter
        .wait("document.querySelector('.pane-next .title').textContent.startsWith('六条准则')")?;
    assert!(presenter.text("document.querySelector('.pane-next h2').textContent")?.contains('3'));
    presenter.press("End")?;
    pair.audience.wait("location.hash.startsWith('#close')")?;
    assert_eq!(presenter.evaluate("document.querySelectorAll('.pane-next .slide').length")?, 0);
    pair.sound()
}

#[test]
fn the_countdown_of_an_activity_is_one_in_both_windows() -> Outcome {
    let studio = Studio::open();
    let pair = Pair::open(studio.page("13-prepare/deck.html#c13s11")?)?;
    let face =
        |text: &str| format!("document.querySelector('#c13s11 .clock b').textContent === '{text}'");
    let toggle = |text: &str| {
        format!("document.querySelector('#c13s11 .clock button').textContent === '{text}'")
    };
    let button = |name: &str| {
        format!(
            "[...document.querySelectorAll('#c13s11 .timer p button')].find((it) => it.textContent === '{name}').click()"
        )
    };
    let both = |what: &str| -> Outcome {
        pair.audience.wait(what)?;
        pair.presenter.wait(what)
    };
    both(&face("4:00"))?;
    pair.audience.evaluate(&button("+1 分钟"))?;
    both(&face("5:00"))?;
    pair.presenter.press("t")?;
    both(&toggle("暂停"))?;
    pair.audience.press("t")?;
    both(&toggle("开始"))?;
    pair.presenter.evaluate(&button("归零"))?;
    both(&face("4:00"))?;
    pair.sound()
}

#[test]
fn the_watch_runs_from_the_first_move_and_knows_the_plan() -> Outcome {
    let studio = Studio::open();
    let pair = Pair::open(studio.page("09-screening/deck.html#c09s01")?)?;
    let presenter = &pair.presenter;
    let shows = |part: &str, text: &str| {
        presenter.wait(&format!("document.querySelector('{part}').textContent === '{text}'"))
    };
    presenter.evaluate("{ const now = Date.now; window.later = 0; Date.now = () => now() + later; const start = now(); Date.now = () => start + later; }")?;
    shows(".elapsed", "0:00")?;
    presenter.evaluate("later = 60000")?;
    shows(".elapsed", "0:00")?;
    pair.audience.press("3")?;
    pair.audience.press("Enter")?;
    pair.at("c09s03")?;
    presenter.evaluate("later = 185000")?;
    shows(".elapsed", "2:05")?;
    // Three minutes are planned for each of the first three slides.
    shows(".lag", "快 3:55")?;
    shows(".pace", "本页 2:05／3:00")?;
    presenter.evaluate("later = 60000 + 10 * 60000")?;
    shows(".lag", "慢 1:00")?;
    presenter.wait("document.querySelector('.share .over')")?;
    presenter.reload()?;
    presenter.wait("document.querySelector('.run').textContent === '暂停'")?;
    presenter.click(".run")?;
    shows(".run", "开始")?;
    presenter.click(".reset")?;
    shows(".elapsed", "0:00")?;
    pair.sound()
}

#[test]
fn the_size_of_notes_is_kept() -> Outcome {
    let studio = Studio::open();
    let page = studio.blank()?;
    page.goto_file(&studio.file("09-screening/deck.html"), "?presenter#c09s02")?;
    let size = "parseFloat(getComputedStyle(document.querySelector('.said')).fontSize)";
    let before = page.evaluate(size)?.as_f64().unwrap();
    page.click(".pane-notes button:last-of-type")?;
    let after = page.evaluate(size)?.as_f64().unwrap();
    assert!(after > before);
    page.reload()?;
    assert_eq!(page.evaluate(size)?, after);
    Ok(())
}

#[test]
fn ink_and_laser_are_seen_in_both_windows() -> Outcome {
    let studio = Studio::open();
    let pair = Pair::open(studio.page("09-screening/deck.html#c09s03")?)?;
    let strokes = "document.querySelectorAll('#c09s03 .strokes path').length";
    pair.presenter.press("d")?;
    pair.presenter.drag(&[(200.0, 300.0), (260.0, 340.0), (320.0, 300.0)])?;
    pair.audience.wait(&format!("{strokes} === 1"))?;
    let line = "document.querySelector('#c09s03 .strokes path').getAttribute('d')";
    assert_eq!(pair.audience.text(line)?, pair.presenter.text(line)?);
    pair.audience.press("e")?;
    pair.presenter.wait(&format!("{strokes} === 0"))?;
    pair.presenter.press("l")?;
    pair.presenter.hover(300.0, 300.0)?;
    pair.audience.wait("document.querySelector('#c09s03 .laser')")?;
    pair.presenter.press("l")?;
    pair.audience.wait("!document.querySelector('.laser')")?;
    pair.sound()
}

#[test]
fn raised_hands_are_counted_in_both_windows() -> Outcome {
    let studio = Studio::open();
    let pair = Pair::open(studio.page("09-screening/deck.html#c09s01")?)?;
    let count = "[...document.querySelectorAll('#c09s01 .hand:not(.less)')].map((it) => it.textContent).join(' ')";
    pair.audience.click("#c09s01 .choices li:nth-child(2)")?;
    pair.presenter.wait(&format!("{count} === '0 1 0 0'"))?;
    pair.presenter.click("#c09s01 .choices li:nth-child(2) .hand")?;
    pair.audience.wait(&format!("{count} === '0 2 0 0'"))?;
    pair.audience.click("#c09s01 .choices li:nth-child(2) .less")?;
    pair.presenter.wait(&format!("{count} === '0 1 0 0'"))?;
    pair.audience.reload()?;
    pair.audience.wait(&format!("{count} === '0 1 0 0'"))?;
    pair.at("c09s01")
}
