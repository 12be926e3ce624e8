//! Slides as the deck rules see them: what is to be read, and what is said.

use super::prose::Amount;
use crate::course::check::texts;
use crate::course::{Chapter, Course, Slide};
use crate::markdown::{self, Form, ListShape, Reading, Ready, Reference, Study};
use crate::source::RelPath;
use crate::theme::{Layouts, SlotKind};

/// Keys whose texts are labels: short words beside a picture, not something to be read.
const LABELS: [&str; 8] = ["mark", "label", "caption", "out", "source", "small", "alt", "unit"];

/// Slots that hold a table.
const CELLS: [&str; 3] = ["rows", "columns", "total"];

/// A chapter's slides.
pub(in crate::course::check) struct Deck<'c> {
    pub(in crate::course::check) chapter: &'c Chapter,
    pub(in crate::course::check) sheets: Vec<Sheet<'c>>,
}

/// One slide.
pub(in crate::course::check) struct Sheet<'c> {
    pub(in crate::course::check) file: &'c RelPath,
    pub(in crate::course::check) index: usize,
    pub(super) slide: &'c Slide,
    /// How much the notes have to be said.
    pub(super) said: Amount,
    /// Everything to be read, title first.
    pub(in crate::course::check) texts: Vec<Shown<'c>>,
    /// Pictures (`media` slots): path inside the slide, and whether a text stands for them.
    pub(super) pictures: Vec<(String, bool)>,
    /// What has been drawn beside the texts to be read.
    ready: Ready,
}

/// A text on a slide.
pub(in crate::course::check) struct Shown<'c> {
    /// Its path inside the slide.
    pub(in crate::course::check) path: String,
    pub(in crate::course::check) markdown: &'c str,
    pub(super) plain: String,
    /// How much there is to read.
    pub(super) amount: Amount,
    /// The lists in it.
    pub(super) lists: ListShape,
    /// What it refers to, until it is gathered with what other texts refer to.
    pub(in crate::course::check) references: Vec<Reference>,
    /// A table cell or a label.
    pub(super) minor: bool,
    form: Form,
    html: Option<String>,
}

impl<'c> Deck<'c> {
    pub(in crate::course::check) fn of(
        course: &Course,
        chapter: &'c Chapter,
        layouts: &Layouts,
    ) -> Self {
        let read = |text: &str, form| {
            let figure = |path: &str, decimals| course.figure(path, decimals).ok();
            markdown::study(text, form, course.trusted_html, &figure)
        };
        let slides = chapter.slides.iter().enumerate();
        let sheets = slides.map(|(index, slide)| Sheet::of(chapter, index, slide, layouts, &read));
        Self { chapter, sheets: sheets.collect() }
    }

    /// What has been drawn of each slide.
    pub(in crate::course::check) fn ready(self) -> Vec<Ready> {
        self.sheets.into_iter().map(Sheet::ready).collect()
    }
}

impl<'c> Sheet<'c> {
    /// `read` studies a text, with its figures.
    fn of(
        chapter: &'c Chapter,
        index: usize,
        slide: &'c Slide,
        layouts: &Layouts,
        read: &dyn Fn(&str, Form) -> Study,
    ) -> Self {
        let shown = |path: String, markdown: &'c str, form, minor| {
            let Study { reading: Reading { plain, lists }, references, html } =
                read(markdown, form);
            let amount = Amount::of(&plain);
            Shown { path, markdown, plain, amount, lists, references, minor, form, html }
        };
        let mut ready = Ready::default();
        let Study { reading: Reading { plain: notes, .. }, html, .. } =
            read(&slide.notes, Form::Block);
        let said = Amount::of(&notes);
        if let Some(html) = html {
            ready.keep(&slide.notes, Form::Block, &html, &notes);
        }
        let mut all = vec![shown("title".to_owned(), &slide.title, Form::Line, false)];
        let mut pictures = Vec::new();
        if let Some(layout) = layouts.get(&slide.layout) {
            let slots = slide.slots.iter().map(|(name, value)| (name.as_str(), value));
            let alt = slide.slots.iter().any(|(name, value)| {
                name == "alt" && value.as_str().is_some_and(|text| !text.trim().is_empty())
            });
            texts::in_slots(slots, &layout.slots, &texts::Path::Root, &mut |path, kind, value| {
                let path = path.to_string();
                match (kind, value.as_str()) {
                    (SlotKind::Text | SlotKind::Markdown, Some(text)) => {
                        let minor = is_minor(&path);
                        let block = kind == SlotKind::Markdown;
                        let form = if block { Form::Block } else { Form::Line };
                        all.push(shown(path, text, form, minor));
                    }
                    (SlotKind::Media, Some(_)) => pictures.push((path, alt)),
                    _ => {}
                }
            });
        }
        Self { file: &chapter.file, index, slide, said, texts: all, pictures, ready }
    }

    fn ready(self) -> Ready {
        let mut ready = self.ready;
        for text in self.texts {
            if let Some(html) = text.html {
                ready.keep(text.markdown, text.form, &html, &text.plain);
            }
        }
        ready
    }

    /// The title as it is read.
    pub(super) fn title(&self) -> &str {
        &self.texts[0].plain
    }

    /// What is read on the slide: title, texts and lists; with `minor` also cells and labels.
    pub(super) fn amount(&self, minor: bool) -> Amount {
        let read = self.texts.iter().filter(|text| minor || !text.minor);
        read.map(|text| text.amount).sum()
    }
}

fn is_minor(path: &str) -> bool {
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let last = path.rsplit('.').next().unwrap_or_default();
    let last = last.split('[').next().unwrap_or_default();
    CELLS.contains(&first) || LABELS.contains(&last)
}
