//! Places within the texts of a file.

use super::{Body, Position, Tree};
use saphyr_parser::ScalarStyle;
use std::collections::HashMap;
use std::sync::Arc;

/// Finds places within the texts of a file. However many are asked for, a text is gone through
/// once to count its lines, and the file once to know its texts.
#[derive(Debug)]
pub struct Places<'t> {
    tree: &'t Tree<'t>,
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
    /// Places in the file that `tree` was made of.
    pub fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, texts: HashMap::new(), firsts: HashMap::new(), last: None }
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
        let lines = self.texts.entry(at).or_insert_with(|| Lines::of(text));
        let (below, column) = lines.before(offset);
        match style {
            // Its place is that of its first letter: empty lines may stand above it, and the
            // lines below have the same indent.
            ScalarStyle::Literal => Position {
                line: (start.line + below).saturating_sub(lines.empty),
                column: start.column + column,
            },
            ScalarStyle::Plain | ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted
                if below == 0 && node.span.end.line == start.line =>
            {
                let quote = usize::from(*style != ScalarStyle::Plain);
                Position { line: start.line, column: start.column + quote + offset }
            }
            _ => start,
        }
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
}

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.chars().zip(1..).filter(|(letter, _)| *letter == '\n');
        let starts = std::iter::once(0).chain(ends.map(|(_, next)| next)).collect();
        Self { starts, empty: text.find(|letter| letter != '\n').unwrap_or_default() }
    }

    /// How many lines, and how many characters of its own line, stand before a character.
    fn before(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        (line, offset - self.starts[line])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of `X` in the text at `a`, which is found at the same place in the file.
    fn placed(text: &str) -> Position {
        let tree = Tree::parse(text).unwrap();
        let at = tree.find("a").unwrap().1;
        let offset = tree.text(at).unwrap().chars().position(|letter| letter == 'X').unwrap();
        Places::new(&tree).within(at, offset)
    }

    #[test]
    fn finds_places_within_a_text() {
        let styles = [
            "a: 甲X\n",
            "a: '甲X'\n",
            "b: 1\na: \"😀甲\tX\"\n",
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
        let tree = Tree::parse("b: &b |\n  甲\n  X\na: *b\n").unwrap();
        let at = tree.find("a").unwrap().1;
        assert_eq!(Places::new(&tree).within(at, 2), Position { line: 1, column: 4 });
    }

    /// For each the text was once gone through to its character, and the file to its line: some
    /// ten thousand places took minutes.
    #[test]
    fn a_text_is_gone_through_once() {
        const COUNT: usize = 100_000;
        let text = format!("a:\r\n  - |\r\n{}", "      甲X\r\n".repeat(COUNT));
        let tree = Tree::parse(&text).unwrap();
        let body = tree.find("a[0]").unwrap().1;
        let mut places = Places::new(&tree);
        for line in 0..COUNT {
            let place = places.within(body, line * 3 + 1);
            assert_eq!(place, Position { line: line + 3, column: 8 });
        }
    }

    /// A text that others hold as well is found where it is all there is, and a part of a text in
    /// the first that holds it.
    #[test]
    fn finds_texts() {
        let tree = Tree::parse("a: 见甲乙\nb:\n  - 甲: |\n      甲\n  - 甲\n").unwrap();
        let root = tree.root().unwrap();
        let mut places = Places::new(&tree);
        let mut find = |text: &str| places.find(root, &Arc::from(text));
        let at = |path: &str| tree.find(path).unwrap().1;
        assert_eq!(find("甲\n"), Some((at("b[0].甲"), 0)));
        assert_eq!(find("甲"), Some((at("b[0].甲"), 0)));
        assert_eq!(find("甲乙"), Some((at("a"), 1)));
        assert_eq!(find("丙"), None);
    }

    /// The same text again is not searched for again, so what is known about it is believed.
    #[test]
    fn a_text_is_searched_for_once() {
        let tree = Tree::parse("a: 甲\nb: |\n  乙甲\n").unwrap();
        let root = tree.root().unwrap();
        let mut places = Places::new(&tree);
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
