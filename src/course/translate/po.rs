//! Catalogues in gettext's PO format: read with the line of every entry, written the same way
//! each time.
//!
//! Our own reader because the crates at hand (polib 0.2) drop what translators live by: obsolete
//! entries (`#~`), the text that a fuzzy entry once translated (`#| msgid`), and lines.

use crate::source::Position;
use std::collections::HashMap;
use std::fmt::Write as _;

/// A catalogue: `po/<lang>.po`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The entry of the empty text, which describes the file.
    pub header: Entry,
    /// The others in the order written.
    pub entries: Vec<Entry>,
}

/// One text and its translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The translator's comments, without `#`.
    pub comments: Vec<String>,
    /// Remarks for the translator (`#.`).
    pub remarks: Vec<String>,
    /// Where the text stands (`#:`).
    pub references: Vec<String>,
    /// Flags (`#,`) but for `fuzzy`.
    pub flags: Vec<String>,
    /// Whether the translation has to be looked at again; it is not used until then.
    pub fuzzy: bool,
    /// The text that was translated before it changed.
    pub previous: Option<String>,
    /// The place that the translation is for, when it is not for all.
    pub context: Option<String>,
    /// The text.
    pub id: String,
    /// Its translation; empty when there is none.
    pub text: String,
    /// Whether the course has the text no more.
    pub obsolete: bool,
    /// Line of its `msgid`.
    pub line: usize,
    /// Line of its `msgstr`.
    pub text_line: usize,
}

impl Entry {
    /// Whether its translation is used.
    pub fn is_used(&self) -> bool {
        !self.fuzzy && !self.obsolete && !self.text.is_empty()
    }
}

/// Why a file is not a catalogue: a word of the locales and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Key below `diag.po`.
    pub what: &'static str,
    /// Where.
    pub at: Position,
}

impl Catalogue {
    /// Reads a file that [`crate::source::decode`] has accepted.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut reader = Reader::default();
        for (number, line) in text.lines().enumerate() {
            reader.line(number + 1, line)?;
        }
        reader.end()?;
        Ok(reader.catalogue)
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let mut out = String::new();
        for entry in std::iter::once(&self.header).chain(&self.entries) {
            if !out.is_empty() {
                out.push('\n');
            }
            write_entry(&mut out, entry);
        }
        out
    }
}

/// Finds the entries of a catalogue.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// By text, those without a place first.
    by_id: HashMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut by_id: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in catalogue.entries.iter().enumerate().filter(|(_, it)| !it.obsolete) {
            by_id.entry(entry.id.clone()).or_default().push(at);
        }
        Self { by_id }
    }

    /// The entry for a text at a place: one for this place, else the one for all.
    pub(super) fn find<'c>(
        &self,
        catalogue: &'c Catalogue,
        id: &str,
        place: &str,
    ) -> Option<&'c Entry> {
        let entries = self.by_id.get(id)?.iter().filter_map(|at| catalogue.entries.get(*at));
        let here = entries.clone().find(|entry| entry.context.as_deref() == Some(place));
        here.or_else(|| entries.clone().find(|entry| entry.context.is_none()))
    }
}

/// What the strings that follow belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Previous,
    Aside,
    Context,
    Id,
    Text,
}

#[derive(Default)]
struct Reader {
    catalogue: Catalogue,
    entry: Entry,
    field: Option<Field>,
    has_id: bool,
    has_text: bool,
    header: bool,
    seen: HashMap<(Option<String>, String), usize>,
}

