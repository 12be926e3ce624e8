//! Browsers that keep nothing: private windows, blocked site data, frames of a learning platform.
//! The pages say so, work on, and give the progress to carry away.

use crate::studio::bare_page;
use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page, Screen};
use kejian::compile::Options;
use serde_json::json;

/// What a browser does that forbids storage.
const FORBIDDEN: &str = "Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('forbidden', 'SecurityError'); } });";

/// What one does that gives storage and takes nothing.
const FULL: &str =
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";

fn opened(studio: &Studio, script: &str, address: &str, shown: &str) -> Result<Page, Error> {
    let page = studio.blank()?;
    page.screen(Screen::PHONE)?;
    page.before_scripts(script)?;
    page.goto_file(&studio.file(address), "")?;
    page.wait(&format!("document.querySelector('{shown}')"))?;
    Ok(page)
}

const SAID: &str = "document.querySelector('.unkept p')?.textContent || ''";

#[test]
fn quiz_and_practice_say_when_nothing_is_kept() -> Outcome {
    let studio = Studio::open();
    for (folder, said) in [("", "不允许保存"), ("en/", "may not keep anything")] {
        for (address, shown) in [
            ("05-swot/quiz.html", ".question legend"),
            ("practice/swot.html", ".stage[data-stage]"),
        ] {
            for script in [FORBIDDEN, FULL] {
                let page = opened(&studio, script, &format!("{folder}{address}"), shown)?;
                assert!(page.text(SAID)?.contains(said), "{address}: {}", page.text(SAID)?);
                assert_eq!(page.evaluate("document.querySelectorAll('.unkept').length")?, 1);
                assert_sound(&page)?;
            }
            let page = studio.page(&format!("{folder}{address}"))?;
            page.wait(&format!("document.querySelector('{shown}')"))?;
            assert_eq!(page.text(SAID)?, "", "{address}: where it is kept nothing is said");
        }
    }
    Ok(())
}

#[test]
fn a_storage_that_is_full_is_told_of_when_it_refuses() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("05-swot/quiz.html")?;
    page.wait("document.querySelector('.question legend')")?;
    assert_eq!(page.text(SAID)?, "");
    page.evaluate(FULL)?;
    page.click(".flag")?;
    page.wait("document.querySelector('.unkept')")?;
    assert_eq!(page.text("document.querySelector('.flag').ariaPressed")?, "true");
    assert_sound(&page)
}

/// A frame of a learning platform has an origin of its own; what it shows, its script tells the
/// page around it.
#[test]
fn a_sandboxed_frame_shows_the_quiz_and_says_so() -> Outcome {
    let studio = Studio::open();
    let options = Options { single_file: true, ..Options::default() };
    let folder = Studio::course(&kejian::embedded::course(), &options);
    for (address, shown) in
        [("05-swot/quiz.html", ".question legend"), ("practice/swot.html", ".stage[data-stage]")]
    {
        let file = folder.path().join(address);
        let tell = format!(
            "<script>const tell = () => document.querySelector('{shown}') && parent.postMessage({SAID}, '*');
             new MutationObserver(tell).observe(document.documentElement, {{ childList: true, subtree: true }});</script>"
        );
        let html = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, html.replacen("<head>", &format!("<head>{tell}"), 1)).unwrap();
        let url = format!("file://{}", file.display());
        let (_beside, outer) = bare_page(&format!(
            "<script>addEventListener('message', (event) => (window.told = event.data))</script>
             <iframe sandbox=allow-scripts src={} width=390 height=800></iframe>",
            json!(url)
        ));
        let page = studio.blank()?;
        page.goto_file(&outer, "")?;
        page.wait("window.told !== undefined && window.told.includes('不允许保存')")?;
    }
    Ok(())
}

#[test]
fn what_cannot_be_kept_goes_along_from_page_to_page() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, FORBIDDEN, "05-swot/quiz.html", ".question legend")?;
    page.tap(".flag")?;
    let first = page.text("kejian.data.quiz.questions[0].id")?;
    // Over the slides, an exercise and the appendix to the front page, and back into the quiz.
    let follow = |link: &str, shown: &str| {
        page.evaluate(&format!("document.querySelector('{link}').click()"))?;
        page.wait(&format!("window.kejian && document.querySelector('{shown}')"))
    };
    follow(".page-head a[href$=\"deck.html\"]", ".slide.now .title")?;
    follow(".slide.l-open .foot a", ".continue a")?;
    let marks = "document.querySelector('[data-chapter=\"05-swot\"] .done-words')";
    page.wait(marks)?;
    follow("a[href=\"practice/swot.html\"]", ".stage[data-stage]")?;
    follow(".page-head a", ".continue a")?;
    follow("a[href=\"glossary.html\"]", "main.glossary")?;
    follow(".page-head a", ".continue a")?;
    follow("a[href=\"05-swot/quiz.html\"]", ".question legend")?;
    assert_eq!(page.evaluate("location.hash.includes('~')")?, true);
    let flag = format!("kejian.storage.get('quiz/05-swot').items['{first}'].flagged");
    assert_eq!(page.evaluate(&flag)?, true);
    assert_sound(&page)
}

