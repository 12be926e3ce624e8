//! `kejian quiz`.

use super::{Context, Failure, Format, learn};
use crate::terminal::{self, Prompts, Stop, Trouble, quiz};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(allow_missing_positional = true)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// The chapter: its number or the name of its file
    chapter: String,
    /// Grade the answers in this JSON file ({"question id": answer, …}) instead of asking
    #[arg(long, value_name = "FILE.json")]
    answers: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Another number gives another order of options
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let course = match learn::course(context, args.course.as_deref())? {
        Ok(course) => course,
        Err(code) => return Ok(code),
    };
    let words = &context.words;
    let Some(chapter) = quiz::chapter(&course, &args.chapter) else {
        let known: Vec<&str> = course.chapters.iter().map(|one| one.stem.as_str()).collect();
        let known = known.join("、");
        let args = [("name", args.chapter.as_str()), ("known", known.as_str())];
        return Err(Failure(words.say("terminal.unknown-chapter", &args)));
    };
    let figures = |path: &str, decimals: Option<u8>| learn::figure(&course, path, decimals);
    let mut out = std::io::stdout();
    let format = match args.format {
        Format::Text => terminal::Format::Text,
        Format::Json => terminal::Format::Json,
    };
    let result: Result<(), Trouble> = if let Some(file) = &args.answers {
        let answers = learn::answers(context, file)?;
        quiz::grade(&course, chapter, &answers, &figures).map_err(Trouble::from).and_then(
            |report| Ok(quiz::write(chapter, &report, format, &figures, words, &mut out)?),
        )
    } else if !std::io::stdin().is_terminal() {
        Err(Stop::NoTerminal.into())
    } else if format == terminal::Format::Json {
        // What is asked goes to standard error, so that the object stands alone on standard output.
        let mut talk = std::io::stderr();
        quiz::ask(&course, chapter, args.seed, &figures, words, &mut Prompts, &mut talk).and_then(
            |report| Ok(quiz::write(chapter, &report, format, &figures, words, &mut out)?),
        )
    } else {
        quiz::ask(&course, chapter, args.seed, &figures, words, &mut Prompts, &mut out).map(|_| ())
    };
    result.map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS))
}
