//! What the engine says about an answer, and the worked answer.

use super::keys::message;
use crate::Message;
use crate::json::Value;
use crate::write::{Object, text};

/// How an answer stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// Right; of options: chosen, and a key.
    Right,
    /// Close: part of the credit.
    Near,
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
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The option's, left's or item's id; a blank's 1-based number.
    pub id: String,
    /// How it stands.
    pub state: PartState,
    /// What was answered here.
    pub chosen: Option<String>,
    /// What would be right here.
    pub expected: Option<String>,
    /// Its own reason.
    pub why: Option<String>,
}

/// What the engine says about an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How it stands as a whole.
    pub state: State,
    /// 0 to 1.
    pub score: f64,
    /// Score × max.
    pub marks: f64,
    /// What a full score is worth; 0 if it is not counted.
    pub max: f64,
    /// Sentences about the answer as a whole.
    pub messages: Vec<Message>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// The item's own reason.
    pub why: Option<String>,
    /// The author's feedback on a typical wrong number.
    pub slip: Option<String>,
    /// The right answer in the answer format.
    pub solution: Value,
    /// Points that a good essay makes.
    pub checklist: Vec<String>,
    /// A model essay.
    pub model: Option<String>,
}

impl State {
    /// Its name, in verdicts and progress.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly => "partly",
            Self::Wrong => "wrong",
            Self::Blank => "blank",
            Self::Malformed => "malformed",
            Self::Unscored => "unscored",
        }
    }
}

impl Part {
    /// Whether it is about what was answered, not about what would have been right.
    pub(crate) fn is_of_the_answer(&self) -> bool {
        matches!(self.state, PartState::Right | PartState::Near | PartState::Wrong)
    }

    fn json(&self) -> Value {
        let state = match self.state {
            PartState::Right => "right",
            PartState::Near => "near",
            PartState::Wrong => "wrong",
            PartState::Missed => "missed",
            PartState::Avoided => "avoided",
            PartState::Blank => "blank",
        };
        Object::new()
            .text("id", &self.id)
            .text("state", state)
            .maybe("chosen", self.chosen.as_ref())
            .maybe("expected", self.expected.as_ref())
            .maybe("why", self.why.as_ref())
            .end()
    }
}

impl Verdict {
    /// As JSON.
    pub fn json(&self) -> Value {
        let object = Object::new()
            .text("state", self.state.name())
            .number("score", self.score)
            .number("marks", self.marks)
            .number("max", self.max)
            .list("messages", &self.messages, message)
            .list("parts", &self.parts, Part::json)
            .maybe("why", self.why.as_ref())
            .maybe("slip", self.slip.as_ref());
        let object = if self.solution.is_null() {
            object
        } else {
            object.put("solution", self.solution.clone())
        };
        object.some("checklist", &self.checklist, text).maybe("model", self.model.as_ref()).end()
    }

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
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The item's own reason.
    pub why: Option<String>,
    /// One line per option, blank, left side or item, in the written order.
    pub lines: Vec<Line>,
    /// The right answer in the answer format.
    pub solution: Value,
    /// Points that a good essay makes.
    pub checklist: Vec<String>,
    /// A model essay.
    pub model: Option<String>,
}

impl Explanation {
    /// As JSON.
    pub fn json(&self) -> Value {
        let object =
            Object::new().maybe("why", self.why.as_ref()).list("lines", &self.lines, Line::json);
        let object = if self.solution.is_null() {
            object
        } else {
            object.put("solution", self.solution.clone())
        };
        object.some("checklist", &self.checklist, text).maybe("model", self.model.as_ref()).end()
    }
}

impl Line {
    fn json(&self) -> Value {
        let object = Object::new()
            .maybe("id", self.id.as_ref())
            .text("text", &self.text)
            .maybe("answer", self.answer.as_ref());
        let object = match self.right {
            Some(right) => object.yes_no("right", right),
            None => object,
        };
        object.maybe("why", self.why.as_ref()).end()
    }
}

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Id of the option, left side or item.
    pub id: Option<String>,
    /// What it is about.
    pub text: String,
    /// The right answer here.
    pub answer: Option<String>,
    /// Of an option: whether it is a key.
    pub right: Option<bool>,
    /// Its reason.
    pub why: Option<String>,
}

/// They are also written by serde, for those who put them into larger values.
mod native {
    macro_rules! as_json {
        ($($name:ident)*) => {
            $(impl serde::Serialize for super::$name {
                fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    self.json().serialize(to)
                }
            })*
        };
    }
    as_json! { Verdict Explanation }

    impl serde::Serialize for super::State {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.serialize_str(self.name())
        }
    }
}
