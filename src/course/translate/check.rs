//! What is wrong with a translation, at its line in the catalogue.

use super::texts;
use super::{Translator, Unit, catalogue_path, each_file};
use crate::course::Course;
use crate::course::inspect::by_number;
use crate::diag::{Diagnostic, Pin, Severity};
use crate::markdown::{numbered, quotes};
use crate::source::{Position, RelPath, Span, World, is_refused};
use crate::theme::Layouts;
use std::collections::BTreeSet;

/// Folders of a site that a language cannot be called.
const TAKEN: [&str; 3] = ["assets", "media", "practice"];

/// Whether a text can be the code of a language, and so the name of a folder.
pub(in crate::course) fn is_tag(language: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    !language.is_empty() && language.split('-').all(is_part)
}

/// Languages that cannot be.
pub(super) fn languages(course: &Course) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, language) in course.languages.iter().enumerate() {
        let taken = TAKEN.contains(&language.as_str())
            || course.chapters.iter().any(|chapter| chapter.stem == *language);
        let code = if !is_tag(language) || taken {
            "bad-language"
        } else if *language == course.language || course.languages[..at].contains(language) {
            "language-twice"
        } else {
            continue;
        };
        let pin = Pin::Value(format!("languages[{at}]"));
        let fault = Diagnostic::error(code, &RelPath::course_file(), pin);
        found.push(fault.with("language", language));
    }
    found
}

/// Words that are id and text at once.
pub(super) fn fixed_words(
    world: &dyn World,
    layouts: &Layouts,
    course: &Course,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    each_file(world, course, &mut |kind, file, tree| {
        for (path, word) in texts::find(kind, layouts, &course.language, tree).fixed {
            let fault = Diagnostic::warning("fixed-word", file, Pin::Value(path));
            found.push(fault.with("word", word));
        }
    });
    found
}

/// What is missing, and translations that do not say what their text says.
pub(super) fn texts(translator: &Translator<'_>, units: &[Unit]) -> Vec<Diagnostic> {
    let Some(path) = catalogue_path(translator.language) else { return Vec::new() };
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for unit in units {
        let Some(entry) = translator.find(&unit.text, &unit.place).filter(|it| it.is_used()) else {
            continue;
        };
        if !seen.insert(entry.text_line) {
            continue;
        }
        let error = |code| Diagnostic::error(code, &path, line(entry.text_line));
        let (wanted, given) = (figures(&unit.text), figures(&entry.text));
        if wanted != given {
            let lacks = wanted
                .iter()
                .find(|it| !given.contains(it) || count(&wanted, it) > count(&given, it));
            let fault = match lacks {
                Some(figure) => error("po-figure-lacks").with("figure", *figure),
                None => {
                    let more = given.iter().find(|it| count(&given, it) > count(&wanted, it));
                    error("po-figure-more").with("figure", more.copied().unwrap_or_default())
                }
            };
            found.push(fault);
        }
        let gaps = [&unit.text, &entry.text].map(|text| gaps(text));
        if gaps[0] != gaps[1] {
            let fault = error("po-gaps").with("wanted", gaps[0].to_string());
            found.push(fault.with("n", gaps[1].to_string()));
        }
        if let Some((_, reference, c)) = numbered(&entry.text, |c| !is_refused(c, "")) {
            found.push(error(by_number(c)).with("detail", reference));
        }
        if unit.list && entry.text.trim().is_empty() {
            found.push(error("po-empty-list"));
        }
    }
    let count = super::status(translator.catalogue, units).total;
    if !count.is_complete() {
        let info = Diagnostic::error("po-incomplete", &path, Pin::File);
        let info = Diagnostic { severity: Severity::Info, ..info };
        let missing = count.untranslated.to_string();
        let info = info.with("language", translator.language).with("missing", missing);
        let info = info.with("fuzzy", count.fuzzy.to_string());
        found.push(info.with("n", count.all().to_string()));
    }
    found
}

/// The figures that a text quotes, sorted.
fn figures(text: &str) -> Vec<&str> {
    let mut figures: Vec<&str> = quotes(text).into_iter().map(|quote| &text[quote.range]).collect();
    figures.sort_unstable();
    figures
}

