//! `engine.wasm` as committed: made from the sources beside it, small enough, and in agreement
//! with the native engine to the last byte.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![allow(clippy::format_collect, reason = "a short digest in hexadecimal")]

#[path = "../src/engine/tests/vectors/files.rs"]
mod files;

use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmi::{Engine, Linker, Memory, Module, Store, TypedFunc};

/// The most that it may weigh, gzipped: a learner on a phone loads it before the first question.
const CEILING: usize = 150_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn artefact() -> Vec<u8> {
    std::fs::read(root().join("themes/base/runtime/engine.wasm"))
        .expect("themes/base/runtime/engine.wasm is missing: run src/engine/build-wasm")
}

/// The value of one line of `engine.digest`.
fn recorded(name: &str) -> String {
    let text = std::fs::read_to_string(root().join("themes/base/runtime/engine.digest"))
        .expect("themes/base/runtime/engine.digest is missing: run src/engine/build-wasm");
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("engine.digest has no line `{name}`")).trim().to_owned()
}

#[test]
fn the_artefact_is_made_from_these_sources() {
    let output = Command::new("bash")
        .args(["src/engine/build-wasm", "--digest"])
        .current_dir(root())
        .output()
        .expect("bash is needed to work out the digest of the engine's sources");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let now = String::from_utf8(output.stdout).unwrap();
    assert!(
        recorded("sources") == now.trim(),
        "themes/base/runtime/engine.wasm is older than src/engine: run src/engine/build-wasm and \
         commit engine.wasm and engine.digest"
    );
    let wasm = artefact().iter().fold(sha2::Sha256::default(), |mut hash, byte| {
        sha2::Digest::update(&mut hash, [*byte]);
        hash
    });
    let wasm: String =
        sha2::Digest::finalize(wasm).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(
        recorded("wasm") == wasm,
        "engine.digest does not belong to engine.wasm: run src/engine/build-wasm and commit both"
    );
}

#[test]
fn the_artefact_is_small() {
    let artefact = artefact();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&artefact).unwrap();
    let size = encoder.finish().unwrap().len();
    println!("engine.wasm: {} bytes, {size} gzipped", artefact.len());
    assert!(size <= CEILING, "engine.wasm weighs {size} bytes gzipped, more than {CEILING}");
}

/// The engine in an interpreter, spoken to as a page does.
struct Page {
    store: Store<()>,
    memory: Memory,
    allocate: TypedFunc<u32, u32>,
    call: TypedFunc<(u32, u32), u64>,
}

impl Page {
    fn open() -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, artefact()).unwrap();
        assert_eq!(module.imports().count(), 0, "the engine asks its host for nothing");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
        Self {
            memory: instance.get_memory(&store, "memory").unwrap(),
            allocate: instance.get_typed_func(&store, "allocate").unwrap(),
            call: instance.get_typed_func(&store, "call").unwrap(),
            store,
        }
    }

    fn call(&mut self, request: &[u8]) -> Vec<u8> {
        let length = u32::try_from(request.len()).unwrap();
        let address = self.allocate.call(&mut self.store, length).unwrap();
        self.memory.write(&mut self.store, address as usize, request).unwrap();
        let packed = self.call.call(&mut self.store, (address, length)).unwrap();
        let address = u32::try_from(packed >> 32).unwrap();
        let length = u32::try_from(packed & 0xffff_ffff).unwrap();
        let mut response = vec![0; length as usize];
        self.memory.read(&self.store, address as usize, &mut response).unwrap();
        response
    }

    fn agrees(&mut self, request: &[u8]) {
        let (here, there) = (kejian_engine::call(request), self.call(request));
        assert!(
            here == there,
            "{}\nnatively: {}\nin wasm:  {}",
            String::from_utf8_lossy(request),
            String::from_utf8_lossy(&here),
            String::from_utf8_lossy(&there)
        );
    }
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root().join(folder)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

#[test]
fn vectors_give_the_same_bytes_natively_and_in_wasm() {
    let mut page = Page::open();
    let mut seen = 0;
    for (_, vectors) in files::vectors(&root().join("src/engine/tests/vectors")) {
        for vector in vectors {
            page.agrees(vector["request"].to_string().as_bytes());
            seen += 1;
        }
    }
    assert!(seen >= 400, "only {seen} vectors were found");
    for request in [&b""[..], b"{", b"\xff\xfe"] {
        page.agrees(request);
    }
}

