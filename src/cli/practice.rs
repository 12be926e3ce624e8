//! `kejian practice`.

use super::keep::Keeper;
use super::learn;
use super::ui::Stream;
use super::{Context, Failure, ui};
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
    /// Work out this table of your own, a CSV file in UTF-8 or GB18030
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["worked", "level", "variant"])]
    data: Option<PathBuf>,
    /// Print an empty table (CSV) for data of your own
    #[arg(long, conflicts_with_all = ["worked", "level", "variant", "data", "answers"])]
    template: bool,
    /// Work on this variant of the exercise
    #[arg(long, value_name = "ID")]
    variant: Option<String>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets: with --data
    Csv,
}

const AFTER_HELP: &str = "\
Esc opens a menu at any question: a hint, the rules, pass, stop. Several numbers in a row may be
typed on one line, with spaces. Every answer is kept at once (below KEJIAN_STATE, XDG_STATE_HOME or
~/.local/state, in kejian/<course>/), and the next session offers to go on from there.

Examples:
  kejian practice                          lists the exercises
  kejian practice screening                asks how to work, then works
  kejian practice screening --worked       the solution, step by step
  kejian practice screening --template > customers.csv
  kejian practice screening --data customers.csv --format csv
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
        let known = terminal::several(words, course.exercises.keys().cloned());
        let args = [("name", exercise), ("known", known.as_str())];
        return Err(Failure(words.say("terminal.unknown-exercise", &args)));
    };
    let mut exercise = found.exercise.clone();
    exercise.visit_texts(&mut |role, text| {
        let figures = |path: &str, decimals: Option<u8>| course.figure(path, decimals).ok();
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
    if args.template {
        let mut out = std::io::stdout();
        let written = practice::write_template(&task, words, &mut Screen::plain(&mut out));
        return written
            .map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS));
    }
    if let Some(file) = &args.data {
        return own(args, context, &task, file);
    }
    if args.format == Format::Csv {
        return Err(Failure(words.word("terminal.practice.csv-needs-data")));
    }
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
    if args.format == Format::Json {
        ui::out(&format!("{}\n", json!({ "exercises": entries })));
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = std::io::stdout();
    let written = practice::write_catalogue(
        &entries,
        &context.words,
        &mut learn::screen(&mut out, Stream::Output),
    );
    let result = written.map_err(Trouble::from);
    result.map_or_else(|stop| learn::trouble(context, stop), |()| Ok(ExitCode::SUCCESS))
}

/// Works out a table of the learner's own. Cells that cannot be read are named and unknown.
fn own(args: &Args, context: &Context, task: &Task<'_>, file: &Path) -> Result<ExitCode, Failure> {
    let words = &context.words;
    let shown = file.display().to_string();
    let unreadable = |detail: &str| {
        Failure(words.say(
            "terminal.practice.data-unreadable",
            &[("file", shown.as_str()), ("detail", detail)],
        ))
    };
    let bytes = std::fs::read(file).map_err(|error| unreadable(&error.to_string()))?;
    let csv = decoded(&bytes)
        .ok_or_else(|| unreadable(&words.word("terminal.practice.data-encoding")))?;
    let mut answers = match &args.answers {
        Some(file) => learn::answers(context, file)?,
        None => serde_json::Map::new(),
    };
    let format = match args.format {
        Format::Text => practice::OwnFormat::Text,
        Format::Json => practice::OwnFormat::Json,
        Format::Csv => practice::OwnFormat::Csv,
    };
    let work = |answers: &serde_json::Map<String, Value>| {
        practice::own(task, &csv, answers).map_err(Trouble::Refused)
    };
    let mut result = match work(&answers) {
        Ok(result) => result,
        Err(trouble) => return learn::trouble(context, trouble),
    };
    // What is to be judged is asked of whoever is there, before anything is worked out with it.
    if practice::wants_judgement(&result, &answers)
        && args.answers.is_none()
        && std::io::stdin().is_terminal()
    {
        let mut talk = std::io::stderr();
        let mut prompts = GuidedPrompts::new(words, &words.word("terminal.practice.judge-help"));
        let mut screen = learn::screen(&mut talk, Stream::Error);
        let judged = practice::judge(&result, &mut answers, words, &mut prompts, &mut screen);
        match judged.and_then(|()| work(&answers)) {
            Ok(judged) => result = judged,
            Err(trouble) => return learn::trouble(context, trouble),
        }
    }
    for finding in practice::findings(&result, words) {
        ui::say(&format!("{shown}: {finding}"), "  ");
    }
    if result.get("rows").and_then(Value::as_u64).unwrap_or(0) == 0 {
        return Err(Failure(words.word("terminal.practice.data-no-rows")));
    }
    let mut out = std::io::stdout();
    let written =
        practice::write_own(&result, format, words, &mut learn::screen(&mut out, Stream::Output));
    written.map_or_else(|trouble| learn::trouble(context, trouble), |()| Ok(ExitCode::SUCCESS))
}

