//! `kejian check`.

use super::{Context, Failure, Format, ui};
use crate::compile::{Options, check};
use crate::diag::Severity;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// Look: a theme's name, or the folder of your own
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
    /// Also show what is only worth a look
    #[arg(long)]
    notes: bool,
    /// List the rules of good practice for quizzes and slides
    #[arg(long)]
    rules: bool,
    /// How mistakes are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A sentence without placeholders.
const NOTHING: &[(&str, &str)] = &[];

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    if args.rules {
        for rule in crate::course::rule_ids() {
            let about = context.words.say(&format!("diag.{rule}.about"), NOTHING);
            ui::out(&format!("{rule}  {about}\n"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let source = context.course(args.course.as_deref())?;
    let (themes, theme) = Context::themes(args.theme.as_deref())?;
    let options = Options { theme, ..Options::default() };
    let findings = check(source.world.as_ref(), &themes, &options);
    let clean = findings.iter().all(|finding| finding.severity == Severity::Info);
    let code = context.report(findings, source.world.as_ref(), args.format, args.notes);
    if args.format == Format::Text && clean {
        ui::out(&format!("{}\n", context.say("clean", &[])));
    }
    Ok(code)
}
