//! Walks a file against its shape and reports everything that does not fit, each at its place.
//!
//! serde would stop at the first mistake, place some of them badly and not see nulls and
//! duplicates at all; it reads the file afterwards, when there is nothing left to say here.

use super::shape::{Shape, ShapeId, Shapes};
use crate::diag::{Diagnostic, Pin};
use crate::markdown::numbered;
use crate::source::{
    Body, Places, Position, RelPath, Scalar, Span, Tree, is_bidi, is_odd_space, is_refused, quoted,
    unquoted,
};
use saphyr_parser::ScalarStyle;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a walk over a file finds.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    /// Everything that does not fit the shapes.
    pub(super) found: Vec<Diagnostic>,
    /// Scalars that look like a number or a yes and no, but stand where a text is due.
    pub(super) bare: Vec<usize>,
    /// What may be meant otherwise but can be read as it is.
    pub(super) warned: Vec<Diagnostic>,
}

/// Walks `tree`, which was made of `text`, over the shapes.
pub(super) fn inspect(file: &RelPath, text: &str, tree: &Tree<'_>, shapes: &Shapes) -> Inspection {
    let has_hash = memchr::memchr(b'#', text.as_bytes()).is_some();
    let lines = Lines {
        text,
        places: RefCell::new(Places::new(tree, text)),
        split: OnceCell::new(),
        last: Cell::default(),
        comments: has_hash && text.contains(" #"),
        references: has_hash && text.contains("&#"),
    };
    let mut walk = Walk { file, lines: &lines, tree, shapes, seen: Inspection::default() };
    if let Some(root) = tree.root() {
        walk.value(root, shapes.root, "");
    }
    walk.seen
}

/// The file as written, cut into lines when something has to be looked up in it.
struct Lines<'l> {
    text: &'l str,
    places: RefCell<Places<'l>>,
    split: OnceCell<Vec<&'l str>>,
    /// Line, column and byte of the place looked up last: the next is mostly a little behind it,
    /// and a line may have megabytes.
    last: Cell<(usize, usize, usize)>,
    /// Whether something may be a comment behind a text.
    comments: bool,
    /// Whether a text may name a character by its number (`&#8238;`).
    references: bool,
}

impl<'l> Lines<'l> {
    /// What stands in a line from a place on.
    fn from(&self, at: Position) -> &'l str {
        let lines = self.split.get_or_init(|| self.text.lines().collect());
        let line = lines.get(at.line - 1).copied().unwrap_or_default();
        let (column, start) = match self.last.get() {
            (known, column, start) if known == at.line && column <= at.column => (column, start),
            _ => (1, 0),
        };
        match line[start..].char_indices().nth(at.column - column) {
            Some((more, _)) => {
                self.last.set((at.line, at.column, start + more));
                &line[start + more..]
            }
            None => "",
        }
    }
}

