//! Reads the practice format from its JSON tree: one declaration of keys gives the struct, the
//! reader and the schema.
//!
//! Reading never stops: a key that is missing or of the wrong shape is noted at its place and
//! something empty is put in, so that all faults of a file show at once. The readers are by hand
//! because derived ones, once for each struct and format, were two thirds of engine.wasm.

use crate::json::{Map, Value};
use crate::practice::unknown;
use crate::{Message, Problem};
use std::cell::RefCell;

/// What reading finds wrong.
pub(crate) type Faults = RefCell<Vec<Problem>>;

/// Notes a fault.
pub(super) fn note(faults: &Faults, place: &str, message: Message) {
    faults.borrow_mut().push(Problem { place: place.to_owned(), warning: false, message });
}

/// `place.key`; the top has no place.
pub(super) fn below(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { [place, ".", key].concat() }
}

/// `place[at]`.
pub(super) fn entry(place: &str, at: usize) -> String {
    format!("{place}[{at}]")
}

/// A map whose keys are taken one after the other; those that nobody asked for are faults.
pub struct Fields<'a> {
    map: Option<&'a Map<String, Value>>,
    place: String,
    faults: &'a Faults,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn open(value: &'a Value, place: &str, faults: &'a Faults) -> Self {
        let map = value.as_object();
        if map.is_none() {
            note(faults, place, Message::new("shape.map"));
        }
        Self { map, place: place.to_owned(), faults, asked: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Value> {
        self.asked.push(key);
        self.map?.get(key)
    }

    fn take_list(&mut self, key: &'static str, must: bool) -> Option<&'a Value> {
        let found = self.take(key);
        if found.is_none() && must {
            self.missing(key);
        }
        found
    }

    fn missing(&self, key: &str) {
        if self.map.is_some() {
            note(self.faults, &self.place, Message::new("shape.missing").with("name", key));
        }
    }

    /// The `kind` of the map, if it is one of `known`.
    pub(super) fn kind(&mut self, known: &[&'static str]) -> Option<&'static str> {
        let Some(value) = self.take("kind") else {
            self.missing("kind");
            return None;
        };
        let name = value.as_str().unwrap_or("?");
        let found = known.iter().find(|known| **known == name).copied();
        if found.is_none() {
            let message = unknown("shape.no-kind", name, known.iter().copied());
            note(self.faults, &below(&self.place, "kind"), message);
            // The kind's own keys are not known, so none of them is a fault.
            self.map = None;
        }
        found
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        for key in self.map.into_iter().flat_map(Map::keys) {
            if !self.asked.contains(&key.as_str()) {
                let message = unknown("shape.unknown-key", key, self.asked.iter().copied());
                note(self.faults, &below(&self.place, key), message);
            }
        }
    }
}

/// Something that stands as one value.
pub trait One: Sized {
    /// Reads it; nothing, with the fault noted, if the value has the wrong shape.
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self>;

    /// What stands in for one that is missing.
    fn none() -> Self;

    /// Its schema.
    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

/// Something that stands under a key.
pub trait Key: Sized {
    /// Takes it from the map.
    fn read(fields: &mut Fields<'_>, key: &'static str, must: bool) -> Self;

    /// Whether the key must be there.
    #[cfg(feature = "schema")]
    const NEEDED: bool;

    /// Its schema.
    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

impl<T: One> Key for T {
    fn read(fields: &mut Fields<'_>, key: &'static str, _: bool) -> Self {
        let found = match fields.take(key) {
            Some(value) => T::one(value, &below(&fields.place, key), fields.faults),
            None => {
                fields.missing(key);
                None
            }
        };
        found.unwrap_or_else(T::none)
    }

    #[cfg(feature = "schema")]
    const NEEDED: bool = true;

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema(generator)
    }
}

impl<T: One> Key for Option<T> {
    fn read(fields: &mut Fields<'_>, key: &'static str, _: bool) -> Self {
        let value = fields.take(key)?;
        T::one(value, &below(&fields.place, key), fields.faults)
    }

    #[cfg(feature = "schema")]
    const NEEDED: bool = false;

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema(generator)
    }
}

impl<T: One> Key for Vec<T> {
    fn read(fields: &mut Fields<'_>, key: &'static str, must: bool) -> Self {
        let Some(value) = fields.take_list(key, must) else { return Self::new() };
        let place = below(&fields.place, key);
        let Some(items) = value.as_array() else {
            note(fields.faults, &place, Message::new("shape.list"));
            return Self::new();
        };
        let items = items.iter().enumerate();
        items.filter_map(|(at, item)| T::one(item, &entry(&place, at), fields.faults)).collect()
    }

    #[cfg(feature = "schema")]
    const NEEDED: bool = false;

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let items = T::schema(generator);
        schemars::json_schema!({"type": "array", "items": items})
    }
}

/// A map that keeps the order written.
#[derive(Debug, Clone, PartialEq)]
pub struct Dict<T>(pub Vec<(String, T)>);

impl<T> Default for Dict<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Dict<T> {
    /// The entry of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.place(name).map(|at| &self.0[at].1)
    }

    /// Where the entry of that name stands.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.keys().position(|key| key == name)
    }

    /// Names in the order written.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

impl<T: One> Key for Dict<T> {
    fn read(fields: &mut Fields<'_>, key: &'static str, must: bool) -> Self {
        let Some(value) = fields.take_list(key, must) else { return Self::default() };
        let place = below(&fields.place, key);
        Self::one(value, &place, fields.faults).unwrap_or_default()
    }

    #[cfg(feature = "schema")]
    const NEEDED: bool = false;

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let of = T::schema(generator);
        schemars::json_schema!({"type": "object", "additionalProperties": of})
    }
}

