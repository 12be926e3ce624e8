//! Where something is placed: a target of a match, a bin of a categorise.

use super::face::Entry;
use crate::json::Value;
use crate::read::{Keys, Read, Reader};

/// A target or bin: its text, which is also its id unless one is given.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
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

impl Read for Target {
    fn read(value: Value, reader: &mut Reader) -> Self {
        if let Value::String(text) = value {
            return Self { id: text.clone(), text };
        }
        let mut keys = Keys::of(value, reader);
        let id: Option<String> = keys.maybe("id");
        let text: String = keys.need("text");
        keys.end();
        Self { id: id.unwrap_or_else(|| text.clone()), text }
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
