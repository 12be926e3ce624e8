//! Keeps the answers of somebody who stops, so that they can go on later.
//!
//! One JSON file per course, exercise, level and variant, in the form that `--answers` takes:
//! `<state folder>/kejian/<course>/<exercise>[+level][+variant].json`. Quizzes have one file per
//! course, `+quizzes[+seed].json`, in the form that pages save and load. The state folder is
//! `KEJIAN_STATE`, else `XDG_STATE_HOME`, else `~/.local/state` (`~/Library/Application Support`
//! on macOS, `%LOCALAPPDATA%` on Windows). A file that cannot be read counts as none: what is in
//! it is replaced by the next answer.

use serde_json::{Map, Value};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the answers of one session are kept.
#[derive(Debug, Clone)]
pub(super) struct Keeper {
    file: Option<PathBuf>,
}

impl Keeper {
    /// For one way through an exercise; without a state folder nothing is kept.
    pub(super) fn new(course: &str, exercise: &str, ways: [Option<&str>; 2]) -> Self {
        let mut name = safe(exercise);
        for way in ways.into_iter().flatten() {
            name.push('+');
            name.push_str(&safe(way));
        }
        Self { file: file(course, &name) }
    }

    /// What was kept, if anything.
    pub(super) fn kept(&self) -> Map<String, Value> {
        let bytes = self.file.as_deref().and_then(|file| std::fs::read(file).ok());
        let kept = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        kept.unwrap_or_default()
    }

    /// Keeps the answers: a whole new file takes the place of the old one. That it cannot be
    /// written must not stop the session.
    pub(super) fn keep(&self, answers: &Map<String, Value>) {
        if let Some(file) = &self.file {
            let _ = write(file, &Value::Object(answers.clone()).to_string());
        }
    }

    /// Where that is, to be told to the learner.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

/// Where the progress in a course's quizzes is kept, unless a file is named; a version that was
/// asked for by its seed has its own. No exercise has such a name: `+` is in none.
pub(super) fn of_quizzes(course: &str, seed: Option<u64>) -> Option<PathBuf> {
    let version = seed.map(|seed| format!("+{seed}")).unwrap_or_default();
    file(course, &format!("+quizzes{version}"))
}

fn file(course: &str, name: &str) -> Option<PathBuf> {
    let folder = state_folder(&|name| std::env::var_os(name).filter(|value| !value.is_empty()));
    folder.map(|it| it.join("kejian").join(safe(course)).join(format!("{name}.json")))
}

/// Writes a file whole or not at all, and its folder where there is none.
pub(super) fn write(file: &Path, kept: &str) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all)?;
    let half = file.with_extension(format!("{}.tmp", std::process::id()));
    let mut out = std::fs::File::create(&half)?;
    out.write_all(kept.as_bytes())?;
    out.sync_all()?;
    std::fs::rename(&half, file)
}

fn state_folder(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let named = ["KEJIAN_STATE", "XDG_STATE_HOME"].into_iter().find_map(variable);
    if let Some(folder) = named {
        return Some(folder.into());
    }
    if cfg!(windows) {
        return variable("LOCALAPPDATA").map(PathBuf::from);
    }
    let home = PathBuf::from(variable("HOME")?);
    let below =
        if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/state" };
    Some(home.join(below))
}

/// An id as part of a file name on any system.
fn safe(id: &str) -> String {
    let safe = |letter: char| {
        let fine = letter.is_alphanumeric() || letter == '-' || letter == '_';
        if fine { letter } else { '_' }
    };
    id.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper { file: Some(folder.path().join("a/b.json")) };
        assert!(keeper.kept().is_empty());
        let answers = json!({"score": {"T01.C1": "5", "甲.total": 3}});
        keeper.keep(answers.as_object().unwrap());
        assert_eq!(Value::Object(keeper.kept()), answers);
        assert_eq!(std::fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
        std::fs::write(keeper.file().unwrap(), "{half").unwrap();
        assert!(keeper.kept().is_empty());
    }

    #[test]
    fn the_state_folder_is_where_people_expect_it() {
        let only = |wanted: &'static str| {
            state_folder(&move |name| (name == wanted).then(|| OsString::from("/there")))
        };
        assert_eq!(only("KEJIAN_STATE"), Some("/there".into()));
        assert_eq!(only("XDG_STATE_HOME"), Some("/there".into()));
        assert_eq!(only("NOTHING"), None);
        if cfg!(target_os = "linux") {
            assert_eq!(only("HOME"), Some("/there/.local/state".into()));
        }
        assert_eq!(safe("../甲 b"), "___甲_b");
    }
}
