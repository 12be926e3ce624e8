//! Arithmetic and conditions as trees (practice format §4), read from JSON and written back as
//! the formula a person reads.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Arithmetic: a number, a name, or an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// Whatever the name stands for.
    Name(String),
    /// An operation over operands.
    Operation(Operator, Vec<Expr>),
    /// `sum mean min max` over many.
    Many(Operator, Box<Expr>, Over),
    /// Σ value · column by the ids in a map value.
    Weighted(String),
    /// The size of a set, or the number of rows.
    Count(String, Over),
}

/// What an operation over many goes through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Over {
    /// A table or stage; the stage's own rows, if absent.
    #[expect(clippy::struct_field_names, reason = "the key's name in the format")]
    pub over: Option<String>,
    /// Which rows.
    pub only: Option<Box<Condition>>,
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

impl Expr {
    /// Reads arithmetic from JSON; the error is a sentence for people who write exercises.
    pub fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Number(number) => {
                number.as_f64().map(Self::Number).ok_or_else(|| "a number out of range".into())
            }
            Value::String(name) => Ok(Self::Name(name.clone())),
            Value::Object(map) => Self::read_operation(map),
            _ => {
                Err("arithmetic is a number, a name or an operation such as `{sum: [a, b]}`".into())
            }
        }
    }

    fn read_operation(map: &Map<String, Value>) -> Result<Self, String> {
        let mut operations = map.iter().filter(|(key, _)| is_operation(key));
        let (Some((name, operands)), None) = (operations.next(), operations.next()) else {
            let known: Vec<&str> = OPERATORS.iter().map(|(name, _)| *name).collect();
            return Err(format!("exactly one of {}, weighted, count", known.join(", ")));
        };
        let mut over = Over::default();
        for (key, value) in map.iter().filter(|(key, _)| *key != name) {
            let text = || value.as_str().map(str::to_owned).ok_or(format!("`{key}` takes a name"));
            match key.as_str() {
                "over" => over.over = Some(text()?),
                "by" => over.by = Some(text()?),
                "only" => over.only = Some(Box::new(Condition::read(value)?)),
                _ => return Err(format!("`{key}` does not belong to `{name}`")),
            }
        }
        let one_name =
            || operands.as_str().map(str::to_owned).ok_or(format!("`{name}` takes a name"));
        if name == "weighted" {
            return one_name().map(Self::Weighted);
        }
        if name == "count" {
            return one_name().map(|of| Self::Count(of, over));
        }
        let operator =
            OPERATORS.iter().find(|(known, _)| known == name).map(|(_, operator)| *operator);
        let operator = operator.ok_or_else(|| format!("`{name}` is not an operation"))?;
        let Value::Array(list) = operands else {
            let operand = Self::read(operands)?;
            return Ok(match operator {
                Operator::Abs | Operator::Sqrt => Self::Operation(operator, vec![operand]),
                Operator::Sum | Operator::Mean | Operator::Min | Operator::Max => {
                    Self::Many(operator, Box::new(operand), over)
                }
                _ => return Err(format!("`{name}` takes a list")),
            });
        };
        let list = list.iter().map(Self::read).collect::<Result<Vec<_>, _>>()?;
        let pair = matches!(operator, Operator::Minus | Operator::Ratio | Operator::Round);
        if pair && list.len() != 2 || list.is_empty() {
            return Err(format!(
                "`{name}` takes {}",
                if pair { "two operands" } else { "operands" }
            ));
        }
        Ok(Self::Operation(operator, list))
    }

    /// Hands every name in it to `visit`, with the context it is looked up in.
    pub fn visit_names(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) | Self::Weighted(name) | Self::Count(name, _) => visit(name),
            Self::Operation(_, list) => list.iter().for_each(|expr| expr.visit_names(visit)),
            Self::Many(_, operand, _) => operand.visit_names(visit),
        }
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All must hold.
    All(Vec<Condition>),
    /// One must hold.
    Any(Vec<Condition>),
    /// Must not hold.
    Not(Box<Condition>),
    /// Some row of the stage meets it (mistakes).
    AnyRow(Box<Condition>),
    /// What a name stands for passes a test.
    Test(String, Test),
}

/// A test of one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Equal to a literal.
    Is(Value),
    /// All of these.
    All(Vec<Test>),
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
    Not(Box<Test>),
    /// Has (no) value.
    Missing(bool),
}

impl Condition {
    /// Reads a condition from JSON; the error is a sentence for people who write exercises.
    pub fn read(value: &Value) -> Result<Self, String> {
        let Value::Object(map) = value else {
            return Err("a condition is a map such as `{fit: {below: 20}}`".into());
        };
        let list = |value: &Value| -> Result<Vec<Self>, String> {
            let items = value.as_array().ok_or("`any` and `all` take a list of conditions")?;
            items.iter().map(Self::read).collect()
        };
        let mut parts = Vec::with_capacity(map.len());
        for (name, value) in map {
            parts.push(match name.as_str() {
                "any" => Self::Any(list(value)?),
                "all" => Self::All(list(value)?),
                "not" => Self::Not(Box::new(Self::read(value)?)),
                "any_row" => Self::AnyRow(Box::new(Self::read(value)?)),
                _ => Self::Test(name.clone(), Test::read(value)?),
            });
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Self::All(parts) })
    }

    /// Hands every tested name to `visit`, and the names inside the tests.
    pub fn visit_names(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|it| it.visit_names(visit)),
            Self::Not(one) | Self::AnyRow(one) => one.visit_names(visit),
            Self::Test(name, test) => {
                visit(name);
                test.visit_names(visit);
            }
        }
    }
}

impl Test {
    fn read(value: &Value) -> Result<Self, String> {
        let Value::Object(map) = value else {
            return match value {
                Value::Null => Err("a test is a value or a map of tests".into()),
                literal => Ok(Self::Is(literal.clone())),
            };
        };
        let mut tests = map.iter().map(|(key, value)| Self::read_one(key, value));
        match (tests.next(), map.len()) {
            (Some(only), 1) => only,
            (None, _) => Err("an empty test".into()),
            (Some(first), _) => {
                let rest = tests.collect::<Result<Vec<_>, _>>()?;
                Ok(Self::All(std::iter::once(first?).chain(rest).collect()))
            }
        }
    }

    fn read_one(key: &str, value: &Value) -> Result<Self, String> {
        let literals = || value.as_array().cloned().ok_or(format!("`{key}` takes a list"));
        let flag = || value.as_bool().ok_or(format!("`{key}` takes true or false"));
        let name = || value.as_str().map(str::to_owned).ok_or(format!("`{key}` takes a name"));
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
                Self::Mentions(texts.ok_or("`mentions` takes a list of texts")?)
            }
            "same_as" => Self::SameAs(name()?),
            "in" => Self::In(name()?),
            "not" => Self::Not(Box::new(Self::read(value)?)),
            "missing" => Self::Missing(flag()?),
            _ => {
                return Err(format!(
                    "`{key}` is not a test; there are from, below, above, up_to, one_of, has, \
                     lacks, empty, mentions, same_as, in, not, missing"
                ));
            }
        })
    }

    fn visit_names(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::All(tests) => tests.iter().for_each(|test| test.visit_names(visit)),
            Self::From(it) | Self::Below(it) | Self::Above(it) | Self::UpTo(it) => {
                it.visit_names(visit);
            }
            Self::SameAs(name) | Self::In(name) => visit(name),
            Self::Not(test) => test.visit_names(visit),
            _ => {}
        }
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Expr {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Arithmetic".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["number", "string", "object"]})
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Condition {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object"})
    }
}
