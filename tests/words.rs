//! Everything that the engine may say has its words in every language.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Codes as written in the sources: every `Message::new("…")` of the engine.
fn codes() -> BTreeSet<String> {
    let mut files = Vec::new();
    rust_files(&root().join("src/engine"), &mut files);
    let mut codes = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for piece in text.split("Message::new(").skip(1) {
            if let Some(code) = piece.trim_start().strip_prefix('"') {
                codes.insert(code.split('"').next().unwrap().to_owned());
            }
        }
        // Codes also travel through helpers as plain texts.
        for piece in text.split('"').skip(1).step_by(2) {
            let area =
                ["answer.", "exercise.", "question.", "set.", "call.", "shape.", "share.", "next."];
            // `call.rs` is a file.
            let is_code = area.iter().any(|area| piece.starts_with(area))
                && piece.rsplit('.').next() != Some("rs")
                && piece.bytes().all(|byte| byte.is_ascii_lowercase() || b".-".contains(&byte));
            if is_code {
                codes.insert(piece.to_owned());
            }
        }
    }
    codes
}

fn has(words: &serde_json::Value, code: &str) -> bool {
    if words.get(code).is_some_and(|word| word.is_string() || word.get("other").is_some()) {
        return true;
    }
    code.match_indices('.')
        .any(|(at, _)| words.get(&code[..at]).is_some_and(|inner| has(inner, &code[at + 1..])))
}

#[test]
fn every_code_of_the_engine_has_words() {
    let codes = codes();
    assert!(codes.len() > 30, "only {} codes were found in src/engine", codes.len());
    for language in ["zh-Hans", "en"] {
        let path = root().join(format!("themes/base/locales/{language}/engine.yaml"));
        let text = std::fs::read_to_string(path).unwrap();
        let words: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let missing: Vec<&String> = codes.iter().filter(|code| !has(&words, code)).collect();
        assert!(
            missing.is_empty(),
            "themes/base/locales/{language}/engine.yaml lacks words for {missing:?}"
        );
    }
}

/// What is said of how to mend a fault that the engine finds is said of a fault that there is, in
/// both languages, and nothing that authors read sends them to files that only developers have.
#[test]
fn how_to_mend_is_said_of_what_the_engine_finds() {
    fn keys(words: &serde_json::Value, at: &str, found: &mut BTreeSet<String>) {
        match words.as_object() {
            Some(map) => {
                map.iter().for_each(|(key, word)| keys(word, &format!("{at}.{key}"), found));
            }
            None => drop(found.insert(at.trim_start_matches('.').to_owned())),
        }
    }
    let codes = codes();
    let said = ["zh-Hans", "en"].map(|language| {
        let path = root().join(format!("themes/base/locales/{language}/diag.yaml"));
        let text = std::fs::read_to_string(path).unwrap();
        assert!(!text.contains("content/"), "{language} names the folder of our own course");
        let words: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let mut found = BTreeSet::new();
        keys(&words["mend"], "", &mut found);
        found
    });
    assert_eq!(said[0], said[1]);
    assert!(!said[0].is_empty() && said[0].is_subset(&codes), "{said:?}");
}

/// `True` and `No` without quotes are no texts in YAML, and pages would show their keys.
#[test]
fn every_word_is_a_text() {
    fn others(value: &serde_json::Value, at: &str, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                map.iter().for_each(|(key, value)| others(value, &format!("{at}.{key}"), found));
            }
            serde_json::Value::String(_) => {}
            other => found.push(format!("{at}: {other}")),
        }
    }
    let mut found = Vec::new();
    for language in ["zh-Hans", "en"] {
        let folder = root().join("themes/base/locales").join(language);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let words: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            others(&words, &path.display().to_string(), &mut found);
        }
    }
    assert!(found.is_empty(), "to be quoted: {found:#?}");
}
