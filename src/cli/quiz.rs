//! `kejian quiz`.

use super::ui::Stream;
use super::{Context, Failure, Format, keep, learn, ui};
use crate::terminal::quiz::Place;
use crate::terminal::{self, Prompts, Stop, Trouble, quiz, say};
use serde_json::Value;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The chapter: its number or the name of its file; a folder before it names the course.
    /// Default: this folder, ./content, or the course that comes with kejian. Without a chapter
    /// its chapters are listed
    #[arg(value_name = "[COURSE] CHAPTER", num_args = 0..=2)]
    what: Vec<String>,
    /// Grade the answers in this JSON file ({"question id": answer, …}) instead of asking
    #[arg(long, value_name = "FILE.json")]
    answers: Option<PathBuf>,
    /// Keep what you answer in this file and go on with it next time; pages load it, too. Default:
    /// a file where the answers to exercises are kept, one for all quizzes of the course
    #[arg(long, value_name = "FILE.json", conflicts_with = "answers")]
    progress: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same number gives the same questions in the same order, here and in the pages
    #[arg(long)]
    seed: Option<u64>,
}

impl Args {
    /// The course's folder and the chapter. One word is a folder only if a course lies in it.
    fn split(&self) -> (Option<&Path>, Option<&str>) {
        match self.what.as_slice() {
            [] => (None, None),
            [one] if Path::new(one).join("course.yaml").is_file() => (Some(Path::new(one)), None),
            [one] => (None, Some(one)),
            [course, chapter, ..] => (Some(Path::new(course)), Some(chapter)),
        }
    }
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let (folder, name) = args.split();
    let course = match learn::course(context, folder)? {
        Ok(course) => course,
        Err(code) => return Ok(code),
    };
    let words = &context.words;
    let Some(name) = name else {
        let mut out = io::stdout();
        let mut screen = learn::screen(&mut out, Stream::Output);
        let written = quiz::write_catalogue(&course, words, &mut screen).map_err(Trouble::from);
        return written
            .map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS));
    };
    let Some(chapter) = quiz::chapter(&course, name) else {
        let known = course.chapters.iter().map(|one| one.stem.clone());
        let known = terminal::several(words, known);
        let args = [("name", name), ("known", known.as_str())];
        return Err(Failure(words.say("terminal.unknown-chapter", &args)));
    };
    let figures = |path: &str, decimals: Option<u8>| course.figure(path, decimals).ok();
    let mut out = io::stdout();
    let format = match args.format {
        Format::Text => terminal::Format::Text,
        Format::Json => terminal::Format::Json,
    };
    let result: Result<(), Trouble> = if let Some(file) = &args.answers {
        let answers = learn::answers(context, file)?;
        quiz::grade(&course, chapter, args.seed.unwrap_or(1), &answers, &figures)
            .map_err(Trouble::from)
            .and_then(|(report, items)| {
                Ok(quiz::write(
                    &report,
                    &items,
                    format,
                    words,
                    &mut learn::screen(&mut out, Stream::Output),
                )?)
            })
    } else if !io::stdin().is_terminal() {
        Err(Stop::NoTerminal.into())
    } else {
        let named = args.progress.is_some();
        let file = args.progress.clone().or_else(|| keep::of_quizzes(&course.id, args.seed));
        let progress = match &file {
            Some(file) => kept(file, named, context)?,
            None => Value::Null,
        };
        let mut keep = |progress: &Value| match &file {
            Some(file) => match keep::write(file, &format!("{progress:#}\n")) {
                // That nothing can be kept where nobody asked for it must not stop the quiz.
                Err(error) if named => Err(error),
                _ => Ok(()),
            },
            None => Ok(()),
        };
        // What is asked goes to standard error where an object is due on standard output.
        let (mut aside, mut plain) = (io::stderr(), io::stdout());
        let json = format == terminal::Format::Json;
        let screen = if json {
            learn::screen(&mut aside, Stream::Error)
        } else {
            learn::screen(&mut plain, Stream::Output)
        };
        let mut prompts = Prompts::new(words);
        let mut place = Place { words, ask: &mut prompts, screen, keep: &mut keep };
        let seed = args.seed.unwrap_or(1);
        let report = quiz::ask(&course, chapter, seed, &figures, progress, &mut place);
        if let (Ok(_), Some(file)) = (&report, &file) {
            let shown = file.display().to_string();
            ui::say(&words.say("terminal.practice.kept-in", &[("file", &shown)]), "");
        }
        report.and_then(|report| if json { Ok(writeln!(out, "{report}")?) } else { Ok(()) })
    };
    result.map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS))
}

/// The progress in a file, which need not be there yet; what cannot be read is named. A file that
/// nobody named is none when it cannot be read at all.
fn kept(file: &Path, named: bool, context: &Context) -> Result<Value, Failure> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound || !named => return Ok(Value::Null),
        Err(error) => {
            let (file, detail) = (file.display().to_string(), error.to_string());
            let args = [("file", file.as_str()), ("detail", detail.as_str())];
            return Err(Failure(context.words.say("terminal.answers-unreadable", &args)));
        }
    };
    let (progress, dropped) = match terminal::read_progress(&text) {
        Ok(read) => read,
        Err(message) if named => return Err(Failure(say(&context.words, &message))),
        Err(message) => (Value::Null, vec![message]),
    };
    for message in &dropped {
        ui::say(&say(&context.words, message), "");
    }
    if !dropped.is_empty() {
        // The damaged file stays beside the new one: it may still be of use to someone.
        let _ = std::fs::copy(file, file.with_extension("damaged.json"));
    }
    Ok(progress)
}
