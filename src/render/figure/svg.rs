//! Pieces that all drawings share. Units are those of the 1920 × 1080 canvas.

use serde_json::Value;
use std::fmt::Write as _;
use tera::escape_html;

/// A text safe inside markup.
pub(crate) fn escape(text: &str) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = escape_html(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// A coordinate with one decimal at most.
pub(super) fn at(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A `<text>` element.
pub(super) fn text(x: f64, y: f64, class: &str, anchor: &str, content: &str) -> String {
    format!(
        "<text x=\"{}\" y=\"{}\" class=\"{class}\" text-anchor=\"{anchor}\">{}</text>",
        at(x),
        at(y),
        escape(content)
    )
}

/// A `<line>` element.
pub(super) fn line(from: (f64, f64), to: (f64, f64), class: &str) -> String {
    let (x1, y1, x2, y2) = (at(from.0), at(from.1), at(to.0), at(to.1));
    format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>")
}

/// The whole drawing with its text alternative.
pub(super) fn figure(width: f64, height: f64, alt: &str, body: &str, table: &str) -> String {
    format!(
        "<figure class=\"drawing\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{body}</svg>\
         {table}</figure>",
        at(width),
        at(height),
        escape(alt)
    )
}

/// The data as a table for those who do not see the drawing.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = String::from("<table class=\"unseen\"><thead><tr>");
    for cell in head {
        let _ = write!(out, "<th>{}</th>", escape(cell));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", escape(cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    out
}

/// About how wide a text is, in ems: Han count one, others a little more than half.
pub(crate) fn ems(text: &str) -> f64 {
    text.chars().map(|c| if (c as u32) < 0x2e80 { 0.56 } else { 1.0 }).sum()
}

/// A labelled value.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) value: f64,
}

/// A label as written: text or number.
pub(super) fn label(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads `[{label, value}]`.
pub(super) fn points(list: Option<&Value>) -> Vec<Point> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items
        .filter_map(|item| {
            let label = label(item.get("label"));
            let id = item.get("id").and_then(Value::as_str).unwrap_or(&label).to_owned();
            Some(Point { id, label, value: item.get("value")?.as_f64()? })
        })
        .collect()
}

/// Reads threshold lines `[{value, label}]`.
pub(super) fn thresholds(value: &Value) -> Vec<(f64, String)> {
    let lines = value.get("lines").and_then(Value::as_array).into_iter().flatten();
    lines
        .filter_map(|line| match line.as_f64() {
            Some(number) => Some((number, shown(number))),
            None => Some((line.get("value")?.as_f64()?, label(line.get("label")))),
        })
        .collect()
}

/// A number for people: two decimals at most.
pub(super) fn shown(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether a list of labels names a point, by label or id.
pub(super) fn named(value: &Value, key: &str, point: &Point) -> bool {
    let list = value.get(key).and_then(Value::as_array).into_iter().flatten();
    list.map(|item| label(Some(item))).any(|name| name == point.label || name == point.id)
}
