//! The course's exercises against its worked examples.
//!
//! `worked/<exercise>.yaml` holds what the page of worked examples says: every figure of every
//! stage, figures under other parameters, what sample learners earn, and answers with one typical
//! mistake planted in each. They were typed from that page (of exercises that are no worked
//! example, from their texts); the program has no part in them.
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

/// Worked examples a to i, which fade.
const WORKED_EXAMPLES: [&str; 9] =
    ["swot", "screening", "heat", "fence", "stages", "visits", "segments", "pipeline", "pitch"];

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

/// An exercise's file as JSON.
fn tree(name: &str) -> Value {
    let text = std::fs::read_to_string(root().join(format!("content/practice/{name}.yaml")));
    serde_yaml::from_str(&text.unwrap()).unwrap()
}

/// Asks the engine as every surface does.
fn ask(op: &str, name: &str, variant: Option<&str>, level: Option<&str>, more: &Value) -> Value {
    let mut request = json!({"op": op, "exercise": tree(name)});
    for (key, value) in [("variant", variant), ("level", level)] {
        if let Some(value) = value {
            request[key] = value.into();
        }
    }
    for (key, value) in more.as_object().into_iter().flatten() {
        request[key] = value.clone();
    }
    let answer = kejian_engine::call(request.to_string().as_bytes());
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert!(answer["error"].is_null(), "{op} {name} {variant:?} {level:?}: {answer}");
    answer["ok"].clone()
}

fn face(name: &str, variant: Option<&str>) -> Value {
    ask("practice.face", name, variant, None, &Value::Null)
}

