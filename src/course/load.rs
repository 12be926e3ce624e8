//! Reads a course: every file of it, every fault in one run.
//!
//! 1. `course.yaml`, `chapters/*.yaml`, `practice/*.yaml`, `inventory.yaml`, `glossary.yaml` and
//!    `sources.yaml` are decoded and made trees, within the limits.
//! 2. Each tree is walked against the schema of its kind of file; what does not fit is reported.
//! 3. serde reads what fits.
//! 4. The check rules look at the course as a whole.
//!
//! [`super::translate`] reads a course once more for each language: the same way, but for step 3,
//! which then sees the file with its texts replaced.

use super::appendix::{GlossaryFile, Sources};
use super::inspect::{self, Inspection};
use super::raw::{
    ChapterFile, CourseFile, DEFAULT_LAYOUT, Html, InventoryFile, OriginFile, RevealFile, SlideFile,
};
use super::shape::Shapes;
use super::translate::Translator;
use super::{
    Chapter, Course, Exercise, Objective, Origin, Part, Quotes, Reveal, Row, Silence, Slide, check,
    raw,
};
use crate::diag::{self, Diagnostic, Pin, Severity};
use crate::markdown::Ready;
use crate::parallel::each;
use crate::source::{
    MAX_BYTES, Position, ReadFault, RelPath, Span, TextFault, Tree, TreeFault, World, WorldError,
    decode, is_bidi,
};
use crate::theme::Layouts;
use kejian_engine::practice;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// The kinds of files that an author writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `course.yaml`.
    Course,
    /// `chapters/*.yaml`.
    Chapter,
    /// `practice/*.yaml`.
    Exercise,
    /// `inventory.yaml`.
    Inventory,
    /// `glossary.yaml`.
    Glossary,
    /// `sources.yaml`.
    Sources,
}

/// Loads the course in `world`. The course is `None` when `course.yaml` could not be read; it
/// may only be drawn when no finding is an error. Places are [resolved](crate::diag::resolve).
pub fn load(world: &dyn World, layouts: &Layouts) -> (Option<Course>, Vec<Diagnostic>) {
    load_with(world, layouts, Ahead::default())
}

/// The same with what was made ready before.
pub(crate) fn load_with(
    world: &dyn World,
    layouts: &Layouts,
    ahead: Ahead<'_>,
) -> (Option<Course>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let course = read(world, layouts, ahead, &mut found);
    diag::resolve(&mut found, world);
    (course, found)
}

/// What can be made ready beside other work. Whatever is missing is made when it is needed.
#[derive(Default)]
pub(crate) struct Ahead<'t> {
    pub(crate) grammars: Option<Grammars>,
    pub(crate) scanned: Scanned<'t>,
}

/// What may stand in the files that every course has.
pub(crate) struct Grammars {
    chapter: Grammar,
    course: Grammar,
}

impl Grammars {
    /// With these layouts.
    pub(crate) fn of(layouts: &Layouts) -> Self {
        let grammar = |kind| Grammar::of(kind, layouts);
        let (chapter, course) =
            rayon::join(|| grammar(FileKind::Chapter), || grammar(FileKind::Course));
        Self { chapter, course }
    }
}

/// The bytes of a course's first chapters, as far as they can be had.
pub(crate) struct Chapters<'w>(Vec<(RelPath, Cow<'w, [u8]>)>);

impl<'w> Chapters<'w> {
    /// So many can be scanned while a theme is read. More would only be in memory for longer.
    const FIRST: usize = 24;

    /// Those of the course in `world`.
    pub(crate) fn of(world: &'w dyn World) -> Self {
        let files = world.files().unwrap_or_default().into_iter().collect();
        let mut paths = in_folder(&files, "chapters/");
        paths.truncate(Self::FIRST);
        let read = each(paths).filter_map(|path| Some((path.clone(), bytes(world, path).ok()?)));
        Self(read.collect())
    }

