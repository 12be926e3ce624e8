//! A score axis: points on a line, bands between limits, labels that keep apart.

use super::Frame;
use super::bar::limit_label;
use super::svg::{Sheet, TEXT, Table, count, ems, shown};
use crate::course::drawing::Axis;

pub(super) fn draw(axis: &Axis, frame: &Frame<'_>) -> (Sheet, Table) {
    let mut points = axis.points.clone();
    points.sort_by(|a, b| a.value.0.total_cmp(&b.value.0));
    let words = |point: &crate::course::drawing::Point| match &point.shown {
        Some(shown) => format!("{} {}", point.label.0, shown.0),
        None => format!("{} {}", point.label.0, shown(point.value.0)),
    };
    let (left, right) = (20.0, frame.width - 20.0);
    let x =
        |number: f64| left + (number - axis.from.0) / (axis.to.0 - axis.from.0) * (right - left);
    // Each label takes the lowest of the rows above the axis where it touches no other.
    let mut rows: Vec<f64> = Vec::new();
    let mut places = Vec::new();
    for point in &points {
        let half = ems(&words(point)) * TEXT / 2.0 + 14.0;
        let here = x(point.value.0);
        // A label stands beside a limit, not across it.
        let crossed = axis.lines.iter().map(|limit| x(limit.value));
        let beside = crossed.fold(here, |middle, at| match (middle - at).abs() < half {
            true if here < at => at - half,
            true => at + half,
            false => middle,
        });
        let middle = beside.clamp(left + half, right - half);
        let row = rows.iter().position(|end| middle - half > *end).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(0.0);
        }
        rows[row] = middle + half;
        places.push((middle, row));
    }
    let base = 70.0 + 64.0 * count(rows.len());
    let mut sheet = frame.sheet(base + 150.0);
    for (place, band) in axis.bands.iter().enumerate() {
        let start = x(band.from.map_or(axis.from.0, |from| from.0.max(axis.from.0)));
        let end = x(band.to.map_or(axis.to.0, |to| to.0.min(axis.to.0))).max(start);
        sheet.rect((start, base + 10.0), (end - start, 60.0), 0.0, &format!("band b{}", place % 3));
        sheet.text(f64::midpoint(start, end), base + 52.0, "number", "middle", &band.label.0);
    }
    for limit in &axis.lines {
        let at = x(limit.value);
        sheet.line((at, 20.0), (at, base + 84.0), "threshold");
        let half = ems(&limit_label(limit)) * 15.0;
        let at = at.clamp(left + half, right - half);
        sheet.text(at, base + 124.0, "note", "middle", &limit_label(limit));
    }
    sheet.line((left, base), (right, base), "base");
    let height = |row: usize| base - 58.0 - 64.0 * count(row);
    // All stems come before all labels, so that none strikes through a label in a lower row.
    for (point, (middle, row)) in points.iter().zip(&places) {
        sheet.line((x(point.value.0), base - 12.0), (*middle, height(*row) + 14.0), "stem");
    }
    for (point, (middle, row)) in points.iter().zip(&places) {
        let strong = if point.is_in(&axis.highlight) { "strong" } else { "" };
        sheet.circle((x(point.value.0), base), 12.0, format!("dot {strong}").trim_end());
        let class = format!("halo {strong}");
        sheet.text(*middle, height(*row), class.trim_end(), "middle", &words(point));
    }
    let table = frame.pairs(points.iter().map(|p| (p.label.0.clone(), shown(p.value.0))));
    (sheet, table)
}
