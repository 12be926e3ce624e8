//! Quizzes: answered right and wrong, with reasons; kept, resumed, flagged, handed in.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page, Screen};
use serde_json::{Value, json};

/// For every question of the page: its id, the right answer and a wholly wrong one.
const ANSWERS: &str = "(async () => {
    const call = await kejian.engine;
    return kejian.data.quiz.questions.map((question) => {
        const right = call({ op: 'explain', question }).ok.solution;
        const face = call({ op: 'face', question }).ok;
        const ids = (face.options || []).map((it) => it.id);
        const wrong = {
            single: () => ids.find((id) => id !== right),
            multiple: () => ids.filter((id) => !right.includes(id)),
            true_false: () => !right,
            numeric: () => 987654,
            short: () => '错',
            essay: () => '写几句',
            cloze: () => right.map(() => '错'),
            order: () => [...right].reverse(),
        }[question.kind] || (() => Object.fromEntries(Object.entries(right).map(([left, target]) =>
            [left, face.targets.find((it) => it.id !== target).id])));
        return { id: question.id, kind: question.kind, right: right ?? '写几句', wrong: wrong() };
    });
})()";

/// Every reason that question `ID` gives must be read: an option's at that option, an item's and
/// the question's own beside them. How many there are, and those that are missing.
const REASONS: &str = "(() => {
    const question = kejian.data.quiz.questions.find((it) => it.id === 'ID');
    const plain = (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent.trim();
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility()).map((it) => it.textContent.trim());
    const reasons = [
        ...(question.options ?? []).map((it) => [it.why, `.option:has(input[value=\"${it.id}\"]) .because .why`]),
        ...(question.items ?? question.pairs ?? []).map((it) => [it.why, '.because .why']),
        [question.why, '.feedback .why'],
    ].filter(([why]) => why);
    const missing = reasons.filter(([why, where]) => !seen(where).includes(plain(why)));
    return { given: reasons.length, missing: missing.map(([why]) => plain(why)) };
})()";

fn opened(studio: &Studio, screen: Screen, address: &str) -> Result<Page, Error> {
    let page = studio.page_on(screen, address)?;
    page.wait("document.querySelector('.question legend')")?;
    Ok(page)
}

fn ids(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// What a person types for a value.
fn typed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Answers the question on the page with clicks and typing.
fn answer(page: &Page, kind: &str, value: &Value) -> Outcome {
    match kind {
        "single" | "true_false" => page.click(&format!("input[value=\"{}\"]", typed(value))),
        "multiple" => ids(value).try_for_each(|id| page.click(&format!("input[value=\"{id}\"]"))),
        "cloze" => ids(value).enumerate().try_for_each(|(at, text)| {
            page.click(&format!(".gap[data-id=\"{}\"] input", at + 1))?;
            page.type_text(text)
        }),
        "match" | "categorise" => {
            let pairs = value.as_object().into_iter().flatten();
            pairs.into_iter().try_for_each(|(left, target)| {
                page.click(&format!("[data-item=\"{left}\"] .card"))?;
                page.click(&format!("[data-bin=\"{}\"]", typed(target)))
            })
        }
        "order" => ids(value).enumerate().try_for_each(|(to, id)| {
            let place = format!(
                "[...document.querySelectorAll('.order li')].findIndex((it) => it.dataset.id === '{id}')"
            );
            for _ in 0..20 {
                if page.evaluate(&place)? == json!(to) {
                    break;
                }
                page.click(&format!(".order li[data-id=\"{id}\"] .up"))?;
            }
            Ok(())
        }),
        _ => {
            page.click(".field")?;
            page.type_text(&typed(value))
        }
    }
}

/// Takes the whole quiz; after each answer the verdict must be one of `states`.
fn take(page: &Page, which: &str, states: &[&str]) -> Outcome {
    let answers = page.evaluate(ANSWERS)?;
    let answers = answers.as_array().cloned().unwrap_or_default();
    assert!(answers.len() > 10, "{answers:?}");
    let mut told = 0;
    for (at, item) in answers.iter().enumerate() {
        let kind = item["kind"].as_str().unwrap_or_default();
        page.wait(&format!(
            "document.querySelector('.count').textContent === '{} / {}'",
            at + 1,
            answers.len()
        ))?;
        answer(page, kind, &item[which])?;
        page.click(".actions .primary")?;
        page.wait("document.querySelector('.feedback')")?;
        let state = page.text("document.querySelector('.feedback').classList[1]")?;
        assert!(states.contains(&state.as_str()), "{kind} {which}: {state}");
        assert_eq!(page.evaluate("document.activeElement.classList.contains('feedback')")?, true);
        if matches!(kind, "single" | "multiple" | "true_false") {
            let told = "[...document.querySelectorAll('.option')].every((it) => it.querySelector('.because'))";
            assert_eq!(page.evaluate(told)?, true, "every option says how it stands: {kind}");
        }
        let id = item["id"].as_str().unwrap_or_default();
        let reasons = page.evaluate(&REASONS.replace("ID", id))?;
        assert_eq!(reasons["missing"], json!([]), "{id} {which}");
        told += reasons["given"].as_u64().unwrap_or_default();
        page.click(".actions .primary")?;
    }
    assert!(told > 30, "only {told} reasons were looked for");
    page.wait("document.querySelector('.summary')")
}

#[test]
fn chapter_five_is_taken_all_right_and_all_wrong() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::LAPTOP, "05-swot/quiz.html")?;
    take(&page, "right", &["right", "unscored"])?;
    let score = page.text("document.querySelector('.score h2').textContent")?;
    let all = page.evaluate("kejian.data.quiz.questions.filter((it) => it.kind !== 'essay').reduce((sum, it) => sum + (it.marks ?? 1), 0)")?;
    assert!(score.contains(&format!("{all}／{all}")), "{score}");
    assert_eq!(
        page.evaluate("document.querySelector('.score').classList.contains('passed')")?,
        true
    );
    assert_sound(&page)?;

    let page = opened(&studio, Screen::LAPTOP, "05-swot/quiz.html")?;
    take(&page, "wrong", &["wrong", "unscored"])?;
    let score = page.text("document.querySelector('.score h2').textContent")?;
    assert!(score.contains(&format!("0／{all}")), "{score}");
    let advice = page.evaluate("document.querySelectorAll('.advice .slides a').length")?;
    assert!(advice.as_u64() > Some(3), "slides to read again: {advice}");
    // Only the wrong ones again: all of them, unanswered.
    page.click(".summary .primary")?;
    page.wait("document.querySelector('.question legend')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.feedback').length")?, 0);
    assert_sound(&page)
}

