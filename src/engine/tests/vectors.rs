//! Requests to the engine with the responses that they must give; the same files run through
//! `engine.wasm` in the root package's tests.
//!
//! Each file under `vectors/` is a list of `{"request": …, "response": …}`. After a change that
//! is meant, `KEJIAN_UPDATE=1 cargo test -p kejian-engine --test vectors` writes the responses
//! again; read the difference before committing it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_vector_gives_its_response() {
    let update = std::env::var_os("KEJIAN_UPDATE").is_some();
    let mut seen = 0;
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
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

#[test]
fn every_kind_of_question_has_vectors() {
    for kind in kejian_engine::question::KINDS {
        let named = files().iter().any(|file| file.file_stem().is_some_and(|stem| stem == *kind));
        assert!(named, "question kind `{kind}` has no src/engine/tests/vectors/{kind}.json");
    }
}

/// Full, partial, none, blank, malformed: each kind says every one that it has.
#[test]
fn every_kind_is_answered_in_every_way() {
    let mut missing = Vec::new();
    for kind in kejian_engine::question::KINDS {
        let file = files().into_iter().find(|it| it.file_stem().is_some_and(|it| it == *kind));
        let text = std::fs::read_to_string(file.unwrap()).unwrap();
        let vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
        let graded = vectors.iter().filter(|it| it["request"]["op"] == "grade");
        let states: Vec<&str> =
            graded.filter_map(|it| it["response"]["ok"]["state"].as_str()).collect();
        let due: &[&str] = match *kind {
            "single" | "true_false" | "short" => &["right", "wrong", "blank", "malformed"],
            "essay" | "scale" => &["unscored", "blank", "malformed"],
            _ => &["right", "partly", "wrong", "blank", "malformed"],
        };
        let lacks = due.iter().filter(|state| !states.contains(state));
        missing.extend(lacks.map(|state| format!("{kind} {state}")));
    }
    assert!(missing.is_empty(), "no vector for {missing:?}");
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
