//! `kejian i18n`: catalogues for translators.

use super::{Context, Failure, Format, ui};
use crate::course::translate::{self, Count, Status, Unit};
use crate::course::{self, Course};
use crate::diag::Severity;
use crate::source::World;
use crate::theme::{BASE, Theme};
use clap::Subcommand;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the texts of a course into po/<lang>.po, for editors such as Poedit; run it again
    /// after every change of the course
    Extract(Extract),
    /// How far the translations are
    Status(Show),
}

#[derive(Debug, clap::Args)]
struct Extract {
    /// Folder of the course. Default: this folder or ./content
    course: Option<PathBuf>,
    /// Language to extract for, for instance en. Default: all languages in course.yaml
    #[arg(long = "to", value_name = "LANG")]
    to: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// Fail unless every translation is complete
    #[arg(long)]
    strict: bool,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Extract(args) => extract(args, context),
        Command::Status(args) => show(args, context),
    }
}

/// The course and what is to be translated, or the code to end with after its faults were
/// reported.
fn units(
    world: &dyn World,
    context: &Context,
) -> Result<Result<(Course, Vec<Unit>), ExitCode>, Failure> {
    let (themes, _) = Context::themes(None)?;
    let theme = Theme::load(&themes, BASE).map_err(|error| Failure(error.to_string()))?;
    let (course, found) = course::load(world, &theme.layouts);
    let broken = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(match course {
        Some(course) if !broken => {
            let units = translate::units(world, &theme.layouts, &course);
            Ok((course, units))
        }
        _ => Err(context.report(found, world, Format::Text, false)),
    })
}

/// The languages asked for, or those of the course; there must be one.
fn languages(
    asked: Option<&str>,
    course: &Course,
    context: &Context,
) -> Result<Vec<String>, Failure> {
    let languages = match asked {
        Some(one) => vec![one.to_owned()],
        None => course.languages.clone(),
    };
    if languages.is_empty() {
        return Err(Failure(context.say("no-languages", &[])));
    }
    Ok(languages)
}

fn extract(args: &Extract, context: &Context) -> Result<ExitCode, Failure> {
    let source = context.course(args.course.as_deref())?;
    let Some(folder) = &source.folder else { return Err(Failure(context.say("i18n-folder", &[]))) };
    let world = source.world.as_ref();
    let (course, units) = match units(world, context)? {
        Ok(both) => both,
        Err(code) => return Ok(code),
    };
    for language in languages(args.to.as_deref(), &course, context)? {
        let Some(path) = translate::catalogue_path(&language) else {
            return Err(Failure(context.say("not-a-language", &[("lang", &language)])));
        };
        let old = match translate::catalogue(world, &language) {
            Ok(old) => old,
            Err(fault) => return Ok(context.report(vec![*fault], world, Format::Text, false)),
        };
        let new = translate::extract(old.as_ref(), &units, &course.id, &language);
        let file = folder.join(path.as_str());
        write(&file, &new.write()).map_err(|error| {
            let shown = file.display().to_string();
            Failure(context.say("io", &[("path", &shown), ("reason", &error.to_string())]))
        })?;
        let count = translate::status(&new, &units).total;
        let shown = file.display().to_string();
        let said = counted(&count);
        let mut said: Vec<(&str, &str)> = said.iter().map(|(key, n)| (*key, n.as_str())).collect();
        said.push(("path", &shown));
        ui::out(&format!("{}\n", context.say("extracted", &said)));
        if !course.languages.contains(&language) {
            ui::say(&context.say("not-listed", &[("lang", &language)]), "");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the file whole or not at all, and only if it changes.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(file).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("po.new");
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, file)
}

fn counted(count: &Count) -> [(&'static str, String); 5] {
    [
        ("n", count.all().to_string()),
        ("translated", count.translated.to_string()),
        ("fuzzy", count.fuzzy.to_string()),
        ("untranslated", count.untranslated.to_string()),
        ("percent", count.percent().to_string()),
    ]
}

fn show(args: &Show, context: &Context) -> Result<ExitCode, Failure> {
    let source = context.course(args.course.as_deref())?;
    let world = source.world.as_ref();
    let (course, units) = match units(world, context)? {
        Ok(both) => both,
        Err(code) => return Ok(code),
    };
    let mut all = Vec::new();
    for language in languages(None, &course, context)? {
        match translate::catalogue(world, &language) {
            Ok(catalogue) => {
                let status = translate::status(&catalogue.unwrap_or_default(), &units);
                all.push((language, status));
            }
            Err(fault) => return Ok(context.report(vec![*fault], world, Format::Text, false)),
        }
    }
    match args.format {
        Format::Json => {
            let languages: Vec<_> =
                all.iter().map(|(language, status)| as_json(language, status)).collect();
            ui::out(&format!("{:#}\n", json!({ "languages": languages })));
        }
        Format::Text => {
            for (language, status) in &all {
                ui::out(&table(language, status, context));
            }
        }
    }
    let complete = all.iter().all(|(_, status)| status.total.is_complete());
    Ok(ExitCode::from(u8::from(args.strict && !complete)))
}

fn as_json(language: &str, status: &Status) -> serde_json::Value {
    let numbers = |count: &Count| {
        json!({
            "units": count.all(), "translated": count.translated, "fuzzy": count.fuzzy,
            "untranslated": count.untranslated, "percent": count.percent(),
        })
    };
    let files = status.files.iter().map(|file| (file.file.to_string(), numbers(&file.count)));
    let files: serde_json::Map<_, _> = files.collect();
    json!({ "language": language, "total": numbers(&status.total), "files": files })
}

fn table(language: &str, status: &Status, context: &Context) -> String {
    let head = |key: &str| context.say(key, &[]);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(vec![
        language.to_owned(),
        head("i18n-translated"),
        head("i18n-fuzzy"),
        head("i18n-untranslated"),
        "%".to_owned(),
    ]);
    let mut row = |name: &str, count: &Count| {
        let numbers = [count.translated, count.fuzzy, count.untranslated, count.percent()];
        let mut cells = vec![name.to_owned()];
        cells.extend(numbers.map(|n| n.to_string()));
        table.add_row(cells);
    };
    for file in &status.files {
        row(file.file.as_str(), &file.count);
    }
    row(&context.say("i18n-total", &[]), &status.total);
    for column in 1..5 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<String> =
        table.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}