#[test]
fn a_quiz_goes_on_where_it_was_left() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::PHONE, "09-screening/quiz.html")?;
    page.tap(".option label")?;
    page.tap(".actions .primary")?;
    page.wait("document.querySelector('.feedback')")?;
    page.tap(".actions .primary")?;
    page.wait("document.querySelector('.count').textContent.startsWith('2 /')")?;
    page.tap(".option:nth-child(2) label")?;
    page.tap(".flag")?;
    let chosen = "document.querySelector('.option input:checked')?.value";
    let before = page.text(chosen)?;
    page.reload()?;
    page.wait("document.querySelector('.question legend')")?;
    assert!(page.text("document.querySelector('.count').textContent")?.starts_with("2 /"));
    assert_eq!(page.text(chosen)?, before, "the answer that was not checked yet is still there");
    assert_eq!(page.text("document.querySelector('.flag').ariaPressed")?, "true");
    // Skipping to the end shows what is open and flagged before anything is handed in.
    page.evaluate("document.querySelector('.map-box').open = true")?;
    page.tap(".map-box .quiet-button")?;
    page.wait("document.querySelector('.review')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.review-list .flagged').length")?, 1);
    page.tap(".review .hand-in")?;
    page.wait("document.querySelector('.summary')")?;
    assert_sound(&page)
}

#[test]
fn a_quiz_is_taken_with_the_keyboard_alone() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::LAPTOP, "05-swot/quiz.html")?;
    let all = page.evaluate("kejian.data.quiz.questions.length")?.as_u64().unwrap_or(0);
    for at in 1..=all {
        page.wait(&format!("document.querySelector('.count').textContent.startsWith('{at} /')"))?;
        let widget = page.text(
            "document.querySelector('.option') ? 'options' : document.querySelector('.placing') ? 'cards' : document.querySelector('.order') ? 'order' : 'field'",
        )?;
        match widget.as_str() {
            "options" => page.press("1")?,
            "cards" => {
                while page.evaluate("document.querySelectorAll('.pool .card').length > 0")? == true
                {
                    page.press("1")?;
                }
            }
            "order" => {
                page.press("Tab")?;
                page.press("Space")?;
                page.press("ArrowDown")?;
                assert_eq!(
                    page.text("document.activeElement.querySelector('.place').textContent")?,
                    "2"
                );
            }
            _ => {
                page.press("Tab")?;
                page.type_text("12")?;
            }
        }
        if widget == "order" {
            page.evaluate("document.querySelector('legend').focus()")?;
        }
        page.press("Enter")?;
        page.wait("document.querySelector('.feedback')")?;
        page.press("Enter")?;
    }
    page.wait("document.querySelector('.summary')")?;
    assert_sound(&page)
}

