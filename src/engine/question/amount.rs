//! The right number of a numeric question: a number, or arithmetic over numbers.

use super::number::shown;
use crate::held::{Held, held};
use crate::json::Value;
use crate::read::{Read, Reader};
use serde::{Serialize, Serializer};

/// A number, or arithmetic over numbers as in `{product: [{minus: [50, 36]}, 3.6]}`.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// The number itself.
    Number(f64),
    /// An operation over two operands or any number of them.
    Many(Many, Held<Vec<Amount>>),
    /// An operation over one operand.
    One(One, Held<Box<Amount>>),
}

/// Operations over a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Many {
    /// a + b + …
    Sum,
    /// a × b × …
    Product,
    /// Their mean.
    Mean,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// a − b
    Minus,
    /// a ÷ b
    Ratio,
    /// The nearest multiple of b, halves away from zero.
    Round,
}

/// Operations over one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum One {
    /// Without its sign.
    Abs,
    /// Square root.
    Sqrt,
}

#[cfg(feature = "schema")]
const OPERATIONS: &[&str] =
    &["sum", "product", "mean", "min", "max", "minus", "ratio", "round", "abs", "sqrt"];

impl Many {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sum" => Self::Sum,
            "product" => Self::Product,
            "mean" => Self::Mean,
            "min" => Self::Min,
            "max" => Self::Max,
            "minus" => Self::Minus,
            "ratio" => Self::Ratio,
            "round" => Self::Round,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Product => "product",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Minus => "minus",
            Self::Ratio => "ratio",
            Self::Round => "round",
        }
    }

    /// Whether it takes exactly two operands.
    fn is_pair(self) -> bool {
        matches!(self, Self::Minus | Self::Ratio | Self::Round)
    }
}

impl Amount {
    /// The number; none if it divides by zero, takes the root of a negative number or overflows.
    pub fn value(&self) -> Option<f64> {
        let value = match self {
            Self::Number(number) => *number,
            Self::One(One::Abs, operand) => operand.value()?.abs(),
            Self::One(One::Sqrt, operand) => operand.value().filter(|value| *value >= 0.0)?.sqrt(),
            Self::Many(operation, operands) => {
                let values = operands.iter().map(Self::value).collect::<Option<Vec<f64>>>()?;
                combine(*operation, &values)?
            }
        };
        value.is_finite().then_some(value)
    }

    /// The formula written out, without its result.
    pub fn formula(&self) -> String {
        self.write(0)
    }

    /// Writes it; an operator that binds less than `outer` is put in brackets.
    fn write(&self, outer: u8) -> String {
        let (text, binds) = match self {
            Self::Number(number) if *number < 0.0 => (shown(*number).replacen('-', "−", 1), 1),
            Self::Number(number) => (shown(*number), 4),
            Self::One(One::Abs, operand) => (format!("|{}|", operand.write(0)), 4),
            Self::One(One::Sqrt, operand) => (format!("√{}", operand.write(4)), 3),
            Self::Many(operation, operands) => match (operation, operands.as_slice()) {
                (Many::Sum, many) => (joined(many, " + ", 1), 1),
                (Many::Product, [first, rest @ ..]) if !rest.is_empty() => {
                    (format!("{} × {}", first.write(2), joined(rest, " × ", 3)), 2)
                }
                (Many::Mean, many) => (format!("({}) ÷ {}", joined(many, " + ", 1), many.len()), 2),
                (Many::Minus, [a, b]) => (format!("{} − {}", a.write(1), b.write(2)), 1),
                (Many::Ratio, [a, b]) => (format!("{} ÷ {}", a.write(2), b.write(3)), 2),
                (other, many) => (format!("{}({})", other.name(), joined(many, ", ", 0)), 4),
            },
        };
        if binds < outer { format!("({text})") } else { text }
    }
}

fn joined(operands: &[Amount], sign: &str, outer: u8) -> String {
    operands.iter().map(|operand| operand.write(outer)).collect::<Vec<_>>().join(sign)
}

/// Works out an operation, operands from left to right.
fn combine(operation: Many, values: &[f64]) -> Option<f64> {
    let (first, rest) = values.split_first()?;
    let fold = |step: fn(f64, f64) -> f64| rest.iter().fold(*first, |sum, value| step(sum, *value));
    Some(match operation {
        Many::Sum => fold(|a, b| a + b),
        Many::Product => fold(|a, b| a * b),
        #[expect(clippy::cast_precision_loss, reason = "nobody writes 2⁵³ operands")]
        Many::Mean => fold(|a, b| a + b) / values.len() as f64,
        Many::Min => fold(|a, b| if b < a { b } else { a }),
        Many::Max => fold(|a, b| if b > a { b } else { a }),
        Many::Minus => first - rest.first()?,
        Many::Ratio => first / rest.first().filter(|divisor| **divisor != 0.0)?,
        Many::Round => {
            let step = rest.first().filter(|step| **step > 0.0)?;
            let steps = (super::number::grid(first.abs() / step) + 0.5).floor();
            if *first < 0.0 { -(steps * step) } else { steps * step }
        }
    })
}

