//! A YAML file as a tree of places: what stands where, before anything is made of it.
//!
//! Built in one pass that stops at the limits (nesting, nodes, aliases): [line by line](plain)
//! as long as the text is plain, else from `saphyr-parser`'s events. [`Tree::read`] hands it to
//! serde.

mod plain;

use super::{Position, Span, escape, slip};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// Deepest nesting of lists and maps.
const MAX_DEPTH: usize = 64;
/// Most nodes of a file, aliases counted as often as they stand for something.
const MAX_NODES: usize = 100_000;
/// Most tags and escapes that are reported: whoever has more knows by then.
const MAX_FAULTS: usize = 20;

/// A YAML document with the place of every key and value.
#[derive(Debug, Default)]
pub struct Tree<'t> {
    nodes: Vec<Node<'t>>,
    root: Option<usize>,
    /// The scalars that an anchor or a tag stands before, in order.
    marked: Vec<usize>,
}

/// A key or value.
#[derive(Debug)]
pub struct Node<'t> {
    /// Where it stands, with the anchor or tag before it.
    pub span: Span,
    /// What it is.
    pub body: Body<'t>,
    /// How many nodes it stands for, itself included.
    size: usize,
}

/// What a node is.
#[derive(Debug)]
pub enum Body<'t> {
    /// A scalar: its text, and how it is written.
    Scalar(Cow<'t, str>, ScalarStyle),
    /// A list.
    List(Vec<usize>),
    /// A map: key and value, in the order written.
    Map(Vec<(usize, usize)>),
    /// Another node, given again.
    Alias(usize),
}

/// Why a text is not a YAML document within the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFault {
    /// Stable code of the diagnostic.
    pub code: &'static str,
    /// Where.
    pub at: Position,
    /// The parser's words, or what the sentence names.
    pub detail: String,
    /// How it should be written, where that can be told.
    pub fix: String,
}

impl<'t> Tree<'t> {
    /// Reads `text`, which [`super::decode`] has accepted; else everything that can be told to be
    /// wrong with it, at least one fault.
    pub fn parse(text: &'t str) -> Result<Self, Vec<TreeFault>> {
        let mut plain = Builder::new(text);
        if plain::read(&mut plain).is_some() {
            return plain.finish();
        }
        Self::parse_any(text)
    }

    /// Reads any YAML.
    fn parse_any(text: &'t str) -> Result<Self, Vec<TreeFault>> {
        let mut builder = Builder::new(text);
        let read = builder.read();
        builder.faults.extend(read.err());
        builder.finish().map_err(|mut faults| {
            if let Some(last) = faults.last() {
                faults.extend(slip::repeated(text, last));
            }
            faults
        })
    }

    /// The document's value; `None` when the file is empty.
    pub fn root(&self) -> Option<usize> {
        self.root
    }

