//! Requests to the engine with the responses that they must give; the same files run through
//! `engine.wasm` in the root package's tests.
//!
//! Each file under `vectors/`, at any depth, is a list of `{"request": …, "response": …}`. After a change that
//! is meant, `KEJIAN_UPDATE=1 cargo test -p kejian-engine --test vectors` writes the responses
//! again; read the difference before committing it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

#[path = "vectors/files.rs"]
mod files;

use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn vectors() -> Vec<(PathBuf, Vec<Value>)> {
    files::vectors(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors"))
}

/// The vectors about one kind of question.
fn of_kind(kind: &str) -> Vec<Value> {
    let mut files = vectors().into_iter();
    let file = files.find(|(file, _)| file.file_stem().is_some_and(|stem| stem == kind));
    let missing = || panic!("question kind `{kind}` has no src/engine/tests/vectors/{kind}.json");
    file.unwrap_or_else(missing).1
}

#[test]
fn every_vector_gives_its_response() {
    let update = std::env::var_os("KEJIAN_UPDATE").is_some();
    let mut seen = 0;
    for (file, vectors) in vectors() {
        let mut out = String::from("[\n");
        for (at, vector) in vectors.iter().enumerate() {
            let request = vector["request"].to_string();
            let response = kejian_engine::call(request.as_bytes());
            let response: Value = serde_json::from_slice(&response).unwrap();
            if !update {
                assert_eq!(vector["response"], response, "{}[{at}]: {request}", file.display());
            }
            let comma = if at + 1 < vectors.len() { "," } else { "" };
            writeln!(out, "{{\"request\": {request},\n \"response\": {response}}}{comma}").unwrap();
            seen += 1;
        }
        if update {
            std::fs::write(&file, out + "]\n").unwrap();
        }
    }
    assert!(seen >= 100, "only {seen} vectors were found");
}

/// Full, partial, none, blank, malformed: each kind says every one that it has, and why.
#[test]
fn every_kind_is_answered_in_every_way_with_reasons() {
    assert_eq!(kejian_engine::question::KINDS.len(), 14);
    let mut missing = Vec::new();
    for kind in kejian_engine::question::KINDS {
        let due: &[&str] = match *kind {
            // One of several is right or not.
            "single" | "true_false" => &["right", "wrong", "blank", "malformed"],
            // What nobody marks.
            "essay" | "scale" => &["unscored", "blank", "malformed"],
            _ => &["right", "partly", "wrong", "blank", "malformed"],
        };
        let graded: Vec<Value> = of_kind(kind)
            .into_iter()
            .filter(|it| it["request"]["op"] == "grade" && it["response"].get("ok").is_some())
            .map(|mut it| it["response"]["ok"].take())
            .collect();
        for state in due {
            let mut here = graded.iter().filter(|it| it["state"] == *state);
            // An item without reasons has none to give; what is the matter with an answer that
            // could not be marked is always said.
            let told = match *state {
                "blank" | "malformed" => here.clone().count() > 0 && here.all(says_why),
                _ => here.any(says_why),
            };
            if !told {
                missing.push(format!("{kind} {state}"));
            }
        }
    }
    assert!(missing.is_empty(), "no vector, or no reason, for {missing:?}");
}

/// Whether a verdict tells more than right or wrong: what is the matter with the answer as a
/// whole, or how its parts stand, or the item's reason.
fn says_why(verdict: &Value) -> bool {
    let filled = |key: &str| verdict[key].as_array().is_some_and(|list| !list.is_empty());
    match verdict["state"].as_str().unwrap() {
        "blank" | "malformed" => verdict["messages"][0]["code"].is_string(),
        "unscored" => filled("checklist") || verdict["why"].is_string(),
        _ => {
            ["why", "slip"].iter().any(|key| verdict[*key].is_string())
                || filled("messages")
                || filled("parts")
        }
    }
}

/// Each operation answers, and refuses what it cannot use.
#[test]
fn every_operation_has_vectors() {
    let all: Vec<Value> = vectors().into_iter().flat_map(|(_, vectors)| vectors).collect();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("call.rs");
    let sources = std::fs::read_to_string(sources).unwrap();
    // The table at the top of `call.rs` names them.
    let table = sources.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let named = table.flat_map(|line| line.split(" | ").next().unwrap().split("`, `"));
    let named: Vec<&str> = named.map(|op| op.trim_end_matches('`')).skip(1).collect();
    assert!(named.len() >= 15 && named.contains(&"quiz.summary"), "{named:?}");
    for op in named {
        let answered = all.iter().filter(|it| it["request"]["op"] == op);
        let answered = answered.filter(|it| it["response"].get("ok").is_some());
        assert!(answered.count() > 0, "no vector asks `{op}`");
    }
}

#[test]
fn bytes_that_are_no_request_are_refused() {
    for request in [&b""[..], b"{", b"\xff\xfe", b"[[[[[[", b"{\"op\":\"face\""] {
        let response: Value = serde_json::from_slice(&kejian_engine::call(request)).unwrap();
        assert_eq!(response["error"]["code"], "call.not-a-request");
    }
    let deep = "[".repeat(100_000);
    let response: Value = serde_json::from_slice(&kejian_engine::call(deep.as_bytes())).unwrap();
    assert_eq!(response["error"]["code"], "call.not-a-request");
}