const KEYWORDS: [(&str, Field); 3] =
    [("msgctxt", Field::Context), ("msgid", Field::Id), ("msgstr", Field::Text)];

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), Fault> {
        let lead = line.len() - line.trim_start().len();
        let (rest, column) = (line.trim(), lead + 1);
        if rest.is_empty() {
            return self.end();
        }
        if let Some(old) = rest.strip_prefix("#~") {
            let old = old.trim_start();
            self.begin(old.starts_with("msgctxt") || old.starts_with("msgid"))?;
            self.entry.obsolete = true;
            // What an obsolete entry once translated is of no use to anyone.
            return if old.starts_with('|') { Ok(()) } else { self.words(number, column, old) };
        }
        if let Some(before) = rest.strip_prefix("#|") {
            self.begin(true)?;
            let before = before.trim_start();
            if let Some(quoted) = before.strip_prefix("msgid") {
                self.field = Some(Field::Previous);
                return self.quoted(number, column, quoted.trim_start());
            }
            if let Some(quoted) = before.strip_prefix("msgctxt") {
                self.field = Some(Field::Aside);
                return self.quoted(number, column, quoted.trim_start());
            }
            return self.quoted(number, column, before);
        }
        if let Some(comment) = rest.strip_prefix('#') {
            self.begin(true)?;
            self.comment(comment);
            return Ok(());
        }
        self.begin(rest.starts_with("msgctxt") || rest.starts_with("msgid"))?;
        self.words(number, column, rest)
    }

    /// Ends the entry before when it is complete and another one begins.
    fn begin(&mut self, starts: bool) -> Result<(), Fault> {
        if starts && self.has_text { self.end() } else { Ok(()) }
    }

    fn comment(&mut self, comment: &str) {
        let entry = &mut self.entry;
        if let Some(remark) = comment.strip_prefix('.') {
            entry.remarks.push(remark.trim().to_owned());
        } else if let Some(places) = comment.strip_prefix(':') {
            entry.references.extend(places.split_whitespace().map(str::to_owned));
        } else if let Some(flags) = comment.strip_prefix(',') {
            for flag in flags.split(',').map(str::trim).filter(|flag| !flag.is_empty()) {
                if flag == "fuzzy" {
                    entry.fuzzy = true;
                } else {
                    entry.flags.push(flag.to_owned());
                }
            }
        } else {
            entry.comments.push(comment.strip_prefix(' ').unwrap_or(comment).to_owned());
        }
    }

    /// A keyword with its string, or a string that goes on.
    fn words(&mut self, number: usize, column: usize, rest: &str) -> Result<(), Fault> {
        let damage = |what| Fault { what, at: Position { line: number, column } };
        if rest.starts_with('"') {
            return self.quoted(number, column, rest);
        }
        if rest.starts_with("msgid_plural") || rest.starts_with("msgstr[") {
            return Err(damage("plural"));
        }
        let known = KEYWORDS.iter().find_map(|(word, field)| {
            let after = rest.strip_prefix(word)?;
            after.starts_with([' ', '\t', '"']).then_some((*field, after.trim_start()))
        });
        let Some((field, quoted)) = known else { return Err(damage("line")) };
        match field {
            Field::Id if self.has_id => return Err(damage("order")),
            Field::Id => {
                self.has_id = true;
                self.entry.line = number;
            }
            Field::Text if !self.has_id || self.has_text => return Err(damage("order")),
            Field::Text => {
                self.has_text = true;
                self.entry.text_line = number;
            }
            Field::Context if self.has_id => return Err(damage("order")),
            _ => {}
        }
        self.field = Some(field);
        self.quoted(number, column, quoted)
    }

    fn quoted(&mut self, number: usize, column: usize, quoted: &str) -> Result<(), Fault> {
        let damage = |what| Fault { what, at: Position { line: number, column } };
        let text = unescape(quoted).ok_or_else(|| damage("string"))?;
        match self.field {
            None => return Err(damage("order")),
            Some(Field::Aside) => {}
            Some(Field::Previous) => {
                self.entry.previous.get_or_insert_with(String::new).push_str(&text);
            }
            Some(Field::Context) => {
                self.entry.context.get_or_insert_with(String::new).push_str(&text);
            }
            Some(Field::Id) => self.entry.id.push_str(&text),
            Some(Field::Text) => self.entry.text.push_str(&text),
        }
        Ok(())
    }

    /// The end of an entry.
    fn end(&mut self) -> Result<(), Fault> {
        let line = self.entry.line.max(1);
        let damage = |what| Fault { what, at: Position { line, column: 1 } };
        if !self.has_id && !self.has_text {
            // Comments alone: they belong to what follows, unless there is nothing.
            if self.entry.context.is_some() {
                return Err(damage("order"));
            }
            return Ok(());
        }
        if !self.has_text {
            return Err(damage("no-translation"));
        }
        let entry = std::mem::take(&mut self.entry);
        (self.field, self.has_id, self.has_text) = (None, false, false);
        if entry.id.is_empty() && entry.context.is_none() {
            if std::mem::replace(&mut self.header, true) {
                return Err(damage("twice"));
            }
            self.catalogue.header = entry;
            return Ok(());
        }
        if !entry.obsolete
            && self.seen.insert((entry.context.clone(), entry.id.clone()), line).is_some()
        {
            return Err(damage("twice"));
        }
        self.catalogue.entries.push(entry);
        Ok(())
    }
}

