//! Reading what comes in as JSON: by hand, because derived readers would be half of engine.wasm.
//!
//! A type says how it is [`Read`] from a tree; [`Keys`] hands out the keys of a map and refuses
//! what is left over. Nothing returns early: a [`Reader`] notes the first fault with its path
//! (`options[1].text: …`) and reading goes on, which is far less code than a way out at each key.

use crate::held::taken;
use crate::json::{Map, Value};

/// Where reading stands, and the first fault.
pub(crate) struct Reader {
    path: Vec<Step>,
    fault: Option<String>,
}

/// One step of a path.
enum Step {
    Key(&'static str),
    Entry(usize),
}

impl Reader {
    /// Notes a fault here; `name` is put in backquotes behind it unless it is empty.
    pub(crate) fn fault(&mut self, what: &str, name: &str) {
        if self.fault.is_some() {
            return;
        }
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(key);
                }
                Step::Entry(at) => {
                    text.push('[');
                    text.push_str(&at.to_string());
                    text.push(']');
                }
            }
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(what);
        if !name.is_empty() {
            text.push_str(" `");
            text.push_str(name);
            text.push('`');
        }
        self.fault = Some(text);
    }

    /// Reads what stands below a key.
    pub(crate) fn below<T: Read>(&mut self, key: &'static str, value: Value) -> T {
        self.path.push(Step::Key(key));
        let read = T::read(value, self);
        self.path.pop();
        read
    }

    /// The entries of a list.
    fn list(&mut self, value: Value) -> Vec<Value> {
        match value {
            Value::Array(list) => taken(list),
            _ => {
                self.fault("a list is due here", "");
                Vec::new()
            }
        }
    }
}

/// Reads a whole value, or says what does not fit and where.
pub(crate) fn read<T: Read>(value: Value) -> Result<T, String> {
    let mut reader = Reader { path: Vec::new(), fault: None };
    let read = T::read(value, &mut reader);
    match reader.fault {
        None => Ok(read),
        Some(fault) => Err(fault),
    }
}

/// Something that is read from JSON. Whatever is wrong is noted, and something is made of it.
pub(crate) trait Read: Sized {
    /// Reads it; the value is used up.
    fn read(value: Value, reader: &mut Reader) -> Self;
}

impl Read for Value {
    fn read(value: Value, _: &mut Reader) -> Self {
        value
    }
}

impl Read for String {
    fn read(value: Value, reader: &mut Reader) -> Self {
        match value {
            Value::String(text) => text,
            _ => {
                reader.fault("a text is due here", "");
                Self::new()
            }
        }
    }
}

impl Read for bool {
    fn read(value: Value, reader: &mut Reader) -> Self {
        value.as_bool().unwrap_or_else(|| {
            reader.fault("true or false is due here", "");
            false
        })
    }
}

impl Read for f64 {
    fn read(value: Value, reader: &mut Reader) -> Self {
        value.as_f64().unwrap_or_else(|| {
            reader.fault("a number is due here", "");
            0.0
        })
    }
}

impl Read for u64 {
    fn read(value: Value, reader: &mut Reader) -> Self {
        value.as_u64().unwrap_or_else(|| {
            reader.fault("a whole number is due here", "");
            0
        })
    }
}

impl Read for u8 {
    fn read(value: Value, reader: &mut Reader) -> Self {
        Self::try_from(u64::read(value, reader)).unwrap_or_else(|_| {
            reader.fault("a number up to 255 is due here", "");
            0
        })
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: Value, reader: &mut Reader) -> Self {
        Self::new(T::read(value, reader))
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value, reader: &mut Reader) -> Self {
        if value.is_null() { None } else { Some(T::read(value, reader)) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value, reader: &mut Reader) -> Self {
        let list = reader.list(value);
        let mut read = Self::with_capacity(list.len());
        for (at, entry) in list.into_iter().enumerate() {
            reader.path.push(Step::Entry(at));
            read.push(T::read(entry, reader));
            reader.path.pop();
        }
        read
    }
}

/// The keys of a map that were not read yet.
pub(crate) struct Keys<'r> {
    map: Map<String, Value>,
    /// Where faults go.
    pub(crate) reader: &'r mut Reader,
}

impl<'r> Keys<'r> {
    /// The keys of `value`, which is a map.
    pub(crate) fn of(value: Value, reader: &'r mut Reader) -> Self {
        let map = match value {
            Value::Object(map) => map,
            _ => {
                reader.fault("a map is due here", "");
                Map::new()
            }
        };
        Self { map, reader }
    }

    /// The first key as written.
    pub(crate) fn first(&self) -> &str {
        self.map.keys().next().map_or("", String::as_str)
    }

    /// Takes the value of a key, if it is there.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.map.shift_remove(key)
    }

    /// A key that must be there.
    pub(crate) fn need<T: Read>(&mut self, key: &'static str) -> T {
        let value = self.take(key).unwrap_or_else(|| {
            self.reader.fault("missing key", key);
            Value::Null
        });
        self.reader.below(key, value)
    }

    /// A key that may be left out.
    pub(crate) fn maybe<T: Read>(&mut self, key: &'static str) -> Option<T> {
        let value = self.take(key)?;
        Some(self.reader.below(key, value))
    }

    /// A key that stands for its default when left out.
    pub(crate) fn or<T: Read + Default>(&mut self, key: &'static str) -> T {
        self.maybe(key).unwrap_or_default()
    }

    /// Refuses what was not asked for.
    pub(crate) fn end(self) {
        if let Some(key) = self.map.keys().next() {
            self.reader.fault("unknown key", key);
        }
    }
}

/// Declares a struct that is read by hand, written and described by serde and schemars. After the
/// type of a field stands how it is read: `need`, `or` (its default when left out), `maybe`.
macro_rules! record {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $type:ty = $mode:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$note])* pub $field: $type,)* }

        impl $crate::read::Read for $name {
            fn read(value: $crate::json::Value, reader: &mut $crate::read::Reader) -> Self {
                let mut keys = $crate::read::Keys::of(value, reader);
                let read = Self { $($field: keys.$mode(stringify!($field)),)* };
                keys.end();
                read
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, PartialEq)]
    struct Pair {
        left: String,
        right: Vec<Option<f64>>,
    }

    impl Read for Pair {
        fn read(value: Value, reader: &mut Reader) -> Self {
            let mut keys = Keys::of(value, reader);
            let read = Self { left: keys.need("left"), right: keys.or("right") };
            keys.end();
            read
        }
    }

    #[test]
    fn faults_carry_their_path() {
        let pair = Pair { left: "a".into(), right: vec![Some(1.0), None] };
        assert_eq!(read(json!([{"left": "a", "right": [1, null]}])), Ok(vec![pair]));
        for (value, text) in [
            (json!([{"left": "a"}, {}]), "[1]: missing key `left`"),
            (json!([{"left": 1}]), "[0].left: a text is due here"),
            (json!([{"left": "a", "right": [2, "b"]}]), "[0].right[1]: a number is due here"),
            (json!([{"left": "a", "rihgt": []}]), "[0]: unknown key `rihgt`"),
            (json!({}), "a list is due here"),
            (json!([7]), "[0]: a map is due here"),
        ] {
            assert_eq!(read::<Vec<Pair>>(value), Err(text.to_owned()));
        }
    }
}