impl Read for Amount {
    fn read(value: Value, reader: &mut Reader) -> Self {
        let map = match value {
            Value::Number(number) => return Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::Object(map) => map,
            _ => {
                reader.fault("a number or arithmetic is due here", "");
                return Self::Number(0.0);
            }
        };
        if map.len() != 1 {
            reader.fault("arithmetic is a map with exactly one key", "");
        }
        let Some((name, operands)) = map.into_iter().next() else { return Self::Number(0.0) };
        match name.as_str() {
            "abs" => return Self::One(One::Abs, held(Box::new(reader.below("abs", operands)))),
            "sqrt" => return Self::One(One::Sqrt, held(Box::new(reader.below("sqrt", operands)))),
            _ => {}
        }
        let Some(operation) = Many::named(&name) else {
            reader.fault("unknown operation", &name);
            return Self::Number(0.0);
        };
        let operands: Vec<Self> = reader.below(operation.name(), operands);
        if operands.is_empty() || (operation.is_pair() && operands.len() != 2) {
            reader.fault("wrong number of operands of", &name);
        }
        Self::Many(operation, held(operands))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => super::number::write(number, serializer),
            Self::One(One::Abs, operand) => serializer.collect_map([("abs", operand as &Self)]),
            Self::One(One::Sqrt, operand) => serializer.collect_map([("sqrt", operand as &Self)]),
            Self::Many(operation, operands) => {
                serializer.collect_map([(operation.name(), operands.as_slice())])
            }
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let amount = generator.subschema_for::<Amount>();
        let mut shapes = vec![serde_json::json!({ "type": "number" })];
        for name in OPERATIONS {
            let operands = match *name {
                "abs" | "sqrt" => amount.clone().to_value(),
                "minus" | "ratio" | "round" => serde_json::json!(
                    { "type": "array", "items": amount, "minItems": 2, "maxItems": 2 }
                ),
                _ => serde_json::json!({ "type": "array", "items": amount, "minItems": 1 }),
            };
            shapes.push(serde_json::json!({
                "type": "object",
                "properties": { *name: operands },
                "required": [name],
                "additionalProperties": false,
            }));
        }
        schemars::json_schema!({ "oneOf": shapes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(yaml: &str) -> Amount {
        crate::read::read::<Amount>(serde_yaml::from_str(yaml).expect("YAML")).expect("an amount")
    }

    #[test]
    fn arithmetic_of_the_item_bank_comes_out() {
        for (yaml, value, formula) in [
            ("50.4", 50.4, "50.4"),
            ("{ratio: [{product: [{minus: [50, 36]}, 360]}, 100]}", 50.4, "(50 − 36) × 360 ÷ 100"),
            ("{product: [{ratio: [8, 9]}, 100]}", 800.0 / 9.0, "8 ÷ 9 × 100"),
            ("{mean: [1, 2, 3]}", 2.0, "(1 + 2 + 3) ÷ 3"),
            ("{product: [5, {mean: [4, 4]}]}", 20.0, "5 × ((4 + 4) ÷ 2)"),
            ("{minus: [10, {minus: [3, 2]}]}", 9.0, "10 − (3 − 2)"),
            ("{sum: [0, -25, 30]}", 5.0, "0 + −25 + 30"),
            ("{ratio: [12, {product: [2, 3]}]}", 2.0, "12 ÷ (2 × 3)"),
            ("{round: [2.5, 1]}", 3.0, "round(2.5, 1)"),
            ("{round: [-2.5, 1]}", -3.0, "round(−2.5, 1)"),
            ("{abs: {minus: [2, 5]}}", 3.0, "|2 − 5|"),
            ("{sqrt: {sum: [9, 16]}}", 5.0, "√(9 + 16)"),
            ("{max: [1, 7, 3]}", 7.0, "max(1, 7, 3)"),
        ] {
            let amount = amount(yaml);
            let worked = amount.value().expect("a value");
            assert!((worked - value).abs() < 1e-9, "{yaml}: {worked}");
            assert_eq!(amount.formula(), formula);
        }
    }

    #[test]
    fn what_has_no_value_has_none() {
        for yaml in
            ["{ratio: [1, 0]}", "{sqrt: -1}", "{round: [1, 0]}", "{product: [1e300, 1e300]}"]
        {
            assert_eq!(amount(yaml).value(), None, "{yaml}");
        }
    }

    #[test]
    fn what_is_not_arithmetic_is_refused() {
        for yaml in ["{}", "{sum: []}", "{minus: [1]}", "{times: [1, 2]}", "{abs: 1, sqrt: 2}", "x"]
        {
            assert!(
                crate::read::read::<Amount>(serde_yaml::from_str(yaml).expect("YAML")).is_err(),
                "{yaml}"
            );
        }
    }
}
