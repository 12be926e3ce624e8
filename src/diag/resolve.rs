//! From places as the program knows them (`slides[3].title`) to lines and columns.

use super::{Diagnostic, Pin};
use crate::source::{Places, Span, Tree, World, decode};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Gives every finding its line and column, sorts by file and place, and drops repetitions.
/// Files are read and parsed again only when a finding needs it.
pub fn resolve(diagnostics: &mut Vec<Diagnostic>, world: &dyn World) {
    relate(diagnostics, world);
    let mut by_file: BTreeMap<_, Vec<&mut Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics.iter_mut() {
        if !matches!(diagnostic.place.pin, Pin::At(_) | Pin::File) {
            by_file.entry(diagnostic.place.file.clone()).or_default().push(diagnostic);
        }
    }
    by_file.into_par_iter().for_each(|(file, found)| {
        let bytes = world.read(&file).ok();
        let text = bytes.as_deref().and_then(|bytes| decode(bytes).ok()).unwrap_or_default();
        let tree = Tree::parse(text).unwrap_or_default();
        let mut places = Places::new(&tree, text);
        for diagnostic in found {
            let span = locate(&tree, &mut places, &diagnostic.place.pin);
            diagnostic.place.pin = span.map_or(Pin::File, Pin::At);
        }
    });
    diagnostics.sort_by(|a, b| (&a.place, a.severity, a.code).cmp(&(&b.place, b.severity, b.code)));
    diagnostics.dedup();
}

/// Puts the other places that findings name into words: `chapters/01-a.yaml:3`.
fn relate(diagnostics: &mut [Diagnostic], world: &dyn World) {
    let mut by_file: BTreeMap<_, Vec<(Pin, &mut Diagnostic)>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some(place) = diagnostic.related.take() {
            by_file.entry(place.file).or_default().push((place.pin, diagnostic));
        }
    }
    for (file, found) in by_file {
        let bytes = world.read(&file).ok();
        let text = bytes.as_deref().and_then(|bytes| decode(bytes).ok()).unwrap_or_default();
        let tree = Tree::parse(text).unwrap_or_default();
        let mut places = Places::new(&tree, text);
        for (pin, diagnostic) in found {
            let place = match locate(&tree, &mut places, &pin) {
                Some(span) => format!("{file}:{}", span.start.line),
                None => file.to_string(),
            };
            diagnostic.args.insert("first", place);
        }
    }
}

fn locate(tree: &Tree<'_>, places: &mut Places<'_>, pin: &Pin) -> Option<Span> {
    match pin {
        Pin::File => None,
        Pin::At(span) => Some(*span),
        Pin::Value(path) => tree.find(path).map(|(_, value)| tree.span(value)),
        Pin::Key(path) => tree.find(path).map(|(key, value)| tree.span(key.unwrap_or(value))),
        Pin::Within(path, offset, count) => {
            let (_, value) = tree.find(path)?;
            Some(within(places, value, *offset, *count))
        }
        Pin::Text { below, text, offset, count } => {
            let (_, root) = tree.find(below)?;
            match places.find(root, text) {
                Some((value, start)) => Some(within(places, value, start + offset, *count)),
                None => Some(tree.span(root)),
            }
        }
    }
}

fn within(places: &mut Places<'_>, value: usize, offset: usize, count: usize) -> Span {
    Span::run(places.within(value, offset), count.max(1))
}
