//! A chapter's quiz on paper, with and without the key.
//!
//! The page holds every question. Those of a first attempt are shown in its order; another seed
//! (`sheet.html?seed=7`) is drawn in the page by the engine, as on the screen (`runtime/sheet.js`).

use super::page::{self, Page, Press, Sheet, entries, number};
use super::quiz::{Asked, Explained};
use super::value::{self, list, map, text};
use crate::course::Chapter;
use crate::theme::ThemeError;
use kejian_engine::question::Question;
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// The seed with which a learner's first attempt is drawn.
const SEED: u64 = 1;

/// Lists of a face whose entries the explanation explains, each under its id.
const EXPLAINED: [&str; 5] = ["options", "lefts", "items", "rows", "regions"];

/// Draws `<chapter>/sheet.html`.
pub(super) fn draw(
    press: &Press<'_>,
    chapter: &Chapter,
    asked: &Asked,
) -> Result<Page, ThemeError> {
    let path = page::path(chapter, "sheet")?;
    let writer = press.writer(&path);
    let quiz = &asked.quiz;
    let explained = |question: &Question| {
        let place = quiz.questions.iter().position(|other| other.id == question.id);
        &asked.explained[place.unwrap_or_default()]
    };
    let mut marks = 0.0;
    let mut questions = Vec::with_capacity(quiz.questions.len());
    let drawn = quiz.drawn(SEED);
    for question in &drawn {
        marks += worth(question);
        questions.push(item(Some(questions.len() + 1), question, explained(question)));
    }
    // Another seed may draw these.
    for question in &quiz.questions {
        if !drawn.iter().any(|other| other.id == question.id) {
            questions.push(item(None, question, explained(question)));
        }
    }
    let title = writer.plain(&chapter.title);
    let mut data = Map::new();
    data.insert("engine".to_owned(), json!(press.assets.engine(&writer.shared)));
    let room = 4096 * quiz.questions.len();
    let ready = Some(("quiz", asked.json.as_str()));
    let sheet = Sheet { data, ready, room, ..Sheet::new("sheet", &path, &title) };
    let facts = entries(press.chapter(&writer, chapter));
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

/// One question: its face, with what the key says written beside each entry. One that is not
/// drawn has no number.
fn item(place: Option<usize>, question: &Question, explained: &Explained) -> Value {
    let mut face = question.face(SEED).json();
    let bare = without_units(&face, &explained.json).map(Explained::from);
    let explanation = bare.as_ref().unwrap_or(explained);
    for name in EXPLAINED {
        for entry in face.get_mut(name).and_then(Json::as_array_mut).into_iter().flatten() {
            let line = line_of(&explanation.json, entry.get("id"));
            if let (Some(entry), Some(line)) = (entry.as_object_mut(), line) {
                for key in ["right", "answer", "why"] {
                    if let Some(said) = line.get(key).filter(|said| !said.is_null()) {
                        entry.insert(key.to_owned(), said.clone());
                    }
                }
            }
        }
    }
    map([
        ("number", place.map_or_else(Value::none, Value::from)),
        ("id", text(&question.id)),
        ("marks", number(worth(question))),
        ("kind", text(question.kind_name())),
        ("face", value::engine(&face)),
        ("explanation", explanation.drawn.clone()),
    ])
}

/// On paper the unit stands behind the space for the answer, so the answer goes without. Nothing
/// where there is no unit.
fn without_units(face: &Json, explanation: &Json) -> Option<Json> {
    face.get("gaps").or(face.get("unit"))?;
    let mut explanation = explanation.clone();
    let lines = explanation.get_mut("lines").and_then(Json::as_array_mut).into_iter().flatten();
    for (index, line) in lines.enumerate() {
        let unit = face["gaps"][index]["unit"].as_str().or_else(|| face["unit"].as_str());
        let bare = unit.and_then(|unit| line["answer"].as_str()?.strip_suffix(unit));
        if let Some(bare) = bare.map(|bare| bare.trim_end().to_owned()) {
            line["answer"] = bare.into();
        }
    }
    Some(explanation)
}

fn line_of<'e>(explanation: &'e Json, id: Option<&Json>) -> Option<&'e Json> {
    explanation.get("lines")?.as_array()?.iter().find(|line| line.get("id") == id)
}
