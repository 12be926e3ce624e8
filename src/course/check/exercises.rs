//! Exercises and stages that slides and levels name exist.

use super::Survey;
use crate::course::inspect::nearest;
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use crate::theme::SlotKind;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for slot in survey.filled.iter().filter(|slot| slot.kind == SlotKind::Exercise) {
        if let Some(name) = slot.value.as_str() {
            look(survey, slot.file, slot.path(), name, found);
        }
    }
    for exercise in survey.course.exercises.values() {
        for (path, name) in &exercise.companions {
            look(survey, &exercise.file, path.clone(), name, found);
        }
    }
}

/// Looks up `swot` or `swot.sort`.
fn look(
    survey: &Survey<'_>,
    file: &RelPath,
    path: String,
    name: &str,
    found: &mut Vec<Diagnostic>,
) {
    let (id, stage) = match name.split_once('.') {
        Some((id, stage)) => (id, Some(stage)),
        None => (name, None),
    };
    let pin = Pin::Value(path);
    let Some(exercise) = survey.course.exercises.get(id) else {
        // One that cannot be read is there all the same.
        if !survey.failed(&format!("practice/{id}.yaml")) {
            let known = survey.course.exercises.keys().map(String::as_str);
            let near = nearest(id, known).unwrap_or_default();
            found.push(
                Diagnostic::error("unknown-exercise", file, pin)
                    .with("id", id)
                    .with("nearest", near),
            );
        }
        return;
    };
    if let Some(stage) = stage
        && !exercise.stages.iter().any(|known| known == stage)
    {
        let near = nearest(stage, exercise.stages.iter().map(String::as_str)).unwrap_or_default();
        found.push(
            Diagnostic::error("unknown-stage", file, pin)
                .with("exercise", id)
                .with("stage", stage)
                .with("nearest", near),
        );
    }
}
