//! `match`: each left side belongs to one right side; equal rights are one target.

use super::face::Entry;
use super::options::{not_empty, unique};
use super::placing::{self, Thing};
use super::{Author, Kind, Line, Question, Target, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// A left side and the right side that it belongs to.
    Pair {
        /// What answers call the left side; default its text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String = or,
        /// The left side.
        left: String = need,
        /// What answers call the right side; default its text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        target: String = or,
        /// The right side.
        right: String = need,
        /// Why they belong together.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String> = maybe,
    }
}

body! {
    /// Each left side belongs to one right side; equal rights are one target.
    Match {
        /// What belongs together.
        pairs: Vec<Pair> = need,
        /// Right sides that belong to nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        extra: Vec<Target> = or,
    }
}

impl Match {
    fn things(&self) -> Vec<Thing<'_>> {
        let things = self.pairs.iter().map(|pair| Thing {
            id: &pair.id,
            text: &pair.left,
            target: &pair.target,
            why: pair.why.as_ref(),
        });
        things.collect()
    }

    /// Each right side once, in the order written.
    fn targets(&self) -> Vec<Entry> {
        let mut targets: Vec<Entry> = Vec::new();
        let rights = self.pairs.iter().map(|pair| Entry::new(&pair.target, &pair.right));
        for target in rights.chain(self.extra.iter().map(Target::entry)) {
            if !targets.iter().any(|known| known.id == target.id) {
                targets.push(target);
            }
        }
        targets
    }
}

impl Kind for Match {
    fn fill_ids(&mut self) {
        for pair in &mut self.pairs {
            if pair.id.is_empty() {
                pair.id.clone_from(&pair.left);
            }
            if pair.target.is_empty() {
                pair.target.clone_from(&pair.right);
            }
        }
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        let (lefts, targets) =
            placing::sides(question, seed, &self.things(), self.targets(), false);
        Widget::Pair { lefts, targets, bins: false }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let targets = self.targets();
        placing::grade(answer, &self.things(), |id| targets.iter().any(|target| target.id == id))
    }

    fn solution(&self) -> Value {
        placing::solution(&self.things())
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let lines = self.pairs.iter().map(|pair| Line {
            id: Some(pair.id.clone()),
            text: pair.left.clone(),
            answer: Some(pair.right.clone()),
            right: None,
            why: pair.why.clone(),
        });
        lines.collect()
    }
}

impl Author for Match {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if self.pairs.len() < 2 {
            let message = Message::new("question.too-few-pairs").with("n", self.pairs.len());
            found.push(problem("pairs", message));
        } else if self.targets().len() < 2 {
            found.push(problem("pairs", Message::new("question.one-target")));
        }
        unique(self.pairs.iter().map(|pair| pair.id.as_str()), "pairs", found);
        for (at, pair) in self.pairs.iter().enumerate() {
            not_empty(&pair.left, format!("pairs[{at}].left"), found);
            not_empty(&pair.right, format!("pairs[{at}].right"), found);
        }
        for (at, extra) in self.extra.iter().enumerate() {
            not_empty(&extra.text, format!("extra[{at}]"), found);
            if self.pairs.iter().any(|pair| pair.target == extra.id) {
                let message = Message::new("question.extra-is-right").with("id", extra.id.clone());
                found.push(problem(format!("extra[{at}]"), message));
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for pair in &mut self.pairs {
            visit(TextRole::Inline, &mut pair.left);
            visit(TextRole::Inline, &mut pair.right);
            if let Some(why) = &mut pair.why {
                visit(TextRole::Block, why);
            }
        }
        for extra in &mut self.extra {
            visit(TextRole::Inline, &mut extra.text);
        }
    }
}
