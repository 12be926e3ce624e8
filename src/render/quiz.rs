//! A chapter's quiz.

use super::page::{self, Page, Press, Sheet, entries};
use super::value::{self, list, text};
use crate::course::Chapter;
use crate::theme::ThemeError;
use kejian_engine::question::Question;
use kejian_engine::quiz::Quiz;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// A chapter's quiz with its texts drawn, for the screen and for paper.
pub(super) struct Asked {
    pub(super) quiz: Quiz,
    /// The same as the engine takes it.
    pub(super) json: Json,
}

/// The quiz of a chapter; one without questions has none.
pub(super) fn of(press: &Press<'_>, chapter: &Chapter) -> Result<Option<Asked>, ThemeError> {
    if chapter.questions.is_empty() {
        return Ok(None);
    }
    let writer = press.writer(&page::path(chapter, "quiz")?);
    let mut draw = |role, text: &mut String| *text = writer.role(role, text);
    let quiz = chapter.quiz(press.job.course, &mut draw, &|text| writer.plain(text));
    let json = json_of(&quiz)?;
    Ok(Some(Asked { quiz, json }))
}

/// Draws `<chapter>/quiz.html`.
pub(super) fn draw(
    press: &Press<'_>,
    chapter: &Chapter,
    Asked { quiz, json }: Asked,
) -> Result<Page, ThemeError> {
    let path = page::path(chapter, "quiz")?;
    let writer = press.writer(&path);
    let course = press.job.course;
    let faces = quiz.questions.iter().enumerate().map(|(index, question)| {
        let mut facts = reading(question)?;
        facts.push(("number", Value::from(index + 1)));
        Ok(entries(facts))
    });
    let faces = faces.collect::<Result<Vec<_>, ThemeError>>()?;
    let mut data = Map::new();
    data.insert("chapter".to_owned(), json!(chapter.stem));
    data.insert("courseTitle".to_owned(), json!(course.title));
    data.insert("quiz".to_owned(), json);
    let title = writer.plain(&chapter.title);
    let facts = entries(press.chapter(&writer, chapter));
    let sheet = Sheet { kind: "quiz", path: path.clone(), title: &title, data };
    press.print(sheet, [("chapter", facts), ("questions", list(faces))])
}

/// A question with its answers, as `page/question.html` shows it where there are no scripts.
pub(super) fn reading(question: &Question) -> Result<Vec<(&'static str, Value)>, ThemeError> {
    let explanation = question.explain();
    // A scale has no right answer, and mostly no reason either.
    let answered = !explanation.lines.is_empty()
        || explanation.why.is_some()
        || !explanation.checklist.is_empty()
        || explanation.model.is_some();
    Ok(vec![
        ("id", text(&question.id)),
        ("kind", text(question.kind_name())),
        ("objective", question.objective.as_ref().map_or_else(Value::none, text)),
        ("face", value::engine(&json_of(&question.face(0))?)),
        ("explanation", value::engine(&json_of(&explanation)?)),
        ("answered", Value::from(answered)),
    ])
}

/// The engine's value as JSON.
pub(super) fn json_of(value: &impl Serialize) -> Result<Json, ThemeError> {
    serde_json::to_value(value).map_err(|error| ThemeError::new(error.to_string()))
}
