//! What the engine finds wrong with quizzes, questions and exercises.

use super::Survey;
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use kejian_engine::Problem;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(file) = RelPath::new("course.yaml") {
        for problem in survey.course.quiz.problems() {
            found.push(diagnostic("quiz", &file, "quiz", problem));
        }
    }
    for chapter in &survey.course.chapters {
        for problem in chapter.quiz.problems() {
            found.push(diagnostic("quiz", &chapter.file, "quiz", problem));
        }
        let settings = chapter.quiz.over(&survey.course.quiz);
        for (index, problem) in settings.pool_problems(&chapter.questions) {
            let base = index.map_or("quiz".to_owned(), |index| format!("questions[{index}]"));
            found.push(diagnostic("quiz", &chapter.file, &base, problem));
        }
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
    // A list starts on the line below its key.
    let pin = if problem.place == "options" { Pin::Key(path) } else { Pin::Value(path) };
    // A choice must have its key: the one rule of good practice that the engine itself keeps.
    let code = match problem.message.code.as_str() {
        "question.no-key" | "question.two-keys" => "Q17",
        _ => code,
    };
    let make = if problem.warning { Diagnostic::warning } else { Diagnostic::error };
    make(code, file, pin).saying(problem.message)
}
