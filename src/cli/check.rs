//! `kejian check`.

use super::{Context, Failure, Format, ui};
use crate::chromium::Error;
use crate::compile::{Options, check, compile, theme_of};
use crate::course::{Aspect, translate};
use crate::diag::{Diagnostic, Severity};
use crate::measure::measure;
use crate::source::World;
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
    /// Also open every slide in a browser, as 16:9 and 4:3, and report what does not fit, is too
    /// small or too pale
    #[arg(long)]
    render: bool,
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
    let world = source.world.as_ref();
    let findings = if args.render {
        rendered(world, &themes, &options, context)?
    } else {
        check(world, &themes, &options)
    };
    let clean = findings.iter().all(|finding| finding.severity == Severity::Info);
    let code = context.report(findings, world, args.format, args.notes);
    if args.format == Format::Text && clean {
        ui::out(&format!("{}\n", context.say("clean", &[])));
    }
    Ok(code)
}

/// What a check finds, and what is measured in a browser when the course can be drawn at all.
fn rendered(
    world: &dyn World,
    themes: &dyn World,
    options: &Options,
    context: &Context,
) -> Result<Vec<Diagnostic>, Failure> {
    let in_shape =
        |aspect| compile(world, themes, &Options { aspect: Some(aspect), ..options.clone() });
    let wide = in_shape(Aspect::Wide);
    let (mut findings, courses) = (wide.diagnostics, wide.courses);
    let theme = theme_of(world, themes, options).map_err(|error| Failure(error.to_string()))?;
    let (Some(wide), Some(standard)) = (wide.site, in_shape(Aspect::Standard).site) else {
        return Ok(findings);
    };
    let measured = measure(&courses, &wide, &standard).map_err(|error| match error {
        Error::Missing => Failure(context.say("no-browser", &[])),
        error => Failure(context.say("browser", &[("reason", &error.to_string())])),
    })?;
    for (course, found) in courses.iter().zip(measured) {
        findings.extend(translate::at_lines(world, &theme.layouts, course, found));
    }
    Ok(findings)
}
