//! `short`: a word or two, typed in.

use super::fold::fold;
use super::options::not_empty;
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::{Message, Problem, TextRole};
use serde_json::Value;

body! {
    /// A word or two, typed in.
    Short {
        /// What is accepted, the best first; width, case, spaces and numerals do not count.
        accept: Vec<String> = need,
    }
}

/// A typed answer: a text, or a number written as one.
pub(super) fn typed(answer: &Value) -> Option<String> {
    match answer {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a typed answer is among the accepted ones.
pub(super) fn accepts(accept: &[String], given: &str) -> bool {
    let given = fold(given);
    accept.iter().any(|accepted| fold(accepted) == given)
}

/// Faults of a list of accepted answers.
pub(super) fn problems(accept: &[String], place: &str, found: &mut Vec<Problem>) {
    if accept.is_empty() {
        found.push(problem(place, Message::new("question.nothing-accepted")));
    }
    for (at, accepted) in accept.iter().enumerate() {
        not_empty(accepted, format!("{place}[{at}]"), found);
    }
}

impl Kind for Short {
    fn widget(&self, _: &Question, _: u64) -> Widget {
        Widget::Text
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let given = typed(answer).ok_or_else(|| Message::new("answer.not-a-text"))?;
        Ok(Verdict::all_or_nothing(accepts(&self.accept, &given)))
    }

    fn solution(&self) -> Value {
        self.accept.first().map_or(Value::Null, |best| best.clone().into())
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        vec![Line {
            id: None,
            text: String::new(),
            answer: Some(self.accept.join(" / ")),
            right: None,
            why: None,
        }]
    }
}

impl Author for Short {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        problems(&self.accept, "accept", found);
    }

    fn visit_texts(&mut self, _: &mut dyn FnMut(TextRole, &mut String)) {}
}
