//! Drawings of streams: funnels, and many that become one.

use super::Frame;
use super::boxes::{boxed, level_curve};
use super::svg::{Sheet, TEXT, Table, count, ems, measured, shown, wrap};
use crate::course::drawing::{FlowIn, Funnel};

pub(super) fn funnel(funnel: &Funnel, frame: &Frame<'_>) -> (Sheet, Table) {
    let levels = &funnel.levels;
    let notes = levels.iter().map(|level| ems(&level.note.0)).fold(0.0, f64::max) * TEXT;
    let beside = if notes > 0.0 { (notes + 64.0).min(frame.width * 0.4) } else { 0.0 };
    let wide = (frame.width - beside).min(1180.0);
    let left = ((frame.width - wide - beside) / 2.0).max(0.0);
    let step = (620.0 / count(levels.len())).min(170.0);
    let high = step - 10.0;
    let mut sheet = frame.sheet(step * count(levels.len()));
    let widest = levels.first().and_then(|level| level.value).map_or(0.0, |value| value.0);
    let counted = widest > 0.0 && levels.iter().all(|level| level.value.is_some());
    let width = |place: usize| {
        let share = match levels.get(place).and_then(|level| level.value) {
            Some(value) if counted => (value.0 / widest).clamp(0.0, 1.0),
            // Without numbers each level is as much narrower as the one before.
            _ => 1.0 - count(place) / (count(levels.len()) + 0.6),
        };
        (share * wide).max(200.0)
    };
    let matters = levels.iter().any(|level| level.highlight);
    let middle = left + wide / 2.0;
    for (place, level) in levels.iter().enumerate() {
        let y = step * count(place);
        let above = width(place);
        let below = if place + 1 < levels.len() { width(place + 1) } else { above * 0.86 };
        let below = f64::midpoint(above, below);
        let class = match (level.highlight, matters) {
            (true, _) => "level strong",
            (false, true) => "level plain",
            (false, false) => "level",
        };
        sheet.polygon(
            &[
                (middle - above / 2.0, y),
                (middle + above / 2.0, y),
                (middle + below / 2.0, y + high),
                (middle - below / 2.0, y + high),
            ],
            class,
        );
        let number = level.value.map(|value| measured(value.0, &funnel.unit.0));
        let words = match &number {
            Some(number) => format!("{} {number}", level.label.0),
            None => level.label.0.clone(),
        };
        let lines = wrap(&words, (f64::midpoint(above, below) - 24.0) / TEXT);
        sheet.lines(middle, y + high / 2.0, &format!("in {class}"), "middle", &lines);
        if !level.note.0.is_empty() {
            let note = wrap(&level.note.0, (beside - 44.0) / TEXT);
            sheet.lines(left + wide + 40.0, y + high / 2.0, "quiet", "start", &note);
        }
    }
    let table = frame.pairs(levels.iter().map(|level| {
        let value = level.value.map_or_else(String::new, |value| shown(value.0));
        (level.label.0.clone(), [value.as_str(), level.note.0.as_str()].join(" ").trim().to_owned())
    }));
    (sheet, table)
}

pub(super) fn flow_in(flow: &FlowIn, frame: &Frame<'_>) -> (Sheet, Table) {
    let rows = count(flow.sources.len());
    let step = (640.0 / rows).min(140.0);
    let high = (step * rows).max(300.0);
    let step = high / rows;
    let wide = frame.width * 0.46;
    let radius = (frame.width * 0.12).min(high / 2.0 - 4.0);
    let mut sheet = frame.sheet(high);
    // Mirrored, the one stands on the left and the many on the right.
    let flip = |x: f64| if flow.out { frame.width - x } else { x };
    let target = (flip(frame.width - radius - 4.0), high / 2.0);
    let edge = flip(frame.width - radius * 2.0 - 4.0);
    for (place, source) in flow.sources.iter().enumerate() {
        let y = step * (count(place) + 0.5);
        let spread = (count(place) - (rows - 1.0) / 2.0) * 16.0;
        let (from, to) = ((flip(wide), y), (edge, target.1 + spread));
        sheet.path(&level_curve(from, to), "stream");
        let size = (wide, (step - 20.0).min(112.0));
        sheet.rect((flip(wide / 2.0) - wide / 2.0, y - size.1 / 2.0), size, 10.0, "band");
        let x = flip(wide / 2.0) - wide / 2.0 + 32.0;
        let fits = (ems(&source.label.0) + ems(&source.note.0)) * TEXT < wide - 96.0;
        if source.note.0.is_empty() {
            let lines = wrap(&source.label.0, (wide - 64.0) / TEXT);
            sheet.lines(x, y, "number", "start", &lines);
        } else if fits {
            sheet.text(x, y + 12.0, "number", "start", &source.label.0);
            let x = x + ems(&source.label.0) * TEXT + 28.0;
            sheet.text(x, y + 12.0, "quiet", "start", &source.note.0);
        } else {
            sheet.text(x, y - 8.0, "number", "start", &source.label.0);
            sheet.text(x, y + 34.0, "note", "start", &source.note.0);
        }
    }
    let size = (radius * 2.0, radius * 2.0);
    boxed(&mut sheet, target, size, radius, "hub", &flow.target.0);
    let table = frame.pairs(flow.sources.iter().map(|s| (s.label.0.clone(), s.note.0.clone())));
    (sheet, table)
}
