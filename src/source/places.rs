//! Places within the texts of a file.

use super::{Body, Position, Tree, escape};
use saphyr_parser::ScalarStyle;
use std::collections::HashMap;
use std::sync::Arc;

/// Where a file begins.
const FIRST: Position = Position { line: 1, column: 1 };

/// Finds places within the texts of a file. However many are asked for, a text is gone through
/// once to count its lines, and the file once to know its texts.
#[derive(Debug)]
pub struct Places<'t> {
    tree: &'t Tree<'t>,
    source: &'t str,
    /// The place that the file was read from last, and its byte: the next is mostly behind it.
    reached: (Position, usize),
    /// The texts that something was looked up in.
    texts: HashMap<usize, Lines>,
    /// The first scalar of each text, for the nodes that texts were searched for below.
    firsts: HashMap<usize, HashMap<&'t str, usize>>,
    last: Option<Sought>,
}

/// The text that was searched for last.
#[derive(Debug)]
struct Sought {
    below: usize,
    text: Arc<str>,
    /// Its scalar, and where in that it starts.
    found: Option<(usize, usize)>,
}

impl<'t> Places<'t> {
    /// Places in `source`, which `tree` was made of.
    pub fn new(tree: &'t Tree<'t>, source: &'t str) -> Self {
        let (texts, firsts) = (HashMap::new(), HashMap::new());
        Self { tree, source, reached: (FIRST, 0), texts, firsts, last: None }
    }

    /// Where the character `offset` of a scalar stands in the file, as far as its style shows.
    pub fn within(&mut self, at: usize, offset: usize) -> Position {
        let at = self.tree.target(at);
        let node = self.tree.node(at);
        let start = node.span.start;
        let Body::Scalar(text, style) = &node.body else { return self.tree.span(at).start };
        if self.tree.is_marked(at) {
            return start;
        }
        let is_quoted = matches!(style, ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted);
        let in_one_line = node.span.end.line == start.line;
        if !self.texts.contains_key(&at) {
            let written = if is_quoted && in_one_line { self.from(start) } else { "" };
            let columns = columns(written, *style, text).unwrap_or_default();
            self.texts.insert(at, Lines::of(text, columns));
        }
        let lines = &self.texts[&at];
        let (below, column) = lines.before(offset);
        match style {
            // Its place is that of its first letter: empty lines may stand above it, and the
            // lines below have the same indent.
            ScalarStyle::Literal => Position {
                line: (start.line + below).saturating_sub(lines.empty),
                column: start.column + column,
            },
            ScalarStyle::Plain | ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted
                if below == 0 && in_one_line =>
            {
                let as_read = offset + usize::from(is_quoted);
                let column = lines.columns.get(offset).or(lines.columns.last());
                Position { column: start.column + column.copied().unwrap_or(as_read), ..start }
            }
            _ => start,
        }
    }

    /// The file from a place on.
    fn from(&mut self, place: Position) -> &'t str {
        if place < self.reached.0 {
            self.reached = (FIRST, 0);
        }
        let (reached, byte) = self.reached;
        let before = if place.line == reached.line { reached.column - 1 } else { 0 };
        let ahead = Position { line: place.line - reached.line + 1, column: place.column - before };
        let rest = &self.source[byte..];
        let Some(more) = ahead.offset(rest) else { return "" };
        self.reached = (place, byte + more);
        &rest[more..]
    }

    /// The first scalar below `at` that is `text`, or else that holds it, and where in it the
    /// text starts (in characters). White space at the end of the text does not count.
    pub fn find(&mut self, at: usize, text: &Arc<str>) -> Option<(usize, usize)> {
        match &self.last {
            // To compare long texts as often as they are asked for would take long as well.
            Some(last) if last.below == at && Arc::ptr_eq(&last.text, text) => last.found,
            _ => {
                let found = self.search(at, text.trim_end());
                self.last = Some(Sought { below: at, text: Arc::clone(text), found });
                found
            }
        }
    }

    fn search(&mut self, at: usize, text: &str) -> Option<(usize, usize)> {
        let tree = self.tree;
        let firsts = self.firsts.entry(at).or_insert_with(|| {
            let mut firsts = HashMap::new();
            tree.search(at, &mut |at, text| {
                firsts.entry(text.trim_end()).or_insert(at);
                None::<()>
            });
            firsts
        });
        match firsts.get(text) {
            Some(whole) => Some((*whole, 0)),
            None => tree.search(at, &mut |at, found| {
                Some((at, found[..found.find(text)?].chars().count()))
            }),
        }
    }
}

