//! What is wrong with a draft, as the pages show it.

use crate::diag::{self, Diagnostic, Excerpt, Excerpts, Finding, Say, Severity};
use crate::source::World;
use serde::Serialize;

/// Everything that is wrong with a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// How many errors there are, in words.
    pub title: String,
    /// When this goes away.
    pub note: String,
    /// What the page below is, if there is one.
    pub below: String,
    /// The label of the button that uncovers the page.
    pub close: String,
    /// The errors.
    pub errors: Vec<Seen>,
}

/// One error with the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// What, where, and what to do.
    #[serde(flatten)]
    pub finding: Finding,
    /// The author's line around it.
    pub excerpt: Option<Excerpt>,
}

impl Trouble {
    /// The errors among `diagnostics`, whose places must have been resolved.
    pub fn of(diagnostics: &[Diagnostic], world: &dyn World, say: &Say<'_>) -> Self {
        let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).cloned();
        let errors: Vec<Diagnostic> = errors.collect();
        let mut excerpts = Excerpts::new(world);
        let findings = diag::findings(&errors, say).into_iter().zip(&errors);
        let errors = findings.map(|(finding, one)| Seen { finding, excerpt: excerpts.of(one) });
        let errors: Vec<Seen> = errors.collect();
        Self::with(errors, say)
    }

    fn with(errors: Vec<Seen>, say: &Say<'_>) -> Self {
        let count = errors.len().to_string();
        Self {
            title: say("serve.errors", &[("n", &count)]),
            note: say("serve.note", &[]),
            below: say("serve.below", &[]),
            close: say("serve.close", &[]),
            errors,
        }
    }
}
