//! Where a session is written: with colour or without, and so many columns wide.
//!
//! Colour never carries meaning alone: each coloured sign is a different sign.

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Columns of a screen whose width nobody knows.
pub(super) const USUAL_WIDTH: usize = 80;

/// What a session is written on.
pub struct Screen<'s> {
    out: &'s mut dyn Write,
    colour: bool,
    width: usize,
}

/// How a piece of text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// A heading.
    Bold,
    /// Less important.
    Dim,
    /// Right.
    Green,
    /// Wrong.
    Red,
    /// Partly right, or worth a look.
    Yellow,
}

impl<'s> Screen<'s> {
    /// Plain text of the usual width.
    pub fn plain(out: &'s mut dyn Write) -> Self {
        Self { out, colour: false, width: USUAL_WIDTH }
    }

    /// A terminal so many columns wide.
    pub fn new(out: &'s mut dyn Write, colour: bool, width: Option<usize>) -> Self {
        Self { out, colour, width: width.unwrap_or(USUAL_WIDTH).clamp(40, 160) }
    }

    /// Its columns.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// A text in an ink, ready to be written.
    pub(super) fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Bold => 1,
            Ink::Dim => 2,
            Ink::Green => 32,
            Ink::Red => 31,
            Ink::Yellow => 33,
        };
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A line.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// A heading across the screen.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = fold(text, self.width.saturating_sub(3), "   ");
        let last = text.lines().last().unwrap_or_default().trim_start().width();
        let rest = self.width.min(USUAL_WIDTH).saturating_sub(last + 4);
        let heading = self.ink(Ink::Bold, &format!("━━ {text} {}", "━".repeat(rest)));
        writeln!(self.out, "\n{heading}")
    }

    /// A smaller heading.
    pub(super) fn subheading(&mut self, text: &str) -> io::Result<()> {
        let text = fold(text, self.width.saturating_sub(6), "   ");
        let heading = self.ink(Ink::Bold, &format!("── {text} ──"));
        writeln!(self.out, "\n{heading}")
    }

    /// A text of its own, broken into lines and followed by an empty one; nothing for no text.
    pub(super) fn paragraph(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        for line in text.lines() {
            writeln!(self.out, "{}", fold(line, self.width, ""))?;
        }
        writeln!(self.out)
    }

    /// A line indented by two, whose continuation lines stand under its text.
    pub(super) fn item(&mut self, sign: &str, text: &str) -> io::Result<()> {
        let indent = " ".repeat(2 + sign.width() + usize::from(!sign.is_empty()));
        let start = if sign.is_empty() { "  ".to_owned() } else { format!("  {sign} ") };
        let folded = fold(text, self.width.saturating_sub(indent.len()), &indent);
        writeln!(self.out, "{start}{folded}")
    }

    /// A line that matters less.
    pub(super) fn dim(&mut self, text: &str) -> io::Result<()> {
        let text = self.ink(Ink::Dim, text);
        writeln!(self.out, "{text}")
    }

    /// A line that stands by itself, folded.
    pub(super) fn folded(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", fold(text, self.width, ""))
    }

    /// Like [`Screen::item`], with a sign that may be in an ink, one column wide.
    pub(super) fn signed(&mut self, sign: &str, text: &str) -> io::Result<()> {
        let indent = " ".repeat(4);
        writeln!(self.out, "  {sign} {}", fold(text, self.width.saturating_sub(4), &indent))
    }

    /// Rows under a header; too many columns for the width become several tables, each beginning
    /// with the first column.
    pub(super) fn table(&mut self, header: &[String], rows: &[Vec<String>]) -> io::Result<()> {
        for columns in groups(header, rows, self.width) {
            let cut = |line: &[String]| -> Vec<String> {
                columns.iter().filter_map(|at| line.get(*at)).cloned().collect()
            };
            let mut table = Table::new();
            table.load_style(UTF8_FULL_CONDENSED);
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(u16::try_from(self.width).unwrap_or(u16::MAX));
            let lines: Vec<Vec<String>> =
                std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).map(cut).collect();
            // The table would break lines anywhere; a text has its rules.
            let widths = widths(&lines, self.width);
            let mut lines = lines.into_iter().map(|line| {
                let cells = line.iter().zip(&widths);
                cells.map(|(cell, width)| fold_cell(cell, *width)).collect::<Vec<_>>()
            });
            if let Some(header) = lines.next() {
                table.set_header(header);
            }
            table.add_rows(lines);
            writeln!(self.out, "{table}")?;
        }
        Ok(())
    }
}

/// Columns that fit side by side, as indices; the first one leads every group.
fn groups(header: &[String], rows: &[Vec<String>], width: usize) -> Vec<Vec<usize>> {
    let lines = || std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
    let widest = |at: usize| {
        let cells = lines().filter_map(|line| line.get(at));
        cells.map(|cell| cell.width().min(MOST)).max().unwrap_or(0) + 3
    };
    let first = if header.is_empty() { 0 } else { widest(0) };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut used = usize::MAX;
    for at in 1..header.len() {
        let needed = widest(at);
        match groups.last_mut().filter(|_| used.saturating_add(needed) < width) {
            Some(group) => group.push(at),
            None => {
                groups.push(vec![0, at]);
                used = first;
            }
        }
        used += needed;
    }
    if groups.is_empty() && !header.is_empty() {
        groups.push(vec![0]);
    }
    groups
}

