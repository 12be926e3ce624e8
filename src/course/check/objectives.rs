//! Objectives that slides and questions name exist.

use super::Survey;
use crate::course::inspect::nearest;
use crate::diag::{Diagnostic, Pin};
use std::collections::BTreeSet;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    // An objective may be one of a chapter that could not be read.
    if survey.failed.iter().any(|path| path.as_str().starts_with("chapters/")) {
        return;
    }
    let known: BTreeSet<&str> = survey
        .course
        .chapters
        .iter()
        .flat_map(|chapter| chapter.objectives.iter().map(|objective| objective.id.as_str()))
        .collect();
    for chapter in &survey.course.chapters {
        let mut look = |id: &str, path: &dyn Fn() -> String| {
            if !known.contains(id) {
                let near = nearest(id, known.iter().copied()).unwrap_or_default();
                found.push(
                    Diagnostic::error("unknown-objective", &chapter.file, Pin::Value(path()))
                        .with("id", id)
                        .with("nearest", near),
                );
            }
        };
        for (s, slide) in chapter.slides.iter().enumerate() {
            for (o, id) in slide.objectives.iter().enumerate() {
                look(id, &|| format!("slides[{s}].objectives[{o}]"));
            }
        }
        for (q, question) in chapter.questions.iter().enumerate() {
            if let Some(id) = &question.objective {
                look(id, &|| format!("questions[{q}].objective"));
            }
        }
    }
}
