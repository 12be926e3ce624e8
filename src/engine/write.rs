//! Writing what goes out as JSON: a tree built by hand, for the same reason as in [`crate::read`].

use crate::held::held;
use crate::json::{Map, Value};
use crate::question::json_number;

/// A JSON object under construction, its keys in the order put. Boxed, because handing on a map by
/// value at each key would be much of what the engine weighs.
#[derive(Default)]
pub(crate) struct Object(Box<Map<String, Value>>);

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Puts a value.
    #[inline(never)]
    pub(crate) fn put(mut self, key: &str, value: Value) -> Self {
        self.0.insert(key.to_owned(), value);
        self
    }

    /// Puts a text.
    pub(crate) fn text(self, key: &str, text: &str) -> Self {
        self.put(key, Value::String(text.to_owned()))
    }

    /// Puts a text if there is one.
    pub(crate) fn maybe(self, key: &str, text: Option<&String>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// Puts a number, whole ones without a point.
    pub(crate) fn number(self, key: &str, value: f64) -> Self {
        self.put(key, json_number(value))
    }

    /// Puts a count.
    pub(crate) fn count(self, key: &str, count: usize) -> Self {
        self.put(key, Value::from(count))
    }

    /// Puts yes or no.
    pub(crate) fn yes_no(self, key: &str, yes: bool) -> Self {
        self.put(key, Value::Bool(yes))
    }

    /// Puts a list of what `write` makes of each entry.
    pub(crate) fn list<T>(self, key: &str, entries: &[T], write: impl Fn(&T) -> Value) -> Self {
        self.put(key, Value::Array(held(entries.iter().map(write).collect())))
    }

    /// The same, left out when empty.
    pub(crate) fn some<T>(self, key: &str, entries: &[T], write: impl Fn(&T) -> Value) -> Self {
        if entries.is_empty() { self } else { self.list(key, entries, write) }
    }

    /// The object.
    pub(crate) fn end(self) -> Value {
        Value::Object(*self.0)
    }
}

/// A text as JSON.
#[expect(clippy::ptr_arg, reason = "stands where a list of texts is written")]
pub(crate) fn text(text: &String) -> Value {
    Value::String(text.clone())
}
