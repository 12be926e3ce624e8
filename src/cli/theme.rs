//! `kejian theme`: what themes there are, and how one looks.

use super::{Context, Failure, Format, ui};
use crate::compile::{Options, preview};
use crate::course::Aspect;
use crate::embedded;
use crate::source::{Layered, World as _};
use crate::theme::{BASE, Theme};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Name the themes that come with kejian
    List,
    /// Make one page that shows every layout of a theme, light and dark
    Preview(Preview),
}

#[derive(Debug, clap::Args)]
struct Preview {
    /// Look: a theme's name, or the folder of your own
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
    /// File to write the page to; a name without an ending gets .html, in a folder it is
    /// preview.html
    #[arg(short, long, default_value = "preview.html", value_name = "FILE")]
    output: PathBuf,
    /// Shape of the slides: 16:9 or 4:3
    #[arg(long, value_parser = Aspect::named, value_name = "SHAPE")]
    aspect: Option<Aspect>,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    match &args.action {
        Action::List => list(),
        Action::Preview(args) => show(args, context),
    }
}

fn list() -> Result<ExitCode, Failure> {
    let themes = embedded::themes();
    let files = themes.files().map_err(|error| Failure(format!("{error:?}")))?;
    let names: BTreeSet<&str> = files
        .iter()
        .filter_map(|path| path.as_str().split_once('/').map(|(name, _)| name))
        .collect();
    let themes = names
        .into_iter()
        .filter_map(|name| Theme::load(&themes, name).ok().map(|t| (name, t.about)));
    for (name, about) in themes {
        ui::out(format!("{name:<12}{about}").trim_end());
        ui::out("\n");
    }
    Ok(ExitCode::SUCCESS)
}

fn show(args: &Preview, context: &Context) -> Result<ExitCode, Failure> {
    let (themes, theme) = Context::themes(args.theme.as_deref())?;
    let options = Options {
        theme: theme.or_else(|| Some(BASE.to_owned())),
        aspect: args.aspect,
        ..Options::default()
    };
    let preview = preview(&themes, &embedded::course(), &options, &context.words.language);
    let both = Layered(&preview.world, &themes);
    let code = context.report(preview.diagnostics, &both, Format::Text, false);
    let Some(page) = preview.page else { return Ok(code) };
    let output = page_file(&args.output);
    let path = output.display().to_string();
    std::fs::write(&output, page).map_err(|error| Failure(format!("{path}: {error}")))?;
    ui::out(&format!("{}\n", context.say("previewed", &[("path", &path)])));
    Ok(code)
}

/// The file of a page that is to be opened by a double click: it needs its ending.
fn page_file(output: &Path) -> PathBuf {
    if output.is_dir() {
        output.join("preview.html")
    } else if output.extension().is_none() {
        output.with_extension("html")
    } else {
        output.to_owned()
    }
}