/// A text by its lines.
#[derive(Debug)]
struct Lines {
    /// The character that each starts with.
    starts: Vec<usize>,
    /// How many stand empty above the first that is not.
    empty: usize,
    /// How far from the beginning each character is written, where escapes take more than what
    /// they stand for; else nothing.
    columns: Vec<usize>,
}

impl Lines {
    fn of(text: &str, columns: Vec<usize>) -> Self {
        let ends = text.chars().zip(1..).filter(|(letter, _)| *letter == '\n');
        let starts = std::iter::once(0).chain(ends.map(|(_, next)| next)).collect();
        let empty = text.find(|letter| letter != '\n').unwrap_or_default();
        Self { starts, empty, columns }
    }

    /// How many lines, and how many characters of its own line, stand before a character.
    fn before(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        (line, offset - self.starts[line])
    }
}

/// How far from its opening quote each character of `text` is written, and its end; nothing where
/// it is written as it is read. `written` begins with the quote.
fn columns(written: &str, style: ScalarStyle, text: &str) -> Option<Vec<usize>> {
    let mut rest = written.get(1..)?;
    let mut column = 1;
    let mut columns = vec![column];
    for _ in text.chars() {
        let length = match style {
            ScalarStyle::DoubleQuoted => escape::escape(rest).1,
            _ if rest.starts_with("''") => 2,
            _ => 0,
        };
        let length = if length > 0 { length } else { rest.chars().next()?.len_utf8() };
        column += rest.get(..length)?.chars().count();
        rest = rest.get(length..)?;
        columns.push(column);
    }
    (column != columns.len()).then_some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of `X` in the text at `a`, which is found at the same place in the file.
    fn placed(text: &str) -> Position {
        let tree = Tree::parse(text).unwrap();
        let at = tree.find("a").unwrap().1;
        let offset = tree.text(at).unwrap().chars().position(|letter| letter == 'X').unwrap();
        Places::new(&tree, text).within(at, offset)
    }

    #[test]
    fn finds_places_within_a_text() {
        let styles = [
            "a: 甲X\n",
            "a: '甲X'\n",
            "b: 1\na: \"😀甲\tX\"\n",
            "a: \"\\u8BFE\\\"甲\\U0001F600\\x41\\t\\\\X\"\n",
            "a: \"X\\\"甲\"\n",
            "c: 1\na: 'it''s ''''甲 X ''乙'''\n",
            "{b: \"\\\"\", a: '''甲'' X'}\n",
            "a: |\n  甲乙\n  丙X\n",
            "a: |-\n  甲乙\n\n\n  😀X",
            "a: |+\n      甲\n        丙X\n\n\n",
            "a: |2\n    甲\n   X\n",
            "a: | # 注\n\n\n  甲\n  X\n",
            "a: |\n   \n  \n   X\n",
            "a: |\n  | 甲 | X |\n  |---|---|\n",
            "a: |\n  > 甲\n  > X\n",
            "# 注\nb: [1, {c: 2}]\na: |\n        X\nc: 3\n",
            "b:\n  - |\n    甲\na: |\n    ![甲](乙)\n    X\n",
        ];
        for text in styles {
            for text in [text.to_owned(), text.replace('\n', "\r\n")] {
                let wanted = Position::of(&text, text.find('X').unwrap());
                assert_eq!(placed(&text), wanted, "{text:?}");
            }
        }
    }

    /// Where line and column cannot be told the whole text is meant.
    #[test]
    fn a_text_folded_over_lines_is_pointed_at_as_a_whole() {
        assert_eq!(placed("a: >\n  甲\n  X\n"), Position { line: 2, column: 3 });
        assert_eq!(placed("a: 甲\n  X\n"), Position { line: 1, column: 4 });
        assert_eq!(placed("a: '甲\n\n  X'\n"), Position { line: 1, column: 4 });
        assert_eq!(placed("a: \"甲\\nX\"\n"), Position { line: 1, column: 4 });
    }

    #[test]
    fn a_text_behind_an_anchor_or_a_tag_is_pointed_at_with_it() {
        for text in ["a: &a |\n  甲\n  X\n", "a: &a X\n", "a: !!str 'X'\n", "a: !!str |\n  X\n"] {
            assert_eq!(placed(text), Position { line: 1, column: 4 }, "{text:?}");
        }
        let text = "b: &b |\n  甲\n  X\na: *b\n";
        let tree = Tree::parse(text).unwrap();
        let at = tree.find("a").unwrap().1;
        assert_eq!(Places::new(&tree, text).within(at, 2), Position { line: 1, column: 4 });
    }

    /// For each the text was once gone through to its character, and the file to its line: some
    /// ten thousand places took minutes.
    #[test]
    fn a_text_is_gone_through_once() {
        const COUNT: usize = 100_000;
        let text = format!("a:\r\n  - |\r\n{}", "      甲X\r\n".repeat(COUNT));
        let tree = Tree::parse(&text).unwrap();
        let body = tree.find("a[0]").unwrap().1;
        let mut places = Places::new(&tree, &text);
        for line in 0..COUNT {
            let place = places.within(body, line * 3 + 1);
            assert_eq!(place, Position { line: line + 3, column: 8 });
        }
    }

    /// A text that others hold as well is found where it is all there is, and a part of a text in
    /// the first that holds it.
    #[test]
    fn finds_texts() {
        let source = "a: 见甲乙\nb:\n  - 甲: |\n      甲\n  - 甲\n";
        let tree = Tree::parse(source).unwrap();
        let root = tree.root().unwrap();
        let mut places = Places::new(&tree, source);
        let mut find = |text: &str| places.find(root, &Arc::from(text));
        let at = |path: &str| tree.find(path).unwrap().1;
        assert_eq!(find("甲\n"), Some((at("b[0].甲"), 0)));
        assert_eq!(find("甲"), Some((at("b[0].甲"), 0)));
        assert_eq!(find("甲乙"), Some((at("a"), 1)));
        assert_eq!(find("丙"), None);
    }

    /// Whatever the order that they are asked for in, and in a line or below.
    #[test]
    fn texts_with_escapes_are_looked_up_in_any_order() {
        let text = "a: ['甲''X', 乙, \"\\\"X\"]\r\nb: '''X'\r\nc: \"\\x41X\"\r\n";
        let tree = Tree::parse(text).unwrap();
        let mut places = Places::new(&tree, text);
        let wanted =
            [("a[0]", 2, (1, 9)), ("a[2]", 1, (1, 19)), ("b", 1, (2, 7)), ("c", 1, (3, 9))];
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
            places.texts.clear();
            for (path, offset, (line, column)) in order.map(|at: usize| wanted[at]) {
                let at = tree.find(path).unwrap().1;
                assert_eq!(places.within(at, offset), Position { line, column }, "{path}");
            }
        }
    }

    /// The same text again is not searched for again, so what is known about it is believed.
    #[test]
    fn a_text_is_searched_for_once() {
        let source = "a: 甲\nb: |\n  乙甲\n";
        let tree = Tree::parse(source).unwrap();
        let root = tree.root().unwrap();
        let mut places = Places::new(&tree, source);
        let [text, other]: [Arc<str>; 2] = ["乙甲\n".into(), "甲".into()];
        let known = places.find(root, &text);
        assert_eq!(known, Some((tree.find("b").unwrap().1, 0)));
        let found = Some((7, 7));
        places.last = Some(Sought { below: root, text: Arc::clone(&text), found });
        assert_eq!(places.find(root, &text), Some((7, 7)));
        let first = tree.find("a").unwrap().1;
        assert_eq!(places.find(root, &other), Some((first, 0)));
        assert_eq!(places.find(root, &text), known);
        // Nor is it the same elsewhere.
        assert_eq!(places.find(first, &text), None);
        assert_eq!(places.find(first, &text), None);
    }
}
