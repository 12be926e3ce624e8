//! Charts and figures as SVG: drawn from data at build time, coloured by CSS classes, with the
//! data as a table for those who do not see them.

mod axis;
mod bar;
mod line;
mod network;
mod svg;

pub(super) use svg::{ems, escape};

use crate::theme::Words;
use serde_json::Value;

/// Words that a drawing needs.
pub(super) struct Labels {
    pub(super) item: String,
    pub(super) value: String,
}

impl Labels {
    pub(super) fn new(words: &Words) -> Self {
        Self { item: words.word("deck.table.item"), value: words.word("deck.table.value") }
    }
}

/// Draws `chart: {kind: bar | line, …}`; the error is a sentence for authors.
pub(super) fn draw_chart(value: &Value, labels: &Labels) -> Result<String, String> {
    match value.get("kind").and_then(Value::as_str) {
        Some("bar") => bar::draw(value, labels),
        Some("line") => line::draw(value, labels),
        other => Err(format!("chart kind {} is not bar or line", other.unwrap_or("(none)"))),
    }
}

/// Draws `figure: {kind: network | axis, …}`; the error is a sentence for authors.
pub(super) fn draw_figure(value: &Value, labels: &Labels) -> Result<String, String> {
    match value.get("kind").and_then(Value::as_str) {
        Some("network") => network::draw(value),
        Some("axis") => axis::draw(value, labels),
        other => Err(format!("figure kind {} is not network or axis", other.unwrap_or("(none)"))),
    }
}
