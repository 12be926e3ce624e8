//! An exercise in the terminal: stage by stage, each row checked at once; or its solution.
//!
//! | file | what |
//! |---|---|
//! | `session` | the way through the stages: level, menu, going on, stopping |
//! | `table`, `bins`, `pipeline` | how a stage of that kind is filled |
//! | `entry` | asks for one cell, by what it takes |
//! | `card` | the rules to work by |
//! | `figure` | the learner's work as a picture |
//! | `own` | a learner's own table |
//! | `verdict` | cells, mistakes and sums in words |
//! | `worked` | the solution, step by step |

mod bins;
mod card;
mod entry;
mod figure;
mod own;
mod pipeline;
mod session;
mod table;
mod verdict;
mod worked;

pub use own::{OwnFormat, findings, judge, own, wants_judgement, write_own, write_template};
pub use session::{Choice, Keep, Kept, ask, choose};
pub use verdict::write_verdict;
pub use worked::write_worked;

use super::phrase::{aside, pair, several, shown};
use super::{Screen, engine, list, text};
use crate::course::{is_code, tells};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

/// An exercise as the terminal works on it: its JSON with the texts already plain.
#[derive(Debug, Clone, Copy)]
pub struct Task<'t> {
    /// The exercise's id.
    pub id: &'t str,
    /// The exercise as the engine writes it.
    pub exercise: &'t Value,
    /// Which variant is worked on.
    pub variant: Option<&'t str>,
    /// How much of it is shown worked: `show`, `complete`, `solo` or `mix`; all open if absent.
    pub level: Option<&'t str>,
}

impl Task<'_> {
    fn call(&self, op: &str, answers: &Value) -> Result<Value, Message> {
        let mut request = json!({ "op": op, "exercise": self.exercise });
        if op == "practice.worked" {
            request["id"] = self.id.into();
        } else if let Some(level) = self.level {
            request["level"] = level.into();
        }
        if let Some(variant) = self.variant {
            request["variant"] = variant.into();
        }
        if !answers.is_null() {
            request["answers"] = answers.clone();
        }
        engine(&request)
    }

    /// What a learner sees.
    pub(super) fn face(&self) -> Result<Value, Message> {
        self.call("practice.face", &Value::Null)
    }

    /// Puts the exercise's id first, as results are documented.
    fn named(&self, result: Value) -> Value {
        let mut named = Map::new();
        named.insert("exercise".to_owned(), self.id.into());
        if let Value::Object(result) = result {
            named.extend(result.into_iter().filter(|(key, _)| key != "exercise"));
        }
        Value::Object(named)
    }
}

/// The verdict on answers by stage and cell.
pub fn grade(task: &Task<'_>, answers: &Map<String, Value>) -> Result<Value, Message> {
    let answers = Value::Object(answers.clone());
    Ok(task.named(task.call("practice.grade", &answers)?))
}

/// The solution with every step.
pub fn worked(task: &Task<'_>) -> Result<Value, Message> {
    Ok(task.named(task.call("practice.worked", &Value::Null)?))
}

/// The title, else the id.
fn titled(value: &Value) -> String {
    let title = text(value, "title");
    if title.is_empty() { text(value, "id") } else { title }.to_owned()
}

/// A row or item by id and name, `T01 沐野`; an id that says nothing is left out.
fn called(row: &Value) -> String {
    let (id, name) = (text(row, "id"), text(row, "name"));
    match name {
        "" => id.to_owned(),
        name if tells(id, name) => format!("{id} {name}"),
        name => name.to_owned(),
    }
}

/// A row or item with all that it is called: `T01 沐野：…`.
fn described(row: &Value, words: &Words) -> String {
    let (called, about) = (called(row), text(row, "text"));
    if about.is_empty() { called } else { pair(words, &called, about) }
}

/// A number that is told as a text, with the sign that typesetters use; any other text as it is.
fn minus(told: &str) -> String {
    match told.strip_prefix('-') {
        Some(rest) if rest.starts_with(|next: char| next.is_ascii_digit()) => format!("−{rest}"),
        _ => told.to_owned(),
    }
}

/// The entry of that id.
fn with_id<'v>(entries: &'v [Value], id: &str) -> Option<&'v Value> {
    entries.iter().find(|entry| text(entry, "id") == id)
}

/// What a cell belongs to.
struct CellName<'f> {
    /// Its row, item or person; none for a result.
    row: Option<&'f Value>,
    /// Its column or result.
    column: Option<&'f Value>,
    /// What the column is called, with the part or item that the cell is of.
    title: String,
}

