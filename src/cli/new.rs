//! `kejian new`.

use super::{Context, Failure, ui};
use crate::course::{FileKind, schema};
use crate::embedded;
use crate::theme::{BASE, Theme};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to make; it must not exist yet, or be empty
    folder: PathBuf,
}

/// Files of a new course and what stands in them.
type Files = [(&'static str, &'static str); 3];

/// The files of a new course in one language.
macro_rules! course {
    ($language:literal) => {
        [
            ("course.yaml", include_str!(concat!("new/", $language, "/course.yaml"))),
            (
                "chapters/01-agenda.yaml",
                include_str!(concat!("new/", $language, "/chapters/01-agenda.yaml")),
            ),
            (
                "practice/agenda.yaml",
                include_str!(concat!("new/", $language, "/practice/agenda.yaml")),
            ),
        ]
    };
}

/// The course in the language of messages.
const COURSES: [(&str, Files); 2] = [("zh-Hans", course!("zh-Hans")), ("en", course!("en"))];

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let folder = &args.folder;
    let shown = folder.display().to_string();
    let refused = |error: &io::Error| {
        Failure(context.say("io", &[("path", &shown), ("reason", &error.to_string())]))
    };
    if !is_free(folder).map_err(|error| refused(&error))? {
        return Err(Failure(context.say("not-empty", &[("folder", &shown)])));
    }
    let language = context.words.language.as_str();
    let (_, files) = COURSES.iter().find(|(name, _)| *name == language).unwrap_or(&COURSES[1]);
    for (path, text) in files {
        put(&folder.join(path), text).map_err(|error| refused(&error))?;
    }
    let themes = embedded::themes();
    let theme = Theme::load(&themes, BASE).map_err(|error| Failure(error.to_string()))?;
    for (name, kind) in [
        ("course", FileKind::Course),
        ("chapter", FileKind::Chapter),
        ("exercise", FileKind::Exercise),
    ] {
        let text = format!("{:#}\n", schema(kind, &theme.layouts));
        let path = folder.join(format!(".schema/{name}.json"));
        put(&path, &text).map_err(|error| refused(&error))?;
    }
    fs::create_dir_all(folder.join("media")).map_err(|error| refused(&error))?;
    let quoted = if shown.contains(' ') { format!("\"{shown}\"") } else { shown };
    ui::out(&format!("{}\n", context.say("made", &[("folder", &quoted)])));
    Ok(ExitCode::SUCCESS)
}

/// Whether nothing is there, or an empty folder.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(error),
    }
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