fn grade(name: &str, variant: Option<&str>, answers: &Value) -> Value {
    ask("practice.grade", name, variant, None, &json!({ "answers": answers }))
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
    ask("practice.worked", name, variant, None, &json!({ "id": name }))
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
        // Of a pipeline, cells are named by the period first; the solution has a row per person.
        Some(period) if stage["kind"] == "pipeline" => {
            let row = with_id(stage, "rows", column);
            row.map_or_else(|| json!("no such row"), |row| row[period].clone())
        }
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
    let face = face(name, variant);
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
        assert_eq!(Exercise::read(tree(&name)).problems(), [], "{name}");
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

/// The variants of an exercise but for those that leave nothing to work out: what they divide
/// does not suffice.
fn variants(name: &str) -> Vec<Option<String>> {
    let tree = tree(name);
    let refused = |variant: &&Value| {
        let expect = variant["expect"].as_object();
        expect.is_some_and(|expect| expect.values().any(|value| value == "refused"))
    };
    let variants = list(&tree, "variants").iter().filter(|variant| !refused(variant));
    let ids = variants.map(|variant| variant["id"].as_str().map(str::to_owned));
    std::iter::once(None).chain(ids).collect()
}

/// Cells that did not get full marks.
fn lost(verdict: &Value) -> Vec<String> {
    let stages = list(verdict, "stages").iter();
    let cells = stages.flat_map(|stage| list(stage, "cells").iter().map(move |cell| (stage, cell)));
    cells
        .filter(|(_, cell)| cell["credit"].as_f64().unwrap() < cell["max"].as_f64().unwrap() - 1e-9)
        .map(|(stage, cell)| format!("{}.{cell}", stage["id"]))
        .collect()
}

#[test]
fn the_expert_has_full_marks_in_every_variant() {
    for (name, _) in pages() {
        for variant in variants(&name) {
            let variant = variant.as_deref();
            let verdict = grade(&name, variant, &expert_answers(&name, variant));
            assert_eq!(lost(&verdict), [""; 0], "{name} {variant:?}");
            assert!(verdict["max"].as_f64().unwrap() > 0.0, "{name} {variant:?}");
        }
    }
}

#[test]
fn sample_learners_earn_what_the_page_says() {
    for (name, page) in pages() {
        let expert = expert_answers(&name, None);
        for learner in &page.learners {
            let mut changes = json!({});
            changes[&learner.stage] = Value::Object(learner.answers.clone());
            let verdict = grade(&name, None, &but_for(&expert, &changes));
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
        let face = face(&name, None);
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

/// The mistakes that a verdict names.
fn named(verdict: &Value) -> Vec<&str> {
    let stages = list(verdict, "stages").iter();
    let found = stages.flat_map(|stage| list(stage, "mistakes"));
    found.filter_map(|mistake| mistake["id"].as_str()).collect()
}

#[test]
fn each_mistake_is_recognised_where_it_is_planted_and_nowhere_else() {
    let mut found = Vec::new();
    for (name, page) in pages() {
        let expert = expert_answers(&name, None);
        let clean = page.silent.iter().map(|changes| (None, changes));
        let planted = page.mistakes.iter().map(|(id, changes)| (Some(id.as_str()), changes));
        for (wanted, changes) in planted.chain(clean).chain([(None, &json!({}))]) {
            let verdict = grade(&name, None, &but_for(&expert, changes));
            let recognised = named(&verdict);
            if recognised != wanted.into_iter().collect::<Vec<_>>() {
                found.push(format!(
                    "{name} {changes}: {wanted:?} planted, {recognised:?} recognised"
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_exercise_of_the_course_has_a_page() {
    let folder = std::fs::read_dir(root().join("content/practice")).unwrap();
    let mut exercises: Vec<String> = folder
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    exercises.sort();
    assert_eq!(exercises, pages().into_iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
fn every_mistake_of_the_page_is_known_and_planted() {
    let page = "a-axis a-sign a-irrelevant a-K9 a-tie b-forget5 b-raw b-edge b-noKO b-nocap \
                b-impute c-skip c-nodemote c-sum c-close c-brochure d-levelonly d-onerule d-rating \
                d-nodeadline e-shareonly e-lastq e-rival e-jump f-round f-need f-min f-offset \
                f-avgq f-quantity g-size g-reach g-why h-nowait h-order h-contact h-oneq \
                i-plainavg i-equal i-speedup i-critical";
    let mut page: Vec<&str> = page.split_whitespace().collect();
    assert_eq!(page.len(), 41);
    let pages = pages();
    for (name, of_page) in &pages {
        let tree = tree(name);
        let stages = list(&tree, "stages").iter();
        let written = stages.flat_map(|stage| list(stage, "mistakes"));
        let written: Vec<&str> = written.filter_map(|mistake| mistake["id"].as_str()).collect();
        for id in &written {
            assert!(of_page.mistakes.contains_key(*id), "{name}: {id} is planted nowhere");
        }
        page.retain(|id| !written.contains(id));
    }
    assert!(page.is_empty(), "no exercise knows {page:?}");
}

/// The levels of an exercise: their names and faces.
fn levels(name: &str) -> Vec<(String, Value)> {
    let face = face(name, None);
    let levels = list(&face, "levels").iter().filter_map(Value::as_str);
    levels
        .map(|level| {
            let face = ask("practice.face", name, None, Some(level), &Value::Null);
            (level.to_owned(), face)
        })
        .collect()
}

#[test]
fn at_every_level_the_open_cells_can_be_filled_for_full_marks() {
    for name in WORKED_EXAMPLES {
        let levels = levels(name);
        let names: Vec<&str> = levels.iter().map(|(level, _)| level.as_str()).collect();
        assert_eq!(names, ["show", "complete", "solo", "mix"], "{name}");
        for (level, face) in levels {
            let variant = face["variant"].as_str().map(str::to_owned);
            let expert = expert_answers(name, variant.as_deref());
            let mut answers = json!({});
            let mut open = 0;
            for stage in list(&face, "stages") {
                let id = stage["id"].as_str().unwrap();
                for cell in list(stage, "open").iter().filter_map(Value::as_str) {
                    open += 1;
                    if !expert[id][cell].is_null() {
                        answers[id][cell] = expert[id][cell].clone();
                    }
                }
            }
            assert_eq!(open == 0, level == "show", "{name} {level}: {open} open");
            let answers = json!({ "answers": answers });
            let verdict = ask("practice.grade", name, None, Some(&level), &answers);
            assert_eq!(lost(&verdict), [""; 0], "{name} {level}");
        }
    }
}

#[test]
fn solo_asks_nothing_that_was_shown_worked_before() {
    for name in WORKED_EXAMPLES {
        let levels = levels(name);
        // Visits can only be divided among all accounts at once: there, solo works all rows again.
        if name == "visits" {
            continue;
        }
        let face = |wanted: &str| &levels.iter().find(|(level, _)| level == wanted).unwrap().1;
        let solo = face("solo");
        if !solo["variant"].is_null() {
            continue;
        }
        for before in ["show", "complete"] {
            for stage in list(face(before), "stages") {
                let shown = stage["shown"].as_object();
                let id = stage["id"].as_str().unwrap();
                let open = list(with_id(solo, "stages", id).unwrap(), "open");
                // Results stand beside the rows at every level.
                let told: Vec<&String> = shown
                    .into_iter()
                    .flat_map(Map::keys)
                    .filter(|cell| cell.contains('.') && open.contains(&json!(cell)))
                    .collect();
                assert!(told.is_empty(), "{name}: {before} shows {told:?} of {id}");
            }
        }
    }
}
