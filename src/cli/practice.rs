//! `kejian practice`.

use super::{Context, Failure, Format, learn};
use crate::markdown;
use crate::terminal::practice::{self, Task};
use crate::terminal::{self, Prompts, Stop, Trouble};
use kejian_engine::TextRole;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(allow_missing_positional = true)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// The exercise: the name of its file
    exercise: String,
    /// Grade the answers in this JSON file ({"stage": {"cell": value}}) instead of asking
    #[arg(long, value_name = "FILE.json", conflicts_with = "worked")]
    answers: Option<PathBuf>,
    /// Print the solution, step by step
    #[arg(long)]
    worked: bool,
    /// Work on this variant of the exercise
    #[arg(long, value_name = "ID")]
    variant: Option<String>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let course = match learn::course(context, args.course.as_deref())? {
        Ok(course) => course,
        Err(code) => return Ok(code),
    };
    let words = &context.words;
    let Some(found) = course.exercises.get(&args.exercise) else {
        let known: Vec<&str> = course.exercises.keys().map(String::as_str).collect();
        let known = known.join("、");
        let args = [("name", args.exercise.as_str()), ("known", known.as_str())];
        return Err(Failure(words.say("terminal.unknown-exercise", &args)));
    };
    let mut exercise = found.exercise.clone();
    exercise.visit_texts(&mut |role, text| {
        let figures = |path: &str, decimals: Option<u8>| learn::figure(&course, path, decimals);
        let figured = markdown::substitute(text, &figures).into_owned();
        *text = if role == TextRole::Plain { figured } else { markdown::plain(&figured) };
    });
    let exercise = serde_json::to_value(&exercise).map_err(|error| Failure(error.to_string()))?;
    let task = Task { id: &found.id, exercise: &exercise, variant: args.variant.as_deref() };
    let result = work(args, context, &task)?;
    result.map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS))
}

fn work(args: &Args, context: &Context, task: &Task<'_>) -> Result<Result<(), Trouble>, Failure> {
    let words = &context.words;
    let format = match args.format {
        Format::Text => terminal::Format::Text,
        Format::Json => terminal::Format::Json,
    };
    let mut out = std::io::stdout();
    Ok(if args.worked {
        practice::worked(task)
            .map_err(Trouble::from)
            .and_then(|worked| Ok(practice::write_worked(&worked, format, words, &mut out)?))
    } else if let Some(file) = &args.answers {
        let answers = learn::answers(context, file)?;
        practice::grade(task, &answers)
            .map_err(Trouble::from)
            .and_then(|verdict| practice::write_verdict(task, &verdict, format, words, &mut out))
    } else if !std::io::stdin().is_terminal() {
        Err(Stop::NoTerminal.into())
    } else if format == terminal::Format::Json {
        let mut talk = std::io::stderr();
        practice::ask(task, words, &mut Prompts, &mut talk)
            .and_then(|verdict| practice::write_verdict(task, &verdict, format, words, &mut out))
    } else {
        practice::ask(task, words, &mut Prompts, &mut out).map(|_| ())
    })
}
