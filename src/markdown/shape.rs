//! What a text is made of: emphasis, pictures.

use super::{OPTIONS, holds};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// What of a text is emphasised, joined by spaces.
pub fn emphasised(text: &str) -> String {
    let mut out = String::new();
    if !text.contains(['*', '_']) {
        return out;
    }
    let mut depth = 0_usize;
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis) => depth += 1,
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            Event::Text(text) if depth > 0 => out.push_str(&text),
            _ => {}
        }
    }
    out
}

/// Pictures without a text that stands for them: first character and how many, in the text.
pub fn undescribed_images(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !holds(text, *b"![") {
        return found;
    }
    let mut open: Option<(std::ops::Range<usize>, bool)> = None;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { .. }) => open = Some((range, false)),
            Event::Text(words) => {
                if let Some((_, described)) = &mut open {
                    *described |= !words.trim().is_empty();
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some((range, false)) = open.take() {
                    found.push((text[..range.start].chars().count(), text[range].chars().count()));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_and_pictures() {
        assert_eq!(emphasised("下列**不属于**准则的是"), "不属于 ");
        assert_eq!(undescribed_images("见 ![](media/a.png) 和 ![图](media/b.png)"), [(2, 16)]);
    }
}
