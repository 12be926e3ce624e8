//! Units of translation: the paragraphs of a text, or a whole list.

/// A stretch of a text: a paragraph with what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// Blank lines and indentation.
    pub(super) before: &'t str,
    /// The paragraph, trimmed; empty at the text's end.
    pub(super) unit: &'t str,
}

/// Cuts a text at its blank lines. Put together again, the pieces are the text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    // Where the piece begins, where its paragraph does, and where that ends so far.
    let (mut start, mut open) = (0, None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            if let Some((from, to)) = open.take() {
                found.push(Piece { before: &text[start..from], unit: &text[from..to] });
                start = to;
            }
        } else {
            let lead = line.len() - line.trim_start().len();
            let from = open.map_or(at + lead, |(from, _)| from);
            open = Some((from, at + line.trim_end().len()));
        }
        at += line.len();
    }
    if let Some((from, to)) = open {
        found.push(Piece { before: &text[start..from], unit: &text[from..to] });
        start = to;
    }
    if start < text.len() {
        found.push(Piece { before: &text[start..], unit: "" });
    }
    found
}

/// The text with its paragraphs replaced where `translate` knows one; nothing when it knows none.
pub(super) fn replace(
    text: &str,
    translate: &mut dyn FnMut(&str) -> Option<String>,
) -> Option<String> {
    let mut changed = false;
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        out.push_str(piece.before);
        match translate(piece.unit).filter(|_| !piece.unit.is_empty()) {
            Some(other) => {
                out.push_str(&other);
                changed = true;
            }
            None => out.push_str(piece.unit),
        }
    }
    changed.then_some(out)
}

/// Whether a text of the source language has to be translated. Signs and numbers have not, but for
/// the full-width ones of Chinese (`＝`, `（`), which stand out among other letters;
/// Latin letters in a Chinese text (`H5`, `SWOT`) are the same in both languages.
pub(super) fn needs_translation(text: &str, language: &str) -> bool {
    let chinese = language.starts_with("zh");
    let mut rest = text;
    while let Some(start) = rest.find("{=") {
        if has_letters(&rest[..start], chinese) {
            return true;
        }
        match rest[start..].find('}') {
            Some(end) => rest = &rest[start + end + 1..],
            None => break,
        }
    }
    has_letters(rest, chinese)
}

fn has_letters(text: &str, chinese: bool) -> bool {
    text.chars().any(|c| if chinese { is_han(c) || is_full_width(c) } else { c.is_alphabetic() })
}

/// Punctuation and signs as wide as Han characters.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}')
}

/// Han characters, wherever Unicode keeps them.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<&str> {
        pieces(text).into_iter().map(|piece| piece.unit).filter(|unit| !unit.is_empty()).collect()
    }

    #[test]
    fn full_width_signs_of_chinese_are_translated_too() {
        assert!(needs_translation("（4＋4）÷2", "zh-Hans"));
        assert!(!needs_translation("(4 + 4) ÷ 2 = {=a.b.c} H5", "zh-Hans"));
        assert!(!needs_translation("（4＋4）÷2", "en"));
    }

    #[test]
    fn cuts_at_blank_lines_and_loses_nothing() {
        for text in [
            "",
            "一",
            "一\n二\n",
            "一\n\n二\n",
            "\n\n  一\n   二  \n \t\n\n三\n\n",
            "- 一\n\n  二\n",
        ] {
            let whole: String =
                pieces(text).iter().flat_map(|piece| [piece.before, piece.unit]).collect();
            assert_eq!(whole, text);
        }
        assert_eq!(units("\n\n  一\n   二  \n \t\n\n三\n\n"), ["一\n   二", "三"]);
    }

    #[test]
    fn replaces_paragraph_by_paragraph() {
        let one = |unit: &str| (unit == "二").then(|| "two".to_owned());
        assert_eq!(replace("一\n\n  二\n", &mut { one }).as_deref(), Some("一\n\n  two\n"));
        assert_eq!(replace("一\n", &mut { one }), None);
    }

    #[test]
    fn signs_and_numbers_need_no_translation() {
        for text in ["37.5%", "—", "H5", "{=a.b.合计}", "P = I × 2"] {
            assert!(!needs_translation(text, "zh-Hans"), "{text}");
        }
        assert!(needs_translation("合计 {=a.b.c}", "zh-Hans"));
        assert!(needs_translation("H5", "en"));
        assert!(!needs_translation("{=a.b.total} × 2", "en"));
    }
}
