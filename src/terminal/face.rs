//! Asks for the answer to one face, whatever its widget.

use super::ask::{Ask, Stop};
use super::phrase::aside;
use super::{list, text};
use crate::theme::Words;
use serde_json::{Map, Value, json};

/// The answer to a question's face, in the answer format.
pub(super) fn answer(face: &Value, ask: &mut dyn Ask, words: &Words) -> Result<Value, Stop> {
    let word = |key: &str| words.word(&format!("terminal.{key}"));
    Ok(match text(face, "widget") {
        "pick_one" => {
            let options = list(face, "options");
            let at = ask.one(&word("choose-one"), &labels(options, words))?;
            id(options, at)
        }
        "pick_many" => {
            let options = list(face, "options");
            let chosen = ask.many(&word("choose-many"), &labels(options, words))?;
            chosen.into_iter().map(|at| id(options, at)).collect()
        }
        "number" => {
            let unit = text(face, "unit");
            let prompt = if unit.is_empty() {
                word("number")
            } else {
                words.say("terminal.number-in", &[("unit", unit)])
            };
            ask.line(&prompt)?.into()
        }
        "blanks" => blanks(face, ask, words)?,
        "grid" => grid(face, ask, words)?,
        "hotspot" => {
            let regions = list(face, "regions");
            if face.get("many").and_then(Value::as_bool) == Some(true) {
                let chosen = ask.many(&word("choose-many"), &labels(regions, words))?;
                chosen.into_iter().map(|at| id(regions, at)).collect()
            } else {
                id(regions, ask.one(&word("choose-one"), &labels(regions, words))?)
            }
        }
        "pair" => {
            let targets = list(face, "targets");
            let labels = labels(targets, words);
            let mut pairs = Map::new();
            for left in list(face, "lefts") {
                let at = ask.one(text(left, "text"), &labels)?;
                pairs.insert(text(left, "id").to_owned(), id(targets, at));
            }
            Value::Object(pairs)
        }
        "order" => match face.get("top").and_then(Value::as_u64) {
            Some(top) => first(list(face, "items"), top, ask, words)?,
            None => order(list(face, "items"), ask, words)?,
        },
        "essay" => json!({ "text": ask.line(&word("essay"))? }),
        _ => ask.line(&word("text"))?.into(),
    })
}

/// What fills each gap: a choice, or something typed.
fn blanks(face: &Value, ask: &mut dyn Ask, words: &Words) -> Result<Value, Stop> {
    let mut given = Vec::new();
    for (at, gap) in list(face, "gaps").iter().enumerate() {
        let prompt = words.say("terminal.blank", &[("n", (at + 1).to_string())]);
        let options = list(gap, "options");
        let unit = text(gap, "unit");
        given.push(if !options.is_empty() {
            id(options, ask.one(&prompt, &labels(options, words))?)
        } else if unit.is_empty() {
            ask.line(&prompt)?.into()
        } else {
            ask.line(&format!("{prompt}{}", aside(words, unit)))?.into()
        });
    }
    Ok(Value::Array(given))
}

/// One column, or any number of them, for each row.
fn grid(face: &Value, ask: &mut dyn Ask, words: &Words) -> Result<Value, Stop> {
    let columns = list(face, "columns");
    let labels = labels(columns, words);
    let many = face.get("many").and_then(Value::as_bool) == Some(true);
    let mut given = Map::new();
    for row in list(face, "rows") {
        let value = if many {
            let chosen = ask.many(text(row, "text"), &labels)?;
            chosen.into_iter().map(|at| id(columns, at)).collect()
        } else {
            id(columns, ask.one(text(row, "text"), &labels)?)
        };
        given.insert(text(row, "id").to_owned(), value);
    }
    Ok(Value::Object(given))
}

/// The first `top` of the items, one after the other.
fn first(items: &[Value], top: u64, ask: &mut dyn Ask, words: &Words) -> Result<Value, Stop> {
    let mut left: Vec<&Value> = items.iter().collect();
    let mut placed = Vec::new();
    for place in 1..=top {
        if left.is_empty() {
            break;
        }
        let labels: Vec<String> = left.iter().map(|item| label(item, words)).collect();
        let at = ask.one(&words.say("terminal.place", &[("n", place.to_string())]), &labels)?;
        placed.push(Value::from(text(left.remove(at.min(left.len() - 1)), "id")));
    }
    Ok(Value::Array(placed))
}

/// Items put into order, one after the other; the last one places itself.
pub(super) fn order(items: &[Value], ask: &mut dyn Ask, words: &Words) -> Result<Value, Stop> {
    let mut left: Vec<&Value> = items.iter().collect();
    let mut placed = Vec::new();
    while left.len() > 1 {
        let labels: Vec<String> = left.iter().map(|item| label(item, words)).collect();
        let place = (placed.len() + 1).to_string();
        let at = ask.one(&words.say("terminal.place", &[("n", place)]), &labels)?;
        placed.push(Value::from(text(left.remove(at.min(left.len() - 1)), "id")));
    }
    placed.extend(left.into_iter().map(|item| Value::from(text(item, "id"))));
    Ok(Value::Array(placed))
}

/// What options are called on screen.
pub(super) fn labels(entries: &[Value], words: &Words) -> Vec<String> {
    entries.iter().map(|entry| label(entry, words)).collect()
}

/// What one option is called: its text or name, else its id; true and false have words.
pub(super) fn label(entry: &Value, words: &Words) -> String {
    let id = text(entry, "id");
    let shown =
        [text(entry, "text"), text(entry, "name")].into_iter().find(|text| !text.is_empty());
    match (shown, id) {
        (Some(text), _) => text.to_owned(),
        (None, "true" | "false") => words.word(&format!("engine.answer.{id}")),
        (None, id) => id.to_owned(),
    }
}

pub(super) fn id(entries: &[Value], at: usize) -> Value {
    entries.get(at).map_or(Value::Null, |entry| text(entry, "id").into())
}