    /// The node, or what it is an alias of.
    pub fn node(&self, at: usize) -> &Node<'t> {
        &self.nodes[self.target(at)]
    }

    /// The node itself, or what it is an alias of.
    pub(super) fn target(&self, at: usize) -> usize {
        match self.nodes[at].body {
            Body::Alias(target) => self.target(target),
            _ => at,
        }
    }

    /// Whether an anchor or a tag stands before a scalar, so that it does not begin where its span
    /// does.
    pub(super) fn is_marked(&self, at: usize) -> bool {
        self.marked.binary_search(&at).is_ok()
    }

    /// Where the node itself stands (the alias, not what it is an alias of).
    pub fn span(&self, at: usize) -> Span {
        match &self.nodes[at].body {
            // A list or map is pointed at by its first key or entry: one line is enough.
            Body::List(entries) => entries.first().map_or(self.nodes[at].span, |at| self.span(*at)),
            Body::Map(entries) => {
                entries.first().map_or(self.nodes[at].span, |(at, _)| self.span(*at))
            }
            _ => self.nodes[at].span,
        }
    }

    /// The text of a scalar.
    pub fn text(&self, at: usize) -> Option<&str> {
        match &self.node(at).body {
            Body::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Makes texts of scalars that YAML would read as something else, as if they had quotes.
    pub fn quote(&mut self, scalars: &[usize]) {
        for &at in scalars {
            // What an alias stands for may be meant as a number elsewhere.
            if let Body::Scalar(_, style) = &mut self.nodes[at].body {
                *style = ScalarStyle::SingleQuoted;
            }
        }
    }

    /// The entries of a list; none for anything else.
    pub fn entries(&self, at: usize) -> &[usize] {
        match &self.node(at).body {
            Body::List(entries) => entries,
            _ => &[],
        }
    }

    /// Keys and values of a map; none for anything else.
    pub fn pairs(&self, at: usize) -> &[(usize, usize)] {
        match &self.node(at).body {
            Body::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The key and value under `key` in a map.
    pub fn get(&self, at: usize, key: &str) -> Option<(usize, usize)> {
        self.pairs(at).iter().copied().find(|(name, _)| self.text(*name) == Some(key))
    }

    /// The value at `path` (`slides[3].options[1].text`), and its key if it has one. Where the
    /// path leads nowhere, the last node that it does reach.
    pub fn find(&self, path: &str) -> Option<(Option<usize>, usize)> {
        let mut at = (None, self.root?);
        let mut rest = path;
        while !rest.is_empty() {
            let Some((next, after)) = self.step(at.1, rest) else { break };
            at = next;
            rest = after;
        }
        Some(at)
    }

    fn step<'p>(&self, at: usize, path: &'p str) -> Option<((Option<usize>, usize), &'p str)> {
        if let Some(inside) = path.strip_prefix('[') {
            let (index, rest) = inside.split_once(']')?;
            let entry = *self.entries(at).get(index.parse::<usize>().ok()?)?;
            return Some(((None, entry), rest));
        }
        let path = path.strip_prefix('.').unwrap_or(path);
        // Keys may hold dots (`expect: {score.T01: …}`): the longest that fits is meant.
        let fits = |key: &str| {
            let rest = path.strip_prefix(key)?;
            (rest.is_empty() || rest.starts_with(['.', '['])).then_some(rest)
        };
        self.pairs(at)
            .iter()
            .filter_map(|(key, value)| {
                fits(self.text(*key)?).map(|rest| ((Some(*key), *value), rest))
            })
            .min_by_key(|(_, rest)| rest.len())
    }

    /// What `hit` says first of the scalars that are values below `at`, in the order written.
    pub(super) fn search<'s, A>(
        &'s self,
        at: usize,
        hit: &mut dyn FnMut(usize, &'s str) -> Option<A>,
    ) -> Option<A> {
        match &self.nodes[at].body {
            Body::Scalar(text, _) => hit(at, text),
            Body::List(entries) => entries.iter().find_map(|at| self.search(*at, hit)),
            Body::Map(pairs) => pairs.iter().find_map(|(_, value)| self.search(*value, hit)),
            Body::Alias(_) => None,
        }
    }
}

enum Open {
    List(Vec<usize>),
    Map(Vec<(usize, usize)>, Option<usize>),
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    nodes: Vec<Node<'t>>,
    open: Vec<(Open, Position, usize)>,
    anchors: HashMap<usize, usize>,
    /// Nodes so far, aliases counted by what they stand for.
    total: usize,
    root: Option<usize>,
    marked: Vec<usize>,
    /// Whether the text has a backslash, so that a scalar may hold what the text does not.
    escapes: bool,
    /// What is wrong without keeping the rest from being read.
    faults: Vec<TreeFault>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        // Chapters have a node for every 22 bytes or more, and some room is cheaper than to move
        // them all.
        let nodes = Vec::with_capacity(text.len() / 20);
        let escapes = memchr::memchr(b'\\', text.as_bytes()).is_some();
        Self { text, nodes, escapes, ..Self::default() }
    }

    fn finish(self) -> Result<Tree<'t>, Vec<TreeFault>> {
        let Self { nodes, root, marked, faults, .. } = self;
        if faults.is_empty() { Ok(Tree { nodes, root, marked }) } else { Err(faults) }
    }

    fn read(&mut self) -> Result<(), TreeFault> {
        let mut documents = 0;
        for event in Parser::new_from_str(self.text) {
            // The parser repeats an error for ever, so the first is the last.
            let (event, span) = event.map_err(|error| {
                let at = position(*error.marker());
                // The scanner looks ahead, so its own limit may come before ours.
                if error.info() == "recursion limit exceeded" {
                    return fault("too-deep", at, &MAX_DEPTH.to_string());
                }
                syntax_fault(self.text, at, error.info())
            })?;
            let span = Span { start: position(span.start), end: position(span.end) };
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(fault("several-documents", span.start, ""));
                    }
                }
                event => self.take(event, span)?,
            }
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'t>, span: Span) -> Result<(), TreeFault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.tag(tag.as_deref(), span);
                if self.escapes && style == ScalarStyle::DoubleQuoted {
                    let room = MAX_FAULTS.saturating_sub(self.faults.len());
                    self.faults.extend(escape::check(self.text, span, &text, room));
                }
                if anchor != 0 || tag.is_some() {
                    self.marked.push(self.nodes.len());
                }
                self.add(Body::Scalar(text, style), span, anchor, 1)
            }
            Event::Alias(id) => {
                let Some(&target) = self.anchors.get(&id) else {
                    return Err(fault("alias-loop", span.start, ""));
                };
                let size = self.nodes[target].size;
                self.add(Body::Alias(target), span, 0, size)
            }
            Event::SequenceStart(anchor, tag) => {
                self.tag(tag.as_deref(), span);
                self.enter(Open::List(Vec::new()), span, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.tag(tag.as_deref(), span);
                self.enter(Open::Map(Vec::with_capacity(8), None), span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(span),
            _ => Ok(()),
        }
    }

    /// Tags of the core schema say what is read anyway; others ask for what no course holds, or
    /// are the beginning of a text.
    fn tag(&mut self, tag: Option<&Tag>, span: Span) {
        const CORE: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];
        let Some(tag) = tag else { return };
        let is_core = tag.is_yaml_core_schema() && CORE.contains(&&*tag.suffix);
        if is_core || self.faults.len() >= MAX_FAULTS {
            return;
        }
        // An anchor may stand before it.
        let line = self.text.lines().nth(span.start.line - 1).unwrap_or_default();
        let from = line.char_indices().nth(span.start.column - 1).map_or(line.len(), |(at, _)| at);
        let at = line[from..].find('!').map_or(from, |at| from + at);
        let written = line[at..].split([' ', ',', ']', '}']).next().unwrap_or_default();
        let column = line[..at].chars().count() + 1;
        let mut fault = fault("unknown-tag", Position { column, ..span.start }, written);
        fault.fix = slip::quoted(&line[at..]);
        self.faults.push(fault);
    }

    fn enter(&mut self, open: Open, span: Span, anchor: usize) -> Result<(), TreeFault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(fault("too-deep", span.start, &MAX_DEPTH.to_string()));
        }
        self.open.push((open, span.start, anchor));
        Ok(())
    }

    fn leave(&mut self, span: Span) -> Result<(), TreeFault> {
        let Some((open, start, anchor)) = self.open.pop() else { return Ok(()) };
        let span = Span { start, end: span.end };
        let size = |at: &usize| self.nodes[*at].size;
        let (body, size) = match open {
            Open::List(entries) => {
                let size = entries.iter().map(size).sum::<usize>();
                (Body::List(entries), size)
            }
            Open::Map(pairs, _) => {
                let size = pairs.iter().map(|(key, value)| size(key) + size(value)).sum();
                (Body::Map(pairs), size)
            }
        };
        // What is inside has been counted; the list or map itself is one more.
        self.total -= size;
        self.add(body, span, anchor, size + 1)
    }

    fn add(
        &mut self,
        body: Body<'t>,
        span: Span,
        anchor: usize,
        size: usize,
    ) -> Result<(), TreeFault> {
        self.total += size;
        if self.total > MAX_NODES {
            return Err(fault("too-many-nodes", span.start, &MAX_NODES.to_string()));
        }
        let at = self.nodes.len();
        self.nodes.push(Node { span, body, size });
        if anchor != 0 {
            self.anchors.insert(anchor, at);
        }
        match self.open.last_mut() {
            None => self.root = Some(at),
            Some((Open::List(entries), ..)) => entries.push(at),
            Some((Open::Map(pairs, key), ..)) => match key.take() {
                Some(key) => pairs.push((key, at)),
                None => *key = Some(at),
            },
        }
        Ok(())
    }
}

