//! Slides as the deck rules see them: what is to be read, and what is said.

use super::prose::Amount;
use crate::course::check::texts::{self, Path, Place};
use crate::course::check::{Filled, Found};
use crate::course::{Chapter, Course, Slide, drawing};
use crate::markdown::{self, Form, ListShape, Reading, Ready, Reference, Study};
use crate::source::RelPath;
use crate::theme::{Layouts, SlotKind};
use kejian_engine::TextRole;
use std::borrow::Cow;
use std::sync::Arc;

/// Keys whose texts are labels: short words beside a picture, not something to be read.
const LABELS: [&str; 8] = ["mark", "label", "caption", "out", "source", "small", "alt", "unit"];

/// Slots that hold a table.
const CELLS: [&str; 3] = ["rows", "columns", "total"];

/// A chapter's slides.
pub(in crate::course::check) struct Deck<'c> {
    pub(in crate::course::check) chapter: &'c Chapter,
    pub(super) sheets: Vec<Sheet<'c>>,
    /// The texts of quiz items.
    pub(super) asked: Vec<Asked>,
    /// What the texts of slides refer to.
    references: Vec<Found<'c>>,
}

/// One slide.
pub(super) struct Sheet<'c> {
    pub(super) file: &'c RelPath,
    pub(super) index: usize,
    pub(super) slide: &'c Slide,
    /// How much the notes have to be said.
    pub(super) said: Amount,
    /// Everything to be read, title first.
    pub(super) texts: Vec<Shown<'c>>,
    /// What is no text: pictures, drawings, exercises.
    pub(super) filled: Vec<Filled<'c>>,
    /// What has been drawn beside the texts to be read.
    ready: Ready,
}

/// A text on a slide.
pub(super) struct Shown<'c> {
    /// Its path inside the slide.
    pub(super) path: String,
    pub(super) markdown: &'c str,
    pub(super) plain: String,
    /// How much there is to read.
    pub(super) amount: Amount,
    /// The lists in it.
    pub(super) lists: ListShape,
    /// A table cell or a label.
    pub(super) minor: bool,
    form: Form,
    html: Option<String>,
}

/// A text of a quiz item.
pub(in crate::course::check) struct Asked {
    /// The item's place in its chapter.
    pub(in crate::course::check) question: usize,
    pub(in crate::course::check) role: TextRole,
    pub(in crate::course::check) text: String,
}

/// What remains of a [`Deck`] when its rules have been run.
pub(in crate::course::check) struct Rest<'c> {
    /// What has been drawn of each slide.
    pub(in crate::course::check) ready: Vec<Ready>,
    /// The texts of quiz items.
    pub(in crate::course::check) asked: Vec<Asked>,
    /// What the texts of slides refer to.
    pub(in crate::course::check) references: Vec<Found<'c>>,
    /// What slides hold besides texts.
    pub(in crate::course::check) filled: Vec<Filled<'c>>,
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
        let folder = format!("{}/", chapter.stem).into();
        let mut references = References { file: &chapter.file, folder, all: Vec::new() };
        let slides = chapter.slides.iter().enumerate();
        let sheets = slides
            .map(|(index, slide)| Sheet::of(index, slide, layouts, &read, &mut references))
            .collect();
        let mut asked = Vec::new();
        for (question, item) in chapter.questions.iter().enumerate() {
            item.clone().visit_texts(&mut |role, text| {
                asked.push(Asked { question, role, text: std::mem::take(text) });
            });
        }
        Self { chapter, sheets, asked, references: references.all }
    }

    pub(in crate::course::check) fn rest(self) -> Rest<'c> {
        let mut filled = Vec::new();
        let ready = self.sheets.into_iter().map(|mut sheet| {
            filled.append(&mut sheet.filled);
            sheet.ready()
        });
        let ready = ready.collect();
        Rest { ready, asked: self.asked, references: self.references, filled }
    }
}

/// Takes down what the texts of a chapter's slides refer to.
struct References<'c> {
    file: &'c RelPath,
    folder: Arc<str>,
    all: Vec<Found<'c>>,
}

impl References<'_> {
    /// Adds those of the text at `path` inside a slide.
    fn add(&mut self, slide: usize, path: &str, references: Vec<Reference>) {
        if references.is_empty() {
            return;
        }
        let place = Place::OnSlide(slide, Arc::from(path));
        self.all.extend(references.into_iter().map(|reference| Found {
            file: Cow::Borrowed(self.file),
            folder: Arc::clone(&self.folder),
            place: place.clone(),
            reference,
        }));
    }
}

impl<'c> Sheet<'c> {
    /// `read` studies a text, with its figures.
    fn of(
        index: usize,
        slide: &'c Slide,
        layouts: &Layouts,
        read: &dyn Fn(&str, Form) -> Study,
        references: &mut References<'c>,
    ) -> Self {
        let mut ready = Ready::default();
        let Study { reading: Reading { plain, .. }, references: said, html } =
            read(&slide.notes, Form::Block);
        references.add(index, "notes", said);
        let said = Amount::of(&plain);
        if let Some(html) = html {
            ready.keep(&slide.notes, Form::Block, &html, &plain);
        }
        if let Some(ask) = &slide.ask {
            references.add(index, "ask", markdown::scan(ask));
        }
        let file = references.file;
        let shown =
            |references: &mut References<'c>, path: String, markdown: &'c str, form, minor| {
                let study = read(markdown, form);
                references.add(index, &path, study.references);
                let Reading { plain, lists } = study.reading;
                let amount = Amount::of(&plain);
                Shown { path, markdown, plain, amount, lists, minor, form, html: study.html }
            };
        let mut texts =
            vec![shown(references, "title".to_owned(), &slide.title, Form::Line, false)];
        let mut filled = Vec::new();
        if let Some(layout) = layouts.get(&slide.layout) {
            let slots = slide.slots.iter().map(|(name, value)| (name.as_str(), value));
            texts::in_slots(slots, &layout.slots, &Path::Root, &mut |path, kind, value| match (
                kind,
                value.as_str(),
            ) {
                (SlotKind::Text | SlotKind::Markdown, Some(text)) => {
                    let block = kind == SlotKind::Markdown;
                    let form = if block { Form::Block } else { Form::Line };
                    let minor = is_minor(path);
                    texts.push(shown(references, path.to_string(), text, form, minor));
                }
                (SlotKind::Mark, Some(text)) => {
                    references.add(index, &path.to_string(), markdown::scan(text));
                }
                (SlotKind::Media | SlotKind::Exercise, Some(_))
                | (SlotKind::Chart | SlotKind::Figure, _) => {
                    let path = path.to_string();
                    if matches!(kind, SlotKind::Chart | SlotKind::Figure) {
                        drawing::texts(value, &path, &mut |path, text| {
                            references.add(index, &path, markdown::scan(text));
                        });
                    }
                    filled.push(Filled { file, slide: index, path, kind, value });
                }
                _ => {}
            });
        }
        Self { file, index, slide, said, texts, filled, ready }
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

fn is_minor(path: &Path<'_>) -> bool {
    let (first, last) = path.keys();
    CELLS.contains(&first) || LABELS.contains(&last)
}
