//! Round drawings: shares of a whole as a ring, and radar charts.

use super::Frame;
use super::svg::{Sheet, TEXT, Table, at, circle, count, ems, measured};
use crate::course::drawing::{Radar, Ring};

pub(super) fn ring(figure: &Ring, frame: &Frame<'_>) -> (Sheet, Table) {
    // Bold figures, and percent signs above all, are wider than text.
    const BOLD: f64 = 1.25;
    let whole: f64 = figure.parts.iter().map(|part| part.value.0).sum();
    let size = 560.0_f64.min(frame.width * 0.5);
    let thick = size * 0.2;
    let words: Vec<String> = figure
        .parts
        .iter()
        .map(|part| format!("{} {}", part.label.0, measured(part.value.0, &figure.unit.0)))
        .collect();
    let longest = words.iter().map(|words| ems(words)).fold(0.0, f64::max) * TEXT + 48.0;
    // The ring and its list stand together in the middle.
    let left = ((frame.width - size - 96.0 - longest) / 2.0).max(0.0);
    let (centre, radius) = ((left + size / 2.0, size / 2.0), (size - thick) / 2.0);
    let mut sheet = frame.sheet(size);
    let matters = figure.parts.iter().any(|part| part.highlight);
    let mut start = 0.0;
    let mut y = size / 2.0 - 60.0 * (count(figure.parts.len()) - 1.0) / 2.0;
    for (place, (part, words)) in figure.parts.iter().zip(&words).enumerate() {
        let class = match (part.highlight, matters) {
            (true, _) => "strong".to_owned(),
            (false, true) => format!("grey{}", place % 3),
            (false, false) => format!("p{}", place % 4),
        };
        let share = part.value.0 / whole;
        let way = arc(centre, radius, start, start + share);
        sheet.stroke(&way, thick, &format!("arc {class}"));
        start += share;
        let x = left + size + 96.0;
        sheet.rect((x, y - 14.0), (28.0, 28.0), 4.0, &format!("key {class}"));
        let tone = if part.highlight { "number strong" } else { "" };
        sheet.text(x + 48.0, y + 12.0, tone, "start", words);
        y += 60.0;
    }
    let fits = ems(&figure.centre.0) * BOLD * 110.0 < size - thick * 2.4;
    let (class, below) = if fits { ("huge", 38.0) } else { ("value strong", 22.0) };
    sheet.text(centre.0, centre.1 + below, class, "middle", &figure.centre.0);
    let table = frame.pairs(
        figure
            .parts
            .iter()
            .map(|part| (part.label.0.clone(), measured(part.value.0, &figure.unit.0))),
    );
    (sheet, table)
}

/// A part of a circle, as a thick line.
fn arc(centre: (f64, f64), radius: f64, from: f64, to: f64) -> String {
    // A full circle would start where it ends, and nothing be drawn.
    let to = to.min(from + 0.9999);
    let (a, b) = (circle(from), circle(to));
    format!(
        "M{} {}A{r} {r} 0 {} 1 {} {}",
        at(centre.0 + a.0 * radius),
        at(centre.1 + a.1 * radius),
        u8::from(to - from > 0.5),
        at(centre.0 + b.0 * radius),
        at(centre.1 + b.1 * radius),
        r = at(radius)
    )
}

pub(super) fn radar(chart: &Radar, frame: &Frame<'_>) -> (Sheet, Table) {
    let values = chart.series.iter().flat_map(|series| series.values.iter().map(|value| value.0));
    let most = super::bar::most(chart.most.map(|most| most.0), values);
    let axes = count(chart.labels.len());
    let tall = frame.tall();
    let mut sheet = frame.sheet(tall);
    let names: Vec<&str> = chart.series.iter().map(|series| series.name.0.as_str()).collect();
    sheet.legend(if names.len() > 1 { &names } else { &[] });
    let (centre, radius) = ((frame.width / 2.0, tall / 2.0 + 15.0), tall / 2.0 - 85.0);
    let on = |axis: usize, share: f64| {
        let (x, y) = circle(count(axis) / axes);
        (centre.0 + x * radius * share, centre.1 + y * radius * share)
    };
    for share in [0.25, 0.5, 0.75, 1.0] {
        let ring: Vec<_> = (0..chart.labels.len()).map(|axis| on(axis, share)).collect();
        sheet.polygon(&ring, "web");
    }
    for (axis, label) in chart.labels.iter().enumerate() {
        sheet.line(centre, on(axis, 1.0), "stem");
        let (x, y) = on(axis, 1.13);
        let side = x - centre.0;
        let anchor = if side > 12.0 {
            "start"
        } else if side < -12.0 {
            "end"
        } else {
            "middle"
        };
        sheet.text(x, y + 12.0, "", anchor, &label.0);
    }
    for (place, series) in chart.series.iter().enumerate() {
        let shape: Vec<_> = series
            .values
            .iter()
            .enumerate()
            .map(|(axis, value)| on(axis, (value.0 / most).clamp(0.0, 1.0)))
            .collect();
        sheet.polygon(&shape, &format!("shape t{place}"));
        for point in shape {
            sheet.circle(point, 9.0, &format!("s{place}"));
        }
    }
    (sheet, frame.grid(&chart.labels, &chart.series, ""))
}
