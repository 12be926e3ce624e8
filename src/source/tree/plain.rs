//! The plain part of YAML, which nearly every chapter is written in, read line by line and
//! several times faster than by the parser for all of YAML: maps and lists by indentation, texts
//! of one line, bare or in quotes without escapes, `|` and `|-`, and brackets that close on their
//! line.
//!
//! Whoever writes anything else (an anchor, a text folded over lines, a comment behind a value, a
//! slip) is read by `saphyr-parser`, which alone decides what YAML is: this reader gives up at the
//! first byte that it does not know to mean one thing only. The tests hold both to the same tree.

use super::{Body, Builder, Open};
use crate::source::{Position, Span};
use saphyr_parser::ScalarStyle;
use std::borrow::Cow;

/// The longest key read here, in bytes. (YAML's own limit is 1,024 characters.)
const MAX_KEY: usize = 200;

/// Reads the builder's text into it; `None` when it is not all plain, and then what the builder
/// holds is of no use.
pub(super) fn read(out: &mut Builder<'_>) -> Option<()> {
    let text = out.text;
    // A text without an end of line behind it ends otherwise than one with it.
    if !text.ends_with('\n') || memchr::memchr2(b'\t', b'\r', text.as_bytes()).is_some() {
        return None;
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, line: 1, column: 0, out };
    reader.next_line(0);
    reader.block()?;
    reader.is_over().then_some(())
}

struct Reader<'t, 'b> {
    text: &'t str,
    bytes: &'t [u8],
    /// The byte that is read next.
    at: usize,
    /// Its line, from 1.
    line: usize,
    /// The characters before it in its line.
    column: usize,
    out: &'b mut Builder<'t>,
}

