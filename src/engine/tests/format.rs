//! The whole practice format, computed: the small examples of its page, one for each kind, and
//! the nine exercises it was designed with. Each says what must come out in `expect`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian_engine::practice::Exercise;
use serde_json::{Value, json};
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format")
}

fn exercise(name: &str) -> Exercise {
    let text = std::fs::read_to_string(folder().join(format!("{name}.yaml"))).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut names: Vec<String> = entries.map(|entry| stem(&entry.unwrap().path())).collect();
    names.sort();
    names
}

/// The entry of a list with that id.
fn with<'v>(value: &'v Value, list: &str, id: &str) -> &'v Value {
    let list = value[list].as_array().unwrap().iter();
    list.clone().find(|it| it["id"] == id).unwrap_or(&Value::Null)
}

/// What a learner who knows everything enters at a level.
fn answers(exercise: &Exercise, variant: Option<&str>, level: Option<&str>) -> Value {
    let all = exercise.grade(&json!({}), variant, level).unwrap();
    let face = exercise.face(variant, level).unwrap();
    let mut answers = json!({});
    for stage in all["stages"].as_array().unwrap() {
        let id = stage["id"].as_str().unwrap();
        let stage_face = with(&face, "stages", id);
        for cell in stage["cells"].as_array().unwrap() {
            let name = cell["cell"].as_str().unwrap();
            let column = name.split('.').nth(1).unwrap_or(name);
            let of = |list: &str| {
                let columns = stage_face[list].as_array().into_iter().flatten();
                columns.clone().any(|it| it["id"] == column && it["percent"] == true)
            };
            let percent = of("columns") || of("results");
            let value = match cell["expected"].as_f64() {
                Some(number) if percent => json!(number * 100.0),
                _ => cell["expected"].clone(),
            };
            if !value.is_null() {
                answers[id][name] = value;
            }
        }
    }
    answers
}

