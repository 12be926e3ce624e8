//! Where a text is no YAML: the slip that explains it.
//!
//! A parser says which of its rules was broken, and often a line too late. Authors type a colon
//! of the Chinese keyboard, leave out a space, begin a text with `*`: what they did is looked for
//! in the line that the parser names and in the one above.

use super::tree::fault;
use super::{Position, TreeFault};

/// Spaces that are not YAML's: no-break, em and other widths, ideographic, zero-width.
pub(crate) fn is_odd_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}'
    )
}

/// The slip behind an error of the parser at `at`, whose `words` say what it expected.
pub(super) fn find(text: &str, at: Position, words: &str) -> Option<TreeFault> {
    let lines: Vec<&str> = text.lines().collect();
    let here = Line::new(&lines, at.line)?;
    let above = here.above(&lines);
    if let Some(number) = lines.iter().position(|line| line.starts_with("<<<<<<< ")) {
        return Some(fault("conflict", Position { line: number + 1, column: 1 }, ""));
    }
    if words.contains("quoted scalar") {
        return Some(quotes(&here, at, words));
    }
    typed(&here)
        .or_else(|| typed(above.as_ref()?))
        .or_else(|| start(&here))
        .or_else(|| colon_in_text(&here, at, words))
        .or_else(|| no_key(&lines, at, words))
        .or_else(|| bracket(&lines, at, words))
        .or_else(|| indentation(&here, above.as_ref(), words))
}

/// The same slip as `first` in the other lines: who types it once types it throughout.
pub(super) fn repeated(text: &str, first: &TreeFault) -> Vec<TreeFault> {
    if !matches!(first.code, "full-width-colon" | "colon-space" | "dash" | "odd-space") {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    // Lines below `key: |` are the author's text, whatever they look like.
    let mut block: Option<usize> = None;
    for number in 1..=lines.len() {
        let Some(line) = Line::new(&lines, number) else { continue };
        let indent = line.text.len() - line.text.trim_start().len();
        if line.text.trim().is_empty() || block.is_some_and(|outer| indent > outer) {
            continue;
        }
        let ends = |mark: &&str| line.text.trim_end().ends_with(*mark);
        block = [": |", ": >", ": |-", ": >-"].iter().any(ends).then_some(indent);
        found.extend(typed(&line).filter(|slip| slip.code == first.code && slip.at != first.at));
    }
    found
}

/// A line and where in it things begin, in bytes.
struct Line<'l> {
    number: usize,
    text: &'l str,
    /// After the indentation and the dashes of lists.
    content: usize,
}

