//! How something rises and falls, without numbers.

use super::Frame;
use super::svg::{Sheet, TEXT, Table, at, count, ems, wrap};
use crate::course::drawing::Curve;
use std::fmt::Write as _;

pub(super) fn draw(curve: &Curve, frame: &Frame<'_>) -> (Sheet, Table) {
    let names = curve.curves.iter().map(|one| ems(&one.name.0)).fold(0.0, f64::max) * TEXT;
    let (left, right, top, foot) = (20.0, frame.width - names - 48.0, 64.0, frame.tall() - 120.0);
    let mut sheet = frame.sheet(frame.tall());
    let step = (right - left) / count(curve.sections.len().max(1));
    for (place, section) in curve.sections.iter().enumerate() {
        let start = left + step * count(place);
        if section.highlight {
            sheet.rect((start, top), (step, foot - top), 0.0, "band lit");
        }
        if place > 0 {
            sheet.line((start, top), (start, foot), "stem");
        }
        let class = if section.highlight { "number strong" } else { "quiet" };
        let lines = wrap(&section.label.0, (step - 16.0) / TEXT);
        for (row, line) in lines.iter().take(2).enumerate() {
            sheet.text(start + step / 2.0, foot + 48.0 + 42.0 * count(row), class, "middle", line);
        }
    }
    sheet.arrow((left, foot), (left, top - 20.0), "base");
    sheet.arrow((left, foot), (right + 20.0, foot), "base");
    sheet.text(left, 30.0, "note", "start", &curve.y.0);
    let y = if curve.sections.is_empty() { foot + 46.0 } else { foot + 116.0 };
    sheet.text(right + 20.0, y, "note", "end", &curve.x.0);
    let matters = curve.curves.iter().any(|one| one.highlight) || curve.curves.len() == 1;
    for (place, one) in curve.curves.iter().enumerate() {
        let across = (right - left - 24.0) / (count(one.heights.len()) - 1.0).max(1.0);
        let points: Vec<(f64, f64)> = one
            .heights
            .iter()
            .enumerate()
            .map(|(at, height)| {
                (left + 12.0 + across * count(at), foot - 6.0 - height.0 * (foot - top - 40.0))
            })
            .collect();
        let strong = one.highlight || curve.curves.len() == 1;
        let class = match (strong, matters) {
            (true, _) => "series strong".to_owned(),
            (false, true) => "series".to_owned(),
            (false, false) => format!("series c{}", place % 4),
        };
        sheet.path(&smooth(&points), &class);
        if let Some(end) = points.last() {
            let tone = if strong { "strong" } else { "" };
            sheet.text(end.0 + 28.0, end.1 + 12.0, tone, "start", &one.name.0);
        }
    }
    let rows = curve.curves.iter().flat_map(|one| {
        let sections = curve.sections.iter().map(|section| section.label.0.clone());
        [(one.name.0.clone(), sections.collect::<Vec<_>>().join(" → "))]
    });
    let table = frame.pairs(rows);
    (sheet, table)
}

/// A smooth path through all points; between two of them it does not swing beyond both.
fn smooth(points: &[(f64, f64)]) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", at(first.0), at(first.1));
    let slope = |place: usize| {
        let (before, here) = (points[place.saturating_sub(1)], points[place]);
        let after = points[(place + 1).min(points.len() - 1)];
        // At a peak or a dale the curve runs level.
        if (here.1 - before.1) * (after.1 - here.1) <= 0.0 {
            0.0
        } else {
            (after.1 - before.1) / (after.0 - before.0).max(1.0)
        }
    };
    for place in 1..points.len() {
        let (from, to) = (points[place - 1], points[place]);
        let third = (to.0 - from.0) / 3.0;
        let _ = write!(
            path,
            "C{} {} {} {} {} {}",
            at(from.0 + third),
            at(from.1 + third * slope(place - 1)),
            at(to.0 - third),
            at(to.1 - third * slope(place)),
            at(to.0),
            at(to.1)
        );
    }
    path
}
