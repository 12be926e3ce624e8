//! What the engine has to say, without words.

use crate::json::{Map, Value};
use serde::Serialize;

/// A sentence as a stable code and its arguments; `locales/<lang>/engine.yaml` words it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Deserialize))]
pub struct Message {
    /// Stable code, for instance `answer.not-a-number`.
    pub code: String,
    /// Arguments by placeholder name.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub args: Map<String, Value>,
}

impl Message {
    /// A message without arguments.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), args: Map::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        let mut map = crate::json::Map::new();
        map.insert("code".to_owned(), message.code.into());
        if !message.args.is_empty() {
            map.insert("args".to_owned(), Self::Object(message.args.into_iter().collect()));
        }
        Self::Object(map)
    }
}

/// A fault in a question or exercise that its shape alone does not show.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Deserialize))]
pub struct Problem {
    /// Path inside the question or exercise, for instance `options[1].correct`; empty = the whole.
    pub place: String,
    /// Whether it only warns.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub warning: bool,
    /// What is wrong.
    pub message: Message,
}

/// Where an author's text is shown, for those who visit all texts of a question or exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRole {
    /// Stands in a line: labels, options, names. Inline Markdown.
    Inline,
    /// Stands on its own: prompts, reasons, tasks. Block Markdown.
    Block,
    /// Never marked up: units, titles of a page.
    Plain,
}
