//! `categorise`: each item goes into one of several bins.

use super::options::{not_empty, unique};
use super::placing::{self, Thing};
use super::{Author, Kind, Line, Question, Target, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// Something that belongs into a bin.
    Item {
        /// What answers call it; default its text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String = or,
        /// What is shown.
        text: String = need,
        /// Id of the bin it belongs into (its text, if it has no other id).
        bin: String = need,
        /// Why it belongs there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String> = maybe,
    }
}

body! {
    /// Each item goes into one of several bins.
    Categorise {
        /// The bins, in the order shown.
        bins: Vec<Target> = need,
        /// What is put into them.
        items: Vec<Item> = need,
    }
}

impl Categorise {
    fn things(&self) -> Vec<Thing<'_>> {
        let things = self.items.iter().map(|item| Thing {
            id: &item.id,
            text: &item.text,
            target: &item.bin,
            why: item.why.as_ref(),
        });
        things.collect()
    }

    fn bin(&self, id: &str) -> Option<&Target> {
        self.bins.iter().find(|bin| bin.id == id)
    }
}

impl Kind for Categorise {
    fn fill_ids(&mut self) {
        for item in &mut self.items {
            if item.id.is_empty() {
                item.id.clone_from(&item.text);
            }
        }
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        let bins = self.bins.iter().map(Target::entry).collect();
        let (lefts, targets) = placing::sides(question, seed, &self.things(), bins, true);
        Widget::Pair { lefts, targets, bins: true }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        placing::grade(answer, &self.things(), |id| self.bin(id).is_some())
    }

    fn solution(&self) -> Value {
        placing::solution(&self.things())
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let lines = self.items.iter().map(|item| Line {
            id: Some(item.id.clone()),
            text: item.text.clone(),
            answer: self.bin(&item.bin).map(|bin| bin.text.clone()),
            right: None,
            why: item.why.clone(),
        });
        lines.collect()
    }
}

impl Author for Categorise {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if self.bins.len() < 2 {
            let message = Message::new("question.too-few-bins").with("n", self.bins.len());
            found.push(problem("bins", message));
        }
        if self.items.is_empty() {
            found.push(problem("items", Message::new("question.no-items")));
        }
        unique(self.bins.iter().map(|bin| bin.id.as_str()), "bins", found);
        unique(self.items.iter().map(|item| item.id.as_str()), "items", found);
        for (at, bin) in self.bins.iter().enumerate() {
            not_empty(&bin.text, format!("bins[{at}]"), found);
        }
        for (at, item) in self.items.iter().enumerate() {
            not_empty(&item.text, format!("items[{at}].text"), found);
            if self.bin(&item.bin).is_none() {
                let known: Vec<&str> = self.bins.iter().map(|bin| bin.id.as_str()).collect();
                let message = Message::new("question.unknown-bin")
                    .with("bin", item.bin.clone())
                    .with("known", known.join(" · "));
                found.push(problem(format!("items[{at}].bin"), message));
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for bin in &mut self.bins {
            visit(TextRole::Inline, &mut bin.text);
        }
        for item in &mut self.items {
            visit(TextRole::Inline, &mut item.text);
            if let Some(why) = &mut item.why {
                visit(TextRole::Block, why);
            }
        }
    }
}
