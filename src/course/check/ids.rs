//! Ids are given once: slides within a chapter, questions and objectives across the course.

use super::Survey;
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use std::collections::HashMap;

/// Slides that every deck has of its own.
const OWN_SLIDES: [&str; 2] = ["open", "close"];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let mut questions = Ids::default();
    let mut objectives = Ids::default();
    for chapter in &survey.course.chapters {
        let file = &chapter.file;
        let mut slides = Ids::default();
        for (index, slide) in chapter.slides.iter().enumerate() {
            // A slide without an id has its number; the title is what can be pointed at.
            let written = slide.id != slide.number.to_string();
            let key = if written { "id" } else { "title" };
            let path = format!("slides[{index}].{key}");
            if OWN_SLIDES.contains(&slide.id.as_str()) {
                let pin = Pin::Value(path);
                found.push(Diagnostic::error("reserved-name", file, pin).with("name", &slide.id));
            } else {
                slides.add(&slide.id, file, &path, found);
            }
        }
        for (index, question) in chapter.questions.iter().enumerate() {
            questions.add(&question.id, file, &format!("questions[{index}].id"), found);
        }
        for (index, objective) in chapter.objectives.iter().enumerate() {
            objectives.add(&objective.id, file, &format!("objectives[{index}].id"), found);
        }
    }
}

/// Ids met so far, each with its place.
#[derive(Default)]
pub(super) struct Ids<'i>(HashMap<&'i str, (RelPath, String)>);

impl<'i> Ids<'i> {
    /// Adds an id; one that cannot be an id or is taken is a finding.
    pub(super) fn add(
        &mut self,
        id: &'i str,
        file: &RelPath,
        path: &str,
        found: &mut Vec<Diagnostic>,
    ) {
        let pin = Pin::Value(path.to_owned());
        if id.is_empty()
            || id.contains(|c: char| c.is_whitespace() || ".,:{}[]#/\"'<>&".contains(c))
        {
            found.push(Diagnostic::error("bad-id", file, pin).with("id", id));
        } else if let Some((first, path)) = self.0.get(id) {
            let twice = Diagnostic::error("duplicate-id", file, pin).with("id", id);
            found.push(twice.see(first, Pin::Value(path.clone())));
        } else {
            self.0.insert(id, (file.clone(), path.to_owned()));
        }
    }
}
