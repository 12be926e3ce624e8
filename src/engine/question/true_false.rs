//! `true_false`: a statement that holds or does not.

use super::face::Entry;
use super::verdict::{Part, PartState};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body};
use crate::json::Value;
use crate::{Message, Problem, TextRole};

body! {
    /// A statement that holds or does not.
    TrueFalse {
        /// Whether it holds.
        answer: bool = need,
    }
}

const SIDES: [(bool, &str); 2] = [(true, "true"), (false, "false")];

impl Kind for TrueFalse {
    fn widget(&self, _: &Question, _: u64) -> Widget {
        // Surfaces word the two; true comes first everywhere, so that keys 1 and 2 keep meaning.
        Widget::PickOne { options: SIDES.map(|(_, id)| Entry::new(id, "")).to_vec() }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let chosen = match answer {
            Value::Bool(chosen) => *chosen,
            Value::String(text) => match text.as_str() {
                "true" => true,
                "false" => false,
                _ => return Err(Message::new("answer.not-true-false")),
            },
            _ => return Err(Message::new("answer.not-true-false")),
        };
        let mut verdict = Verdict::all_or_nothing(chosen == self.answer);
        verdict.parts = SIDES
            .map(|(side, id)| Part {
                id: id.to_owned(),
                state: match (side == chosen, side == self.answer) {
                    (true, true) => PartState::Right,
                    (true, false) => PartState::Wrong,
                    (false, true) => PartState::Missed,
                    (false, false) => PartState::Avoided,
                },
                chosen: None,
                expected: None,
                why: None,
            })
            .to_vec();
        Ok(verdict)
    }

    fn solution(&self) -> Value {
        self.answer.into()
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        SIDES
            .map(|(side, id)| Line {
                id: Some(id.to_owned()),
                text: String::new(),
                answer: None,
                right: Some(side == self.answer),
                why: None,
            })
            .to_vec()
    }
}

impl Author for TrueFalse {
    fn problems(&self, _: &Question, _: &mut Vec<Problem>) {}

    fn visit_texts(&mut self, _: &mut dyn FnMut(TextRole, &mut String)) {}
}
