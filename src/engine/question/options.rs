//! Options, as `single` and `multiple` have them.

use super::face::{Entry, shuffled};
use super::verdict::{Line, Part, PartState};
use super::{Question, problem};
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// One option.
    Choice {
        /// What answers call it; default a, b, c… by its place.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String = or,
        /// What is shown.
        text: String = need,
        /// Whether it is a key.
        #[serde(default, skip_serializing_if = "is_no")]
        correct: bool = or,
        /// Why it is right, or why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String> = maybe,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) fn is_no(value: &bool) -> bool {
    !*value
}

impl Choice {
    pub(super) fn entry(&self) -> Entry {
        Entry::new(&self.id, &self.text)
    }
}

/// Gives every option without an id its letter: a … z, then aa, ab …
pub(super) fn letter(options: &mut [Choice]) {
    for (at, option) in options.iter_mut().enumerate() {
        fill(&mut option.id, at);
    }
}

/// The letter of place `at` for an id that is empty.
pub(super) fn fill(id: &mut String, at: usize) {
    let mut rest = if id.is_empty() { at + 1 } else { 0 };
    while rest > 0 {
        rest -= 1;
        let last = u8::try_from(rest % 26).unwrap_or(0);
        id.insert(0, char::from(b'a' + last));
        rest /= 26;
    }
}

/// Faults that both kinds share.
pub(super) fn problems(options: &[Choice], found: &mut Vec<Problem>) {
    problems_at("options", options, found);
}

/// The same for options that stand elsewhere.
pub(super) fn problems_at(list: &str, options: &[Choice], found: &mut Vec<Problem>) {
    if options.len() < 2 {
        let message = Message::new("question.too-few-options").with("n", options.len());
        found.push(problem(list, message));
    }
    unique(options.iter().map(|option| option.id.as_str()), list, found);
    for (at, option) in options.iter().enumerate() {
        not_empty(&option.text, format!("{list}[{at}].text"), found);
    }
}

/// An error for each id that stands twice.
pub(super) fn unique<'a>(ids: impl Iterator<Item = &'a str>, list: &str, found: &mut Vec<Problem>) {
    let mut seen: Vec<&str> = Vec::new();
    for (at, id) in ids.enumerate() {
        if seen.contains(&id) {
            let message = Message::new("question.duplicate-id").with("id", id);
            found.push(problem(format!("{list}[{at}]"), message));
        } else {
            seen.push(id);
        }
    }
}

/// An error for a text of nothing but spaces.
pub(super) fn not_empty(text: &str, place: String, found: &mut Vec<Problem>) {
    if text.trim().is_empty() {
        found.push(problem(place, Message::new("question.empty-text")));
    }
}

pub(super) fn visit_texts(options: &mut [Choice], visit: &mut dyn FnMut(TextRole, &mut String)) {
    for option in options {
        visit(TextRole::Inline, &mut option.text);
        if let Some(why) = &mut option.why {
            visit(TextRole::Block, why);
        }
    }
}

/// The options in the order shown.
pub(super) fn entries(options: &[Choice], question: &Question, seed: u64) -> Vec<Entry> {
    let entries: Vec<Entry> = options.iter().map(Choice::entry).collect();
    if question.shuffle { shuffled(&entries, &question.id, seed, None) } else { entries }
}

/// How each option stands when `chosen` says which were chosen.
pub(super) fn parts(options: &[Choice], chosen: impl Fn(&str) -> bool) -> Vec<Part> {
    options
        .iter()
        .map(|option| Part {
            id: option.id.clone(),
            state: match (chosen(&option.id), option.correct) {
                (true, true) => PartState::Right,
                (true, false) => PartState::Wrong,
                (false, true) => PartState::Missed,
                (false, false) => PartState::Avoided,
            },
            chosen: None,
            expected: None,
            why: option.why.clone(),
        })
        .collect()
}

/// max(0, right − wrong) ÷ number of keys; `outside` counts wrong choices besides.
pub(super) fn share(options: &[Choice], chosen: &[&str], outside: usize) -> f64 {
    let (mut keys, mut right) = (0.0, 0.0);
    for option in options {
        let is_chosen = chosen.contains(&option.id.as_str());
        keys += if option.correct { 1.0 } else { 0.0 };
        right += match (is_chosen, option.correct) {
            (true, true) => 1.0,
            (true, false) => -1.0,
            (false, _) => 0.0,
        };
    }
    #[expect(clippy::cast_precision_loss, reason = "nobody taps 2⁵³ times")]
    let right = right - outside as f64;
    if keys > 0.0 && right > 0.0 { right / keys } else { 0.0 }
}

pub(super) fn lines(options: &[Choice]) -> Vec<Line> {
    options
        .iter()
        .map(|option| Line {
            id: Some(option.id.clone()),
            text: option.text.clone(),
            answer: None,
            right: Some(option.correct),
            why: option.why.clone(),
        })
        .collect()
}

/// The message for an id that is none of the options.
pub(super) fn unknown(id: &str) -> Message {
    Message::new("answer.unknown-id").with("id", id)
}
