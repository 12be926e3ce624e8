//! A course in other languages: catalogues `po/<lang>.po` beside the author's files.
//!
//! ```text
//!  author's file ─► tree ─ texts (where people's texts stand) ─┬─► unit ─► merge ─► po/<lang>.po
//!                                                             │                      │
//!       Course in <lang> ◄─ the loader ◄─ emit (YAML again) ◄──┴──── Translator ◄─ po ┘
//! ```
//!
//! # How a translation is applied
//!
//! Not to the typed course, kind by kind, but to the file: its tree is written again with the
//! texts replaced ([`emit`]) and read by the loader like the author's own. So a translated course
//! is an ordinary [`Course`] with another `language`, everything that draws, grades or checks a
//! course works on it, and a new kind of question, stage, layout or drawing needs no code here.
//! Ids, conditions and numbers are the author's; where an id defaults to a text (the items of a
//! ranking, a bin), the author's text is written out as the id, so that answers, seeds and progress
//! are the same in all languages.
//!
//! # What is translated
//!
//! * A **unit** is a paragraph of a text, cut at blank lines, or a whole list of accepted answers
//!   (`accept`, `headers`), one entry a line and in the translation of any length ([`unit`]).
//! * Texts without a letter, and in a Chinese course texts without a Han character or a full-width
//!   sign (`H5`, `37.5%`), need none: they are neither extracted nor counted. A translator may add
//!   one by hand; then it is used, checked, and kept when texts are extracted again ([`Unit::due`]).
//! * A unit is looked up by its text: first the entry whose `msgctxt` is its place
//!   (`chapters/05-swot.yaml:slides.c05s01.title`), then the one without.
//! * What is missing or fuzzy falls back to the author's text and is counted ([`status`]).
//! * A text that conditions compare (`when: {mood: 冷}`) is one unit wherever it stands, so both
//!   sides are translated alike. A word that is id and text at once (`give: 高` without a table)
//!   cannot be; [`check`] says so.
//!
//! # Adding a text, a key, a file
//!
//! [`texts`] is the only place that knows the grammar. A slot of a layout needs nothing: its type
//! in `layout.yaml` decides. Another key of a file that is read by people needs a line in
//! `texts::keys`; another kind of file a ground of its own there, its [`FileKind`], its place in
//! [`files`], and the loader's `Reader::parse`, which applies the translation. Interface words are
//! not translated here: they are in `themes/*/locales/`.

mod check;
pub(super) use check::is_tag;
mod emit;
mod merge;
mod po;
mod status;
mod texts;
mod unit;

pub use merge::{catalogue_path, extract};
pub use po::{Catalogue, Entry, Fault};
pub use status::{Count, FileStatus, Status, status};

use super::Course;
use super::load::{FileKind, in_folder, read_in};
use crate::diag::{self, Diagnostic, Pin, Severity};
use crate::source::{MAX_BYTES, RelPath, Span, Tree, World, WorldError, decode};
use crate::theme::Layouts;
use emit::{Other, emit};
use po::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use texts::Role;

/// Something to translate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its file.
    pub file: RelPath,
    /// The path of its text as diagnostics name it.
    pub(super) path: String,
    /// Its place as catalogues name it: `chapters/05-swot.yaml:slides.c05s01.title`.
    pub place: String,
    /// What is translated.
    pub text: String,
    /// Whether it is a list, one entry a line.
    pub list: bool,
    /// Whether it has to be translated. One that has not is translated only if a translator has
    /// added it to the catalogue.
    pub due: bool,
}

/// Puts one language into the place of another.
pub(super) struct Translator<'c> {
    /// The language translated into.
    pub(super) language: &'c str,
    source: &'c str,
    catalogue: &'c Catalogue,
    index: Index,
}

impl<'c> Translator<'c> {
    fn new(catalogue: &'c Catalogue, source: &'c str, language: &'c str) -> Self {
        Self { language, source, catalogue, index: Index::of(catalogue) }
    }

    fn find(&self, text: &str, place: &str) -> Option<&'c Entry> {
        self.index.find(self.catalogue, text, place)
    }

    /// A file of the author's as it is in this language.
    pub(super) fn rewrite(
        &self,
        kind: FileKind,
        layouts: &Layouts,
        file: &RelPath,
        tree: &Tree<'_>,
    ) -> String {
        let texts = texts::find(kind, layouts, self.source, tree);
        let mut others = BTreeMap::new();
        for (at, spot) in texts.spots.iter().enumerate() {
            let place = format!("{file}:{}", spot.address);
            let used = |text: &str| self.find(text, &place).filter(|entry| entry.is_used());
            let other = if spot.role == Role::List {
                let entry = used(&emit::lines(tree, spot.at));
                entry.map(|entry| {
                    let lines = entry.text.lines().map(str::trim);
                    Other::List(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect())
                })
            } else {
                let text = tree.text(spot.at).unwrap_or_default();
                unit::replace(text, &mut |unit| Some(used(unit)?.text.clone())).map(Other::Text)
            };
            if let Some(other) = other {
                others.insert(at, other);
            }
        }
        emit(tree, &texts, &others)
    }
}

