//! What is said about single cells of an exercise, and how its figures are quoted. Its figures
//! themselves are compared in `worked.rs`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian_engine::practice::{Exercise, Quoted};
use serde_json::{Value, json};

fn exercise(name: &str) -> Exercise {
    let path = format!("{}/../../content/practice/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The verdict on one cell of a stage.
fn cell<'v>(stage: &'v Value, name: &str) -> &'v Value {
    let cells = stage["cells"].as_array().unwrap();
    cells.iter().find(|cell| cell["cell"] == name).unwrap()
}

#[test]
fn what_follows_from_a_slip_is_said_to_follow() {
    // C2 of T01 read as 3 instead of 4: 25·5 + 15·3 + 20·4 + 15·3 + 15·4 + 10·4 = 395, ÷ 5 = 79.
    // What that costs stands in `worked/screening.yaml`.
    let answers = json!({"score": {
        "T01.C1": 5, "T01.C2": 3, "T01.C3": 4, "T01.C4": 3, "T01.C5": 4, "T01.C6": 4,
        "T01.sum": 395, "T01.total": 79, "T01.final": "A"
    }});
    let verdict = exercise("screening").grade(&answers, None, None).unwrap();
    let stage = &verdict["stages"][0];
    assert_eq!(cell(stage, "T01.C2")["state"], "wrong");
    assert_eq!(cell(stage, "T01.sum")["state"], "carried");
    assert_eq!(cell(stage, "T01.total")["state"], "carried");
    assert_eq!(cell(stage, "T01.final")["state"], "right");
}

#[test]
fn malformed_answers_get_reasons() {
    let answers = json!({
        "score": {"T01.C1": "twelve", "T01.raw": "Z", "enter": ["T01", "T01"], "T99.C1": 1, "T01.C2": {"a": []}},
        "sensitivity": 7
    });
    let verdict = exercise("screening").grade(&answers, None, None).unwrap();
    for name in ["T01.C1", "T01.raw", "enter", "T99.C1", "T01.C2"] {
        let cell = cell(&verdict["stages"][0], name);
        assert_eq!(cell["state"], "malformed", "{name}");
        assert!(cell["message"].is_object(), "{name}");
    }
}

#[test]
fn figures_can_be_quoted() {
    let screening = exercise("screening");
    let number = |path: &str, decimals| screening.quote(path, decimals).unwrap();
    assert_eq!(number("score.T01.total", None), Quoted::Number("82".to_owned()));
    assert_eq!(number("score.T01.total", Some(1)), Quoted::Number("82.0".to_owned()));
    let names = ["晴川乳品", "青砚制药", "南汀饮料", "景禾调味品", "丰璟食品"];
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(number("score.enter", None), Quoted::Texts(names));
    let wrong = screening.quote("score.T01.totl", None).unwrap_err();
    assert_eq!(wrong.args["nearest"], "T01.total");
}
