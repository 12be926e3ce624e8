//! What went wrong, where, and what to do next.
//!
//! A [`Diagnostic`] is about something an author can mend. It carries a stable code, where it
//! is, and the arguments of its sentence; the words come from `locales/<lang>/diag.yaml`
//! (`<code>.message` and `<code>.help`).

mod render;
mod resolve;

pub use render::{Excerpt, Excerpts, Finding, Say, findings, json, text};
pub use resolve::resolve;

use crate::source::{RelPath, Span};
use kejian_engine::Message;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The course cannot be built.
    Error,
    /// The course is built, but something is probably not meant so.
    Warning,
    /// Worth a look.
    Info,
}

/// Where in a file something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pin {
    /// The file as a whole.
    File,
    /// Known line and column.
    At(Span),
    /// The value at a path such as `slides[3].options[1].text`; [`crate::source`] finds its span.
    Value(String),
    /// The key at such a path (an unknown key, for instance).
    Key(String),
    /// Inside the text at such a path: the first character and how many, in the text as read.
    Within(String, usize, usize),
    /// Inside a text somewhere below such a path, which is given instead of its own path.
    Text {
        /// The path below which the text stands.
        below: String,
        /// The text, which its findings share: each may be long, and they may be many.
        text: Arc<str>,
        /// The first character.
        offset: usize,
        /// How many characters.
        count: usize,
    },
}

/// A file and a place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the course's folder.
    pub file: RelPath,
    /// Where in the file.
    pub pin: Pin,
}

/// One finding about the author's files.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable code, for instance `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What the sentence needs, by placeholder. A value that starts with `@` is itself a word
    /// of the locale (`@type.text`).
    pub args: BTreeMap<&'static str, String>,
    /// What the engine says about it; its words are the placeholder `detail`.
    pub detail: Option<Message>,
    /// Another place that the sentence names; [`resolve`] makes the placeholder `first` of it.
    pub related: Option<Place>,
}

impl Diagnostic {
    /// An error with `code` at `pin` of `file`.
    pub fn error(code: &'static str, file: &RelPath, pin: Pin) -> Self {
        let place = Place { file: file.clone(), pin };
        let args = BTreeMap::new();
        Self { code, severity: Severity::Error, place, args, detail: None, related: None }
    }

    /// A warning with `code` at `pin` of `file`.
    pub fn warning(code: &'static str, file: &RelPath, pin: Pin) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, file, pin) }
    }

    /// Fills the placeholder `name` of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(name, value.into());
        self
    }

    /// Names another place.
    #[must_use]
    pub fn see(mut self, file: &RelPath, pin: Pin) -> Self {
        self.related = Some(Place { file: file.clone(), pin });
        self
    }

    /// Adds what the engine says.
    #[must_use]
    pub fn saying(mut self, message: Message) -> Self {
        self.detail = Some(message);
        self
    }
}
