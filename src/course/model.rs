//! The typed course. Texts are still the author's Markdown; [`crate::render`] draws them.

use super::{Guide, Quotes, Sources, Term};
use crate::markdown::Ready;
use crate::source::RelPath;
use kejian_engine::quiz::Settings;
use kejian_engine::{practice, question};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A whole course: `course.yaml` and every file it names.
#[derive(Debug, Clone)]
pub struct Course {
    /// Stable id; storage keys carry it.
    pub id: String,
    /// The course's title.
    pub title: String,
    /// BCP 47 tag of the source language, for instance `zh-Hans`.
    pub language: String,
    /// Languages the course is translated into.
    pub languages: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The chapter list, in parts.
    pub parts: Vec<Part>,
    /// Shape of the slides.
    pub aspect: Aspect,
    /// Theme asked for in `course.yaml`.
    pub theme: Option<String>,
    /// Picture of the course's owner.
    pub logo: Option<RelPath>,
    /// Colours that override the theme's tokens, by token name.
    pub colours: BTreeMap<String, String>,
    /// Whether raw HTML in Markdown is let through (`html: trusted`).
    pub trusted_html: bool,
    /// Severity of check rules by id: `off`, `info`, `warn`, `error`.
    pub checks: BTreeMap<String, String>,
    /// How quizzes run, where a chapter does not say otherwise.
    pub quiz: Settings,
    /// Chapters in the order taught.
    pub chapters: Vec<Chapter>,
    /// Exercises by file stem.
    pub exercises: BTreeMap<String, Exercise>,
    /// What the course undertakes to cover (`inventory.yaml`); slides name the rows they cover.
    pub inventory: Vec<Row>,
    /// The terms that texts explain at their first use (`glossary.yaml`).
    pub glossary: Vec<Term>,
    /// What the course rests on (`sources.yaml`).
    pub sources: Option<Sources>,
    /// Files under `media/`.
    pub media: Vec<RelPath>,
    /// The course as its author wrote it, when this is a translation of it.
    pub source: Option<Arc<Course>>,
}

impl Course {
    /// The course as its author wrote it.
    pub fn original(&self) -> &Self {
        self.source.as_deref().unwrap_or(self)
    }

    /// Keeps what the rules have read: slide by slide, for each chapter.
    pub(super) fn keep(&mut self, ready: Vec<Vec<Ready>>) {
        for (chapter, ready) in self.chapters.iter_mut().zip(ready) {
            for (slide, ready) in chapter.slides.iter_mut().zip(ready) {
                slide.ready = ready;
            }
        }
    }

    /// A course without anything in it, for checking chapters whose `course.yaml` is broken.
    pub(super) fn empty() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            language: String::new(),
            languages: Vec::new(),
            authors: Vec::new(),
            parts: Vec::new(),
            aspect: Aspect::Wide,
            theme: None,
            logo: None,
            colours: BTreeMap::new(),
            trusted_html: false,
            checks: BTreeMap::new(),
            quiz: Settings::default(),
            chapters: Vec::new(),
            exercises: BTreeMap::new(),
            inventory: Vec::new(),
            glossary: Vec::new(),
            sources: None,
            media: Vec::new(),
            source: None,
        }
    }
}

/// Shape of the slides. Both are 1080 units high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
pub enum Aspect {
    /// 1920 units wide.
    #[default]
    #[serde(rename = "16:9")]
    Wide,
    /// 1440 units wide.
    #[serde(rename = "4:3")]
    Standard,
}

impl Aspect {
    /// The shape of that name.
    pub fn named(name: &str) -> Result<Self, String> {
        match name {
            "16:9" => Ok(Self::Wide),
            "4:3" => Ok(Self::Standard),
            _ => Err("16:9, 4:3".to_owned()),
        }
    }

    /// As written in `course.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wide => "16:9",
            Self::Standard => "4:3",
        }
    }

    /// Units from margin to margin: what titles and drawings may take.
    pub fn text_width(self) -> f64 {
        match self {
            Self::Wide => 1680.0,
            Self::Standard => 1248.0,
        }
    }
}

/// A run of chapters under a common title.
#[derive(Debug, Clone)]
pub struct Part {
    /// The part's title.
    pub title: String,
    /// Stems of its chapter files.
    pub chapters: Vec<String>,
}

/// A row of the inventory.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, for instance `8.1`.
    pub number: String,
    /// What it is called.
    pub term: String,
}

/// One chapter: objectives, slides, questions.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The file's stem, which is also its folder in the site.
    pub stem: String,
    /// The file.
    pub file: RelPath,
    /// 1-based place in the course.
    pub number: usize,
    /// The chapter's title.
    pub title: String,
    /// Planned minutes.
    pub minutes: f64,
    /// What a learner can do afterwards.
    pub objectives: Vec<Objective>,
    /// What to take away.
    pub takeaways: Vec<Takeaway>,
    /// What the trainer is told; a chapter that has it has a guide page.
    pub guide: Option<Guide>,
    /// Slides in order.
    pub slides: Vec<Slide>,
    /// How its quiz runs, where it differs from the course.
    pub quiz: Settings,
    /// Quiz items in order, ids filled in.
    pub questions: Vec<question::Question>,
}

/// Something a learner can do after the chapter.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Stable id.
    pub id: String,
    /// The text.
    pub text: String,
}

/// One sentence to take away (plain text).
pub type Takeaway = String;

/// One slide: a layout and what fills its slots.
#[derive(Debug, Clone)]
pub struct Slide {
    /// Name of the layout.
    pub layout: String,
    /// Address within the deck; default its 1-based number.
    pub id: String,
    /// 1-based number among the chapter's own slides.
    pub number: usize,
    /// Inline Markdown.
    pub title: String,
    /// The layout's slots in the order written.
    pub slots: Vec<(String, Slot)>,
    /// What the trainer says; Markdown.
    pub notes: String,
    /// A question to the room; inline Markdown.
    pub ask: Option<String>,
    /// Planned minutes.
    pub minutes: Option<f64>,
    /// Whether parts appear one by one.
    pub reveal: Reveal,
    /// Objective ids.
    pub objectives: Vec<String>,
    /// Rows of the inventory that it covers.
    pub covers: Vec<String>,
    /// Where the content comes from.
    pub origin: Option<Origin>,
    /// Check rules silenced here.
    pub silence: Vec<Silence>,
    /// What the rules have read and pages need not read again.
    pub ready: Ready,
}

/// A slot's content as written, in JSON's shapes; its type is in the layout's manifest.
pub type Slot = Value;

/// How the parts of a slide appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reveal {
    /// All at once.
    #[default]
    All,
    /// One part (list item, card, row, step) at a time.
    Steps,
}

/// Where a slide's content comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The source course.
    Seed,
    /// This course's own construction.
    Own,
    /// Both.
    Mixed,
}

/// A check rule switched off in place, with the reason.
#[derive(Debug, Clone)]
pub struct Silence {
    /// The rule's id, for instance `Q05`.
    pub rule: String,
    /// Why it does not apply here.
    pub reason: String,
}

/// One exercise file.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The file's stem: the exercise's id.
    pub id: String,
    /// The file.
    pub file: RelPath,
    /// The exercise as the engine reads it.
    pub exercise: practice::Exercise,
    /// Ids of its stages in the order worked.
    pub stages: Vec<String>,
    /// Other exercises that its levels name (`levels.mix.with`), with the path of each.
    pub companions: Vec<(String, String)>,
    /// What texts have quoted of it so far.
    pub quotes: Quotes,
}
