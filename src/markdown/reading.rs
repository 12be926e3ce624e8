//! A text as it is read: its characters without their marks, and the shape of its lists.

use super::unmarked::unmarked;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fmt::Write as _;

/// The lists of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ListShape {
    /// Entries of the longest list.
    pub longest: usize,
    /// How deep lists stand in lists; 1 = plain lists only.
    pub depth: usize,
    /// How long the longest entry looks by its own texts, without those of the lists within: ASCII
    /// counts one, every other character two.
    pub widest: usize,
}

/// A text as it is read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What [`plain`](super::plain) gives.
    pub plain: String,
    /// The lists in it.
    pub lists: ListShape,
}

impl Reading {
    /// A text without marks, as it is read.
    pub(super) fn of_prose(text: &str) -> Option<Self> {
        let prose = unmarked(text)?;
        Some(Self { plain: prose.to_owned(), lists: ListShape::default() })
    }
}

/// Reads a text while its events go by.
#[derive(Debug, Default)]
pub(super) struct Reader {
    out: String,
    /// The lists that are open.
    lists: Vec<List>,
    /// How long the entries that are open look so far.
    entries: Vec<usize>,
    shape: ListShape,
}

#[derive(Debug)]
struct List {
    /// The next number, if its entries have numbers.
    number: Option<u64>,
    /// Entries so far.
    count: usize,
}

impl Reader {
    /// One with room for what it reads.
    pub(super) fn of(text: &str) -> Self {
        Self { out: String::with_capacity(text.len()), ..Self::default() }
    }

    pub(super) fn take(&mut self, event: &Event<'_>) {
        let Self { out, lists, entries, shape } = self;
        match event {
            Event::Text(text) | Event::Code(text) => {
                out.push_str(text);
                if let Some(width) = entries.last_mut() {
                    *width += text.bytes().map(width_of).sum::<usize>();
                }
            }
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::List(first)) => {
                lists.push(List { number: *first, count: 0 });
                shape.depth = shape.depth.max(lists.len());
                new_line(out);
            }
            Event::Start(Tag::Item) => {
                entries.push(0);
                (1..lists.len()).for_each(|_| out.push_str("  "));
                let Some(list) = lists.last_mut() else { return };
                list.count += 1;
                match &mut list.number {
                    Some(number) => {
                        let _ = write!(out, "{number}. ");
                        *number += 1;
                    }
                    None => out.push_str("• "),
                }
            }
            Event::End(TagEnd::List(_)) => {
                let count = lists.pop().map_or(0, |list| list.count);
                shape.longest = shape.longest.max(count);
            }
            Event::End(TagEnd::TableCell) => out.push_str(" │ "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                out.truncate(out.trim_end_matches([' ', '│']).len());
                new_line(out);
            }
            Event::End(TagEnd::Item) => {
                shape.widest = shape.widest.max(entries.pop().unwrap_or_default());
                new_line(out);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => new_line(out),
            _ => {}
        }
    }

    pub(super) fn done(self) -> Reading {
        Reading { plain: trimmed(self.out), lists: self.shape }
    }
}

/// What a byte adds to how long its text looks: a character of several counts at its first.
fn width_of(byte: u8) -> usize {
    match byte {
        0..0x80 => 1,
        0x80..0xc0 => 0,
        0xc0.. => 2,
    }
}

fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.drain(..text.len() - text.trim_start().len());
    text
}

fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;

    #[test]
    fn lists_are_counted_and_measured() {
        let lists = |text: &str| read(text).lists;
        let shape = lists("- 甲\n- 乙 **b**：c\n  - 丙、丙、丙\n    - 丁\n");
        assert_eq!(shape, ListShape { longest: 2, depth: 3, widest: 10 });
        assert_eq!(lists("- 甲 a`b`\n  - 丙").widest, 5);
        assert_eq!(lists("没有列表"), ListShape::default());
    }
}
