//! Reading and writing questions: `kind` first, then the keys that all have and the kind's own.

use crate::json::Value;
use crate::read::{Keys, record};
use crate::write::Object;

record! {
    /// A check rule switched off at one question, with the reason.
    Silence {
        /// The rule's id, for instance `Q05`.
        rule: String = need,
        /// Why it does not apply here.
        reason: String = need,
    }
}

/// The keys that every kind has, read off before the kind's own.
pub(super) struct Common {
    pub(super) id: String,
    pub(super) objective: Option<String>,
    pub(super) difficulty: Option<u8>,
    pub(super) pool: Option<String>,
    pub(super) marks: f64,
    pub(super) prompt: String,
    pub(super) why: Option<String>,
    pub(super) hints: Vec<String>,
    pub(super) shuffle: bool,
    pub(super) quiz: super::Behaviour,
    pub(super) silence: Vec<Silence>,
}

impl Common {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        Self {
            id: keys.or("id"),
            objective: keys.maybe("objective"),
            difficulty: keys.maybe("difficulty"),
            pool: keys.maybe("pool"),
            marks: keys.maybe("marks").unwrap_or(1.0),
            prompt: keys.need("prompt"),
            why: keys.maybe("why"),
            hints: keys.or("hints"),
            shuffle: keys.maybe("shuffle").unwrap_or(true),
            quiz: keys.or("quiz"),
            silence: keys.or("silence"),
        }
    }
}

/// A message as JSON.
pub(crate) fn message(message: &crate::Message) -> Value {
    let object = Object::new().text("code", &message.code);
    if message.args.is_empty() {
        return object.end();
    }
    object.put("args", Value::Object(message.args.clone())).end()
}

#[cfg(feature = "schema")]
pub(super) fn one() -> f64 {
    1.0
}

#[cfg(feature = "schema")]
pub(super) fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) fn is_yes(value: &bool) -> bool {
    *value
}

/// Declares a kind's own keys; beside them it makes `Shape`, the whole map as it is written and
/// described. After the type of a field stands how it is read, as in [`record!`].
macro_rules! body {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $type:ty = $mode:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name { $($(#[$note])* pub $field: $type,)* }

        impl $name {
            pub(super) fn read(keys: &mut $crate::read::Keys<'_>) -> Self {
                Self { $($field: keys.$mode(stringify!($field)),)* }
            }
        }

        /// The keys of the whole map after `kind`.
        #[derive(serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub(super) struct Shape {
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
            /// Name of the pool that it is drawn from.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pool: Option<String>,
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
            /// How this item is asked, where it differs from the quiz.
            #[serde(default, skip_serializing_if = "super::Behaviour::is_default")]
            quiz: super::Behaviour,
            /// Check rules that do not apply here.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            silence: Vec<super::keys::Silence>,
        }

        impl Shape {
            /// The map of a question of this kind.
            pub(super) fn of(question: &super::Question, body: &$name) -> Self {
                let super::Question {
                    id, objective, difficulty, pool, marks, prompt, why, hints, shuffle, quiz,
                    silence, body: _,
                } = question.clone();
                let $name { $($field,)* } = body.clone();
                Self {
                    id, objective, difficulty, pool, prompt, $($field,)* why, hints, marks,
                    shuffle, quiz, silence,
                }
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

            fn read(kind: &str, keys: &mut Keys<'_>) -> Option<Self> {
                match kind {
                    $($name => Some(Self::$variant($module::$type::read(keys))),)*
                    _ => None,
                }
            }

            fn kind(&self) -> &dyn Kind {
                match self { $(Self::$variant(body) => body,)* }
            }

            fn fill_ids(&mut self) {
                match self { $(Self::$variant(body) => body.fill_ids(),)* }
            }

            fn author(&self) -> &dyn Author {
                match self { $(Self::$variant(body) => body,)* }
            }

            fn author_mut(&mut self) -> &mut dyn Author {
                match self { $(Self::$variant(body) => body,)* }
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
                        Tagged { kind: $name, keys: $module::Shape::of(self, body) }.serialize(serializer)
                    })*
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for Question {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                "Question".into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let kinds = vec![$($crate::question::keys::opened_by(
                    $name, <$module::Shape as schemars::JsonSchema>::json_schema(generator),
                )),*];
                schemars::json_schema!({ "oneOf": kinds })
            }
        }
    };
}
pub(super) use kinds;

/// The schema of a kind's map with `kind: <name>` put before its own keys.
#[cfg(feature = "schema")]
pub(super) fn opened_by(name: &str, mut schema: schemars::Schema) -> crate::json::Value {
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