    /// Their trees.
    pub(crate) fn scan(&self) -> Scanned<'_> {
        let trees =
            each(&self.0).filter_map(|(path, bytes)| Some((path.clone(), scan(path, bytes).ok()?)));
        trees.collect()
    }
}

/// A text and its tree.
type Scan<'t> = (&'t str, Tree<'t>);

/// Files that have been scanned. Those with faults are not among them.
pub(crate) type Scanned<'t> = BTreeMap<RelPath, Scan<'t>>;

fn read(
    world: &dyn World,
    layouts: &Layouts,
    ahead: Ahead<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Course> {
    let Gathered { course, files, failed } = gather(world, layouts, None, ahead, found)?;
    match course {
        Ok(mut course) => {
            let ready = check::run(world, layouts, &files, &failed, &course, found);
            course.keep(ready);
            Some(course)
        }
        Err(rest) => {
            check::run(world, layouts, &files, &failed, &rest, found);
            None
        }
    }
}

/// Reads a course that has no errors in another language; what the rules say of it is added to
/// `found`, its places as in the author's files.
pub(super) fn read_in(
    world: &dyn World,
    layouts: &Layouts,
    source: &Arc<Course>,
    translator: &Translator<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Course> {
    let ahead = Ahead::default();
    let Gathered { course, files, failed } =
        gather(world, layouts, Some(translator), ahead, found)?;
    let mut course = course.ok()?;
    translator.language.clone_into(&mut course.language);
    course.source = Some(Arc::clone(source));
    let ready = check::run(world, layouts, &files, &failed, &course, found);
    course.keep(ready);
    Some(course)
}

/// The files of a course, read.
struct Gathered {
    /// The course; without what `course.yaml` says when that could not be read.
    course: Result<Course, Box<Course>>,
    /// All its files.
    files: BTreeSet<RelPath>,
    /// Those that could not be read.
    failed: BTreeSet<RelPath>,
}

fn gather(
    world: &dyn World,
    layouts: &Layouts,
    translator: Option<&Translator<'_>>,
    ahead: Ahead<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Gathered> {
    let course_path = RelPath::new("course.yaml")?;
    let files: BTreeSet<RelPath> = match world.files() {
        Ok(files) => files.into_iter().collect(),
        Err(error) => {
            found.push(unreadable(&course_path, &error));
            return None;
        }
    };
    let Ahead { grammars, mut scanned } = ahead;
    let reader = Reader { world, layouts, translator, warned: Mutex::default() };
    let mut exercises = BTreeMap::new();
    let mut failed = BTreeSet::new();
    let in_practice = in_folder(&files, "practice/");
    let (of_exercises, grammars) = rayon::join(
        || (!in_practice.is_empty()).then(|| Grammar::of(FileKind::Exercise, layouts)),
        || grammars.unwrap_or_else(|| Grammars::of(layouts)),
    );
    let read = of_exercises.map(|grammar| {
        let read = each(in_practice).map(|path| {
            (path, reader.parse(path, None, &grammar, |file, tree| exercise(path, file, tree)))
        });
        read.collect::<Vec<_>>()
    });
    for (path, result) in read.into_iter().flatten() {
        match result {
            Ok(exercise) => {
                exercises.insert(exercise.id.clone(), exercise);
            }
            Err(faults) => {
                failed.insert(path.clone());
                found.extend(faults);
            }
        }
    }
    let in_chapters = in_folder(&files, "chapters/").into_iter();
    let in_chapters: Vec<_> = in_chapters.map(|path| (path, scanned.remove(path))).collect();
    let read: Vec<_> = each(in_chapters)
        .map(|(path, scanned)| {
            let grammar = &grammars.chapter;
            (path, reader.parse(path, scanned, grammar, |file, _| chapter(path, file)))
        })
        .collect();
    let mut chapters = BTreeMap::new();
    let mut of_chapters = Vec::new();
    for (path, result) in read {
        match result {
            Ok(chapter) => drop(chapters.insert(path.stem().to_owned(), chapter)),
            Err(faults) => {
                failed.insert(path.clone());
                of_chapters.extend(faults);
            }
        }
    }
    let mut optional = Optional { reader: &reader, files: &files, failed, found };
    let inventory = optional.read("inventory.yaml", FileKind::Inventory, |file: InventoryFile| {
        file.rows.into_iter().map(|row| Row { number: row.number, term: row.term }).collect()
    });
    let glossary =
        optional.read("glossary.yaml", FileKind::Glossary, |file: GlossaryFile| file.terms);
    let sources = optional.read("sources.yaml", FileKind::Sources, |file: Sources| Some(file));
    let mut failed = optional.failed;
    let parsed = reader.parse(&course_path, None, &grammars.course, |file: CourseFile, _| file);
    let said = reader.warned.lock().map(|mut all| std::mem::take(&mut *all));
    found.extend(said.unwrap_or_default());
    if let Ok(file) = &parsed {
        excuse_unlisted(file, &mut of_chapters, translator.is_some());
    }
    found.extend(of_chapters);
    let file = match parsed {
        Ok(file) => file,
        Err(mut faults) => {
            let other = RelPath::new("course.yml").filter(|other| files.contains(other));
            if let (Some(other), Some(fault)) = (other, faults.first_mut())
                && fault.code == "no-course"
            {
                *fault = Diagnostic::error("yml", &other, Pin::At(beginning()))
                    .with("path", "course.yml")
                    .with("wanted", "course.yaml");
            }
            found.extend(faults);
            // The rest of the course is checked all the same, as far as it goes.
            let mut course = Course::empty();
            course.chapters = number(chapters.into_values());
            course.exercises = exercises;
            course.inventory = inventory;
            course.glossary = glossary;
            course.sources = sources;
            failed.insert(course_path);
            return Some(Gathered { course: Err(Box::new(course)), files, failed });
        }
    };
    if file.logo.as_deref().is_some_and(|logo| RelPath::new(logo).is_none()) {
        let pin = Pin::Value("logo".into());
        let logo = file.logo.clone().unwrap_or_default();
        found.push(Diagnostic::error("path-outside", &course_path, pin).with("path", logo));
    }
    let course =
        Course { inventory, glossary, sources, ..assemble(file, chapters, exercises, &files) };
    Some(Gathered { course: Ok(course), files, failed })
}

/// What stands wrong in chapters that the course leaves out keeps nobody from building it: they are
/// drafts. It is said once, not again for a translation. What cannot be had at all (a link out of
/// the course, a pipe) is no draft.
fn excuse_unlisted(file: &CourseFile, of_chapters: &mut Vec<Diagnostic>, is_translation: bool) {
    let listed = |fault: &Diagnostic| {
        let mut stems = file.parts.iter().flat_map(|part| &part.chapters);
        stems.any(|stem| stem == fault.place.file.stem())
    };
    if is_translation {
        of_chapters.retain(listed);
    }
    let is_draft = |fault: &Diagnostic| !listed(fault) && !UNREADABLE.contains(&fault.code);
    for fault in of_chapters.iter_mut().filter(|fault| is_draft(fault)) {
        fault.severity = Severity::Warning;
    }
}

pub(super) fn in_folder<'f>(files: &'f BTreeSet<RelPath>, folder: &str) -> Vec<&'f RelPath> {
    let direct = |path: &&RelPath| {
        path.as_str().strip_prefix(folder).is_some_and(|name| !name.contains('/'))
            && path.extension() == "yaml"
    };
    files.iter().filter(direct).collect()
}

/// Reads single files.
struct Reader<'r> {
    world: &'r dyn World,
    layouts: &'r Layouts,
    translator: Option<&'r Translator<'r>>,
    /// What is to be said of files that can be read.
    warned: Mutex<Vec<Diagnostic>>,
}

