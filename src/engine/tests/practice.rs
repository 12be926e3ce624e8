//! The embedded exercises against the figures of the course's worked examples, which are typed
//! here from the page, not produced by the program.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian_engine::practice::{Exercise, Quoted};
use serde_json::{Value, json};

fn exercise(name: &str) -> Exercise {
    let path = format!("{}/../../content/practice/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn worked(name: &str, variant: Option<&str>) -> Value {
    exercise(name).worked(name, variant, None).unwrap()
}

fn row<'v>(worked: &'v Value, stage: usize, id: &str) -> &'v Value {
    let rows = worked["stages"][stage]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap()
}

/// The verdict on one cell of a stage.
fn cell<'v>(stage: &'v Value, name: &str) -> &'v Value {
    let cells = stage["cells"].as_array().unwrap();
    cells.iter().find(|cell| cell["cell"] == name).unwrap()
}

/// The expert's answers, taken from the worked solution as a learner would enter them.
fn expert_answers(name: &str) -> Value {
    let exercise = exercise(name);
    let face = exercise.face(None, None).unwrap();
    let worked = worked(name, None);
    let mut answers = json!({});
    for (face, stage) in
        face["stages"].as_array().unwrap().iter().zip(worked["stages"].as_array().unwrap())
    {
        let id = face["id"].as_str().unwrap();
        for cell in face["open"].as_array().unwrap() {
            let cell = cell.as_str().unwrap();
            let value = match cell.split_once('.') {
                None => &stage["results"][cell],
                Some((row, column)) => {
                    let rows = stage["rows"].as_array().unwrap();
                    &rows.iter().find(|it| it["id"] == row).unwrap()[column]
                }
            };
            if !value.is_null() {
                answers[id][cell] = value.clone();
            }
        }
    }
    answers
}

#[test]
fn embedded_exercises_have_no_faults() {
    for name in ["swot", "screening", "key-or-not"] {
        assert_eq!(exercise(name).problems(), [], "{name}");
    }
}

/// id, C1…C6, sum, total, raw, knockouts, final, place
type Expected<'a> = (&'a str, [u8; 6], f64, f64, &'a str, &'a [&'a str], &'a str, Option<u8>);

#[test]
fn screening_gives_every_figure_of_the_page() {
    let worked = worked("screening", None);
    let page: [Expected<'_>; 12] = [
        ("T01", [5, 4, 4, 3, 4, 4], 410.0, 82.0, "A", &[], "A", Some(1)),
        ("T02", [4, 3, 5, 2, 3, 5], 370.0, 74.0, "A", &[], "A", Some(2)),
        ("T04", [3, 2, 5, 4, 5, 3], 370.0, 74.0, "A", &[], "A", Some(3)),
        ("T08", [3, 5, 5, 0, 5, 4], 365.0, 73.0, "A", &[], "B", Some(4)),
        ("T07", [2, 4, 4, 3, 4, 5], 345.0, 69.0, "B", &[], "B", Some(5)),
        ("T09", [1, 3, 4, 4, 5, 3], 315.0, 63.0, "B", &[], "B", Some(6)),
        ("T03", [5, 5, 1, 1, 2, 4], 305.0, 61.0, "B", &[], "B", Some(7)),
        ("T05", [4, 0, 4, 2, 1, 2], 245.0, 49.0, "C", &[], "C", Some(8)),
        ("T12", [4, 3, 3, 2, 3, 2], 300.0, 60.0, "B", &["KO3"], "out", None),
        ("T11", [0, 3, 5, 2, 5, 5], 300.0, 60.0, "B", &["KO4"], "out", None),
        ("T06", [5, 2, 0, 0, 1, 3], 200.0, 40.0, "C", &["KO1"], "out", None),
        ("T10", [4, 2, 2, 1, 0, 0], 185.0, 37.0, "C", &["KO2"], "out", None),
    ];
    for (id, points, sum, total, raw, knockouts, class, place) in page {
        let row = row(&worked, 0, id);
        for (column, point) in ["C1", "C2", "C3", "C4", "C5", "C6"].iter().zip(points) {
            assert_eq!(row[column], json!(point), "{id}.{column}");
        }
        assert_eq!(row["sum"].as_f64(), Some(sum), "{id}");
        assert_eq!(row["total"].as_f64(), Some(total), "{id}");
        assert_eq!(row["raw"], raw, "{id}");
        assert_eq!(row["knockouts"], json!(knockouts), "{id}");
        assert_eq!(row["final"], class, "{id}");
        assert_eq!(row.get("place"), place.map(|place| json!(place)).as_ref(), "{id}");
    }
    let results = &worked["stages"][0]["results"];
    assert_eq!(results["enter"], json!(["T01", "T02", "T04", "T07", "T09"]));
    assert_eq!(results["t05_later"], 58);
    assert_eq!(results["t08_low"], 58);
    assert_eq!(results["t08_high"], 73);
    assert!(row(&worked, 0, "T08")["why"]["final"].as_str().unwrap().contains("封顶"));
}

