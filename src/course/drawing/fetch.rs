//! Figures that a drawing takes from an exercise: `from: swot.score.P` brings a whole column, and
//! a text `{=screening.score.T01.total}` one cell.

use crate::course::Course;
use crate::markdown;
use serde_json::{Map, Value, json};

/// Keys whose text names a column.
const COLUMN_KEYS: [&str; 2] = ["from", "from_column"];

/// Keys whose texts are not for readers.
const NAMING_KEYS: [&str; 9] =
    ["kind", "from", "from_column", "svg", "id", "under", "ends", "state", "shape"];

/// Whether the text under `key` of a drawing names something instead of being read.
pub(crate) fn names_things(key: &str) -> bool {
    NAMING_KEYS.contains(&key)
}

/// Every column that a drawing names, with its path below `path`.
pub(crate) fn addresses<'v>(value: &'v Value, path: &str, visit: &mut dyn FnMut(String, &'v str)) {
    walk(value, path, "", &mut |path, key, text| {
        if COLUMN_KEYS.contains(&key) {
            visit(path, text);
        }
    });
}

/// Every text of a drawing that readers see, or that quotes a figure.
pub(crate) fn texts<'v>(value: &'v Value, path: &str, visit: &mut dyn FnMut(String, &'v str)) {
    walk(value, path, "", &mut |path, key, text| {
        if !names_things(key) {
            visit(path, text);
        }
    });
}

fn walk<'v>(value: &'v Value, path: &str, key: &str, visit: &mut dyn FnMut(String, &str, &'v str)) {
    match value {
        Value::String(text) => visit(path.to_owned(), key, text),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                walk(item, &format!("{path}[{place}]"), key, visit);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                walk(item, &format!("{path}.{key}"), key, visit);
            }
        }
        _ => {}
    }
}

/// Replaces what stands for an exercise's figures by the figures, in place. What is unknown
/// stays; [`crate::course`]'s rules have said so.
pub(crate) fn fetch(course: &Course, value: &mut Value) {
    if let Some(map) = value.as_object_mut() {
        bring_points(course, map);
        bring_series(course, map);
    }
    fill_cells(course, value);
}

/// A bar chart's or an axis' column becomes its points.
fn bring_points(course: &Course, map: &mut Map<String, Value>) {
    for key in COLUMN_KEYS {
        let Some(column) = map.get(key).and_then(Value::as_str) else { continue };
        let Ok(column) = course.column(column) else { continue };
        let points = column.into_iter().filter_map(|(id, label, value)| {
            let value = value?;
            Some(json!({"id": id, "label": label, "value": value}))
        });
        let points = points.collect();
        map.remove(key);
        map.insert("points".to_owned(), points);
    }
}

/// A series' column becomes its values; the rows become the labels unless there are some.
fn bring_series(course: &Course, map: &mut Map<String, Value>) {
    let mut labels = None;
    for series in map.get_mut("series").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(series) = series.as_object_mut() else { continue };
        let Some(column) = series.get("from").and_then(Value::as_str) else { continue };
        let Ok(column) = course.column(column) else { continue };
        let column: Vec<_> = column.into_iter().filter(|(.., value)| value.is_some()).collect();
        let values = column.iter().map(|(.., value)| json!(value)).collect();
        series.remove("from");
        series.insert("values".to_owned(), values);
        labels = Some(column.into_iter().map(|(_, label, _)| Value::from(label)).collect());
    }
    if let Some(labels) = labels
        && !map.contains_key("labels")
    {
        map.insert("labels".to_owned(), labels);
    }
}

fn fill_cells(course: &Course, value: &mut Value) {
    match value {
        Value::String(text) if text.contains("{=") => {
            let figure = |path: &str, decimals| course.figure(path, decimals).ok();
            *value = Value::from(markdown::substitute(text, &figure).into_owned());
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_cells(course, item)),
        Value::Object(map) => map.values_mut().for_each(|item| fill_cells(course, item)),
        _ => {}
    }
}
