//! Escapes in double quotes: what must not stand in a file must not be written `\0` either.

use super::text::{is_bidi, is_refused, may_be_refused};
use super::tree::fault;
use super::{Span, TreeFault, slip};

/// What is wrong with the escapes of a double-quoted scalar that stands at `span` of `source` and
/// was read as `text`: the first `most` of it.
pub(super) fn check(source: &str, span: Span, text: &str, most: usize) -> Vec<TreeFault> {
    // Nearly every text is told by its bytes; where it stands is not looked up for nothing.
    let refused = |(at, c): (usize, char)| is_refused(c, &text[at + c.len_utf8()..]);
    if most == 0 || !may_be_refused(text.as_bytes()) || !text.char_indices().any(refused) {
        return Vec::new();
    }
    let Some(start) = span.start.offset(source) else { return Vec::new() };
    let end = span.end.offset(source).unwrap_or(source.len());
    let written = &source[start..end];
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < most
        && let Some(next) = written[at..].find('\\')
    {
        at += next;
        let (c, length) = escape(&written[at..]);
        let behind = escape(&written[at + length..]).0.map(String::from).unwrap_or_default();
        if let Some(c) = c.filter(|c| is_refused(*c, &behind)) {
            let code = if is_bidi(c) { "bidi-control" } else { "control-escape" };
            let place = super::Position::of(source, start + at);
            let mut fault = fault(code, place, &written[at..at + length]);
            fault.fix = slip::quoted(written.lines().next().unwrap_or_default());
            found.push(fault);
        }
        at += length;
    }
    found
}

/// The character that an escape at the beginning of `written` stands for, and its length in bytes.
/// No character where no escape stands, and for the end of a line.
pub(super) fn escape(written: &str) -> (Option<char>, usize) {
    let mut letters = written.chars();
    if letters.next() != Some('\\') {
        return (None, 0);
    }
    let Some(letter) = letters.next() else { return (None, 1) };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let c = match letter {
        '0' => Some('\0'),
        'a' => Some('\u{7}'),
        'b' => Some('\u{8}'),
        't' => Some('\t'),
        'n' => Some('\n'),
        'v' => Some('\u{b}'),
        'f' => Some('\u{c}'),
        'r' => Some('\r'),
        'e' => Some('\u{1b}'),
        'N' => Some('\u{85}'),
        'L' => Some('\u{2028}'),
        'P' => Some('\u{2029}'),
        'x' | 'u' | 'U' => {
            let code = written.get(2..2 + digits).and_then(|d| u32::from_str_radix(d, 16).ok());
            code.and_then(char::from_u32)
        }
        // Signs that stand for themselves, and a no-break space.
        _ => None,
    };
    (c, (1 + letter.len_utf8() + digits).min(written.len()))
}

#[cfg(test)]
mod tests {
    use crate::source::Tree;

    /// Line, column, code and the escape of everything that is found.
    fn found(text: &str) -> Vec<(usize, usize, &'static str, String)> {
        let faults = Tree::parse(text).err().unwrap_or_default();
        faults.into_iter().map(|f| (f.at.line, f.at.column, f.code, f.detail)).collect()
    }

    #[test]
    fn every_way_to_write_a_control_character_is_found() {
        let escapes = "0 a b v f r e N L P x00 x7F x9f u0007 u2028 U0000001b uFEFF";
        for escape in escapes.split(' ') {
            let wanted = (2, 5, "control-escape", format!("\\{escape}"));
            assert_eq!(found(&format!("a: 1\nb: \"\\{escape}\"\n")), [wanted]);
        }
        for escape in "u202A u202E u2066 U00002069".split(' ') {
            let wanted = (2, 6, "bidi-control", format!("\\{escape}"));
            assert_eq!(found(&format!("a: 1\nb: \"甲\\{escape}乙\"\n")), [wanted]);
        }
    }

    #[test]
    fn everything_else_may_be_written() {
        let text = r#"a: "\n\t\r\n\" \\ \/ \_ \x41 \u8BFE \U0001F600 \\0 \\u202E""#;
        assert_eq!(found(text), []);
        assert_eq!(found("a: \"甲\\\n  乙\"\n"), []);
        assert_eq!(found("a: '\\0'\nb: \\0\nc: |\n  \\e\n"), []);
    }

    #[test]
    fn each_is_placed_wherever_it_stands() {
        let text = "\"\\a\": [\"x\", \"甲 \\\\0\n  乙\\0丙\\e\"]\nb: \"C:\\bin\"\n";
        let at = |line, column, escape: &str| (line, column, "control-escape", escape.to_owned());
        assert_eq!(
            found(text),
            [at(1, 2, "\\a"), at(2, 4, "\\0"), at(2, 7, "\\e"), at(3, 7, "\\b")]
        );
        let faults = Tree::parse(text).unwrap_err();
        assert_eq!(faults[3].fix, r"'C:\bin'");
    }

    /// Each place is counted from the beginning of the file, so there is an end to them.
    #[test]
    fn a_file_full_of_them_is_not_gone_through() {
        let long = format!("a: [\"{}\", {}]\n", "\\0".repeat(200_000), "!x y, ".repeat(20_000));
        let mut others: Vec<_> = found(&long);
        others.dedup_by_key(|(.., code, _)| *code);
        assert_eq!(others.len(), 1);
        assert_eq!(found(&long).len(), 20);
        // These are allowed, but look at first as if they were not.
        let ends = "- \"甲乙丙丁戊己庚辛\\r\\n\"\n".repeat(90_000);
        assert_eq!(found(&ends), []);
    }
}
