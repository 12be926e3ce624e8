//! Findings in words: as text with an excerpt and carets, and as data.

use super::{Diagnostic, Pin, Severity};
use crate::source::{RelPath, Span, World, decode, is_bidi};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

/// Words a locale's key with placeholders; [`crate::theme::Words::say`] does it.
pub type Say<'a> = dyn Fn(&str, &[(&str, &str)]) -> String + 'a;

/// The widest excerpt, in columns of a terminal.
const EXCERPT_WIDTH: usize = 100;

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// The file, relative to the course's folder.
    pub file: String,
    /// 1-based line; absent when the file as a whole is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// 1-based column in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    /// The column after its last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Puts findings into words. Their places must have been [resolved](super::resolve).
pub fn findings(diagnostics: &[Diagnostic], say: &Say<'_>) -> Vec<Finding> {
    diagnostics.iter().map(|diagnostic| finding(diagnostic, say)).collect()
}

/// The findings as a JSON list.
pub fn json(diagnostics: &[Diagnostic], say: &Say<'_>) -> Value {
    serde_json::to_value(findings(diagnostics, say)).unwrap_or_default()
}

/// The findings as text for a terminal: severity, code and sentence, place, excerpt with carets,
/// what to do. Colour only underlines what the words say already.
pub fn text(diagnostics: &[Diagnostic], world: &dyn World, say: &Say<'_>, colour: bool) -> String {
    let mut out = String::new();
    let mut excerpts = Excerpts::new(world);
    for diagnostic in diagnostics {
        let finding = finding(diagnostic, say);
        let brush = Paint { on: colour, severity: diagnostic.severity };
        let severity = say(&format!("diag.severity.{}", finding.severity), &[]);
        let head = brush.strong(&format!("{severity}[{}]", finding.code));
        let _ = writeln!(out, "{head}: {}", finding.message);
        let place = match (finding.line, finding.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", finding.file),
            _ => finding.file,
        };
        let excerpt = excerpts.of(diagnostic);
        let margin = excerpt.as_ref().map_or(1, |excerpt| excerpt.number.len());
        let _ = writeln!(out, "{:margin$}{} {place}", "", brush.faint("-->"));
        if let Some(excerpt) = excerpt {
            let bar = brush.faint("|");
            let _ = writeln!(out, "{:margin$} {bar}", "");
            let _ = writeln!(out, "{} {bar} {}", brush.faint(&excerpt.number), excerpt.line());
            let _ = writeln!(out, "{:margin$} {bar} {}", "", brush.strong(&excerpt.carets()));
        }
        if !finding.help.is_empty() {
            let advice = say("diag.help", &[]);
            let _ = writeln!(out, "{:margin$} {} {advice}{}", "", brush.faint("="), finding.help);
        }
        out.push('\n');
    }
    out
}

fn finding(diagnostic: &Diagnostic, say: &Say<'_>) -> Finding {
    let word = |value: &str, args: &[(&str, &str)]| {
        let key = value.strip_prefix('@').map(|key| format!("diag.{key}"));
        // What an author wrote may begin with `@` as well; there is no word for that.
        let said = key.and_then(|key| Some(say(&key, args)).filter(|said| *said != key));
        said.unwrap_or_else(|| value.to_owned())
    };
    let words = |with: &[(&str, &str)]| -> Vec<(&str, String)> {
        diagnostic.args.iter().map(|(name, value)| (*name, word(value, with))).collect()
    };
    // Words may name other arguments, which may be words.
    let single = words(&[]);
    let single: Vec<(&str, &str)> = single.iter().map(|(name, text)| (*name, &**text)).collect();
    let mut args = words(&single);
    let detail = diagnostic.detail.as_ref();
    if let Some(message) = detail {
        args.push(("detail", engine_words(message, say)));
    }
    let args: Vec<(&str, &str)> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let code = diagnostic.code;
    // What to do about a fault that the engine finds, where that can be told for this one.
    let mend = detail.map(|message| format!("diag.mend.{}", message.code)).and_then(|key| {
        let words = worded(&key, detail?, say);
        (words != key).then_some(words)
    });
    let mut help = mend.unwrap_or_else(|| say(&format!("diag.{code}.help"), &args));
    // A nearest name is offered only where there is one.
    if let Some((_, nearest)) = args.iter().find(|(name, _)| *name == "nearest")
        && !nearest.is_empty()
    {
        help = say("diag.nearest", &args) + &help;
    }
    let span = match diagnostic.place.pin {
        Pin::At(span) => Some(span),
        _ => None,
    };
    Finding {
        code,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        file: diagnostic.place.file.to_string(),
        line: span.map(|span| span.start.line),
        column: span.map(|span| span.start.column),
        end_line: span.map(|span| span.end.line),
        end_column: span.map(|span| span.end.column),
        message: say(&format!("diag.{code}.message"), &args),
        help,
    }
}

