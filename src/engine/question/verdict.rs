//! What the engine says about an answer, and the worked answer.

use super::number;
use crate::Message;
use serde::Serialize;
use serde_json::Value;

/// How an answer stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Full score.
    Right,
    /// Some score.
    Partly,
    /// No score.
    Wrong,
    /// Nothing answered.
    Blank,
    /// Not in the answer format.
    Malformed,
    /// Never counted (an essay).
    Unscored,
}

/// How one part of an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// Right; of options: chosen, and a key.
    Right,
    /// Wrong; of options: chosen, and not a key.
    Wrong,
    /// A key that was not chosen.
    Missed,
    /// Not a key, and not chosen.
    Avoided,
    /// Nothing answered here.
    Blank,
}

/// One option, blank, left side or item in a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The option's, left's or item's id; a blank's 1-based number.
    pub id: String,
    /// How it stands.
    pub state: PartState,
    /// What was answered here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// What would be right here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Its own reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What the engine says about an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// How it stands as a whole.
    pub state: State,
    /// 0 to 1.
    #[serde(serialize_with = "number::write")]
    pub score: f64,
    /// Score × max.
    #[serde(serialize_with = "number::write")]
    pub marks: f64,
    /// What a full score is worth; 0 if it is not counted.
    #[serde(serialize_with = "number::write")]
    pub max: f64,
    /// Sentences about the answer as a whole.
    pub messages: Vec<Message>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// The item's own reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The author's feedback on a typical wrong number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slip: Option<String>,
    /// The right answer in the answer format.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub solution: Value,
    /// Points that a good essay makes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<String>,
    /// A model essay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

impl Verdict {
    pub(super) fn new(state: State) -> Self {
        Self {
            state,
            score: if matches!(state, State::Right) { 1.0 } else { 0.0 },
            marks: 0.0,
            max: 0.0,
            messages: Vec::new(),
            parts: Vec::new(),
            why: None,
            slip: None,
            solution: Value::Null,
            checklist: Vec::new(),
            model: None,
        }
    }

    /// Right or wrong, nothing between.
    pub(super) fn all_or_nothing(right: bool) -> Self {
        Self::new(if right { State::Right } else { State::Wrong })
    }

    /// The state that a score from 0 to 1 means.
    pub(super) fn scored(score: f64, parts: Vec<Part>) -> Self {
        let state = if score >= 1.0 {
            State::Right
        } else if score <= 0.0 {
            State::Wrong
        } else {
            State::Partly
        };
        Self { score: score.clamp(0.0, 1.0), parts, ..Self::new(state) }
    }

    pub(super) fn say(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }
}

/// The answer with its reasons, enough to print it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The item's own reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// One line per option, blank, left side or item, in the written order.
    pub lines: Vec<Line>,
    /// The right answer in the answer format.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub solution: Value,
    /// Points that a good essay makes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<String>,
    /// A model essay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Id of the option, left side or item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is about.
    pub text: String,
    /// The right answer here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Of an option: whether it is a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// Its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}
