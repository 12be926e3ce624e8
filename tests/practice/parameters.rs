//! Who changes a number in an exercise's file changes its results.

use super::course_folder;
use kejian::course;
use kejian::theme::{BASE, Theme};
use serde_json::{Value, json};
use std::fs;

/// The solution of an exercise of the course after changes in its text.
fn worked(id: &str, changes: &[(&str, &str)]) -> Value {
    let path = format!("practice/{id}.yaml");
    let mut text = fs::read_to_string(course_folder().join(&path)).unwrap();
    for (was, is) in changes {
        assert_eq!(text.matches(was).count(), 1, "{was} stands once in {path}");
        text = text.replace(was, is);
    }
    let world = kejian::embedded::course().with(&path, text.into_bytes());
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, BASE).unwrap();
    let course = course::load(&world, &theme.layouts).0.unwrap();
    let exercise = super::plain_exercise(&course, id);
    let request = json!({"op": "practice.worked", "id": id, "exercise": exercise});
    let answer = kejian_engine::call(request.to_string().as_bytes());
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    answer["ok"].clone()
}

fn row<'w>(worked: &'w Value, stage: &str, id: &str) -> &'w Value {
    let find =
        |list: &'w Value, id: &str| list.as_array().unwrap().iter().find(|it| it["id"] == id);
    find(&find(&worked["stages"], stage).unwrap()["rows"], id).unwrap()
}

#[test]
fn results_follow_a_weight_a_band_and_a_threshold() {
    let plain = worked("screening", &[]);
    let dairy = row(&plain, "score", "T01");
    assert_eq!([&dairy["sum"], &dairy["total"]], [&json!(410), &json!(82)]);
    assert_eq!([&dairy["raw"], &dairy["final"]], ["A", "A"]);

    // Five points for potential and four for growth change weights: 410 − 10·5 + 10·4.
    let weights = [("weights: {C1: 25, C2: 15,", "weights: {C1: 15, C2: 25,")];
    let weighed = worked("screening", &weights);
    assert_eq!(row(&weighed, "score", "T01")["sum"], 400);
    assert_eq!(row(&weighed, "score", "T01")["total"], 80);

    // 12 % of growth falls a band lower: three points instead of four.
    let bands = worked("screening", &[("cuts: [0, 3, 6, 10, 15]", "cuts: [0, 3, 6, 13, 15]")]);
    assert_eq!(row(&bands, "score", "T01")["C2"], 3);
    assert_eq!(row(&bands, "score", "T01")["sum"], 395);
    // 82 is below the new line of class A.
    let classes =
        worked("screening", &[("of: total, cuts: [50, 70]", "of: total, cuts: [50, 85]")]);
    assert_eq!(row(&classes, "score", "T01")["raw"], "B");

    // Who buys for less than 500 is knocked out.
    let threshold = [("when: {spend: {below: 20}}", "when: {spend: {below: 500}}")];
    let strict = worked("screening", &threshold);
    assert_eq!(row(&strict, "score", "T01")["raw"], "A");
    assert_ne!(row(&strict, "score", "T01")["final"], "A");
}