fn engine_words(message: &kejian_engine::Message, say: &Say<'_>) -> String {
    worded(&format!("engine.{}", message.code), message, say)
}

/// The word at `key` with the arguments of `message`.
fn worded(key: &str, message: &kejian_engine::Message, say: &Say<'_>) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let name =
                |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            list.iter().map(name).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) if number.is_f64() => {
            short(number.as_f64().unwrap_or_default()).to_string()
        }
        other => other.to_string(),
    };
    let args: Vec<(&str, String)> =
        message.args.iter().map(|(name, value)| (name.as_str(), plain(value))).collect();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
    say(key, &args)
}

/// A number without the last digits, which only say how machines reckon: 2.3, and not
/// 2.3000000000000003.
fn short(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// The line that a finding starts in, cut around its place when it is long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The line's number.
    pub number: String,
    /// What stands before the place.
    pub before: String,
    /// What is meant; empty where something is missing.
    pub marked: String,
    /// What stands after it.
    pub after: String,
}

impl Excerpt {
    fn line(&self) -> String {
        format!("{}{}{}", self.before, self.marked, self.after).trim_end().to_owned()
    }

    /// Carets under what is meant: Han are two columns wide.
    fn carets(&self) -> String {
        let width = |text: &str| text.chars().map(|c| c.width().unwrap_or(1)).sum::<usize>();
        // The ellipsis of a cut line counts as one column, as terminals draw it.
        " ".repeat(width(&self.before)) + &"^".repeat(width(&self.marked).max(1))
    }
}

/// Hands out excerpts. However many findings are in a file, it is read once.
pub struct Excerpts<'w> {
    world: &'w dyn World,
    /// The files so far; none for one that cannot be had.
    files: BTreeMap<RelPath, Option<Lines>>,
}

impl<'w> Excerpts<'w> {
    /// Excerpts of the files of `world`.
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, files: BTreeMap::new() }
    }

    /// The line that a finding starts in; none when the file as a whole is meant. The finding's
    /// place must have been [resolved](super::resolve).
    pub fn of(&mut self, diagnostic: &Diagnostic) -> Option<Excerpt> {
        let Pin::At(span) = diagnostic.place.pin else { return None };
        self.at(&diagnostic.place.file, span)
    }

    fn at(&mut self, file: &RelPath, span: Span) -> Option<Excerpt> {
        if !self.files.contains_key(file) {
            self.files.insert(file.clone(), Lines::read(self.world, file));
        }
        self.files.get(file)?.as_ref()?.excerpt(span)
    }
}

/// A file by its lines and characters, as places are counted.
struct Lines {
    letters: Vec<char>,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl Lines {
    fn read(world: &dyn World, file: &RelPath) -> Option<Self> {
        let bytes = world.read(file).ok()?;
        let letters: Vec<char> = match decode(&bytes) {
            Ok(text) => text.chars().collect(),
            // What cannot be read is shown as well as it can be.
            Err(_) => {
                String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').chars().collect()
            }
        };
        let ends = letters.iter().enumerate().filter(|(_, letter)| **letter == '\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Some(Self { letters, starts })
    }

    /// A line without its end.
    fn line(&self, number: usize) -> Option<&[char]> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).map_or(self.letters.len(), |next| next - 1);
        let mut line = &self.letters[start..end];
        while let [rest @ .., '\r'] = line {
            line = rest;
        }
        Some(line)
    }

    fn excerpt(&self, span: Span) -> Option<Excerpt> {
        let line = self.line(span.start.line)?;
        let from = (span.start.column - 1).min(line.len());
        let to = if span.end.line > span.start.line { line.len() } else { span.end.column - 1 };
        let to = to.clamp(from, line.len());
        // Lines may be megabytes long: what is shown is measured from the place outwards.
        let marked: usize = line[from..to.min(from + 20)].iter().copied().map(width).sum();
        let start = reach(line[..from].iter().rev(), (EXCERPT_WIDTH - 20).saturating_sub(marked));
        let start = from - start;
        let before: usize = line[start..from].iter().copied().map(width).sum();
        let end = from + reach(line[from..].iter(), EXCERPT_WIDTH - before);
        let to = to.min(end);
        let (left, right) =
            (if start > 0 { "…" } else { "" }, if end < line.len() { "…" } else { "" });
        let part = |letters: &[char]| letters.iter().copied().map(visible).collect::<String>();
        Some(Excerpt {
            number: span.start.line.to_string(),
            before: format!("{left}{}", part(&line[start..from])),
            marked: part(&line[from..to]),
            after: format!("{}{right}", part(&line[to..end])),
        })
    }
}

