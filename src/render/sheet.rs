//! A chapter's quiz on paper, with and without the key.
//!
//! The page holds every question. Those of a first attempt are shown in its order; another seed
//! (`sheet.html?seed=7`) is drawn in the page by the engine, as on the screen (`runtime/sheet.js`).

use super::asked::{Asked, SEED, Shown};
use super::page::{self, Page, Press, Sheet, number};
use super::value::{list, map, text};
use crate::course::Chapter;
use crate::theme::ThemeError;
use kejian_engine::question::Question;
use serde_json::{Map, json};
use tera::Value;

/// Draws `<chapter>/sheet.html`.
pub(super) fn draw(
    press: &Press<'_>,
    chapter: &Chapter,
    asked: &Asked,
) -> Result<Page, ThemeError> {
    let path = page::path(chapter, "sheet")?;
    let writer = press.writer(&path);
    let quiz = &asked.quiz;
    let shown = |question: &Question| {
        let place = quiz.questions.iter().position(|other| other.id == question.id);
        &asked.shown[place.unwrap_or_default()]
    };
    let mut marks = 0.0;
    let mut questions = Vec::with_capacity(quiz.questions.len());
    let drawn = quiz.drawn(SEED);
    for question in &drawn {
        marks += worth(question);
        questions.push(item(Some(questions.len() + 1), question, shown(question)));
    }
    // Another seed may draw these.
    for question in &quiz.questions {
        if !drawn.iter().any(|other| other.id == question.id) {
            questions.push(item(None, question, shown(question)));
        }
    }
    let title = writer.plain(&chapter.title);
    let mut data = Map::new();
    data.insert("engine".to_owned(), json!(press.assets.engine(&writer.shared)));
    let ready = Some(("quiz", asked.json.as_str()));
    let sheet = Sheet { data, ready, room: asked.room(), ..Sheet::new("sheet", &path, &title) };
    let facts = map(press.chapter(&writer, chapter));
    press.print(
        sheet,
        [
            ("chapter", facts),
            ("questions", list(questions)),
            ("marks", number(marks)),
            ("seed", Value::from(SEED)),
        ],
    )
}

/// What a question adds to the full score.
fn worth(question: &Question) -> f64 {
    if question.is_unscored() { 0.0 } else { question.marks }
}

/// One question. One that is not drawn has no number.
fn item(place: Option<usize>, question: &Question, shown: &Shown) -> Value {
    map([
        ("number", place.map_or_else(Value::none, Value::from)),
        ("id", text(&question.id)),
        ("marks", number(worth(question))),
        ("kind", text(question.kind_name())),
        ("face", shown.face.clone()),
        ("explanation", shown.on_paper().clone()),
    ])
}
