//! Rules that look at the course as a whole, one file each. A new rule is a file here, its line
//! in [`RULES`], its words in `locales/*/diag.yaml` and its cases in `tests/diag/`.

mod appendix;
mod drawings;
mod engine;
mod exercises;
mod figures;
mod ids;
mod inventory;
mod links;
mod listing;
mod markup;
mod minutes;
mod objectives;
mod pictures;
pub(super) mod rules;
mod texts;

pub use rules::ids as rule_ids;

use super::Course;
use crate::diag::{Diagnostic, Pin};
use crate::markdown::{Reference, ReferenceKind};
use crate::source::{RelPath, World};
use crate::theme::Layouts;
use rayon::prelude::*;
use std::collections::BTreeSet;
use texts::Text;

/// All rules, in the order they are run.
const RULES: &[fn(&Survey<'_>, &mut Vec<Diagnostic>)] = &[
    listing::check,
    ids::check,
    minutes::check,
    objectives::check,
    inventory::check,
    appendix::check,
    links::check,
    pictures::check,
    markup::check,
    exercises::check,
    engine::check,
    figures::check,
    drawings::check,
    rules::check,
];

/// Runs all rules over what could be read.
pub(super) fn run(
    world: &dyn World,
    layouts: &Layouts,
    files: &BTreeSet<RelPath>,
    failed: &BTreeSet<RelPath>,
    course: &Course,
    found: &mut Vec<Diagnostic>,
) {
    let references = references(course, layouts);
    let survey = Survey { world, layouts, files, failed, course, references };
    let said = RULES.par_iter().map(|rule| {
        let mut said = Vec::new();
        rule(&survey, &mut said);
        said
    });
    found.par_extend(said.flatten_iter());
}

/// What rules look at.
struct Survey<'s> {
    world: &'s dyn World,
    layouts: &'s Layouts,
    /// Every file of the course.
    files: &'s BTreeSet<RelPath>,
    /// Files that could not be read; nothing is known about what they hold.
    failed: &'s BTreeSet<RelPath>,
    course: &'s Course,
    /// Everything that texts refer to.
    references: Vec<Found>,
}

impl Survey<'_> {
    /// Whether there is such a file, readable or not.
    fn has(&self, path: &str) -> bool {
        RelPath::new(path).is_some_and(|path| self.files.contains(&path))
    }

    /// Whether a file is there but could not be read.
    fn failed(&self, path: &str) -> bool {
        RelPath::new(path).is_some_and(|path| self.failed.contains(&path))
    }

    fn references(&self, kind: ReferenceKind) -> impl Iterator<Item = &Found> {
        self.references.iter().filter(move |found| found.reference.kind == kind)
    }
}

/// Something that a text refers to, and where the text stands.
struct Found {
    file: RelPath,
    /// The page's folder in the site, which relative links start from.
    folder: String,
    place: texts::Place,
    text: String,
    reference: Reference,
}

impl Found {
    /// The reference itself in the file.
    fn pin(&self) -> Pin {
        self.place.within(&self.text, self.reference.offset, self.reference.count)
    }
}

fn references(course: &Course, layouts: &Layouts) -> Vec<Found> {
    let take = |text: Text<'_>, all: &mut Vec<Found>| {
        for reference in crate::markdown::scan(text.markdown) {
            all.push(Found {
                file: text.file.clone(),
                folder: text.folder.to_owned(),
                place: text.place.written(),
                text: text.markdown.to_owned(),
                reference,
            });
        }
    };
    let in_chapters = course.chapters.par_iter().map(|chapter| {
        let mut all = Vec::new();
        texts::of_chapter(chapter, layouts, &mut |text| take(text, &mut all));
        all
    });
    let in_exercises = course.exercises.par_iter().map(|(_, exercise)| {
        let mut all = Vec::new();
        texts::of_exercise(exercise, &mut |text| take(text, &mut all));
        all
    });
    let mut all: Vec<Found> = in_chapters.flatten_iter().collect();
    texts::of_appendix(course, &mut |text| take(text, &mut all));
    all.par_extend(in_exercises.flatten_iter());
    all
}
