//! The course's front page.

use super::page::{Page, Press, Sheet};
use super::sources;
use super::value::{html, list, map, text};
use crate::source::RelPath;
use crate::theme::{ThemeError, Words};
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// Draws `index.html`.
pub(super) fn draw(press: &Press<'_>) -> Result<Page, ThemeError> {
    let course = press.job.course;
    let path =
        RelPath::new("index.html").ok_or_else(|| ThemeError::new("index.html".to_owned()))?;
    let writer = press.writer(&path);
    let say = |key: &str, n: usize| text(press.job.words.say(key, &[("n", n.to_string())]));
    let parts = course.parts.iter().map(|part| {
        let chapters =
            course.chapters.iter().filter(|chapter| part.chapters.contains(&chapter.stem));
        let chapters = chapters.map(|chapter| {
            let mut facts = press.chapter(&writer, chapter);
            facts.push(("slides", say("index.slides", chapter.slides.len())));
            facts.push(("questions", say("index.questions", chapter.questions.len())));
            map(facts)
        });
        map([("title", text(&part.title)), ("chapters", list(chapters))])
    });
    let exercises = course.exercises.values().map(|exercise| {
        let (title, intro) = (&exercise.exercise.title, &exercise.exercise.intro);
        map([
            ("id", text(&exercise.id)),
            ("title", html(writer.inline(title))),
            ("intro", html(writer.block(intro))),
            ("stages", say("index.stages", exercise.exercise.stage_ids().len())),
            ("url", text(format!("practice/{}.html", exercise.id))),
        ])
    });
    let minutes: f64 = course.chapters.iter().map(|chapter| chapter.minutes).sum();
    let exercise_count = course.exercises.len();
    let totals = map([
        ("chapters", say("index.chapter_count", course.chapters.len())),
        (
            "questions",
            say("index.questions", course.chapters.iter().map(|it| it.questions.len()).sum()),
        ),
        (
            "exercises",
            if exercise_count == 0 {
                Value::none()
            } else {
                say("index.exercise_count", exercise_count)
            },
        ),
        ("hours", text(length(minutes, press.job.words))),
    ]);
    let mut data = Map::new();
    data.insert(
        "chapters".to_owned(),
        course
            .chapters
            .iter()
            .map(|chapter| {
                json!({
                    "stem": chapter.stem,
                    "number": chapter.number,
                    "title": writer.plain(&chapter.title),
                    "objectives": chapter.objectives.iter().map(|it| &it.id).collect::<Vec<_>>(),
                    "questions": chapter.questions.iter().map(|q| &q.id).collect::<Vec<_>>(),
                    "slides": chapter.slides.iter().map(|slide| &slide.id).collect::<Vec<_>>(),
                })
            })
            .collect::<Json>(),
    );
    data.insert(
        "exercises".to_owned(),
        course
            .exercises
            .values()
            .map(|exercise| {
                json!({
                    "id": exercise.id,
                    "title": writer.plain(&exercise.exercise.title),
                    "stages": exercise.exercise.stage_ids(),
                })
            })
            .collect::<Json>(),
    );
    data.insert("engine".to_owned(), json!(press.assets.engine(&writer.shared)));
    let sheet = Sheet { data, ..Sheet::new("index", &path, &course.title) };
    press.print(
        sheet,
        [
            ("parts", list(parts)),
            ("exercises", list(exercises)),
            ("appendix", appendix(press)),
            ("totals", totals),
        ],
    )
}

/// How long the course takes: in minutes up to an hour, then in half hours.
fn length(minutes: f64, words: &Words) -> String {
    let hours = (minutes / 30.0).round() / 2.0;
    if minutes < 60.0 {
        words.say("index.short", &[("n", minutes.round().to_string())])
    } else {
        words.say("index.hours", &[("n", hours.to_string())])
    }
}

/// The pages that belong to the course as a whole.
fn appendix(press: &Press<'_>) -> Value {
    let course = press.job.course;
    let pages =
        [("glossary", !course.glossary.is_empty()), ("sources", sources::are_drawn(course))];
    let pages = pages.into_iter().filter(|(_, there)| *there).map(|(page, _)| {
        let title = press.job.words.word(&format!("index.{page}"));
        map([("url", text(format!("{page}.html"))), ("title", text(title))])
    });
    list(pages)
}
