//! Raw HTML in texts, unless the course trusts it.

use super::Survey;
use crate::diag::Diagnostic;
use crate::markdown::ReferenceKind;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    if survey.course.trusted_html || survey.failed("course.yaml") {
        return;
    }
    for html in survey.references(ReferenceKind::Html) {
        let tag: String = html.reference.target.chars().take(40).collect();
        let line = tag.lines().next().unwrap_or_default();
        found.push(Diagnostic::error("raw-html", &html.file, html.pin()).with("html", line));
    }
}
