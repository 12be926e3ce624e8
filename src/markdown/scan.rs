//! What a Markdown text refers to: links, images, raw HTML, computed figures.

use super::{OPTIONS, quotes};
use pulldown_cmark::{Event, Parser, Tag};

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
    let mut found = Vec::new();
    let characters = |byte: usize| text[..byte].chars().count();
    let mut add = |kind, target: &str, decimals, range: std::ops::Range<usize>| {
        found.push(Reference {
            kind,
            target: target.to_owned(),
            decimals,
            offset: characters(range.start),
            count: text[range].trim_end().chars().count(),
        });
    };
    for quote in quotes(text) {
        add(ReferenceKind::Quote, quote.path, quote.decimals, quote.range);
    }
    // Most texts have neither; parsing them again would cost as much as drawing them.
    if text.contains(['[', '<']) {
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    add(ReferenceKind::Link, &dest_url, None, range);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    add(ReferenceKind::Image, &dest_url, None, range);
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    add(ReferenceKind::Html, html.trim(), None, range);
                }
                _ => {}
            }
        }
    }
    found.sort_by_key(|reference| reference.offset);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn comparisons_are_no_html() {
        assert!(scan("若 3 < 5 且 a<b").is_empty());
        assert!(scan("`<script>`").is_empty());
    }
}