fn position(marker: saphyr_parser::Marker) -> Position {
    Position { line: marker.line().max(1), column: marker.col() + 1 }
}

pub(super) fn fault(code: &'static str, at: Position, detail: &str) -> TreeFault {
    TreeFault { code, at, detail: detail.to_owned(), fix: String::new() }
}

/// A syntax error, said to be what explains it: a tab, another [slip](super::slip).
fn syntax_fault(text: &str, at: Position, detail: &str) -> TreeFault {
    let tab = |number: usize| {
        let line = text.lines().nth(number.checked_sub(1)?)?;
        let lead = line.len() - line.trim_start_matches([' ', '\t', '-', ':']).len();
        let found = line[..lead].find('\t')?;
        Some(Position { line: number, column: line[..found].chars().count() + 1 })
    };
    match tab(at.line).or_else(|| tab(at.line.saturating_sub(1))).or_else(|| tab(at.line + 1)) {
        Some(at) => fault("tab", at, ""),
        None => {
            let at = last_written(text, at);
            slip::find(text, at, detail).unwrap_or_else(|| fault("syntax", at, detail))
        }
    }
}

/// A place after the end of what is written becomes that end.
fn last_written(text: &str, at: Position) -> Position {
    if text.lines().skip(at.line - 1).any(|line| !line.trim().is_empty()) {
        return at;
    }
    let end = text.trim_end().len();
    if end == 0 { at } else { Position::of(text, end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "slides:\n  - title: 一\n    body: |\n      甲乙\n      丙 {=x}\n  - title: \"二 [三](x)\"\nexpect: {score.T01: 2}\n";

    #[test]
    fn finds_places_by_path() {
        let tree = Tree::parse(TEXT).unwrap();
        let line = |path: &str| {
            let start = tree.span(tree.find(path).unwrap().1).start;
            (start.line, start.column)
        };
        assert_eq!(line("slides[1].title"), (6, 12));
        assert_eq!(line("slides[0]"), (2, 5));
        assert_eq!(line("expect.score.T01"), (7, 21));
        assert_eq!(line("slides[1].nothing"), (6, 5));
    }

    #[test]
    fn quotes_what_is_a_text() {
        let mut tree = Tree::parse("a: {甲: 1.50, b: 60}\nc: [true, x]\nd: &d 7\ne: *d\n").unwrap();
        let places = ["a.b", "e", "c[0]", "a.甲"].map(|path| tree.find(path).unwrap().1);
        tree.quote(&places);
        let read: serde_json::Value = tree.read().unwrap();
        let wanted = serde_json::json!({
            "a": {"甲": "1.50", "b": "60"}, "c": ["true", "x"], "d": 7, "e": 7,
        });
        assert_eq!(read, wanted);
    }

    #[test]
    fn stops_at_the_limits() {
        let code = |text: &str| Tree::parse(text).unwrap_err()[0].code;
        assert_eq!(code(&"[".repeat(40_000)), "too-deep");
        assert_eq!(code(&"[],".repeat(110_000).replacen("[]", "[[]", 1)), "too-many-nodes");
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let last = n - 1;
            let all = vec![format!("*a{last}"); 9].join(", ");
            let _ = std::fmt::Write::write_fmt(&mut bomb, format_args!("a{n}: &a{n} [{all}]\n"));
        }
        assert_eq!(code(&bomb), "too-many-nodes");
        assert_eq!(code("a: &a [*a]\n"), "alias-loop");
        assert_eq!(code("a: 1\n---\nb: 2\n"), "several-documents");
        assert_eq!(code("a:\n\tb: 1\n"), "tab");
        assert_eq!(code("a: [1\nb: 2\n"), "bracket");
    }

    #[test]
    fn an_empty_file_has_no_root() {
        assert!(Tree::parse("").unwrap().root().is_none());
        assert!(Tree::parse("# nothing\n").unwrap().root().is_none());
    }
}
