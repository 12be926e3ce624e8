//! Does the chapter list name the chapters that are there? Are all files inside the course?

use super::Survey;
use crate::course::inspect::nearest;
use crate::course::load::unreadable;
use crate::course::translate;
use crate::diag::{Diagnostic, Pin};
use crate::source::{Position, RelPath, Span, WorldError};
use std::collections::{BTreeMap, BTreeSet};

/// Folders of the site that chapters cannot have, because they are something else.
const RESERVED: [&str; 5] = ["assets", "practice", "media", "en", "zh-Hans"];

/// Why a chapter that is listed is not there.
fn missing(survey: &Survey<'_>, stem: &str, stems: &BTreeSet<&str>, pin: Pin) -> Diagnostic {
    let error = |code| Diagnostic::error(code, &RelPath::course_file(), pin);
    let several: Vec<&str> = stem
        .split(['，', '、', '；', ';', ' ', '\u{3000}'])
        .filter(|part| !part.is_empty())
        .collect();
    if several.len() > 1 && several.iter().all(|part| stems.contains(part)) {
        let fix = format!("[{}]", several.join(", "));
        return error("list-comma").with("text", stem).with("fix", fix);
    }
    let other = format!("chapters/{stem}.yml");
    if survey.has(&other) {
        let wanted = format!("chapters/{stem}.yaml");
        return error("yml").with("path", other).with("wanted", wanted);
    }
    // `chapters/01-a.yaml` names the file; the list names the chapter.
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let name = name.trim_end_matches(".yaml").trim_end_matches(".yml");
    let name = name.trim_matches(|c| "“”‘’\"'".contains(c));
    if stems.contains(name) {
        return error("chapter-written").with("text", stem).with("fix", name);
    }
    let near = nearest(stem, stems.iter().copied()).unwrap_or_default();
    error("missing-chapter").with("chapter", stem).with("nearest", near)
}

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
            } else if RelPath::new(stem.as_str()).is_none() {
                found.push(Diagnostic::error("path-outside", &course, pin).with("path", stem));
            } else if !stems.contains(stem.as_str()) {
                found.push(missing(survey, stem, &stems, pin));
            }
        }
    }
    // A broken list lists nothing; that is said already.
    if !survey.failed(course.as_str()) {
        let language = &survey.course.language;
        if !translate::is_tag(language) {
            let pin = Pin::Value("language".to_owned());
            let fault = Diagnostic::error("bad-language", &course, pin);
            found.push(fault.with("language", language));
        }
        for stem in stems.iter().filter(|stem| !listed.contains_key(*stem)) {
            if let Some(file) = RelPath::new(format!("chapters/{stem}.yaml")) {
                found.push(
                    Diagnostic::warning("unlisted-chapter", &file, start.clone())
                        .with("chapter", *stem),
                );
            }
        }
    }
    // Nobody looks into a file of another ending.
    for path in survey.files.iter().filter(|path| path.extension() == "yml") {
        let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        if matches!(folder, "chapters" | "practice") && !listed.contains_key(path.stem()) {
            let wanted = format!("{folder}/{}.yaml", path.stem());
            let found_one = Diagnostic::warning("yml", path, start.clone());
            found.push(found_one.with("path", path.as_str()).with("wanted", wanted));
        }
    }
    // Chapters and exercises have been read; the rest goes into the site as it is.
    let rest = |path: &&RelPath| {
        path.as_str().starts_with("media/")
            || matches!(path.as_str(), "media" | "chapters" | "practice")
    };
    for path in survey.files.iter().filter(rest) {
        match survey.world.probe(path) {
            Ok(()) | Err(WorldError::Missing) => {}
            Err(error) => found.push(unreadable(path, &error)),
        }
    }
}
