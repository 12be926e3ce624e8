//! A contact sheet of a theme: every layout, filled with its example, light and dark.

use super::assets::Assets;
use super::page::{self, Press};
use super::value::{list, map, text};
use super::{Job, deck};
use crate::source::{RelPath, World};
use crate::theme::{Theme, ThemeError};
use std::fmt::Write as _;

/// A course of one chapter with the example of every layout on a slide of its own: its
/// `course.yaml` and its chapter file.
pub(crate) fn course(
    theme: &Theme<'_>,
    english: bool,
    aspect: &str,
) -> [(&'static str, String); 2] {
    let (language, title) = if english { ("en", "Layouts") } else { ("zh-Hans", "版式") };
    let course = format!(
        "id: preview\ntitle: {title}\nlanguage: {language}\naspect: {aspect}\n\
         parts: [{{title: {title}, chapters: [layouts]}}]\n"
    );
    let mut chapter = format!("title: {title}\nslides:\n");
    for (name, layout) in theme.layouts.iter() {
        let own = if english { &layout.example_en } else { &layout.example };
        // A layout with one example shows that one.
        let example = if own.trim().is_empty() { &layout.example } else { own };
        for (place, line) in example.lines().enumerate() {
            let before = if place == 0 { "- " } else { "  " };
            let _ = writeln!(chapter, "{before}{line}");
            if place == 0 {
                let _ = writeln!(chapter, "  id: {name}");
            }
        }
    }
    [("course.yaml", course), ("chapters/layouts.yaml", chapter)]
}

/// The sheet as one page that needs nothing beside it.
pub(crate) fn draw(job: &Job<'_>, files: &dyn World) -> Result<String, ThemeError> {
    let used = job.theme.layouts.names().collect();
    let assets = Assets::with(&used, job.course, job.theme, job.linking, files)?;
    let press = Press::new(job, &assets);
    let path = RelPath::new("preview.html").ok_or_else(|| ThemeError::new("preview.html"))?;
    let writer = press.writer(&path);
    let Some(chapter) = job.course.chapters.first() else {
        return Err(ThemeError::new("the theme has no layouts"));
    };
    let mut slides = Vec::new();
    let drawn = deck::draw_slides(&press, &writer, chapter, None)?;
    for (slide, shown) in chapter.slides.iter().zip(drawn) {
        let layout = job.theme.layouts.get(&slide.layout);
        let chinese = job.course.language.starts_with("zh");
        let about = layout.map(|layout| if chinese { &layout.about_zh } else { &layout.about });
        let about = about.map_or_else(String::new, Clone::clone);
        slides.push(map([
            ("about", text(about)),
            ("canvas", shown.canvas),
            ("slide", shown.slide),
        ]));
    }
    let tokens = job.tokens();
    let css = format!(
        "{}\n{}",
        assets.style("deck").unwrap_or_default(),
        tokens.scoped(".in-light", ".in-dark")
    );
    let length = css.len() * 2;
    let mut context = press.base_context();
    context.insert_value("css", super::value::html(css));
    context.insert_value("aspect", text(job.course.aspect.name()));
    context.insert_value("theme", text(job.theme.name()));
    context.insert_value("course", press.course(""));
    context.insert_value("slides", list(slides));
    context.insert_value("chapter", map(press.chapter(&writer, chapter)));
    let page = press.fill("page/preview.html", &context, length)?;
    Ok(page::text_of(&page)?.to_owned())
}
