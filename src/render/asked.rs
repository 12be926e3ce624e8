//! The questions of a quiz as templates show them, on the screen without scripts and on paper:
//! each is drawn once for both.

use super::page::{self, Press};
use super::value;
use crate::course::Chapter;
use crate::theme::ThemeError;
use kejian_engine::question::Question;
use kejian_engine::quiz::Quiz;
use serde_json::Value as Json;
use tera::Value;

/// The seed with which a learner's first attempt is drawn.
pub(super) const SEED: u64 = 1;

/// Lists of a face whose entries the explanation explains, each under its id.
const EXPLAINED: [&str; 5] = ["options", "lefts", "items", "rows", "regions"];

/// A chapter's quiz with its texts drawn.
pub(super) struct Asked {
    pub(super) quiz: Quiz,
    /// The same as the engine takes it, as JSON for a script.
    pub(super) json: String,
    /// Its questions, in the same order.
    pub(super) shown: Vec<Shown>,
}

impl Asked {
    /// The quiz of a chapter; one without questions has none.
    pub(super) fn of(press: &Press<'_>, chapter: &Chapter) -> Result<Option<Self>, ThemeError> {
        if chapter.questions.is_empty() {
            return Ok(None);
        }
        let writer = press.writer(&page::path(chapter, "quiz")?);
        let mut draw = |role, text: &mut String| *text = writer.role(role, text);
        let quiz = chapter.quiz(press.job.course, &mut draw, &|text| writer.plain(text));
        let json = serde_json::to_string(&quiz);
        let json = json.map_err(|error| ThemeError::new(error.to_string()))?;
        let shown = quiz.questions.iter().map(Shown::of).collect();
        Ok(Some(Self { json: value::in_script(&json), shown, quiz }))
    }
}

/// A question with its answer, its texts drawn.
pub(super) struct Shown {
    /// The face of a first attempt, with what the key says beside each entry.
    pub(super) face: Value,
    /// What is said of the answer.
    pub(super) explanation: Value,
    /// The same on paper, where the unit stands behind the space for the answer; nothing where
    /// there is no unit.
    without_units: Option<Value>,
    /// Whether there is an answer, or anything else to be said: a scale has none.
    pub(super) answered: bool,
}

impl Shown {
    pub(super) fn of(question: &Question) -> Self {
        let mut face = question.face(SEED).json();
        let explanation = question.explain().json();
        write_key(&mut face, &explanation);
        let says = |key: &str| match explanation.get(key) {
            Some(Json::Array(lines)) => !lines.is_empty(),
            said => said.is_some_and(|said| !said.is_null()),
        };
        Self {
            face: value::engine(&face),
            explanation: value::engine(&explanation),
            without_units: without_units(&face, &explanation).as_ref().map(value::engine),
            answered: ["lines", "why", "checklist", "model"].into_iter().any(says),
        }
    }

    /// What is said of the answer on paper.
    pub(super) fn on_paper(&self) -> &Value {
        self.without_units.as_ref().unwrap_or(&self.explanation)
    }
}

/// Writes beside each entry of a face what the explanation says of it.
fn write_key(face: &mut Json, explanation: &Json) {
    for name in EXPLAINED {
        for entry in face.get_mut(name).and_then(Json::as_array_mut).into_iter().flatten() {
            let line = line_of(explanation, entry.get("id"));
            if let (Some(entry), Some(line)) = (entry.as_object_mut(), line) {
                for key in ["right", "answer", "why"] {
                    if let Some(said) = line.get(key).filter(|said| !said.is_null()) {
                        entry.insert(key.to_owned(), said.clone());
                    }
                }
            }
        }
    }
}

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
