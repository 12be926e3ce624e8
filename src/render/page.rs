//! What all pages have in common.

use super::assets::{self, Assets};
use super::squeeze::{Seen, Standing};
use super::text::Writer;
use super::value::{map, script_json, text};
use super::{Job, language, value};
use crate::course::Chapter;
use crate::source::RelPath;
use crate::theme::{ThemeError, Words};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use tera::{Context, Value};

/// A page's path and its HTML.
pub(super) type Page = (RelPath, Vec<u8>);

/// Words that stand on slides when they are drawn: a deck's scripts have no use for them.
const PRINTED: [&str; 12] = [
    "deck.ask",
    "deck.done",
    "deck.materials",
    "deck.minutes",
    "deck.open_exercise",
    "deck.origin.",
    "deck.state.",
    "deck.table.",
    "deck.takeaways",
    "deck.to_quiz",
    "deck.unit.",
    "deck.verdict.",
];

/// The job with its assets: whatever draws a page starts from here.
pub(super) struct Press<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) assets: &'a Assets,
    /// What scripts need of the interface's words, as JSON, by kind of page.
    words: BTreeMap<&'static str, String>,
    /// What stands on slides, and on the pages that show them.
    standing: Mutex<Standing>,
}

/// One page about to be drawn.
pub(super) struct Sheet<'a> {
    /// One of [`assets::kinds`].
    pub(super) kind: &'static str,
    /// Where it goes.
    pub(super) path: RelPath,
    /// Plain text for the title bar.
    pub(super) title: &'a str,
    /// What scripts need besides what all pages have.
    pub(super) data: Map<String, Json>,
    /// One more of these, as [`script_json`] gives it.
    pub(super) ready: Option<(&'static str, &'a str)>,
    /// About how many bytes of HTML its entries hold.
    pub(super) room: usize,
    /// The slides that it shows, in this order; they have been [seen](Press::see).
    pub(super) shown: &'a [Value],
}

impl<'a> Sheet<'a> {
    pub(super) fn new(kind: &'static str, path: &RelPath, title: &'a str) -> Self {
        Self { kind, path: path.clone(), title, data: Map::new(), ready: None, room: 0, shown: &[] }
    }
}

impl<'a> Press<'a> {
    pub(super) fn new(job: &'a Job<'a>, assets: &'a Assets) -> Self {
        let said =
            assets::kinds().map(|kind| (kind, script_json(&Json::Object(said(job.words, kind)))));
        Self { job, assets, words: said.collect(), standing: Mutex::default() }
    }

