//! An exercise's page.

use super::assets::digest;
use super::page::{Page, Press, Sheet};
use super::quiz::json_of;
use super::value::{self, html, map, text};
use crate::course::{Exercise, is_code};
use crate::source::RelPath;
use crate::theme::ThemeError;
use crate::theme::Words;
use serde_json::{Map, Value as Json, json};

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
    let (mut face, mut worked) = (json_of(&face)?, json_of(&worked)?);
    call_by_name(&mut face, &mut worked, press.job.words);
    let (face, worked) = (value::engine(&face), value::engine(&worked));
    press.print(sheet, [("exercise", facts), ("face", face), ("worked", worked)])
}

/// What the page shows without its scripts: every row gets the `code` that people see beside its
/// name, every step and answer of the solution what its cell and its value are called.
fn call_by_name(face: &mut Json, worked: &mut Json, words: &Words) {
    for (stage, solved) in entries(face, "stages").zip(entries(worked, "stages")) {
        for step in entries(solved, "steps") {
            step["called"] = cell_name(stage, text_at(step, "cell"), words).into();
            let column = column_of(stage, text_at(step, "cell"));
            if let (Some(number), Some(column)) = (step["value"].as_f64(), column) {
                step["value"] = shown_number(number, column).into();
            }
            let chosen = column.and_then(|it| find(&it["options"], text_at(step, "value")));
            if let Some(shown) = chosen.map(|it| [code(it), name(it)]) {
                let shown = shown.into_iter().filter(|part| !part.is_empty());
                let mut shown: Vec<&str> = shown.collect();
                shown.dedup();
                step["answer"] = shown.join(" ").into();
            }
        }
        for row in entries(solved, "rows") {
            row["code"] = code(row).into();
            if let Some(bin) = find(&stage["bins"], text_at(row, "answer")) {
                row["bin"] = name(bin).into();
            }
        }
        for key in ["rows", "items", "bins"] {
            for row in entries(stage, key) {
                row["code"] = code(row).into();
            }
        }
    }
}

/// The entries of a list; none if there is no list.
fn entries<'v>(value: &'v mut Json, key: &str) -> impl Iterator<Item = &'v mut Json> {
    value.get_mut(key).and_then(Json::as_array_mut).into_iter().flatten()
}

fn text_at<'v>(value: &'v Json, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn find<'v>(list: &'v Json, id: &str) -> Option<&'v Json> {
    list.as_array()?.iter().find(|it| text_at(it, "id") == id)
}

/// A name as markup; the id where there is none.
fn name(row: &Json) -> &str {
    let name = text_at(row, "name");
    if name.is_empty() { text_at(row, "id") } else { name }
}

/// The id, if it is one that people see.
fn code(row: &Json) -> &str {
    let id = text_at(row, "id");
    if is_code(id) || name(row) == id { id } else { "" }
}

/// The column or result of a cell such as `T01.total`, `enter` or `m1.secs.quota`.
fn column_of<'v>(stage: &'v Json, cell: &str) -> Option<&'v Json> {
    let in_row = cell.split('.').nth(1).and_then(|id| find(&stage["columns"], id));
    in_row.or_else(|| find(&stage["results"], cell))
}

/// `T01 Qingyan Pharma · Total`.
fn cell_name(stage: &Json, cell: &str, words: &Words) -> String {
    let Some(column) = column_of(stage, cell) else { return cell.to_owned() };
    let mut parts = cell.splitn(3, '.');
    let row = parts.next().and_then(|id| find(&stage["rows"], id));
    let row = row.map(|row| [code(row), name(row)]).unwrap_or_default();
    let item = parts.nth(1).map(|item| match find(&column["items"], item) {
        Some(item) => name(item).to_owned(),
        None => words.word(&format!("practice.part_{item}")),
    });
    let mut said: Vec<&str> = row.into_iter().filter(|part| !part.is_empty()).collect();
    said.dedup();
    let row = said.join(" ");
    let parts = [row.as_str(), text_at(column, "title"), item.as_deref().unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A number in the decimals of its column.
fn shown_number(number: f64, column: &Json) -> String {
    let percent = column["percent"] == true;
    let decimals = column["decimals"].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(2);
    let fixed = format!("{:.decimals$}", if percent { number * 100.0 } else { number });
    let short =
        if decimals > 0 { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
    format!("{}{}", short, if percent { "%" } else { "" })
}
