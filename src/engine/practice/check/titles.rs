//! What people would read by its id, for want of a title: headings, and names in formulas.

use super::Check;
use crate::Message;
use crate::json::{Map, Value};
use crate::practice::column::Column;
use crate::practice::file::{Parameter, row_id};
use crate::practice::model::Model;
use crate::practice::{is_code, unknown};

/// Ids that nobody should have to read.
pub(super) fn missing(check: &mut Check<'_>) {
    let file = &check.model.file;
    let chinese = file.title.contains(han);
    // Chinese ids stay as they are in a translation; words_joined_up are no words.
    let reads = |id: &str| is_code(id) || !(chinese || id.contains(han) || id.contains('_'));
    for (name, value) in &file.values.0 {
        // Weights are called what their columns are.
        let titled = file.titles.get(name).is_some();
        if matches!(value, Parameter::Number(_)) && !titled && !reads(name) {
            let message = Message::new("exercise.needs-value-title").with("id", name.as_str());
            check.warn(&format!("values.{name}"), message);
        }
    }
    for (name, table) in &file.data.0 {
        for (at, row) in table.rows.iter().enumerate() {
            if needs_name(row, reads) {
                let message = Message::new("exercise.needs-name").with("id", row_id(row));
                check.warn(&format!("data.{name}.rows[{at}].id"), message);
            }
        }
    }
    for (place, id) in untitled(check.model) {
        if !id.is_empty() && !reads(id) {
            check.warn(&place, Message::new("exercise.needs-title").with("id", id));
        }
    }
}

/// Titles of values that there are none of.
pub(super) fn of_nothing(check: &mut Check<'_>) {
    let file = &check.model.file;
    for name in file.titles.keys() {
        let (first, key) = name.split_once('.').unwrap_or((name, ""));
        let there = match file.values.get(first) {
            Some(Parameter::Numbers(map)) => key.is_empty() || map.get(key).is_some(),
            Some(Parameter::Number(_)) => key.is_empty(),
            None => false,
        };
        if !there {
            let message = unknown("exercise.no-parameter", name, file.values.keys());
            check.error(&format!("titles.{name}"), message);
        }
    }
}

/// An id and its title.
type Head<'m> = (&'m str, Option<&'m String>);

/// The ids of what has no title, with their places.
fn untitled(model: &Model) -> Vec<(String, &str)> {
    let mut lists: Vec<(String, Vec<Head<'_>>)> = Vec::new();
    for (name, table) in &model.file.data.0 {
        let fields = table.fields.iter().map(|it| (it.id.as_str(), it.title.as_ref()));
        lists.push((format!("data.{name}.fields"), fields.collect()));
    }
    let stages = model.file.stages.iter().map(|it| (it.id(), it.common.title.as_ref()));
    lists.push(("stages".to_owned(), stages.collect()));
    for at in 0..model.file.stages.len() {
        lists.push((format!("stages[{at}].columns"), model.columns(at).iter().map(head).collect()));
        lists.push((format!("stages[{at}].results"), model.results(at).iter().map(head).collect()));
        if let Some(it) = model.pipeline(at) {
            let places = it.places.iter().map(|it| (it.id.as_str(), it.title.as_ref()));
            lists.push((format!("stages[{at}].places"), places.collect()));
            let facts = it.facts.iter().map(|it| (it.id.as_str(), it.title.as_ref()));
            lists.push((format!("stages[{at}].facts"), facts.collect()));
            let counters = it.counters.iter().map(|it| (it.id.as_str(), it.title.as_ref()));
            lists.push((format!("stages[{at}].counters"), counters.collect()));
            let moves = it.moves.iter().map(|it| (it.id.as_str(), it.title.as_ref()));
            lists.push((format!("stages[{at}].moves"), moves.collect()));
        }
    }
    let heads = lists.into_iter().flat_map(|(list, heads)| {
        heads.into_iter().enumerate().map(move |(at, head)| (format!("{list}[{at}].id"), head))
    });
    heads.filter(|(_, (_, title))| title.is_none()).map(|(place, (id, _))| (place, id)).collect()
}

fn head(column: &Column) -> Head<'_> {
    (column.id(), column.common.title.as_ref())
}

/// Whether a row would be known by its id alone.
fn needs_name(row: &Map<String, Value>, reads: impl Fn(&str) -> bool) -> bool {
    let id = row_id(row);
    let worded = row.contains_key("name") || (row.contains_key("text") && !id.contains(han));
    !id.is_empty() && !worded && !reads(id)
}

fn han(letter: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&letter)
}
