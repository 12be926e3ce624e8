//! Where a session is written: with colour or without, and so many columns wide.
//!
//! Colour never carries meaning alone: each coloured sign is a different sign.

use super::columns;
use super::fold::{fold, pack};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Columns of a screen whose width nobody knows.
pub(super) const USUAL_WIDTH: usize = 80;

/// What a session is written on.
pub struct Screen<'s> {
    out: &'s mut dyn Write,
    colour: bool,
    width: usize,
    /// Whether the last line is empty: headings need no other before them.
    spaced: bool,
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
        Self { out, colour: false, width: USUAL_WIDTH, spaced: false }
    }

    /// A terminal so many columns wide.
    pub fn new(out: &'s mut dyn Write, colour: bool, width: Option<usize>) -> Self {
        Self { out, colour, width: width.unwrap_or(USUAL_WIDTH).clamp(40, 160), spaced: false }
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
        self.spaced = text.is_empty() || text.ends_with('\n');
        writeln!(self.out, "{text}")
    }

    /// Something else was written below, such as a prompt.
    pub(super) fn written_on(&mut self) {
        self.spaced = false;
    }

    /// An empty line, unless there is one.
    pub(super) fn space(&mut self) -> io::Result<()> {
        if self.spaced { Ok(()) } else { self.line("") }
    }

    /// A heading across the screen.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = fold(text, self.width.saturating_sub(3), "   ");
        let last = text.lines().last().unwrap_or_default().trim_start().width();
        let rest = self.width.min(USUAL_WIDTH).saturating_sub(last + 4);
        let heading = format!("━━ {text} {}", "━".repeat(rest));
        let heading = self.ink(Ink::Bold, heading.trim_end());
        self.space()?;
        self.line(&heading)
    }

    /// A smaller heading.
    pub(super) fn subheading(&mut self, text: &str) -> io::Result<()> {
        let text = fold(text, self.width.saturating_sub(6), "   ");
        let heading = self.ink(Ink::Bold, &format!("── {text} ──"));
        self.space()?;
        self.line(&heading)
    }

    /// A text of its own, broken into lines and followed by an empty one; nothing for no text.
    /// Items of a list hang behind their marks, and lines of cells (`a │ b`) stand as a table.
    pub(super) fn paragraph(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let lines: Vec<&str> = text.lines().collect();
        for block in lines.chunk_by(|a, b| a.contains(CELLS) && b.contains(CELLS)) {
            if let [header, rows @ ..] = block
                && !rows.is_empty()
            {
                let cells = |line: &&str| -> Vec<String> {
                    line.split(CELLS).map(|cell| cell.trim().to_owned()).collect()
                };
                let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
                self.table(&cells(header), &rows)?;
                continue;
            }
            for line in block {
                let (mark, text) = line.split_at(mark(line));
                let indent = " ".repeat(mark.width());
                let text = fold(text, self.width.saturating_sub(indent.len()), &indent);
                self.line(&format!("{mark}{text}"))?;
            }
        }
        self.line("")
    }

    /// A line indented by two, whose continuation lines stand under its text.
    pub(super) fn item(&mut self, sign: &str, text: &str) -> io::Result<()> {
        let start = start(sign);
        let indent = " ".repeat(start.width());
        let folded = fold(text, self.width.saturating_sub(indent.len()), &indent);
        self.line(&format!("{start}{folded}"))
    }

    /// Like [`Screen::item`], of pieces that are broken only where there is no room for one.
    pub(super) fn pieces(
        &mut self,
        sign: &str,
        pieces: &[String],
        between: &str,
    ) -> io::Result<()> {
        let start = start(sign);
        let indent = " ".repeat(start.width());
        let lines = pack(pieces, between, self.width.saturating_sub(indent.len()));
        self.line(&format!("{start}{}", lines.join(&format!("\n{indent}"))))
    }

    /// Like [`Screen::item`], of a chain of equal terms: on one line, else a line for each, that
    /// begins with its sign of equality.
    pub(super) fn equation(&mut self, sign: &str, terms: &[String]) -> io::Result<()> {
        let whole = terms.join(" = ");
        let start = start(sign);
        if start.width() + whole.width() <= self.width {
            return self.line(&format!("{start}{whole}"));
        }
        let Some((first, others)) = terms.split_first() else { return Ok(()) };
        self.item(sign, first)?;
        // Their signs stand under the text of the first.
        let under = " ".repeat(start.width().saturating_sub(2));
        for term in others {
            self.item(&format!("{under}="), term)?;
        }
        Ok(())
    }

    /// A line that matters less.
    pub(super) fn dim(&mut self, text: &str) -> io::Result<()> {
        let text = fold(text, self.width, "");
        let text = self.ink(Ink::Dim, &text);
        self.line(&text)
    }

    /// A line that stands by itself, folded.
    pub(super) fn folded(&mut self, text: &str) -> io::Result<()> {
        self.hanging(text, "")
    }

    /// A line that stands by itself, folded, all but its first line behind `indent`.
    pub fn hanging(&mut self, text: &str, indent: &str) -> io::Result<()> {
        self.line(&fold(text, self.width.saturating_sub(indent.len()), indent))
    }

    /// Like [`Screen::item`], with a sign that may be in an ink, one column wide.
    pub(super) fn signed(&mut self, sign: &str, text: &str) -> io::Result<()> {
        let indent = " ".repeat(4);
        let text = fold(text, self.width.saturating_sub(4), &indent);
        self.line(&format!("  {sign} {text}"))
    }

    /// Rows under a header; see [`columns`].
    pub(super) fn table(&mut self, header: &[String], rows: &[Vec<String>]) -> io::Result<()> {
        let drawn = columns::draw(header, rows, self.width);
        if drawn.starts_with('┌') {
            return self.line(&drawn);
        }
        // Records have no frame that parts them from what is around them.
        self.space()?;
        self.line(&drawn)?;
        self.line("")
    }
}

