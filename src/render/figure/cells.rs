//! Cells that stand for things: seats, days, places.

use super::Frame;
use super::svg::{Sheet, TEXT, Table, count, wrap};
use crate::course::drawing::{UnitState, Units};

pub(super) fn draw(figure: &Units, frame: &Frame<'_>) -> (Sheet, Table) {
    match figure.each {
        Some(each) => strip(figure, each, frame),
        None => seats(figure, frame),
    }
}

/// So many cells, some of them marked, with their numbers.
fn strip(figure: &Units, each: usize, frame: &Frame<'_>) -> (Sheet, Table) {
    let columns = figure.columns.unwrap_or(each.min(13)).max(1);
    let gap = 12.0;
    let size = ((frame.width + gap) / count(columns) - gap).min(150.0);
    let rows = each.div_ceil(columns);
    let high = size.min(600.0 / count(rows) - gap);
    let labelled = if figure.label.0.is_empty() { 0.0 } else { 64.0 };
    let mut sheet = frame.sheet((high + gap) * count(rows) - gap + labelled);
    for place in 0..each {
        let x = count(place % columns) * (size + gap);
        let y = count(place / columns) * (high + gap);
        let marked = figure.marked.contains(&(place + 1));
        sheet.rect((x, y), (size, high), 6.0, if marked { "cell strong" } else { "cell full" });
        if high > 44.0 && size > 52.0 {
            let class = if marked { "in cell strong" } else { "in cell full" };
            sheet.text(
                x + size / 2.0,
                y + high / 2.0 + 12.0,
                class,
                "middle",
                &(place + 1).to_string(),
            );
        }
    }
    sheet.text(0.0, sheet.height - 8.0, "quiet", "start", &figure.label.0);
    let marked = figure.marked.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let rows = [(figure.label.0.clone(), each.to_string()), ("✗".to_owned(), marked)];
    let table = frame.pairs(rows.into_iter().filter(|(_, value)| !value.is_empty()));
    (sheet, table)
}

/// Cells with a name and a state each; those that are not admitted stand apart.
fn seats(figure: &Units, frame: &Frame<'_>) -> (Sheet, Table) {
    let apart = |state: UnitState| matches!(state, UnitState::Waiting | UnitState::Out);
    let divided = figure.units.windows(2).any(|pair| apart(pair[0].state) != apart(pair[1].state));
    let columns = figure.columns.unwrap_or(figure.units.len().min(8)).max(1);
    let (gap, door) = (24.0, if divided { 88.0 } else { 0.0 });
    let size = ((frame.width - door + gap) / count(columns) - gap).min(240.0);
    let rows = figure.units.len().div_ceil(columns);
    let high = size.min(560.0 / count(rows) - gap);
    let labelled = if figure.label.0.is_empty() { 0.0 } else { 72.0 };
    let mut sheet = frame.sheet((high + gap) * count(rows) - gap + labelled);
    let mut data = Vec::new();
    let mut passed = 0.0;
    for (place, unit) in figure.units.iter().enumerate() {
        if place % columns == 0 {
            passed = 0.0;
        } else if apart(unit.state) && !apart(figure.units[place - 1].state) {
            passed = door;
        }
        let x = count(place % columns) * (size + gap) + passed;
        let y = count(place / columns) * (high + gap);
        if passed > 0.0 && !apart(figure.units[place - 1].state) {
            let middle = x - gap / 2.0 - door / 2.0;
            sheet.line((middle, y - 8.0), (middle, y + high + 8.0), "threshold");
        }
        let (class, key) = match unit.state {
            UnitState::Full => ("cell full", ""),
            UnitState::Free => ("cell free", ""),
            UnitState::Waiting => ("cell waiting", "waiting"),
            UnitState::Out => ("cell out", "out"),
        };
        sheet.rect((x, y), (size, high), 12.0, class);
        let word = if key.is_empty() {
            String::new()
        } else {
            frame.words.word(&format!("deck.unit.{key}"))
        };
        let centre = (x + size / 2.0, y + high / 2.0 - if word.is_empty() { 0.0 } else { 22.0 });
        let lines = wrap(&unit.label.0, (size - 20.0) / TEXT);
        sheet.lines(centre.0, centre.1, &format!("in {class}"), "middle", &lines);
        sheet.text(centre.0, y + high - 30.0, "note", "middle", &word);
        data.push((unit.label.0.clone(), word));
    }
    sheet.text(0.0, sheet.height - 10.0, "quiet", "start", &figure.label.0);
    (sheet, frame.pairs(data.into_iter()))
}
