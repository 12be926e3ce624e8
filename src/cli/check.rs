//! `kejian check`.

use super::{Context, Failure, Format, ui};
use crate::compile::{Options, check};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// Look: a theme's name, or the folder of your own
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
    /// How mistakes are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let source = context.course(args.course.as_deref())?;
    let (themes, theme) = Context::themes(args.theme.as_deref())?;
    let options = Options { theme, ..Options::default() };
    let findings = check(source.world.as_ref(), &themes, &options);
    let count = findings.len();
    let code = context.report(findings, source.world.as_ref(), args.format);
    if args.format == Format::Text && count == 0 {
        ui::out(&format!("{}\n", context.say("clean", &[])));
    }
    Ok(code)
}