#[test]
fn what_is_expected_comes_out() {
    assert_eq!(names().len(), 16);
    for name in names() {
        let problems = exercise(&name).problems();
        let errors: Vec<_> = problems.iter().filter(|problem| !problem.warning).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn an_expected_figure_that_does_not_come_out_is_an_error() {
    for name in names() {
        let mut tree = json!(exercise(&name));
        let expect = tree["expect"].as_object_mut().unwrap();
        for value in expect.values_mut() {
            *value = json!(-12345);
        }
        let count = expect.len();
        let problems = Exercise::read(tree).problems();
        let failed = problems.iter().filter(|it| it.message.code == "exercise.expect").count();
        assert_eq!(failed, count, "{name}");
    }
}

#[test]
fn the_expert_has_full_marks_at_every_level() {
    for name in names() {
        let exercise = exercise(&name);
        for level in [None, Some("show"), Some("complete"), Some("solo"), Some("mix")] {
            let answers = answers(&exercise, None, level);
            let verdict = exercise.grade(&answers, None, level).unwrap();
            for stage in verdict["stages"].as_array().unwrap() {
                assert_eq!(stage["marks"], stage["max"], "{name} {level:?} {}", stage["id"]);
                assert_eq!(stage["passed"], true, "{name} {level:?} {}", stage["id"]);
                assert_eq!(stage["mistakes"], json!([]), "{name} {level:?} {}", stage["id"]);
            }
        }
    }
}

#[test]
fn a_level_shows_what_it_does_not_ask() {
    let screening = exercise("screening");
    let face = screening.face(None, Some("complete")).unwrap();
    assert_eq!(face["levels"], json!(["show", "complete", "solo", "mix"]));
    let stage = with(&face, "stages", "score");
    let rows: Vec<&str> =
        stage["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(rows, ["T02", "T03", "T04"]);
    assert_eq!(stage["open"].as_array().unwrap().len(), 3 * 4);
    assert!(stage["open"].as_array().unwrap().contains(&json!("T02.total")));
    assert_eq!(stage["shown"]["T02.C1"], 4);
    assert_eq!(stage["texts"]["T02.final"], "A");
    assert_eq!(stage["shown"].get("T02.total"), None);
    assert_eq!(with(&face, "stages", "sensitivity")["open"], json!([]));
    let shown = screening.face(None, Some("show")).unwrap();
    let stage = with(&shown, "stages", "score");
    assert_eq!(stage["open"], json!([]));
    assert_eq!(stage["shown"]["T01.total"], 82);
    assert!(stage["steps"].as_array().unwrap().iter().any(|step| step["cell"] == "T01.total"));
    let solo = screening.face(None, Some("solo")).unwrap();
    let rows = with(&solo, "stages", "score")["rows"].as_array().unwrap().clone();
    // A rank needs all rows: those not asked stand there worked.
    assert_eq!(rows.iter().filter(|row| row["worked"] == true).count(), 4);
    assert!(screening.face(None, Some("show-off")).is_err());
}

#[test]
fn levels_of_shares_pipelines_and_bins() {
    let visits = exercise("visits").face(None, Some("complete")).unwrap();
    let open = with(&visits, "stages", "plan")["open"].clone();
    assert!(open.as_array().unwrap().contains(&json!("T01.visits.whole")));
    assert!(open.as_array().unwrap().contains(&json!("T01.visits")));
    assert!(!open.as_array().unwrap().contains(&json!("T01.visits.quota")));
    let flow = exercise("pipeline").face(None, Some("complete")).unwrap();
    let open = with(&flow, "stages", "flow")["open"].clone();
    assert_eq!(open.as_array().unwrap().len(), 8);
    assert_eq!(open[0], "Q3.T01");
    let swot = exercise("swot").face(None, Some("complete")).unwrap();
    assert_eq!(with(&swot, "stages", "sort")["open"].as_array().unwrap().len(), 8);
    assert_eq!(with(&swot, "stages", "sort")["shown"]["F01.answer"], "S");
}

#[test]
fn advice_leads_on_and_back() {
    let heat = exercise("heat");
    let next = |answers: &Value, level: &str| {
        heat.grade(answers, None, Some(level)).unwrap()["next"].clone()
    };
    let all = |level: &str| answers(&heat, None, Some(level));
    assert_eq!(next(&all("show"), "show")["level"], "complete");
    assert_eq!(next(&all("complete"), "complete")["code"], "next.lead-on");
    assert_eq!(next(&all("mix"), "mix")["code"], "next.done");
    let failed = next(&json!({}), "solo");
    assert_eq!(failed["code"], "next.see-step");
    assert_eq!(failed["level"], "show");
    assert_eq!(failed["stage"], "judge");
    assert_eq!(failed["variant"], "cautious");
    assert!(failed["cell"].is_string());
    assert_eq!(next(&json!({}), "complete")["level"], "show");
    assert_eq!(heat.grade(&json!({}), None, None).unwrap().get("next"), None);
}

/// Ids of the mistakes that fire when the expert's answers are changed so.
fn mistakes(name: &str, changes: &Value) -> Vec<String> {
    let exercise = exercise(name);
    let mut given = answers(&exercise, None, None);
    for (stage, cells) in changes.as_object().unwrap() {
        for (cell, value) in cells.as_object().unwrap() {
            given[stage][cell] = value.clone();
        }
    }
    let verdict = exercise.grade(&given, None, None).unwrap();
    let stages = verdict["stages"].as_array().unwrap().iter();
    let found = stages.flat_map(|stage| stage["mistakes"].as_array().unwrap());
    found.map(|mistake| mistake["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn planted_mistakes_are_recognised() {
    for (name, changes, expected) in [
        ("screening", json!({"score": {"T01.total": 410}}), vec!["b-forget5"]),
        ("screening", json!({"score": {"T01.total": 5000}}), vec!["b-raw"]),
        ("screening", json!({"score": {"t08_low": 67, "t08_high": 67}}), vec!["b-impute"]),
        ("heat", json!({"forecast": {"total": 634.6}}), vec!["c-nodemote-total"]),
        ("heat", json!({"forecast": {"total": 586.6775}}), vec!["c-skip-total"]),
        ("heat", json!({"forecast": {"total": 1425.25}}), vec!["c-sum"]),
        ("heat", json!({"judge": {"T07.level": "H2"}}), vec!["c-nodemote"]),
        ("heat", json!({"judge": {"T08.mode": "M5"}}), vec!["c-close"]),
        ("fence", json!({"audit": {"P03.alert": "黄"}}), vec!["d-levelonly"]),
        ("fence", json!({"audit": {"P04.fired": ["RA"]}}), vec!["d-onerule"]),
        ("fence", json!({"audit": {"P01.action": "尽快去"}}), vec!["d-nodeadline"]),
        ("stages", json!({"diagnose": {"A5.room": 46.5}}), vec!["e-shareonly"]),
        ("stages", json!({"diagnose": {"A4.room": 38}}), vec!["e-lastq"]),
        ("stages", json!({"diagnose": {"A4.average": 71, "A4.room": 38}}), vec!["e-lastq"]),
        ("visits", json!({"plan": {"total": 63}}), vec!["f-round"]),
        ("visits", json!({"plan": {"total": 78}}), vec!["f-need"]),
        ("visits", json!({"qdq": {"right_account": 96.77}}), vec!["f-offset"]),
        ("visits", json!({"qdq": {"Q2": 65.32}}), vec!["f-avgq"]),
        ("visits", json!({"diagnosis": {"answer": "full"}}), vec!["f-quantity"]),
        ("pipeline", json!({"flow": {"Q3.T07": "work"}}), vec!["h-nowait"]),
        ("pipeline", json!({"flow": {"Q2.T08": "market"}}), vec!["h-order"]),
        ("pitch", json!({"listen": {"support": 0}}), vec!["i-plainavg"]),
        ("swot", json!({"sort": {"F11.answer": "S"}}), vec!["a-axis"]),
        ("swot", json!({"sort": {"F12.answer": "T"}}), vec!["a-sign"]),
        ("swot", json!({"sort": {"F19.answer": "S"}}), vec!["a-irrelevant"]),
    ] {
        assert_eq!(mistakes(name, &changes), expected, "{name} {changes}");
    }
}

#[test]
fn a_period_starts_where_the_learner_put_everyone() {
    let flow = exercise("pipeline");
    let mut given = answers(&flow, None, None);
    // T08 is let in too early, in the place of T09; what follows from that is carried.
    given["flow"]["Q1.T08"] = json!("work");
    given["flow"]["Q1.T09"] = json!("market");
    given["flow"]["Q2.T09"] = json!("work");
    let verdict = flow.grade(&given, None, None).unwrap();
    let stage = with(&verdict, "stages", "flow");
    let lost = stage["max"].as_f64().unwrap() - stage["marks"].as_f64().unwrap();
    assert!((lost - 2.0).abs() < 1e-9, "lost {lost}");
}

#[test]
fn a_total_below_the_least_is_refused() {
    let visits = exercise("visits");
    let worked = visits.worked("visits", Some("too-few"), None).unwrap();
    let plan = with(&worked, "stages", "plan");
    assert_eq!(plan["refused"][0]["message"]["code"], "share.refused");
    assert_eq!(plan["refused"][0]["message"]["args"], json!({"least": "27", "total": "20"}));
    assert_eq!(plan["rows"][0].get("visits"), None);
    let mut tree = json!(visits);
    tree["values"]["workdays"] = json!(30);
    let codes: Vec<_> =
        Exercise::read(tree).problems().into_iter().map(|problem| problem.message.code).collect();
    assert!(codes.contains(&"share.refused".to_owned()), "{codes:?}");
}

#[test]
fn a_wrong_part_of_a_share_costs_once() {
    let budget = exercise("small-budget");
    let mut given = answers(&budget, None, None);
    // The quota is 3.5; who takes it for 3 gets one hour less in the end.
    given["spread"]["maths.plan.quota"] = json!(3);
    given["spread"]["maths.plan.extra"] = json!(0);
    let verdict = budget.grade(&given, None, None).unwrap();
    let cells = verdict["stages"][0]["cells"].as_array().unwrap();
    let state = |name: &str| &cells.iter().find(|cell| cell["cell"] == name).unwrap()["state"];
    assert_eq!(state("maths.plan.quota"), "wrong");
    assert_eq!(state("history.plan.quota"), "right");
    assert_ne!(state("maths.plan.extra"), "wrong");
}
