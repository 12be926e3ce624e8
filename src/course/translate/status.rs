//! How far a translation is.

use super::po::Catalogue;
use super::{Translator, Unit};
use crate::source::RelPath;
use std::collections::BTreeSet;

/// How many units there are and what has become of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// With a translation in use.
    pub translated: usize,
    /// With one that has to be looked at.
    pub fuzzy: usize,
    /// With none.
    pub untranslated: usize,
}

impl Count {
    /// All units.
    pub fn all(&self) -> usize {
        self.translated + self.fuzzy + self.untranslated
    }

    /// Whole per cent that are translated: 100 only when all are.
    pub fn percent(&self) -> usize {
        (self.translated * 100).checked_div(self.all()).unwrap_or(100)
    }

    /// Whether nothing is left to do.
    pub fn is_complete(&self) -> bool {
        self.translated == self.all()
    }
}

/// A file's part of a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStatus {
    /// The author's file.
    pub file: RelPath,
    /// Its units; one that other files have, too, counts in each.
    pub count: Count,
}

/// A whole translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Every unit once.
    pub total: Count,
    /// File by file.
    pub files: Vec<FileStatus>,
}

/// How far the translation in a catalogue is.
pub fn status(catalogue: &Catalogue, units: &[Unit]) -> Status {
    let translator = Translator::new(catalogue, "", "");
    let mut files: Vec<FileStatus> = Vec::new();
    let mut total = Count::default();
    let (mut seen, mut seen_here) = (BTreeSet::new(), BTreeSet::new());
    for unit in units.iter().filter(|unit| unit.due) {
        if files.last().is_none_or(|file| file.file != unit.file) {
            files.push(FileStatus { file: unit.file.clone(), count: Count::default() });
            seen_here.clear();
        }
        let entry = translator.find(&unit.text, &unit.place);
        // Places with a translation of their own are units of their own.
        let key = (unit.text.as_str(), entry.and_then(|entry| entry.context.as_deref()));
        let add = |count: &mut Count| match entry {
            Some(entry) if entry.is_used() => count.translated += 1,
            Some(entry) if entry.fuzzy => count.fuzzy += 1,
            _ => count.untranslated += 1,
        };
        if let Some(file) = files.last_mut().filter(|_| seen_here.insert(key)) {
            add(&mut file.count);
        }
        if seen.insert(key) {
            add(&mut total);
        }
    }
    Status { total, files }
}
