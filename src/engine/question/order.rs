//! `order`: items to be put into order.

use super::face::{Entry, shuffled};
use super::options::{self, not_empty, unique};
use super::verdict::{Part, PartState};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// One of the items.
    Step {
        /// What answers call it; default its text, because a number or letter would tell its place.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String = or,
        /// What is shown.
        text: String = need,
    }
}

body! {
    /// Items to be put into order.
    Order {
        /// The items in the right order.
        items: Vec<Step> = need,
    }
}

impl Kind for Order {
    fn fill_ids(&mut self) {
        for item in &mut self.items {
            if item.id.is_empty() {
                item.id.clone_from(&item.text);
            }
        }
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        // The written order is the solution, so `shuffle: false` has no say here.
        let solution: Vec<String> = self.items.iter().map(|item| item.id.clone()).collect();
        let items: Vec<Entry> =
            self.items.iter().map(|item| Entry::new(&item.id, &item.text)).collect();
        Widget::Order { items: shuffled(&items, &question.id, seed, Some(&solution)), top: None }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let list = answer.as_array().ok_or_else(|| Message::new("answer.not-ids"))?;
        let mut places: Vec<usize> = Vec::with_capacity(list.len());
        for id in list {
            let id = id.as_str().ok_or_else(|| Message::new("answer.not-ids"))?;
            let place = self.items.iter().position(|item| item.id == id);
            let place = place.ok_or_else(|| options::unknown(id))?;
            if places.contains(&place) {
                return Err(Message::new("answer.doubled").with("id", id));
            }
            places.push(place);
        }
        if places.len() != self.items.len() {
            return Err(Message::new("answer.incomplete").with("n", self.items.len()));
        }
        let parts = places.iter().enumerate().filter_map(|(given, place)| {
            let right = given == *place;
            self.items.get(*place).map(|item| Part {
                id: item.id.clone(),
                state: if right { PartState::Right } else { PartState::Wrong },
                chosen: Some((given + 1).to_string()),
                expected: Some((place + 1).to_string()),
                why: None,
            })
        });
        Ok(Verdict::scored(in_order(&places), parts.collect()))
    }

    fn solution(&self) -> Value {
        self.items.iter().map(|item| Value::from(item.id.clone())).collect()
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let numbered = self.items.iter().enumerate();
        numbered
            .map(|(at, item)| Line {
                id: Some(item.id.clone()),
                text: item.text.clone(),
                answer: Some((at + 1).to_string()),
                right: None,
                why: None,
            })
            .collect()
    }
}

impl Author for Order {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if self.items.len() < 2 {
            let message = Message::new("question.too-few-items").with("n", self.items.len());
            found.push(problem("items", message));
        }
        unique(self.items.iter().map(|item| item.id.as_str()), "items", found);
        for (at, item) in self.items.iter().enumerate() {
            not_empty(&item.text, format!("items[{at}].text"), found);
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for item in &mut self.items {
            visit(TextRole::Inline, &mut item.text);
        }
    }
}

/// The share of pairs that stand in the right order: 1 − inversions ÷ (n(n−1)/2).
fn in_order(places: &[usize]) -> f64 {
    let (mut pairs, mut inversions) = (0.0, 0.0);
    for (at, place) in places.iter().enumerate() {
        for later in places.iter().skip(at + 1) {
            pairs += 1.0;
            if later < place {
                inversions += 1.0;
            }
        }
    }
    if pairs > 0.0 { 1.0 - inversions / pairs } else { 1.0 }
}