    /// Draws the author's texts for a page at `path`.
    pub(super) fn writer(&self, path: &RelPath) -> Writer<'_> {
        let root = path.to_root();
        let shared = self.shared(&root);
        Writer { course: self.job.course, assets: self.assets, root, shared }
    }

    /// How a page that climbs to its language's root by `root` reaches what languages share.
    fn shared(&self, root: &str) -> String {
        format!("{root}{}", self.job.up())
    }

    /// Draws `page/<kind>.html`; `entries` join the common context.
    pub(super) fn print<const N: usize>(
        &self,
        sheet: Sheet<'_>,
        entries: [(&'static str, Value); N],
    ) -> Result<Page, ThemeError> {
        let Sheet { kind, path, title, mut data, ready, room, shown } = sheet;
        let course = self.job.course;
        let root = path.to_root();
        for (key, value) in [
            ("course", json!(course.id)),
            ("title", json!(title)),
            ("lang", json!(course.language)),
            ("page", json!(kind)),
            ("root", json!(root)),
            ("languages", language::data(self.job, &path)),
        ] {
            // A deck's scripts ask the page for its language and follow no link of their own.
            let idle = kind == "deck" && ["lang", "root"].contains(&key);
            let empty = value.as_array().is_some_and(Vec::is_empty);
            if !idle && !empty {
                data.insert(key.to_owned(), value);
            }
        }
        let mut data = script_json(&Json::Object(data));
        data.truncate(data.len() - 1);
        let said = self.words.get(kind).map_or("{}", String::as_str);
        if let Some((key, json)) = ready {
            let _ = write!(data, ",\"{key}\":{json}");
        }
        data.extend([",\"words\":", said, "}"]);
        let mut context = self.base_context();
        for (key, value) in entries {
            context.insert_value(key, value);
        }
        context.insert_value("course", self.course(&root));
        context.insert_value(
            "page",
            map([
                ("kind", text(kind)),
                ("title", text(title)),
                ("path", text(path.as_str())),
                ("root", text(&root)),
                ("languages", language::others(self.job, &path)),
            ]),
        );
        let head =
            language::alternates(self.job, &path) + &self.assets.head(kind, &self.shared(&root));
        let room = room + head.len() + data.len() + 4096;
        context.insert_value("head", value::html(head));
        context.insert_value("foot", value::html(self.assets.foot(kind)));
        context.insert_value("data", value::html(data));
        let html = self.fill(&format!("page/{kind}.html"), &context, room)?;
        if assets::shows_slides(kind) {
            let slides = shown.iter().filter_map(Value::as_str);
            self.see(Seen::beside(&html, slides));
        }
        Ok((path, html))
    }

    /// Notes what stands on slides, or on a page that shows them.
    pub(super) fn see(&self, new: Seen<'_>) {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).add(new);
    }

    /// What stands on slides, and on the pages that show them.
    pub(super) fn standing(self) -> Standing {
        self.standing.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The context of pages and slides alike.
    pub(super) fn base_context(&self) -> Context {
        let mut context = Context::new();
        context.insert_value("lang", text(&self.job.course.language));
        context.insert_value("words", self.job.words.all());
        context
    }

    /// What templates know of the course.
    pub(super) fn course(&self, root: &str) -> Value {
        let course = self.job.course;
        let logo =
            course.logo.as_ref().and_then(|logo| self.assets.media_url(logo, &self.shared(root)));
        map([
            ("id", text(&course.id)),
            ("title", text(&course.title)),
            ("language", text(&course.language)),
            ("authors", value::list(course.authors.iter().map(text))),
            ("aspect", text(course.aspect.name())),
            ("logo", logo.map_or_else(Value::none, text)),
        ])
    }

    /// Draws a template. `room` is about how many bytes come of it.
    pub(super) fn fill(
        &self,
        template: &str,
        context: &Context,
        room: usize,
    ) -> Result<Vec<u8>, ThemeError> {
        let mut out = Vec::with_capacity(room);
        let drawn = self.job.theme.templates.render_to(template, context, &mut out);
        drawn.map_err(|error| ThemeError::template(&error)).map(|()| out)
    }

    /// What templates know of a chapter, whatever the page.
    pub(super) fn chapter(
        &self,
        writer: &Writer<'_>,
        chapter: &Chapter,
    ) -> Vec<(&'static str, Value)> {
        let course = self.job.course;
        let part = course.parts.iter().find(|part| part.chapters.contains(&chapter.stem));
        let url = |page: &str| text(format!("{}{}/{page}.html", writer.root, chapter.stem));
        vec![
            ("number", Value::from(chapter.number)),
            ("stem", text(&chapter.stem)),
            ("title", value::html(writer.inline(&chapter.title))),
            ("minutes", number(chapter.minutes)),
            ("part", part.map_or_else(Value::none, |part| text(&part.title))),
            ("deck_url", url("deck")),
            ("handout_url", url("handout")),
            ("notes_url", url("notes")),
            ("guide_url", if chapter.guide.is_some() { url("guide") } else { Value::none() }),
            ("quiz_url", if chapter.questions.is_empty() { Value::none() } else { url("quiz") }),
            ("sheet_url", if chapter.questions.is_empty() { Value::none() } else { url("sheet") }),
            ("index_url", text(format!("{}index.html", writer.root))),
        ]
    }
}

/// The interface's words that the scripts of a kind of page say.
fn said(words: &Words, kind: &str) -> Map<String, Json> {
    // Only pages with the engine need its words.
    let areas: &[&str] = if matches!(kind, "quiz" | "practice") {
        &["page", "widget", "engine", kind]
    } else if kind == "deck" {
        &["deck"]
    } else if kind == "sheet" {
        &["paper"]
    } else {
        &["page", kind]
    };
    let mut said = words.flat(areas);
    if kind == "index" {
        // What is said of a progress that was loaded.
        let engine = words.flat(&["engine"]).into_iter();
        said.extend(engine.filter(|(key, _)| key.starts_with("engine.progress.")));
    } else if kind == "deck" {
        said.retain(|key, _| !PRINTED.iter().any(|printed| key.starts_with(printed)));
    }
    said
}

/// What was drawn, as text. Tera could give that, too, but looks at one character after another.
pub(super) fn text_of(drawn: &[u8]) -> Result<&str, ThemeError> {
    simdutf8::basic::from_utf8(drawn).map_err(|error| ThemeError::new(error.to_string()))
}

/// Where a page of a chapter goes: `<chapter>/<page>.html`.
pub(super) fn path(chapter: &Chapter, page: &str) -> Result<RelPath, ThemeError> {
    RelPath::new(format!("{}/{page}.html", chapter.stem))
        .ok_or_else(|| ThemeError::new(format!("`{}` cannot be a folder", chapter.stem)))
}

/// A number for a template: whole ones without a fraction (`3`, not `3.0`).
pub(super) fn number(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "only whole numbers that fit are cast")]
    if number.fract() == 0.0 && number.abs() < 9e15 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}