#[test]
fn quizzes_fit_every_width_and_run_alone() -> Outcome {
    let studio = Studio::open();
    for width in [320, 390, 700, 1920] {
        let page = opened(&studio, Screen::computer(width, 800), "05-swot/quiz.html")?;
        assert_sound(&page)?;
    }
    let options = kejian::compile::Options { single_file: true, ..Default::default() };
    let folder = Studio::course(&kejian::embedded::course(), &options);
    let page = studio.blank()?;
    page.goto_file(&folder.path().join("05-swot/quiz.html"), "")?;
    page.wait("document.querySelector('.question legend')")?;
    page.press("1")?;
    assert_sound(&page)
}

/// The quiz of chapter 5 in a course with other settings.
fn with_settings(studio: &Studio, settings: &str) -> Result<(tempfile::TempDir, Page), Error> {
    use kejian::source::{RelPath, World};
    let course = kejian::embedded::course();
    let file = RelPath::new("course.yaml").unwrap();
    let text = String::from_utf8(course.read(&file).unwrap().into_owned()).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("quiz:")).collect();
    let text = format!("{}\nquiz: {settings}\n", kept.join("\n"));
    let folder = Studio::course(
        &course.with("course.yaml", text.into_bytes()),
        &kejian::compile::Options::default(),
    );
    let page = studio.blank()?;
    page.goto_file(&folder.path().join("05-swot/quiz.html"), "")?;
    page.wait("document.querySelector('.question legend')")?;
    // The first single choice.
    page.click(".quiz-map li:nth-child(2) .dot")?;
    page.wait("document.querySelector('.question.single')")?;
    Ok((folder, page))
}

/// A wrong option of the question shown.
const WRONG: &str = "(async () => {
    const call = await kejian.engine;
    const question = kejian.data.quiz.questions[1];
    const right = call({ op: 'explain', question }).ok.solution;
    return [right, call({ op: 'face', question }).ok.options.find((it) => it.id !== right).id];
})()";

#[test]
fn a_second_try_is_told_what_was_wrong_but_not_what_is_right() -> Outcome {
    let studio = Studio::open();
    let (_folder, page) = with_settings(&studio, "{pass: 0.8, tries: 2, penalty: 0.5}")?;
    let ids = page.evaluate(WRONG)?;
    page.click(&format!("input[value={}]", ids[1]))?;
    page.click(".actions .primary")?;
    page.wait("document.querySelector('.feedback.wrong')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.because').length")?, 1);
    assert_eq!(page.evaluate("document.querySelectorAll('.missed').length")?, 0);
    page.click(&format!("input[value={}]", ids[0]))?;
    page.click(".actions .primary")?;
    page.wait("document.querySelector('.feedback.right')")?;
    let marks = page.evaluate("Object.values(kejian.storage.get('quiz/05-swot').items).map((it) => it.verdict?.marks).find((it) => it !== undefined)")?;
    assert_eq!(marks, 0.5, "the second try costs half");
    assert_sound(&page)
}

#[test]
fn feedback_at_the_end_comes_after_handing_in() -> Outcome {
    let studio = Studio::open();
    let (_folder, page) = with_settings(&studio, "{pass: 0.8, feedback: end}")?;
    let ids = page.evaluate(WRONG)?;
    page.click(&format!("input[value={}]", ids[0]))?;
    page.click(".actions .primary")?;
    page.wait("document.querySelector('.count').textContent.startsWith('3 /')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.feedback').length")?, 0);
    page.click(".map-box .quiet-button")?;
    page.wait("document.querySelector('.review')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.review-list .kept').length")?, 1);
    page.click(".hand-in")?;
    page.wait("document.querySelector('.summary')")?;
    assert!(page.text("document.querySelector('.score h2').textContent")?.contains("1／"));
    page.click(".quiz-map li:nth-child(2) .dot")?;
    page.wait("document.querySelector('.feedback.right')")?;
    assert_sound(&page)
}

