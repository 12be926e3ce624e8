//! Emphasis beside Han punctuation.
//!
//! `CommonMark` decides by spaces and punctuation whether `**` opens or closes, which suits
//! languages that put spaces between words: in `**重点：**后文` the closing `**` stands between
//! punctuation and a letter and would open. A mark that is neither space nor punctuation, put
//! between the two and taken out again afterwards, gives the reading that the author sees.

use memchr::memchr2;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A noncharacter: it cannot come from an author's file with any meaning.
pub(super) const MARK: char = '\u{fdd0}';

fn is_wide_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}' | '\u{ff3b}'..='\u{ff3d}'
        | '\u{ff5b}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Puts marks beside runs of `*` and `~` that stand between Han punctuation and a letter.
pub(super) fn mark(text: &str) -> Cow<'_, str> {
    let is_mark = |byte: u8| byte == b'*' || byte == b'~';
    let find = |text: &str| memchr2(b'*', b'~', text.as_bytes());
    if find(text).is_none() || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    // What is in `out`, but for the marks: as long as none is needed, nothing is copied.
    let mut copied = 0;
    let mut before = ' ';
    let mut end = 0;
    while let Some(at) = find(&text[end..]) {
        let start = end + at;
        let run = text[start..].bytes().take_while(|byte| is_mark(*byte)).count();
        before = text[end..start].chars().next_back().unwrap_or(before);
        end = start + run;
        let after = text[end..].chars().next().unwrap_or(' ');
        let letter =
            |c: char| !c.is_whitespace() && !is_wide_punctuation(c) && !c.is_ascii_punctuation();
        let close = is_wide_punctuation(before) && letter(after);
        let open = letter(before) && is_wide_punctuation(after);
        if (close || open) && out.is_empty() {
            out.reserve(text.len() + 8);
        }
        for place in [close.then_some(start), open.then_some(end)].into_iter().flatten() {
            out.push_str(&text[copied..place]);
            out.push(MARK);
            copied = place;
        }
        before = '*';
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Where the next mark stands from the byte `from` on; the text's end when there is none.
pub(super) fn next_mark(text: &str, from: usize) -> usize {
    // Made once: every text is asked.
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{fdd0}"));
    FINDER.find(&text.as_bytes()[from..]).map_or(text.len(), |at| from + at)
}

/// Whether there is a mark.
pub(super) fn has_mark(text: &str) -> bool {
    next_mark(text, 0) < text.len()
}

/// Takes the marks out.
pub(super) fn unmark(text: &str) -> Cow<'_, str> {
    if !has_mark(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    out.extend(text.split(MARK));
    Cow::Owned(out)
}

/// Whether a line break between the two is no space: both are written without spaces.
pub(super) fn joins(before: char, after: char) -> bool {
    let han = |c: char| {
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff65}'
            | '\u{20000}'..='\u{3ffff}')
            || is_wide_punctuation(c)
    };
    han(before) && han(after)
}
