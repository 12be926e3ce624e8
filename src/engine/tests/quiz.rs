//! Quizzes over the boundary, as pages and the terminal run them: draws, tries, hints, certainty,
//! feedback at the end, mastery, advice, and progress that outlives changes and damage.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};

fn call(request: &Value) -> Value {
    serde_json::from_slice(&kejian_engine::call(request.to_string().as_bytes())).unwrap()
}

fn ok(request: &Value) -> Value {
    let mut response = call(request);
    assert!(response.get("error").is_none(), "{request}\n{response}");
    response["ok"].take()
}

/// Twelve single choices, `a` right, over three objectives, and one essay.
fn quiz(settings: &Value) -> Value {
    let mut questions: Vec<Value> = (1..=12)
        .map(|at| {
            json!({
                "kind": "single", "id": format!("q{at}"), "objective": format!("o{}", at % 3),
                "prompt": "问", "hints": ["一", "二"],
                "options": [
                    {"text": "甲", "correct": true, "why": "对"}, {"text": "乙", "why": "错"},
                    {"text": "丙"}
                ],
                "why": "因为"
            })
        })
        .collect();
    questions.push(json!({
        "kind": "essay", "id": "e", "objective": "o0", "prompt": "说", "checklist": ["点"]
    }));
    let digests: serde_json::Map<String, Value> = questions
        .iter()
        .map(|question| (question["id"].as_str().unwrap().to_owned(), json!("1")))
        .collect();
    let objectives: Vec<Value> = (0..3)
        .map(|at| {
            let slide = json!({"id": at.to_string(), "number": at + 1, "title": "片"});
            json!({"id": format!("o{at}"), "text": "会", "slides": [slide]})
        })
        .collect();
    json!({
        "id": "ch", "course": "t", "settings": settings, "objectives": objectives,
        "questions": questions, "digests": digests
    })
}

/// A learner at a quiz.
struct Run {
    quiz: Value,
    progress: Value,
    view: Value,
}

impl Run {
    fn begin(settings: &Value, seed: u64) -> Self {
        let mut run = Self { quiz: quiz(settings), progress: Value::Null, view: Value::Null };
        run.start(seed, "");
        run
    }

    fn start(&mut self, seed: u64, again: &str) {
        let mut request = json!({
            "op": "quiz.start", "quiz": self.quiz, "progress": self.progress, "seed": seed
        });
        if !again.is_empty() {
            request["again"] = json!(again);
        }
        let mut response = ok(&request);
        self.progress = response["progress"].take();
        self.view = response["view"].take();
    }

