//! Streams: levels that grow narrower, and many that become one.

use crate::course::drawing::Fault;
use crate::course::drawing::value::{Amount, Word};
use schemars::JsonSchema;
use serde::Deserialize;

/// Levels that grow narrower.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Funnel {
    /// Two to six levels, widest first.
    #[schemars(length(min = 2, max = 6))]
    pub levels: Vec<Level>,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A level of a funnel.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// What it is.
    pub label: Word,
    /// How many are left; widths follow when all levels have one.
    #[serde(default)]
    pub value: Option<Amount>,
    /// Beside the level.
    #[serde(default)]
    pub note: Word,
    /// The level that matters.
    #[serde(default)]
    pub highlight: bool,
}

impl Funnel {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.levels.len() < 2 {
            faults.push(Fault::length("levels", self.levels.len(), 2));
        }
    }
}

/// Several streams that join in one, or one that parts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowIn {
    /// Two to seven streams.
    #[schemars(length(min = 2, max = 7))]
    pub sources: Vec<Source>,
    /// Where they join.
    pub target: Word,
    /// Turned round: one becomes many.
    #[serde(default)]
    pub out: bool,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One stream: its label alone, or with a note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// What it is.
    pub label: Word,
    /// A little more.
    pub note: Word,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SourceKeys {
    /// What it is.
    label: Word,
    /// A little more.
    #[serde(default)]
    note: Word,
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let value = serde_json::Value::deserialize(deserializer)?;
        if value.is_object() {
            let keys = SourceKeys::deserialize(value).map_err(D::Error::custom)?;
            return Ok(Self { label: keys.label, note: keys.note });
        }
        let label = Word::deserialize(value).map_err(D::Error::custom)?;
        Ok(Self { label, note: Word::default() })
    }
}

impl JsonSchema for Source {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Source".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let keys = SourceKeys::json_schema(generator);
        schemars::json_schema!({ "oneOf": [{ "type": ["string", "number"] }, keys] })
    }
}

impl FlowIn {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.sources.len() < 2 {
            faults.push(Fault::length("sources", self.sources.len(), 2));
        }
    }
}
