//! Pictures and other files that slides show are files of the course.

use super::Survey;
use crate::course::inspect::nearest;
use crate::diag::{Diagnostic, Pin};
use crate::markdown::{ReferenceKind, Target, target};
use crate::source::RelPath;
use crate::theme::SlotKind;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for image in survey.references(ReferenceKind::Image) {
        look(survey, &image.file, image.pin(), &image.reference.target, found);
    }
    for slot in &survey.filled {
        let (path, value) = match slot.kind {
            SlotKind::Media => (slot.path(), Some(slot.value)),
            SlotKind::Figure => (format!("{}.svg", slot.path()), slot.value.get("svg")),
            _ => continue,
        };
        if let Some(file) = value.and_then(|value| value.as_str()) {
            look(survey, slot.file, Pin::Value(path), file, found);
        }
    }
    if let (Some(logo), Some(course)) = (&survey.course.logo, RelPath::new("course.yaml")) {
        look(survey, &course, Pin::Value("logo".into()), logo.as_str(), found);
    }
}

fn look(survey: &Survey<'_>, file: &RelPath, pin: Pin, written: &str, found: &mut Vec<Diagnostic>) {
    let error = |code| Diagnostic::error(code, file, pin).with("path", written);
    match target(written) {
        // A page makes no external request, ever.
        Target::External => found.push(error("external-picture")),
        // `C:\pictures\a.png`
        Target::Unsafe(drive) if drive.len() == 1 => {
            found.push(error("path-outside").with("nearest", by_name(survey, written)));
        }
        Target::Unsafe(scheme) => {
            let near = if scheme == "file" { by_name(survey, written) } else { String::new() };
            found.push(
                error("picture-scheme")
                    .with("path", shortened(written))
                    .with("scheme", scheme)
                    .with("nearest", near),
            );
        }
        Target::Fragment(_) => found.push(error("missing-file").with("nearest", "")),
        Target::File(path, _) => match RelPath::new(path.as_str()) {
            None => {
                let inside = from_chapters(&path);
                let code = if inside.is_some() { "path-written" } else { "path-outside" };
                let near = inside.filter(|path| survey.has(path));
                let near = near.unwrap_or_else(|| by_name(survey, &path));
                found.push(error(code).with("nearest", near));
            }
            Some(path) if survey.files.contains(&path) => {}
            Some(path) => {
                let media = survey.course.media.iter().map(RelPath::as_str);
                let near = nearest(path.as_str(), media).map(str::to_owned);
                let near = near.unwrap_or_else(|| by_name(survey, path.as_str()));
                found.push(error("missing-file").with("nearest", near));
            }
        },
    }
}

/// A `data:` address may be the whole picture.
fn shortened(address: &str) -> String {
    match address.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &address[..cut]),
        None => address.to_owned(),
    }
}

/// What `path` means seen from the folder of the chapters, if that is in the course.
fn from_chapters(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let climbs = path.starts_with("../") || path.contains("/../");
    let folder = if climbs { "chapters/" } else { "" };
    super::links::resolve(folder, &path).filter(|path| !path.is_empty())
}

/// A file of the course called as the last part of `path`, whatever its folder and case.
fn by_name(survey: &Survey<'_>, path: &str) -> String {
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let same = survey.course.media.iter().find(|file| name(file.as_str()) == name(path));
    same.map(ToString::to_string).unwrap_or_default()
}
