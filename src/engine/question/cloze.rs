//! `cloze`: gaps in a text, written `___` in the prompt and taken out before Markdown. A gap takes
//! a text (`accept`), a number (`answer`) or one of several options (`options`). Score: the share
//! of gaps filled right.

use super::accepted::{self, Accepted, accepts};
use super::amount::Amount;
use super::face::{Gap, shuffled};
use super::fold::fold;
use super::measure::{self, Measure, Tolerance};
use super::number;
use super::options::{self, Choice};
use super::short::typed;
use super::verdict::{Part, PartState};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// What one gap takes: one of `accept`, `answer`, `options`.
    Blank {
        /// The texts that are accepted, the best first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        accept: Vec<Accepted> = or,
        /// How many slips of the finger are forgiven in longer words; default none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 3)))]
        typos: Option<u8> = maybe,
        /// The right number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Amount> = maybe,
        /// How far off a number is still right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tolerance: Option<Tolerance> = maybe,
        /// The number's unit, shown after the field.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String> = maybe,
        /// The options, exactly one of them `correct`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        options: Vec<Choice> = or,
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
    let mut line = 0;
    let end = |line: usize, segments: &mut Vec<String>| {
        if line >= 3 {
            segments.push(String::new());
        } else if let Some(last) = segments.last_mut() {
            (0..line).for_each(|_| last.push('_'));
        }
    };
    for letter in prompt.chars() {
        if letter == '_' {
            line += 1;
            continue;
        }
        end(line, &mut segments);
        line = 0;
        if let Some(last) = segments.last_mut() {
            last.push(letter);
        }
    }
    end(line, &mut segments);
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

impl Blank {
    fn key(&self) -> Option<&Choice> {
        self.options.iter().find(|option| option.correct)
    }

    fn measure(&self) -> Option<Measure<'_>> {
        let answer = self.answer.as_ref()?.value();
        let (unit, tolerance) = (self.unit.as_deref(), self.tolerance.as_ref());
        Some(Measure { answer, range: None, unit, units: &[], tolerance })
    }

    fn gap(&self, question: &Question, at: usize, seed: u64) -> Gap {
        if self.options.is_empty() {
            return match self.answer {
                Some(_) => Gap::Number { unit: self.unit.clone() },
                None => Gap::Text,
            };
        }
        let options: Vec<_> = self.options.iter().map(Choice::entry).collect();
        if !question.shuffle {
            return Gap::Choice { options };
        }
        let name = [question.id.as_str(), "/", &at.to_string()].concat();
        Gap::Choice { options: shuffled(&options, &name, seed, None) }
    }

    /// Whether a text that is not blank fills the gap; `follows` stands right after it.
    fn takes(&self, given: &Value, text: &str, follows: &str) -> Result<bool, Message> {
        if !self.options.is_empty() {
            let option = self.options.iter().find(|option| option.id == text);
            return option.map(|one| one.correct).ok_or_else(|| options::unknown(text));
        }
        if let Some(measure) = self.measure() {
            return Ok(measure.takes(measure.read(given)?));
        }
        Ok(accepts_before(&self.accept, text, follows)
            || accepted::nearly(&self.accept, self.typos.unwrap_or(0), text).is_some())
    }

    /// What fills the gap, in the answer format and as it is shown.
    fn best(&self) -> (Value, String) {
        if let Some(key) = self.key() {
            return (key.id.clone().into(), key.text.clone());
        }
        if let (Some(answer), Some(measure)) = (&self.answer, self.measure())
            && let (Some(value), Some(shown)) = (answer.value(), measure.shown(answer))
        {
            return (number::json(value), shown);
        }
        let best = accepted::best(&self.accept).unwrap_or_default();
        (best.clone().into(), best)
    }

    /// What was filled in, as it is shown.
    fn shown(&self, text: String) -> String {
        let option = self.options.iter().find(|option| option.id == text);
        option.map_or(text, |option| option.text.clone())
    }

    fn problems(&self, at: usize, found: &mut Vec<Problem>) {
        let place = |key: &str| format!("blanks[{at}].{key}");
        let kinds = [!self.accept.is_empty(), self.answer.is_some(), !self.options.is_empty()];
        match kinds.iter().filter(|kind| **kind).count() {
            0 => found.push(problem(place("accept"), Message::new("question.nothing-accepted"))),
            1 => {}
            _ => found.push(problem(format!("blanks[{at}]"), Message::new("question.two-gaps"))),
        }
        if !self.accept.is_empty() {
            accepted::problems(&self.accept, &place("accept"), found);
        }
        if self.answer.as_ref().is_some_and(|answer| answer.value().is_none()) {
            found.push(problem(place("answer"), Message::new("question.undefined-number")));
        }
        measure::problems(self.tolerance.as_ref(), &place("tolerance"), found);
        if !self.options.is_empty() {
            options::problems_at(&place("options"), &self.options, found);
            match self.options.iter().filter(|option| option.correct).count() {
                0 => found.push(problem(place("options"), Message::new("question.no-key"))),
                1 => {}
                _ => found.push(problem(place("options"), Message::new("question.two-keys"))),
            }
        }
    }
}

