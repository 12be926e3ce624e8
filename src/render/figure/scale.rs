//! Bars against a scale: budgets cut into parts, and gauges.

use super::Frame;
use super::bar::limit_label;
use super::svg::{Sheet, TEXT, Table, count, ems, measured, shown};
use crate::course::drawing::{Gauges, Segments};

pub(super) fn segments(figure: &Segments, frame: &Frame<'_>) -> (Sheet, Table) {
    let sum = |bar: usize| figure.bars[bar].parts.iter().map(|part| part.value.0).sum::<f64>();
    let most = (0..figure.bars.len()).map(sum).fold(0.0, f64::max);
    let most = figure.limit.as_ref().map_or(most, |limit| most.max(limit.value));
    let sums: Vec<String> =
        (0..figure.bars.len()).map(|bar| measured(sum(bar), &figure.unit.0)).collect();
    let behind = sums.iter().map(|sum| ems(sum)).fold(0.0, f64::max) * TEXT + 32.0;
    let scale = (frame.width - behind) / most.max(f64::MIN_POSITIVE);
    let named = figure.bars.iter().any(|bar| !bar.label.0.is_empty());
    let (head, thick, below) = (if named { 56.0 } else { 8.0 }, 108.0, 64.0);
    let step = head + thick + below;
    let top = if figure.limit.is_some() { 48.0 } else { 0.0 };
    let mut sheet = frame.sheet(top + step * count(figure.bars.len()));
    let mut rows = Vec::new();
    for (place, bar) in figure.bars.iter().enumerate() {
        let y = top + step * count(place) + head;
        sheet.text(0.0, y - 18.0, "number", "start", &bar.label.0);
        let matters = bar.parts.iter().any(|part| part.highlight);
        let mut x = 0.0;
        // Names that do not fit into their part stand below it, one after another.
        let mut free = 0.0;
        for (at, part) in bar.parts.iter().enumerate() {
            let wide = part.value.0 * scale;
            let class = match (part.highlight, matters) {
                (true, _) => "part strong".to_owned(),
                (false, true) => format!("part g{}", at % 2),
                (false, false) => format!("part g{}", at % 2),
            };
            sheet.rect((x, y), ((wide - 4.0).max(2.0), thick), 4.0, &class);
            let number = shown(part.value.0);
            let inside = format!("in {class}");
            if ems(&part.label.0) * TEXT < wide - 16.0 {
                sheet.text(x + wide / 2.0, y + 48.0, &inside, "middle", &part.label.0);
                sheet.text(x + wide / 2.0, y + 90.0, &inside, "middle", &number);
            } else {
                if ems(&number) * TEXT < wide - 8.0 {
                    sheet.text(x + wide / 2.0, y + 66.0, &inside, "middle", &number);
                }
                let label_wide = ems(&part.label.0) * TEXT;
                let middle = (x + wide / 2.0).max(free + label_wide / 2.0);
                let middle = middle.min(frame.width - label_wide / 2.0);
                sheet.text(middle, y + thick + 38.0, "note", "middle", &part.label.0);
                free = middle + label_wide / 2.0 + 20.0;
            }
            x += wide;
            rows.push(vec![bar.label.0.clone(), part.label.0.clone(), number]);
        }
        let over = figure.limit.as_ref().is_some_and(|limit| sum(place) > limit.value);
        let class = if over { "number strong" } else { "number" };
        sheet.text(x + 20.0, y + 66.0, class, "start", &sums[place]);
    }
    if let Some(limit) = &figure.limit {
        let x = limit.value * scale;
        sheet.line((x, 44.0), (x, sheet.height - below + 16.0), "threshold");
        let half = ems(&limit_label(limit)) * 15.0;
        sheet.text(x.clamp(half, frame.width - half), 30.0, "note", "middle", &limit_label(limit));
    }
    let word = |key: &str| frame.words.word(&format!("deck.table.{key}"));
    let table = Table { head: vec![word("item"), word("part"), word("value")], rows };
    (sheet, table)
}

pub(super) fn gauges(figure: &Gauges, frame: &Frame<'_>) -> (Sheet, Table) {
    let most = figure.most.map_or(100.0, |most| most.0).max(f64::MIN_POSITIVE);
    let step = (640.0 / count(figure.gauges.len())).min(190.0);
    let wide = frame.width - 300.0;
    let mut sheet = frame.sheet(step * count(figure.gauges.len()));
    let mut rows = Vec::new();
    for (place, gauge) in figure.gauges.iter().enumerate() {
        let y = step * count(place);
        let met = gauge.need.is_none_or(|need| gauge.value.0 >= need.0);
        let class = if met { "good" } else { "bad" };
        let value = match &gauge.shown {
            Some(shown) => shown.0.clone(),
            None => measured(gauge.value.0, &figure.unit.0),
        };
        sheet.text(0.0, y + 40.0, "head", "start", &gauge.label.0);
        sheet.rect((0.0, y + 64.0), (wide, 52.0), 6.0, "track");
        let length = (gauge.value.0 / most).clamp(0.0, 1.0) * wide;
        sheet.rect((0.0, y + 64.0), (length.max(4.0), 52.0), 6.0, &format!("fill {class}"));
        sheet.text(wide + 40.0, y + 108.0, &format!("value {class}"), "start", &value);
        let sign = if met { "✓" } else { "✗" };
        let word = frame.words.word(&format!("deck.state.{class}"));
        if let Some(need) = gauge.need {
            let x = (need.0 / most).clamp(0.0, 1.0) * wide;
            sheet.line((x, y + 52.0), (x, y + 128.0), "mark");
            let need = format!("≥ {}", measured(need.0, &figure.unit.0));
            sheet.text(x - 14.0, y + 40.0, "note", "end", &need);
            sheet.text(
                wide + 40.0,
                y + 40.0,
                &format!("number {class}"),
                "start",
                &format!("{sign} {word}"),
            );
            rows.push((gauge.label.0.clone(), format!("{value} {need} {word}")));
        } else {
            rows.push((gauge.label.0.clone(), value));
        }
    }
    let table = frame.pairs(rows.into_iter());
    (sheet, table)
}
