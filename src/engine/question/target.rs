//! Where something is placed: a target of a match, a bin of a categorise.

use super::face::Entry;
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A target or bin: its text, which is also its id unless one is given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    /// What answers call it.
    pub id: String,
    /// What is shown.
    pub text: String,
}

impl Target {
    pub(super) fn entry(&self) -> Entry {
        Entry::new(&self.id, &self.text)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    #[serde(default)]
    id: Option<String>,
    text: String,
}

struct TargetVisitor;

impl<'de> Visitor<'de> for TargetVisitor {
    type Value = Target;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a text, or a map of `id` and `text`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Target, E> {
        Ok(Target { id: text.to_owned(), text: text.to_owned() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Target, A::Error> {
        let Full { id, text } = Full::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Target { id: id.unwrap_or_else(|| text.clone()), text })
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TargetVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Target {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "oneOf": [
            { "type": "string" },
            {
                "type": "object",
                "properties": { "id": { "type": "string" }, "text": { "type": "string" } },
                "required": ["text"],
                "additionalProperties": false,
            },
        ] })
    }
}