#[test]
fn the_certificate_is_whole_on_a_phone_and_on_paper() -> Outcome {
    let studio = Studio::open();
    for address in ["05-swot/quiz.html", "en/05-swot/quiz.html"] {
        for width in [320, 390, 700] {
            let page = opened(&studio, Screen::computer(width, 800), address)?;
            page.evaluate("kejian.parts.certificate({ marks: 11, max: 12, score: 11 / 12 })")?;
            page.click("#certificate-name")?;
            page.type_text("林予安")?;
            page.wait("document.querySelector('.certificate-name').textContent === '林予安'")?;
            // The seal holds its word and lies on no other; the heading keeps to its line.
            let words = "(() => { const it = (name) => { const range = new Range(); range.selectNodeContents(document.querySelector(`.certificate ${name}`)); return range.getBoundingClientRect(); };
                const seal = document.querySelector('.certificate .seal'), [box, word] = [seal.getBoundingClientRect(), it('.seal')];
                const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                return { held: word.left >= box.left && word.right <= box.right, apart: ['.certificate-date', '.certificate-name', 'h2', 'h2 ~ p:not([class])'].every((name) => apart(it(name), box)),
                    line: it('h2').height < 2 * parseFloat(getComputedStyle(document.querySelector('.certificate h2')).fontSize) }; })()";
            assert_eq!(
                page.evaluate(words)?,
                json!({"held": true, "apart": true, "line": true}),
                "{address} at {width}"
            );
            assert_sound(&page)?;
            page.evaluate("window.print = () => {}; document.querySelector('.certificate-form').requestSubmit()")?;
            page.medium("print")?;
            let behind = "getComputedStyle(document.querySelector('.certificate-dialog'), '::backdrop').display";
            assert_eq!(page.text(behind)?, "none", "nothing grey is printed behind it");
        }
    }
    Ok(())
}

/// Who wants no motion sees none, not even on an arrow that is drawn and no element.
#[test]
fn nothing_moves_for_those_who_want_no_motion() -> Outcome {
    let studio = Studio::open();
    for address in
        ["05-swot/quiz.html", "practice/screening.html", "05-swot/deck.html", "index.html"]
    {
        let page = studio.blank()?;
        page.media(&[("prefers-reduced-motion", "reduce")])?;
        page.goto_file(&studio.file(address), "")?;
        page.wait("window.kejian && document.querySelector('.progress-box button, .question legend, .stage[data-stage], .tools')")?;
        let moving = "[...document.querySelectorAll('*')].flatMap((it) => ['', '::before', '::after'].map((part) => [it, part, getComputedStyle(it, part || null)]))
            .filter(([, , style]) => style.animationName !== 'none' || style.transitionDuration.split(', ').some((it) => parseFloat(it) > 0) || style.scrollBehavior === 'smooth')
            .map(([it, part]) => `${it.localName}.${it.className}${part}`)";
        assert_eq!(page.evaluate(moving)?, json!([]), "{address}");
        assert_sound(&page)?;
    }
    Ok(())
}

/// With forced colours the browser drops backgrounds and shadows; where one stands, and how far
/// one is, must still be seen.
#[test]
fn forced_colours_hide_no_state() -> Outcome {
    let studio = Studio::open();
    let forced = |address: &str, shown: &str| {
        let page = studio.blank()?;
        page.media(&[("forced-colors", "active")])?;
        page.goto_file(&studio.file(address), "")?;
        page.wait(&format!("document.querySelector('{shown}')"))?;
        Ok(page)
    };
    let page = forced("05-swot/quiz.html", ".question legend")?;
    let meter = "(() => { const [box, bar] = [document.querySelector('.meter'), document.querySelector('.meter i')].map((it) => getComputedStyle(it));
        return parseFloat(box.borderTopWidth) > 0 && bar.backgroundColor !== getComputedStyle(document.body).backgroundColor; })()";
    assert_eq!(page.evaluate(meter)?, true, "the bar of how far one is");
    page.click(".quiz-map li:nth-child(2) .dot")?;
    page.press("1")?;
    page.wait("getComputedStyle(document.querySelector('.option:has(:checked)')).outlineStyle === 'solid'")?;
    let page = forced("practice/heat.html", ".stage[data-stage]")?;
    let borders = "[...document.querySelectorAll('.stepper a')].map((it) => getComputedStyle(it).borderBottomColor)";
    let borders = page.evaluate(borders)?;
    assert_ne!(borders[0], borders[1], "the stage at hand is marked off from the others");
    // The marks of the front page tell right, half right and wrong apart without colour, too.
    let page = studio.page("index.html")?;
    page.wait("document.querySelector('.marks i')")?;
    let images = "(() => { const marks = [...document.querySelectorAll('.marks i')].slice(0, 3);
        return marks.map((it, at) => { it.className = ['right', 'partly', 'wrong'][at]; return getComputedStyle(it).backgroundImage.replace(/rgb[^)]*\\)/g, ''); }); })()";
    let images = page.evaluate(images)?;
    assert!(images[0] != images[1] && images[1] != images[2], "{images}");
    Ok(())
}
