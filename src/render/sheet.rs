//! A chapter's quiz on paper, with and without the key.
//!
//! The page holds every question. Those of a first attempt are shown in its order; another seed
//! (`sheet.html?seed=7`) is drawn in the page by the engine, as on the screen (`runtime/sheet.js`).

use super::page::{self, Page, Press, Sheet, entries, number};
use super::quiz::{Asked, json_of};
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
    Asked { quiz, json }: &Asked,
) -> Result<Page, ThemeError> {
    let path = page::path(chapter, "sheet")?;
    let writer = press.writer(&path);
    let mut marks = 0.0;
    let mut questions = Vec::with_capacity(quiz.questions.len());
    let drawn = first_attempt(json)?;
    for (id, face) in &drawn {
        let Some(question) = quiz.questions.iter().find(|one| one.id == *id) else { continue };
        marks += worth(question);
        questions.push(item(Some(questions.len() + 1), question, face.clone())?);
    }
    // Another seed may draw these.
    for question in &quiz.questions {
        if !drawn.iter().any(|(id, _)| *id == question.id) {
            questions.push(item(None, question, json_of(&question.face(SEED))?)?);
        }
    }
    let title = writer.plain(&chapter.title);
    let mut data = Map::new();
    data.insert("quiz".to_owned(), json.clone());
    data.insert("engine".to_owned(), json!(press.assets.engine(&writer.shared)));
    let sheet = Sheet { kind: "sheet", path: path.clone(), title: &title, data };
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

/// The items of a learner's first attempt: id and face, in the order asked.
fn first_attempt(quiz: &Json) -> Result<Vec<(String, Json)>, ThemeError> {
    let request = json!({"op": "quiz.start", "quiz": quiz, "progress": {}, "seed": SEED});
    let answer = kejian_engine::call(request.to_string().as_bytes());
    let mut answer: Json =
        serde_json::from_slice(&answer).map_err(|error| ThemeError::new(error.to_string()))?;
    let items = answer["ok"]["view"]["items"].take();
    let Json::Array(items) = items else {
        return Err(ThemeError::new(format!("the quiz cannot be drawn: {}", answer["error"])));
    };
    let split =
        |mut item: Json| (item["id"].as_str().unwrap_or_default().to_owned(), item["face"].take());
    Ok(items.into_iter().map(split).collect())
}

/// One question: its face, with what the key says written beside each entry. One that is not
/// drawn has no number.
fn item(place: Option<usize>, question: &Question, mut face: Json) -> Result<Value, ThemeError> {
    let mut explanation = json_of(&question.explain())?;
    leave_out_units(&face, &mut explanation);
    for name in EXPLAINED {
        for entry in face.get_mut(name).and_then(Json::as_array_mut).into_iter().flatten() {
            let line = line_of(&explanation, entry.get("id"));
            if let (Some(entry), Some(line)) = (entry.as_object_mut(), line) {
                for key in ["right", "answer", "why"] {
                    if let Some(said) = line.get(key).filter(|said| !said.is_null()) {
                        entry.insert(key.to_owned(), said.clone());
                    }
                }
            }
        }
    }
    Ok(map([
        ("number", place.map_or_else(Value::none, Value::from)),
        ("id", text(&question.id)),
        ("marks", number(worth(question))),
        ("kind", text(question.kind_name())),
        ("face", value::engine(&face)),
        ("explanation", value::engine(&explanation)),
    ]))
}

/// On paper the unit stands behind the space for the answer, so the answer goes without.
fn leave_out_units(face: &Json, explanation: &mut Json) {
    let lines = explanation.get_mut("lines").and_then(Json::as_array_mut).into_iter().flatten();
    for (index, line) in lines.enumerate() {
        let unit = face["gaps"][index]["unit"].as_str().or_else(|| face["unit"].as_str());
        let bare = unit.and_then(|unit| line["answer"].as_str()?.strip_suffix(unit));
        if let Some(bare) = bare.map(|bare| bare.trim_end().to_owned()) {
            line["answer"] = bare.into();
        }
    }
}

fn line_of<'e>(explanation: &'e Json, id: Option<&Json>) -> Option<&'e Json> {
    explanation.get("lines")?.as_array()?.iter().find(|line| line.get("id") == id)
}
