//! How items are asked: the settings that a course, a chapter's quiz and a single item may each
//! give, the nearer one first.

use super::problem;
use crate::json::Value;
use crate::read::{Keys, Read, Reader};
use crate::write::Object;
use crate::{Message, Problem};

/// When feedback comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Feedback {
    /// After each answer.
    Now,
    /// When the quiz is handed in.
    End,
}

/// How items are asked; what is not given is taken from the quiz, then the course, then defaults.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// When feedback comes: now (default) or at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
    /// How often an item may be answered; default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 9)))]
    pub tries: Option<u8>,
    /// Share of the marks that each earlier try costs, 0 to 1; default 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub penalty: Option<f64>,
    /// Share of the marks that each hint costs, 0 to 1; default 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub hint_penalty: Option<f64>,
    /// Whether a partly right answer earns part of the marks; default true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<bool>,
    /// Whether learners say how sure they are, and are marked on it; default false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<bool>,
}

impl Behaviour {
    /// Nothing is set.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// This one, and `wider` for what it does not say.
    #[must_use]
    pub fn over(&self, wider: &Self) -> Self {
        Self {
            feedback: self.feedback.or(wider.feedback),
            tries: self.tries.or(wider.tries),
            penalty: self.penalty.or(wider.penalty),
            hint_penalty: self.hint_penalty.or(wider.hint_penalty),
            partial: self.partial.or(wider.partial),
            certainty: self.certainty.or(wider.certainty),
        }
    }

    /// Numbers that are no share, tries that are none.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (key, share) in [("penalty", self.penalty), ("hint_penalty", self.hint_penalty)] {
            if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                found.push(problem(key, Message::new("quiz.share")));
            }
        }
        if self.tries.is_some_and(|tries| !(1..=9).contains(&tries)) {
            found.push(problem("tries", Message::new("quiz.tries")));
        }
        found
    }

    /// Whether feedback waits until the quiz is handed in.
    pub fn waits(&self) -> bool {
        self.feedback == Some(Feedback::End)
    }

    /// Whether learners say how sure they are.
    pub fn is_certain(&self) -> bool {
        self.certainty.unwrap_or(false)
    }

    /// How often it may be answered: once where certainty counts or feedback waits.
    pub fn tries(&self) -> u64 {
        if self.waits() || self.is_certain() { 1 } else { self.tries.unwrap_or(1).max(1).into() }
    }

    /// The share that is left after so many earlier tries and hints.
    pub(crate) fn share(&self, earlier: u64, hints: u64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "nobody tries 2⁵³ times")]
        let lost = self.penalty.unwrap_or(0.0) * earlier as f64
            + self.hint_penalty.unwrap_or(0.0) * hints as f64;
        (1.0 - lost).clamp(0.0, 1.0)
    }

    /// The keys that a quiz and an item share.
    pub(crate) fn read_from(keys: &mut Keys<'_>) -> Self {
        Self {
            feedback: keys.maybe("feedback"),
            tries: keys.maybe("tries"),
            penalty: keys.maybe("penalty"),
            hint_penalty: keys.maybe("hint_penalty"),
            partial: keys.maybe("partial"),
            certainty: keys.maybe("certainty"),
        }
    }

    /// All of them with their defaults, for a surface.
    pub(crate) fn write_to(&self, object: Object) -> Object {
        object
            .text("feedback", if self.waits() { "end" } else { "now" })
            .put("tries", self.tries().into())
            .number("penalty", self.penalty.unwrap_or(0.0))
            .number("hint_penalty", self.hint_penalty.unwrap_or(0.0))
            .yes_no("partial", self.partial.unwrap_or(true))
            .yes_no("certainty", self.is_certain())
    }
}

impl Read for Behaviour {
    fn read(value: Value, reader: &mut Reader) -> Self {
        let mut keys = Keys::of(value, reader);
        let read = Self::read_from(&mut keys);
        keys.end();
        read
    }
}

impl Read for Feedback {
    fn read(value: Value, reader: &mut Reader) -> Self {
        match value.as_str() {
            Some("now") => Self::Now,
            Some("end") => Self::End,
            _ => {
                reader.fault("now or end is due here", "");
                Self::Now
            }
        }
    }
}