/// What the name of a cell stands for in a stage's face: `T01.total`, `T01.plan.quota`,
/// `Q1.T01`, `enter`.
fn named_cell<'f>(face: &'f Value, cell: &str, words: &Words) -> CellName<'f> {
    let (first, rest) = cell.split_once('.').unwrap_or((cell, ""));
    if rest.is_empty() {
        let column = with_id(list(face, "results"), first);
        let title = column.map_or_else(|| first.to_owned(), titled);
        return CellName { row: None, column, title };
    }
    if text(face, "kind") == "pipeline" {
        let row = with_id(list(face, "rows"), rest);
        return CellName { row, column: None, title: first.to_owned() };
    }
    if text(face, "kind") == "bins" {
        return CellName { row: None, column: None, title: first.to_owned() };
    }
    let rows = [list(face, "rows"), list(face, "items")].into_iter().flatten();
    let row = rows.into_iter().find(|row| text(row, "id") == first);
    let (id, part) = rest.split_once('.').unwrap_or((rest, ""));
    let column = with_id(list(face, "columns"), id);
    let mut title = column.map_or_else(|| id.to_owned(), titled);
    if !part.is_empty() {
        let item = column.and_then(|column| with_id(list(column, "items"), part));
        let part =
            item.map_or_else(|| words.word(&format!("terminal.practice.part.{part}")), called);
        title = format!("{title} · {part}");
    }
    CellName { row, column, title }
}

/// A name wider than this is a sentence.
const NAME: usize = 24;

/// What an answer is called: names for ids, `✓` for true.
fn answer_text(face: &Value, column: Option<&Value>, answer: &Value, words: &Words) -> String {
    let options = match column {
        Some(column) if !list(column, "options").is_empty() => list(column, "options"),
        Some(column) if text(column, "input") == "pick" => list(face, "rows"),
        Some(_) => &[],
        None if text(face, "kind") == "pipeline" => list(face, "places"),
        None => list(face, "bins"),
    };
    let name = |id: &str| match with_id(options, id) {
        Some(option) if text(option, "name").is_empty() => id.to_owned(),
        Some(option) => text(option, "name").to_owned(),
        None => id.to_owned(),
    };
    match answer {
        Value::String(id) => name(id),
        Value::Array(ids) if !ids.is_empty() && coded(options) => shown(words, answer),
        Value::Array(ids) if !ids.is_empty() => {
            several(words, ids.iter().map(|id| id.as_str().map_or_else(|| shown(words, id), name)))
        }
        other => shown(words, other),
    }
}

/// Whether options are told by their codes where several may stand in a cell: some names are as
/// long as sentences.
fn coded(options: &[Value]) -> bool {
    options.iter().all(|option| is_code(text(option, "id")))
        && options.iter().any(|option| text(option, "name").width() > NAME)
}

/// What the codes stand for that columns hold, as far as no rule above says it.
fn legend<'f>(
    face: &'f Value,
    columns: impl Iterator<Item = (&'f Value, Vec<&'f Value>)>,
    words: &Words,
    screen: &mut Screen<'_>,
) -> std::io::Result<()> {
    let cards = card::cards(face, words);
    let mut held: Vec<(&[Value], Vec<&Value>)> = Vec::new();
    for (column, values) in columns.filter(|(column, _)| coded(list(column, "options"))) {
        let options = list(column, "options");
        match held.iter_mut().find(|(known, _)| *known == options) {
            Some((_, known)) => known.extend(values),
            None => held.push((options, values)),
        }
    }
    for (options, values) in held {
        let ids = || values.iter().filter_map(|value| value.as_array()).flatten();
        for option in options.iter().filter(|option| ids().any(|id| Some(id) == option.get("id"))) {
            if !cards.iter().any(|card| card.tells(text(option, "id"), text(option, "name"))) {
                screen.item("·", &entry::label(option, words))?;
            }
        }
    }
    Ok(())
}

/// Writes which exercises there are: `[{id, title, stages, variants}]`.
pub fn write_catalogue(
    entries: &[Value],
    words: &Words,
    screen: &mut Screen<'_>,
) -> std::io::Result<()> {
    let header =
        ["exercise", "title", "stages"].map(|key| words.word(&format!("terminal.practice.{key}")));
    let row = |entry: &Value| {
        let stages = list(entry, "stages").len().to_string();
        vec![text(entry, "id").to_owned(), text(entry, "title").to_owned(), stages]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    screen.table(&header, &rows)?;
    screen.folded(&words.word("terminal.practice.how"))
}
