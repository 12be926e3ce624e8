//! Finds the vectors, for every test that asks them: natively, in an interpreter, in a browser.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of vectors in a folder, at any depth, in the order of their paths.
///
/// # Panics
/// At everything that would otherwise be passed over in silence: a folder without files, a file
/// that is no list of vectors, an empty list.
pub(crate) fn vectors(folder: &Path) -> Vec<(PathBuf, Vec<Value>)> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            found.extend(vectors(&entry));
        } else if entry.file_name().is_none_or(|name| name != "files.rs") {
            let list = list(&entry);
            found.push((entry, list));
        }
    }
    assert!(!found.is_empty(), "{} holds no vectors", folder.display());
    found
}

fn list(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    let list: Vec<Value> = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{} is no list of vectors: {error}", file.display()));
    assert!(!list.is_empty(), "{} holds no vectors", file.display());
    for (at, vector) in list.iter().enumerate() {
        let whole = vector.get("request").is_some() && vector.get("response").is_some();
        assert!(whole, "{}[{at}] has no request or no response", file.display());
    }
    list
}