#[test]
fn vectors_are_found_at_any_depth_and_nothing_beside_them_is_passed_over() {
    let one = r#"[{"request": {}, "response": {}}]"#;
    let find = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let all = std::panic::catch_unwind(|| files::vectors(folder.path()));
        all.map(|all| {
            let below = |file: &Path| file.strip_prefix(folder.path()).unwrap().to_owned();
            all.iter().map(|(file, list)| (below(file), list.len())).collect::<Vec<_>>()
        })
    };
    let found =
        find(&[("quiz.json", one), ("question/single.json", one), ("question/a/b.json", one)]);
    let paths = ["question/a/b.json", "question/single.json", "quiz.json"];
    assert_eq!(found.unwrap(), paths.map(|path| (PathBuf::from(path), 1)));
    for odd in [("question/none.json", "[]"), ("question/read.me", "?"), ("x.json", "[{}]")] {
        assert!(find(&[("quiz.json", one), odd]).is_err(), "{odd:?}");
    }
    assert!(find(&[]).is_err(), "an empty folder");
}

#[test]
fn the_course_gives_the_same_bytes_natively_and_in_wasm() {
    let mut page = Page::open();
    let mut seen = 0;
    for file in files("content/chapters", "yaml") {
        let text = std::fs::read_to_string(&file).unwrap();
        let chapter: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        for item in chapter["questions"].as_sequence().into_iter().flatten() {
            let question: kejian_engine::question::Question =
                serde_yaml::from_value(item.clone()).unwrap();
            let solution = question.grade(&Value::Null).solution;
            let question = json!(question);
            for seed in 0..3 {
                let request = json!({"op": "face", "question": question, "seed": seed});
                page.agrees(request.to_string().as_bytes());
            }
            let request = json!({"op": "explain", "question": question});
            page.agrees(request.to_string().as_bytes());
            let request = json!({"op": "grade", "question": question, "answer": solution});
            page.agrees(request.to_string().as_bytes());
            seen += 1;
        }
    }
    for file in files("content/practice", "yaml") {
        let text = std::fs::read_to_string(&file).unwrap();
        let exercise: kejian_engine::practice::Exercise = serde_yaml::from_str(&text).unwrap();
        let stages = exercise.worked("x", None, None).unwrap();
        let exercise = json!(exercise);
        let worked = json!({"op": "practice.worked", "exercise": exercise, "id": "x"});
        page.agrees(worked.to_string().as_bytes());
        let face = json!({"op": "practice.face", "exercise": exercise});
        page.agrees(face.to_string().as_bytes());
        for answers in [json!({}), own(&json!(stages), 0), own(&json!(stages), 3)] {
            let grade = json!({"op": "practice.grade", "exercise": exercise, "answers": answers});
            page.agrees(grade.to_string().as_bytes());
        }
        seen += 1;
    }
    assert!(seen > 0, "content holds neither questions nor exercises");
}

/// The solution as a learner's answers; every number that `slip` divides is one too many.
fn own(worked: &Value, slip: i64) -> Value {
    let mut answers = serde_json::Map::new();
    for stage in worked["stages"].as_array().unwrap() {
        let mut cells = serde_json::Map::new();
        for row in stage["rows"].as_array().into_iter().flatten() {
            for (column, value) in row.as_object().unwrap() {
                if !matches!(column.as_str(), "id" | "name" | "text" | "why") {
                    let cell = format!("{}.{column}", row["id"].as_str().unwrap());
                    let value = match value.as_i64() {
                        Some(number) if slip > 0 && number % slip == 0 => json!(number + 1),
                        _ => value.clone(),
                    };
                    cells.insert(cell, value);
                }
            }
        }
        for (id, value) in stage["results"].as_object().into_iter().flatten() {
            cells.insert(id.clone(), value.clone());
        }
        answers.insert(stage["id"].as_str().unwrap().to_owned(), cells.into());
    }
    answers.into()
}
