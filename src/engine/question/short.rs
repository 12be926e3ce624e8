//! `short`: a word or two, typed in. Score 0 or 1, or what a slip that fits is worth.

use super::accepted::{self, Accepted, accepts};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// A typical wrong or half right answer.
    ShortSlip {
        /// What it looks like.
        accept: Vec<Accepted> = need,
        /// What it is worth all the same, 0 to 1; default 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
        credit: Option<f64> = maybe,
        /// What is wrong or missing.
        feedback: String = need,
    }
}

body! {
    /// A word or two, typed in.
    Short {
        /// What is accepted, the best first; width, case, spaces and numerals do not count. A
        /// text, or `{pattern: …}` with `*`, `(a|b)` and `[a]`.
        accept: Vec<Accepted> = need,
        /// How many slips of the finger are forgiven in longer words; default none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        typos: Option<u8> = maybe,
        /// Typical wrong or half right answers with their feedback.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        slips: Vec<ShortSlip> = or,
    }
}

/// A typed answer: a text, or a number written as one.
pub(super) fn typed(answer: &Value) -> Option<String> {
    match answer {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) => Some(crate::json::written(answer)),
        _ => None,
    }
}

impl Kind for Short {
    fn fill_ids(&mut self) {}

    fn widget(&self, _: &Question, _: u64) -> Widget {
        Widget::Text
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let given = typed(answer).ok_or_else(|| Message::new("answer.not-a-text"))?;
        if accepts(&self.accept, &given) {
            return Ok(Verdict::all_or_nothing(true));
        }
        if let Some(slip) = self.slips.iter().find(|slip| accepts(&slip.accept, &given)) {
            let credit = slip.credit.unwrap_or(0.0).clamp(0.0, 1.0);
            let mut verdict = Verdict::scored(credit, Vec::new());
            verdict.slip = Some(slip.feedback.clone());
            return Ok(verdict);
        }
        Ok(match accepted::nearly(&self.accept, self.typos.unwrap_or(0), &given) {
            Some(meant) => {
                Verdict::all_or_nothing(true).say(Message::new("answer.typo").with("text", meant))
            }
            None => Verdict::all_or_nothing(false),
        })
    }

    fn solution(&self) -> Value {
        accepted::best(&self.accept).map_or(Value::Null, Value::from)
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        vec![Line {
            id: None,
            text: String::new(),
            answer: Some(accepted::joined(&self.accept)),
            right: None,
            why: None,
        }]
    }
}

impl Author for Short {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        accepted::problems(&self.accept, "accept", found);
        for (at, slip) in self.slips.iter().enumerate() {
            accepted::problems(&slip.accept, &format!("slips[{at}].accept"), found);
            if slip.credit.is_some_and(|credit| !(0.0..=1.0).contains(&credit)) {
                found.push(problem(format!("slips[{at}].credit"), Message::new("quiz.share")));
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for slip in &mut self.slips {
            visit(TextRole::Block, &mut slip.feedback);
        }
    }
}
