//! What a text is made of: lists, emphasis, pictures.

use super::{OPTIONS, holds};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The lists of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ListShape {
    /// Entries of the longest list.
    pub longest: usize,
    /// How deep lists stand in lists; 1 = plain lists only.
    pub depth: usize,
    /// The entries' own texts, without those of the lists within.
    pub items: Vec<String>,
}

/// Measures lists while a text's events go by.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) shape: ListShape,
    counts: Vec<usize>,
    open: Vec<String>,
}

impl Lists {
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::List(_)) => {
                self.counts.push(0);
                self.shape.depth = self.shape.depth.max(self.counts.len());
            }
            Event::End(TagEnd::List(_)) => {
                let count = self.counts.pop().unwrap_or_default();
                self.shape.longest = self.shape.longest.max(count);
            }
            Event::Start(Tag::Item) => {
                if let Some(count) = self.counts.last_mut() {
                    *count += 1;
                }
                self.open.push(String::with_capacity(48));
            }
            Event::End(TagEnd::Item) => self.shape.items.extend(self.open.pop()),
            _ => {}
        }
    }

    /// Takes a text that goes by, without [marks](super::cjk::mark).
    pub(super) fn text(&mut self, text: &str) {
        if let Some(item) = self.open.last_mut() {
            item.push_str(text);
        }
    }
}

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
    use crate::markdown::read;

    #[test]
    fn lists_are_counted_and_measured() {
        let lists = |text: &str| read(text).lists;
        let shape = lists("- 甲\n- 乙\n  - 丙\n    - 丁\n");
        assert_eq!((shape.longest, shape.depth), (2, 3));
        assert_eq!(shape.items, ["甲", "丁", "丙", "乙"]);
        assert_eq!(lists("没有列表"), ListShape::default());
    }

    #[test]
    fn emphasis_and_pictures() {
        assert_eq!(emphasised("下列**不属于**准则的是"), "不属于 ");
        assert_eq!(undescribed_images("见 ![](media/a.png) 和 ![图](media/b.png)"), [(2, 16)]);
    }
}
