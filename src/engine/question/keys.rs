//! Reading and writing questions: `kind` first, then that kind's own keys.
//!
//! serde's tagged enums buffer the map, and `serde_yaml` then reports a mistake at the wrong
//! line; so a hand-written visitor reads `kind` and streams the rest into the kind's own struct.

use serde::{Deserialize, Serialize};

/// A check rule switched off at one question, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// The rule's id, for instance `Q05`.
    pub rule: String,
    /// Why it does not apply here.
    pub reason: String,
}

/// The keys that every kind has.
pub(super) struct Common {
    pub(super) id: String,
    pub(super) objective: Option<String>,
    pub(super) difficulty: Option<u8>,
    pub(super) marks: f64,
    pub(super) prompt: String,
    pub(super) why: Option<String>,
    pub(super) hints: Vec<String>,
    pub(super) shuffle: bool,
    pub(super) silence: Vec<Silence>,
}

pub(super) fn one() -> f64 {
    1.0
}

pub(super) fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) fn is_yes(value: &bool) -> bool {
    *value
}

/// Declares a kind's own keys; beside them it makes `Keys`, the shape of the whole map.
macro_rules! body {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name { $($(#[$note])* pub $field: $type,)* }

        /// The keys of the whole map after `kind`.
        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub(super) struct Keys {
            /// Stable id; default the chapter's stem and the question's number.
            #[serde(default, skip_serializing_if = "String::is_empty")]
            id: String,
            /// Id of the objective that it tests.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            objective: Option<String>,
            /// 1 easy, 2 middling, 3 hard.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 3)))]
            difficulty: Option<u8>,
            /// What is asked; Markdown.
            prompt: String,
            $($(#[$note])* $field: $type,)*
            /// The item's own reason; Markdown.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            why: Option<String>,
            /// Shown one after the other on request.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            hints: Vec<String>,
            /// What a full score is worth.
            #[serde(default = "super::keys::one", serialize_with = "super::number::write")]
            marks: f64,
            /// Whether the parts are shuffled.
            #[serde(default = "super::keys::yes", skip_serializing_if = "super::keys::is_yes")]
            shuffle: bool,
            /// Check rules that do not apply here.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            silence: Vec<super::keys::Silence>,
        }

        impl Keys {
            /// Parts the common keys from the kind's own.
            pub(super) fn split(self) -> (super::keys::Common, $name) {
                let Keys { id, objective, difficulty, prompt, $($field,)* why, hints, marks, shuffle, silence } = self;
                let common = super::keys::Common {
                    id, objective, difficulty, marks, prompt, why, hints, shuffle, silence,
                };
                (common, $name { $($field,)* })
            }

            /// Puts them together again, to be written.
            pub(super) fn join(question: &super::Question, body: &$name) -> Self {
                let super::Question {
                    id, objective, difficulty, marks, prompt, why, hints, shuffle, silence, body: _,
                } = question.clone();
                let $name { $($field,)* } = body.clone();
                Keys { id, objective, difficulty, prompt, $($field,)* why, hints, marks, shuffle, silence }
            }
        }
    };
}
pub(super) use body;

/// Lists the kinds; makes `Body` and how a question is read, written and described.
macro_rules! kinds {
    ($($variant:ident $name:literal $module:ident::$type:ident,)*) => {
        /// The names of all kinds, in the order of the format.
        pub const KINDS: &[&str] = &[$($name),*];

        /// What only one kind of question has.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Body {
            $(#[doc = concat!("`kind: ", $name, "`")] $variant($module::$type),)*
        }

        $(pub use $module::$type;)*

        impl Body {
            /// The name of the kind.
            fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            fn kind(&self) -> &dyn Kind {
                match self { $(Self::$variant(body) => body,)* }
            }

            fn kind_mut(&mut self) -> &mut dyn Kind {
                match self { $(Self::$variant(body) => body,)* }
            }
        }

        impl<'de> serde::Deserialize<'de> for Question {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct KindFirst;
                impl<'de> serde::de::Visitor<'de> for KindFirst {
                    type Value = Question;

                    fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
                        to.write_str("a question: a map that opens with `kind`")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Question, A::Error> {
                        use serde::de::{Error, value::MapAccessDeserializer};
                        match map.next_key::<String>()?.as_deref() {
                            Some("kind") => {}
                            _ => return Err(A::Error::custom("a question opens with `kind`")),
                        }
                        let kind: String = map.next_value()?;
                        let rest = MapAccessDeserializer::new(map);
                        match kind.as_str() {
                            $($name => {
                                let (common, mut body) = <$module::Keys as serde::Deserialize>::deserialize(rest)?.split();
                                body.fill_ids();
                                Ok(Question::assemble(common, Body::$variant(body)))
                            })*
                            other => Err(A::Error::unknown_variant(other, KINDS)),
                        }
                    }
                }
                // In the pages there is one reader of each kind's keys, over JSON's tree: half of
                // engine.wasm's weight would be copies for other formats. Natively the map is
                // streamed, so that a fault in YAML is placed at its own line.
                #[cfg(target_arch = "wasm32")]
                let deserializer = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                let read = serde::Deserializer::deserialize_map(deserializer, KindFirst);
                #[cfg(target_arch = "wasm32")]
                let read = read.map_err(serde::de::Error::custom);
                read
            }
        }

        impl serde::Serialize for Question {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[derive(serde::Serialize)]
                struct Tagged<K> {
                    kind: &'static str,
                    #[serde(flatten)]
                    keys: K,
                }
                match &self.body {
                    $(Body::$variant(body) => {
                        Tagged { kind: $name, keys: $module::Keys::join(self, body) }.serialize(serializer)
                    })*
                }
            }
        }

        impl Question {
            fn assemble(common: Common, body: Body) -> Self {
                let Common { id, objective, difficulty, marks, prompt, why, hints, shuffle, silence } = common;
                Self { id, objective, difficulty, marks, prompt, why, hints, shuffle, silence, body }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for Question {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                "Question".into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let kinds = vec![$($crate::question::keys::opened_by(
                    $name, <$module::Keys as schemars::JsonSchema>::json_schema(generator),
                )),*];
                schemars::json_schema!({ "oneOf": kinds })
            }
        }
    };
}
pub(super) use kinds;

/// The schema of a kind's map with `kind: <name>` put before its own keys.
#[cfg(feature = "schema")]
pub(super) fn opened_by(name: &str, mut schema: schemars::Schema) -> serde_json::Value {
    use serde_json::{Map, Value, json};
    let object = schema.ensure_object();
    let mut properties = Map::new();
    properties.insert("kind".into(), json!({ "const": name }));
    if let Some(Value::Object(own)) = object.remove("properties") {
        properties.extend(own);
    }
    object.insert("properties".into(), Value::Object(properties));
    let mut required = vec![Value::from("kind")];
    if let Some(Value::Array(own)) = object.remove("required") {
        required.extend(own);
    }
    object.insert("required".into(), Value::Array(required));
    schema.to_value()
}