/// The files of a course whose texts are translated, in the order of the catalogue: the course
/// first, chapters as they are taught, then exercises, inventory, glossary and sources.
fn files(world: &dyn World, course: &Course) -> Vec<(FileKind, RelPath)> {
    let all: BTreeSet<RelPath> = world.files().unwrap_or_default().into_iter().collect();
    let mut files = vec![(FileKind::Course, RelPath::course_file())];
    files.extend(course.chapters.iter().map(|one| (FileKind::Chapter, one.file.clone())));
    files.extend(
        in_folder(&all, "practice/").into_iter().map(|path| (FileKind::Exercise, path.clone())),
    );
    for (kind, name) in [
        (FileKind::Inventory, "inventory.yaml"),
        (FileKind::Glossary, "glossary.yaml"),
        (FileKind::Sources, "sources.yaml"),
    ] {
        let path = RelPath::new(name).filter(|path| all.contains(path));
        files.extend(path.map(|path| (kind, path)));
    }
    files
}

/// Every text that people read in a course without errors, file by file in the order written, with
/// those that need no translation. A text that stands in several places comes once for each.
pub fn units(world: &dyn World, layouts: &Layouts, course: &Course) -> Vec<Unit> {
    let language = &course.original().language;
    let mut found = Vec::new();
    each_file(world, course, &mut |kind, file, tree| {
        for spot in texts::find(kind, layouts, language, tree).spots {
            let list = spot.role == Role::List;
            let whole = if list {
                emit::lines(tree, spot.at)
            } else {
                tree.text(spot.at).unwrap_or_default().to_owned()
            };
            let pieces: Vec<&str> = if list {
                vec![&whole]
            } else {
                unit::pieces(&whole).into_iter().map(|piece| piece.unit).collect()
            };
            let pieces = pieces.into_iter().filter(|text| !text.is_empty());
            found.extend(pieces.map(|text| Unit {
                file: file.clone(),
                path: spot.path.clone(),
                place: format!("{file}:{}", spot.address),
                text: text.to_owned(),
                list,
                due: unit::needs_translation(text, language),
            }));
        }
    });
    found
}

/// Hands over the tree of every file; one that cannot be read has been reported by the loader.
fn each_file(
    world: &dyn World,
    course: &Course,
    visit: &mut dyn FnMut(FileKind, &RelPath, &Tree<'_>),
) {
    for (kind, file) in files(world, course) {
        let Ok(bytes) = world.read(&file) else { continue };
        let Ok(text) = decode(&bytes) else { continue };
        if let Ok(tree) = Tree::parse(text) {
            visit(kind, &file, &tree);
        }
    }
}

/// The catalogue of a language: nothing when there is none yet.
pub fn catalogue(world: &dyn World, language: &str) -> Result<Option<Catalogue>, Box<Diagnostic>> {
    let Some(path) = catalogue_path(language) else { return Ok(None) };
    let bytes = match world.read(&path) {
        Err(WorldError::Missing) => return Ok(None),
        Err(error) => return Err(Box::new(super::load::unreadable(&path, &error))),
        Ok(bytes) if bytes.len() as u64 > MAX_BYTES => {
            let error = WorldError::TooLarge(bytes.len() as u64);
            return Err(Box::new(super::load::unreadable(&path, &error)));
        }
        Ok(bytes) => bytes,
    };
    let text = decode(&bytes).map_err(|fault| Box::new(super::load::text_fault(&path, fault)))?;
    Catalogue::parse(text).map(Some).map_err(|fault| {
        let pin = Pin::At(Span::run(fault.at, 1));
        let what = format!("@po.{}", fault.what);
        Box::new(Diagnostic::error("po-damaged", &path, pin).with("what", what))
    })
}

/// The course in each of its `languages`, and what is wrong with the translations or missing from
/// them. `course` has no errors.
pub fn load(
    world: &dyn World,
    layouts: &Layouts,
    course: &Course,
) -> (Vec<Course>, Vec<Diagnostic>) {
    if course.languages.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut found = check::languages(course);
    let mut translated = Vec::new();
    if found.is_empty() {
        found.extend(check::fixed_words(world, layouts, course));
        let units = units(world, layouts, course);
        let source = Arc::new(course.clone());
        for (at, language) in course.languages.iter().enumerate() {
            match catalogue(world, language) {
                Err(fault) => found.push(*fault),
                Ok(None) => {
                    let pin = Pin::Value(format!("languages[{at}]"));
                    let missing = Diagnostic::error("po-missing", &RelPath::course_file(), pin);
                    found.push(
                        Diagnostic { severity: Severity::Warning, ..missing }
                            .with("language", language),
                    );
                }
                Ok(Some(catalogue)) => {
                    let translator = Translator::new(&catalogue, &course.language, language);
                    found.extend(check::texts(&translator, &units));
                    let mut said = Vec::new();
                    let read = read_in(world, layouts, &source, &translator, &mut said);
                    found.extend(check::placed(&translator, &units, said));
                    translated.extend(read);
                }
            }
        }
    }
    diag::resolve(&mut found, world);
    (translated, found)
}

/// Findings about the pages of a translation, which are placed in the author's chapters, moved to
/// the translation that they are about: that of the text named, else that of the title of the same
/// slide. What has neither stays. Findings about the author's own pages stay as they are.
pub fn at_lines(
    world: &dyn World,
    layouts: &Layouts,
    course: &Course,
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if course.source.is_some()
        && !found.is_empty()
        && let Ok(Some(catalogue)) = catalogue(world, &course.language)
    {
        let translator = Translator::new(&catalogue, &course.original().language, &course.language);
        check::moved(&translator, &units(world, layouts, course), &mut found);
    }
    diag::resolve(&mut found, world);
    found
}