#[test]
fn progress_is_carried_away_and_brought_back_where_nothing_is_kept() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, FORBIDDEN, "05-swot/quiz.html", ".question legend")?;
    let ids = page.evaluate("kejian.data.quiz.questions.map((it) => it.id)")?;
    // Progress of this chapter, of another one and of an exercise.
    let right = json!({"state": "right", "score": 1, "marks": 1, "max": 1});
    let item = json!({"answer": "x", "tries": 1, "done": true, "verdict": right});
    let course = page.text("kejian.data.course")?;
    let second = ids[1].as_str().unwrap_or_default();
    let file = json!({"version": 1, "course": course, "items": {second: item, "c09q1": item},
        "quizzes": {}, "mastery": {}, "decks": {},
        "exercises": {"swot": {"level": "", "variant": "", "stage": "score", "works": {"/": {"answers": {"score": {"K1.I": 5}}, "checked": {}, "hints": {}}}}}});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("progress.json");
    let load = |text: &str| {
        std::fs::write(&path, text).unwrap();
        page.choose_files(".unkept input[type=file]", &[&path.display().to_string()])
    };
    let said = "document.querySelector('.unkept [role=status]').textContent";
    load("{ cut off")?;
    page.wait(&format!("{said} === kejian.word('page.damaged')"))?;
    load(&file.to_string())?;
    page.wait(&format!("{said} === kejian.word('page.loaded')"))?;
    // Shown at once, without a reload that would lose it.
    page.wait("document.querySelectorAll('.quiz-map .dot.right').length === 1")?;
    let all = page.evaluate("kejian.parts.progress.collect()")?;
    assert_eq!(all["items"]["c09q1"]["done"], json!(true), "{all}");
    assert_eq!(all["exercises"]["swot"]["works"]["/"]["answers"]["score"]["K1.I"], json!(5));
    // The front page, reached by its link, puts everything in its place.
    page.evaluate("document.querySelector('.page-head a').click()")?;
    page.wait("document.querySelector('[data-chapter=\"09-screening\"] .marks .right')")?;
    page.evaluate("document.querySelector('a[href=\"practice/swot.html\"]').click()")?;
    page.wait("document.querySelector('[data-cell=\"K1.I\"] input')?.value === '5'")?;
    assert_sound(&page)
}

/// Presses Tab until a page says that the element wanted has the focus.
fn tab_to(page: &Page, reached: &str) -> Outcome {
    for _ in 0..60 {
        if page.evaluate(reached)? == true {
            return Ok(());
        }
        page.press("Tab")?;
    }
    panic!("Tab does not reach what was wanted: {reached}");
}

fn paste(page: &Page) -> Outcome {
    let key = json!({"type": "rawKeyDown", "key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86,
        "modifiers": 2, "commands": ["paste"]});
    page.call("Input.dispatchKeyEvent", &key)?;
    page.call("Input.dispatchKeyEvent", &json!({"type": "keyUp", "key": "v", "code": "KeyV"}))?;
    Ok(())
}

const TEXT_SAID: &str = "document.querySelector('.unkept [role=status]').textContent";

/// With the keys alone, from one window into another, in both languages.
#[test]
fn progress_is_carried_as_text_where_nothing_can_be_downloaded() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, FORBIDDEN, "05-swot/quiz.html", ".question legend")?;
    page.tap(".flag")?;
    let first = page.text("kejian.data.quiz.questions[0].id")?;
    let at = |selector: &str| format!("document.activeElement.matches('.as-text {selector}')");
    tab_to(&page, &at("summary"))?;
    page.press("Enter")?;
    tab_to(&page, &at(".load-text"))?;
    page.press("Enter")?;
    assert_eq!(page.text(TEXT_SAID)?, page.text("kejian.word('page.nothing_pasted')")?);
    assert_eq!(page.evaluate(&at("textarea"))?, true, "where the text goes has the focus");
    page.type_text("ten of twelve")?;
    tab_to(&page, &at(".load-text"))?;
    page.press("Enter")?;
    page.wait(&format!("{TEXT_SAID} === kejian.word('page.damaged')"))?;
    page.evaluate("document.querySelector('.as-text textarea').focus()")?;
    tab_to(&page, &at(".copy"))?;
    page.press("Enter")?;
    page.wait(&format!("{TEXT_SAID} === kejian.word('page.copied')"))?;
    assert_sound(&page)?;
    // The English page takes it in place of what stands there already.
    let other = opened(&studio, FORBIDDEN, "en/05-swot/quiz.html", ".question legend")?;
    tab_to(&other, &at("summary"))?;
    other.press("Enter")?;
    tab_to(&other, &at("textarea"))?;
    other.type_text("left over")?;
    paste(&other)?;
    other.wait("document.querySelector('.as-text textarea').value.startsWith('{')")?;
    tab_to(&other, &at(".load-text"))?;
    other.press("Enter")?;
    other.wait(&format!("{TEXT_SAID} === kejian.word('page.loaded')"))?;
    let flag = format!("kejian.parts.progress.collect().items['{first}'].flagged");
    assert_eq!(other.evaluate(&flag)?, true);
    assert_sound(&other)
}