/// How wide the columns of a table are: as their widest cell, as long as that fits; what is too
/// wide shares what the others leave.
fn widths(lines: &[Vec<String>], width: usize) -> Vec<usize> {
    let count = lines.first().map_or(0, Vec::len);
    let widest = |at: usize| {
        let cells = lines.iter().filter_map(|line| line.get(at));
        cells.flat_map(|cell| cell.lines()).map(UnicodeWidthStr::width).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..count).map(widest).collect();
    // Each column has a line and two spaces, and a line ends the row.
    let mut left = width.saturating_sub(3 * count + 1);
    let mut narrow: Vec<usize> = (0..count).collect();
    narrow.sort_by_key(|at| widths[*at]);
    for (before, at) in narrow.into_iter().enumerate() {
        widths[at] = widths[at].min(left / (count - before)).max(1);
        left = left.saturating_sub(widths[at]);
    }
    widths
}

/// A cell in lines of its column's width.
fn fold_cell(cell: &str, width: usize) -> String {
    let lines: Vec<String> = cell.split('\n').flat_map(|line| fold_line(line, width)).collect();
    lines.join("\n")
}

/// A cell wider than this is folded inside its table.
const MOST: usize = 28;

/// Breaks a text into lines of at most `width` columns: at spaces, and between any two Han
/// characters but before closing punctuation.
pub(super) fn fold(text: &str, width: usize, indent: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').flat_map(|line| fold_line(line, width.max(20))).collect();
    lines.join(&format!("\n{indent}"))
}

fn fold_line(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        if let Some(line) = lines.last_mut()
            && (line.is_empty() || line.width() + piece.trim_end().width() <= width)
        {
            line.push_str(piece);
        } else {
            lines.push(piece.trim_start().to_owned());
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The pieces of a line that stay whole.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        let Some((at, next)) = letters.peek().copied() else { break };
        let between = (wide(letter) || wide(next)) && !closing(next) && !opening(letter);
        if next != ' ' && (letter == ' ' || between) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn wide(letter: char) -> bool {
    letter.to_string().width() > 1
}

/// Never at the beginning of a line.
fn closing(letter: char) -> bool {
    "，。、；：？！）》”’」』】…—％%·.,;:?!)]".contains(letter)
}

/// Never at the end of a line.
fn opening(letter: char) -> bool {
    "（《“‘「『【([".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_text_is_folded_without_punctuation_in_front() {
        let text = "先判淘汰再排序，年采购最大的那一家，未必能留下。";
        let folded = fold(text, 20, "  ");
        for line in folded.lines() {
            assert!(line.trim_start().width() <= 22, "{line}");
            assert!(!line.trim_start().starts_with(['，', '。']), "{line}");
        }
        assert_eq!(folded.replace("\n  ", ""), text);
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        let folded = fold("one two three four five six seven 12.5 万元", 20, "");
        assert_eq!(folded, "one two three four\nfive six seven 12.5\n万元");
    }

    #[test]
    fn headings_are_folded_too() {
        let title = "Purchase heat: judge by evidence, match the mode, forecast the yield";
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, false, Some(40));
        screen.heading(title).unwrap();
        screen.subheading(title).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.width() <= 40), "{text}");
        assert!(text.contains("━━ Purchase heat: judge by evidence,\n   match"), "{text}");
    }

    #[test]
    fn wide_tables_become_several() {
        let header: Vec<String> = (0..6).map(|at| format!("column {at}")).collect();
        assert_eq!(groups(&header, &[], 40), [vec![0, 1, 2], vec![0, 3, 4], vec![0, 5]]);
        assert_eq!(groups(&header[..1], &[], 40), [vec![0]]);
        assert!(groups(&[], &[], 40).is_empty());
    }

    #[test]
    fn cells_are_folded_by_the_rules_of_texts() {
        let rows = [
            ["T07 景禾", "追问过高盐工况寿命，此后两个多月没有任何互动：前台拒接"],
            ["T09", "Pressure drop over the limit; no retest agreed since the trial"],
        ];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        for width in [40, 61, 80] {
            let mut out = Vec::new();
            let header = ["项".to_owned(), "事实".to_owned()];
            Screen::new(&mut out, false, Some(width)).table(&header, &rows).unwrap();
            let text = String::from_utf8(out).unwrap();
            for line in text.lines() {
                assert_eq!(line.width(), text.lines().next().unwrap().width(), "{text}");
                assert!(line.width() <= width, "{text}");
                let cell = line.split('┆').next_back().unwrap_or_default().trim_start();
                assert!(!cell.starts_with(['，', '：']), "{text}");
            }
            for word in ["Pressure", "retest", "agreed"] {
                assert!(text.contains(word), "{text}");
            }
        }
    }

    #[test]
    fn colour_is_only_added_where_it_is_wanted() {
        let mut out = Vec::new();
        assert_eq!(Screen::plain(&mut out).ink(Ink::Red, "✗"), "✗");
        assert_eq!(Screen::new(&mut out, true, None).ink(Ink::Red, "✗"), "\u{1b}[31m✗\u{1b}[0m");
    }
}
