//! What `quiz` and `practice` share: the course to learn from, answers from a file, figures.

use super::ui::Stream;
use super::{Context, Failure, ui};
use crate::course::{self, Course};
use crate::diag::Severity;
use crate::source::World;
use crate::terminal::{Screen, Stop, Trouble, say};
use crate::theme::{BASE, Theme, Words};
use serde_json::{Map, Value};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// The course asked for, or the code to end with after its faults were reported.
pub(super) fn course(
    context: &Context,
    given: Option<&Path>,
) -> Result<Result<Course, ExitCode>, Failure> {
    let source = context.course(given)?;
    let (themes, _) = Context::themes(None)?;
    let theme = Theme::load(&themes, BASE).map_err(|error| Failure(error.to_string()))?;
    let (course, found) = course::load(source.world.as_ref(), &theme.layouts);
    let broken = found.iter().any(|finding| finding.severity == Severity::Error);
    match course {
        Some(course) if !broken => {
            Ok(Ok(translated(context, source.world.as_ref(), &theme, course)))
        }
        _ => Ok(Err(context.report(found, source.world.as_ref(), super::Format::Text, false))),
    }
}

/// The course in the language of the messages, when it has a translation into that. What a
/// translation lacks is the matter of `check`, not of those who learn.
fn translated(context: &Context, world: &dyn World, theme: &Theme<'_>, course: Course) -> Course {
    let spoken = |tag: &str| Words::nearest_language(tag) == context.words.language;
    let same = |tag: &str| tag.split('-').next() == context.words.language.split('-').next();
    if spoken(&course.language) && same(&course.language) {
        return course;
    }
    let (languages, _) = course::translate::load(world, &theme.layouts, &course);
    languages.into_iter().find(|one| same(&one.language)).unwrap_or(course)
}

/// The JSON object in the file of answers.
pub(super) fn answers(context: &Context, file: &Path) -> Result<Map<String, Value>, Failure> {
    let shown = file.display().to_string();
    let unreadable = |detail: String| {
        let args = [("file", shown.as_str()), ("detail", detail.as_str())];
        Failure(context.words.say("terminal.answers-unreadable", &args))
    };
    let bytes = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
    match serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))? {
        Value::Object(answers) => Ok(answers),
        _ => Err(Failure(context.words.say("terminal.answers-not-object", &[("file", &shown)]))),
    }
}

/// The terminal behind a stream, with its width and colour; plain where there is none.
pub(super) fn screen(out: &mut dyn Write, stream: Stream) -> Screen<'_> {
    let terminal = match stream {
        Stream::Output => io::stdout().is_terminal(),
        Stream::Error => io::stderr().is_terminal(),
    };
    if !terminal {
        return Screen::plain(out);
    }
    Screen::new(out, std::env::var_os("NO_COLOR").is_none(), ui::width(stream))
}

/// Ends a session that did not come to its end.
pub(super) fn trouble(context: &Context, trouble: Trouble) -> Result<ExitCode, Failure> {
    match trouble {
        Trouble::Stopped(Stop::NoTerminal) => {
            Err(Failure(context.words.word("terminal.no-terminal")))
        }
        Trouble::Stopped(Stop::Left) => {
            ui::say(&context.words.word("terminal.stopped"), "");
            Ok(ExitCode::SUCCESS)
        }
        Trouble::Refused(message) => Err(Failure(say(&context.words, &message))),
        Trouble::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            Ok(ExitCode::SUCCESS)
        }
        Trouble::Output(error) => Err(Failure(error.to_string())),
    }
}
