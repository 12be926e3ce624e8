//! The characters that a reader sees, with where each stands in the text as written.

use super::unmarked::unmarked;
use super::{OPTIONS, quotes};
use pulldown_cmark::{Event, Parser};

/// Stands for code and computed figures, whose characters are not prose.
const OBJECT: char = '\u{fffc}';

/// The prose of a text, character by character, each with its place in characters of the text as
/// written. Code and computed figures are one object replacement character; blocks and lines end
/// with a line feed.
pub fn letters(text: &str) -> Vec<(usize, char)> {
    if let Some(prose) = unmarked(text) {
        let end = prose.chars().count();
        return prose.chars().enumerate().chain([(end, '\n')]).collect();
    }
    let figures: Vec<_> = quotes(text).into_iter().map(|quote| quote.range).collect();
    let mut letters: Vec<(usize, char)> = Vec::new();
    // Byte offsets rise, so characters are counted on from the last.
    let (mut counted, mut characters) = (0, 0);
    let mut place = |byte: usize| {
        if byte >= counted {
            characters += text[counted..byte].chars().count();
            counted = byte;
        }
        characters
    };
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Text(_) => {
                for (at, c) in text[range.clone()].char_indices() {
                    let byte = range.start + at;
                    match figures.iter().find(|figure| figure.contains(&byte)) {
                        Some(figure) if figure.start == byte => letters.push((place(byte), OBJECT)),
                        Some(_) => {}
                        None => letters.push((place(byte), c)),
                    }
                }
            }
            Event::Code(_) => letters.push((place(range.start), OBJECT)),
            Event::End(end) if is_inline(end) => {}
            Event::SoftBreak | Event::HardBreak | Event::End(_) => match letters.last() {
                Some((at, c)) if *c != '\n' => letters.push((at + 1, '\n')),
                _ => {}
            },
            _ => {}
        }
    }
    letters
}

fn is_inline(end: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_keeps_its_places() {
        let text = "**甲**乙`c`{=a.b}丙\n\n丁";
        let shown: String = letters(text).into_iter().map(|(_, c)| c).collect();
        assert_eq!(shown, "甲乙\u{fffc}\u{fffc}丙\n丁\n");
        for (at, c) in letters(text) {
            if !matches!(c, OBJECT | '\n') {
                assert_eq!(text.chars().nth(at), Some(c));
            }
        }
    }
}
