//! The command line: one file per command, and what they share.
//!
//! Exit codes: 0 fine, 1 the course has errors, 2 wrong usage (or the machine refused).

mod build;
mod check;
mod completions;
mod help;
mod i18n;
mod keep;
mod learn;
mod new;
mod practice;
mod quiz;
mod schema;
mod serve;
mod theme;
mod ui;

use crate::diag::{self, Diagnostic, Severity};
use crate::embedded;
use crate::source::{Disk, Memory, World};
use crate::theme::{BASE, Words};
use clap::{FromArgMatches as _, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What stands below the program's help.
const AFTER_HELP: &str = "\
To begin:
  kejian new my-course            make a course of your own, with an example
  kejian serve my-course --open   see it in the browser while you write
  kejian build my-course          make pages that open without a network";

/// Courses written in YAML become slide decks, quiz pages and practice pages.
#[derive(Debug, Parser)]
#[command(
    name = "kejian",
    version,
    about = "Courses written in YAML become slide decks, quiz pages and practice pages",
    after_help = AFTER_HELP,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// Language of messages: zh-Hans or en. Default: the system's
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the website of a course: decks, quizzes, practice
    Build(build::Args),
    /// Look for mistakes in a course without making anything
    Check(check::Args),
    /// Show a course in the browser and follow while you write it
    Serve(serve::Args),
    /// Start a course of your own with a small example to change
    New(new::Args),
    /// Take the quiz of a chapter, here in the terminal
    Quiz(quiz::Args),
    /// Work on an exercise, here in the terminal, or see it solved
    Practice(practice::Args),
    /// List the themes, or make a page that shows all layouts of one
    Theme(theme::Args),
    /// Translate a course: texts for translators, and how far they are
    I18n(i18n::Args),
    /// Print the JSON Schema of the course files, for editors
    Schema(schema::Args),
    /// Print the completions for a shell
    Completions(completions::Args),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What every command has at hand.
pub(crate) struct Context {
    /// Interface words.
    pub(crate) words: Words,
}

/// Why a command could not do its work; the sentence is ready to be printed.
pub(crate) struct Failure(pub(crate) String);

/// A course and where it comes from.
pub(crate) struct Source {
    /// Hands out its files.
    pub(crate) world: Box<dyn World>,
    /// Its folder, unless it is the embedded course.
    pub(crate) folder: Option<PathBuf>,
}

/// Runs the program on its arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = help::language(&arguments);
    let parsed = help::command(language)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let said = help::said(&error, language);
            let usage = error.use_stderr();
            if usage {
                ui::note(&said);
            } else {
                ui::out(&said);
            }
            return ExitCode::from(if usage { 2 } else { 0 });
        }
    };
    let context = match Context::new(cli.lang.as_deref()) {
        Ok(context) => context,
        Err(failure) => {
            ui::say(&failure.0, "");
            return ExitCode::from(2);
        }
    };
    let result = match &cli.command {
        Command::Build(args) => build::run(args, &context),
        Command::Check(args) => check::run(args, &context),
        Command::Serve(args) => serve::run(args, &context),
        Command::New(args) => new::run(args, &context),
        Command::Quiz(args) => quiz::run(args, &context),
        Command::Practice(args) => practice::run(args, &context),
        Command::Theme(args) => theme::run(args, &context),
        Command::I18n(args) => i18n::run(args, &context),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => Ok(completions::run(args)),
    };
    result.unwrap_or_else(|failure| {
        ui::say(&failure.0, "");
        ExitCode::from(2)
    })
}

/// The language of the system's messages, as POSIX names it.
fn system_language() -> Option<String> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().filter_map(|name| std::env::var(name).ok());
    set.into_iter().find(|value| !value.is_empty())
}

impl Context {
    fn new(lang: Option<&str>) -> Result<Self, Failure> {
        let tag =
            lang.map(str::to_owned).or_else(system_language).unwrap_or_else(|| "en".to_owned());
        let words = Words::load(&embedded::themes(), &[BASE], &tag).map_err(Failure)?;
        Ok(Self { words })
    }

    /// A sentence of this surface.
    pub(crate) fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.words.say(&format!("cli.{key}"), args)
    }

    /// The course asked for: the folder given, else the current one if it holds `course.yaml`,
    /// else `./content`, else the embedded course.
    pub(crate) fn course(&self, given: Option<&Path>) -> Result<Source, Failure> {
        let on_disk = |folder: &Path| Source {
            world: Box::new(Disk::new(folder)),
            folder: Some(folder.to_owned()),
        };
        if let Some(folder) = given {
            if !folder.is_dir() {
                let shown = folder.display().to_string();
                return Err(Failure(self.say("no-folder", &[("folder", &shown)])));
            }
            return Ok(on_disk(folder));
        }
        let here = [Path::new("."), Path::new("content")];
        let found = here.into_iter().find(|folder| folder.join("course.yaml").is_file());
        Ok(found
            .map_or_else(|| Source { world: Box::new(embedded::course()), folder: None }, on_disk))
    }

    /// The themes at hand and the name of the one asked for: a name, or a folder of its own.
    pub(crate) fn themes(wish: Option<&str>) -> Result<(Memory, Option<String>), Failure> {
        let mut themes = embedded::themes();
        let Some(wish) = wish else { return Ok((themes, None)) };
        let folder = Path::new(wish);
        if !folder.is_dir() {
            return Ok((themes, Some(wish.to_owned())));
        }
        let name = folder
            .canonicalize()
            .ok()
            .and_then(|folder| folder.file_name().map(|name| name.to_string_lossy().into_owned()));
        // A folder that is called like a theme of ours must not be mixed with it.
        let ours = themes.files().unwrap_or_default();
        let taken =
            |name: &String| ours.iter().any(|path| path.as_str().starts_with(&format!("{name}/")));
        let name = name.filter(|name| !taken(name)).unwrap_or_else(|| "own".to_owned());
        let disk = Disk::new(folder);
        let unreadable = |error| Failure(format!("{wish}: {error:?}"));
        for path in disk.files().map_err(unreadable)? {
            let bytes = disk.read(&path).map_err(unreadable)?.into_owned();
            themes = themes.with(&format!("{name}/{path}"), bytes);
        }
        Ok((themes, Some(name)))
    }

    /// Prints findings on standard error, or as JSON on standard output. The exit code is 1 when
    /// one of them is an error.
    /// `notes`: whether findings that are only worth a look are shown to a person.
    pub(crate) fn report(
        &self,
        mut findings: Vec<Diagnostic>,
        world: &dyn World,
        format: Format,
        notes: bool,
    ) -> ExitCode {
        let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
        let all = findings.len();
        // Data is complete; a person is told what matters and where the rest is.
        if !notes && format == Format::Text {
            findings.retain(|finding| finding.severity != Severity::Info);
        }
        let kept_back = (all - findings.len()).to_string();
        diag::resolve(&mut findings, world);
        let say = |key: &str, args: &[(&str, &str)]| self.words.say(key, args);
        match format {
            Format::Json => {
                let json = diag::json(&findings, &say);
                ui::out(&format!("{json:#}\n"));
            }
            Format::Text => {
                ui::note(&diag::text(&findings, world, &say, ui::colour()));
                if kept_back != "0" {
                    ui::say(&self.say("notes", &[("n", &kept_back)]), "");
                }
            }
        }
        ExitCode::from(u8::from(broken))
    }
}
