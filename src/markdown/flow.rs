//! What becomes of a text's events between the parser and the page: one pass takes our marks out,
//! closes lines up, lets the text be read and its references be gathered, and keeps what is shown
//! safe.

use super::html::Form;
use super::reading::Reader;
use super::scan::Links;
use super::{OPTIONS, Target, cjk, target};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, OffsetIter, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::mem;
use std::ops::Range;

/// A marked text's events as they are shown.
pub(super) struct Flow<'t, 'c> {
    events: OffsetIter<'t>,
    /// The event behind a line break, when that was looked at first.
    held: Option<Event<'t>>,
    text: &'t str,
    /// Bytes of the text among which no [mark](cjk::mark) stands: pieces from there are as written.
    clear: Range<usize>,
    /// The last character shown.
    last: Option<char>,
    /// How many links are open that are shown as text.
    unlinked: usize,
    form: Form,
    /// Whether raw HTML is let through.
    pub(super) trusted_html: bool,
    /// The URLs of pictures, where there may be any.
    pub(super) image: Option<&'c dyn Fn(&str) -> String>,
    /// Reads along.
    pub(super) reader: Option<Reader>,
    /// Gathers what is referred to.
    pub(super) links: Option<Links<'t>>,
}

impl<'t> Flow<'t, '_> {
    /// The events of a text that was [marked](super::html::marked).
    pub(super) fn of(text: &'t str, form: Form) -> Self {
        Self {
            events: Parser::new_ext(text, OPTIONS).into_offset_iter(),
            held: None,
            text,
            clear: 0..cjk::next_mark(text, 0),
            last: None,
            unlinked: 0,
            form,
            trusted_html: false,
            image: None,
            reader: None,
            links: None,
        }
    }

    /// The next event of the parser, without marks in what is read.
    #[inline]
    fn pull(&mut self) -> Option<Event<'t>> {
        if self.held.is_some() {
            return self.held.take();
        }
        let (mut event, range) = self.events.next()?;
        if let Some(links) = &mut self.links {
            links.take(&event, &range);
        }
        let is_clear = self.clear.start <= range.start && range.end <= self.clear.end;
        match &mut event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text)
                if !is_clear =>
            {
                unmark(text);
                self.clear = range.end..cjk::next_mark(self.text, range.end);
            }
            _ => {}
        }
        Some(event)
    }

    /// Whether there is no mark in the text at all.
    fn is_clear(&self) -> bool {
        self.clear == (0..self.text.len())
    }

    /// Whether a line break stands between Han characters, where browsers would show a space.
    fn closes_up(&mut self) -> bool {
        self.held = self.pull();
        let next = match &self.held {
            Some(Event::Text(text)) => text.chars().next(),
            _ => None,
        };
        self.last.zip(next).is_some_and(|(before, after)| cjk::joins(before, after))
    }

    /// Takes the marks out of what is written in tags: addresses, titles, names.
    fn bare<'s>(&self, texts: impl IntoIterator<Item = &'s mut CowStr<'t>>)
    where
        't: 's,
    {
        if !self.is_clear() {
            texts.into_iter().for_each(unmark);
        }
    }

    /// Makes an event safe to show and what it is on a page. Whether it is shown at all.
    fn show(&mut self, event: &mut Event<'t>) -> bool {
        match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => self.form == Form::Block,
                Tag::Heading { level, .. } => {
                    *level = lowered(*level);
                    true
                }
                Tag::Link { dest_url, title, .. } => {
                    self.bare([&mut *dest_url, title]);
                    let safe = is_safe(dest_url);
                    self.unlinked += usize::from(!safe);
                    safe
                }
                Tag::Image { dest_url, title, .. } => {
                    self.bare([&mut *dest_url, title]);
                    if let Some(image) = self.image {
                        *dest_url = image(dest_url).into();
                    }
                    true
                }
                Tag::FootnoteDefinition(name) | Tag::CodeBlock(CodeBlockKind::Fenced(name)) => {
                    self.bare([name]);
                    true
                }
                Tag::HtmlBlock if !self.trusted_html => {
                    *tag = Tag::Paragraph;
                    true
                }
                _ => true,
            },
            Event::FootnoteReference(name) => {
                self.bare([name]);
                true
            }
            Event::End(tag) => match tag {
                TagEnd::Paragraph => self.form == Form::Block,
                TagEnd::Heading(level) => {
                    *level = lowered(*level);
                    true
                }
                TagEnd::Link if self.unlinked > 0 => {
                    self.unlinked -= 1;
                    false
                }
                TagEnd::HtmlBlock if !self.trusted_html => {
                    *tag = TagEnd::Paragraph;
                    true
                }
                _ => true,
            },
            Event::Html(html) | Event::InlineHtml(html) if !self.trusted_html => {
                *event = Event::Text(mem::replace(html, CowStr::Borrowed("")));
                true
            }
            _ => true,
        }
    }
}

impl<'t> Iterator for Flow<'t, '_> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        loop {
            let mut event = self.pull()?;
            match &event {
                Event::Text(text) | Event::Code(text) => {
                    self.last = text.chars().next_back().or(self.last);
                }
                Event::SoftBreak if self.closes_up() => continue,
                _ => {}
            }
            if let Some(reader) = &mut self.reader {
                reader.take(&event);
            }
            if self.show(&mut event) {
                return Some(event);
            }
        }
    }
}

fn unmark(text: &mut CowStr<'_>) {
    if let Cow::Owned(bare) = cjk::unmark(text) {
        *text = bare.into();
    }
}

/// A slide's own title is `h2`, so headings in its texts start at `h3`.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn is_safe(destination: &str) -> bool {
    match target(destination) {
        Target::External | Target::Fragment(_) => true,
        Target::File(path, _) => !path.starts_with('/'),
        Target::Unsafe(_) => false,
    }
}
