//! A chapter's quiz.

use super::page::{Page, Press, Sheet, entries};
use super::value::{self, list, map, text};
use crate::course::Chapter;
use crate::source::RelPath;
use crate::theme::ThemeError;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// Draws `<chapter>/quiz.html`; a chapter without questions has none.
pub(super) fn draw(press: &Press<'_>, chapter: &Chapter) -> Result<Option<Page>, ThemeError> {
    if chapter.questions.is_empty() {
        return Ok(None);
    }
    let path = RelPath::new(format!("{}/quiz.html", chapter.stem))
        .ok_or_else(|| ThemeError::new(format!("`{}` cannot be a folder", chapter.stem)))?;
    let writer = press.writer(&path);
    let course = press.job.course;
    let quiz = chapter.quiz(course, &mut |role, text| *text = writer.role(role, text), &|text| {
        writer.plain(text)
    });
    let faces = quiz.questions.iter().enumerate().map(|(index, question)| {
        Ok(map([
            ("number", Value::from(index + 1)),
            ("id", text(&question.id)),
            ("kind", text(question.kind_name())),
            ("objective", question.objective.as_ref().map_or_else(Value::none, text)),
            ("face", value::engine(&json_of(&question.face(0))?)),
            ("explanation", value::engine(&json_of(&question.explain())?)),
        ]))
    });
    let faces = faces.collect::<Result<Vec<_>, ThemeError>>()?;
    let mut data = Map::new();
    data.insert("chapter".to_owned(), json!(chapter.stem));
    data.insert("courseTitle".to_owned(), json!(course.title));
    data.insert("quiz".to_owned(), json_of(&quiz)?);
    let title = writer.plain(&chapter.title);
    let facts = entries(press.chapter(&writer, chapter));
    let sheet = Sheet { kind: "quiz", path: path.clone(), title: &title, data };
    press.print(sheet, [("chapter", facts), ("questions", list(faces))]).map(Some)
}

/// The engine's value as JSON.
pub(super) fn json_of(value: &impl Serialize) -> Result<Json, ThemeError> {
    serde_json::to_value(value).map_err(|error| ThemeError::new(error.to_string()))
}
