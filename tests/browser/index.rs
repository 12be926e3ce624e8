//! The front page: progress shown, carried away, brought back, deleted.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::Screen;
use serde_json::{Value, json};

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
    assert_eq!(
        page.evaluate("Boolean(window.kejianEngine)")?,
        false,
        "no engine before it is needed"
    );
    load("{ cut off")?;
    page.wait(&format!("{said} === kejian.word('page.damaged')"))?;
    load(&json!({"version": 1, "course": "another", "items": {}}).to_string())?;
    page.wait(&format!("{said} === kejian.word('page.other')"))?;
    load(&kept.to_string())?;
    page.wait(&format!("document.querySelector('.continue a') && {done} === 1"))?;
    assert_sound(&page)
}

#[test]
fn a_damaged_or_older_file_never_loses_what_can_be_read() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("index.html")?;
    page.wait("document.querySelector('.progress-box .download')")?;
    let id = |at: usize| page.text(&format!("kejian.data.chapters[4].questions[{at}]"));
    let (first, second, third) = (id(0)?, id(1)?, id(2)?);
    let course = page.text("kejian.data.course")?;
    let stem = page.text("kejian.data.chapters[4].stem")?;
    // What is here: two answers, work on an exercise, and the mastery of one objective.
    let right = json!({"state": "right", "score": 1, "marks": 1, "max": 1});
    let work = |answers: Value| json!({"level": "", "variant": "", "stage": "score", "works": {"/": {"answers": {"score": answers}, "checked": {}, "hints": {}}}});
    page.evaluate(&format!(
        "kejian.storage.set('quiz/{stem}', {}); kejian.storage.set('practice/swot', {});",
        json!({"version": 1, "course": course, "items": {
            first.as_str(): {"answer": "mine", "tries": 2, "done": true, "verdict": right},
            second.as_str(): {"answer": "draft"}}, "quizzes": {}, "mastery": {}}),
        work(json!({"K1.I": 5, "K1.U": 4, "K1.C": 2}))
    ))?;
    // An older file, cut off in the middle: what stands before the cut counts.
    let older = json!({"version": 1, "course": course, "items": {
            first.as_str(): {"answer": "older", "tries": 1},
            third.as_str(): {"answer": "only there"},
            "gone": {"answer": "a question that is no more"}},
        "exercises": {"swot": work(json!({"K1.I": 1, "K2.I": 3}))},
        "later": {"kept": true}, "decks": {}});
    let text = serde_json::to_string_pretty(&older).unwrap();
    let cut = text.find("\"decks\"").unwrap() - 4;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("progress.json");
    std::fs::write(&file, &text[..cut]).unwrap();
    page.choose_files(".progress-box input[type=file]", &[&file.display().to_string()])?;
    page.wait("document.querySelector('.progress-box .dropped')")?;
    let said = page.text("document.querySelector('.progress-box [role=status]').textContent")?;
    assert!(said.contains("行") && !said.contains("engine."), "{said}");
    let all = page.evaluate("kejian.parts.progress.collect()")?;
    let item = |id: &str, key: &str| all["items"][id][key].clone();
    assert_eq!(item(&first, "answer"), json!("mine"));
    assert_eq!(item(&first, "earlier"), json!(["older"]));
    assert_eq!(item(&second, "answer"), json!("draft"));
    assert_eq!(item(&third, "answer"), json!("only there"));
    assert_eq!(item("gone", "answer"), json!("a question that is no more"), "kept for others");
    assert_eq!(all["later"]["kept"], json!(true), "and so is what a newer version wrote");
    let cells = &all["exercises"]["swot"]["works"]["/"]["answers"]["score"];
    assert_eq!(cells, &json!({"K1.I": 5, "K1.U": 4, "K1.C": 2, "K2.I": 3}));
    // The pages read it, and what the browser itself has kept is read in the same way.
    page.evaluate(&format!(
        "localStorage.setItem('kejian:{course}:quiz/{stem}', localStorage.getItem('kejian:{course}:quiz/{stem}').slice(0, -30))"
    ))?;
    page.goto_file(&studio.file(&format!("{stem}/quiz.html")), "")?;
    page.wait("document.querySelector('.question legend')")?;
    let kept = page.evaluate(&format!("kejian.storage.get('quiz/{stem}').items"))?;
    assert_eq!(kept[&first]["answer"], json!("mine"));
    assert!(page.text(&format!("kejian.storage.get('damaged/quiz/{stem}')"))?.contains("older"));
    page.goto_file(&studio.file("practice/swot.html"), "")?;
    page.wait("document.querySelector('[data-cell=\"K2.I\"] input')")?;
    assert_eq!(page.text("document.querySelector('[data-cell=\"K2.I\"] input').value")?, "3");
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

#[test]
fn a_progress_can_be_loaded_on_a_translated_front_page() -> Outcome {
    let studio = Studio::open();
    let page = studio.page("en/index.html")?;
    page.wait("document.querySelector('.progress-box .download')")?;
    let course = page.text("kejian.data.course")?;
    let item = page.text("kejian.data.chapters[4].questions[0]")?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("progress.json");
    let mine =
        json!({"version": 1, "course": course, "items": {item.as_str(): {"answer": "mine"}}});
    std::fs::write(&file, mine.to_string()).unwrap();
    page.choose_files(".progress-box input[type=file]", &[&file.display().to_string()])?;
    page.wait(&format!("kejian.parts.progress.collect().items['{item}']?.answer === 'mine'"))?;
    assert_sound(&page)
}