/// What may stand in a kind of file.
struct Grammar {
    kind: FileKind,
    shapes: Shapes,
}

impl Grammar {
    fn of(kind: FileKind, layouts: &Layouts) -> Self {
        Self { kind, shapes: Shapes::new(&raw::schema(kind, layouts)) }
    }
}

/// Decodes a file and makes it a tree.
fn scan<'t>(path: &RelPath, bytes: &'t [u8]) -> Result<Scan<'t>, Vec<Diagnostic>> {
    let text = decode(bytes)
        .map_err(|fault| vec![no_text(path, bytes).unwrap_or_else(|| text_fault(path, fault))])?;
    let tree = Tree::parse(text).map_err(|faults| tree_faults(path, faults))?;
    Ok((text, tree))
}

/// The bytes of a file, if they are not too many.
fn bytes<'w>(world: &'w dyn World, path: &RelPath) -> Result<Cow<'w, [u8]>, Box<Diagnostic>> {
    match world.read(path) {
        Ok(bytes) if bytes.len() as u64 > MAX_BYTES => {
            Err(Box::new(unreadable(path, &WorldError::TooLarge(bytes.len() as u64))))
        }
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(Box::new(unreadable(path, &error))),
    }
}

impl Reader<'_> {
    /// Reads a file, walks it against its shapes, and lets serde make a `T` of it; `then` sees
    /// the tree besides.
    fn parse<T: DeserializeOwned, R>(
        &self,
        path: &RelPath,
        scanned: Option<Scan<'_>>,
        grammar: &Grammar,
        then: impl FnOnce(T, &Tree<'_>) -> R,
    ) -> Result<R, Vec<Diagnostic>> {
        let bytes;
        let (text, mut tree) = match scanned {
            Some(scanned) => scanned,
            None => {
                bytes = self::bytes(self.world, path).map_err(|fault| vec![*fault])?;
                scan(path, &bytes)?
            }
        };
        if tree.root().is_none() {
            return Err(vec![Diagnostic::error("empty-file", path, Pin::At(beginning()))]);
        }
        let Inspection { found, bare, warned } =
            inspect::inspect(path, text, &tree, &grammar.shapes);
        if !found.is_empty() {
            return Err(found);
        }
        if self.translator.is_none()
            && let Ok(mut all) = self.warned.lock()
        {
            all.extend(warned);
        }
        // `text: 60` is a text as it is written, not a number.
        tree.quote(&bare);
        let misread = |fault: ReadFault| {
            let ReadFault { at, words: detail, .. } = fault;
            vec![tree_fault(path, TreeFault { code: "syntax", at, detail, fix: String::new() })]
        };
        let value = match self.translator {
            None => tree.read(),
            Some(translator) => {
                let other = translator.rewrite(grammar.kind, self.layouts, path, &tree);
                let other = Tree::parse(&other).map_err(|faults| tree_faults(path, faults))?;
                other.read()
            }
        };
        Ok(then(value.map_err(misread)?, &tree))
    }
}

