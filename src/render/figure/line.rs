//! A line chart: one line per series, named at its end, with threshold lines.

use super::Labels;
use super::svg::{Point, at, figure, label, line, named, shown, table, text, thresholds};
use serde_json::Value;
use std::fmt::Write as _;

struct Series {
    name: String,
    values: Vec<f64>,
}

pub(super) fn draw(value: &Value, labels: &Labels) -> Result<String, String> {
    let steps = value.get("labels").and_then(Value::as_array).into_iter().flatten();
    let steps: Vec<String> = steps.map(|step| label(Some(step))).collect();
    let series = value.get("series").and_then(Value::as_array).into_iter().flatten();
    let series: Vec<Series> = series
        .map(|item| {
            let values = item.get("values").and_then(Value::as_array).into_iter().flatten();
            Series {
                name: label(item.get("name")),
                values: values.filter_map(Value::as_f64).collect(),
            }
        })
        .collect();
    if steps.len() < 2 || series.is_empty() {
        return Err("a line chart needs labels (two or more) and series with values".to_owned());
    }
    if let Some(odd) = series.iter().find(|series| series.values.len() != steps.len()) {
        return Err(format!(
            "series `{}` has {} values for {} labels",
            odd.name,
            odd.values.len(),
            steps.len()
        ));
    }
    let all = || series.iter().flat_map(|series| series.values.iter().copied());
    let edge = |key: &str| value.get(key).and_then(Value::as_f64);
    let least = edge("least").unwrap_or_else(|| all().fold(f64::INFINITY, f64::min));
    let most = edge("most").unwrap_or_else(|| all().fold(f64::NEG_INFINITY, f64::max));
    let (width, height, left, right, top, foot) = (1680.0, 720.0, 90.0, 1340.0, 40.0, 620.0);
    let span = if most > least { most - least } else { 1.0 };
    let y = |number: f64| foot - (number - least) / span * (foot - top);
    #[expect(clippy::cast_precision_loss, reason = "a number of steps is small")]
    let x = |step: usize| left + (right - left) * step as f64 / (steps.len() - 1) as f64;
    let mut body = line((left, foot + 20.0), (right, foot + 20.0), "base");
    for (limit, name) in thresholds(value) {
        body.push_str(&line((left, y(limit)), (right, y(limit)), "threshold"));
        body.push_str(&text(left - 16.0, y(limit) + 10.0, "note", "end", &name));
    }
    for (at, step) in steps.iter().enumerate() {
        body.push_str(&text(x(at), foot + 70.0, "label", "middle", step));
    }
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (place, series) in series.iter().enumerate() {
        ends.push((y(series.values[steps.len() - 1]), place));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    spread(&mut ends, 44.0);
    for (end, place) in ends {
        let series = &series[place];
        let point = Point { id: series.name.clone(), label: series.name.clone(), value: 0.0 };
        let class = if named(value, "highlight", &point) { "series strong" } else { "series" };
        let path: Vec<String> = series
            .values
            .iter()
            .enumerate()
            .map(|(step, number)| format!("{},{}", at(x(step)), at(y(*number))))
            .collect();
        let _ = write!(
            body,
            "<polyline points=\"{}\" class=\"{class} s{}\"/>",
            path.join(" "),
            place % 4
        );
        for (step, number) in series.values.iter().enumerate() {
            let _ = write!(
                body,
                "<circle cx=\"{}\" cy=\"{}\" r=\"7\" class=\"{class} s{}\"/>",
                at(x(step)),
                at(y(*number)),
                place % 4
            );
            if class.ends_with("strong") {
                body.push_str(&text(
                    x(step),
                    y(*number) - 20.0,
                    "number",
                    "middle",
                    &shown(*number),
                ));
            }
        }
        let last = shown(series.values[steps.len() - 1]);
        let label_class = if class.ends_with("strong") { "label strong" } else { "label" };
        body.push_str(&text(
            right + 28.0,
            end + 11.0,
            label_class,
            "start",
            &format!("{} {last}", series.name),
        ));
    }
    let alt = value.get("alt").and_then(Value::as_str).unwrap_or_default();
    let mut head: Vec<&str> = vec![&labels.item];
    head.extend(steps.iter().map(String::as_str));
    let rows = series.iter().map(|series| {
        let numbers = series.values.iter().map(|number| shown(*number));
        std::iter::once(series.name.clone()).chain(numbers).collect()
    });
    Ok(figure(width, height, alt, &body, &table(&head, &rows.collect::<Vec<_>>())))
}

/// Pushes labels apart so that none is nearer than `gap` to the one above it.
fn spread(ends: &mut [(f64, usize)], gap: f64) {
    for place in 1..ends.len() {
        let above = ends[place - 1].0;
        if ends[place].0 - above < gap {
            ends[place].0 = above + gap;
        }
    }
}
