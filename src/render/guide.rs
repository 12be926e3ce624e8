//! The trainer's guide of a chapter: what the author says about running it, and beside it what the
//! chapter already holds: the slides by the clock, the questions to the room, and what learners
//! get wrong in exercises and quiz.

use super::page::{self, Page, Press, Sheet, number};
use super::quiz::json_of;
use super::text::Writer;
use super::value::{html, list, map, text};
use crate::course::{Chapter, Slide};
use crate::theme::ThemeError;
use serde_json::Value as Json;
use tera::Value;

/// Draws `<chapter>/guide.html`; a chapter without `guide:` has none.
pub(super) fn draw(press: &Press<'_>, chapter: &Chapter) -> Result<Option<Page>, ThemeError> {
    let Some(guide) = &chapter.guide else { return Ok(None) };
    let path = page::path(chapter, "guide")?;
    let writer = press.writer(&path);
    let blocks = |texts: &[String]| list(texts.iter().map(|text| html(writer.inline(text))));
    let objectives = chapter.objectives.iter().map(|one| html(writer.inline(&one.text)));
    let mut facts = press.chapter(&writer, chapter);
    facts.push(("objectives", list(objectives)));
    let parts = [
        ("chapter", map(facts)),
        ("prepare", blocks(&guide.prepare)),
        ("room", html(writer.block(&guide.room))),
        ("watch", blocks(&guide.watch)),
        ("agenda", agenda(&writer, chapter)),
        ("discussion", discussion(press, &writer, chapter)),
        ("mistakes", mistakes(press, &writer, chapter)?),
        ("slips", slips(&writer, chapter)?),
    ];
    let title = writer.plain(&chapter.title);
    let sheet = Sheet::new("guide", &path, &title);
    press.print(sheet, parts).map(Some)
}

/// The slides by a clock that starts with the chapter.
fn agenda(writer: &Writer<'_>, chapter: &Chapter) -> Value {
    let mut clock = 0.0;
    let rows = chapter.slides.iter().map(|slide| {
        let start = hours(clock);
        clock += slide.minutes.unwrap_or_default();
        let kind = match slide.layout.as_str() {
            kind @ ("exercise" | "activity" | "question") => text(kind),
            _ if slide.ask.is_some() => text("question"),
            _ => Value::none(),
        };
        map([
            ("start", text(start)),
            ("number", Value::from(slide.number)),
            ("title", html(writer.inline(&slide.title))),
            ("url", text(format!("deck.html#{}", slide.id))),
            ("minutes", slide.minutes.map_or_else(Value::none, number)),
            ("kind", kind),
        ])
    });
    let mut rows: Vec<Value> = rows.collect();
    rows.push(map([("start", text(hours(clock))), ("number", Value::none())]));
    list(rows)
}

/// Minutes as `1:05`.
fn hours(minutes: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to a day")]
    let minutes = minutes.round().clamp(0.0, 24.0 * 60.0) as u32;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// What the room is asked, slide by slide, and what to listen for.
fn discussion(press: &Press<'_>, writer: &Writer<'_>, chapter: &Chapter) -> Value {
    let label = |key: &str| format!("**{}**", press.job.words.word(key));
    let (ask, listen) = (label("guide.ask_label"), label("guide.listen_label"));
    let said = |slide: &Slide, label: &str| -> Vec<Value> {
        let paragraphs = slide.notes.split("\n\n").filter_map(|one| {
            Some(one.trim().strip_prefix(label)?.trim_start_matches(['：', ':', ' ']).to_owned())
        });
        paragraphs.map(|one| html(writer.inline(&one))).collect()
    };
    let slides = chapter.slides.iter().filter_map(|slide| {
        let mut asked = said(slide, &ask);
        if let Some(question) = &slide.ask {
            asked.insert(0, html(writer.inline(question)));
        }
        if asked.is_empty() && slide.layout != "question" {
            return None;
        }
        Some(map([
            ("number", Value::from(slide.number)),
            ("title", html(writer.inline(&slide.title))),
            ("asked", list(asked)),
            ("listen", list(said(slide, &listen))),
        ]))
    });
    list(slides)
}

/// The mistakes that the chapter's exercises know, stage by stage.
fn mistakes(
    press: &Press<'_>,
    writer: &Writer<'_>,
    chapter: &Chapter,
) -> Result<Value, ThemeError> {
    let mut found = Vec::new();
    for slide in &chapter.slides {
        let address = slide.slots.iter().find(|(name, _)| name == "exercise");
        let Some(address) = address.and_then(|(_, value)| value.as_str()) else { continue };
        let (id, only) = address.split_once('.').map_or((address, None), |(i, s)| (i, Some(s)));
        let Some(exercise) = press.job.course.exercises.get(id) else { continue };
        let tree = json_of(&exercise.exercise)?;
        for stage in tree["stages"].as_array().into_iter().flatten() {
            if only.is_some_and(|only| stage["id"] != *only) {
                continue;
            }
            for mistake in stage["mistakes"].as_array().into_iter().flatten() {
                let at = |key: &str| html(writer.inline(mistake[key].as_str().unwrap_or_default()));
                found.push(map([
                    ("exercise", html(writer.inline(&exercise.exercise.title))),
                    ("title", at("title")),
                    ("feedback", at("feedback")),
                ]));
            }
        }
    }
    Ok(list(found))
}

/// What is answered wrongly in the quiz, and why it is wrong.
fn slips(writer: &Writer<'_>, chapter: &Chapter) -> Result<Value, ThemeError> {
    let mut found = Vec::new();
    for question in &chapter.questions {
        let explanation = json_of(&question.explain())?;
        let wrong = explanation["lines"].as_array().into_iter().flatten().filter(|line| {
            line["right"].as_bool() == Some(false) && line["text"].as_str().is_some()
        });
        let mut lines: Vec<Value> = wrong
            .filter_map(|line| {
                let why = line["why"].as_str().filter(|why| !why.is_empty())?;
                Some(line_of(writer, line["text"].as_str().unwrap_or_default(), why))
            })
            .collect();
        let tree = json_of(question)?;
        for slip in tree["slips"].as_array().into_iter().flatten() {
            let given = match &slip["value"] {
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            lines.push(line_of(writer, &given, slip["feedback"].as_str().unwrap_or_default()));
        }
        if !lines.is_empty() {
            found.push(map([
                ("prompt", text(writer.plain(&question.prompt))),
                ("lines", list(lines)),
            ]));
        }
    }
    Ok(list(found))
}

fn line_of(writer: &Writer<'_>, given: &str, why: &str) -> Value {
    map([("given", html(writer.inline(given))), ("why", html(writer.inline(why)))])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_clock_runs_in_hours() {
        assert_eq!(super::hours(0.0), "0:00");
        assert_eq!(super::hours(65.0), "1:05");
        assert_eq!(super::hours(f64::NAN), "0:00");
        assert_eq!(super::hours(1e9), "24:00");
    }
}
