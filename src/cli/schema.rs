//! `kejian schema`.

use super::{Context, Failure, ui};
use crate::course::{FileKind, schema};
use crate::theme::{BASE, Theme};
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which file
    #[arg(value_enum, required_unless_present = "output")]
    kind: Option<Kind>,
    /// Write the schemas of all kinds of file into this folder instead of printing one
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Look: a theme's name, or the folder of your own (layouts have slots of their own)
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// course.yaml
    Course,
    /// chapters/*.yaml
    Chapter,
    /// practice/*.yaml
    Exercise,
    /// inventory.yaml
    Inventory,
    /// glossary.yaml
    Glossary,
    /// sources.yaml
    Sources,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let (themes, name) = Context::themes(args.theme.as_deref())?;
    let theme = Theme::load(&themes, name.as_deref().unwrap_or(BASE));
    let theme = theme.map_err(|error| Failure(error.to_string()))?;
    let of = |kind: Kind| {
        let kind = match kind {
            Kind::Course => FileKind::Course,
            Kind::Chapter => FileKind::Chapter,
            Kind::Exercise => FileKind::Exercise,
            Kind::Inventory => FileKind::Inventory,
            Kind::Glossary => FileKind::Glossary,
            Kind::Sources => FileKind::Sources,
        };
        format!("{:#}\n", schema(kind, &theme.layouts))
    };
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure(format!("{}: {e}", folder.display())))?;
        for (name, kind) in [
            ("course", Kind::Course),
            ("chapter", Kind::Chapter),
            ("exercise", Kind::Exercise),
            ("inventory", Kind::Inventory),
            ("glossary", Kind::Glossary),
            ("sources", Kind::Sources),
        ] {
            let path = folder.join(format!("{name}.json"));
            std::fs::write(&path, of(kind))
                .map_err(|e| Failure(format!("{}: {e}", path.display())))?;
        }
    } else if let Some(kind) = args.kind {
        ui::out(&of(kind));
    }
    Ok(ExitCode::SUCCESS)
}