/// What parts the cells of a table in a plain text.
const CELLS: &str = " │ ";

/// What stands before the text of an item.
fn start(sign: &str) -> String {
    if sign.is_empty() { "  ".to_owned() } else { format!("  {sign} ") }
}

/// How many bytes of a line are the mark of a list's item: `• `, `1. `.
fn mark(line: &str) -> usize {
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match (line.strip_prefix("• "), number.strip_prefix(". ")) {
        (Some(text), _) => line.len() - text.len(),
        (None, Some(text)) if number.len() < line.len() => line.len() - text.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// What is drawn on a screen so many columns wide.
    fn drawn(width: usize, draw: &dyn Fn(&mut Screen<'_>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        draw(&mut Screen::new(&mut out, false, Some(width))).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_empty_line_is_enough() {
        let text = drawn(40, &|screen| {
            screen.paragraph("a")?;
            screen.subheading("b")?;
            screen.item("·", "c")?;
            screen.subheading("d")?;
            screen.paragraph("e")?;
            screen.written_on();
            screen.subheading("f")
        });
        assert_eq!(text, "a\n\n── b ──\n  · c\n\n── d ──\ne\n\n\n── f ──\n");
    }

    #[test]
    fn lists_hang_behind_their_marks_and_cells_stand_in_a_table() {
        let text = "10. one two three four five six seven eight\n类 │ 低\nA │ 4\nB │ 2\nend";
        let drawn = drawn(40, &|screen| screen.paragraph(text));
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines[..2], ["10. one two three four five six seven", "    eight"]);
        assert_eq!(lines[2..5], ["┌────┬────┐", "│ 类 ┆ 低 │", "╞════╪════╡"]);
        assert_eq!(lines[lines.len() - 2..], ["end", ""]);
    }

    #[test]
    fn long_equations_are_broken_before_their_signs() {
        let terms = ["Score: a × 25 + b × 15", "5 × 25 + 4 × 15", "185"].map(str::to_owned);
        let on = |width| drawn(width, &|screen| screen.equation("→", &terms));
        assert_eq!(on(80), "  → Score: a × 25 + b × 15 = 5 × 25 + 4 × 15 = 185\n");
        assert_eq!(on(40), "  → Score: a × 25 + b × 15\n    = 5 × 25 + 4 × 15\n    = 185\n");
    }

    #[test]
    fn colour_is_only_added_where_it_is_wanted() {
        let mut out = Vec::new();
        assert_eq!(Screen::plain(&mut out).ink(Ink::Red, "✗"), "✗");
        assert_eq!(Screen::new(&mut out, true, None).ink(Ink::Red, "✗"), "\u{1b}[31m✗\u{1b}[0m");
    }
}
