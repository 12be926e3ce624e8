//! What the engine finds wrong with questions and exercises.

use super::Survey;
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use kejian_engine::Problem;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in &survey.course.chapters {
        for (index, question) in chapter.questions.iter().enumerate() {
            for problem in question.problems() {
                let base = format!("questions[{index}]");
                found.push(diagnostic("question", &chapter.file, &base, problem));
            }
        }
    }
    for exercise in survey.course.exercises.values() {
        for problem in exercise.exercise.problems() {
            found.push(diagnostic("exercise", &exercise.file, "", problem));
        }
    }
}

fn diagnostic(code: &'static str, file: &RelPath, base: &str, problem: Problem) -> Diagnostic {
    let path = match (base, problem.place.as_str()) {
        (base, "") => base.to_owned(),
        ("", place) => place.to_owned(),
        (base, place) if place.starts_with('[') => format!("{base}{place}"),
        (base, place) => format!("{base}.{place}"),
    };
    let pin = Pin::Value(path);
    let make = if problem.warning { Diagnostic::warning } else { Diagnostic::error };
    make(code, file, pin).saying(problem.message)
}
