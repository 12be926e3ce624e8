//! `kejian practice`.

use super::keep::Keeper;
use super::{Context, Failure, learn, ui};
use crate::course::Course;
use crate::markdown;
use crate::terminal::practice::{self, Task};
use crate::terminal::{self, GuidedPrompts, Screen, Stop, Trouble};
use clap::ValueEnum;
use kejian_engine::TextRole;
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_HELP)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// The exercise: the name of its file. Without it, the exercises are listed
    exercise: Option<String>,
    /// Grade the answers in this JSON file ({"stage": {"cell": value}}) instead of asking
    #[arg(long, value_name = "FILE.json", conflicts_with = "worked")]
    answers: Option<PathBuf>,
    /// Print the solution, step by step
    #[arg(long)]
    worked: bool,
    /// How much is shown worked. Without it, everything is asked
    #[arg(long, value_enum, value_name = "LEVEL")]
    level: Option<Level>,
    /// Work on this variant of the exercise
    #[arg(long, value_name = "ID")]
    variant: Option<String>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = super::Format::Text)]
    format: super::Format,
}

const AFTER_HELP: &str = "\
Esc opens a menu at any question: a hint, the rules, pass, stop. Several numbers in a row may be
typed on one line, with spaces. Every answer is kept at once (below KEJIAN_STATE, XDG_STATE_HOME or
~/.local/state, in kejian/<course>/), and the next session offers to go on from there.

Examples:
  kejian practice                          lists the exercises
  kejian practice screening                asks how to work, then works
  kejian practice screening --worked       the solution, step by step
  kejian practice screening --level solo --answers mine.json --format json";

/// How much of an exercise is shown worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Every step and reason is shown
    Show,
    /// The last steps are asked
    Complete,
    /// All is asked, of rows not shown before
    Solo,
    /// Mixed with other exercises
    Mix,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Complete => "complete",
            Self::Solo => "solo",
            Self::Mix => "mix",
        }
    }
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let (folder, exercise) = wanted(args);
    let course = match learn::course(context, folder)? {
        Ok(course) => course,
        Err(code) => return Ok(code),
    };
    let words = &context.words;
    let Some(exercise) = exercise else { return catalogue(args, context, &course) };
    let Some(found) = course.exercises.get(exercise) else {
        let known: Vec<&str> = course.exercises.keys().map(String::as_str).collect();
        let known = known.join("、");
        let args = [("name", exercise), ("known", known.as_str())];
        return Err(Failure(words.say("terminal.unknown-exercise", &args)));
    };
    let mut exercise = found.exercise.clone();
    exercise.visit_texts(&mut |role, text| {
        let figures = |path: &str, decimals: Option<u8>| learn::figure(&course, path, decimals);
        let figured = markdown::substitute(text, &figures).into_owned();
        *text = if role == TextRole::Plain { figured } else { markdown::plain(&figured) };
    });
    let exercise = serde_json::to_value(&exercise).map_err(|error| Failure(error.to_string()))?;
    let task = Task {
        id: &found.id,
        exercise: &exercise,
        variant: args.variant.as_deref(),
        level: args.level.map(Level::name),
    };
    let result = work(args, context, &course, &task)?;
    result.map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS))
}

/// The folder and the exercise. A single argument is the exercise, unless it is a course's folder.
fn wanted(args: &Args) -> (Option<&Path>, Option<&str>) {
    match (&args.course, &args.exercise) {
        (Some(only), None) if only.join("course.yaml").is_file() => (Some(only), None),
        (Some(only), None) => (None, only.to_str()),
        (course, exercise) => (course.as_deref(), exercise.as_deref()),
    }
}

/// Lists the exercises of the course.
fn catalogue(args: &Args, context: &Context, course: &Course) -> Result<ExitCode, Failure> {
    let mut entries = Vec::new();
    for (id, found) in &course.exercises {
        let exercise = &found.exercise;
        let variants = exercise.variants().into_iter();
        let variants: Vec<Value> = variants
            .map(|(id, title)| json!({"id": id, "title": markdown::plain(title)}))
            .collect();
        let title = markdown::plain(&exercise.title);
        let stages = exercise.stage_ids();
        entries.push(json!({"id": id, "title": title, "stages": stages, "variants": variants}));
    }
    if args.format == super::Format::Json {
        ui::out(&format!("{}\n", json!({ "exercises": entries })));
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = std::io::stdout();
    let written =
        practice::write_catalogue(&entries, &context.words, &mut screen(&mut out, Aside::No));
    let result = written.map_err(Trouble::from);
    result.map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS))
}

/// Whether a screen is standard error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    Yes,
    No,
}

/// The terminal behind a stream, with its width and colour; plain where there is none.
fn screen(out: &mut dyn Write, aside: Aside) -> Screen<'_> {
    let terminal = match aside {
        Aside::Yes => std::io::stderr().is_terminal(),
        Aside::No => std::io::stdout().is_terminal(),
    };
    if !terminal {
        return Screen::plain(out);
    }
    Screen::new(out, std::env::var_os("NO_COLOR").is_none(), ui::width())
}

fn work(
    args: &Args,
    context: &Context,
    course: &Course,
    task: &Task<'_>,
) -> Result<Result<(), Trouble>, Failure> {
    let words = &context.words;
    let format = match args.format {
        super::Format::Text => terminal::Format::Text,
        super::Format::Json => terminal::Format::Json,
    };
    let mut out = std::io::stdout();
    Ok(if args.worked {
        practice::worked(task).map_err(Trouble::from).and_then(|worked| {
            practice::write_worked(task, &worked, format, words, &mut screen(&mut out, Aside::No))
        })
    } else if let Some(file) = &args.answers {
        let answers = learn::answers(context, file)?;
        practice::grade(task, &answers).map_err(Trouble::from).and_then(|verdict| {
            practice::write_verdict(task, &verdict, format, words, &mut screen(&mut out, Aside::No))
        })
    } else if !std::io::stdin().is_terminal() {
        Err(Stop::NoTerminal.into())
    } else if format == terminal::Format::Json {
        let mut talk = std::io::stderr();
        session(args, context, course, task, &mut screen(&mut talk, Aside::Yes))
            .and_then(|verdict| Ok(writeln!(out, "{verdict}")?))
    } else {
        session(args, context, course, task, &mut screen(&mut out, Aside::No)).map(|_| ())
    })
}

/// Asks how to work, goes on from kept answers, and keeps each new one.
fn session(
    args: &Args,
    context: &Context,
    course: &Course,
    task: &Task<'_>,
    screen: &mut Screen<'_>,
) -> Result<Value, Trouble> {
    let words = &context.words;
    let mut prompts = GuidedPrompts::new(words.word("terminal.practice.help"));
    let choice = if args.level.is_none() && args.variant.is_none() {
        practice::choose(task, words, &mut prompts)?
    } else {
        practice::Choice {
            level: task.level.map(str::to_owned),
            variant: task.variant.map(str::to_owned),
        }
    };
    let (level, variant) = (choice.level.as_deref(), choice.variant.as_deref());
    let task = Task { level, variant, ..*task };
    let keeper = Keeper::new(&course.id, task.id, [level, variant]);
    let verdict = practice::ask(
        &task,
        keeper.kept(),
        &mut |answers| keeper.keep(answers),
        words,
        &mut prompts,
        screen,
    )?;
    if let Some(file) = keeper.file() {
        let shown = file.display().to_string();
        ui::note(&format!("{}\n", words.say("terminal.practice.kept-in", &[("file", &shown)])));
    }
    Ok(verdict)
}
