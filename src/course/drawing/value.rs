//! What drawings are made of: numbers, labels, points, series, limits.

use super::Fault;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::borrow::Cow;

/// A number, typed or quoted from an exercise (`'{=swot.score.K3.P}'`).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount(pub f64);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Number(number) => number.as_f64().map(Self),
            // A share that an exercise computes comes as `88.9%`; drawings measure in percent.
            Value::String(text) => text.trim().trim_end_matches('%').parse().ok().map(Self),
            _ => None,
        }
        .filter(|amount| amount.0.is_finite())
        .ok_or_else(|| de::Error::custom("not a number"))
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "oneOf": [{ "type": "number" }, { "type": "string", "pattern": "^\\s*\\{=" }],
            "description": "A number, or one taken from an exercise: '{=exercise.stage.row.column}'.",
        })
    }
}

/// A short text; a number will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word(pub String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(de::Error::custom("not a text")),
        }
    }
}

impl JsonSchema for Word {
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
}

/// A labelled number.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Name within the drawing; its label when left out.
    #[serde(default)]
    pub id: Word,
    /// What it is.
    pub label: Word,
    /// How much.
    pub value: Amount,
    /// What stands at it instead of the number: 7/9.
    #[serde(default)]
    pub shown: Option<Word>,
}

impl Point {
    /// Whether a list of labels or ids names this point.
    pub fn is_in(&self, names: &[Word]) -> bool {
        names.iter().any(|name| *name == self.label || *name == self.id)
    }
}

/// One line or one kind of bars: as many values as the chart has labels.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What it is.
    #[serde(default)]
    pub name: Word,
    /// Its values in the order of the labels.
    #[serde(default)]
    pub values: Vec<Amount>,
    /// Instead of values: a column of an exercise, exercise.stage.column.
    #[serde(default)]
    pub from: Option<String>,
}

/// A line that marks a limit: the number alone, or with a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// Where.
    pub value: f64,
    /// What it says; the number when left out.
    pub label: Option<Word>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LimitKeys {
    /// Where.
    value: Amount,
    /// What it says.
    #[serde(default)]
    label: Option<Word>,
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let limit = if value.is_object() {
            LimitKeys::deserialize(value)
                .map(|keys| Self { value: keys.value.0, label: keys.label })
        } else {
            Amount::deserialize(value).map(|amount| Self { value: amount.0, label: None })
        };
        limit.map_err(de::Error::custom)
    }
}

impl JsonSchema for Limit {
    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let keys = LimitKeys::json_schema(generator);
        json_schema!({ "oneOf": [{ "type": "number" }, keys] })
    }
}

/// Reports names that no point has.
pub(super) fn check_names(names: &[Word], known: impl Fn(&Word) -> bool, faults: &mut Vec<Fault>) {
    faults.extend(names.iter().filter(|name| !known(name)).map(|name| Fault::unknown(&name.0)));
}

/// Reports series that are missing, or not as long as the labels.
pub(super) fn check_series(labels: &[Word], series: &[Series], faults: &mut Vec<Fault>) {
    if labels.is_empty() {
        faults.push(Fault::empty("labels"));
    }
    if series.is_empty() {
        faults.push(Fault::empty("series"));
    }
    for one in series.iter().filter(|one| one.values.len() != labels.len()) {
        faults.push(Fault::length(&one.name.0, one.values.len(), labels.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;
    use serde_json::json;

    #[test]
    fn a_computed_share_is_a_number() {
        let read = |value| serde_json::from_value::<Amount>(value).ok().map(|amount| amount.0);
        assert_eq!(read(json!("88.9%")), Some(88.9));
        assert_eq!(read(json!(" 75 ")), Some(75.0));
        assert_eq!(read(json!(12.5)), Some(12.5));
        assert_eq!(read(json!("%")), None);
        assert_eq!(read(json!("约 560")), None);
    }
}