/// The text of a table: by its byte order mark, else UTF-8, else GB18030, which spreadsheets in
/// China save.
fn decoded(bytes: &[u8]) -> Option<String> {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::GB18030,
    };
    let (text, _, damaged) = encoding.decode(bytes);
    (!damaged).then(|| text.into_owned())
}

fn work(
    args: &Args,
    context: &Context,
    course: &Course,
    task: &Task<'_>,
) -> Result<Result<(), Trouble>, Failure> {
    let words = &context.words;
    let format = match args.format {
        Format::Json => terminal::Format::Json,
        _ => terminal::Format::Text,
    };
    let mut out = std::io::stdout();
    Ok(if args.worked {
        practice::worked(task).map_err(Trouble::from).and_then(|worked| {
            practice::write_worked(
                task,
                &worked,
                format,
                words,
                &mut learn::screen(&mut out, Stream::Output),
            )
        })
    } else if let Some(file) = &args.answers {
        let answers = learn::answers(context, file)?;
        practice::grade(task, &answers).map_err(Trouble::from).and_then(|verdict| {
            practice::write_verdict(
                task,
                &verdict,
                format,
                words,
                &mut learn::screen(&mut out, Stream::Output),
            )
        })
    } else if !std::io::stdin().is_terminal() {
        Err(Stop::NoTerminal.into())
    } else if format == terminal::Format::Json {
        let mut talk = std::io::stderr();
        session(args, context, course, task, &mut learn::screen(&mut talk, Stream::Error))
            .and_then(|verdict| Ok(writeln!(out, "{verdict}")?))
    } else {
        session(args, context, course, task, &mut learn::screen(&mut out, Stream::Output))
            .map(|_| ())
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
    let mut prompts = GuidedPrompts::new(words, &words.word("terminal.practice.help"));
    let choice = if args.level.is_none() && args.variant.is_none() {
        // There is no menu yet: Esc leaves.
        let mut first = GuidedPrompts::new(words, &words.word("terminal.keys.leave"));
        practice::choose(task, words, &mut first)?
    } else {
        practice::Choice {
            level: task.level.map(str::to_owned),
            variant: task.variant.map(str::to_owned),
        }
    };
    let (level, variant) = (choice.level.as_deref(), choice.variant.as_deref());
    let task = Task { variant, level, ..*task };
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
        ui::say(&words.say("terminal.practice.kept-in", &[("file", &shown)]), "");
    }
    Ok(verdict)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn tables_are_read_in_the_encodings_that_spreadsheets_write() {
        let (gb, ..) = encoding_rs::GB18030.encode("客户,年采购\n晴川乳品,420\n");
        assert_eq!(decoded(&gb).unwrap(), "客户,年采购\n晴川乳品,420\n");
        assert_eq!(decoded("客户".as_bytes()).unwrap(), "客户");
        assert_eq!(decoded("\u{feff}客户".as_bytes()).unwrap(), "客户");
        assert_eq!(decoded(&[0xff, 0xfe, 0xa2, 0x5b]).unwrap(), "客");
        assert_eq!(decoded(&[0x81, 0x20, 0xff, 0xff]), None);
    }
}
