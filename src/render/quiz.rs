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
    /// The same as the engine takes it, as JSON for a script.
    pub(super) json: String,
    /// What is said of each question's answer.
    pub(super) explained: Vec<Explained>,
}

/// What is said of a question's answer, for templates.
pub(super) struct Explained {
    pub(super) json: Json,
    pub(super) drawn: Value,
}

impl From<Json> for Explained {
    fn from(json: Json) -> Self {
        Self { drawn: value::engine(&json), json }
    }
}

/// The quiz of a chapter; one without questions has none.
pub(super) fn of(press: &Press<'_>, chapter: &Chapter) -> Result<Option<Asked>, ThemeError> {
    if chapter.questions.is_empty() {
        return Ok(None);
    }
    let writer = press.writer(&page::path(chapter, "quiz")?);
    let mut draw = |role, text: &mut String| *text = writer.role(role, text);
    let quiz = chapter.quiz(press.job.course, &mut draw, &|text| writer.plain(text));
    let json = serde_json::to_string(&quiz).map_err(|error| ThemeError::new(error.to_string()))?;
    let json = value::in_script(&json);
    let explained = quiz.questions.iter().map(|question| question.explain().json().into());
    Ok(Some(Asked { explained: explained.collect(), quiz, json }))
}

/// Draws `<chapter>/quiz.html`.
pub(super) fn draw(
    press: &Press<'_>,
    chapter: &Chapter,
    Asked { quiz, json, explained }: &Asked,
) -> Result<Page, ThemeError> {
    let path = page::path(chapter, "quiz")?;
    let writer = press.writer(&path);
    let course = press.job.course;
    let questions = quiz.questions.iter().zip(explained).enumerate();
    let questions = questions.map(|(index, (question, explained))| {
        let mut facts = reading(question, explained);
        facts.push(("number", Value::from(index + 1)));
        entries(facts)
    });
    let questions = list(questions);
    let mut data = Map::new();
    data.insert("chapter".to_owned(), json!(chapter.stem));
    data.insert("courseTitle".to_owned(), json!(course.title));
    let title = writer.plain(&chapter.title);
    let facts = entries(press.chapter(&writer, chapter));
    let room = 4096 * quiz.questions.len();
    let ready = Some(("quiz", json.as_str()));
    let sheet = Sheet { data, ready, room, ..Sheet::new("quiz", &path, &title) };
    press.print(sheet, [("chapter", facts), ("questions", questions)])
}

/// A question with its answers, as `page/question.html` shows it where there are no scripts.
pub(super) fn reading(question: &Question, explained: &Explained) -> Vec<(&'static str, Value)> {
    // A scale has no right answer, and mostly no reason either.
    let says = |key: &str| match explained.json.get(key) {
        Some(Json::Array(lines)) => !lines.is_empty(),
        said => said.is_some_and(|said| !said.is_null()),
    };
    let answered = ["lines", "why", "checklist", "model"].into_iter().any(says);
    vec![
        ("id", text(&question.id)),
        ("kind", text(question.kind_name())),
        ("objective", question.objective.as_ref().map_or_else(Value::none, text)),
        ("face", value::engine(&question.face(0).json())),
        ("explanation", explained.drawn.clone()),
        ("answered", Value::from(answered)),
    ]
}

/// The engine's value as JSON.
pub(super) fn json_of(value: &impl Serialize) -> Result<Json, ThemeError> {
    serde_json::to_value(value).map_err(|error| ThemeError::new(error.to_string()))
}