/// How many characters fit into so many columns.
fn reach<'c>(characters: impl Iterator<Item = &'c char>, columns: usize) -> usize {
    let mut left = columns;
    characters
        // Marks above letters take no columns, and there may be any number of them.
        .take(columns * 4)
        .take_while(|c| {
            let width = width(**c);
            let fits = width <= left;
            left = left.saturating_sub(width);
            fits
        })
        .count()
}

/// The columns that a character takes where it is shown.
fn width(c: char) -> usize {
    visible(c).width().unwrap_or(1)
}

/// Tabs, and control characters, which would move the cursor or vanish.
fn visible(c: char) -> char {
    let vanishes =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}');
    match c {
        '\t' => ' ',
        _ if c.is_control() || is_bidi(c) || vanishes => '\u{fffd}',
        _ => c,
    }
}

struct Paint {
    on: bool,
    severity: Severity,
}

impl Paint {
    fn strong(&self, text: &str) -> String {
        let colour = match self.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Info => "36",
        };
        self.wrap(text, &format!("1;{colour}"))
    }

    fn faint(&self, text: &str) -> String {
        self.wrap(text, "34")
    }

    fn wrap(&self, text: &str, code: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Memory, Position};

    fn shown(text: &str, line: usize, column: usize, count: usize) -> String {
        let world = Memory::default().with("a.yaml", text.as_bytes().to_vec());
        let span = Span::run(Position { line, column }, count);
        let file = RelPath::new("a.yaml").unwrap();
        let excerpt = Excerpts::new(&world).at(&file, span).unwrap();
        format!("{}|{}\n |{}", excerpt.number, excerpt.line(), excerpt.carets())
    }

    #[test]
    fn carets_stand_under_han() {
        assert_eq!(shown("a: 1\n题目: 甲乙丙\n", 2, 5, 2), "2|题目: 甲乙丙\n |      ^^^^");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("a: {}X{}", "甲".repeat(300), "乙".repeat(300));
        let out = shown(&text, 1, 304, 1);
        let (line, carets) = out.split_once('\n').unwrap();
        assert!(line.starts_with("1|…甲") && line.ends_with("乙…"), "{line}");
        let width = |text: &str| text.chars().map(|c| c.width().unwrap()).sum::<usize>();
        assert_eq!(width(line.split_once('X').unwrap().0), carets.len() - 1);
    }

    /// It once took a second for 40,000 characters, and for ever for a file of megabytes.
    #[test]
    fn a_line_of_megabytes_is_cut_at_once() {
        let text = format!("a: {}X{}", "甲".repeat(600_000), "乙".repeat(600_000));
        let out = shown(&text, 1, 600_004, 500_000);
        assert!(out.chars().count() < 300, "{out}");
        assert!(out.contains("甲X乙"));
    }

    #[test]
    fn marks_above_letters_do_not_fill_the_screen() {
        let out = shown(&format!("a: X{}乙", "\u{301}".repeat(100_000)), 1, 4, 1);
        assert!(out.chars().count() < 500, "{}", out.len());
        assert!(out.contains("a: X"));
    }

    #[test]
    fn a_place_at_the_end_of_a_line_still_has_a_caret() {
        assert_eq!(shown("a:", 1, 3, 0), "1|a:\n |  ^");
        assert_eq!(shown("a:\r\n", 1, 2, 50), "1|a:\n | ^");
    }

    #[test]
    fn data_names_every_place() {
        let file = RelPath::new("a.yaml").unwrap();
        let span = Span::run(Position { line: 2, column: 3 }, 4);
        let found = [Diagnostic::error("x", &file, Pin::At(span)).with("found", "@type.text")];
        let say = |key: &str, args: &[(&str, &str)]| match args.first() {
            Some((_, value)) if key != "diag.type.text" => format!("{key} {value}"),
            _ => format!("({key})"),
        };
        assert_eq!(
            json(&found, &say).to_string(),
            r#"[{"code":"x","severity":"error","file":"a.yaml","line":2,"column":3,"end_line":2,"end_column":7,"message":"diag.x.message (diag.type.text)","help":"diag.x.help (diag.type.text)"}]"#
        );
    }
}
