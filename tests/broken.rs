//! A course with faults, by the program itself: every fault is named in one run, the exit code is
//! 1, and the pages built before stay as they were. What is said of each kind of fault is in
//! `tests/diag.rs`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CHAPTER: &str = "title: 二\nslides: [{title: 一, body: 甲}]\n";

#[test]
fn a_broken_course_leaves_the_old_output_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("chapters")).unwrap();
    let stems: Vec<String> = (0..10).map(|n| format!("{n:02}-a")).collect();
    let list = stems.join(", ");
    let course = format!(
        "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{{title: 一, chapters: [{list}]}}]\n"
    );
    fs::write(folder.join("course.yaml"), course).unwrap();
    let at = |stem: &str| folder.join(format!("chapters/{stem}.yaml"));
    for stem in &stems {
        fs::write(at(stem), CHAPTER).unwrap();
    }
    // A chapter that is not listed is only worth a warning, and so is what is wrong with it.
    fs::write(at("20-later"), "title: 三\nslids: []\n").unwrap();
    let run = |command: &str| {
        let output = kejian(folder, &[command, "."]);
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), text)
    };
    let (code, text) = run("build");
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("warning[unlisted-chapter]"), "{text}");
    assert!(text.contains("warning[unknown-key]"), "{text}");
    let before = tree(&folder.join("dist"));

    let faults = ["titel: x", "title:", "slides: 3", "\ttab: x", "title: [", "a: 1\na: 2"];
    for (n, stem) in stems.iter().enumerate() {
        fs::write(at(stem), format!("# {n}\n{}\n", faults[n % faults.len()])).unwrap();
    }
    for command in ["check", "build"] {
        let (code, text) = run(command);
        assert_eq!(code, Some(1), "{text}");
        for stem in &stems {
            assert!(
                text.contains(&format!("chapters/{stem}.yaml:")),
                "{stem} is missing in\n{text}"
            );
        }
    }
    assert!(tree(&folder.join("dist")) == before, "the old output was touched");
}

fn kejian(folder: &Path, args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_kejian");
    Command::new(program).args(args).args(["--lang", "en"]).current_dir(folder).output().unwrap()
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}
