//! Conditions as trees (practice format §4), read from JSON.

use super::expr::{Expr, name_of};
use super::read::{Faults, One, note};
use crate::Message;
use crate::held::{Held, held};
use crate::json::Value;

/// The tests by their names in the format.
const TESTS: [&str; 13] = [
    "from", "below", "above", "up_to", "one_of", "has", "lacks", "empty", "mentions", "same_as",
    "in", "not", "missing",
];

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All must hold.
    All(Held<Vec<Condition>>),
    /// One must hold.
    Any(Held<Vec<Condition>>),
    /// Must not hold.
    Not(Held<Box<Condition>>),
    /// Some row of the stage meets it (mistakes).
    AnyRow(Held<Box<Condition>>),
    /// What a name stands for passes a test.
    Test(String, Test),
}

/// A test of one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Equal to a literal.
    Is(Value),
    /// All of these.
    All(Held<Vec<Test>>),
    /// ≥
    From(Expr),
    /// <
    Below(Expr),
    /// >
    Above(Expr),
    /// ≤
    UpTo(Expr),
    /// Equal to one of the literals.
    OneOf(Vec<Value>),
    /// The set has it.
    Has(Value),
    /// The set lacks it.
    Lacks(Value),
    /// The set is (not) empty.
    Empty(bool),
    /// The text contains one of these.
    Mentions(Vec<String>),
    /// Equal to what a name stands for.
    SameAs(String),
    /// In a pick or set.
    In(String),
    /// Fails the test.
    Not(Held<Box<Test>>),
    /// Has (no) value.
    Missing(bool),
}

impl Condition {
    /// Reads a condition from JSON; the error is a sentence for people who write exercises.
    pub fn read(value: &Value) -> Result<Self, Message> {
        let Value::Object(map) = value else {
            return Err(Message::new("shape.condition"));
        };
        let list = |value: &Value| -> Result<Vec<Self>, Message> {
            let items = value.as_array().ok_or_else(|| Message::new("shape.list"))?;
            items.iter().map(Self::read).collect()
        };
        let mut parts = Vec::with_capacity(map.len());
        for (name, value) in map {
            parts.push(match name.as_str() {
                "any" => Self::Any(held(list(value)?)),
                "all" => Self::All(held(list(value)?)),
                "not" => Self::Not(held(Box::new(Self::read(value)?))),
                "any_row" => Self::AnyRow(held(Box::new(Self::read(value)?))),
                _ => Self::Test(name.clone(), Test::read(value)?),
            });
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Self::All(held(parts)) })
    }

    /// Hands every test with the tested name to `visit`.
    pub(super) fn visit(&self, visit: &mut dyn FnMut(&str, &Test)) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|it| it.visit(visit)),
            Self::Not(one) | Self::AnyRow(one) => one.visit(visit),
            Self::Test(name, test) => test.visit(&mut |test| visit(name, test)),
        }
    }
}

impl Test {
    fn read(value: &Value) -> Result<Self, Message> {
        let Value::Object(map) = value else {
            return match value {
                Value::Null => Err(Message::new("shape.test")),
                literal => Ok(Self::Is(literal.clone())),
            };
        };
        let mut tests = map.iter().map(|(key, value)| Self::read_one(key, value));
        match (tests.next(), map.len()) {
            (Some(only), 1) => only,
            (None, _) => Err(Message::new("shape.test")),
            (Some(first), _) => {
                let rest = tests.collect::<Result<Vec<_>, _>>()?;
                Ok(Self::All(held(std::iter::once(first?).chain(rest).collect())))
            }
        }
    }

    fn read_one(key: &str, value: &Value) -> Result<Self, Message> {
        let literals = || value.as_array().cloned().ok_or_else(|| Message::new("shape.list"));
        let flag = || value.as_bool().ok_or_else(|| Message::new("shape.yes-no"));
        let name = || name_of(key, value);
        Ok(match key {
            "from" => Self::From(Expr::read(value)?),
            "below" => Self::Below(Expr::read(value)?),
            "above" => Self::Above(Expr::read(value)?),
            "up_to" => Self::UpTo(Expr::read(value)?),
            "one_of" => Self::OneOf(literals()?),
            "has" => Self::Has(value.clone()),
            "lacks" => Self::Lacks(value.clone()),
            "empty" => Self::Empty(flag()?),
            "mentions" => {
                let texts = literals()?;
                let text = |it: &Value| it.as_str().map(str::to_owned);
                let texts = texts.iter().map(text).collect::<Option<Vec<_>>>();
                Self::Mentions(texts.ok_or_else(|| Message::new("shape.texts"))?)
            }
            "same_as" => Self::SameAs(name()?),
            "in" => Self::In(name()?),
            "not" => Self::Not(held(Box::new(Self::read(value)?))),
            "missing" => Self::Missing(flag()?),
            _ => return Err(super::unknown("shape.no-test", key, TESTS.into_iter())),
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Test)) {
        match self {
            Self::All(tests) => tests.iter().for_each(|test| test.visit(visit)),
            Self::Not(test) => test.visit(visit),
            plain => visit(plain),
        }
    }
}

impl One for Condition {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        Self::read(value).map_err(|message| note(faults, place, message)).ok()
    }

    fn none() -> Self {
        Self::All(held(Vec::new()))
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object"})
    }
}
