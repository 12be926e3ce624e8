//! The house in order: what is added has its tests, and files stay small enough to read.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines a file may have, not counting tests inside it.
const MOST: usize = 700;

/// Longer than that, with the reason why.
const EXEMPT: [(&str, &str); 0] = [];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extensions, found);
        } else if extensions.iter().any(|one| path.extension().is_some_and(|it| it == *one)) {
            found.push(path);
        }
    }
}

/// The names of the files and folders in a folder, without endings and without `mod`.
fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut paths = Vec::new();
    files(&root().join("src"), &["rs", "js"], &mut paths);
    files(&root().join("themes"), &["js", "css", "html"], &mut paths);
    let mut lengths: Vec<(usize, String)> = paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            (text.lines().count(), name)
        })
        .collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let shown: Vec<String> =
        lengths.iter().take(10).map(|(lines, name)| format!("{lines:5} {name}")).collect();
    println!("the longest files:\n{}", shown.join("\n"));
    let too_long: Vec<&String> = lengths
        .iter()
        .filter(|(lines, name)| *lines > MOST && !EXEMPT.iter().any(|(one, _)| one == name))
        .map(|(_, name)| name)
        .collect();
    assert!(too_long.is_empty(), "longer than {MOST} lines: split them: {too_long:?}");
}

#[test]
fn no_module_is_named_after_nothing() {
    let mut paths = Vec::new();
    files(&root().join("src"), &["rs", "js"], &mut paths);
    for path in paths {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let vague = ["utils", "util", "common", "helpers", "helper", "misc"];
        assert!(
            !vague.contains(&stem.as_str()),
            "{} says nothing of what is inside",
            path.display()
        );
    }
}

/// The kinds as the program lists them, whatever its files are called.
#[test]
fn every_kind_has_its_cases() {
    let there = |path: &str| root().join(path).is_file();
    let mut missing = Vec::new();
    for kind in kejian_engine::question::KINDS {
        if !there(&format!("src/engine/tests/vectors/{kind}.json")) {
            missing.push(format!("question kind `{kind}`: src/engine/tests/vectors/{kind}.json"));
        }
    }
    let themes = kejian::embedded::themes();
    let theme = kejian::theme::Theme::load(&themes, kejian::theme::BASE).unwrap();
    for layout in theme.layouts.names() {
        for language in ["zh", "en"] {
            let page = format!("tests/golden/layout/{layout}.{language}.html");
            if !there(&page) {
                missing.push(format!("layout `{layout}`: {page}"));
            }
        }
    }
    let listed = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let drawings = listed("tests/drawings.yaml");
    for kind in kejian::course::drawing::names(false) {
        if !drawings.contains(&format!("{{kind: {kind},")) {
            missing.push(format!("drawing `{kind}`: a line in tests/drawings.yaml"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_layout_shows_an_example() {
    for name in names("themes/base/layouts") {
        let path = format!("themes/base/layouts/{name}/layout.yaml");
        let text = fs::read_to_string(root().join(&path)).unwrap_or_default();
        for key in ["about:", "about_zh:", "slots:", "example:", "example_en:"] {
            assert!(
                text.lines().any(|line| line.starts_with(key)),
                "layout `{name}` has no {key} in {path}"
            );
        }
    }
}

#[test]
fn the_top_level_stays_as_it_is() {
    let kept = [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "build.rs",
        "content",
        "src",
        "target",
        "tests",
        "themes",
        "dist",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || kept.contains(&name.as_str()),
            "{name} does not belong at the top"
        );
    }
}