/// Keys of a map that were met: texts and nodes.
#[derive(Default)]
struct Seen<'k> {
    /// The first ones: to look through a few is quicker than to keep them in order.
    few: [(&'k str, usize); 16],
    count: usize,
    rest: BTreeMap<&'k str, usize>,
}

impl<'k> Seen<'k> {
    /// Adds a key; the same one before it.
    fn add(&mut self, key: &'k str, at: usize) -> Option<usize> {
        if let Some(same) = self.few[..self.count].iter_mut().find(|(other, _)| *other == key) {
            return Some(std::mem::replace(&mut same.1, at));
        }
        if let Some(free) = self.few.get_mut(self.count) {
            *free = (key, at);
            self.count += 1;
            return None;
        }
        self.rest.insert(key, at)
    }
}

struct Walk<'w> {
    file: &'w RelPath,
    lines: &'w Lines<'w>,
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
        let (shapes, is_null) = (self.shapes, self.is_null(at));
        let shape = match shapes.get(shape) {
            Shape::OrNull(_) if is_null => return,
            Shape::OrNull(of) => *of,
            _ => shape,
        };
        if is_null {
            return self.nothing(at, key);
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
                        self.entry(*entry, *of, key);
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

    /// Checks an entry of the list under `key`: a text where a group of keys is due is told how to
    /// become one.
    fn entry(&mut self, at: usize, of: ShapeId, key: &str) {
        let first = match self.shapes.get(of) {
            Shape::Map { required, keys, .. } => {
                required.first().or_else(|| keys.first().map(|(name, _)| name))
            }
            Shape::Tagged { tag, .. } => Some(tag),
            _ => None,
        };
        match (first, self.tree.text(at)) {
            (Some(first), Some(text)) if !self.is_null(at) && !key.is_empty() => {
                let full = text.split_once('：').is_some_and(|(name, _)| is_plain_key(name));
                let code = if full { "full-width-colon" } else { "entry-not-keys" };
                let detail = text.split('：').next().unwrap_or_default();
                let args = [("key", key), ("first", &**first), ("detail", detail)];
                self.report(code, self.tree.span(at), &args);
            }
            _ => self.value(at, of, key),
        }
    }

    /// Nothing stands where something is due. What does stand there may have been meant as a text:
    /// `#1` is a comment to YAML, and `&b` an anchor.
    fn nothing(&mut self, at: usize, key: &str) {
        let span = self.tree.span(at);
        let written = self.lines.from(span.start);
        let text = written.trim_start_matches([' ', ':']);
        let start = Position {
            column: span.start.column + written.chars().count() - text.chars().count(),
            ..span.start
        };
        if text.starts_with('&') && text.trim_end().chars().count() > 1 {
            let fix = unquoted(start, text).fix;
            let detail = &text[..1];
            return self.report(
                "start-character",
                Span::run(start, text.trim_end().chars().count()),
                &[("detail", detail), ("fix", &fix)],
            );
        }
        let comment = text.strip_prefix('#').is_some_and(|rest| !rest.starts_with([' ', '#']));
        if comment && text.trim_end().chars().count() > 1 {
            let fix = unquoted(start, text).fix;
            let span = Span::run(start, text.trim_end().chars().count());
            return self.report("comment", span, &[("key", key), ("fix", &fix)]);
        }
        self.report("null", span, &[("key", key)]);
    }

    fn any(&mut self, at: usize, key: &str) {
        match &self.tree.node(at).body {
            Body::List(entries) => {
                for entry in entries {
                    if self.is_null(*entry) {
                        self.nothing(*entry, key);
                    } else {
                        self.any(*entry, key);
                    }
                }
            }
            Body::Map(pairs) => {
                self.keys(pairs);
                let mut rest = 0..0;
                for (index, (name, value)) in pairs.iter().enumerate() {
                    let name = self.tree.text(*name).unwrap_or_default();
                    if self.is_rest(pairs, index, &mut rest) {
                        continue;
                    }
                    if self.is_null(*value) {
                        self.nothing(*value, name);
                    } else {
                        self.any(*value, name);
                    }
                }
            }
            _ => self.by_number(at),
        }
    }

    fn text(&mut self, at: usize, words: Option<&[String]>, key: &str) {
        let Some(text) = self.tree.text(at) else {
            let (fix, known) = (self.in_brackets(at), words.unwrap_or_default().join(", "));
            let [expected, advice] = match words {
                Some(_) => ["@type.word", "@advice.word"],
                None if fix.is_some() => ["@type.text", "@advice.brackets"],
                None => ["@type.text", "@advice.text"],
            };
            let args = [
                ("key", key),
                ("expected", expected),
                ("found", self.type_name(at)),
                ("advice", advice),
                ("fix", fix.as_deref().unwrap_or_default()),
                ("known", &known),
            ];
            return self.report("wrong-type", self.tree.span(at), &args);
        };
        let scalar = self.scalar(at);
        if scalar.is_number() || matches!(scalar, Scalar::YesNo(_)) {
            self.seen.bare.push(at);
        }
        self.cut_off(at);
        self.by_number(at);
        if let Some(words) = words
            && !words.iter().any(|word| word == text)
        {
            let nearest = nearest(text, words.iter().map(String::as_str)).unwrap_or_default();
            let known = words.join(", ");
            let args = [("key", key), ("found", text), ("nearest", nearest), ("known", &*known)];
            self.report("unknown-word", self.tree.span(at), &args);
        }
    }

    /// A character that must not stand in a file must not be named by its number either, as HTML
    /// and Markdown do: `&#x202E;`. In code these are only letters.
    fn by_number(&mut self, at: usize) {
        if !self.lines.references {
            return;
        }
        let Some(text) = self.tree.text(at).filter(|text| text.contains("&#")) else { return };
        let refused = numbered(text, |c| !is_refused(c, ""));
        if let Some((start, reference, c)) = refused {
            let offset = text[..start].chars().count();
            let place = self.lines.places.borrow_mut().within(at, offset);
            self.report(by_number(c), Span::run(place, reference.len()), &[("detail", reference)]);
        }
    }

    /// A list or map in brackets as the text that it is more often meant to be.
    fn in_brackets(&self, at: usize) -> Option<String> {
        let Span { start, end } = self.tree.node(at).span;
        let written = self.lines.from(start);
        let length = end.column.checked_sub(start.column).filter(|_| start.line == end.line)?;
        let text: String = written.chars().take(length).collect();
        text.starts_with(['[', '{']).then(|| quoted(&text))
    }

    /// `title: 第 #1 名`: YAML ends the text at ` #`, and nobody sees the rest.
    fn cut_off(&mut self, at: usize) {
        if !self.lines.comments || !self.is_plain(at) {
            return;
        }
        let span = self.tree.span(at);
        let rest = self.lines.from(span.end);
        let comment = rest.trim_start().trim_end();
        let hugs = comment.strip_prefix('#').and_then(|said| said.chars().next());
        if hugs.is_some_and(char::is_alphanumeric) {
            let column = span.end.column + rest.chars().count() - rest.trim_start().chars().count();
            let span = Span::run(Position { column, ..span.end }, comment.chars().count());
            let fix = unquoted(span.start, self.lines.from(self.tree.span(at).start)).fix;
            let found = Diagnostic::warning("cut-by-comment", self.file, Pin::At(span));
            self.seen.warned.push(found.with("text", comment).with("fix", fix));
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
        // A key that is misspelt is not missing besides: one slip is reported once.
        let mut meant: Vec<&str> = Vec::new();
        let mut cut = 0..0;
        for (index, (name, value)) in pairs.iter().enumerate() {
            let Some(key) = self.tree.text(*name) else { continue };
            let shape = keys.iter().find(|(known, _)| known == key).map(|(_, shape)| *shape);
            if shape.is_none() && self.is_rest(pairs, index, &mut cut) {
                continue;
            }
            match shape.or(rest) {
                Some(shape) => self.value(*value, shape, key),
                None => meant.extend(self.unknown_key(*name, keys)),
            }
        }
        for key in required {
            let is_there = |(name, _): &(usize, usize)| self.tree.text(*name) == Some(key.as_str());
            if !pairs.iter().any(is_there) && !meant.contains(&key.as_str()) {
                self.report("missing-key", self.tree.span(at), &[("key", key)]);
            }
        }
    }

    /// What is wrong with keys whatever the map: doubled, merged, not a text.
    fn keys(&mut self, pairs: &[(usize, usize)]) {
        let mut seen = Seen::default();
        for (name, _) in pairs {
            let tree = self.tree;
            let Some(key) = tree.text(*name) else {
                self.report("key-not-text", tree.span(*name), &[]);
                continue;
            };
            if key == "<<" {
                self.report("merge-key", tree.span(*name), &[]);
            } else if let Some(first) = seen.add(key, *name) {
                let line = tree.span(first).start.line.to_string();
                let args = [("key", key), ("line", line.as_str())];
                self.report("duplicate-key", tree.span(*name), &args);
            }
        }
    }

    /// Whether the key at `index` is the rest of a text that a comma in braces has ended
    /// (`{text: 甲, 乙}`, `{n: 1,500}`). However many commas there are, it is reported once, and
    /// `known` says how far that rest goes.
    fn is_rest(
        &mut self,
        pairs: &[(usize, usize)],
        index: usize,
        known: &mut Range<usize>,
    ) -> bool {
        if known.contains(&index) {
            return true;
        }
        let follows = index.checked_sub(1).is_some_and(|before| {
            let (_, value) = pairs[before];
            self.is_plain(value) && !self.is_empty(value)
        });
        let bare = pairs[index..].iter().take_while(|pair| follows && self.is_bare(**pair));
        let count = bare.count();
        if count > 0 {
            *known = index..index + count;
            self.split(pairs, known.clone());
        }
        count > 0
    }

    /// Reports the rest of a text.
    fn split(&mut self, pairs: &[(usize, usize)], rest: Range<usize>) {
        let (index, count) = (rest.start, rest.len());
        let rest: Vec<usize> = pairs[index..index + count].iter().map(|(name, _)| *name).collect();
        let from = self.tree.span(pairs[index - 1].1).start;
        let end = self.tree.span(rest[count - 1]).end;
        let written: String = match end.column.checked_sub(from.column) {
            Some(length) if end.line == from.line => {
                self.lines.from(from).chars().take(length).collect()
            }
            _ => [&[pairs[index - 1].1], &*rest]
                .concat()
                .iter()
                .filter_map(|at| self.tree.text(*at))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let (span, key) = (self.tree.span(rest[0]), self.tree.text(rest[0]).unwrap_or_default());
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if written.split(',').all(digits) {
            let fix = written.replace(',', "");
            self.report("split-number", span, &[("text", &written), ("fix", &fix)]);
        } else {
            let fix = quoted(&written);
            self.report("split-text", span, &[("key", key), ("fix", &fix)]);
        }
    }

    /// Whether a key in braces has no colon.
    fn is_bare(&self, (name, value): (usize, usize)) -> bool {
        if !self.is_empty(value) || !self.is_plain(name) {
            return false;
        }
        let behind = self.lines.from(self.tree.span(name).end).trim_start();
        // `correct：true` and spaces that only look like spaces have words of their own.
        let key = self.tree.text(name).unwrap_or_default();
        let other = key.contains(is_odd_space)
            || key.split_once('：').is_some_and(|(name, _)| is_plain_key(name));
        !other && (behind.is_empty() || behind.starts_with([',', '}']))
    }

    fn is_plain(&self, at: usize) -> bool {
        matches!(self.tree.node(at).body, Body::Scalar(_, ScalarStyle::Plain))
    }

    /// Whether nothing at all is written there.
    fn is_empty(&self, at: usize) -> bool {
        matches!(&self.tree.node(at).body, Body::Scalar(text, ScalarStyle::Plain) if text.is_empty())
    }

    /// Reports a key that is not known; the one that it stands for, if there is one like it.
    fn unknown_key<'k>(&mut self, name: usize, keys: &'k [(String, ShapeId)]) -> Option<&'k str> {
        let key = self.tree.text(name)?;
        if key == "<<" {
            return None;
        }
        let span = self.tree.span(name);
        // What cannot be seen is pointed at, since the key looks right.
        if let Some((index, odd)) = key.chars().enumerate().find(|(_, c)| is_odd_space(*c)) {
            let plain: String = key.chars().filter(|c| !is_odd_space(*c)).collect();
            let column = span.start.column + index;
            let start = Position { column, ..span.start };
            let detail = format!("U+{:04X}", u32::from(odd));
            self.report("odd-space", Span::run(start, 1), &[("detail", &detail)]);
            return keys.iter().map(|(known, _)| known.as_str()).find(|known| *known == plain);
        }
        // `why：` with the colon of the Chinese keyboard is part of a text.
        if let Some((name, _)) = key.split_once('：').filter(|(name, _)| is_plain_key(name)) {
            let column = span.start.column + name.chars().count();
            let span = Span::run(Position { column, ..span.start }, 1);
            self.report("full-width-colon", span, &[("detail", name)]);
            return keys.iter().map(|(known, _)| known.as_str()).find(|known| *known == name);
        }
        let known: Vec<&str> = keys.iter().map(|(known, _)| known.as_str()).collect();
        let near = nearest(key, known.iter().copied());
        let args =
            [("key", key), ("nearest", near.unwrap_or_default()), ("known", &*known.join(", "))];
        self.report("unknown-key", span, &args);
        near
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
            let Walk { file, lines, tree, shapes, .. } = *self;
            let mut trial = Walk { file, lines, tree, shapes, seen };
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
            Some(Inspection { found, bare, warned }) => {
                self.seen.found.extend(found);
                self.seen.bare.extend(bare);
                self.seen.warned.extend(warned);
            }
            None => self.wrong_type(at, options, key),
        }
    }

    fn wrong_type(&mut self, at: usize, options: &[ShapeId], key: &str) {
        let span = self.tree.span(at);
        let text = self.tree.text(at).unwrap_or_default();
        if key.is_empty() && self.tree.root() == Some(at) {
            if let Some((name, _)) = text.split_once('：').filter(|(name, _)| is_plain_key(name)) {
                return self.report("full-width-colon", span, &[("detail", name)]);
            }
            return self.report("file-not-keys", span, &[("found", self.type_name(at))]);
        }
        // `３`, `“true”`, `【甲】`: typed with the Chinese keyboard.
        let half = half_width(text);
        if half != text && options.iter().any(|option| self.would_fit(&half, *option)) {
            let args = [("key", key), ("found", text), ("fix", &*half)];
            return self.report("full-width", span, &args);
        }
        let [expected, advice] = match options {
            [one] => [self.shape_name(*one), self.advice(*one)],
            _ => ["@type.other", "@advice.other"],
        };
        let yes = match text.to_lowercase().as_str() {
            "yes" | "on" | "y" | "是" | "对" | "对的" | "正确" => "true",
            "no" | "off" | "n" | "否" | "不" | "错" | "错误" | "不是" => "false",
            _ => "",
        };
        let nearest = if expected == "@type.yes_no" { yes } else { "" };
        let args = [
            ("key", key),
            ("expected", expected),
            ("found", self.type_name(at)),
            ("advice", advice),
            ("nearest", nearest),
        ];
        self.report("wrong-type", span, &args);
    }

    /// Whether a plain scalar of this text would be what is due.
    fn would_fit(&self, text: &str, shape: ShapeId) -> bool {
        let scalar = Scalar::of(text, ScalarStyle::Plain);
        match self.shapes.get(shape) {
            Shape::Number => scalar.is_number(),
            Shape::Integer => scalar.is_integer(),
            Shape::YesNo => matches!(scalar, Scalar::YesNo(_)),
            Shape::List { .. } => text.starts_with('[') && text.ends_with(']'),
            Shape::Map { .. } | Shape::Tagged { .. } => {
                text.starts_with('{') && text.ends_with('}')
            }
            Shape::Union(options) => options.iter().any(|option| self.would_fit(text, *option)),
            Shape::OrNull(of) => self.would_fit(text, *of),
            Shape::Any | Shape::Text(_) => false,
        }
    }

    /// How to write what is due.
    fn advice(&self, shape: ShapeId) -> &'static str {
        match self.shapes.get(shape) {
            Shape::Any | Shape::Union(_) | Shape::OrNull(_) => "@advice.other",
            Shape::Text(_) => "@advice.text",
            Shape::Number | Shape::Integer => "@advice.number",
            Shape::YesNo => "@advice.yes_no",
            Shape::List { .. } => "@advice.list",
            Shape::Map { .. } | Shape::Tagged { .. } => "@advice.map",
        }
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
        matches!(&self.tree.node(at).body, Body::Scalar(text, style) if Scalar::is_null(text, *style))
    }

    /// What a scalar means; a list or map is none of what it could mean.
    fn scalar(&self, at: usize) -> Scalar {
        match &self.tree.node(at).body {
            Body::Scalar(text, style) => Scalar::of(text, *style),
            _ => Scalar::Text,
        }
    }
}

/// The code of a character that must not be named by its number.
pub(super) fn by_number(c: char) -> &'static str {
    if is_bidi(c) { "bidi-control" } else { "control-reference" }
}

/// Whether `text` is a word such as keys are.
fn is_plain_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A text with the signs of the Chinese keyboard made those of the Latin one, without quotes.
fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '【' => '[',
        '】' => ']',
        '。' => '.',
        '、' => ',',
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().filter(|c| !"“”‘’".contains(*c)).map(half).collect::<String>().trim().to_owned()
}

/// The name most like `wrong`, if any is like it.
pub(crate) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
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
