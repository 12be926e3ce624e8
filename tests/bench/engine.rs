//! What must stay quick: refusing what would keep a parser busy, grading, working out exercises.
//! `cargo bench --bench engine`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run fails by panicking")]

#[path = "../../src/engine/tests/vectors/files.rs"]
mod files;

use kejian::course;
use kejian::embedded;
use kejian::source::Memory;
use kejian::theme::{BASE, Theme};
use kejian_engine::practice::Exercise;
use kejian_engine::question::Question;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    divan::main();
}

/// The findings of a course whose only chapter is this.
fn check(bencher: divan::Bencher<'_, '_>, chapter: String) {
    let themes = embedded::themes();
    let theme = Theme::load(&themes, BASE).map_err(|error| error.to_string()).unwrap();
    let list = "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a]}]\n";
    let world = Memory::default()
        .with("course.yaml", list.as_bytes().to_vec())
        .with("chapters/01-a.yaml", chapter.into_bytes());
    bencher.bench(|| {
        let found = course::load(&world, &theme.layouts).1;
        assert!(!found.is_empty());
    });
}

/// At most 200 ms.
#[divan::bench]
fn forty_kilobytes_of_brackets(bencher: divan::Bencher<'_, '_>) {
    check(bencher, format!("title: {}", "[".repeat(40_000)));
}

/// At most 200 ms.
#[divan::bench]
fn a_bomb_of_aliases(bencher: divan::Bencher<'_, '_>) {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..30 {
        let all = vec![format!("*a{}", n - 1); 9].join(", ");
        writeln!(bomb, "a{n}: &a{n} [{all}]").unwrap();
    }
    check(bencher, bomb);
}

/// The YAML files of a folder of the course.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .map(|path| {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            (stem, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// All questions of the course in turn, each with its solution and with nothing; and what the
/// vectors grade: every kind with right, partly right, wrong, blank and malformed answers.
#[divan::bench(sample_count = 20)]
fn ten_thousand_mixed_answers(bencher: divan::Bencher<'_, '_>) {
    let mut questions: Vec<(Question, Value)> = Vec::new();
    for (_, text) in files("chapters") {
        let chapter: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        for item in chapter["questions"].as_sequence().into_iter().flatten() {
            let question: Question = serde_yaml::from_value(item.clone()).unwrap();
            let solution = question.grade(&Value::Null).solution;
            questions.push((question.clone(), solution));
            questions.push((question, Value::Null));
        }
    }
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine/tests/vectors");
    for vector in files::vectors(&vectors).iter().flat_map(|(_, vectors)| vectors) {
        let request = &vector["request"];
        let question = serde_json::from_value(request["question"].clone());
        if let (true, Ok(question)) = (request["op"] == "grade", question) {
            questions.push((question, request["answer"].clone()));
        }
    }
    assert!(questions.len() >= 500, "only {} answers are mixed", questions.len());
    bencher.bench(|| {
        let answers = questions.iter().cycle().take(10_000);
        answers.map(|(question, answer)| question.grade(answer).marks).sum::<f64>()
    });
}

#[divan::bench]
fn all_exercises_worked_out(bencher: divan::Bencher<'_, '_>) {
    let exercises: Vec<(String, Exercise)> = files("practice")
        .into_iter()
        .map(|(stem, text)| (stem, serde_yaml::from_str(&text).unwrap()))
        .collect();
    bencher.bench(|| {
        for (id, exercise) in &exercises {
            divan::black_box(exercise.worked(id, None, None).unwrap());
        }
    });
}
