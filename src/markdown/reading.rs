//! A text as it is read: its characters without their marks, and the shape of its lists.

use super::ListShape;
use super::shape::Lists;
use super::unmarked::unmarked;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fmt::Write as _;

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
    /// The next number of each list that is open, for those that have numbers.
    lists: Vec<Option<u64>>,
    shape: Lists,
}

impl Reader {
    /// One with room for what it reads.
    pub(super) fn of(text: &str) -> Self {
        Self { out: String::with_capacity(text.len()), ..Self::default() }
    }

    pub(super) fn take(&mut self, event: &Event<'_>) {
        self.shape.take(event);
        let out = &mut self.out;
        match event {
            Event::Text(text) | Event::Code(text) => {
                out.push_str(text);
                self.shape.text(text);
            }
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::List(first)) => {
                new_line(out);
                self.lists.push(*first);
            }
            Event::Start(Tag::Item) => {
                (1..self.lists.len()).for_each(|_| out.push_str("  "));
                match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let _ = write!(out, "{number}. ");
                        *number += 1;
                    }
                    _ => out.push_str("• "),
                }
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::End(TagEnd::TableCell) => out.push_str(" │ "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                out.truncate(out.trim_end_matches([' ', '│']).len());
                new_line(out);
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock,
            ) => new_line(out),
            _ => {}
        }
    }

    pub(super) fn done(self) -> Reading {
        Reading { plain: trimmed(self.out), lists: self.shape.shape }
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
