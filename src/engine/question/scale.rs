//! `scale`: how far one agrees, or how sure one is of oneself; never counted.

use super::face::Entry;
use super::{Author, Kind, Line, Question, State, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::{Message, Problem, TextRole};

body! {
    /// How far one agrees, or how sure one is of oneself; never counted.
    Scale {
        /// The steps from low to high, named; an answer is the number of a step, from 1.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        labels: Vec<String> = or,
        /// How many steps, where they are not named one by one; default 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u8> = maybe,
        /// What the lowest step means.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<String> = maybe,
        /// What the highest step means.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<String> = maybe,
    }
}

impl Scale {
    fn count(&self) -> usize {
        if self.labels.is_empty() { self.steps.unwrap_or(5).into() } else { self.labels.len() }
    }
}

impl Kind for Scale {
    /// The options are the steps: `1 low`, `2`, … in their order.
    fn widget(&self, _: &Question, _: u64) -> Widget {
        let count = self.count();
        let options = (1..=count).map(|step| {
            let number = step.to_string();
            let label = match self.labels.get(step - 1) {
                Some(label) => Some(label),
                None if step == 1 => self.low.as_ref(),
                None if step == count => self.high.as_ref(),
                None => None,
            };
            let text = match label {
                Some(label) => [&number, " ", label].concat(),
                None => number.clone(),
            };
            Entry::new(number, text)
        });
        Widget::PickOne { options: options.collect() }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let step = match answer {
            Value::String(text) => super::read_number(text, None).map(|reading| reading.value),
            other => other.as_f64(),
        };
        let fits = |step: &f64| (1..=self.count()).any(|known| super::number::same(*step, known));
        match step.filter(fits) {
            Some(_) => Ok(Verdict::new(State::Unscored)),
            None => Err(Message::new("answer.not-a-step").with("n", self.count())),
        }
    }

    fn solution(&self) -> Value {
        Value::Null
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        Vec::new()
    }
}

impl Author for Scale {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if !(2..=11).contains(&self.count()) {
            let place = if self.labels.is_empty() { "steps" } else { "labels" };
            found.push(problem(place, Message::new("question.steps").with("n", self.count())));
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for label in self.labels.iter_mut().chain(&mut self.low).chain(&mut self.high) {
            visit(TextRole::Inline, label);
        }
    }
}
