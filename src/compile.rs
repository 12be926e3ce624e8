//! One pure function from a world of files to a site and what is to be said about it.

use crate::course::{self, Aspect, Course};
use crate::diag::{Diagnostic, Pin, Severity};
use crate::render::{self, Job, Linking};
use crate::site::Site;
use crate::source::{RelPath, World};
use crate::theme::{self, Theme, ThemeError};

/// What to compile and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Theme folder's name; `None` = what `course.yaml` says, else `base`.
    pub theme: Option<String>,
    /// One self-contained file per deck, quiz and exercise.
    pub single_file: bool,
    /// Shape of the slides, whatever `course.yaml` says.
    pub aspect: Option<Aspect>,
}

/// What a compile gives: a site when there was no error, and every finding in any case.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The site, unless the course has errors.
    pub site: Option<Site>,
    /// Findings, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles the course in `course` with the themes in `themes` (folders by name, `base` among
/// them). Same input, same bytes, on every machine.
pub fn compile(course: &dyn World, themes: &dyn World, options: &Options) -> Outcome {
    let theme = match theme_of(course, themes, options) {
        Ok(theme) => theme,
        Err(error) => return Outcome { site: None, diagnostics: vec![in_course_file(&error)] },
    };
    let (loaded, mut diagnostics) = course::load(course, &theme.layouts);
    let broken = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    let site = loaded.filter(|_| !broken).and_then(|mut loaded| {
        loaded.aspect = options.aspect.unwrap_or(loaded.aspect);
        draw(&loaded, course, &theme, options)
            .map_err(|error| diagnostics.push(in_course_file(&error)))
            .ok()
    });
    Outcome { site, diagnostics }
}

/// Checks the course without drawing it.
pub fn check(course: &dyn World, themes: &dyn World, options: &Options) -> Vec<Diagnostic> {
    match theme_of(course, themes, options) {
        Ok(theme) => course::load(course, &theme.layouts).1,
        Err(error) => vec![in_course_file(&error)],
    }
}

fn draw(
    loaded: &Course,
    files: &dyn World,
    theme: &Theme<'_>,
    options: &Options,
) -> Result<Site, ThemeError> {
    let words = theme.words(&loaded.language)?;
    let linking = if options.single_file { Linking::Single } else { Linking::Shared };
    let job = Job { course: loaded, theme, words: &words, linking };
    render::render(&job, files)
}

/// The theme asked for: by the options, else by `course.yaml`, else `base`. A `course.yaml` that
/// cannot be read asks for nothing here; [`course::load`] says what is wrong with it.
pub fn theme_of<'w>(
    course: &dyn World,
    themes: &'w dyn World,
    options: &Options,
) -> Result<Theme<'w>, ThemeError> {
    #[derive(serde::Deserialize)]
    struct Wish {
        theme: Option<String>,
    }
    let wish = || {
        let bytes = course.read(&RelPath::course_file()).ok()?;
        // The loader's limits come first; what is too large or too deep is not looked at here.
        let text = std::str::from_utf8(&bytes).ok().filter(|text| text.len() < 20_000)?;
        let line = text.lines().find(|line| line.starts_with("theme:"))?;
        serde_yaml::from_str::<Wish>(line).ok()?.theme
    };
    let name = options.theme.clone().or_else(wish).unwrap_or_else(|| theme::BASE.to_owned());
    Theme::load(themes, &name)
}

fn in_course_file(error: &ThemeError) -> Diagnostic {
    Diagnostic::error("theme", &RelPath::course_file(), Pin::File).with("error", &error.0)
}
