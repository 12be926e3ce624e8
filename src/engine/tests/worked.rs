//! The course's exercises against its worked examples.
//!
//! `worked/<exercise>.yaml` holds what the page of worked examples says: every figure of every
//! stage, figures under other parameters, what sample learners earn, and answers with one typical
//! mistake planted in each. They were typed from that page; the program has no part in them.
//!
//! A figure is a number (exact to nine decimals), a text such as `"88.9%"` or `"3.2353"` (equal
//! when rounded to as many decimals), an id, a list of ids, or `—` for no value.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian_engine::practice::Exercise;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the page says about one exercise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    stages: Stages,
    #[serde(default)]
    variants: BTreeMap<String, Stages>,
    #[serde(default)]
    learners: Vec<Learner>,
    #[serde(default)]
    mistakes: BTreeMap<String, Value>,
    /// Answers with no mistake in them.
    #[serde(default)]
    silent: Vec<Value>,
}

type Stages = BTreeMap<String, Figures>;

/// The figures of one stage.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    rows: BTreeMap<String, Vec<Value>>,
    #[serde(default)]
    results: BTreeMap<String, Value>,
}

/// The expert but for some answers, and what that earns in one stage.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Learner {
    stage: String,
    answers: Map<String, Value>,
    marks: Value,
    max: f64,
    passed: bool,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn exercise(name: &str) -> Exercise {
    let text = std::fs::read_to_string(root().join(format!("content/practice/{name}.yaml")));
    serde_yaml::from_str(&text.unwrap()).unwrap()
}

/// Every page with the name of its exercise.
fn pages() -> Vec<(String, Page)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worked");
    let mut pages: Vec<(String, Page)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let page = serde_yaml::from_str(&text);
            (name, page.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect();
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    pages
}

fn worked(name: &str, variant: Option<&str>) -> Value {
    exercise(name).worked(name, variant, None).unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The entry of a list with that id.
fn with_id<'v>(value: &'v Value, key: &str, id: &str) -> Option<&'v Value> {
    list(value, key).iter().find(|entry| entry["id"] == id)
}

/// The value of a cell in the worked solution; null if it has none.
fn cell(worked: &Value, stage: &str, row: Option<&str>, column: &str) -> Value {
    let Some(stage) = with_id(worked, "stages", stage) else { return json!("no such stage") };
    match row {
        None => stage["results"].get(column).cloned().unwrap_or_default(),
        Some(row) => match with_id(stage, "rows", row) {
            Some(row) => row.get(column).cloned().unwrap_or_default(),
            None => json!("no such row"),
        },
    }
}

/// Whether a computed value is what the page says.
fn agrees(value: &Value, page: &Value) -> bool {
    let within = |number: f64, typed: f64, half: f64| (number - typed).abs() <= half;
    match (value.as_f64(), page) {
        (Some(number), Value::Number(typed)) => within(number, typed.as_f64().unwrap(), 1e-9),
        (Some(number), Value::String(typed)) => {
            let (digits, scale) = match typed.strip_suffix('%') {
                Some(digits) => (digits, 100.0),
                None => (typed.as_str(), 1.0),
            };
            let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
            let half = 0.5 / 10_f64.powi(i32::try_from(decimals).unwrap()) + 1e-9;
            digits.parse().is_ok_and(|typed| within(number * scale, typed, half))
        }
        (None, Value::String(typed)) if typed == "—" => value.is_null(),
        _ => value == page,
    }
}

/// What differs between a worked solution and the figures of the page.
fn differences(of: &str, worked: &Value, stages: &Stages, found: &mut Vec<String>) {
    let mut compare = |name: String, value: &Value, page: &Value| {
        if !agrees(value, page) {
            found.push(format!("{of} {name}: the page says {page}, worked out is {value}"));
        }
    };
    for (stage, figures) in stages {
        for (row, typed) in &figures.rows {
            assert_eq!(typed.len(), figures.columns.len(), "{of} {stage}.{row} as typed");
            for (column, page) in figures.columns.iter().zip(typed) {
                let value = cell(worked, stage, Some(row), column);
                compare(format!("{stage}.{row}.{column}"), &value, page);
            }
        }
        for (result, page) in &figures.results {
            compare(format!("{stage}.{result}"), &cell(worked, stage, None, result), page);
        }
    }
}

