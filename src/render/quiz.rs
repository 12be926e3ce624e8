//! A chapter's quiz.

use super::asked::{Asked, Shown};
use super::page::{self, Page, Press, Sheet};
use super::value::{list, map, text};
use crate::course::Chapter;
use crate::theme::ThemeError;
use kejian_engine::question::Question;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// Draws `<chapter>/quiz.html`.
pub(super) fn draw(
    press: &Press<'_>,
    chapter: &Chapter,
    asked: &Asked,
) -> Result<Page, ThemeError> {
    let Asked { quiz, json, shown } = asked;
    let path = page::path(chapter, "quiz")?;
    let writer = press.writer(&path);
    let course = press.job.course;
    let questions = quiz.questions.iter().zip(shown).enumerate();
    let questions = questions.map(|(index, (question, shown))| {
        let mut facts = reading(question, shown);
        facts.push(("number", Value::from(index + 1)));
        map(facts)
    });
    let questions = list(questions);
    let mut data = Map::new();
    data.insert("chapter".to_owned(), json!(chapter.stem));
    data.insert("courseTitle".to_owned(), json!(course.title));
    let title = writer.plain(&chapter.title);
    let facts = map(press.chapter(&writer, chapter));
    let ready = Some(("quiz", json.as_str()));
    let sheet = Sheet { data, ready, room: asked.room(), ..Sheet::new("quiz", &path, &title) };
    press.print(sheet, [("chapter", facts), ("questions", questions)])
}

/// A question with its answers, as `page/question.html` shows it where there are no scripts.
pub(super) fn reading(question: &Question, shown: &Shown) -> Vec<(&'static str, Value)> {
    vec![
        ("id", text(&question.id)),
        ("kind", text(question.kind_name())),
        ("objective", question.objective.as_ref().map_or_else(Value::none, text)),
        ("face", shown.face.clone()),
        ("explanation", shown.explanation.clone()),
        ("answered", Value::from(shown.answered)),
    ]
}

/// The engine's value as JSON.
pub(super) fn json_of(value: &impl Serialize) -> Result<Json, ThemeError> {
    serde_json::to_value(value).map_err(|error| ThemeError::new(error.to_string()))
}
