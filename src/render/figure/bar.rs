//! A bar chart: ranked bars with their values, threshold lines, some set apart.

use super::Labels;
use super::svg::{
    Point, at, ems, figure, label, line, named, points, shown, table, text, thresholds,
};
use serde_json::Value;
use std::fmt::Write as _;

/// The class that says how a bar is set apart.
fn class(value: &Value, point: &Point) -> &'static str {
    if named(value, "crossed", point) {
        "bar crossed"
    } else if named(value, "highlight", point) {
        "bar strong"
    } else if named(value, "muted", point) {
        "bar quiet"
    } else {
        "bar"
    }
}

pub(super) fn draw(value: &Value, labels: &Labels) -> Result<String, String> {
    let series = value.get("series").and_then(|series| series.get(0));
    let mut points = points(series.and_then(|series| series.get("points")));
    if points.is_empty() {
        return Err("a bar chart needs series with points".to_owned());
    }
    if value.get("sort").and_then(Value::as_bool).unwrap_or_default() {
        points.sort_by(|a, b| b.value.total_cmp(&a.value));
    }
    let unit = label(value.get("unit"));
    let alt = value.get("alt").and_then(Value::as_str).unwrap_or_default();
    let rows = points
        .iter()
        .map(|point| vec![point.label.clone(), format!("{}{unit}", shown(point.value))]);
    let data = table(&[&labels.item, &labels.value], &rows.collect::<Vec<_>>());
    Ok(if value.get("horizontal").and_then(Value::as_bool).unwrap_or_default() {
        horizontal(value, &points, &unit, alt, &data)
    } else {
        vertical(value, &points, &unit, alt, &data)
    })
}

fn most(value: &Value, points: &[Point]) -> f64 {
    let largest = points.iter().map(|point| point.value).fold(0.0, f64::max);
    let wanted = value.get("most").and_then(Value::as_f64).unwrap_or(largest);
    if wanted > 0.0 { wanted } else { 1.0 }
}

fn horizontal(value: &Value, points: &[Point], unit: &str, alt: &str, data: &str) -> String {
    let width = 1680.0;
    #[expect(clippy::cast_precision_loss, reason = "a number of bars is small")]
    let step = (700.0 / points.len() as f64).min(96.0);
    let gutter = points.iter().map(|point| ems(&point.label)).fold(0.0, f64::max) * 34.0 + 32.0;
    let scale = (width - gutter - 180.0) / most(value, points);
    #[expect(clippy::cast_precision_loss, reason = "a number of bars is small")]
    let height = step * points.len() as f64 + 64.0;
    let mut body = String::new();
    for (limit, name) in thresholds(value) {
        let x = gutter + limit * scale;
        body.push_str(&line((x, 44.0), (x, height), "threshold"));
        body.push_str(&text(x, 30.0, "note", "middle", &name));
    }
    let mut y = 56.0;
    for point in points {
        let length = point.value.max(0.0) * scale;
        let middle = y + step * 0.5 + 11.0;
        let class = class(value, point);
        body.push_str(&text(gutter - 24.0, middle, "label", "end", &point.label));
        let _ = write!(
            body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" class=\"{class}\"/>",
            at(gutter),
            at(y + step * 0.16),
            at(length),
            at(step * 0.68)
        );
        if class.ends_with("crossed") {
            let middle = y + step * 0.5;
            body.push_str(&line((gutter, middle), (gutter + length + 12.0, middle), "cross"));
        }
        let number = format!("{}{unit}", shown(point.value));
        body.push_str(&text(gutter + length + 20.0, middle, "number", "start", &number));
        y += step;
    }
    figure(width, height, alt, &body, data)
}

fn vertical(value: &Value, points: &[Point], unit: &str, alt: &str, data: &str) -> String {
    let (width, height, foot) = (1680.0, 720.0, 640.0);
    #[expect(clippy::cast_precision_loss, reason = "a number of bars is small")]
    let step = (width - 120.0) / points.len() as f64;
    let scale = (foot - 90.0) / most(value, points);
    let mut body = line((60.0, foot), (width - 60.0, foot), "base");
    for (limit, name) in thresholds(value) {
        let y = foot - limit * scale;
        body.push_str(&line((60.0, y), (width - 60.0, y), "threshold"));
        body.push_str(&text(width - 60.0, y - 14.0, "note", "end", &name));
    }
    let mut x = 60.0;
    let bar = (step * 0.62).min(170.0);
    for point in points {
        let length = point.value.max(0.0) * scale;
        let middle = x + step * 0.5;
        let class = class(value, point);
        let _ = write!(
            body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" class=\"{class}\"/>",
            at(middle - bar * 0.5),
            at(foot - length),
            at(bar),
            at(length)
        );
        let number = format!("{}{unit}", shown(point.value));
        body.push_str(&text(middle, foot - length - 18.0, "number", "middle", &number));
        body.push_str(&text(middle, foot + 50.0, "label", "middle", &point.label));
        if class.ends_with("crossed") {
            body.push_str(&line(
                (middle - bar * 0.5, foot),
                (middle + bar * 0.5, foot - length),
                "cross",
            ));
        }
        x += step;
    }
    figure(width, height, alt, &body, data)
}
