//! Figures that a chart takes from an exercise: `from: swot.score.P` brings a whole column, and a
//! value written `{=screening.score.T01.total}` one cell.

use super::text::Writer;
use crate::markdown;
use serde_json::{Value, json};

/// Replaces what stands for an exercise's figures by the figures, in place.
pub(super) fn fetch(writer: &Writer<'_>, value: &mut Value) {
    bring_column(writer, value, "from", |points| ("series", json!([{"points": points}])));
    bring_column(writer, value, "from_column", |points| ("points", points));
    fill_cells(writer, value);
}

fn bring_column(
    writer: &Writer<'_>,
    value: &mut Value,
    key: &str,
    place: impl Fn(Value) -> (&'static str, Value),
) {
    let Some(map) = value.as_object_mut() else { return };
    let Some(address) = map.get(key).and_then(Value::as_str) else { return };
    let Some(column) = writer.column(address) else { return };
    let points = column
        .into_iter()
        .filter_map(|(id, name, value)| Some(json!({"id": id, "label": name, "value": value?})));
    let (key_in, points) = place(points.collect());
    map.remove(key);
    map.insert(key_in.to_owned(), points);
}

fn fill_cells(writer: &Writer<'_>, value: &mut Value) {
    match value {
        Value::String(text) => {
            // A text that is nothing but one quoted figure is that number.
            let cell = match markdown::quotes(text).as_slice() {
                [quote] if quote.range.len() == text.trim().len() => {
                    writer.figure(quote.path, quote.decimals)
                }
                _ => None,
            };
            if let Some(number) = cell.and_then(|cell| cell.parse::<f64>().ok()) {
                *value = json!(number);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_cells(writer, item)),
        Value::Object(map) => map.values_mut().for_each(|item| fill_cells(writer, item)),
        _ => {}
    }
}