impl<'l> Line<'l> {
    fn new(lines: &[&'l str], number: usize) -> Option<Self> {
        let text = *lines.get(number.checked_sub(1)?)?;
        let mut content = text.len() - text.trim_start_matches(' ').len();
        while text[content..].starts_with("- ") {
            let rest = text[content + 2..].trim_start_matches(' ');
            content = text.len() - rest.len();
        }
        Some(Self { number, text, content })
    }

    /// The nearest line above that says something.
    fn above(&self, lines: &[&'l str]) -> Option<Self> {
        let says = |line: &Self| {
            let said = line.text.trim();
            !said.is_empty() && !said.starts_with('#')
        };
        (1..self.number).rev().filter_map(|number| Self::new(lines, number)).find(says)
    }

    /// The place of the byte `offset`.
    fn at(&self, offset: usize) -> Position {
        Position { line: self.number, column: self.text[..offset].chars().count() + 1 }
    }

    /// The byte at a place's column.
    fn offset(&self, at: Position) -> usize {
        self.text.char_indices().nth(at.column - 1).map_or(self.text.len(), |(offset, _)| offset)
    }

    fn first(&self) -> Option<char> {
        self.text[self.content..].chars().next()
    }

    /// Where the value begins: behind the first `: `, else where the content does.
    fn value(&self) -> Option<usize> {
        let content = &self.text[self.content..];
        let start = match content.find(": ") {
            Some(colon) => self.content + colon + 2,
            None if content.ends_with(':') => return None,
            None => self.content,
        };
        let rest = self.text[start..].trim_start_matches(' ');
        (!rest.is_empty()).then(|| self.text.len() - rest.len())
    }

    fn has_colon(&self) -> bool {
        let content = self.text[self.content..].trim_end();
        content.contains(": ") || content.ends_with(':')
    }
}

/// The key that `text` begins with: a word of Latin letters.
fn key(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    let key = &text[..end.unwrap_or(text.len())];
    key.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(key)
}

/// What is typed wrong, whatever the parser made of it.
fn typed(line: &Line<'_>) -> Option<TreeFault> {
    let Line { text, content, .. } = *line;
    let indent = text.find(|c: char| !c.is_whitespace() && !is_odd_space(c)).unwrap_or(text.len());
    if let Some((odd, c)) = text[..indent].char_indices().find(|(_, c)| is_odd_space(*c)) {
        return Some(odd_space(line.at(odd), c));
    }
    let rest = &text[content..];
    if rest.starts_with('｛') {
        return Some(fault("full-width-bracket", line.at(content), "{ }"));
    }
    let dashed = rest.strip_prefix(['－', '—', '–', '−', '•', '·', '●', '-']);
    if let Some(item) = dashed.map(|item| item.trim_start_matches(' '))
        && key(item).is_some_and(|key| item[key.len()..].starts_with([':', '：']))
    {
        let dash = line.first().unwrap_or('-');
        return Some(fault("dash", line.at(content), &dash.to_string()));
    }
    if let Some(name) = key(rest) {
        let colon = content + name.len();
        let behind = rest[name.len()..].trim_start_matches(' ');
        if behind.starts_with('：') {
            return Some(fault("full-width-colon", line.at(text.len() - behind.len()), name));
        }
        if let Some(value) = rest[name.len()..].strip_prefix(':') {
            return match value.chars().next() {
                Some(c) if is_odd_space(c) => Some(odd_space(line.at(colon + 1), c)),
                Some(c) if !c.is_whitespace() && !value.starts_with("//") => {
                    Some(fault("colon-space", line.at(colon), name))
                }
                _ => in_braces(line),
            };
        }
    }
    in_braces(line)
}

fn odd_space(at: Position, c: char) -> TreeFault {
    fault("odd-space", at, &format!("U+{:04X}", u32::from(c)))
}

/// `{text：甲}`, `{text: 甲， why: 乙}`.
fn in_braces(line: &Line<'_>) -> Option<TreeFault> {
    let Line { text, .. } = *line;
    let open = text.find('{')?;
    for (at, c) in text[open..].char_indices().map(|(at, c)| (open + at, c)) {
        let behind = text[at + c.len_utf8()..].trim_start_matches(' ');
        let Some(name) = key(behind).filter(|_| matches!(c, '{' | ',' | '，')) else { continue };
        let after = behind[name.len()..].trim_start_matches(' ');
        if c == '，' && after.starts_with(": ") {
            return Some(fault("full-width-comma", line.at(at), name));
        }
        if after.starts_with('：') {
            return Some(fault("full-width-colon", line.at(text.len() - after.len()), name));
        }
    }
    None
}

/// Quotes that are not closed, that end before the text does, or that give `\` a meaning.
fn quotes(here: &Line<'_>, at: Position, words: &str) -> TreeFault {
    if words.contains("escape") {
        let from = here.offset(at);
        let rest = &here.text[from..];
        let known = |c: Option<char>| c.is_some_and(|c| "0abtnvfre \"/\\N_LPxuU".contains(c));
        let mut escapes = rest.match_indices('\\').map(|(found, _)| from + found);
        let bad = escapes.find(|found| !known(here.text[found + 1..].chars().next()));
        let mut slip = fault("escape", here.at(bad.unwrap_or(from)), "");
        slip.fix = quoted(rest);
        return slip;
    }
    let mut slip = if words.contains("trailing content") {
        fault("text-after-quote", at, "")
    } else {
        let quote = here.text[here.offset(at)..].chars().next().unwrap_or('"');
        fault("quote-open", at, &quote.to_string())
    };
    slip.fix = here.value().map(|value| quoted(&here.text[value..])).unwrap_or_default();
    slip
}

/// A text that begins with a sign that YAML takes for something else.
fn start(here: &Line<'_>) -> Option<TreeFault> {
    let value = here.value()?;
    let rest = &here.text[value..];
    let first = rest.chars().next()?;
    let is_sign = "@%`&*!,]}".contains(first)
        || (value > here.content && (rest.starts_with("- ") || rest.starts_with("? ")));
    // `[新] 产品`: a list, and then a text.
    let closing = if first == '[' { rest.rfind(']') } else { rest.rfind('}') };
    let behind = closing.map_or("", |at| rest[at + 1..].trim());
    let is_list = matches!(first, '[' | '{') && !behind.is_empty() && !behind.starts_with('#');
    if is_sign || is_list {
        return Some(unquoted(here.at(value), rest));
    }
    let below = rest.trim_start_matches(['|', '>', '-', '+']).trim_start_matches(char::is_numeric);
    let is_block = matches!(first, '|' | '>') && !below.trim().is_empty();
    is_block.then(|| fault("block-start", here.at(value), &first.to_string()))
}

/// A text that must have quotes, since it begins with a sign of YAML's.
pub(crate) fn unquoted(at: Position, value: &str) -> TreeFault {
    let first: String = value.chars().take(1).collect();
    TreeFault { fix: quoted(value), ..fault("start-character", at, &first) }
}

/// `title: 比分: 3 比 2`.
fn colon_in_text(here: &Line<'_>, at: Position, words: &str) -> Option<TreeFault> {
    let value = here.value().filter(|value| *value > here.content)?;
    if !words.starts_with("mapping values") || here.offset(at) < value {
        return None;
    }
    let fix = quoted(&here.text[value..]);
    Some(TreeFault { fix, ..fault("colon-in-text", at, "") })
}

/// A line without a key among lines with keys.
fn no_key(lines: &[&str], at: Position, words: &str) -> Option<TreeFault> {
    if !words.contains("simple key") && !words.contains("expected ':'") {
        return None;
    }
    let says_only = |line: &Line<'_>| !line.has_colon() && !line.text.trim().is_empty();
    let mut line = Line::new(lines, at.line)?;
    if !says_only(&line) {
        line = line.above(lines).filter(says_only)?;
    }
    while let Some(above) = line.above(lines).filter(says_only) {
        line = above;
    }
    Some(fault("no-key", line.at(line.content), ""))
}

/// A bracket that is not closed: the last one that is open where the parser stopped.
fn bracket(lines: &[&str], at: Position, words: &str) -> Option<TreeFault> {
    if !["flow", "bracket", "placement"].iter().any(|word| words.contains(word)) {
        return None;
    }
    let mut open = Vec::new();
    for number in at.line.saturating_sub(30).max(1)..=at.line {
        let Some(line) = Line::new(lines, number) else { continue };
        let mut quote = None;
        for (offset, c) in line.text.char_indices() {
            if number == at.line && offset >= line.offset(at) {
                break;
            }
            match (quote, c) {
                (Some(end), c) if end == c => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(c),
                (None, '[' | '{') => open.push((line.at(offset), c)),
                (None, ']' | '}') => drop(open.pop()),
                _ => {}
            }
        }
    }
    let (place, c) = open.pop()?;
    let line = Line::new(lines, place.line)?;
    let mut slip = fault("bracket", place, &c.to_string());
    let text = &line.text[line.offset(place)..];
    // `title: [新] 产品` is more often a text than a list.
    slip.fix = quoted(text);
    Some(slip)
}

/// A line that stands deeper or less deep than the keys it belongs to.
fn indentation(here: &Line<'_>, above: Option<&Line<'_>>, words: &str) -> Option<TreeFault> {
    let above = above?;
    if !words.contains("mapping values") && !words.contains("indicator") {
        return None;
    }
    let spaces = here.text.len() - here.text.trim_start().len();
    if !here.has_colon() || spaces == above.content {
        return None;
    }
    let mut slip = fault("indent", here.at(spaces), &spaces.to_string());
    slip.fix = above.content.to_string();
    Some(slip)
}

/// A text in quotes that suit it, cut where it is long.
pub(crate) fn quoted(text: &str) -> String {
    let text = text.trim();
    let inner = ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?;
        Some(inner.strip_suffix(quote).unwrap_or(inner)).filter(|inner| !inner.contains(quote))
    });
    let nested = text.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\''));
    let text = inner.or(nested).unwrap_or(text);
    let short = match text.char_indices().nth(24) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    };
    if !text.contains('\'') {
        format!("'{short}'")
    } else if !text.contains(['"', '\\']) {
        format!("\"{short}\"")
    } else {
        format!("'{}'", short.replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Tree;

    /// Line, column, code, detail and fix of what is found in a chapter.
    fn slip(text: &str) -> (usize, usize, &'static str, String, String) {
        let fault = Tree::parse(text).unwrap_err().swap_remove(0);
        (fault.at.line, fault.at.column, fault.code, fault.detail, fault.fix)
    }

    fn found(text: &str) -> (usize, usize, &'static str) {
        let (line, column, code, ..) = slip(text);
        (line, column, code)
    }

    #[test]
    fn what_the_chinese_keyboard_types() {
        assert_eq!(found("title：甲\nslides: []\n"), (1, 6, "full-width-colon"));
        assert_eq!(found("a: 1\ntitle：甲\nslides: []\n"), (2, 6, "full-width-colon"));
        assert_eq!(found("a:\n  - title：甲\n    body: 乙\n"), (2, 10, "full-width-colon"));
        assert_eq!(found("a:\n  - {text: 甲， why: 乙}\n"), (2, 13, "full-width-comma"));
        assert_eq!(found("a:\n  - b: 1\n  — b: 2\n"), (3, 3, "dash"));
        assert_eq!(found("a:\n  - b: 1\n  -b: 2\n"), (3, 3, "dash"));
        assert_eq!(found("a: 1\nb:\u{3000}甲\nc: 2\n"), (2, 3, "odd-space"));
        assert_eq!(found("a: 1\nbody:甲\nc: 2\n"), (2, 5, "colon-space"));
    }

    #[test]
    fn texts_that_need_quotes() {
        let need = |text: &str| {
            let (line, column, code, detail, fix) = slip(&format!("a: 1\ntitle: {text}\nb: 2\n"));
            assert_eq!((line, code), (2, "start-character"), "{text}");
            assert_eq!(column, 8, "{text}");
            (detail, fix)
        };
        assert_eq!(need("@甲"), ("@".into(), "'@甲'".into()));
        assert_eq!(need("**甲** 乙"), ("*".into(), "'**甲** 乙'".into()));
        assert_eq!(need("%5"), ("%".into(), "'%5'".into()));
        assert_eq!(need("`x` it's"), ("`".into(), "\"`x` it's\"".into()));
        assert_eq!(need("- 甲"), ("-".into(), "'- 甲'".into()));
        let (line, column, code, _, fix) = slip("title: 比分: 3 比 2\n");
        assert_eq!((line, column, code, &*fix), (1, 10, "colon-in-text", "'比分: 3 比 2'"));
        let (.., code, _, fix) = slip("a: \"引\" 之后\n");
        assert_eq!((code, &*fix), ("text-after-quote", "'\"引\" 之后'"));
        let (.., code, _, fix) = slip("a: 'it's'\n");
        assert_eq!((code, &*fix), ("text-after-quote", "\"it's\""));
        let (line, column, code, _, fix) = slip("a: \"C:\\课件\"\n");
        assert_eq!((line, column, code, &*fix), (1, 7, "escape", "'C:\\课件'"));
        assert_eq!(found("a: \"甲\nb: 2\n"), (1, 4, "quote-open"));
        assert_eq!(found("a: |甲\nb: 2\n"), (1, 4, "block-start"));
    }

    #[test]
    fn lines_out_of_line() {
        let (line, column, code, detail, fix) = slip("a:\n  - b: 1\n   c: 2\n");
        assert_eq!((line, column, code, &*detail, &*fix), (3, 4, "indent", "3", "4"));
        assert_eq!(found("a:\n  - b: 1\n      c: 2\n"), (3, 7, "indent"));
        assert_eq!(found("a: 1\nb: |\n甲\n乙\nc: 2\n"), (3, 1, "no-key"));
        assert_eq!(found("a: [1, 2\nb: 3\n"), (1, 4, "bracket"));
        assert_eq!(found("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n"), (2, 1, "conflict"));
    }

    #[test]
    fn the_same_slip_is_found_throughout() {
        let text = "title：甲\nslides：\n  - title：乙\n    body: |\n      note：丙\n    ask：丁\n";
        let faults = Tree::parse(text).unwrap_err();
        let mut lines: Vec<_> = faults.into_iter().map(|slip| slip.at.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [1, 2, 3, 6]);
    }
}
