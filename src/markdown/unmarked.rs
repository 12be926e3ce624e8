//! Most of an author's texts are a line of prose without any mark: what it says is what is written.

use super::cjk::has_mark;

/// The text when Markdown makes one paragraph of just its characters; `None` when it has marks, or
/// may have.
pub(super) fn unmarked(text: &str) -> Option<&str> {
    let text = text.trim_end_matches([' ', '\n']);
    let first = text.chars().next()?;
    let plain = starts_no_block(first)
        && !text.bytes().fold(false, |found, byte| found | is_mark(byte))
        && !text.ends_with(char::is_whitespace)
        && !first.is_whitespace()
        && !has_mark(text);
    plain.then_some(text)
}

/// Whether a line that begins so can be nothing but the beginning of a paragraph.
pub(super) fn starts_no_block(first: char) -> bool {
    first.is_ascii_alphabetic() || (!first.is_ascii() && first != '\u{3000}')
}

/// Whether a byte may be a mark. All of a text are asked, since without a way out in the middle the
/// compiler looks at many at a time.
fn is_mark(byte: u8) -> bool {
    byte.is_ascii_control()
        || matches!(
            byte,
            b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'>' | b'&' | b'\\' | b'~' | b'|' | b'{'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Context, OPTIONS, plain, render_block, render_inline};
    use proptest::prelude::*;

    #[test]
    fn prose_is_told_from_marks() {
        assert_eq!(
            unmarked("先定准则，再看客户（见下）：1. 好！\n"),
            Some("先定准则，再看客户（见下）：1. 好！")
        );
        assert_eq!(
            unmarked("Say what matters: 80 % of it."),
            Some("Say what matters: 80 % of it.")
        );
        for marked in [
            "", "- 甲", "1. 甲", "# 甲", "**甲**", "甲\n乙", "a&amp;b", "  甲", "甲|乙", "=",
            "{=a.b}",
        ] {
            assert_eq!(unmarked(marked), None, "{marked}");
        }
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]

        /// The short cut shows what the long way shows.
        #[test]
        fn what_is_unmarked_reads_as_written(text in "[甲乙，。：“”a-zA-Z0-9 #+=().!?;'\"%$@^/:-]{0,12}\n?") {
            if let Some(prose) = unmarked(&text) {
                let mut html = String::new();
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, OPTIONS));
                prop_assert_eq!(&html, &format!("<p>{prose}</p>\n"));
                let context = Context { trusted_html: false, image: &|_| String::new(), figure: &|_, _| None };
                prop_assert_eq!(render_block(&text, &context), html);
                prop_assert_eq!(render_inline(&text, &context), prose);
                prop_assert_eq!(plain(&text), prose);
            }
        }
    }
}
