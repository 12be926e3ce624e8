//! The glossary: terms become links where a deck first uses them, and the page explains them all.

use super::page::{Page, Press, Sheet};
use super::text::Writer;
use super::value::{html, list, map, text};
use crate::course::{Chapter, Finder};
use crate::source::RelPath;
use crate::theme::ThemeError;
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::fmt::Write as _;
use tera::Value;

/// Elements whose text is left alone: it leads somewhere already, is no prose, or is a title.
/// A template marks others with `data-plain`.
const PLAIN: [&str; 15] = [
    "a", "button", "code", "figure", "h1", "h2", "kbd", "label", "pre", "script", "select",
    "style", "summary", "svg", "textarea",
];

/// Elements without an end.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "source", "wbr"];

/// Links the terms of one chapter's slides, each where it is first met.
pub(super) struct Linker<'a> {
    press: &'a Press<'a>,
    finder: Finder,
    root: String,
    /// For each term, the slide that uses it first.
    first: Vec<Option<String>>,
}

impl<'a> Linker<'a> {
    pub(super) fn new(press: &'a Press<'a>, chapter: &Chapter, root: &str) -> Self {
        let terms = &press.job.course.glossary;
        let finder = Finder::new(terms, &chapter.stem);
        Self { press, finder, root: root.to_owned(), first: vec![None; terms.len()] }
    }

    /// The slide's markup with links at terms that no slide before it has used.
    pub(super) fn link<'m>(&mut self, markup: Cow<'m, str>, slide: &str) -> Cow<'m, str> {
        if self.finder.is_empty() {
            return markup;
        }
        let mut out = String::with_capacity(markup.len() + 256);
        let mut rest = &*markup;
        // The element whose text is left alone, and how many of its name are open.
        let mut plain: Option<(&str, usize)> = None;
        while !rest.is_empty() {
            let end = rest.find('<').unwrap_or(rest.len());
            let (words, tail) = rest.split_at(end);
            if plain.is_some() {
                out.push_str(words);
            } else {
                self.words(words, slide, &mut out);
            }
            let (tag, tail) = tail.split_at(tag_length(tail));
            out.push_str(tag);
            plain = after(plain, tag);
            rest = tail;
        }
        out.into()
    }

    fn words(&mut self, words: &str, slide: &str, out: &mut String) {
        let mut done = 0;
        for (at, length, place) in self.finder.find(words) {
            if self.first[place].is_some() {
                continue;
            }
            self.first[place] = Some(slide.to_owned());
            let word = &words[at..at + length];
            let id = &self.press.job.course.glossary[place].id;
            let (before, root) = (&words[done..at], &self.root);
            let _ =
                write!(out, "{before}<a class=\"t\" href=\"{root}glossary.html#{id}\">{word}</a>");
            done = at + length;
        }
        out.push_str(&words[done..]);
    }

    /// The terms that the deck links, for its script: `{id: [term, definition]}`.
    pub(super) fn used(&self, writer: &Writer<'_>) -> Map<String, Json> {
        let terms = self.press.job.course.glossary.iter().zip(&self.first);
        let terms = terms.filter(|(_, first)| first.is_some()).map(|(term, _)| {
            (term.id.clone(), json!([writer.plain(&term.term), writer.inline(&term.definition)]))
        });
        terms.collect()
    }

    /// For each term, the slide that uses it first.
    pub(super) fn first(self) -> Vec<Option<String>> {
        self.first
    }
}

/// Length of the tag, comment or stray `<` that `text` begins with.
fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The element whose text is left alone after a tag.
fn after<'t>(plain: Option<(&'t str, usize)>, tag: &'t str) -> Option<(&'t str, usize)> {
    let closing = tag.starts_with("</");
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let void = tag.ends_with("/>") || VOID.contains(&name) || name.is_empty();
    match plain {
        Some((open, 1)) if closing && open == name => None,
        Some((open, depth)) if open == name && !void => {
            Some((open, if closing { depth - 1 } else { depth + 1 }))
        }
        Some(plain) => Some(plain),
        None if closing || void => None,
        None => (PLAIN.contains(&name) || tag.contains(" data-plain")).then_some((name, 1)),
    }
}

