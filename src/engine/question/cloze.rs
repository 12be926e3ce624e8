//! `cloze`: gaps in a text, written `___` in the prompt and taken out before Markdown.

use super::face::Gap;
use super::fold::fold;
use super::short::{self, accepts, typed};
use super::verdict::{Part, PartState};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::read::record;
use crate::{Message, Problem, TextRole};
use serde_json::Value;

record! {
    /// What one gap accepts.
    Blank {
        /// What is accepted, the best first.
        accept: Vec<String> = need,
    }
}

body! {
    /// Gaps in a text, written `___` in the prompt.
    Cloze {
        /// One for each gap, in order.
        blanks: Vec<Blank> = need,
    }
}

/// The pieces of a prompt around its gaps; three or more underscores are one gap.
pub(super) fn segments(prompt: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut rest = prompt;
    while let Some(at) = rest.find("___") {
        let (before, gap) = rest.split_at(at);
        if let Some(last) = segments.last_mut() {
            last.push_str(before);
        }
        segments.push(String::new());
        rest = gap.trim_start_matches('_');
    }
    if let Some(last) = segments.last_mut() {
        last.push_str(rest);
    }
    segments
}

/// Visits the pieces of a prompt one by one, so that Markdown never sees a gap.
pub(super) fn visit_prompt(prompt: &mut String, visit: &mut dyn FnMut(TextRole, &mut String)) {
    let mut pieces = segments(prompt);
    for piece in &mut pieces {
        if !piece.is_empty() {
            visit(TextRole::Inline, piece);
        }
    }
    *prompt = pieces.join("___");
}

impl Kind for Cloze {
    fn widget(&self, question: &Question, _: u64) -> Widget {
        let gaps = self.blanks.iter().map(|_| Gap::Text).collect();
        Widget::Blanks { segments: segments(&question.prompt), gaps }
    }

    fn grade(&self, question: &Question, answer: &Value) -> Result<Verdict, Message> {
        let given = match answer {
            Value::Array(list) => list.as_slice(),
            Value::String(_) | Value::Number(_) if self.blanks.len() == 1 => {
                std::slice::from_ref(answer)
            }
            _ => return Err(Message::new("answer.not-texts")),
        };
        if given.len() > self.blanks.len() {
            return Err(Message::new("answer.too-many").with("n", self.blanks.len()));
        }
        let after = segments(&question.prompt);
        let (mut right, mut parts) = (0.0, Vec::with_capacity(self.blanks.len()));
        for (at, blank) in self.blanks.iter().enumerate() {
            let text = match given.get(at) {
                None | Some(Value::Null) => String::new(),
                Some(value) => typed(value).ok_or_else(|| Message::new("answer.not-texts"))?,
            };
            let follows = after.get(at + 1).map_or("", String::as_str);
            let state = if text.trim().is_empty() {
                PartState::Blank
            } else if accepts_before(&blank.accept, &text, follows) {
                right += 1.0;
                PartState::Right
            } else {
                PartState::Wrong
            };
            parts.push(Part {
                id: (at + 1).to_string(),
                state,
                chosen: (state != PartState::Blank).then_some(text),
                expected: blank.accept.first().cloned(),
                why: None,
            });
        }
        #[expect(clippy::cast_precision_loss, reason = "nobody writes 2⁵³ gaps")]
        let count = self.blanks.len() as f64;
        Ok(Verdict::scored(if count > 0.0 { right / count } else { 0.0 }, parts))
    }

    fn solution(&self) -> Value {
        let best = self.blanks.iter().map(|blank| blank.accept.first().cloned());
        best.map(|text| Value::from(text.unwrap_or_default())).collect()
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let numbered = self.blanks.iter().enumerate();
        numbered
            .map(|(at, blank)| Line {
                id: Some((at + 1).to_string()),
                text: String::new(),
                answer: Some(blank.accept.join(" / ")),
                right: None,
                why: None,
            })
            .collect()
    }
}

impl Author for Cloze {
    fn problems(&self, question: &Question, found: &mut Vec<Problem>) {
        let gaps = segments(&question.prompt).len() - 1;
        if gaps != self.blanks.len() {
            let message = Message::new("question.blanks-differ")
                .with("gaps", gaps)
                .with("blanks", self.blanks.len());
            found.push(problem("blanks", message));
        } else if gaps == 0 {
            found.push(problem("prompt", Message::new("question.no-gap")));
        }
        for (at, blank) in self.blanks.iter().enumerate() {
            short::problems(&blank.accept, &format!("blanks[{at}].accept"), found);
        }
    }

    fn visit_texts(&mut self, _: &mut dyn FnMut(TextRole, &mut String)) {}
}

/// Accepts also an answer that repeats what stands right after the gap, as `50%` before `%`.
fn accepts_before(accept: &[String], given: &str, follows: &str) -> bool {
    if accepts(accept, given) {
        return true;
    }
    let (given, follows) = (fold(given), fold(follows));
    let ends = follows.char_indices().skip(1).map(|(at, _)| at).chain([follows.len()]).take(8);
    ends.filter_map(|end| follows.get(..end).filter(|piece| !piece.is_empty()))
        .filter_map(|piece| given.strip_suffix(piece))
        .any(|rest| accepts(accept, rest))
}
