//! Exercises in the terminal: worked by scripted learners, in a pseudo-terminal, from files.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod english;
mod learner;
mod own;
mod parameters;
#[cfg(unix)]
mod pseudo;
mod scripted;

use kejian::course::{self, Course};
use kejian::source::Disk;
use kejian::theme::{BASE, Theme, Words};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The course of this repository.
fn course_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn course() -> Course {
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, BASE).unwrap();
    let (course, found) = course::load(&Disk::new(course_folder()), &theme.layouts);
    course.unwrap_or_else(|| panic!("{found:?}"))
}

fn words(language: &str) -> Words {
    Words::load(&kejian::embedded::themes(), &["base"], language).unwrap()
}

/// An exercise with its texts plain, as the command hands it over.
fn plain_exercise(course: &Course, id: &str) -> Value {
    let mut exercise = course.exercises[id].exercise.clone();
    exercise.visit_texts(&mut |role, text| {
        if role != kejian_engine::TextRole::Plain {
            *text = kejian::markdown::plain(text);
        }
    });
    serde_json::to_value(&exercise).unwrap()
}
