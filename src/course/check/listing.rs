//! Does the chapter list name the chapters that are there? Are all files inside the course?

use super::Survey;
use crate::course::inspect::nearest;
use crate::course::load::unreadable;
use crate::diag::{Diagnostic, Pin};
use crate::source::{Position, RelPath, Span, WorldError};
use std::collections::{BTreeMap, BTreeSet};

/// Folders of the site that chapters cannot have, because they are something else.
const RESERVED: [&str; 5] = ["assets", "practice", "media", "en", "zh-Hans"];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let Some(course) = RelPath::new("course.yaml") else { return };
    let start = Pin::At(Span::run(Position { line: 1, column: 1 }, 1));
    let stems: BTreeSet<&str> = survey
        .files
        .iter()
        .filter(|path| path.as_str().starts_with("chapters/") && path.extension() == "yaml")
        .filter(|path| path.as_str().matches('/').count() == 1)
        .map(RelPath::stem)
        .collect();
    let mut listed: BTreeMap<&str, String> = BTreeMap::new();
    for (p, part) in survey.course.parts.iter().enumerate() {
        for (c, stem) in part.chapters.iter().enumerate() {
            let path = format!("parts[{p}].chapters[{c}]");
            let pin = Pin::Value(path.clone());
            if listed.insert(stem, path).is_some() {
                found.push(
                    Diagnostic::error("chapter-listed-twice", &course, pin).with("chapter", stem),
                );
            } else if RESERVED.contains(&stem.as_str()) {
                found.push(Diagnostic::error("reserved-name", &course, pin).with("name", stem));
            } else if RelPath::new(stem.as_str()).is_none() || stem.contains('/') {
                found.push(Diagnostic::error("path-outside", &course, pin).with("path", stem));
            } else if !stems.contains(stem.as_str()) {
                let near = nearest(stem, stems.iter().copied()).unwrap_or_default();
                found.push(
                    Diagnostic::error("missing-chapter", &course, pin)
                        .with("chapter", stem)
                        .with("nearest", near),
                );
            }
        }
    }
    // A broken list lists nothing; that is said already.
    if !survey.failed(course.as_str()) {
        for stem in stems.iter().filter(|stem| !listed.contains_key(*stem)) {
            if let Some(file) = RelPath::new(format!("chapters/{stem}.yaml")) {
                found.push(
                    Diagnostic::warning("unlisted-chapter", &file, start.clone())
                        .with("chapter", *stem),
                );
            }
        }
    }
    // Chapters and exercises have been read; the rest goes into the site as it is.
    let rest = |path: &&RelPath| {
        path.as_str().starts_with("media/")
            || matches!(path.as_str(), "media" | "chapters" | "practice")
    };
    for path in survey.files.iter().filter(rest) {
        if let Err(error @ (WorldError::Outside | WorldError::TooLarge(_) | WorldError::Io(_))) =
            survey.world.probe(path)
        {
            found.push(unreadable(path, &error));
        }
    }
}
