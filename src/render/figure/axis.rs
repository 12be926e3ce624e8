//! A score axis: points on a line, bands between thresholds, labels that keep apart.

use super::Labels;
use super::svg::{at, ems, figure, label, line, named, points, shown, table, text, thresholds};
use serde_json::Value;
use std::fmt::Write as _;

pub(super) fn draw(value: &Value, labels: &Labels) -> Result<String, String> {
    let mut points = points(value.get("points"));
    let edge = |key: &str| value.get(key).and_then(Value::as_f64);
    let (Some(from), Some(to)) = (edge("from"), edge("to")) else {
        return Err("an axis needs from and to".to_owned());
    };
    if points.is_empty() || to <= from {
        return Err("an axis needs points, and from below to".to_owned());
    }
    points.sort_by(|a, b| a.value.total_cmp(&b.value));
    let (width, left, right, base) = (1680.0, 60.0, 1620.0, 470.0);
    let x = |number: f64| left + (number - from) / (to - from) * (right - left);
    let mut body = String::new();
    let bands = value.get("bands").and_then(Value::as_array).into_iter().flatten();
    for (place, band) in bands.enumerate() {
        let start = x(band.get("from").and_then(Value::as_f64).unwrap_or(from).max(from));
        let end = x(band.get("to").and_then(Value::as_f64).unwrap_or(to).min(to));
        let _ = write!(
            body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"56\" class=\"band b{}\"/>",
            at(start),
            at(base + 10.0),
            at((end - start).max(0.0)),
            place % 3
        );
        body.push_str(&text(
            f64::midpoint(start, end),
            base + 50.0,
            "label",
            "middle",
            &label(band.get("label")),
        ));
    }
    for (limit, name) in thresholds(value) {
        body.push_str(&line((x(limit), 60.0), (x(limit), base + 80.0), "threshold"));
        body.push_str(&text(x(limit), base + 120.0, "note", "middle", &name));
    }
    body.push_str(&line((left, base), (right, base), "base"));
    // Each label takes the lowest of the rows above the axis where it touches no other.
    let mut taken: Vec<f64> = Vec::new();
    for point in &points {
        let words = format!("{} {}", point.label, shown(point.value));
        let half = ems(&words) * 17.0 + 12.0;
        let here = x(point.value);
        let middle = here.clamp(left + half, right - half);
        let row = taken.iter().position(|end| middle - half > *end).unwrap_or(taken.len());
        if row == taken.len() {
            taken.push(0.0);
        }
        taken[row] = middle + half;
        #[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
        let y = base - 60.0 - row as f64 * 62.0;
        let strong = if named(value, "highlight", point) { " strong" } else { "" };
        body.push_str(&line((here, base), (middle, y + 14.0), "stem"));
        let _ = write!(
            body,
            "<circle cx=\"{}\" cy=\"{}\" r=\"11\" class=\"dot{strong}\"/>",
            at(here),
            at(base)
        );
        body.push_str(&text(middle, y, &format!("label{strong}"), "middle", &words));
    }
    let alt = value.get("alt").and_then(Value::as_str).unwrap_or_default();
    let rows = points.iter().map(|point| vec![point.label.clone(), shown(point.value)]);
    let data = table(&[&labels.item, &labels.value], &rows.collect::<Vec<_>>());
    Ok(figure(width, 620.0, alt, &body, &data))
}
