//! A chapter's slides: the deck, the handout and the notes pages, which show the same slides in
//! three ways. What the trainer says goes with the deck as a file of its own, so that those who
//! only look need not load it.

use super::assets::digest;
use super::glossary::Linker;
use super::page::{self, Page, Press, Sheet, number};
use super::squeeze::Seen;
use super::text::Writer;
use super::value::{self, html, list, map, text};
use super::{Linking, figure, slot, sources};
use crate::course::{Chapter, Reveal, Slide};
use crate::markdown::{self, Form};
use crate::source::RelPath;
use crate::theme::{Layout, ThemeError};
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tera::{Context, Value};

/// What [`draw`] gives.
pub(super) struct Drawn {
    pub(super) pages: Vec<Page>,
    /// For each term of the glossary, the slide that uses it first.
    pub(super) terms: Vec<Option<String>>,
}

/// Draws `deck.html`, `handout.html` and `notes.html` in the chapter's folder, and the notes that
/// the deck loads.
pub(super) fn draw(press: &Press<'_>, chapter: &Chapter) -> Result<Drawn, ThemeError> {
    let writer = press.writer(&page::path(chapter, "deck")?);
    let mut linker = Linker::new(press, chapter, &writer.root);
    let mut slides = Vec::with_capacity(chapter.slides.len());
    let mut canvases = Vec::with_capacity(chapter.slides.len());
    // Bytes of the slides on a page, and of what is said under them.
    let (mut room, mut said_room) = (0, 0);
    // What is said on each slide, by its id.
    let mut spoken: Vec<(&str, String)> = Vec::with_capacity(chapter.slides.len());
    let drawn = draw_slides(press, &writer, chapter, Some(&mut linker))?;
    for (slide, shown) in chapter.slides.iter().zip(drawn) {
        let notes = match slide.ready.find(&slide.notes, Form::Block) {
            Some((html, _)) => html.to_owned(),
            None => writer.block(&slide.notes),
        };
        room += shown.length + 160;
        said_room += notes.len() + 160;
        let ask = asked(slide).map(|ask| writer.inline(ask));
        canvases.push(shown.canvas.clone());
        // What templates ask for most comes first: Tera looks through the keys one by one.
        slides.push(map([
            ("slide", shown.slide),
            ("canvas", shown.canvas),
            ("notes", html(&notes)),
            ("asked", ask.as_ref().map_or_else(Value::none, html)),
        ]));
        let said = said(press, notes, ask.as_deref());
        if !said.is_empty() {
            spoken.push((&slide.id, said));
        }
    }
    let mut facts = press.chapter(&writer, chapter);
    // Terms are taught on the slides, so the opening and the closing slide have what is left.
    let objectives = chapter.objectives.iter().map(|objective| {
        let drawn = linker.link(writer.inline(&objective.text).into(), "open");
        map([("id", text(&objective.id)), ("text", html(drawn))])
    });
    facts.push(("objectives", list(objectives)));
    let takeaways = chapter.takeaways.iter();
    let takeaways = takeaways.map(|takeaway| linker.link(writer.inline(takeaway).into(), "close"));
    facts.push(("takeaways", list(takeaways.map(html))));
    facts.push(("exercises", list(exercises(press, &writer, chapter))));
    // What a sheet of the handout has room for.
    facts.push(("sixes", list(slides.chunks(6).map(Value::from))));
    facts.push(("slides", list(slides)));
    let title = writer.plain(&chapter.title);
    let mut data = Map::new();
    data.insert("chapter".to_owned(), json!(chapter.stem));
    data.insert("minutes".to_owned(), json!(chapter.minutes));
    let mut terms = linker.used(&writer);
    terms.extend(sources::marks(press, chapter));
    if !terms.is_empty() {
        data.insert("terms".to_owned(), Json::Object(terms));
    }
    data.insert("pages".to_owned(), Json::Object(pages(&writer, chapter)));
    data.insert("later".to_owned(), json!(press.assets.later(&writer.shared)));
    let mut drawn = Vec::new();
    if press.job.linking == Linking::Shared {
        let script = format!("kejian.notes={}\n", value::json_object(&spoken));
        let stem = format!("notes-{}", chapter.stem);
        let file = RelPath::asset(&stem, &digest(script.as_bytes()), "js");
        data.insert("notes".to_owned(), json!(format!("{}{file}", writer.root)));
        drawn.push((file, script.into_bytes()));
    } else {
        let spoken = spoken.into_iter().map(|(id, said)| (id.to_owned(), Json::String(said)));
        data.insert("notes".to_owned(), Json::Object(spoken.collect()));
    }
    let facts = map(facts);
    press.see(Seen::of(canvases.iter().filter_map(Value::as_str)));
    for (kind, data, room) in [
        ("deck", data, room),
        ("handout", Map::new(), room),
        ("notes", Map::new(), room + said_room),
    ] {
        let path = page::path(chapter, kind)?;
        let sheet = Sheet { data, room, shown: &canvases, ..Sheet::new(kind, &path, &title) };
        drawn.push(press.print(sheet, [("chapter", facts.clone())])?);
    }
    Ok(Drawn { pages: drawn, terms: linker.first() })
}

