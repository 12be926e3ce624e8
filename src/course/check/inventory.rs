//! The rows that slides name in `covers` are rows of the inventory, and each row has its slide.

use super::Survey;
use crate::course::inspect::nearest;
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use std::collections::BTreeSet;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = RelPath::new("inventory.yaml") else { return };
    if !survey.has(file.as_str()) || survey.failed(file.as_str()) {
        return;
    }
    let mut rows = BTreeSet::new();
    for (index, row) in survey.course.inventory.iter().enumerate() {
        if !rows.insert(row.number.as_str()) {
            let pin = Pin::Value(format!("rows[{index}].number"));
            found.push(Diagnostic::error("duplicate-row", &file, pin).with("row", &row.number));
        }
    }
    let mut covered = BTreeSet::new();
    for chapter in &survey.course.chapters {
        for (s, slide) in chapter.slides.iter().enumerate() {
            for (c, number) in slide.covers.iter().enumerate() {
                if rows.contains(number.as_str()) {
                    covered.insert(number.as_str());
                    continue;
                }
                let pin = Pin::Value(format!("slides[{s}].covers[{c}]"));
                found.push(
                    Diagnostic::error("unknown-row", &chapter.file, pin)
                        .with("row", number)
                        .with("nearest", nearest(number, rows.iter().copied()).unwrap_or_default()),
                );
            }
        }
    }
    // The missing slide may be one of a chapter that could not be read.
    if survey.failed.iter().any(|path| path.as_str().starts_with("chapters/")) {
        return;
    }
    for (index, row) in survey.course.inventory.iter().enumerate() {
        if !covered.contains(row.number.as_str()) {
            let pin = Pin::Value(format!("rows[{index}].number"));
            found.push(
                Diagnostic::warning("uncovered-row", &file, pin)
                    .with("row", &row.number)
                    .with("term", &row.term),
            );
        }
    }
}