    fn ids(&self) -> Vec<String> {
        let items = self.view["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    }

    fn answer(&mut self, id: &str, answer: &Value) -> Value {
        let mut response = ok(&json!({
            "op": "quiz.answer", "quiz": self.quiz, "progress": self.progress, "id": id,
            "answer": answer
        }));
        self.progress = response["progress"].take();
        response["outcome"].take()
    }

    fn all(&mut self, wrong: &[&str]) {
        for id in self.ids() {
            let answer = if id == "e" {
                json!("文")
            } else if wrong.contains(&id.as_str()) {
                json!("b")
            } else {
                json!("a")
            };
            self.answer(&id, &answer);
        }
    }

    fn finish(&mut self) -> Value {
        let request = json!({"op": "quiz.finish", "quiz": self.quiz, "progress": self.progress});
        let mut response = ok(&request);
        self.progress = response["progress"].take();
        response["summary"].take()
    }

    fn summary(&self) -> Value {
        let request = json!({"op": "quiz.summary", "quiz": self.quiz, "progress": self.progress});
        ok(&request)["summary"].take()
    }

    fn level(&self, objective: &str) -> Value {
        self.progress["mastery"][objective]["level"].clone()
    }
}

#[test]
fn a_run_is_marked_summed_up_and_advised_on() {
    let mut run = Run::begin(&json!({}), 3);
    assert_eq!(run.ids().len(), 13);
    let outcome = run.answer("q1", &json!("a"));
    assert_eq!((&outcome["state"], &outcome["marks"]), (&json!("done"), &json!(1)));
    let outcome = run.answer("q2", &json!("b"));
    assert_eq!((&outcome["state"], &outcome["verdict"]["why"]), (&json!("done"), &json!("因为")));
    let outcome = run.answer("q3", &json!("nowhere"));
    assert_eq!((&outcome["state"], &outcome["tries_left"]), (&json!("unread"), &json!(1)));
    let outcome = run.answer("q2", &json!("a"));
    assert_eq!(outcome["marks"], json!(0), "what is done stays done");
    let summary = run.finish();
    assert_eq!(summary["finished"], json!(true));
    assert_eq!((&summary["marks"], &summary["max"]), (&json!(1), &json!(12)));
    assert_eq!(summary["advice"].as_array().unwrap().len(), 3);
    assert_eq!(summary["advice"][0]["score"], json!(0), "the weakest comes first");
    assert_eq!(summary["advice"][2]["id"], "o1");
    assert_eq!(summary["advice"][2]["slides"][0]["number"], json!(2));
    assert_eq!(summary["wrong"].as_array().unwrap().len(), 11);
    assert_eq!(run.progress["quizzes"]["ch"]["past"][0]["marks"], json!(1));
    let again = run.finish();
    assert_eq!(again, summary, "a run is handed in once");
}

#[test]
fn tries_and_hints_cost_what_they_say_and_tell_nothing_early() {
    let mut run = Run::begin(&json!({"tries": 3, "penalty": 0.25, "hint_penalty": 0.1}), 0);
    let outcome = run.answer("q1", &json!("b"));
    assert_eq!((&outcome["state"], &outcome["tries_left"]), (&json!("retry"), &json!(2)));
    let told = outcome["verdict"].to_string();
    assert!(!told.contains("solution") && !told.contains("\"a\"") && !told.contains("因为"));
    assert!(told.contains('错'), "the reason of what was chosen helps: {told}");
    run.progress["items"]["q1"]["answer"] = json!("a");
    let shown = ok(&json!({
        "op": "quiz.show", "quiz": run.quiz, "progress": run.progress, "id": "q1"
    }));
    assert_eq!(shown["outcome"].get("verdict"), None, "a draft is not judged");
    run.progress["items"]["q1"]["hints"] = json!(1);
    let outcome = run.answer("q1", &json!("a"));
    assert_eq!((&outcome["state"], &outcome["verdict"]["score"]), (&json!("done"), &json!(1)));
    assert!((outcome["marks"].as_f64().unwrap() - 0.65).abs() < 1e-12, "{outcome}");

    for answer in ["b", "c", "b"] {
        run.answer("q2", &json!(answer));
    }
    let item = &run.progress["items"]["q2"];
    assert_eq!((&item["tries"], &item["done"]), (&json!(3), &json!(true)));
    let give_up = ok(&json!({
        "op": "quiz.answer", "quiz": run.quiz, "progress": run.progress, "id": "q3",
        "answer": null, "give_up": true
    }));
    assert_eq!(give_up["outcome"]["verdict"]["solution"], "a");
}

#[test]
fn feedback_at_the_end_says_nothing_before() {
    let mut run = Run::begin(&json!({"feedback": "end", "tries": 3}), 5);
    for id in run.ids() {
        let outcome = run.answer(&id, &json!("b"));
        assert_eq!((&outcome["state"], outcome.get("verdict")), (&json!("kept"), None));
        let outcome = run.answer(&id, &json!("a"));
        assert_eq!(outcome["state"], "kept", "answers may be changed until handed in");
    }
    let before = run.summary();
    assert_eq!((&before["marks"], &before["answered"]), (&json!(0), &json!(13)));
    let summary = run.finish();
    assert_eq!((&summary["score"], &summary["passed"]), (&json!(1), &json!(true)));
    let shown = ok(&json!({
        "op": "quiz.show", "quiz": run.quiz, "progress": run.progress, "id": "q1"
    }));
    assert_eq!(shown["outcome"]["verdict"]["state"], "right");
}

#[test]
fn certainty_is_marked_and_judged() {
    let mut run = Run::begin(&json!({"certainty": true}), 1);
    for (id, level, answer) in [
        ("q1", 3, "a"),
        ("q2", 3, "b"),
        ("q3", 3, "b"),
        ("q4", 2, "a"),
        ("q5", 1, "a"),
        ("q6", 1, "b"),
    ] {
        run.progress["items"][id] = json!({"certainty": level});
        run.answer(id, &json!(answer));
    }
    let summary = run.finish();
    assert_eq!(summary["certainty"]["points"], json!(3 - 6 - 6 + 2 + 1));
    assert_eq!(summary["certainty"]["max"], json!(36));
    assert_eq!(summary["marks"], json!(3), "the plain marks stay");
    let sure = &summary["certainty"]["levels"][2];
    assert_eq!((&sure["items"], &sure["right"]), (&json!(3), &json!(1)));
    assert_eq!(
        summary["certainty"]["messages"],
        json!([{"code": "certainty.too-sure", "args": {"level": 3}}])
    );
}

#[test]
fn an_item_may_differ_from_its_quiz() {
    let mut run = Run::begin(&json!({"feedback": "end"}), 1);
    run.quiz["questions"][0]["quiz"] = json!({"feedback": "now", "tries": 2});
    assert_eq!(run.answer("q1", &json!("b"))["state"], "retry");
    assert_eq!(run.answer("q2", &json!("b"))["state"], "kept");
}

#[test]
fn an_objective_without_any_answer_is_not_called_attempted() {
    let mut run = Run::begin(&json!({}), 1);
    let summary = run.finish();
    for objective in summary["objectives"].as_array().unwrap() {
        assert_eq!(objective["level"], "untouched", "{objective}");
    }
}

#[test]
fn what_is_right_again_in_a_later_mixed_run_is_mastered() {
    let mut run = Run::begin(&json!({}), 1);
    run.all(&["q1", "q4", "q2"]);
    let summary = run.finish();
    let levels: Vec<&Value> =
        summary["objectives"].as_array().unwrap().iter().map(|o| &o["level"]).collect();
    assert_eq!(levels, ["proficient", "attempted", "familiar"]);
    run.start(9, "wrong");
    assert_eq!(run.ids(), ["q1", "q2", "q4"], "only what was not right is asked again");
    run.all(&[]);
    let summary = run.finish();
    assert_eq!(summary["score"], json!(1), "what was right before still counts");
    assert_eq!(run.level("o1"), "proficient", "a retry is no proof of mastery");
    run.start(10, "all");
    assert_eq!(run.ids().len(), 13);
    run.all(&["q3"]);
    run.finish();
    assert_eq!((run.level("o1"), run.level("o0")), (json!("mastered"), json!("familiar")));
    assert_eq!(run.progress["quizzes"]["ch"]["past"].as_array().unwrap().len(), 3);
    assert_eq!(run.progress["items"]["e"]["answer"], "文", "a learner's text is never lost");
}

#[test]
fn flagged_items_can_be_asked_again() {
    let mut run = Run::begin(&json!({}), 1);
    run.all(&[]);
    run.progress["items"]["q7"]["flagged"] = json!(true);
    assert_eq!(run.finish()["flagged"], json!(["q7"]));
    run.start(2, "flagged");
    assert_eq!(run.ids(), ["q7"]);
}

#[test]
fn a_changed_question_keeps_its_answer_and_is_asked_again() {
    let mut run = Run::begin(&json!({}), 1);
    run.answer("q1", &json!("a"));
    run.answer("q2", &json!("a"));
    run.quiz["digests"]["q1"] = json!("2");
    run.start(99, "");
    assert_eq!(run.view["seed"], json!(1), "a run that was begun goes on");
    let items = run.view["items"].as_array().unwrap();
    let by = |id: &str| items.iter().find(|item| item["id"] == id).unwrap();
    assert_eq!((&by("q1")["changed"], &by("q1")["open"]), (&json!(true), &json!(true)));
    assert_eq!((&by("q2")["changed"], &by("q2")["open"]), (&json!(false), &json!(false)));
    assert_eq!(run.progress["items"]["q1"]["answer"], "a");
    assert_eq!(run.progress["items"]["q1"].get("verdict"), None);
    run.answer("q1", &json!("b"));
    assert_eq!(run.progress["items"]["q1"]["digest"], "2");
}

#[test]
fn pools_and_draws_cover_the_objectives() {
    for seed in 0..50 {
        let mut run = Run::begin(&json!({"draw": 3, "order": "shuffled"}), seed);
        let mut objectives: Vec<Value> = run.view["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["face"]["objective"].clone())
            .collect();
        objectives.sort_by_key(Value::to_string);
        assert_eq!(objectives, ["o0", "o1", "o2"], "seed {seed}");
        let first = run.ids();
        run.start(seed + 1, "");
        assert_eq!(run.ids(), first, "a run keeps its draw");
    }
    let mut quiz = quiz(&json!({"pools": [{"id": "p", "draw": 2}]}));
    for at in 0..6 {
        quiz["questions"][at]["pool"] = json!("p");
    }
    let view = ok(&json!({"op": "quiz.start", "quiz": quiz, "seed": 4}))["view"].take();
    assert_eq!(view["items"].as_array().unwrap().len(), 2 + 7);
    assert_eq!(view["of"], json!(13));
}

#[test]
fn damaged_progress_gives_what_can_be_read() {
    let good = json!({
        "version": 1, "course": "t",
        "items": {"q1": {"digest": "1", "answer": "a", "tries": 1, "done": true,
                         "verdict": {"state": "right", "score": 1, "marks": 1, "max": 1}},
                  "q2": {"answer": "长文"}},
        "quizzes": {"ch": {"seed": 1, "drawn": ["q1", "q2"]}},
        "exercises": {"x": {"cells": {"a": 1}}}
    });
    let read = |progress: &Value| ok(&json!({"op": "progress.read", "progress": progress}));
    let whole = read(&good);
    assert_eq!((&whole["progress"], &whole["dropped"]), (&good, &json!([])));

    let mut hurt = good.clone();
    hurt["items"]["q1"]["tries"] = json!("many");
    hurt["items"]["q3"] = json!(7);
    hurt["quizzes"] = json!([]);
    hurt["version"] = json!(2);
    hurt["later"] = json!({"kept": true});
    let read_back = read(&hurt);
    assert_eq!(read_back["progress"]["items"]["q1"]["answer"], "a");
    assert_eq!(read_back["progress"]["items"]["q1"].get("tries"), None);
    assert_eq!(read_back["progress"]["later"]["kept"], json!(true), "a newer version's keys stay");
    let places: Vec<&Value> =
        read_back["dropped"].as_array().unwrap().iter().map(|m| &m["args"]["place"]).collect();
    assert_eq!(places[1..], ["items.q1.tries", "items.q3", "quizzes"]);
    assert_eq!(read_back["dropped"][0]["code"], "progress.newer");

    let text = serde_json::to_string_pretty(&good).unwrap();
    for end in text.char_indices().map(|(at, _)| at) {
        let cut = read(&json!(&text[..end]));
        assert!(!cut["dropped"].as_array().unwrap().is_empty() || end == 0, "{end}");
        if end > text.find("quizzes").unwrap() {
            assert_eq!(cut["progress"]["items"]["q2"]["answer"], "长文", "cut at {end}");
        }
    }
    assert_eq!(read(&json!(text))["progress"], good);
}

#[test]
fn progress_is_merged_without_losing_answers() {
    let mine = json!({
        "course": "t",
        "items": {"a": {"answer": "mine", "tries": 2, "done": true}, "b": {"answer": "only here"},
                  "c": {"answer": "draft of mine"}},
        "mastery": {"o": {"level": "mastered", "score": 1}},
        "quizzes": {"ch": {"seed": 1, "past": [{"seed": 1}, {"seed": 2}]}}
    });
    let other = json!({
        "course": "t",
        "items": {"a": {"answer": "theirs", "tries": 1, "flagged": true},
                  "c": {"answer": "draft of theirs"}, "d": {"answer": "only there"}},
        "mastery": {"o": {"level": "familiar", "score": 0.75}},
        "quizzes": {"ch": {"seed": 9, "past": [{"seed": 3}]}}
    });
    let merge = |mine: &Value, other: &Value| {
        ok(&json!({"op": "progress.merge", "progress": mine, "other": other}))["progress"].take()
    };
    let both = merge(&mine, &other);
    assert_eq!(both["items"]["a"]["answer"], "mine");
    assert_eq!(both["items"]["a"]["earlier"], json!(["theirs"]));
    assert_eq!(both["items"]["a"]["flagged"], json!(true));
    assert_eq!(both["items"]["c"]["answer"], "draft of theirs", "a tie goes to what is loaded");
    assert_eq!(both["items"]["c"]["earlier"], json!(["draft of mine"]));
    assert_eq!(both["items"].as_object().unwrap().len(), 4);
    assert_eq!(both["mastery"]["o"]["level"], "mastered");
    assert_eq!(both["quizzes"]["ch"]["seed"], json!(1));
    assert_eq!(both["quizzes"]["ch"]["past"].as_array().unwrap().len(), 3);
    assert_eq!(merge(&both, &other), both, "loading the same file twice changes nothing");
    assert_eq!(merge(&both, &json!({})), both);
}

#[test]
fn work_on_an_exercise_is_merged_cell_by_cell() {
    let work = |answers: Value| json!({"works": {"solo/": {"answers": {"s": answers}}}});
    let mine = json!({"course": "t", "exercises": {"x": work(json!({"a": 1, "b": 2, "c": 3})),
        "only-here": work(json!({"a": 1}))}});
    let old = json!({"course": "t", "exercises": {"x": work(json!({"a": 9, "d": 4})),
        "only-there": work(json!({"a": 1}))}});
    let merge = |mine: &Value, other: &Value| {
        ok(&json!({"op": "progress.merge", "progress": mine, "other": other}))["progress"].take()
    };
    for (mine, other) in [(&mine, &old), (&old, &mine)] {
        let both = merge(mine, other);
        let x = &both["exercises"]["x"];
        // Whoever got further stays; the other fills the gaps; where they differ none is lost.
        let cells = json!({"a": 1, "b": 2, "c": 3, "d": 4});
        assert_eq!(x["works"]["solo/"]["answers"]["s"], cells);
        assert_eq!(x["earlier"], json!([old["exercises"]["x"]]));
        assert_eq!(both["exercises"].as_object().unwrap().len(), 3);
        assert_eq!(merge(&both, other), both, "loading the same file twice changes nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn marks_stay_within_their_bounds(
        answers in prop::collection::vec((0..12_usize, 0..4_usize, any::<bool>()), 0..30),
        tries in 1..4_u8, penalty in 0.0..1.0_f64, certainty in any::<bool>(), end in any::<bool>(),
    ) {
        let feedback = if end { "end" } else { "now" };
        let settings = json!({
            "tries": tries, "penalty": penalty, "certainty": certainty, "feedback": feedback
        });
        let mut run = Run::begin(&settings, 7);
        for (at, option, hint) in answers {
            let id = format!("q{}", at + 1);
            if hint {
                run.progress["items"][&id]["hints"] = json!(1);
            }
            run.answer(&id, &json!(["a", "b", "c", "?"][option]));
        }
        let summary = run.finish();
        let (marks, max) = (summary["marks"].as_f64().unwrap(), summary["max"].as_f64().unwrap());
        prop_assert!((0.0..=max).contains(&marks), "{}", summary);
        prop_assert_eq!(summary["items"].as_u64(), Some(13));
        let read = ok(&json!({"op": "progress.read", "progress": run.progress}));
        prop_assert_eq!(&read["progress"], &run.progress);
        prop_assert_eq!(&read["dropped"], &json!([]));
    }
}