/// Reads the files that a course may do without.
struct Optional<'o> {
    reader: &'o Reader<'o>,
    files: &'o BTreeSet<RelPath>,
    failed: BTreeSet<RelPath>,
    found: &'o mut Vec<Diagnostic>,
}

impl Optional<'_> {
    /// What `then` makes of a file; nothing when it is not there or cannot be read.
    fn read<T: DeserializeOwned, R: Default>(
        &mut self,
        name: &str,
        kind: FileKind,
        then: impl FnOnce(T) -> R,
    ) -> R {
        let path = RelPath::new(name).filter(|path| self.files.contains(path));
        let Some(path) = path else { return R::default() };
        let grammar = Grammar::of(kind, self.reader.layouts);
        self.reader.parse(&path, None, &grammar, |file, _| then(file)).unwrap_or_else(|faults| {
            self.found.extend(faults);
            self.failed.insert(path.clone());
            R::default()
        })
    }
}

fn beginning() -> Span {
    Span::run(Position { line: 1, column: 1 }, 1)
}

/// Codes of what [`unreadable`] says of files.
const UNREADABLE: [&str; 5] =
    ["link-outside", "dangling-link", "no-file", "too-large", "unreadable"];

/// Why a file could not be had.
pub(super) fn unreadable(path: &RelPath, error: &WorldError) -> Diagnostic {
    let at = |code| Diagnostic::error(code, path, Pin::At(beginning()));
    match error {
        WorldError::Missing if path.as_str() == "course.yaml" => at("no-course"),
        WorldError::Missing => at("missing-file").with("path", path.as_str()),
        WorldError::Outside => at("link-outside"),
        WorldError::Dangling => at("dangling-link"),
        WorldError::Special => at("no-file"),
        WorldError::TooLarge(bytes) => {
            let megabytes = |bytes: u64| {
                let tenths = bytes * 10 / 1024 / 1024;
                format!("{}.{}", tenths / 10, tenths % 10)
            };
            at("too-large").with("size", megabytes(*bytes)).with("limit", megabytes(MAX_BYTES))
        }
        WorldError::Io(words) => at("unreadable").with("detail", words.as_str()),
    }
}

