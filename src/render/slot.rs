//! From what an author wrote in a slot to what a layout's template prints.

use super::page::number;
use super::text::Writer;
use super::value::{html, list, map, text};
use super::{Job, figure};
use crate::course::Slide;
use crate::course::drawing::{self, Drawing};
use crate::markdown::{Form, Ready};
use crate::theme::{Layout, SlotKind, SlotMap, SlotType, Theme, Words};
use serde_json::Value as Json;
use std::borrow::Cow;
use tera::Value;

/// All slots of a slide, whose title is `title` when plain. Those left out are there as `none`, so a
/// template may just ask `{% if slots.body %}`.
pub(super) fn draw_all(
    writer: &Writer<'_>,
    job: &Job<'_>,
    layout: &Layout,
    slide: &Slide,
    title: &str,
) -> Value {
    let find = |name: &str| slide.slots.iter().find(|(slot, _)| slot == name).map(|(_, v)| v);
    let aside = slide.slots.iter().any(|(slot, _)| slot == "aside");
    let width = writer.course.aspect.text_width() - if aside { ASIDE } else { 0.0 };
    let room = room(writer, layout, slide, title);
    let ready = &slide.ready;
    let draw = Draw { writer, words: job.words, theme: job.theme, ready, title, width, room };
    group(&draw, &layout.slots, find)
}

/// What an `aside` beside a drawing takes: its width and the gap (`.beside` in css/slide.css).
const ASIDE: f64 = 524.0;

/// Units that a slide leaves a drawing from top to bottom, after its title, the line under the
/// drawing and the question to the room (sizes of css/slide.css).
fn room(writer: &Writer<'_>, layout: &Layout, slide: &Slide, title: &str) -> f64 {
    const STAGE: f64 = 818.0;
    let wide = writer.course.aspect.text_width();
    let lines = |text: &str, size: f64| (figure::ems(&writer.plain(text)) * size / wide).ceil();
    let size = layout.title_size.unwrap_or(68.0);
    let title = if figure::ems(title) * size > wide { 2.0 } else { 1.0 } * size * 1.3;
    let caption = slide.slots.iter().find(|(name, _)| name == "caption");
    let caption = caption.and_then(|(_, value)| value.as_str());
    let caption = caption.map_or(0.0, |text| 24.0 + 45.0 * lines(text, 30.0));
    let ask = slide.ask.as_deref().map_or(0.0, |ask| 36.0 + 64.0 * lines(ask, 44.0));
    STAGE - title - caption - ask
}

struct Draw<'a> {
    writer: &'a Writer<'a>,
    words: &'a Words,
    theme: &'a Theme<'a>,
    /// What the rules have drawn of the slide.
    ready: &'a Ready,
    /// The slide's title, plain.
    title: &'a str,
    /// Units that a drawing over the whole width takes.
    width: f64,
    /// Units that it may be high.
    room: f64,
}

fn group<'v>(draw: &Draw<'_>, keys: &SlotMap, find: impl Fn(&str) -> Option<&'v Json>) -> Value {
    let filled = keys.0.iter().map(|(name, slot)| {
        (*name, find(name).map_or_else(Value::none, |value| one(draw, slot, value)))
    });
    map(filled.collect::<Vec<_>>())
}

fn one(draw: &Draw<'_>, slot: &SlotType, value: &Json) -> Value {
    let writer = draw.writer;
    match slot.kind {
        SlotKind::Text => prose(draw, Form::Line, value),
        SlotKind::Mark => html(mark(draw, &written(value))),
        SlotKind::Markdown => prose(draw, Form::Block, value),
        SlotKind::Number => value.as_f64().map_or_else(Value::none, number),
        SlotKind::YesNo => Value::from(value.as_bool().unwrap_or_default()),
        SlotKind::Id | SlotKind::Choice => text(written(value)),
        SlotKind::Media => writer.media(&written(value)).map_or_else(Value::none, text),
        SlotKind::Exercise => exercise(writer, &written(value)),
        SlotKind::Numbers => list(items(value).filter_map(Json::as_f64).map(number)),
        SlotKind::List => {
            let plain = SlotType::text();
            let of = slot.of.as_deref().unwrap_or(&plain);
            list(items(value).map(|item| one(draw, of, item)))
        }
        SlotKind::Group => group(draw, &slot.keys, |name| value.get(name)),
        SlotKind::Chart | SlotKind::Figure => drawing(draw, slot, value),
    }
}

/// An icon of the theme, or the text as it is. Icons stand beside a head that says the same.
fn mark(draw: &Draw<'_>, name: &str) -> String {
    match draw.theme.icons.get(name) {
        Some(path) => format!(
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{}\"/></svg>",
            figure::escape(path)
        ),
        None => draw.writer.inline(name),
    }
}

/// A text of the author.
fn prose(draw: &Draw<'_>, form: Form, value: &Json) -> Value {
    let text = written(value);
    match draw.ready.find(&text, form) {
        Some((drawn, _)) => html(drawn),
        None if form == Form::Line => html(draw.writer.inline(&text)),
        None => html(draw.writer.block(&text)),
    }
}

/// What the author wrote as text: numbers count as text here (`text: 900`).
fn written(value: &Json) -> Cow<'_, str> {
    match value {
        Json::String(text) => text.into(),
        Json::Null => "".into(),
        other => other.to_string().into(),
    }
}

fn items(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

/// Where an exercise is practised: `swot`, or its stage `swot.sort`.
pub(super) fn exercise(writer: &Writer<'_>, address: &str) -> Value {
    let (id, stage) = address.split_once('.').map_or((address, None), |(id, s)| (id, Some(s)));
    let found = writer.course.exercises.get(id);
    let title = found.map(|exercise| writer.inline(&exercise.exercise.title));
    let anchor = stage.map(|stage| format!("#{stage}")).unwrap_or_default();
    map([
        ("id", text(id)),
        ("stage", stage.map_or_else(Value::none, text)),
        ("title", html(title.unwrap_or_default())),
        ("url", text(format!("{}practice/{id}.html{anchor}", writer.root))),
    ])
}

/// A chart or figure. One that cannot be read says so in its place; `check` has told the author.
fn drawing(draw: &Draw<'_>, slot: &SlotType, value: &Json) -> Value {
    let mut value = value.clone();
    drawing::fetch(draw.writer.course, &mut value);
    let frame = figure::Frame {
        width: draw.width * slot.wide.unwrap_or(100.0) / 100.0,
        room: draw.room,
        title: draw.title,
        words: draw.words,
        picture: &|path| draw.writer.picture(path),
    };
    html(match Drawing::read(&value) {
        Ok(drawing) if drawing.faults().is_empty() => figure::draw(&drawing, &frame),
        Ok(_) => "<p class=\"failed\">✗</p>".to_owned(),
        Err(error) => format!("<p class=\"failed\">{}</p>", figure::escape(&error)),
    })
}