/// What the trainer says on a slide, as HTML: the notes, and what to ask.
fn said(press: &Press<'_>, notes: String, ask: Option<&str>) -> String {
    let mut html = notes;
    if let Some(ask) = ask {
        let word = press.job.words.word("deck.ask");
        let _ = write!(html, "<p class=\"ask\">{word}{ask}</p>");
    }
    html
}

/// What the trainer asks the room, unless the notes say it anyway.
fn asked(slide: &Slide) -> Option<&str> {
    let ask = slide.ask.as_deref()?;
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let notes = match slide.ready.find(&slide.notes, Form::Block) {
        Some((_, plain)) => bare(plain),
        None => bare(&markdown::plain(&slide.notes)),
    };
    (!notes.contains(&bare(&markdown::plain(ask)))).then_some(ask)
}

/// How a title is set: smaller if it would not stay within two lines, and broken between its
/// clauses only if each of them fits into a line.
fn title(press: &Press<'_>, layout: &Layout, title: &str) -> (bool, bool) {
    // Size of `.title` in css/slide.css, and what balancing two lines costs.
    const SIZE: f64 = 68.0;
    const LINES: f64 = 1.85;
    let line = press.job.course.aspect.text_width() / layout.title_size.unwrap_or(SIZE);
    // No character is wider than an em.
    if figure::count(title.chars().count()) < line {
        return (false, true);
    }
    let ends = |c: char| {
        matches!(c, '，' | '。' | '；' | '：' | '、' | '？' | '！' | '—' | '…' | '”' | '）')
            || c.is_whitespace()
    };
    let clauses = title.split_inclusive(ends).map(figure::ems);
    (figure::ems(title) > line * LINES, clauses.fold(0.0, f64::max) < line)
}

/// The pages that belong to the deck, in the order its menu shows them.
fn pages(writer: &Writer<'_>, chapter: &Chapter) -> Map<String, Json> {
    let asks = !chapter.questions.is_empty();
    let guided = chapter.guide.is_some();
    let beside =
        [("handout", true), ("notes", true), ("guide", guided), ("sheet", asks), ("quiz", asks)];
    let beside = beside.into_iter().filter(|(_, there)| *there);
    let mut pages: Map<String, Json> =
        beside.map(|(page, _)| (page.to_owned(), json!(format!("{page}.html")))).collect();
    pages.insert("index".to_owned(), json!(format!("{}index.html", writer.root)));
    pages
}

/// The exercises that the chapter's slides open, each once, in the order met.
fn exercises(press: &Press<'_>, writer: &Writer<'_>, chapter: &Chapter) -> Vec<Value> {
    let mut seen: Vec<&str> = Vec::new();
    for slide in &chapter.slides {
        for (_, value) in
            slide.slots.iter().filter(|(name, _)| name == "exercise" || name == "also")
        {
            let id = value.as_str().unwrap_or_default().split('.').next().unwrap_or_default();
            if !seen.contains(&id) && press.job.course.exercises.contains_key(id) {
                seen.push(id);
            }
        }
    }
    seen.into_iter().map(|id| slot::exercise(writer, id)).collect()
}

/// What templates of slides know of what is around them.
fn around(press: &Press<'_>, writer: &Writer<'_>, chapter: &Chapter) -> Context {
    let chapter = map([
        ("number", Value::from(chapter.number)),
        ("title", html(writer.inline(&chapter.title))),
        ("stem", text(&chapter.stem)),
    ]);
    let mut context = press.base_context();
    context.insert_value("chapter", chapter);
    context.insert_value("course", press.course(&writer.root));
    context.insert_value("page", map([("root", text(&writer.root))]));
    context
}