impl Kind for Cloze {
    fn fill_ids(&mut self) {
        for blank in &mut self.blanks {
            options::letter(&mut blank.options);
        }
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        let gaps = self.blanks.iter().enumerate();
        let gaps = gaps.map(|(at, blank)| blank.gap(question, at, seed)).collect();
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
        let (mut right, mut count) = (0.0, 0.0);
        let mut parts = Vec::with_capacity(self.blanks.len());
        for (at, blank) in self.blanks.iter().enumerate() {
            let value = given.get(at).unwrap_or(&Value::Null);
            let text = match value {
                Value::Null => String::new(),
                value => typed(value).ok_or_else(|| Message::new("answer.not-texts"))?,
            };
            let follows = after.get(at + 1).map_or("", String::as_str);
            let state = if text.trim().is_empty() {
                PartState::Blank
            } else if blank.takes(value, &text, follows)? {
                right += 1.0;
                PartState::Right
            } else {
                PartState::Wrong
            };
            count += 1.0;
            parts.push(Part {
                id: (at + 1).to_string(),
                state,
                chosen: (state != PartState::Blank).then(|| blank.shown(text)),
                expected: Some(blank.best().1),
                why: blank.key().and_then(|key| key.why.clone()),
            });
        }
        Ok(Verdict::scored(if count > 0.0 { right / count } else { 0.0 }, parts))
    }

    fn solution(&self) -> Value {
        self.blanks.iter().map(|blank| blank.best().0).collect()
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let numbered = self.blanks.iter().enumerate();
        let lines = numbered.map(|(at, blank)| Line {
            id: Some((at + 1).to_string()),
            text: String::new(),
            answer: Some(match blank.accept.as_slice() {
                [] => blank.best().1,
                accept => accepted::joined(accept),
            }),
            right: None,
            why: blank.key().and_then(|key| key.why.clone()),
        });
        lines.collect()
    }
}

/// Accepts also an answer that repeats what stands right after the gap, as `50%` before `%`.
fn accepts_before(accept: &[Accepted], given: &str, follows: &str) -> bool {
    if accepts(accept, given) {
        return true;
    }
    let (given, follows) = (fold(given), fold(follows));
    let ends = follows.char_indices().skip(1).map(|(at, _)| at).chain([follows.len()]).take(8);
    ends.filter_map(|end| follows.get(..end).filter(|piece| !piece.is_empty()))
        .filter_map(|piece| given.strip_suffix(piece))
        .any(|rest| accepts(accept, rest))
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
            blank.problems(at, found);
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for blank in &mut self.blanks {
            options::visit_texts(&mut blank.options, visit);
            if let Some(unit) = &mut blank.unit {
                visit(TextRole::Plain, unit);
            }
        }
    }
}