/// Draws `glossary.html`, when the course has a glossary; `first` says for each chapter which
/// slide uses each term first.
pub(super) fn draw(
    press: &Press<'_>,
    first: &[Vec<Option<String>>],
) -> Result<Option<Page>, ThemeError> {
    let course = press.job.course;
    if course.glossary.is_empty() {
        return Ok(None);
    }
    let path = RelPath::new("glossary.html").ok_or_else(|| ThemeError::new("glossary.html"))?;
    let writer = press.writer(&path);
    // A term stands under the chapter that uses it first, else under the one that it belongs to.
    let home = |place: usize| {
        let used = first.iter().position(|slides| slides[place].is_some());
        let named = course.glossary[place].chapters.first();
        let stems = || course.chapters.iter().position(|chapter| Some(&chapter.stem) == named);
        used.or_else(stems)
    };
    let entry = |place: usize| {
        let term = &course.glossary[place];
        let uses = course.chapters.iter().zip(first).filter_map(|(chapter, slides)| {
            let slide = slides[place].as_ref()?;
            Some(map([
                ("number", Value::from(chapter.number)),
                ("title", text(writer.plain(&chapter.title))),
                ("url", text(format!("{}/deck.html#{slide}", chapter.stem))),
            ]))
        });
        let see = term.see.iter().filter_map(|id| {
            let other = course.glossary.iter().find(|other| other.id == *id)?;
            Some(map([("id", text(id)), ("term", html(writer.inline(&other.term)))]))
        });
        let origin = term.from.map_or_else(Value::none, |from| text(from.name()));
        map([
            ("id", text(&term.id)),
            ("term", html(writer.inline(&term.term))),
            ("definition", html(writer.inline(&term.definition))),
            ("from", origin),
            ("forms", text(term.forms.join(" "))),
            ("uses", list(uses)),
            ("see", list(see)),
        ])
    };
    let homes: Vec<Option<usize>> = (0..course.glossary.len()).map(home).collect();
    let under = |chapter: Option<usize>| {
        let here = homes.iter().enumerate().filter(|(_, home)| **home == chapter);
        here.map(|(place, _)| entry(place)).collect::<Vec<_>>()
    };
    let mut groups = Vec::new();
    for (index, chapter) in course.chapters.iter().enumerate() {
        let terms = under(Some(index));
        if !terms.is_empty() {
            groups.push(map([
                ("number", Value::from(chapter.number)),
                ("title", html(writer.inline(&chapter.title))),
                ("terms", list(terms)),
            ]));
        }
    }
    let rest = under(None);
    if !rest.is_empty() {
        groups.push(map([
            ("number", Value::none()),
            ("title", text(press.job.words.word("glossary.rest"))),
            ("terms", list(rest)),
        ]));
    }
    let title = press.job.words.word("glossary.title");
    let count = press.job.words.say("glossary.count", &[("n", course.glossary.len().to_string())]);
    let sheet = Sheet::new("glossary", &path, &title);
    press.print(sheet, [("groups", list(groups)), ("count", text(count))]).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_where_their_attributes_do() {
        assert_eq!(tag_length("<a title=\"x > y\">z"), 17);
        assert_eq!(tag_length("<!-- <a> -->b"), 12);
        assert_eq!(tag_length("<a"), 2);
        assert_eq!(tag_length(""), 0);
    }

    #[test]
    fn text_is_left_alone_until_its_element_ends() {
        let mut plain = None;
        for tag in ["<svg a=\"b\">", "<g>", "<svg/>", "<svg>", "</svg>", "</g>"] {
            plain = after(plain, tag);
            assert!(plain.is_some(), "{tag}");
        }
        assert_eq!(after(plain, "</svg>"), None);
        assert_eq!(after(None, "<p>"), None);
        assert_eq!(after(None, "<img data-plain>"), None);
        assert_eq!(after(None, "<ol class=\"x\" data-plain>"), Some(("ol", 1)));
    }
}
