//! What the course rests on: the marks on slides, the course's own settings, the sources.

use super::page::{Page, Press, Sheet};
use super::text::Writer;
use super::value::{html, list, map, text};
use crate::course::{Chapter, Course, Origin, Sources};
use crate::source::RelPath;
use crate::theme::ThemeError;
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// The word for an origin in class names and words; the marks are explained in this order.
pub(super) fn name(origin: Origin) -> &'static str {
    match origin {
        Origin::Seed => "seed",
        Origin::Mixed => "mixed",
        Origin::Own => "own",
    }
}

/// Whether the course has the page: it has sources, or marks on its slides that the page explains.
pub(super) fn are_drawn(course: &Course) -> bool {
    let mut slides = course.chapters.iter().flat_map(|chapter| &chapter.slides);
    course.sources.is_some() || slides.any(|slide| slide.origin.is_some())
}

/// The marks on a chapter's slides, for the deck's script: `{from-own: [name, meaning]}`, called as
/// they are on the page that explains them.
pub(super) fn marks(press: &Press<'_>, chapter: &Chapter) -> Map<String, Json> {
    let origins = chapter.slides.iter().filter_map(|slide| slide.origin);
    let marks = origins.map(name).map(|name| {
        let words = ["deck.origin", "sources.means"];
        let words = words.map(|area| press.job.words.word(&format!("{area}.{name}")));
        (format!("from-{name}"), json!(words))
    });
    marks.collect()
}

/// Draws `sources.html`.
pub(super) fn draw(press: &Press<'_>) -> Result<Option<Page>, ThemeError> {
    let course = press.job.course;
    if !are_drawn(course) {
        return Ok(None);
    }
    let none = Sources::default();
    let sources = course.sources.as_ref().unwrap_or(&none);
    let path = RelPath::new("sources.html").ok_or_else(|| ThemeError::new("sources.html"))?;
    let writer = press.writer(&path);
    let settings = sources.settings.iter().map(|setting| {
        map([
            ("name", html(writer.inline(&setting.name))),
            ("text", html(writer.block(&setting.text))),
            ("chapters", chapters(press, &writer, &setting.chapters)),
        ])
    });
    let entries = sources.sources.iter().map(|source| {
        map([
            ("id", text(&source.id)),
            ("citation", html(writer.inline(&source.citation))),
            ("links", list(source.links.iter().map(|link| address(link)))),
            ("supports", html(writer.inline(&source.supports))),
            ("chapters", chapters(press, &writer, &source.chapters)),
        ])
    });
    let slides = course.chapters.iter().map(|chapter| {
        map([
            ("number", Value::from(chapter.number)),
            ("title", html(writer.inline(&chapter.title))),
            ("own", slides(&writer, chapter, Origin::Own)),
            ("mixed", slides(&writer, chapter, Origin::Mixed)),
        ])
    });
    let parts = [
        ("intro", html(writer.block(&sources.intro))),
        ("settings", list(settings)),
        ("cautions", list(sources.cautions.iter().map(|text| html(writer.block(text))))),
        ("slides", list(slides)),
        ("sources", list(entries)),
    ];
    let title = press.job.words.word("sources.title");
    let sheet = Sheet::new("sources", &path, &title);
    press.print(sheet, parts).map(Some)
}

/// The numbers of the chapters with these stems, each with the way to its deck.
fn chapters(press: &Press<'_>, writer: &Writer<'_>, stems: &[String]) -> Value {
    let all = press.job.course.chapters.iter();
    list(all.filter(|chapter| stems.contains(&chapter.stem)).map(|chapter| {
        map([
            ("number", Value::from(chapter.number)),
            ("title", text(writer.plain(&chapter.title))),
            ("url", text(format!("{}/deck.html", chapter.stem))),
        ])
    }))
}

/// The slides of a chapter that come from there.
fn slides(writer: &Writer<'_>, chapter: &Chapter, origin: Origin) -> Value {
    let from = chapter.slides.iter().filter(|slide| slide.origin == Some(origin));
    list(from.map(|slide| {
        map([
            ("number", Value::from(slide.number)),
            ("title", text(writer.plain(&slide.title))),
            ("url", text(format!("{}/deck.html#{}", chapter.stem, slide.id))),
        ])
    }))
}

/// An address and its host, which is what is shown. Only web addresses lead anywhere.
fn address(link: &str) -> Value {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let host = rest.map_or(link, |rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let url = rest.map_or_else(Value::none, |_| text(link));
    map([("url", url), ("host", text(host.trim_start_matches("www.")))])
}
