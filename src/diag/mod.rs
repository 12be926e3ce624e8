//! What went wrong, where, and what to do next.
//!
//! A [`Diagnostic`] is about something an author can mend. It carries a stable code, where it
//! is, and the arguments of its sentence; the words come from `locales/<lang>/diag.yaml`
//! (`<code>.message` and `<code>.help`).

use crate::source::{RelPath, Span};
use std::collections::BTreeMap;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, for instance `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What the sentence needs, by placeholder.
    pub args: BTreeMap<&'static str, String>,
}

impl Diagnostic {
    /// An error with `code` at `pin` of `file`.
    pub fn error(code: &'static str, file: &RelPath, pin: Pin) -> Self {
        let place = Place { file: file.clone(), pin };
        Self { code, severity: Severity::Error, place, args: BTreeMap::new() }
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
}