/// Where neither the old nor the new way of copying is allowed, the text stands there, selected.
#[test]
fn a_progress_that_may_not_be_copied_is_shown_to_be_copied_by_hand() -> Outcome {
    let studio = Studio::open();
    let script = format!(
        "{FORBIDDEN} document.execCommand = () => false;
         Object.defineProperty(navigator, 'clipboard', {{ value: undefined }});"
    );
    let page = opened(&studio, &script, "practice/swot.html", ".stage[data-stage]")?;
    page.click(".as-text summary")?;
    page.click(".as-text .copy")?;
    page.wait(&format!("{TEXT_SAID} === kejian.word('page.copy_yourself')"))?;
    let selected = "((area) => area.value.slice(area.selectionStart, area.selectionEnd))(document.querySelector('.as-text textarea'))";
    assert_eq!(page.text(selected)?, page.text("kejian.parts.progress.written()")?);
    assert_eq!(page.evaluate("document.activeElement.tagName")?, "TEXTAREA");
    assert_sound(&page)
}

/// The front page has it, too: storage may be allowed where downloads are not.
#[test]
fn the_front_page_gives_and_takes_progress_as_text() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("index.html")?;
    page.wait("document.querySelector('.progress-box .as-text')")?;
    let course = page.text("kejian.data.course")?;
    let question = page.text("kejian.data.chapters[0].questions[0]")?;
    let stem = page.text("kejian.data.chapters[0].stem")?;
    let right = json!({"state": "right", "score": 1, "marks": 1, "max": 1});
    let item = json!({"answer": "x", "tries": 1, "done": true, "verdict": right});
    let text = json!({"version": 1, "course": course, "items": {question: item}}).to_string();
    page.click(".as-text summary")?;
    page.click(".as-text textarea")?;
    page.type_text(&text)?;
    page.click(".as-text .load-text")?;
    page.wait(&format!("document.querySelector('[data-chapter=\"{stem}\"] .marks .right')"))?;
    page.click(".as-text .copy")?;
    page.wait("document.querySelector('.as-text textarea').value.includes('\"done\":true')")?;
    assert_sound(&page)
}

/// A frame that may neither keep nor download: keys and clipboard work in it all the same.
#[test]
fn a_sandboxed_frame_gives_the_progress_as_text() -> Outcome {
    let studio = Studio::open();
    let options = Options { single_file: true, ..Options::default() };
    let folder = Studio::course(&kejian::embedded::course(), &options);
    let file = folder.path().join("05-swot/quiz.html");
    let tell = "<script>
        const tell = (event) => parent.postMessage({
            at: ['summary', '.copy'].find((it) => document.activeElement?.matches(`.as-text ${it}`)),
            said: document.querySelector('.unkept [role=status]')?.textContent,
            asked: event.type === 'message' }, '*');
        addEventListener('message', tell);
        new MutationObserver(tell).observe(document, { childList: true, subtree: true, characterData: true });
        </script>";
    let html = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, html.replacen("<head>", &format!("<head>{tell}"), 1)).unwrap();
    let url = format!("file://{}", file.display());
    let (_beside, outer) = bare_page(&format!(
        "<script>window.told = {{}}; addEventListener('message', (event) => (window.told = event.data))</script>
         <iframe sandbox=allow-scripts src={} width=390 height=800></iframe><textarea></textarea>",
        json!(url)
    ));
    let page = studio.blank()?;
    page.goto_file(&outer, "")?;
    page.wait("window.told.said === ''")?;
    // Asked, not told: the frame may be a process of its own.
    let at = |selector: &str| {
        format!(
            "new Promise((done) => {{
                const hear = (event) => {{
                    if (!event.data.asked) return;
                    removeEventListener('message', hear);
                    done(event.data.at === '{selector}');
                }};
                addEventListener('message', hear);
                frames[0].postMessage('where', '*');
            }})"
        )
    };
    page.evaluate("document.querySelector('iframe').focus()")?;
    tab_to(&page, &at("summary"))?;
    page.press("Enter")?;
    tab_to(&page, &at(".copy"))?;
    page.press("Enter")?;
    page.wait("window.told.said?.includes('已复制')")?;
    page.evaluate("document.querySelector('textarea').focus()")?;
    paste(&page)?;
    page.wait("document.querySelector('textarea').value.startsWith('{\"version\":1')")
}
