//! Exercises and stages that slides and levels name exist.

use super::Survey;
use crate::diag::Diagnostic;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (survey, found);
}