/// The text within quotes; nothing when it is not quoted, or not well.
fn unescape(quoted: &str) -> Option<String> {
    let inside = quoted.strip_prefix('"')?;
    let mut text = String::with_capacity(inside.len());
    let mut letters = inside.chars();
    loop {
        match letters.next()? {
            '"' => return letters.as_str().trim().is_empty().then_some(text),
            '\\' => text.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                same @ ('"' | '\\') => same,
                _ => return None,
            }),
            letter => text.push(letter),
        }
    }
}

fn write_entry(out: &mut String, entry: &Entry) {
    for comment in &entry.comments {
        let _ = writeln!(out, "{}", format!("# {comment}").trim_end());
    }
    for remark in &entry.remarks {
        let _ = writeln!(out, "#. {remark}");
    }
    for place in &entry.references {
        let _ = writeln!(out, "#: {place}");
    }
    let fuzzy = entry.fuzzy.then_some("fuzzy");
    let flags: Vec<&str> =
        fuzzy.into_iter().chain(entry.flags.iter().map(String::as_str)).collect();
    if !flags.is_empty() {
        let _ = writeln!(out, "#, {}", flags.join(", "));
    }
    if let Some(previous) = entry.previous.as_ref().filter(|_| !entry.obsolete) {
        write_string(out, "#| ", "msgid", previous);
    }
    let lead = if entry.obsolete { "#~ " } else { "" };
    if let Some(context) = &entry.context {
        write_string(out, lead, "msgctxt", context);
    }
    write_string(out, lead, "msgid", &entry.id);
    write_string(out, lead, "msgstr", &entry.text);
}

/// A string on one line, or line by line when it has several.
fn write_string(out: &mut String, lead: &str, keyword: &str, text: &str) {
    let escaped = |piece: &str| {
        let piece = piece.replace('\\', "\\\\").replace('"', "\\\"");
        piece.replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
    };
    if !text.trim_end_matches('\n').contains('\n') && !text.ends_with('\n') {
        let _ = writeln!(out, "{lead}{keyword} \"{}\"", escaped(text));
        return;
    }
    let _ = writeln!(out, "{lead}{keyword} \"\"");
    for line in text.split_inclusive('\n') {
        let _ = writeln!(out, "{lead}\"{}\"", escaped(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=UTF-8\n"

# Ask the trainer.
#. A list
#: chapters/01-a.yaml:title
#, fuzzy, no-wrap
#| msgid "旧"
msgctxt "chapters/01-a.yaml:title"
msgid "新"
msgstr "new"

#: chapters/01-a.yaml:slides.1.notes
msgid ""
"一\n"
"二 \"三\""
msgstr ""

#~ msgid "去"
#~ msgstr "gone"
"#;

    #[test]
    fn writes_what_it_reads() {
        let read = Catalogue::parse(FILE).unwrap();
        assert_eq!(read.write(), FILE);
        assert_eq!(read.entries[1].id, "一\n二 \"三\"");
        assert_eq!((read.entries[1].line, read.entries[1].text_line), (16, 19));
        assert!(read.entries[2].obsolete);
        assert_eq!(read.entries[0].previous.as_deref(), Some("旧"));
    }

    #[test]
    fn names_the_line_of_what_is_damaged() {
        let read = |text: &str| {
            let fault = Catalogue::parse(text).unwrap_err();
            (fault.what, fault.at.line)
        };
        assert_eq!(read("msgid \"a\"\nmsgstr \"b\n"), ("string", 2));
        assert_eq!(read("msgid \"a\"\nmsgstr \"\\q\"\n"), ("string", 2));
        assert_eq!(read("msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n"), ("no-translation", 1));
        assert_eq!(read("msgstr \"a\"\n"), ("order", 1));
        assert_eq!(read("\"a\"\n"), ("order", 1));
        assert_eq!(read("msgid \"a\"\nmsgstr \"\"\nhello\n"), ("line", 3));
        assert_eq!(read("msgid \"a\"\nmsgid_plural \"b\"\n"), ("plural", 2));
        let twice = "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n";
        assert_eq!(read(twice), ("twice", 4));
    }

    #[test]
    fn a_place_comes_before_the_rest() {
        let text = "msgid \"标题\"\nmsgstr \"title\"\n\nmsgctxt \"a:b\"\nmsgid \"标题\"\nmsgstr \"heading\"\n";
        let catalogue = Catalogue::parse(text).unwrap();
        let index = Index::of(&catalogue);
        let found = |place| index.find(&catalogue, "标题", place).unwrap().text.as_str();
        assert_eq!((found("a:b"), found("a:c")), ("heading", "title"));
    }
}
