//! Walks a file against its shape and reports everything that does not fit, each at its place.
//!
//! serde would stop at the first mistake, place some of them badly and not see nulls and
//! duplicates at all; it reads the file afterwards, when there is nothing left to say here.

use super::shape::{Shape, ShapeId, Shapes};
use crate::diag::{Diagnostic, Pin};
use crate::source::{Body, RelPath, Scalar, Span, Tree};
use std::collections::HashMap;

/// What a walk over a file finds.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    /// Everything that does not fit the shapes.
    pub(super) found: Vec<Diagnostic>,
    /// Scalars that look like a number or a yes and no, but stand where a text is due.
    pub(super) bare: Vec<usize>,
}

/// Walks `tree` over the shapes.
pub(super) fn inspect(file: &RelPath, tree: &Tree<'_>, shapes: &Shapes) -> Inspection {
    let mut walk = Walk { file, tree, shapes, seen: Inspection::default() };
    if let Some(root) = tree.root() {
        walk.value(root, shapes.root, "");
    }
    walk.seen
}

struct Walk<'w> {
    file: &'w RelPath,
    tree: &'w Tree<'w>,
    shapes: &'w Shapes,
    seen: Inspection,
}

impl Walk<'_> {
    fn report(&mut self, code: &'static str, span: Span, args: &[(&'static str, &str)]) {
        let mut diagnostic = Diagnostic::error(code, self.file, Pin::At(span));
        for (name, value) in args {
            diagnostic = diagnostic.with(name, *value);
        }
        self.seen.found.push(diagnostic);
    }

    /// Checks the value `at`, which stands under the key `key`.
    fn value(&mut self, at: usize, shape: ShapeId, key: &str) {
        let shapes = self.shapes;
        let shape = match shapes.get(shape) {
            Shape::OrNull(_) if self.is_null(at) => return,
            Shape::OrNull(of) => *of,
            _ => shape,
        };
        if self.is_null(at) {
            return self.report("null", self.tree.span(at), &[("key", key)]);
        }
        match shapes.get(shape) {
            Shape::Any => self.any(at, key),
            Shape::Text(words) => self.text(at, words.as_deref(), key),
            Shape::Number | Shape::Integer | Shape::YesNo => {
                if !self.fits(at, shape) {
                    self.wrong_type(at, &[shape], key);
                }
            }
            Shape::List { of, least, most } => match &self.tree.node(at).body {
                Body::List(entries) => {
                    let (n, bounds) = (entries.len(), (*least, *most));
                    let code = if n < bounds.0 { "too-few" } else { "too-many" };
                    if n < bounds.0 || n > bounds.1 {
                        let bound = if n < bounds.0 { bounds.0 } else { bounds.1 }.to_string();
                        let args = [("key", key), ("n", &*n.to_string()), ("bound", &*bound)];
                        self.report(code, self.tree.span(at), &args);
                    }
                    for entry in entries {
                        self.value(*entry, *of, key);
                    }
                }
                _ => self.wrong_type(at, &[shape], key),
            },
            Shape::Map { keys, required, rest } => match &self.tree.node(at).body {
                Body::Map(pairs) => self.map(at, pairs, keys, required, *rest),
                _ => self.wrong_type(at, &[shape], key),
            },
            Shape::Tagged { tag, kinds, default } => match &self.tree.node(at).body {
                Body::Map(pairs) => self.tagged(at, pairs, tag, kinds, *default),
                _ => self.wrong_type(at, &[shape], key),
            },
            Shape::Union(options) => self.union(at, options, key),
            Shape::OrNull(_) => {}
        }
    }

    fn any(&mut self, at: usize, key: &str) {
        match &self.tree.node(at).body {
            Body::List(entries) => {
                for entry in entries {
                    if self.is_null(*entry) {
                        self.report("null", self.tree.span(*entry), &[("key", key)]);
                    } else {
                        self.any(*entry, key);
                    }
                }
            }
            Body::Map(pairs) => {
                self.keys(pairs);
                for (name, value) in pairs {
                    let name = self.tree.text(*name).unwrap_or_default();
                    if self.is_null(*value) {
                        self.report("null", self.tree.span(*value), &[("key", name)]);
                    } else {
                        self.any(*value, name);
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, at: usize, words: Option<&[String]>, key: &str) {
        let Some(text) = self.tree.text(at) else {
            let expected = if words.is_some() { "@type.word" } else { "@type.text" };
            let args = [("key", key), ("expected", expected), ("found", self.type_name(at))];
            return self.report("wrong-type", self.tree.span(at), &args);
        };
        let scalar = self.scalar(at);
        if scalar.is_number() || matches!(scalar, Scalar::YesNo(_)) {
            self.seen.bare.push(at);
        }
        if let Some(words) = words
            && !words.iter().any(|word| word == text)
        {
            let nearest = nearest(text, words.iter().map(String::as_str)).unwrap_or_default();
            let known = words.join(", ");
            let args = [("key", key), ("found", text), ("nearest", nearest), ("known", &*known)];
            self.report("unknown-word", self.tree.span(at), &args);
        }
    }

    fn map(
        &mut self,
        at: usize,
        pairs: &[(usize, usize)],
        keys: &[(String, ShapeId)],
        required: &[String],
        rest: Option<ShapeId>,
    ) {
        self.keys(pairs);
        for (name, value) in pairs {
            let Some(key) = self.tree.text(*name) else { continue };
            let shape = keys.iter().find(|(known, _)| known == key).map(|(_, shape)| *shape);
            match shape.or(rest) {
                Some(shape) => self.value(*value, shape, key),
                None => self.unknown_key(*name, *value, keys),
            }
        }
        for key in required {
            if !pairs.iter().any(|(name, _)| self.tree.text(*name) == Some(key)) {
                self.report("missing-key", self.tree.span(at), &[("key", key)]);
            }
        }
    }

    /// What is wrong with keys whatever the map: doubled, merged, not a text.
    fn keys(&mut self, pairs: &[(usize, usize)]) {
        let mut seen: HashMap<&str, usize> = HashMap::with_capacity(pairs.len());
        for (name, _) in pairs {
            let span = self.tree.span(*name);
            let Some(key) = self.tree.text(*name) else {
                self.report("key-not-text", span, &[]);
                continue;
            };
            if key == "<<" {
                self.report("merge-key", span, &[]);
            } else if let Some(line) = seen.insert(key, span.start.line) {
                self.report("duplicate-key", span, &[("key", key), ("line", &line.to_string())]);
            }
        }
    }

    fn unknown_key(&mut self, name: usize, value: usize, keys: &[(String, ShapeId)]) {
        let Some(key) = self.tree.text(name) else { return };
        if key == "<<" {
            return;
        }
        let span = self.tree.span(name);
        // `{text: 甲, 乙}`: the comma ended the text, and the rest became a key.
        if !key.is_ascii() && self.is_null(value) {
            return self.report("split-text", span, &[("key", key)]);
        }
        let known: Vec<&str> = keys.iter().map(|(known, _)| known.as_str()).collect();
        let nearest = nearest(key, known.iter().copied()).unwrap_or_default();
        let args = [("key", key), ("nearest", nearest), ("known", &*known.join(", "))];
        self.report("unknown-key", span, &args);
    }

    fn tagged(
        &mut self,
        at: usize,
        pairs: &[(usize, usize)],
        tag: &str,
        kinds: &[(String, ShapeId)],
        default: Option<ShapeId>,
    ) {
        let names = || kinds.iter().map(|(name, _)| name.as_str());
        let known = || names().collect::<Vec<_>>().join(", ");
        let found = pairs.iter().position(|(name, _)| self.tree.text(*name) == Some(tag));
        let Some(found) = found else {
            if let Some(shape) = default {
                return self.value(at, shape, "");
            }
            let args = [("key", tag), ("known", &*known())];
            return self.report("missing-kind", self.tree.span(at), &args);
        };
        let (name, value) = pairs[found];
        if found > 0 {
            self.report("kind-not-first", self.tree.span(name), &[("key", tag)]);
        }
        let written = self.tree.text(value).unwrap_or_default();
        match kinds.iter().find(|(name, _)| name == written) {
            Some((_, shape)) => self.value(at, *shape, ""),
            None if self.is_null(value) => {
                self.report("null", self.tree.span(value), &[("key", tag)]);
            }
            None => {
                let nearest = nearest(written, names()).unwrap_or_default();
                let code = if tag == "layout" { "unknown-layout" } else { "unknown-kind" };
                let args = [("found", written), ("nearest", nearest), ("known", &*known())];
                self.report(code, self.tree.span(value), &args);
            }
        }
    }

    /// Takes the option that fits; if none does, what speaks against the nearest one.
    fn union(&mut self, at: usize, options: &[ShapeId], key: &str) {
        let fitting: Vec<ShapeId> =
            options.iter().copied().filter(|option| self.fits(at, *option)).collect();
        let mut best: Option<Inspection> = None;
        for option in &fitting {
            let seen = Inspection::default();
            let mut trial = Walk { file: self.file, tree: self.tree, shapes: self.shapes, seen };
            trial.value(at, *option, key);
            let seen = trial.seen;
            if best.as_ref().is_none_or(|best| seen.found.len() < best.found.len()) {
                best = Some(seen);
            }
            if best.as_ref().is_some_and(|best| best.found.is_empty()) {
                break;
            }
        }
        match best {
            Some(Inspection { found, bare }) => {
                self.seen.found.extend(found);
                self.seen.bare.extend(bare);
            }
            None => self.wrong_type(at, options, key),
        }
    }

    fn wrong_type(&mut self, at: usize, options: &[ShapeId], key: &str) {
        let expected = match options {
            [one] => self.shape_name(*one),
            _ => "@type.other",
        };
        let args = [("key", key), ("expected", expected), ("found", self.type_name(at))];
        self.report("wrong-type", self.tree.span(at), &args);
    }

    /// Whether the outermost type is right.
    fn fits(&self, at: usize, shape: ShapeId) -> bool {
        let body = &self.tree.node(at).body;
        match self.shapes.get(shape) {
            Shape::Any => true,
            Shape::Text(_) => matches!(body, Body::Scalar(..)),
            Shape::Number => self.scalar(at).is_number(),
            Shape::Integer => self.scalar(at).is_integer(),
            Shape::YesNo => matches!(self.scalar(at), Scalar::YesNo(_)),
            Shape::List { .. } => matches!(body, Body::List(_)),
            Shape::Map { .. } | Shape::Tagged { .. } => matches!(body, Body::Map(_)),
            Shape::Union(options) => options.iter().any(|option| self.fits(at, *option)),
            Shape::OrNull(of) => self.is_null(at) || self.fits(at, *of),
        }
    }

    fn shape_name(&self, shape: ShapeId) -> &'static str {
        match self.shapes.get(shape) {
            Shape::Any | Shape::Union(_) | Shape::OrNull(_) => "@type.other",
            Shape::Text(None) => "@type.text",
            Shape::Text(Some(_)) => "@type.word",
            Shape::Number => "@type.number",
            Shape::Integer => "@type.integer",
            Shape::YesNo => "@type.yes_no",
            Shape::List { .. } => "@type.list",
            Shape::Map { .. } | Shape::Tagged { .. } => "@type.map",
        }
    }

    fn type_name(&self, at: usize) -> &'static str {
        match &self.tree.node(at).body {
            Body::Scalar(..) => match self.scalar(at) {
                scalar if scalar.is_number() => "@type.number",
                Scalar::YesNo(_) => "@type.yes_no",
                _ => "@type.text",
            },
            Body::Alias(_) => "@type.text",
            Body::List(_) => "@type.list",
            Body::Map(_) => "@type.map",
        }
    }

    fn is_null(&self, at: usize) -> bool {
        self.scalar(at) == Scalar::Null
    }

    /// What a scalar means; a list or map is none of what it could mean.
    fn scalar(&self, at: usize) -> Scalar {
        match &self.tree.node(at).body {
            Body::Scalar(text, style) => Scalar::of(text, *style),
            _ => Scalar::Text,
        }
    }
}

/// The name most like `wrong`, if any is like it.
pub(super) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let length = wrong.chars().count();
    names
        .map(|name| (strsim::osa_distance(wrong, name), name))
        .filter(|(distance, name)| {
            let longer = length.max(name.chars().count());
            *distance <= (longer / 3).max(1) && *distance < longer
        })
        .min()
        .map(|(_, name)| name)
}