/// A file that is something else than a text, by its first bytes.
fn no_text(path: &RelPath, bytes: &[u8]) -> Option<Diagnostic> {
    let pin = Pin::At(beginning());
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Some(Diagnostic::error("utf-16", path, pin));
    }
    let kinds: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "@kind.office"),
        (b"\xd0\xcf\x11\xe0", "@kind.office"),
        (b"{\\rtf", "@kind.office"),
        (b"%PDF", "PDF"),
        (b"\x89PNG", "@kind.picture"),
        (b"\xff\xd8\xff", "@kind.picture"),
    ];
    let kind = kinds.into_iter().find(|(start, _)| bytes.starts_with(start))?.1;
    Some(Diagnostic::error("not-text", path, pin).with("kind", kind))
}

pub(super) fn text_fault(path: &RelPath, fault: TextFault) -> Diagnostic {
    let at = |place| Pin::At(Span::run(place, 1));
    match fault {
        TextFault::NotUtf8(place, byte) => {
            Diagnostic::error("not-utf8", path, at(place)).with("byte", format!("0x{byte:02X}"))
        }
        TextFault::Control(place, c) if is_bidi(c) => {
            Diagnostic::error("bidi-control", path, at(place))
                .with("detail", format!("U+{:04X}", u32::from(c)))
        }
        TextFault::Control(place, c) => Diagnostic::error("control-character", path, at(place))
            .with("character", format!("U+{:04X}", u32::from(c))),
    }
}

fn tree_faults(path: &RelPath, faults: Vec<TreeFault>) -> Vec<Diagnostic> {
    faults.into_iter().map(|fault| tree_fault(path, fault)).collect()
}

fn tree_fault(path: &RelPath, fault: TreeFault) -> Diagnostic {
    let pin = Pin::At(Span::run(fault.at, 1));
    Diagnostic::error(fault.code, path, pin).with("detail", fault.detail).with("fix", fault.fix)
}

fn exercise(path: &RelPath, exercise: practice::Exercise, tree: &Tree<'_>) -> Exercise {
    let below = |at: usize, key: &str| tree.get(at, key).map(|(_, value)| value);
    let root = tree.root();
    let stages = root.and_then(|root| below(root, "stages"));
    let stages = stages.map(|stages| tree.entries(stages)).unwrap_or_default();
    let ids = stages.iter().filter_map(|stage| tree.text(below(*stage, "id")?));
    let mut companions = Vec::new();
    let levels = root.and_then(|root| below(root, "levels"));
    for (name, level) in levels.map(|levels| tree.pairs(levels)).unwrap_or_default() {
        let Some(with) = below(*level, "with") else { continue };
        for (index, entry) in tree.entries(with).iter().enumerate() {
            if let (Some(level), Some(id)) = (tree.text(*name), tree.text(*entry)) {
                companions.push((format!("levels.{level}.with[{index}]"), id.to_owned()));
            }
        }
    }
    Exercise {
        id: path.stem().to_owned(),
        file: path.clone(),
        exercise,
        stages: ids.map(str::to_owned).collect(),
        companions,
        quotes: Quotes::default(),
    }
}

