//! Arithmetic as a tree (practice format §4), read from JSON; [`super::formula`] writes it back.

use super::condition::Condition;
use super::read::{Faults, One, note};
use crate::Message;
use crate::held::{Held, held};
use crate::json::{Map, Value};

/// Arithmetic: a number, a name, or an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// Whatever the name stands for.
    Name(String),
    /// An operation over operands.
    Operation(Operator, Held<Vec<Expr>>),
    /// `sum mean min max` over many.
    Many(Operator, Held<Box<Expr>>, Over),
    /// Σ value · column by the ids in a map value.
    Weighted(String),
    /// The size of a set, or the number of rows.
    Count(String, Over),
}

/// What an operation over many goes through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Over {
    /// A table or stage; the stage's own rows, if absent.
    pub over: Option<String>,
    /// Which rows.
    pub only: Option<Held<Box<Condition>>>,
    /// The field that holds the current row's id.
    pub by: Option<String>,
}

/// Operators by their names in the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// +
    Sum,
    /// ×
    Product,
    /// Their mean.
    Mean,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// −
    Minus,
    /// ÷
    Ratio,
    /// To a step, half away from zero.
    Round,
    /// Without its sign.
    Abs,
    /// √
    Sqrt,
}

const OPERATORS: [(&str, Operator); 10] = [
    ("sum", Operator::Sum),
    ("product", Operator::Product),
    ("mean", Operator::Mean),
    ("min", Operator::Min),
    ("max", Operator::Max),
    ("minus", Operator::Minus),
    ("ratio", Operator::Ratio),
    ("round", Operator::Round),
    ("abs", Operator::Abs),
    ("sqrt", Operator::Sqrt),
];

/// Whether a key names an operation, so that a map under it is arithmetic.
pub(super) fn is_operation(key: &str) -> bool {
    key == "weighted" || key == "count" || OPERATORS.iter().any(|(name, _)| *name == key)
}

/// Whether an operator takes exactly two operands.
fn is_pair(operator: Operator) -> bool {
    matches!(operator, Operator::Minus | Operator::Ratio | Operator::Round)
}

/// A text where a name is due.
pub(super) fn name_of(key: &str, value: &Value) -> Result<String, Message> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| Message::new("shape.name-due").with("key", key))
}

impl Expr {
    /// Reads arithmetic from JSON.
    pub fn read(value: &Value) -> Result<Self, Message> {
        match value {
            Value::Number(number) => Ok(Self::Number(number.as_f64().unwrap_or_default())),
            Value::String(name) => Ok(Self::Name(name.clone())),
            Value::Object(map) => Self::read_operation(map),
            _ => Err(Message::new("shape.arithmetic")),
        }
    }

    /// Whether it runs over many rows.
    pub(super) fn over_rows(&self) -> bool {
        match self {
            Self::Many(_, _, over) => over.over.is_none(),
            Self::Count(of, _) => of == "rows",
            Self::Operation(_, list) => list.iter().any(Self::over_rows),
            _ => false,
        }
    }

    fn read_operation(map: &Map<String, Value>) -> Result<Self, Message> {
        let mut operations = map.iter().filter(|(key, _)| is_operation(key));
        let (Some((name, operands)), None) = (operations.next(), operations.next()) else {
            return Err(Message::new("shape.one-operation"));
        };
        let mut over = Over::default();
        for (key, value) in map.iter().filter(|(key, _)| *key != name) {
            match key.as_str() {
                "over" => over.over = Some(name_of(key, value)?),
                "by" => over.by = Some(name_of(key, value)?),
                "only" => over.only = Some(held(Box::new(Condition::read(value)?))),
                _ => {
                    let known = ["over", "by", "only"].into_iter();
                    return Err(super::unknown("shape.unknown-key", key, known));
                }
            }
        }
        if name == "weighted" {
            return name_of(name, operands).map(Self::Weighted);
        }
        if name == "count" {
            return name_of(name, operands).map(|of| Self::Count(of, over));
        }
        let operator = OPERATORS.iter().find(|(known, _)| known == name);
        let operator = operator.map_or(Operator::Sum, |(_, operator)| *operator);
        let due = || Message::new("shape.operands").with("key", name.as_str());
        let Value::Array(list) = operands else {
            let operand = Self::read(operands)?;
            return match operator {
                Operator::Abs | Operator::Sqrt => {
                    Ok(Self::Operation(operator, held(vec![operand])))
                }
                Operator::Sum | Operator::Mean | Operator::Min | Operator::Max => {
                    Ok(Self::Many(operator, held(Box::new(operand)), over))
                }
                _ => Err(due()),
            };
        };
        let list = list.iter().map(Self::read).collect::<Result<Vec<_>, _>>()?;
        if list.is_empty() || is_pair(operator) && list.len() != 2 {
            return Err(due());
        }
        Ok(Self::Operation(operator, held(list)))
    }
}

impl One for Expr {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        Self::read(value).map_err(|message| note(faults, place, message)).ok()
    }

    fn none() -> Self {
        Self::Number(0.0)
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["number", "string", "object"]})
    }
}
