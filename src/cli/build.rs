//! `kejian build`.

use super::{Context, Failure, Format, ui};
use crate::compile::{Options, compile};
use crate::course::Aspect;
use crate::site::{WriteError, write};
use crate::source::Layered;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// Folder to write the website to
    #[arg(short, long, default_value = "dist", value_name = "DIR")]
    output: PathBuf,
    /// Look: a theme's name, or the folder of your own
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
    /// Put styles, scripts and pictures into each page, to send single files around
    #[arg(long)]
    single_file: bool,
    /// Shape of the slides: 16:9 or 4:3. Default: what course.yaml says
    #[arg(long, value_parser = Aspect::named, value_name = "SHAPE")]
    aspect: Option<Aspect>,
    /// How mistakes are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let source = context.course(args.course.as_deref())?;
    let (themes, theme) = Context::themes(args.theme.as_deref())?;
    let options = Options { theme, single_file: args.single_file, aspect: args.aspect };
    let outcome = compile(source.world.as_ref(), &themes, &options);
    // The system takes it all back when the program ends, and at once.
    std::mem::forget(outcome.courses);
    let both = Layered(source.world.as_ref(), &themes);
    let code = context.report(outcome.diagnostics, &both, args.format, false);
    let Some(site) = outcome.site else { return Ok(code) };
    let written = write(&site, &args.output, source.folder.as_deref());
    let written = written.map_err(|error| Failure(refusal(context, &error)))?;
    let index = args.output.join("index.html").display().to_string();
    if args.format == Format::Text {
        let changed = written.changed.to_string();
        let pages = site.files.keys().filter(|path| path.extension() == "html").count().to_string();
        let said = [("pages", pages.as_str()), ("n", changed.as_str()), ("index", index.as_str())];
        ui::out(&format!("{}\n", context.say("built", &said)));
    }
    std::mem::forget(site);
    Ok(code)
}

fn refusal(context: &Context, error: &WriteError) -> String {
    let (key, path, reason) = match error {
        WriteError::NotOurs(path) => ("not-ours", path, String::new()),
        WriteError::HoldsCourse(path) => ("holds-course", path, String::new()),
        WriteError::Foreign(path) => ("foreign", path, String::new()),
        WriteError::Io(path, error) => ("io", path, error.to_string()),
    };
    let path = path.display().to_string();
    context.say(key, &[("path", &path), ("reason", &reason)])
}
