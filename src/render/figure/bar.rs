//! A bar chart: bars with their values, limits, some set apart.

use super::Frame;
use super::svg::{Sheet, TEXT, Table, count, ems, measured, shown, wrap};
use crate::course::drawing::{Bar, Limit, Point};

pub(super) fn draw(chart: &Bar, frame: &Frame<'_>) -> (Sheet, Table) {
    let bars = chart.bars();
    let unit = &chart.unit.0;
    let table = frame.pairs(bars.iter().map(|bar| (bar.label.0.clone(), number(bar, unit))));
    let sheet =
        if chart.horizontal { lying(chart, &bars, frame) } else { standing(chart, &bars, frame) };
    (sheet, table)
}

fn number(bar: &Point, unit: &str) -> String {
    bar.shown.as_ref().map_or_else(|| measured(bar.value.0, unit), |text| text.0.clone())
}

/// What a limit says.
pub(super) fn limit_label(limit: &Limit) -> String {
    limit.label.as_ref().map_or_else(|| shown(limit.value), |label| label.0.clone())
}

/// Where the scale ends: as asked for, else at the largest value or limit.
pub(super) fn most(wanted: Option<f64>, values: impl Iterator<Item = f64>) -> f64 {
    let most = wanted.unwrap_or_else(|| values.fold(0.0, f64::max));
    if most > 0.0 { most } else { 1.0 }
}

/// The class that says how a bar is set apart. Where some matter, the others stand back.
fn class(chart: &Bar, bar: &Point) -> &'static str {
    if bar.is_in(&chart.crossed) {
        "bar crossed"
    } else if bar.is_in(&chart.highlight) {
        "bar strong"
    } else if bar.is_in(&chart.muted) {
        "bar quiet"
    } else if chart.highlight.is_empty() {
        "bar"
    } else {
        "bar plain"
    }
}

fn all(chart: &Bar, bars: &[Point]) -> f64 {
    let values = bars.iter().map(|bar| bar.value.0);
    most(chart.most.map(|most| most.0), values.chain(chart.lines.iter().map(|line| line.value)))
}

fn lying(chart: &Bar, bars: &[Point], frame: &Frame<'_>) -> Sheet {
    let unit = &chart.unit.0;
    let step = (640.0 / count(bars.len())).min(100.0);
    let top = if chart.lines.is_empty() { 0.0 } else { 52.0 };
    let height = top + step * count(bars.len());
    let mut sheet = frame.sheet(height);
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max) * TEXT;
    let gutter =
        widest(&mut bars.iter().map(|bar| ems(&bar.label.0))).min(frame.width * 0.4) + 28.0;
    let behind = widest(&mut bars.iter().map(|bar| ems(&number(bar, unit)))) + 40.0;
    let scale = (frame.width - gutter - behind) / all(chart, bars);
    let mut y = top;
    for bar in bars {
        let length = (bar.value.0.max(0.0) * scale).max(3.0);
        let middle = y + step * 0.5;
        let class = class(chart, bar);
        let label = wrap(&bar.label.0, (gutter - 24.0) / TEXT);
        sheet.lines(gutter - 24.0, middle, tone(class), "end", &label);
        sheet.rect((gutter, y + step * 0.17), (length, step * 0.66), 3.0, class);
        if class.ends_with("crossed") {
            sheet.line((gutter, middle), (gutter + length, middle), "cross");
        }
        let number_class = format!("number {}", tone(class));
        sheet.text(
            gutter + length + 20.0,
            middle + 12.0,
            number_class.trim_end(),
            "start",
            &number(bar, unit),
        );
        y += step;
    }
    for limit in &chart.lines {
        let x = gutter + limit.value * scale;
        sheet.line((x, 44.0), (x, height), "threshold");
        let label = limit_label(limit);
        let half = ems(&label) * 15.0;
        sheet.text(x.clamp(half, frame.width - half), 30.0, "note", "middle", &label);
    }
    sheet
}

/// How the words at a bar are set: those of bars that stand back stand back too.
fn tone(class: &str) -> &'static str {
    if class.ends_with("strong") {
        "strong"
    } else if class.ends_with("quiet") || class.ends_with("crossed") {
        "quiet"
    } else {
        ""
    }
}

fn standing(chart: &Bar, bars: &[Point], frame: &Frame<'_>) -> Sheet {
    let unit = &chart.unit.0;
    let right =
        chart.lines.iter().map(|line| ems(&limit_label(line)) * TEXT + 24.0).fold(0.0, f64::max);
    let wide = frame.width - right;
    let step = wide / count(bars.len());
    let labels: Vec<Vec<String>> =
        bars.iter().map(|bar| wrap(&bar.label.0, (step - 12.0) / TEXT)).collect();
    let rows = labels.iter().map(Vec::len).max().unwrap_or(1).min(3);
    let foot = frame.tall() - 60.0 - 44.0 * (count(rows) - 1.0);
    let scale = (foot - 56.0) / all(chart, bars);
    let mut sheet = frame.sheet(foot + 22.0 + 44.0 * count(rows));
    for limit in &chart.lines {
        let y = foot - limit.value * scale;
        sheet.line((0.0, y), (wide, y), "threshold");
        sheet.text(wide + 20.0, y + 10.0, "note", "start", &limit_label(limit));
    }
    let bar_width = (step * 0.62).min(180.0);
    let mut x = 0.0;
    for (bar, label) in bars.iter().zip(&labels) {
        let length = (bar.value.0.max(0.0) * scale).max(3.0);
        let middle = x + step * 0.5;
        let class = class(chart, bar);
        sheet.rect((middle - bar_width / 2.0, foot - length), (bar_width, length), 3.0, class);
        if class.ends_with("crossed") {
            let (a, b) = (middle - bar_width / 2.0, middle + bar_width / 2.0);
            sheet.line((a, foot), (b, foot - length), "cross");
        }
        let number_class = format!("number {}", tone(class));
        sheet.text(
            middle,
            foot - length - 16.0,
            number_class.trim_end(),
            "middle",
            &number(bar, unit),
        );
        for (row, line) in label.iter().take(3).enumerate() {
            sheet.text(middle, foot + 48.0 + 44.0 * count(row), tone(class), "middle", line);
        }
        x += step;
    }
    sheet.line((0.0, foot), (wide, foot), "base");
    sheet
}
