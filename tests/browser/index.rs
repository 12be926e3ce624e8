//! The front page: progress shown, carried away, brought back, deleted.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::Screen;
use serde_json::json;

#[test]
fn progress_is_shown_carried_away_and_brought_back() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("05-swot/quiz.html")?;
    page.wait("document.querySelector('.question legend')")?;
    page.evaluate(
        "kejian.parts.quizMap && document.querySelectorAll('.quiz-map .dot')[1].click()",
    )?;
    page.press("1")?;
    page.press("Enter")?;
    page.wait("document.querySelector('.feedback')")?;

    page.goto_file(&studio.file("index.html"), "")?;
    page.wait("document.querySelector('.continue a')")?;
    let go = page.text("document.querySelector('.continue a').getAttribute('href')")?;
    assert_eq!(go, "05-swot/quiz.html");
    let done = "document.querySelectorAll('[data-chapter=\"05-swot\"] .marks i:not(.open)').length";
    assert_eq!(page.evaluate(done)?, 1);
    let kept = page.evaluate("kejian.parts.progress.collect()")?;
    assert_eq!(kept["version"], 1);
    assert_eq!(
        kept["items"]
            .as_object()
            .map(|it| it.values().filter(|it| it["verdict"].is_object()).count()),
        Some(1)
    );

    page.click(".progress-box .reset")?;
    page.click("dialog[open] .danger")?;
    page.wait("document.readyState === 'complete' && !document.querySelector('.continue a') && document.querySelector('.progress-box .download')")?;
    assert_eq!(page.evaluate(done)?, 0);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("progress.json");
    let load = |text: &str| {
        std::fs::write(&file, text).unwrap();
        page.choose_files(".progress-box input[type=file]", &[&file.display().to_string()])
    };
    let said = "document.querySelector('.progress-box [role=status]').textContent";
    load("{ cut off")?;
    page.wait(&format!("{said} === kejian.word('index.damaged')"))?;
    load(&json!({"version": 1, "course": "another", "items": {}}).to_string())?;
    page.wait(&format!("{said} === kejian.word('index.other')"))?;
    load(&kept.to_string())?;
    page.wait(&format!("document.querySelector('.continue a') && {done} === 1"))?;
    assert_sound(&page)
}

#[test]
fn the_front_page_fits_every_width() -> Outcome {
    let studio = Studio::open();
    for width in [320, 390, 700, 1366, 2560] {
        let page = studio.page_on(Screen::computer(width, 900), "index.html")?;
        page.wait("document.querySelector('.progress-box .download')")?;
        assert_sound(&page)?;
    }
    Ok(())
}