fn chapter(path: &RelPath, file: ChapterFile) -> Chapter {
    let stem = path.stem().to_owned();
    let slides: Vec<Slide> =
        file.slides.into_iter().enumerate().map(|(index, file)| slide(index + 1, file)).collect();
    let mut questions = file.questions;
    for (index, question) in questions.iter_mut().enumerate() {
        if question.id.is_empty() {
            question.id = default_question_id(&stem, index + 1);
        }
    }
    Chapter {
        file: path.clone(),
        number: 0,
        title: file.title,
        minutes: file.minutes.unwrap_or_else(|| slides.iter().filter_map(|s| s.minutes).sum()),
        objectives: file
            .objectives
            .into_iter()
            .map(|objective| Objective { id: objective.id, text: objective.text })
            .collect(),
        takeaways: file.takeaways,
        quiz: file.quiz,
        guide: file.guide,
        slides,
        questions,
        stem,
    }
}

/// `c09q3` in `09-screening`, `intro-q3` in `intro`.
fn default_question_id(stem: &str, number: usize) -> String {
    let digits: String = stem.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() { format!("{stem}-q{number}") } else { format!("c{digits}q{number}") }
}

fn slide(number: usize, file: SlideFile) -> Slide {
    let keys = file.keys;
    Slide {
        layout: keys.layout.unwrap_or_else(|| DEFAULT_LAYOUT.to_owned()),
        id: keys.id.unwrap_or_else(|| number.to_string()),
        number,
        title: keys.title,
        slots: file.slots,
        notes: keys.notes,
        ask: keys.ask,
        minutes: keys.minutes,
        reveal: match keys.reveal {
            RevealFile::All => Reveal::All,
            RevealFile::Steps => Reveal::Steps,
        },
        objectives: keys.objectives,
        covers: keys.covers,
        origin: keys.origin.map(|origin| match origin {
            OriginFile::Seed => Origin::Seed,
            OriginFile::Own => Origin::Own,
            OriginFile::Mixed => Origin::Mixed,
        }),
        silence: keys
            .silence
            .into_iter()
            .map(|silence| Silence { rule: silence.rule, reason: silence.reason })
            .collect(),
        ready: Ready::default(),
    }
}

fn number(chapters: impl Iterator<Item = Chapter>) -> Vec<Chapter> {
    chapters.enumerate().map(|(index, chapter)| Chapter { number: index + 1, ..chapter }).collect()
}

fn assemble(
    file: CourseFile,
    mut chapters: BTreeMap<String, Chapter>,
    exercises: BTreeMap<String, Exercise>,
    files: &BTreeSet<RelPath>,
) -> Course {
    let listed: Vec<&String> = file.parts.iter().flat_map(|part| &part.chapters).collect();
    // Numbers follow the list, so a chapter keeps its number while another cannot be read.
    let listed = listed
        .into_iter()
        .enumerate()
        .filter_map(|(index, stem)| Some(Chapter { number: index + 1, ..chapters.remove(stem)? }));
    let chapters = listed.collect();
    Course {
        id: file.id,
        title: file.title,
        language: file.language,
        languages: file.languages,
        authors: file.authors,
        parts: file
            .parts
            .into_iter()
            .map(|part| Part { title: part.title, chapters: part.chapters })
            .collect(),
        aspect: file.aspect,
        theme: file.theme,
        logo: file.logo.and_then(RelPath::new),
        colours: file.colours,
        trusted_html: file.html == Html::Trusted,
        checks: file.checks.into_iter().map(|(rule, level)| (rule, level.name().into())).collect(),
        quiz: file.quiz,
        chapters,
        exercises,
        inventory: Vec::new(),
        glossary: Vec::new(),
        sources: None,
        source: None,
        media: files.iter().filter(|path| path.as_str().starts_with("media/")).cloned().collect(),
    }
}
