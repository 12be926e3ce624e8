//! `single`: one of several options is right.

use super::options::{self, Choice};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::{Message, Problem, TextRole};

body! {
    /// One of several options is right.
    Single {
        /// The options; exactly one is `correct`.
        options: Vec<Choice> = need,
    }
}

impl Kind for Single {
    fn fill_ids(&mut self) {
        options::letter(&mut self.options);
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        Widget::PickOne { options: options::entries(&self.options, question, seed) }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let id = match answer {
            Value::String(id) => id,
            Value::Array(list) => match list.as_slice() {
                [Value::String(id)] => id,
                _ => return Err(Message::new("answer.not-one-id")),
            },
            _ => return Err(Message::new("answer.not-one-id")),
        };
        let chosen = self.options.iter().find(|option| &option.id == id);
        let chosen = chosen.ok_or_else(|| options::unknown(id))?;
        let mut verdict = Verdict::all_or_nothing(chosen.correct);
        verdict.parts = options::parts(&self.options, |other| other == id);
        Ok(verdict)
    }

    fn solution(&self) -> Value {
        let key = self.options.iter().find(|option| option.correct);
        key.map_or(Value::Null, |option| option.id.clone().into())
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        options::lines(&self.options)
    }
}

impl Author for Single {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        options::problems(&self.options, found);
        let mut keys = self.options.iter().enumerate().filter(|(_, option)| option.correct);
        match (keys.next(), keys.next()) {
            (None, _) => found.push(problem("options", Message::new("question.no-key"))),
            (_, Some((second, _))) => {
                let place = format!("options[{second}].correct");
                found.push(problem(place, Message::new("question.two-keys")));
            }
            _ => {}
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        options::visit_texts(&mut self.options, visit);
    }
}