fn count(all: &[&str], one: &str) -> usize {
    all.iter().filter(|other| **other == one).count()
}

/// The gaps of a text: three or more lines in a row.
fn gaps(text: &str) -> usize {
    let runs = text.split(|c: char| c != '_');
    runs.filter(|run| run.len() >= 3).count()
}

fn line(number: usize) -> Pin {
    Pin::At(Span::run(Position { line: number.max(1), column: 1 }, 1))
}

/// What the rules said of the translated course: its errors, each moved to the line of the
/// translation that it comes from. The author's files had none, so it does come from one.
pub(super) fn placed(
    translator: &Translator<'_>,
    units: &[Unit],
    said: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let Some(path) = catalogue_path(translator.language) else { return Vec::new() };
    let errors = said.into_iter().filter(|finding| finding.severity == Severity::Error);
    let moved = errors.map(|mut finding| {
        let pin = blamed(translator, units, &finding).map_or(Pin::File, line);
        finding.place.file = path.clone();
        finding.place.pin = pin;
        finding
    });
    moved.collect()
}

/// The line of the translation that most probably is to blame: one in the place named, and of
/// several there the one that has what the sentence names.
fn blamed(translator: &Translator<'_>, units: &[Unit], finding: &Diagnostic) -> Option<usize> {
    let (at, shown) = match &finding.place.pin {
        Pin::Value(path) | Pin::Key(path) | Pin::Within(path, ..) => (path.as_str(), None),
        Pin::Text { below, text, .. } => (below.as_str(), Some(&**text)),
        Pin::File | Pin::At(_) => ("", None),
    };
    let thing = at.find(']').map_or(at, |end| &at[..=end]);
    let mut best: Option<(usize, usize)> = None;
    for unit in units.iter().filter(|unit| unit.file == finding.place.file) {
        let entry = translator.find(&unit.text, &unit.place).filter(|entry| entry.is_used());
        let Some(entry) = entry else { continue };
        let near = if unit.path == at {
            3
        } else if unit.path.starts_with(at) {
            2
        } else if unit.path.starts_with(thing) {
            // Elsewhere in the same slide, question or stage.
            1
        } else {
            continue;
        };
        if shown.is_some_and(|shown| !shown.contains(&entry.text)) {
            continue;
        }
        let names =
            |value: &String| value.chars().count() > 1 && entry.text.contains(value.as_str());
        let score = near + 4 * usize::from(finding.args.values().any(names));
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, entry.text_line));
        }
    }
    best.map(|(_, line)| line)
}

/// Moves findings about drawn slides to the lines of their translations: that of the text named,
/// of which a page may hold a part only, or one with others, else that of the slide's title.
pub(super) fn moved(translator: &Translator<'_>, units: &[Unit], found: &mut [Diagnostic]) {
    let Some(path) = catalogue_path(translator.language) else { return };
    for finding in found {
        let (below, shown) = match &finding.place.pin {
            Pin::Value(below) => (below.as_str(), ""),
            Pin::Text { below, text, .. } => (below.as_str(), &**text),
            _ => continue,
        };
        let here = units.iter().filter(|unit| unit.file == finding.place.file);
        let here = here.filter_map(|unit| Some((unit, below_of(&unit.path, below)?)));
        let mut title = None;
        let mut best: Option<(usize, usize)> = None;
        for (unit, rest) in here {
            let entry = translator.find(&unit.text, &unit.place).filter(|entry| entry.is_used());
            let Some(entry) = entry else { continue };
            if rest == "title" {
                title = Some(entry.text_line);
            }
            // The more of the text they share, the better.
            let shared = if shown.is_empty() {
                0
            } else if entry.text.contains(shown) {
                shown.len()
            } else if shown.contains(entry.text.as_str()) {
                entry.text.len()
            } else {
                0
            };
            if shared > 0 && best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, entry.text_line));
            }
        }
        if let Some(number) = best.map(|(_, number)| number).or(title) {
            finding.place.file = path.clone();
            finding.place.pin = line(number);
        }
    }
}

/// What a path names in the thing that another names; everything is in a file.
fn below_of<'p>(path: &'p str, thing: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(thing)?;
    if thing.is_empty() || rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
}