/// A slide, drawn.
pub(super) struct Shown {
    /// What is known of it.
    pub(super) slide: Value,
    /// What is to be seen.
    pub(super) canvas: Value,
    /// Bytes of the latter.
    pub(super) length: usize,
}

/// Bytes that a stage mostly has room in.
const STAGE: usize = 2048;

/// Draws a chapter's slides: of each its stage by the layout's template, and around it
/// `page/slide.html`, once for all pages that show the slide.
pub(super) fn draw_slides(
    press: &Press<'_>,
    writer: &Writer<'_>,
    chapter: &Chapter,
    mut linker: Option<&mut Linker<'_>>,
) -> Result<Vec<Shown>, ThemeError> {
    let mut context = around(press, writer, chapter);
    let frame = press.job.theme.template("page/slide.html");
    // The full names of the templates of the layouts met so far.
    let mut stages: BTreeMap<&str, String> = BTreeMap::new();
    let drawn = chapter.slides.iter().map(|slide| {
        let (facts, slots) = facts(press, writer, slide)?;
        context.insert_value("slide", facts.clone());
        context.insert_value("slots", slots);
        // A layout is not to see the stage of the slide before.
        context.remove("stage");
        let template = stages.entry(&slide.layout).or_insert_with(|| {
            press.job.theme.template(&format!("layouts/{}/slide.html", slide.layout))
        });
        let stage = press.fill(template, &context, STAGE)?;
        let mut stage = Cow::Borrowed(page::text_of(&stage)?);
        if let Some(linker) = &mut linker {
            stage = linker.link(stage, &slide.id);
        }
        let stage = close_up(&stage);
        let room = stage.len() + STAGE;
        context.insert_value("stage", html(stage));
        let canvas = press.fill(&frame, &context, room)?;
        Ok(Shown { slide: facts, canvas: html(page::text_of(&canvas)?), length: canvas.len() })
    });
    drawn.collect()
}

/// What templates know of a slide, and what is in its slots.
fn facts(
    press: &Press<'_>,
    writer: &Writer<'_>,
    slide: &Slide,
) -> Result<(Value, Value), ThemeError> {
    let unknown = || ThemeError::new(format!("there is no layout `{}`", slide.layout));
    let layout = press.job.theme.layouts.get(&slide.layout).ok_or_else(unknown)?;
    let origin = slide.origin.map_or_else(Value::none, |origin| text(sources::name(origin)));
    let line;
    let (titled, plain) = match slide.ready.find(&slide.title, Form::Line) {
        Some(ready) => ready,
        None => {
            line = writer.line(&slide.title);
            (&*line.0, &*line.1)
        }
    };
    let (long, whole) = title(press, layout, plain);
    // In the order in which templates ask for them most.
    let facts = map([
        ("layout", text(&slide.layout)),
        ("minutes", slide.minutes.map_or_else(Value::none, number)),
        ("id", text(&slide.id)),
        ("number", Value::from(slide.number)),
        ("bare", Value::from(layout.bare)),
        ("title", html(titled)),
        ("long", Value::from(long)),
        ("whole", Value::from(whole)),
        ("ask", slide.ask.as_ref().map_or_else(Value::none, |ask| html(writer.inline(ask)))),
        ("origin", origin),
        ("reveal", if slide.reveal == Reveal::Steps { text("steps") } else { Value::none() }),
    ]);
    Ok((facts, slot::draw_all(writer, press.job, layout, slide, plain)))
}

/// Leaves out the line ends after blocks, which show nowhere. Those between words, and those in
/// code, stay.
fn close_up(html: &str) -> String {
    let ends_block = |html: &str| {
        html.ends_with("</li>")
            || html.ends_with("</p>")
            || html.ends_with("</ul>")
            || html.ends_with("</div>")
            || html.ends_with("</ol>")
            || html.ends_with("</section>")
            || html.ends_with("</table>")
    };
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'\n', rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        rest = after.trim_start_matches('\n');
        if !ends_block(before) {
            out.push_str(&after[..after.len() - rest.len()]);
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_line_ends_after_blocks_go() {
        let html = "<ul>\n<li>a\nb</li>\n\n<li><b>c</b>\n<i>d</i></li></ul>\n<pre><code>x\n\ny\n</code></pre>\n";
        let closed =
            "<ul>\n<li>a\nb</li><li><b>c</b>\n<i>d</i></li></ul><pre><code>x\n\ny\n</code></pre>\n";
        assert_eq!(super::close_up(html), closed);
        assert_eq!(super::close_up(closed), closed);
    }
}
