//! `rank`: the best first, by a number that each item has, or by the learner's own preference.
//!
//! It differs from `order`, where one sequence is right and every pair counts: here equal numbers
//! share their places, `top` asks for the first few only, and each place counts for itself.
//!
//! Score: the mean over the places asked, of which each brings 1 for an item that may stand there,
//! ½ for one that belongs one place further up or down, else 0. Without numbers the order is the
//! learner's preference and never counted.

use super::face::{Entry, shuffled};
use super::options::{self, not_empty, unique};
use super::verdict::{Part, PartState};
use super::{Author, Kind, Line, Question, State, Verdict, Widget, keys::body, number, problem};
use crate::json::Value;
use crate::read::{Read, Reader, record};
use crate::{Message, Problem, TextRole};

record! {
    /// One of the items.
    Ranked {
        /// What answers call it; default its text, because a letter would tell its place.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String = or,
        /// What is shown.
        text: String = need,
        /// The number that it is ranked by.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<f64> = maybe,
        /// Why it stands there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String> = maybe,
    }
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// The greatest number.
    #[default]
    High,
    /// The smallest number.
    Low,
}

impl First {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_high(&self) -> bool {
        *self == Self::High
    }
}

impl Read for First {
    fn read(value: Value, reader: &mut Reader) -> Self {
        match value.as_str() {
            Some("high") => Self::High,
            Some("low") => Self::Low,
            _ => {
                reader.fault("high or low is due here", "");
                Self::High
            }
        }
    }
}

body! {
    /// The best first, by a number that each item has, or by preference.
    Rank {
        /// What is ranked.
        items: Vec<Ranked> = need,
        /// Whether the highest number comes first (default) or the lowest.
        #[serde(default, skip_serializing_if = "First::is_high")]
        first: First = or,
        /// How many places are asked; default all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u64> = maybe,
    }
}

impl Rank {
    /// The first and the last place, from 0, at which an item may stand.
    fn places(&self, item: &Ranked) -> (usize, usize) {
        let own = self.key(item);
        let better = self.items.iter().filter(|other| self.key(other) < own).count();
        let equal =
            self.items.iter().filter(|other| !(self.key(other) < own || own < self.key(other)));
        (better, better + equal.count().max(1) - 1)
    }

    /// What is compared, the smaller the better.
    fn key(&self, item: &Ranked) -> f64 {
        let value = number::grid(item.value.unwrap_or(0.0));
        if self.first == First::High { -value } else { value }
    }

    /// How many places are asked.
    fn asked(&self) -> usize {
        let top = self.top.and_then(|top| usize::try_from(top).ok()).unwrap_or(usize::MAX);
        top.min(self.items.len())
    }

    fn best(&self) -> Vec<&Ranked> {
        let mut best: Vec<&Ranked> = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let place = best.iter().position(|other| self.key(item) < self.key(other));
            best.insert(place.unwrap_or(best.len()), item);
        }
        best
    }

    /// Whether it is the learner's own preference.
    pub(super) fn is_preference(&self) -> bool {
        self.items.iter().all(|item| item.value.is_none())
    }
}

impl Kind for Rank {
    fn fill_ids(&mut self) {
        for item in &mut self.items {
            if item.id.is_empty() {
                item.id.clone_from(&item.text);
            }
        }
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        let items: Vec<Entry> =
            self.items.iter().map(|item| Entry::new(&item.id, &item.text)).collect();
        let solution: Vec<String> = self.best().iter().map(|item| item.id.clone()).collect();
        let avoid = (!self.is_preference()).then_some(solution.as_slice());
        let top = self.asked();
        Widget::Order {
            items: shuffled(&items, &question.id, seed, avoid),
            top: (top < self.items.len()).then_some(top),
        }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let list = answer.as_array().ok_or_else(|| Message::new("answer.not-ids"))?;
        let mut placed: Vec<&Ranked> = Vec::with_capacity(list.len());
        for id in list {
            let id = id.as_str().ok_or_else(|| Message::new("answer.not-ids"))?;
            let item = self.items.iter().find(|item| item.id == id);
            let item = item.ok_or_else(|| options::unknown(id))?;
            if placed.iter().any(|other| other.id == id) {
                return Err(Message::new("answer.doubled").with("id", id));
            }
            placed.push(item);
        }
        let asked = self.asked();
        if placed.len() < asked {
            return Err(Message::new("answer.incomplete").with("n", asked));
        }
        if self.is_preference() {
            return Ok(Verdict::new(State::Unscored));
        }
        let (mut score, mut count, mut parts) = (0.0, 0.0, Vec::with_capacity(asked));
        for (place, item) in placed.iter().take(asked).enumerate() {
            let (from, to) = self.places(item);
            let (credit, state) = match from.saturating_sub(place) + place.saturating_sub(to) {
                0 => (1.0, PartState::Right),
                1 => (0.5, PartState::Near),
                _ => (0.0, PartState::Wrong),
            };
            score += credit;
            count += 1.0;
            let expected = if from == to {
                (from + 1).to_string()
            } else {
                [(from + 1).to_string(), (to + 1).to_string()].join("–")
            };
            parts.push(Part {
                id: item.id.clone(),
                state,
                chosen: Some((place + 1).to_string()),
                expected: Some(expected),
                why: item.why.clone(),
            });
        }
        Ok(Verdict::scored(if count > 0.0 { score / count } else { 1.0 }, parts))
    }

    fn solution(&self) -> Value {
        if self.is_preference() {
            return Value::Null;
        }
        let best = self.best().into_iter().take(self.asked());
        best.map(|item| Value::from(item.id.clone())).collect()
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let best = if self.is_preference() { Vec::new() } else { self.best() };
        let lines = best.into_iter().enumerate().map(|(at, item)| Line {
            id: Some(item.id.clone()),
            text: item.text.clone(),
            answer: Some((at + 1).to_string()),
            right: None,
            why: item.why.clone(),
        });
        lines.collect()
    }
}

impl Author for Rank {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if self.items.len() < 2 {
            let message = Message::new("question.too-few-items").with("n", self.items.len());
            found.push(problem("items", message));
        }
        unique(self.items.iter().map(|item| item.id.as_str()), "items", found);
        for (at, item) in self.items.iter().enumerate() {
            not_empty(&item.text, format!("items[{at}].text"), found);
            if item.value.is_none() && !self.is_preference() {
                found.push(problem(format!("items[{at}]"), Message::new("question.no-rank-value")));
            }
        }
        if self.top.is_some_and(|top| top == 0 || top > self.items.len() as u64) {
            let message = Message::new("question.top").with("n", self.items.len());
            found.push(problem("top", message));
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for item in &mut self.items {
            visit(TextRole::Inline, &mut item.text);
            if let Some(why) = &mut item.why {
                visit(TextRole::Block, why);
            }
        }
    }
}
