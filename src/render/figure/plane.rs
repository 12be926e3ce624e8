//! Points on a plane: scatter charts with numbers on their axes, bubbles with words on theirs.

use super::Frame;
use super::bar::limit_label;
use super::svg::{Sheet, TEXT, Table, ems, shown};
use crate::course::drawing::{Bubble, Scatter, Spot};

/// A straight scale from numbers to places.
struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    fn at(&self, number: f64) -> f64 {
        let span = self.to - self.from;
        let span = if span > 0.0 { span } else { 1.0 };
        self.start + (number - self.from) / span * (self.end - self.start)
    }
}

/// Round numbers around the values: where the scale starts, where it ends, and its step.
fn ticks(values: impl Iterator<Item = f64>) -> (f64, f64, f64) {
    let (least, most) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    if !(most - least).is_finite() {
        return (0.0, 1.0, 1.0);
    }
    // Scales start at zero unless everything is far from it.
    let least = if least > 0.0 && least < most * 0.6 { 0.0 } else { least };
    let span = if most > least { most - least } else { most.abs().max(1.0) };
    let mut unit = 1.0;
    while unit * 10.0 <= span {
        unit *= 10.0;
    }
    while unit > span {
        unit /= 10.0;
    }
    let step =
        [0.2, 0.5, 1.0, 2.0, 5.0].into_iter().map(|n| n * unit).find(|step| span / step <= 6.0);
    let step = step.unwrap_or(unit);
    ((least / step).floor() * step, (most / step).ceil() * step, step)
}

pub(super) fn scatter(chart: &Scatter, frame: &Frame<'_>) -> (Sheet, Table) {
    let across =
        ticks(chart.points.iter().map(|p| p.x.0).chain(chart.lines_x.iter().map(|l| l.value)));
    let along =
        ticks(chart.points.iter().map(|p| p.y.0).chain(chart.lines_y.iter().map(|l| l.value)));
    let beside =
        chart.lines_y.iter().map(|l| ems(&limit_label(l)) * TEXT + 24.0).fold(20.0, f64::max);
    let (left, right, top, foot) = (110.0, frame.width - beside, 60.0, frame.tall() - 120.0);
    let x = Scale { from: across.0, to: across.1, start: left, end: right - 40.0 };
    let y = Scale { from: along.0, to: along.1, start: foot, end: top + 20.0 };
    let mut sheet = frame.sheet(frame.tall());
    sheet.text(0.0, 34.0, "note", "start", &chart.y.0);
    sheet.text(right, foot + 100.0, "note", "end", &chart.x.0);
    let mut tick = across.0;
    while tick <= across.1 + across.2 * 0.01 {
        sheet.line((x.at(tick), foot), (x.at(tick), foot + 12.0), "stem");
        sheet.text(x.at(tick), foot + 50.0, "note", "middle", &shown(tick));
        tick += across.2;
    }
    let mut tick = along.0;
    while tick <= along.1 + along.2 * 0.01 {
        sheet.line((left, y.at(tick)), (right, y.at(tick)), "stem");
        sheet.text(left - 20.0, y.at(tick) + 11.0, "note", "end", &shown(tick));
        tick += along.2;
    }
    for limit in &chart.lines_x {
        sheet.line((x.at(limit.value), top), (x.at(limit.value), foot), "threshold");
        sheet.text(x.at(limit.value) + 12.0, top + 10.0, "note halo", "start", &limit_label(limit));
    }
    for limit in &chart.lines_y {
        sheet.line((left, y.at(limit.value)), (right, y.at(limit.value)), "threshold");
        sheet.text(right + 16.0, y.at(limit.value) + 10.0, "note", "start", &limit_label(limit));
    }
    sheet.line((left, foot), (right, foot), "base");
    let spots: Vec<Placed<'_>> = chart
        .points
        .iter()
        .map(|spot| Placed {
            spot,
            centre: (x.at(spot.x.0), y.at(spot.y.0)),
            radius: 13.0,
            strong: chart.highlight.contains(&spot.label),
        })
        .collect();
    draw_spots(&spots, frame.width, !chart.highlight.is_empty(), &mut sheet);
    (sheet, table(&chart.points, [&chart.x.0, &chart.y.0], frame))
}

