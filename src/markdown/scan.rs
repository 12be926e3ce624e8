//! What a Markdown text refers to: links, images, raw HTML, computed figures.

use super::{OPTIONS, cjk, quotes};
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// What kind of thing is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A link.
    Link,
    /// A picture.
    Image,
    /// Raw HTML.
    Html,
    /// A computed figure.
    Quote,
}

/// One thing that a text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is.
    pub kind: ReferenceKind,
    /// Destination, HTML, or the figure's path.
    pub target: String,
    /// Decimals that a figure asks for.
    pub decimals: Option<u8>,
    /// Where it starts, in characters of the text.
    pub offset: usize,
    /// How many characters it takes.
    pub count: usize,
}

/// Everything that `text` refers to, in order.
pub fn scan(text: &str) -> Vec<Reference> {
    let mut links = Links::of(text);
    for quote in quotes(text) {
        links.add(ReferenceKind::Quote, quote.path, quote.decimals, quote.range);
    }
    if may_refer(text) {
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            links.take(&event, &range);
        }
    }
    links.found.sort_by_key(|reference| reference.offset);
    links.found
}

/// Whether there may be a link, a picture or HTML. Most texts have none; parsing them again would
/// cost as much as drawing them.
pub(super) fn may_refer(text: &str) -> bool {
    text.contains(['[', '<'])
}

/// Gathers what a text refers to while its events go by. The text may have been marked for its
/// punctuation.
pub(super) struct Links<'t> {
    text: &'t str,
    pub(super) found: Vec<Reference>,
    /// A place in the text, in bytes and in characters.
    counted: (usize, usize),
}

impl<'t> Links<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, found: Vec::new(), counted: (0, 0) }
    }

    pub(super) fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.add(ReferenceKind::Link, dest_url, None, range.clone());
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.add(ReferenceKind::Image, dest_url, None, range.clone());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.add(ReferenceKind::Html, html.trim(), None, range.clone());
            }
            _ => {}
        }
    }

    fn add(
        &mut self,
        kind: ReferenceKind,
        target: &str,
        decimals: Option<u8>,
        range: Range<usize>,
    ) {
        let marks = |text: &str| text.matches(cjk::MARK).count();
        let characters = |text: &str| {
            let marks = if cjk::has_mark(text) { marks(text) } else { 0 };
            text.chars().count() - marks
        };
        // References come in order, so that all in all a text is counted once.
        let (at, offset) = if self.counted.0 <= range.start { self.counted } else { (0, 0) };
        let offset = offset + characters(&self.text[at..range.start]);
        self.counted = (range.start, offset);
        self.found.push(Reference {
            kind,
            target: cjk::unmark(target).into_owned(),
            decimals,
            offset,
            count: characters(self.text[range].trim_end()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{
        Context, Form, Study, read, render_block, render_inline, render_line, study, substitute,
    };

    /// A studied text is read, scanned and drawn as it is by itself.
    fn holds(text: &str) {
        let figure = |_: &str, _: Option<u8>| Some("80.55".to_owned());
        for trusted_html in [false, true] {
            let context = Context { trusted_html, image: &|_| String::new(), figure: &figure };
            let Study { reading, references, html } =
                study(text, Form::Block, trusted_html, &figure);
            assert_eq!(reading, read(&substitute(text, &figure)), "{text}");
            assert!(!reading.plain.contains(cjk::MARK), "{text}");
            assert_eq!(references, scan(text), "{text}");
            let drawn = render_block(text, &context);
            assert!(!drawn.contains(cjk::MARK), "{drawn}");
            assert!(html.is_none_or(|html| html == drawn), "{drawn}");
            let Study { reading, references, html } =
                study(text, Form::Line, trusted_html, &figure);
            let (line, plain) = render_line(text, &context);
            assert_eq!(reading.plain, plain, "{text}");
            assert!(!plain.contains(cjk::MARK), "{text}");
            assert_eq!(line, render_inline(text, &context), "{text}");
            assert!(!line.contains(cjk::MARK), "{line}");
            if let Some(html) = html {
                assert_eq!(html, line, "{text}");
                // The mark keeps it in one paragraph, and counts for nothing.
                assert_eq!(references, scan(&format!("{}{text}", cjk::MARK)), "{text}");
            }
        }
    }

    #[test]
    fn finds_what_a_text_refers_to() {
        let text =
            "见 [上一章](../05/deck.html) 和 ![图](media/a.png)\n\n<script>x</script>\n\n{=a.b}";
        let found: Vec<_> =
            scan(text).into_iter().map(|r| (r.kind, r.target, r.offset, r.count)).collect();
        assert_eq!(found[0], (ReferenceKind::Link, "../05/deck.html".into(), 2, 22));
        assert_eq!(found[1], (ReferenceKind::Image, "media/a.png".into(), 27, 17));
        assert_eq!(found[2].0, ReferenceKind::Html);
        assert_eq!(found[3], (ReferenceKind::Quote, "a.b".into(), 66, 6));
    }

    #[test]
    fn studied_texts_are_read_and_scanned() {
        for text in [
            "**重点：**看 [这里（见*下*）。](a.html) 和 ~~旧。~~![图](media/a.png)，再<b>看</b>",
            "- 甲 [乙](http://x.org/**甲：**乙)\n- **丙。**丁 <https://example.org/a*b，c>\n\n<div>*甲。*乙</div>",
            "[甲](a.html) {=a.b} **乙：**丙",
            "没有：**什么。**都没有",
            "{=a.b} 甲",
            "# 号 {=a.b}",
            "见[^**甲。**乙]\n\n[^**甲。**乙]: 丙",
            "```**甲。**乙\n丙\n```",
        ] {
            holds(text);
        }
    }

    #[test]
    fn comparisons_are_no_html() {
        assert!(scan("若 3 < 5 且 a<b").is_empty());
        assert!(scan("`<script>`").is_empty());
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(4096))]

        /// The marks that help emphasis change nothing of what a text refers to, nor where.
        #[test]
        fn whatever_is_studied_is_read_and_scanned(text in "(\\*\\*?|~~|\\[甲|\\]\\(a|\\)|!|<b>|<http://x|>|`|。|，|乙|c| |\n|- |\\[\\^|:|\n```|\\{=a\\.b\\}){1,14}") {
            holds(&text);
        }
    }
}
