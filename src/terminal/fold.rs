//! Texts broken into lines: at spaces, and between any two Han characters but before punctuation
//! that closes and after punctuation that opens.

use unicode_width::UnicodeWidthStr;

/// A text in lines of at most `width` columns, all but the first behind `indent`.
pub(super) fn fold(text: &str, width: usize, indent: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').flat_map(|line| fold_line(line, width.max(20))).collect();
    lines.join(&format!("\n{indent}"))
}

/// The lines of one line of a text.
pub(super) fn fold_line(text: &str, width: usize) -> Vec<String> {
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
    // Spaces that hold words together are spaces to whoever copies them.
    lines.into_iter().map(|line| line.trim_end().replace(GLUE, " ")).collect()
}

/// A space that no line is broken at.
pub(super) const GLUE: char = '\u{a0}';

/// Pieces that stay whole where there is room for them, `between` them where two share a line.
pub(super) fn pack(pieces: &[String], between: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        // Before a line's end a comma stays; a dot that only parts two pieces does not.
        let last = at + 1 == pieces.len();
        let comma = if last { "" } else { between.trim().trim_matches('·') };
        let room = width.saturating_sub(comma.width());
        match lines.last_mut() {
            Some(line) if line.width() + between.width() + piece.width() <= room => {
                line.push_str(between);
                line.push_str(piece);
            }
            before => {
                if let Some(line) = before {
                    line.push_str(between.trim_end().trim_end_matches(" ·"));
                }
                lines.extend(fold_line(piece, room));
            }
        }
    }
    lines
}

/// The pieces of a line that stay whole.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        let Some((at, next)) = letters.peek().copied() else { break };
        let glued = letter == GLUE || next == GLUE;
        let between = (wide(letter) || wide(next)) && !closing(next) && !opening(letter) && !glued;
        // Before a space nothing is broken, and before what closes not even behind one.
        if next != ' ' && (between || letter == ' ' && !lone(&text[at..])) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// Whether a text begins with punctuation that parts what is around it, and so stays at the end
/// of a line: `· b`, `—— b`.
fn lone(text: &str) -> bool {
    text.starts_with(['·', '—'])
}

/// Whether a character is two columns wide.
pub(super) fn wide(letter: char) -> bool {
    letter.to_string().width() > 1
}

/// Never at the beginning of a line.
fn closing(letter: char) -> bool {
    "，。、；：？！）》〉”’」』】〕］｝～…—％%·.,;:?!)]}".contains(letter)
}

/// Never at the end of a line.
fn opening(letter: char) -> bool {
    "（《〈“‘「『【〔［｛([{".contains(letter)
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
    fn glued_words_stay_together() {
        let text = "名字很长的公司，共\u{a0}3\u{a0}条";
        assert_eq!(fold(text, 22, ""), "名字很长的公司，\n共 3 条");
        assert_eq!(fold("one two three (4\u{a0}of\u{a0}5)", 20, ""), "one two three\n(4 of 5)");
    }

    #[test]
    fn dashes_and_dots_begin_no_line() {
        for text in [
            "Never met, nor heard of — a reason",
            "从来没有见过面的客户 —— 理由",
            "ab · cd · ef · gh · ij · kl",
        ] {
            for width in 20..40 {
                let folded = fold(text, width, "");
                assert!(!folded.contains("\n—") && !folded.contains("\n·"), "{folded}");
            }
        }
    }

    #[test]
    fn pieces_are_packed_whole() {
        let pieces = ["a 1 → 2", "b 3 → 4", "竞争开放度 4 → 4"].map(str::to_owned);
        assert_eq!(pack(&pieces, " · ", 20), ["a 1 → 2 · b 3 → 4", "竞争开放度 4 → 4"]);
        assert_eq!(pack(&pieces, "；", 20), ["a 1 → 2；b 3 → 4；", "竞争开放度 4 → 4"]);
        assert_eq!(pack(&pieces, " · ", 80), ["a 1 → 2 · b 3 → 4 · 竞争开放度 4 → 4"]);
        let long = ["one two three four".to_owned(), "five".to_owned()];
        assert_eq!(pack(&long, "; ", 12), ["one two", "three four;", "five"]);
    }
}