impl Reader<'_, '_> {
    fn is_over(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn here(&self) -> Position {
        Position { line: self.line, column: self.column + 1 }
    }

    /// The end of the line that `at` stands in.
    fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |more| at + more)
    }

    fn spaces(&self, at: usize) -> usize {
        self.bytes[at..].iter().take_while(|byte| **byte == b' ').count()
    }

    /// Goes to the first character of the next line that says something, from the beginning of
    /// the present one at `start`.
    fn next_line(&mut self, mut start: usize) {
        loop {
            self.column = self.spaces(start);
            self.at = start + self.column;
            start = match self.bytes.get(self.at) {
                Some(b'\n') => self.at + 1,
                Some(b'#') => self.line_end(self.at) + 1,
                _ => return,
            };
            self.line += 1;
        }
    }

    /// Goes on behind `at`, where nothing but spaces may be left of the line.
    fn finish_line(&mut self) -> Option<()> {
        let end = self.at + self.spaces(self.at);
        if self.byte(end) != b'\n' {
            return None;
        }
        self.line += 1;
        self.next_line(end + 1);
        Some(())
    }

    /// Goes `bytes` of as many characters on.
    fn skip(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
    }

    fn skip_spaces(&mut self) {
        self.skip(self.spaces(self.at));
    }

    fn is_entry(&self) -> bool {
        self.byte(self.at) == b'-' && self.byte(self.at + 1) == b' '
    }

    /// A list or map by indentation.
    fn block(&mut self) -> Option<()> {
        if self.is_entry() { self.list(false) } else { self.map(self.key()?) }
    }

    /// The list whose first entry is here; one that is no deeper than the key before it ends where
    /// the next key begins.
    fn list(&mut self, beside_key: bool) -> Option<()> {
        let (column, mut start) = (self.column, self.here());
        if beside_key {
            // For `saphyr-parser` it begins with its first entry.
            start.column += 1 + self.spaces(self.at + 1);
        }
        self.out.enter(Open::List(Vec::new()), Span { start, end: start }, 0).ok()?;
        loop {
            self.skip(1);
            self.skip_spaces();
            if self.is_entry() {
                self.list(false)?;
            } else if let Some(key) = self.key() {
                self.map(key)?;
            } else {
                self.value(column)?;
            }
            if self.is_over() || self.column < column {
                break;
            }
            if self.column > column || !self.is_entry() {
                if beside_key && self.column == column {
                    break;
                }
                return None;
            }
        }
        self.leave()
    }

    /// The map whose first key is here and ends before the byte `end`, after so many characters.
    fn map(&mut self, (mut end, mut length): (usize, usize)) -> Option<()> {
        let (column, start) = (self.column, self.here());
        self.out
            .enter(Open::Map(Vec::with_capacity(8), None), Span { start, end: start }, 0)
            .ok()?;
        loop {
            self.scalar(end, length)?;
            self.skip(1);
            self.skip_spaces();
            if self.byte(self.at) == b'\n' {
                self.finish_line()?;
                if self.column > column {
                    self.block()?;
                } else if self.column == column && self.is_entry() {
                    self.list(true)?;
                } else {
                    return None;
                }
            } else {
                self.value(column)?;
            }
            if self.is_over() || self.column < column {
                break;
            }
            if self.column > column {
                return None;
            }
            (end, length) = self.key()?;
        }
        self.leave()
    }

    fn leave(&mut self) -> Option<()> {
        let end = self.here();
        self.out.leave(Span { start: end, end }).ok()
    }

    /// The end in bytes and the length in characters of the key that is here, if there is one.
    fn key(&self) -> Option<(usize, usize)> {
        let mut length = 0;
        for (n, byte) in self.bytes[self.at..].iter().take(MAX_KEY).enumerate() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0xc0.. => length += 1,
                b'-' | b'.' if n > 0 => length += 1,
                0x80..0xc0 => {}
                b':' if n > 0 && matches!(self.byte(self.at + n + 1), b' ' | b'\n') => {
                    return Some((self.at + n, length));
                }
                _ => return None,
            }
        }
        None
    }

    /// A value that begins here, inside a list or map at `column`, and ends with its line.
    fn value(&mut self, column: usize) -> Option<()> {
        match self.byte(self.at) {
            b'|' => return self.literal(column),
            b'"' | b'\'' => self.quoted()?,
            b'[' | b'{' => self.brackets()?,
            _ => self.bare(|byte| byte == b'\n')?,
        }
        self.finish_line()
    }

    /// Adds the bare text that is here up to the byte `end`, `length` characters, and goes on
    /// behind it.
    fn scalar(&mut self, end: usize, length: usize) -> Option<()> {
        let text = Cow::Borrowed(&self.text[self.at..end]);
        let span = Span::run(self.here(), length);
        self.at = end;
        self.column += length;
        self.out.add(Body::Scalar(text, ScalarStyle::Plain), span, 0, 1).ok()
    }

    /// A text without quotes, up to a byte that `ends` it.
    fn bare(&mut self, ends: impl Fn(u8) -> bool) -> Option<()> {
        let (first, second) = (self.byte(self.at), self.byte(self.at + 1));
        let begins = match first {
            b'-' => second.is_ascii_digit(),
            b'(' | b'/' | b'.' | b'+' | b'=' | b'<' | b'$' | b'_' | b'~' | 0x80.. => true,
            first => first.is_ascii_alphanumeric(),
        };
        if !begins {
            return None;
        }
        let mut end = self.at;
        loop {
            match self.byte(end) {
                byte if ends(byte) => break,
                b'\n' => return None,
                b'#' if self.byte(end - 1) == b' ' => return None,
                // `saphyr-parser` refuses `[a -, b]`.
                b'-' if self.byte(end - 1) == b' ' && ends(self.byte(end + 1)) => return None,
                b':' if matches!(self.byte(end + 1), b' ' | b'\n') || ends(self.byte(end + 1)) => {
                    break;
                }
                _ => end += 1,
            }
        }
        let text = self.text[self.at..end].trim_end_matches(' ');
        self.scalar(self.at + text.len(), text.chars().count())
    }

    /// A text in quotes, without escapes.
    fn quoted(&mut self) -> Option<()> {
        let (start, quote) = (self.here(), self.byte(self.at));
        let from = self.at + 1;
        let end = from + memchr::memchr2(quote, b'\n', &self.bytes[from..])?;
        let text = &self.text[from..end];
        let style = match quote {
            b'"' if !text.contains('\\') => ScalarStyle::DoubleQuoted,
            b'\'' if self.byte(end + 1) != b'\'' => ScalarStyle::SingleQuoted,
            _ => return None,
        };
        if self.byte(end) != quote {
            return None;
        }
        self.at = end;
        self.column += text.chars().count() + 1;
        self.close();
        let body = Body::Scalar(Cow::Borrowed(text), style);
        self.out.add(body, Span { start, end: self.here() }, 0, 1).ok()
    }

    /// A list or map in brackets.
    fn brackets(&mut self) -> Option<()> {
        let start = self.here();
        let (is_map, close) = if self.byte(self.at) == b'{' { (true, b'}') } else { (false, b']') };
        let open =
            if is_map { Open::Map(Vec::with_capacity(8), None) } else { Open::List(Vec::new()) };
        self.out.enter(open, Span { start, end: start }, 0).ok()?;
        self.skip(1);
        self.skip_spaces();
        if self.byte(self.at) != close {
            loop {
                if is_map {
                    self.entry()?;
                    if self.byte(self.at) != b':' || self.byte(self.at + 1) != b' ' {
                        return None;
                    }
                    self.skip(1);
                    self.skip_spaces();
                }
                match self.byte(self.at) {
                    b'[' | b'{' => self.brackets()?,
                    _ => self.entry()?,
                }
                self.skip_spaces();
                match self.byte(self.at) {
                    b',' => {
                        self.skip(1);
                        self.skip_spaces();
                    }
                    byte if byte == close => break,
                    _ => return None,
                }
            }
        }
        self.close();
        self.leave()
    }

    /// Goes behind a closing quote or bracket. For `saphyr-parser` the spaces behind it belong to
    /// what it closes.
    fn close(&mut self) {
        self.skip(1);
        self.skip_spaces();
    }

    /// A text in brackets.
    fn entry(&mut self) -> Option<()> {
        match self.byte(self.at) {
            b'"' | b'\'' => self.quoted(),
            _ => self.bare(|byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}')),
        }
    }

    /// A text of whole lines (`|`, `|-`), inside a list or map at `column`.
    fn literal(&mut self, column: usize) -> Option<()> {
        self.at += 1;
        let keeps_end = self.byte(self.at) != b'-';
        if !keeps_end {
            self.at += 1;
        }
        if self.byte(self.at) != b'\n' {
            return None;
        }
        let mut line = self.at + 1;
        let indent = self.spaces(line);
        let from = line + indent;
        if indent <= column || self.byte(from) == b'\n' {
            return None;
        }
        self.line += 1;
        let start = Position { line: self.line, column: indent + 1 };
        // Up to the last line that is not empty; put together as soon as there is a second one.
        let (mut end, mut copied, mut text) = (from, from, String::new());
        let mut blanks = 0;
        while line < self.bytes.len() {
            let spaces = self.spaces(line);
            let blank = self.byte(line + spaces) == b'\n';
            if spaces < indent && !blank {
                break;
            }
            let next = self.line_end(line + spaces) + 1;
            self.line += 1;
            if blank && spaces <= indent {
                blanks += 1;
            } else {
                if line + indent > from {
                    // Room for some more lines of the kind.
                    let read = &self.text[copied..end];
                    text.reserve(if text.is_empty() { 4 * read.len() } else { read.len() });
                    text.push_str(read);
                    (0..std::mem::take(&mut blanks)).for_each(|_| text.push('\n'));
                    copied = line + indent;
                }
                end = next;
            }
            line = next;
        }
        let end = if keeps_end { end } else { end - 1 };
        let text = if text.is_empty() {
            Cow::Borrowed(&self.text[from..end])
        } else {
            text.push_str(&self.text[copied..end]);
            Cow::Owned(text)
        };
        self.column = self.spaces(line);
        let end = self.here();
        self.out.add(Body::Scalar(text, ScalarStyle::Literal), Span { start, end }, 0, 1).ok()?;
        self.next_line(line);
        Some(())
    }
}

#[cfg(test)]
mod tests;
