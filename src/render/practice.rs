//! An exercise's page.

use super::assets::digest;
use super::page::{Page, Press, Sheet};
use super::quiz::json_of;
use super::value::{self, html, map, text};
use crate::course::Exercise;
use crate::source::RelPath;
use crate::theme::ThemeError;
use serde_json::{Map, json};

/// Draws `practice/<id>.html`.
pub(super) fn draw(press: &Press<'_>, exercise: &Exercise) -> Result<Page, ThemeError> {
    let id = &exercise.id;
    let path = RelPath::new(format!("practice/{id}.html"))
        .ok_or_else(|| ThemeError::new(format!("`{id}` cannot be a file")))?;
    let writer = press.writer(&path);
    // A translation is the same exercise: what was answered in one language counts in the other.
    let original = press.job.course.original().exercises.get(id).unwrap_or(exercise);
    let source = json_of(&original.exercise)?;
    let mut drawn = exercise.exercise.clone();
    drawn.visit_texts(&mut |role, text| *text = writer.role(role, text));
    let refused = |message| ThemeError::new(format!("{}: {message:?}", exercise.file));
    let face = drawn.face(None, None).map_err(refused)?;
    let worked = drawn.worked(id, None, None).map_err(refused)?;
    let mut data = Map::new();
    data.insert("id".to_owned(), json!(id));
    data.insert("exercise".to_owned(), json_of(&drawn)?);
    data.insert("digest".to_owned(), json!(digest(source.to_string().as_bytes())));
    // Titles of the exercises that a level mixes in.
    let others = press.job.course.exercises.values();
    let others = others.map(|other| (other.id.clone(), json!(writer.plain(&other.exercise.title))));
    data.insert("titles".to_owned(), others.collect::<Map<_, _>>().into());
    let title = writer.plain(&exercise.exercise.title);
    let facts = map([
        ("id", text(id)),
        ("title", html(&drawn.title)),
        ("intro", html(&drawn.intro)),
        ("index_url", text(format!("{}index.html", writer.root))),
    ]);
    let sheet = Sheet { kind: "practice", path: path.clone(), title: &title, data };
    let face = value::engine(&json_of(&face)?);
    let worked = value::engine(&json_of(&worked)?);
    press.print(sheet, [("exercise", facts), ("face", face), ("worked", worked)])
}