impl<T: One> Dict<T> {
    pub(super) fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        let Some(map) = value.as_object() else {
            note(faults, place, Message::new("shape.map"));
            return None;
        };
        let entries = map.iter().filter_map(|(key, value)| {
            Some((key.clone(), T::one(value, &below(place, key), faults)?))
        });
        Some(Self(entries.collect()))
    }
}

/// One shape of plain value: how it is read, and what a wrong one is told.
macro_rules! plain {
    ($($type:ty: $read:expr, $code:literal, $schema:tt;)*) => { $(
        impl One for $type {
            fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
                let read: fn(&Value) -> Option<$type> = $read;
                let found = read(value);
                if found.is_none() {
                    note(faults, place, Message::new($code));
                }
                found
            }

            fn none() -> Self {
                Self::default()
            }

            #[cfg(feature = "schema")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    )* };
}

plain! {
    String: |value| value.as_str().map(str::to_owned), "shape.text", {"type": "string"};
    f64: Value::as_f64, "shape.number", {"type": "number"};
    bool: Value::as_bool, "shape.yes-no", {"type": "boolean"};
    u8: |value| value.as_u64()?.try_into().ok(), "shape.whole", {"type": "integer", "minimum": 0, "maximum": 255};
    Value: |value| (!value.is_null()).then(|| value.clone()), "shape.value", {};
    Map<String, Value>: |value| value.as_object().cloned(), "shape.map", {"type": "object"};
}

/// Declares a map with its keys: `field: Type`, or `field "key": Type` where the key is called
/// otherwise. `Option`, and `Vec` and `Dict` without `(must)`, may be missing.
macro_rules! keys {
    ($(#[doc = $about:literal])* $name:ident {
        $($(#[doc = $note:literal])* $field:ident $($key:literal)? $(($must:ident))?: $type:ty,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $($(#[doc = $note])* pub $field: $type,)* }

        impl $name {
            /// Takes its keys from a map.
            pub(in crate::practice) fn take(fields: &mut $crate::practice::read::Fields<'_>) -> Self {
                let _ = &fields;
                Self { $($field: $crate::practice::read::Key::read(
                    fields, $crate::practice::read::keys!(@ $field $($key)?), $crate::practice::read::keys!(? $($must)?)),)* }
            }

            /// Its keys for the schema: name, whether needed, note, schema.
            #[cfg(feature = "schema")]
            pub(in crate::practice) fn list(
                generator: &mut schemars::SchemaGenerator,
            ) -> Vec<$crate::practice::read::KeySchema> {
                let _ = &generator;
                vec![$((
                    $crate::practice::read::keys!(@ $field $($key)?),
                    <$type as $crate::practice::read::Key>::NEEDED || $crate::practice::read::keys!(? $($must)?),
                    concat!($($note),*),
                    <$type as $crate::practice::read::Key>::schema(generator),
                )),*]
            }
        }
    };
    (?) => { false };
    (? must) => { true };
    (@ $field:ident) => { stringify!($field) };
    (@ $field:ident $key:literal) => { $key };
}
pub(in crate::practice) use keys;

/// Makes declared maps readable as values.
macro_rules! maps {
    ($($name:ident),*) => { $(
        impl $crate::practice::read::One for $name {
            fn one(
                value: &$crate::json::Value,
                place: &str,
                faults: &$crate::practice::read::Faults,
            ) -> Option<Self> {
                value.is_object().then_some(()).or_else(|| {
                    $crate::practice::read::note(faults, place, $crate::Message::new("shape.map"));
                    None
                })?;
                Some(Self::take(&mut $crate::practice::read::Fields::open(value, place, faults)))
            }

            fn none() -> Self {
                let faults = $crate::practice::read::Faults::default();
                Self::take(&mut $crate::practice::read::Fields::open(&$crate::json::Value::Null, "", &faults))
            }

            #[cfg(feature = "schema")]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let keys = Self::list(generator);
                $crate::practice::read::object(None, keys)
            }
        }
    )* };
}
pub(in crate::practice) use maps;

/// Declares a word out of a few.
macro_rules! words {
    ($(#[doc = $about:literal])* $name:ident { $($(#[doc = $note:literal])* $variant:ident $word:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $note])* $variant,)* }

        impl $crate::practice::read::One for $name {
            fn one(
                value: &$crate::json::Value,
                place: &str,
                faults: &$crate::practice::read::Faults,
            ) -> Option<Self> {
                match value.as_str() {
                    $(Some($word) => Some(Self::$variant),)*
                    other => {
                        let known = [$($word),*].into_iter();
                        let message = $crate::practice::unknown("shape.word", other.unwrap_or("?"), known);
                        $crate::practice::read::note(faults, place, message);
                        None
                    }
                }
            }

            fn none() -> Self {
                [$(Self::$variant),*][0]
            }

            #[cfg(feature = "schema")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "enum": [$($word),*]})
            }
        }
    };
}
pub(in crate::practice) use words;

/// A key in the schema: its name, whether it is needed, what it is for, and its own schema.
#[cfg(feature = "schema")]
pub(super) type KeySchema = (&'static str, bool, &'static str, schemars::Schema);

/// The schema of a map with these keys and no others, opened by `kind` if it has one.
#[cfg(feature = "schema")]
pub(super) fn object(kind: Option<&str>, keys: Vec<KeySchema>) -> schemars::Schema {
    use serde_json::json;
    let mut properties = Map::new();
    let mut required = Vec::new();
    if let Some(kind) = kind {
        properties.insert("kind".into(), json!({ "const": kind }));
        required.push(Value::from("kind"));
    }
    for (key, needed, about, mut schema) in keys {
        schema.insert("description".into(), about.trim().into());
        properties.insert(key.into(), schema.to_value());
        if needed {
            required.push(key.into());
        }
    }
    schemars::json_schema!({
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": false
    })
}

/// Lists kinds: what they share, and each kind's name in the format with its own keys.
macro_rules! kinds {
    (
        $(#[doc = $about:literal])* $outer:ident: $common:ident, $kind:ident as $trait:ident + $faulty:ident
        { $($variant:ident $name:literal $module:ident,)* }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $outer {
            /// What all kinds share.
            pub common: $common,
            /// What only its kind has.
            pub kind: $kind,
        }

        /// The kinds.
        #[derive(Debug, Clone, PartialEq)]
        pub enum $kind { $(#[doc = concat!("`kind: ", $name, "`")] $variant($module::$variant),)* }

        impl $kind {
            /// The names of the kinds in the format.
            pub const NAMES: &[&str] = &[$($name),*];

            /// Its name in the format.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// What it can do.
            pub(in crate::practice) fn of(&self) -> &dyn $trait {
                match self { $(Self::$variant(it) => it,)* }
            }

            /// What can be wrong with it.
            pub(in crate::practice) fn faulty(&self) -> &dyn $faulty {
                match self { $(Self::$variant(it) => it,)* }
            }
        }

        impl $crate::practice::read::One for $outer {
            fn one(
                value: &$crate::json::Value,
                place: &str,
                faults: &$crate::practice::read::Faults,
            ) -> Option<Self> {
                let mut fields = $crate::practice::read::Fields::open(value, place, faults);
                let kind = fields.kind($kind::NAMES)?;
                let common = $common::take(&mut fields);
                let kind = match kind {
                    $($name => $kind::$variant($module::$variant::take(&mut fields)),)*
                    _ => return None,
                };
                Some(Self { common, kind })
            }

            fn none() -> Self {
                unreachable!("kinds stand in lists only")
            }

            #[cfg(feature = "schema")]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $outer {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($outer).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut kinds = Vec::new();
                $({
                    let mut keys = $common::list(generator);
                    keys.extend($module::$variant::list(generator));
                    kinds.push($crate::practice::read::object(Some($name), keys).to_value());
                })*
                schemars::json_schema!({"oneOf": kinds})
            }
        }
    };
}
pub(in crate::practice) use kinds;