pub(super) fn bubble(figure: &Bubble, frame: &Frame<'_>) -> (Sheet, Table) {
    let largest = figure.points.iter().filter_map(|p| p.size).fold(0.0, |a: f64, b| a.max(b.0));
    let radius = |spot: &Spot| {
        let share = spot.size.map_or(0.3, |size| size.0.max(0.0) / largest.max(f64::MIN_POSITIVE));
        (share.sqrt() * 84.0).max(18.0)
    };
    let span = |values: &mut dyn Iterator<Item = f64>| {
        let (least, most) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        // Where there are two signs, the middle is zero.
        let reach = least.abs().max(most.abs());
        if least < 0.0 && most > 0.0 { (-reach, reach) } else { (least, most) }
    };
    let (from_x, to_x) = span(&mut figure.points.iter().map(|p| p.x.0));
    let (from_y, to_y) = span(&mut figure.points.iter().map(|p| p.y.0));
    let (left, right, top, foot) = (0.0, frame.width, 0.0, frame.tall() - 60.0);
    let x = Scale { from: from_x, to: to_x, start: left + 260.0, end: right - 240.0 };
    let y = Scale { from: from_y, to: to_y, start: foot - 110.0, end: top + 110.0 };
    let mut sheet = frame.sheet(frame.tall());
    sheet.rect((left, top), (right - left, foot - top), 8.0, "band");
    let centre = (f64::midpoint(left, right), f64::midpoint(top, foot));
    sheet.line((left, centre.1), (right, centre.1), "stem");
    sheet.line((centre.0, top), (centre.0, foot), "stem");
    sheet.text(left, foot + 46.0, "note", "start", &format!("← {}", figure.x[0].0));
    sheet.text(right, foot + 46.0, "note", "end", &format!("{} →", figure.x[1].0));
    sheet.text(left + 20.0, top + 44.0, "note", "start", &format!("↑ {}", figure.y[1].0));
    sheet.text(left + 20.0, foot - 20.0, "note", "start", &format!("↓ {}", figure.y[0].0));
    let spots: Vec<Placed<'_>> = figure
        .points
        .iter()
        .map(|spot| Placed {
            spot,
            centre: (x.at(spot.x.0), y.at(spot.y.0)),
            radius: radius(spot),
            strong: figure.highlight.contains(&spot.label),
        })
        .collect();
    draw_spots(&spots, frame.width, !figure.highlight.is_empty(), &mut sheet);
    let names =
        [figure.x.each_ref(), figure.y.each_ref()].map(|[a, b]| format!("{} – {}", a.0, b.0));
    (sheet, table(&figure.points, [&names[0], &names[1]], frame))
}

fn table(points: &[Spot], axes: [&str; 2], frame: &Frame<'_>) -> Table {
    let item = frame.words.word("deck.table.item");
    let head = vec![item, axes[0].to_owned(), axes[1].to_owned()];
    let row = |spot: &Spot| vec![spot.label.0.clone(), shown(spot.x.0), shown(spot.y.0)];
    Table { head, rows: points.iter().map(row).collect() }
}

/// A point with its place on the sheet.
struct Placed<'s> {
    spot: &'s Spot,
    centre: (f64, f64),
    radius: f64,
    strong: bool,
}

/// A rectangle that a label would cover: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

fn touch(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Draws points with their labels beside them: right, left, above or below, where there is room.
fn draw_spots(spots: &[Placed<'_>], width: f64, some_matter: bool, sheet: &mut Sheet) {
    let around = |placed: &Placed<'_>| {
        let ((x, y), r) = (placed.centre, placed.radius);
        (x - r, y - r, x + r, y + r)
    };
    let mut taken: Vec<Area> = spots.iter().map(around).collect();
    for placed in spots {
        let class = match (placed.strong, some_matter) {
            (true, _) => "dot strong",
            (false, true) => "dot plain",
            (false, false) => "dot",
        };
        sheet.circle(placed.centre, placed.radius, class);
    }
    for placed in spots {
        let ((x, y), r) = (placed.centre, placed.radius);
        let label = &placed.spot.label.0;
        let wide = ems(label) * TEXT;
        let gap = r + 12.0;
        let places = [
            (x + gap, y + 12.0, "start"),
            (x - gap, y + 12.0, "end"),
            (x, y - gap, "middle"),
            (x, y + gap + TEXT * 0.8, "middle"),
        ];
        let area = |(x, y, anchor): (f64, f64, &str)| {
            let left = match anchor {
                "start" => x,
                "end" => x - wide,
                _ => x - wide / 2.0,
            };
            (left, y - TEXT * 0.85, left + wide, y + TEXT * 0.25)
        };
        let crossings = |place: (f64, f64, &str)| {
            let area = area(place);
            let outside = if area.0 < 0.0 || area.2 > width { 10 } else { 0 };
            outside + taken.iter().filter(|other| touch(area, **other)).count()
        };
        let mut best = places[0];
        for place in places {
            if crossings(place) < crossings(best) {
                best = place;
            }
        }
        let class = if placed.strong { "halo strong" } else { "halo" };
        sheet.text(best.0, best.1, class, best.2, label);
        taken.push(area(best));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_cover_the_values() {
        assert_eq!(ticks([15.0, 900.0].into_iter()), (0.0, 1000.0, 200.0));
        let (from, to, step) = ticks([0.91, 0.93].into_iter());
        assert!(from <= 0.91 && to >= 0.93 && step > 0.0, "{from} {to} {step}");
        assert_eq!(ticks(std::iter::empty()), (0.0, 1.0, 1.0));
        let (from, to, _) = ticks([5.0, 5.0].into_iter());
        assert!(from <= 5.0 && to >= 5.0);
    }
}
