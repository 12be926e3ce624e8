//! A line chart: one line per series, named at its end, with limits.

use super::Frame;
use super::bar::limit_label;
use super::svg::{Sheet, TEXT, Table, count, ems, measured, shown, wrap};
use crate::course::drawing::{Line, Series};

/// Least distance between two names at the right edge.
const GAP: f64 = 44.0;

pub(super) fn draw(chart: &Line, frame: &Frame<'_>) -> (Sheet, Table) {
    let table = frame.grid(&chart.labels, &chart.series, &chart.unit.0);
    let values =
        || chart.series.iter().flat_map(|series| series.values.iter().map(|value| value.0));
    let all = || values().chain(chart.lines.iter().map(|line| line.value));
    let least = chart.least.map_or_else(|| all().fold(f64::INFINITY, f64::min), |least| least.0);
    let most = chart.most.map_or_else(|| all().fold(f64::NEG_INFINITY, f64::max), |most| most.0);
    let span = if most > least { most - least } else { 1.0 };
    let left =
        chart.lines.iter().map(|line| ems(&limit_label(line)) * TEXT + 24.0).fold(24.0, f64::max);
    let ending = |series: &Series| {
        let last =
            series.values.last().map_or_else(String::new, |value| measured(value.0, &chart.unit.0));
        format!("{} {last}", series.name.0)
    };
    let names = chart.series.iter().map(|series| ems(&ending(series))).fold(0.0, f64::max) * TEXT;
    let (right, top, foot) = (frame.width - names - 40.0, 44.0, frame.tall() - 100.0);
    let y = |number: f64| foot - (number - least) / span * (foot - top);
    let step = (right - left - 44.0) / (count(chart.labels.len()) - 1.0).max(1.0);
    let x = |place: usize| left + 44.0 + step * count(place);

    let mut sheet = frame.sheet(frame.tall());
    for limit in &chart.lines {
        sheet.line((left, y(limit.value)), (right, y(limit.value)), "threshold");
        sheet.text(left - 20.0, y(limit.value) + 10.0, "note", "end", &limit_label(limit));
    }
    sheet.line((left, foot + 20.0), (right, foot + 20.0), "base");
    for (place, label) in chart.labels.iter().enumerate() {
        for (row, line) in wrap(&label.0, (step - 8.0) / TEXT).iter().take(2).enumerate() {
            sheet.text(x(place), foot + 68.0 + 42.0 * count(row), "", "middle", line);
        }
    }
    let ends =
        spread(chart.series.iter().map(|s| s.values.last().map_or(foot, |v| y(v.0))), foot + 12.0);
    let important = |series: &Series| chart.highlight.contains(&series.name);
    // The lines that matter are drawn last, above the others.
    let mut order: Vec<usize> = (0..chart.series.len()).collect();
    order.sort_by_key(|place| important(&chart.series[*place]));
    for place in order {
        let series = &chart.series[place];
        let strong = important(series);
        let class = if strong {
            "series strong".to_owned()
        } else if chart.highlight.is_empty() {
            format!("series c{}", place % 4)
        } else {
            "series".to_owned()
        };
        let points: Vec<_> =
            series.values.iter().enumerate().map(|(at, value)| (x(at), y(value.0))).collect();
        sheet.polyline(&points, &class);
        for (at, (point, value)) in points.iter().zip(&series.values).enumerate() {
            sheet.circle(*point, if strong { 10.0 } else { 7.0 }, &class);
            // The last number stands beside the series' name.
            if strong && at + 1 < points.len() {
                let label = shown(value.0);
                sheet.text(point.0, point.1 - 22.0, "number halo", "middle", &label);
            }
        }
        let label_class = if strong { "strong" } else { "" };
        sheet.text(right + 28.0, ends[place] + 12.0, label_class, "start", &ending(series));
    }
    (sheet, table)
}

/// Heights for the names at the right edge: as near to the ends of their lines as they can be
/// without touching, and none below `lowest`.
fn spread(ends: impl Iterator<Item = f64>, lowest: f64) -> Vec<f64> {
    let mut ends: Vec<(usize, f64)> = ends.enumerate().collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    for place in 1..ends.len() {
        ends[place].1 = ends[place].1.max(ends[place - 1].1 + GAP);
    }
    let mut limit = lowest;
    for end in ends.iter_mut().rev() {
        end.1 = end.1.min(limit);
        limit = end.1 - GAP;
    }
    ends.sort_by_key(|(place, _)| *place);
    ends.into_iter().map(|(_, y)| y).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_apart_and_in_the_frame() {
        let found = spread([100.0, 105.0, 600.0].into_iter(), 560.0);
        assert_eq!(found, [100.0, 144.0, 560.0]);
        let crowded = spread([550.0, 555.0, 560.0].into_iter(), 560.0);
        assert_eq!(crowded, [472.0, 516.0, 560.0]);
    }
}
