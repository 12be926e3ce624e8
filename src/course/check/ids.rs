//! Ids are given once: slides within a chapter, questions and objectives across the course.

use super::Survey;
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Slides that every deck has of its own.
const OWN_SLIDES: [&str; 2] = ["open", "close"];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let mut questions = Ids::default();
    let mut objectives = Ids::default();
    for chapter in &survey.course.chapters {
        let file = &chapter.file;
        let mut slides = Ids(HashMap::with_capacity(chapter.slides.len()));
        for (index, slide) in chapter.slides.iter().enumerate() {
            // A slide without an id has its number; the title is what can be pointed at.
            let is_number = slide.id.starts_with(|c: char| c.is_ascii_digit());
            let written = !is_number || slide.id != slide.number.to_string();
            let place = Place("slides", index, if written { "id" } else { "title" });
            if OWN_SLIDES.contains(&slide.id.as_str()) {
                let pin = place.pin();
                found.push(Diagnostic::error("reserved-name", file, pin).with("name", &slide.id));
            } else {
                slides.add(&slide.id, file, place, found);
            }
        }
        for (index, question) in chapter.questions.iter().enumerate() {
            questions.add(&question.id, file, Place("questions", index, "id"), found);
        }
        for (index, objective) in chapter.objectives.iter().enumerate() {
            objectives.add(&objective.id, file, Place("objectives", index, "id"), found);
        }
    }
}

/// Where an id is given: a list, a place in it, and a key there. Unlike a
/// [`Path`](super::texts::Path) it can be kept, and it is written out for findings only.
#[derive(Clone, Copy)]
pub(super) struct Place(pub(super) &'static str, pub(super) usize, pub(super) &'static str);

impl Place {
    fn pin(self) -> Pin {
        let Self(list, index, key) = self;
        Pin::Value(format!("{list}[{index}].{key}"))
    }
}

/// Ids met so far, each with its place.
#[derive(Default)]
pub(super) struct Ids<'i>(HashMap<&'i str, (&'i RelPath, Place)>);

impl<'i> Ids<'i> {
    /// Adds an id; one that cannot be an id or is taken is a finding.
    pub(super) fn add(
        &mut self,
        id: &'i str,
        file: &'i RelPath,
        place: Place,
        found: &mut Vec<Diagnostic>,
    ) {
        if id.is_empty() || id.contains(has_no_place) {
            found.push(Diagnostic::error("bad-id", file, place.pin()).with("id", id));
            return;
        }
        match self.0.entry(id) {
            Entry::Vacant(free) => drop(free.insert((file, place))),
            Entry::Occupied(taken) => {
                let (first, other) = taken.get();
                let twice = Diagnostic::error("duplicate-id", file, place.pin()).with("id", id);
                found.push(twice.see(first, other.pin()));
            }
        }
    }
}

/// Whether a character has no place in an id: it would mean something in an address, in a path or
/// in HTML.
fn has_no_place(c: char) -> bool {
    let means = matches!(
        c,
        '.' | ',' | ':' | '{' | '}' | '[' | ']' | '#' | '/' | '"' | '\'' | '<' | '>' | '&'
    );
    means || c.is_whitespace()
}