#[test]
fn screening_gives_the_whole_sensitivity_table() {
    let worked = worked("screening", None);
    let page = [
        ("T01", 82, "A", 79, "A", 80, "A"),
        ("T02", 72, "A", 71, "A", 72, "A"),
        ("T04", 71, "A", 77, "A", 75, "A"),
        ("T08", 80, "B", 65, "B", 70, "B"),
        ("T07", 72, "A", 69, "B", 70, "A"),
        ("T09", 65, "B", 67, "B", 66, "B"),
        ("T03", 66, "B", 53, "B", 57, "B"),
        ("T05", 40, "C", 49, "C", 47, "C"),
    ];
    assert_eq!(worked["stages"][1]["rows"].as_array().unwrap().len(), page.len());
    for (id, growth, growth_class, relation, relation_class, shift, shift_class) in page {
        let row = row(&worked, 1, id);
        assert_eq!(row["growth"], growth, "{id}");
        assert_eq!(row["growth_class"], growth_class, "{id}");
        assert_eq!(row["relation"], relation, "{id}");
        assert_eq!(row["relation_class"], relation_class, "{id}");
        assert_eq!(row["shift"], shift, "{id}");
        assert_eq!(row["shift_class"], shift_class, "{id}");
    }
}

#[test]
fn swot_gives_every_figure_of_the_page() {
    let worked = worked("swot", None);
    let page = [
        ("K1", 20.0, "pass", Some(2)),
        ("K2", 12.0, "pass", Some(7)),
        ("K3", 22.5, "pass", Some(1)),
        ("K4", 18.0, "pass", Some(3)),
        ("K5", 14.0, "pass", Some(6)),
        ("K6", 10.0, "pass", Some(8)),
        ("K7", 14.0, "pass", Some(5)),
        ("K8", 15.0, "pass", Some(4)),
        ("K9", 12.5, "drop", None),
        ("K10", 3.0, "drop", None),
    ];
    for (id, points, gate, place) in page {
        let row = row(&worked, 2, id);
        assert_eq!(row["P"].as_f64(), Some(points), "{id}");
        assert_eq!(row["gate"], gate, "{id}");
        assert_eq!(row.get("place"), place.map(|place| json!(place)).as_ref(), "{id}");
    }
    assert_eq!(worked["stages"][2]["results"]["key_actions"], json!(["K3", "K1", "K4"]));
}

#[test]
fn the_sample_learner_of_the_page_scores_18_of_20() {
    let mut answers = expert_answers("swot");
    answers["sort"]["F11.answer"] = json!("S");
    answers["sort"]["F03.answer"] = json!("O");
    answers["sort"]["F12.answer"] = json!("T");
    let verdict = exercise("swot").grade(&answers, None, None).unwrap();
    let stage = &verdict["stages"][0];
    assert_eq!((stage["marks"].as_f64(), stage["max"].as_f64()), (Some(18.0), Some(20.0)));
    assert_eq!(stage["passed"], true);
}

#[test]
fn the_expert_has_full_marks() {
    for name in ["swot", "screening", "key-or-not"] {
        let verdict = exercise(name).grade(&expert_answers(name), None, None).unwrap();
        let cells = verdict["stages"].as_array().unwrap().iter();
        let cells = cells.flat_map(|stage| stage["cells"].as_array().unwrap());
        let lost: Vec<_> =
            cells.filter(|cell| cell["credit"].as_f64() < cell["max"].as_f64()).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
    }
}

#[test]
fn one_early_slip_costs_once() {
    let mut answers = expert_answers("screening");
    // C2 of T01 read as 3 instead of 4: 25·5 + 15·3 + 20·4 + 15·3 + 15·4 + 10·4 = 395, ÷ 5 = 79.
    answers["score"]["T01.C2"] = json!(3);
    answers["score"]["T01.sum"] = json!(395);
    answers["score"]["T01.total"] = json!(79);
    let verdict = exercise("screening").grade(&answers, None, None).unwrap();
    let stage = &verdict["stages"][0];
    let lost = stage["max"].as_f64().unwrap() - stage["marks"].as_f64().unwrap();
    assert!((lost - 1.0).abs() < 1e-9, "lost {lost}");
    assert_eq!(cell(stage, "T01.C2")["state"], "wrong");
    assert_eq!(cell(stage, "T01.sum")["state"], "carried");
    assert_eq!(cell(stage, "T01.total")["state"], "carried");
    assert_eq!(cell(stage, "T01.final")["state"], "right");
}

#[test]
fn results_follow_the_parameters() {
    assert_eq!(
        worked("screening", Some("four-slots"))["stages"][0]["results"]["enter"],
        json!(["T01", "T02", "T04", "T07"])
    );
    let growth = worked("screening", Some("growth-first"));
    assert_eq!(row(&growth, 0, "T08")["total"], 80);
    assert_eq!(row(&growth, 0, "T07")["final"], "A");
    assert_eq!(
        worked("swot", Some("two-actions"))["stages"][2]["results"]["key_actions"],
        json!(["K3", "K1"])
    );
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
