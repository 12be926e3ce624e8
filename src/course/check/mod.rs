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
use crate::markdown::{Ready, Reference, ReferenceKind};
use crate::parallel::each;
use crate::source::{RelPath, World};
use crate::theme::{Layouts, SlotKind};
use rayon::prelude::*;
use rules::{Deck, Rest};
use serde_json::Value;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;
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

/// Runs all rules over what could be read. What they have drawn on the way comes back, slide by
/// slide for each chapter.
pub(super) fn run(
    world: &dyn World,
    layouts: &Layouts,
    files: &BTreeSet<RelPath>,
    failed: &BTreeSet<RelPath>,
    course: &Course,
    found: &mut Vec<Diagnostic>,
) -> Vec<Vec<Ready>> {
    // A deck's texts are many: all is asked of them while they are at hand.
    let studied = each(&course.chapters).map(|chapter| {
        let deck = Deck::of(course, chapter, layouts);
        let said = rules::of_deck(course, &deck);
        let Rest { ready, asked, mut references, filled } = deck.rest();
        texts::of_chapter(chapter, &asked, &mut |text| Found::gather(&text, &mut references));
        ((ready, references), (filled, said))
    });
    let ((ready, references), (filled, of_decks)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) =
        studied.unzip();
    let references = references.into_iter().chain(elsewhere(course)).flatten().collect();
    let filled = filled.into_iter().flatten().collect();
    let survey = Survey { world, layouts, files, failed, course, references, filled };
    let said = each(RULES).map(|rule| {
        let mut said = Vec::new();
        rule(&survey, &mut said);
        said
    });
    found.par_extend(said.flatten_iter());
    found.extend(of_decks.into_iter().flatten());
    ready
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
    references: Vec<Found<'s>>,
    /// What slides hold besides texts.
    filled: Vec<Filled<'s>>,
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

    fn references(&self, kind: ReferenceKind) -> impl Iterator<Item = &Found<'_>> {
        self.references.iter().filter(move |found| found.reference.kind == kind)
    }
}

/// Something that a text refers to, and where the text stands.
struct Found<'s> {
    file: Cow<'s, RelPath>,
    /// The page's folder in the site, which relative links start from.
    folder: Arc<str>,
    place: texts::Place,
    reference: Reference,
}

/// A slot of a slide that holds no text: a picture, a drawing, an exercise.
struct Filled<'s> {
    file: &'s RelPath,
    /// The slide's place in its chapter.
    slide: usize,
    /// Its path inside the slide.
    path: String,
    kind: SlotKind,
    value: &'s Value,
}

impl Filled<'_> {
    /// Its path in the file.
    fn path(&self) -> String {
        format!("slides[{}].{}", self.slide, self.path)
    }

    /// Whether it is a chart or a figure.
    fn is_drawing(&self) -> bool {
        matches!(self.kind, SlotKind::Chart | SlotKind::Figure)
    }
}

impl Found<'_> {
    /// The reference itself in the file.
    fn pin(&self) -> Pin {
        self.place.within(self.reference.offset, self.reference.count)
    }

    /// Adds what a text refers to.
    fn gather(text: &Text<'_>, all: &mut Vec<Self>) {
        let folder = LazyCell::new(|| Arc::from(text.folder));
        let place = LazyCell::new(|| text.place.written());
        for reference in crate::markdown::scan(text.markdown) {
            all.push(Found {
                file: Cow::Owned(text.file.clone()),
                folder: Arc::clone(&folder),
                place: place.clone(),
                reference,
            });
        }
    }
}

/// What the other texts of a course refer to: those of the appendix, and of each exercise.
fn elsewhere(course: &Course) -> Vec<Vec<Found<'_>>> {
    let mut appendix = Vec::new();
    texts::of_appendix(course, &mut |text| Found::gather(&text, &mut appendix));
    let exercises = each(course.exercises.values().collect::<Vec<_>>()).map(|exercise| {
        let mut all = Vec::new();
        texts::of_exercise(exercise, &mut |text| Found::gather(&text, &mut all));
        all
    });
    let mut all: Vec<_> = exercises.collect();
    all.insert(0, appendix);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each reference once had a copy of its text: some thousand in one took a gigabyte.
    #[test]
    fn references_share_their_text() {
        let file = RelPath::course_file();
        let markdown = "[甲](a.html)，![乙](b.png)";
        let place = texts::Place::Below(texts::QUESTIONS, markdown);
        let mut all = Vec::new();
        Found::gather(&Text { file: &file, folder: "a/", place, markdown }, &mut all);
        let [first, second] = [0, 1].map(|at: usize| match all[at].pin() {
            Pin::Text { text, offset, .. } => (text, offset),
            other => panic!("{other:?}"),
        });
        assert!(Arc::ptr_eq(&first.0, &second.0));
        assert_eq!((&*first.0, first.1, second.1), (markdown, 0, 12));
    }
}
