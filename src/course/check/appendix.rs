//! The glossary and the sources: ids and words are given once, what they name is there, and each
//! term is used by some slide.

use super::ids::{Ids, Place};
use super::{Survey, texts};
use crate::course::inspect::nearest;
use crate::course::{Chapter, Finder};
use crate::diag::{Diagnostic, Pin, Severity};
use crate::markdown;
use crate::source::RelPath;
use crate::theme::SlotKind;
use std::collections::{BTreeSet, HashMap};

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    glossary(survey, found);
    sources(survey, found);
}

fn glossary(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = RelPath::new("glossary.yaml") else { return };
    let terms = &survey.course.glossary;
    let mut ids = Ids::default();
    let mut words: HashMap<String, (usize, &str)> = HashMap::new();
    let known: Vec<&str> = terms.iter().map(|term| term.id.as_str()).collect();
    for (t, term) in terms.iter().enumerate() {
        let path = format!("terms[{t}]");
        ids.add(&term.id, &file, Place("terms", t, "id"), found);
        let own = std::iter::once((&term.term, format!("{path}.term")));
        let forms = term.forms.iter().enumerate();
        let forms = forms.map(|(f, form)| (form, format!("{path}.forms[{f}]")));
        for (word, path) in own.chain(forms) {
            let small = word.to_lowercase();
            match words.get(small.as_str()) {
                // In different chapters an everyday word may mean different things; two forms of a
                // term may be one word in translation.
                Some((other, id))
                    if *other != t && meet(&terms[*other].chapters, &term.chapters) =>
                {
                    found.push(
                        Diagnostic::error("duplicate-term", &file, Pin::Value(path))
                            .with("word", word)
                            .with("id", *id),
                    );
                }
                Some(_) => {}
                None => drop(words.insert(small, (t, &term.id))),
            }
        }
        for (s, id) in term.see.iter().enumerate() {
            if !known.contains(&id.as_str()) || *id == term.id {
                found.push(
                    Diagnostic::error(
                        "unknown-term",
                        &file,
                        Pin::Value(format!("{path}.see[{s}]")),
                    )
                    .with("id", id)
                    .with("nearest", nearest(id, known.iter().copied()).unwrap_or_default()),
                );
            }
        }
        chapters(survey, &file, &path, &term.chapters, found);
    }
    // The missing use may be in a chapter that could not be read.
    if survey.failed.iter().any(|path| path.as_str().starts_with("chapters/")) {
        return;
    }
    let used: BTreeSet<usize> =
        survey.course.chapters.iter().flat_map(|chapter| used(survey, chapter)).collect();
    for (t, term) in terms.iter().enumerate().filter(|(t, _)| !used.contains(t)) {
        let pin = Pin::Value(format!("terms[{t}].term"));
        let unused = Diagnostic {
            severity: Severity::Info,
            ..Diagnostic::warning("unused-term", &file, pin)
        };
        found.push(unused.with("term", &term.term));
    }
}

/// Whether two terms are looked for in the same chapter.
fn meet(one: &[String], other: &[String]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|stem| other.contains(stem))
}

/// The terms that a chapter's deck uses, titles and notes apart.
fn used(survey: &Survey<'_>, chapter: &Chapter) -> BTreeSet<usize> {
    let finder = Finder::new(&survey.course.glossary, &chapter.stem);
    let mut used = BTreeSet::new();
    if finder.is_empty() {
        return used;
    }
    let mut look = |text: &str| {
        let prose = markdown::letters(text).into_iter().map(|(_, c)| c);
        let places = finder.find(&prose.collect::<String>());
        used.extend(places.into_iter().map(|(_, _, place)| place));
    };
    chapter.objectives.iter().for_each(|objective| look(&objective.text));
    chapter.takeaways.iter().for_each(|takeaway| look(takeaway));
    for slide in &chapter.slides {
        let Some(layout) = survey.layouts.get(&slide.layout) else { continue };
        let slots = slide.slots.iter().map(|(name, value)| (name.as_str(), value));
        texts::in_slots(slots, &layout.slots, &texts::Path::Root, &mut |_, kind, value| {
            if let (SlotKind::Text | SlotKind::Markdown, Some(text)) = (kind, value.as_str()) {
                look(text);
            }
        });
    }
    used
}

fn sources(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = RelPath::new("sources.yaml") else { return };
    let Some(sources) = &survey.course.sources else { return };
    let mut ids = Ids::default();
    for (s, setting) in sources.settings.iter().enumerate() {
        chapters(survey, &file, &format!("settings[{s}]"), &setting.chapters, found);
    }
    for (s, source) in sources.sources.iter().enumerate() {
        let path = format!("sources[{s}]");
        ids.add(&source.id, &file, Place("sources", s, "id"), found);
        for (l, link) in source.links.iter().enumerate() {
            if !link.starts_with("https://") && !link.starts_with("http://") {
                let pin = Pin::Value(format!("{path}.links[{l}]"));
                found.push(Diagnostic::error("bad-address", &file, pin).with("address", link));
            }
        }
        chapters(survey, &file, &path, &source.chapters, found);
    }
}

/// The chapters that an entry names are there.
fn chapters(
    survey: &Survey<'_>,
    file: &RelPath,
    path: &str,
    stems: &[String],
    found: &mut Vec<Diagnostic>,
) {
    let known = survey.files.iter().filter(|path| path.as_str().starts_with("chapters/"));
    let known: Vec<&str> = known.map(RelPath::stem).collect();
    for (c, stem) in stems.iter().enumerate() {
        if !known.contains(&stem.as_str()) {
            let pin = Pin::Value(format!("{path}.chapters[{c}]"));
            found.push(
                Diagnostic::error("unknown-chapter", file, pin)
                    .with("chapter", stem)
                    .with("nearest", nearest(stem, known.iter().copied()).unwrap_or_default()),
            );
        }
    }
}
