//! Computed figures exist: `{=screening.score.T01.total}` in texts, `from: screening.score.total`
//! in charts.

use super::Survey;
use crate::course::FigureError;
use crate::course::drawing;
use crate::course::inspect::nearest;
use crate::diag::{Diagnostic, Pin};
use crate::markdown::ReferenceKind;
use crate::source::RelPath;
use std::collections::BTreeSet;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let broken: BTreeSet<&str> = survey
        .course
        .exercises
        .iter()
        .filter(|(_, exercise)| exercise.exercise.problems().iter().any(|problem| !problem.warning))
        .map(|(id, _)| id.as_str())
        .collect();
    // What a broken exercise would compute is not known.
    let unknowable = |path: &str| broken.contains(path.split('.').next().unwrap_or_default());
    for quote in survey.references(ReferenceKind::Quote) {
        let reference = &quote.reference;
        if unknowable(&reference.target) {
            continue;
        }
        if let Err(error) = survey.course.figure(&reference.target, reference.decimals) {
            report(survey, &quote.file, quote.pin(), &reference.target, error, found);
        }
    }
    for slot in survey.filled.iter().filter(|slot| slot.is_drawing()) {
        drawing::addresses(slot.value, &slot.path(), &mut |path, column| {
            if unknowable(column) {
                return;
            }
            if let Err(error) = survey.course.column(column) {
                report(survey, slot.file, Pin::Value(path), column, error, found);
            }
        });
    }
}

fn report(
    survey: &Survey<'_>,
    file: &RelPath,
    pin: Pin,
    path: &str,
    error: FigureError,
    found: &mut Vec<Diagnostic>,
) {
    match error {
        // What a broken exercise would compute is not known.
        FigureError::Exercise(id) if survey.failed(&format!("practice/{id}.yaml")) => {}
        FigureError::Exercise(id) => {
            let known = survey.course.exercises.keys().map(String::as_str);
            let near = nearest(&id, known).unwrap_or_default();
            found.push(
                Diagnostic::error("unknown-exercise", file, pin)
                    .with("id", &id)
                    .with("nearest", near),
            );
        }
        FigureError::Path(message) => {
            found.push(
                Diagnostic::error("unknown-figure", file, pin).with("path", path).saying(message),
            );
        }
    }
}