/// The expert's answers as a learner would enter them: percentages as such, blanks left out.
fn expert_answers(name: &str, variant: Option<&str>) -> Value {
    let exercise = exercise(name);
    let face = exercise.face(variant, None).unwrap();
    let worked = worked(name, variant);
    let mut answers = json!({});
    for face in list(&face, "stages") {
        let id = face["id"].as_str().unwrap();
        for open in list(face, "open") {
            let open = open.as_str().unwrap();
            let (row, column) = match open.split_once('.') {
                Some((row, column)) => (Some(row), column),
                None => (None, open),
            };
            let value = cell(&worked, id, row, column);
            let of = |key: &str| with_id(face, key, column.split('.').next().unwrap());
            let described = of(if row.is_some() { "columns" } else { "results" });
            let percent = described.is_some_and(|it| it["percent"] == true);
            match value.as_f64().filter(|_| percent) {
                Some(share) => answers[id][open] = json!(share * 100.0),
                None if value.is_null() => {}
                None => answers[id][open] = value,
            }
        }
    }
    answers
}

/// The expert's answers but for those given: `{stage: {cell: value}}`.
fn but_for(expert: &Value, changes: &Value) -> Value {
    let mut answers = expert.clone();
    for (stage, cells) in changes.as_object().unwrap() {
        for (cell, value) in cells.as_object().unwrap() {
            answers[stage][cell] = value.clone();
        }
    }
    answers
}

#[test]
fn exercises_with_a_page_have_no_faults() {
    for (name, _) in pages() {
        assert_eq!(exercise(&name).problems(), [], "{name}");
    }
}

#[test]
fn every_figure_of_the_page_comes_out() {
    let mut found = Vec::new();
    for (name, page) in pages() {
        differences(&name, &worked(&name, None), &page.stages, &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn other_parameters_give_the_right_new_figures() {
    let mut found = Vec::new();
    for (name, page) in pages() {
        for (variant, stages) in &page.variants {
            let of = format!("{name} {variant}");
            differences(&of, &worked(&name, Some(variant)), stages, &mut found);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_expert_has_full_marks_in_every_variant() {
    for (name, _) in pages() {
        let exercise = exercise(&name);
        let variants = exercise.variants().into_iter().map(|(id, _)| Some(id.to_owned()));
        for variant in std::iter::once(None).chain(variants) {
            let variant = variant.as_deref();
            if refused(&exercise, variant) {
                continue;
            }
            let answers = expert_answers(&name, variant);
            let verdict = exercise.grade(&answers, variant, None).unwrap();
            let cells = list(&verdict, "stages").iter().flat_map(|stage| list(stage, "cells"));
            let lost: Vec<_> =
                cells.filter(|cell| cell["credit"].as_f64() < cell["max"].as_f64()).collect();
            assert!(lost.is_empty(), "{name} {variant:?}: {lost:?}");
        }
    }
}

/// Whether a variant leaves nothing to work out: what it must divide does not suffice.
fn refused(exercise: &Exercise, variant: Option<&str>) -> bool {
    variant.is_some_and(|id| {
        let tree = serde_json::to_value(exercise).unwrap();
        let expect = with_id(&tree, "variants", id).map(|variant| variant["expect"].clone());
        let expect = expect.unwrap_or_default();
        expect.as_object().is_some_and(|expect| expect.values().any(|value| value == "refused"))
    })
}

#[test]
fn sample_learners_earn_what_the_page_says() {
    for (name, page) in pages() {
        let expert = expert_answers(&name, None);
        for learner in &page.learners {
            let mut changes = json!({});
            changes[&learner.stage] = Value::Object(learner.answers.clone());
            let answers = but_for(&expert, &changes);
            let verdict = exercise(&name).grade(&answers, None, None).unwrap();
            let stage = with_id(&verdict, "stages", &learner.stage).unwrap();
            let what = format!("{name} {changes}: {} of {}", stage["marks"], stage["max"]);
            assert!(agrees(&stage["marks"], &learner.marks), "{what}");
            assert!((stage["max"].as_f64().unwrap() - learner.max).abs() < 1e-9, "{what}");
            assert_eq!(stage["passed"], learner.passed, "{what}");
        }
    }
}

#[test]
fn mistakes_are_planted_where_a_learner_answers() {
    for (name, page) in pages() {
        let face = exercise(&name).face(None, None).unwrap();
        let expert = expert_answers(&name, None);
        for changes in page.mistakes.values().chain(&page.silent) {
            for (stage, cells) in changes.as_object().unwrap() {
                let open = list(with_id(&face, "stages", stage).unwrap(), "open");
                for (cell, value) in cells.as_object().unwrap() {
                    assert!(open.contains(&json!(cell)), "{name} {stage}.{cell} is not asked");
                    assert_ne!(&expert[stage][cell], value, "{name} {stage}.{cell} is right");
                }
            }
        }
    }
}
