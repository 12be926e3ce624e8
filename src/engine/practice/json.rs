//! JSON maps written key by key, small and without derived code.

use crate::held::held;
use crate::json::{Map, Value};

/// A map in the making.
#[derive(Default)]
pub(crate) struct Json(Map<String, Value>);

impl Json {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Puts a value under a key.
    pub(super) fn put(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.set(key, value.into());
        self
    }

    // One copy of what `put` does, whatever the type.
    #[inline(never)]
    fn set(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    /// Puts a text, if there is one.
    pub(super) fn text(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            self.set(key, Value::String(text.to_owned()));
        }
        self
    }

    /// Puts a list, unless it is empty.
    pub(super) fn list(&mut self, key: &str, list: Vec<Value>) -> &mut Self {
        if !list.is_empty() {
            self.set(key, Value::Array(held(list)));
        }
        self
    }

    /// Puts a map, unless it is empty.
    pub(super) fn map(&mut self, key: &str, map: Json) -> &mut Self {
        if !map.0.is_empty() {
            self.set(key, Value::Object(map.0));
        }
        self
    }

    pub(super) fn take(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.0))
    }

    /// Adds all of another map.
    pub(super) fn extend(&mut self, other: Json) -> &mut Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.get_mut(key)
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        Self::Object(json.0)
    }
}

/// A value as JSON text.
pub(super) fn written(value: &Value) -> String {
    crate::json::written(value)
}

/// Texts as a list.
pub(super) fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    Value::Array(held(texts.map(|text| Value::String(text.to_owned())).collect()))
}

/// A number, whole ones without a fraction.
pub(super) fn number(number: f64) -> Value {
    crate::question::json_number(number)
}

/// `{id, name}`.
pub(super) fn named(id: &str, name: &str) -> Value {
    Json::new().put("id", id).put("name", name).take()
}
