//! Several bars for each label, with the names of the series before them.

use super::Frame;
use super::bar::{limit_label, most};
use super::svg::{Sheet, TEXT, Table, count, ems, measured, shown, wrap};
use crate::course::drawing::Grouped;

pub(super) fn draw(chart: &Grouped, frame: &Frame<'_>) -> (Sheet, Table) {
    let table = frame.grid(&chart.labels, &chart.series, &chart.unit.0);
    let sheet = if chart.horizontal { lying(chart, frame) } else { standing(chart, frame) };
    (sheet, table)
}

fn all(chart: &Grouped) -> f64 {
    let values = chart.series.iter().flat_map(|series| series.values.iter().map(|value| value.0));
    most(chart.most.map(|most| most.0), values.chain(chart.lines.iter().map(|line| line.value)))
}

fn legend(chart: &Grouped, sheet: &mut Sheet) -> f64 {
    let names: Vec<&str> = chart.series.iter().map(|series| series.name.0.as_str()).collect();
    sheet.legend(&names)
}

/// The class of a bar: its series, and whether its group stands back.
fn class(chart: &Grouped, group: usize, series: usize) -> String {
    let back = !chart.highlight.is_empty() && !chart.highlight.contains(&chart.labels[group]);
    format!("s{series}{}", if back { " back" } else { "" })
}

fn standing(chart: &Grouped, frame: &Frame<'_>) -> Sheet {
    let mut sheet = frame.sheet(660.0);
    let top = legend(chart, &mut sheet) + 48.0;
    let right =
        chart.lines.iter().map(|line| ems(&limit_label(line)) * TEXT + 24.0).fold(0.0, f64::max);
    let wide = frame.width - right;
    let step = wide / count(chart.labels.len());
    let foot = frame.tall() - 90.0;
    let scale = (foot - top) / all(chart);
    for limit in &chart.lines {
        let y = foot - limit.value * scale;
        sheet.line((0.0, y), (wide, y), "threshold");
        sheet.text(wide + 20.0, y + 10.0, "note", "start", &limit_label(limit));
    }
    let bar = (step * 0.76 / count(chart.series.len())).min(130.0);
    let labels = chart.labels.iter().map(|label| label.0.as_str());
    let names = names(&labels.collect::<Vec<_>>(), (step - 8.0) / TEXT);
    for (group, lines) in names.iter().enumerate() {
        let middle = step * (count(group) + 0.5);
        let mut x = middle - bar * count(chart.series.len()) / 2.0;
        for (place, series) in chart.series.iter().enumerate() {
            let value = series.values[group].0;
            let length = (value.max(0.0) * scale).max(3.0);
            sheet.rect(
                (x + 2.0, foot - length),
                (bar - 4.0, length),
                3.0,
                &class(chart, group, place),
            );
            let number = measured(value, &chart.unit.0);
            let number = if ems(&number) * TEXT > bar + 6.0 { shown(value) } else { number };
            let small = if ems(&number) * TEXT > bar { "number note" } else { "number" };
            sheet.text(x + bar / 2.0, foot - length - 14.0, small, "middle", &number);
            x += bar;
        }
        let lines = lines.iter().take(2).enumerate();
        for (row, line) in lines.filter(|(_, line)| !line.is_empty()) {
            // A long name under the first or the last group stays within the drawing.
            let half = (ems(line) * TEXT / 2.0).min(wide / 2.0);
            let middle = middle.clamp(half, wide - half);
            sheet.text(middle, foot + 48.0 + 42.0 * count(row), "", "middle", line);
        }
    }
    sheet.line((0.0, foot), (wide, foot), "base");
    sheet.cut(foot + 70.0 + 42.0)
}

/// The names of the groups, in lines of at most `width` ems. Words too long for that would run into
/// their neighbours, so every second name goes one row down.
fn names(labels: &[&str], width: f64) -> Vec<Vec<String>> {
    let lines: Vec<_> = labels.iter().map(|label| wrap(label, width)).collect();
    if lines.iter().flatten().all(|line| ems(line) <= width) {
        return lines;
    }
    let row = |(place, label): (usize, &&str)| {
        let above = (place % 2 == 1).then(String::new);
        above.into_iter().chain([(*label).to_owned()]).collect()
    };
    labels.iter().enumerate().map(row).collect()
}

fn lying(chart: &Grouped, frame: &Frame<'_>) -> Sheet {
    let mut sheet = frame.sheet(660.0);
    let top = legend(chart, &mut sheet) + 12.0;
    let step = ((660.0 - top) / count(chart.labels.len())).min(150.0);
    let gutter = chart.labels.iter().map(|label| ems(&label.0)).fold(0.0, f64::max) * TEXT + 28.0;
    let scale = (frame.width - gutter - 150.0) / all(chart);
    let bar = step * 0.8 / count(chart.series.len());
    for (group, label) in chart.labels.iter().enumerate() {
        let mut y = top + step * (count(group) + 0.1);
        sheet.text(gutter - 24.0, top + step * (count(group) + 0.5) + 12.0, "", "end", &label.0);
        for (place, series) in chart.series.iter().enumerate() {
            let value = series.values[group].0;
            let length = (value.max(0.0) * scale).max(3.0);
            sheet.rect((gutter, y + 1.0), (length, bar - 2.0), 3.0, &class(chart, group, place));
            let number = measured(value, &chart.unit.0);
            let small = if bar < 36.0 { "number note" } else { "number" };
            sheet.text(gutter + length + 16.0, y + bar / 2.0 + 11.0, small, "start", &number);
            y += bar;
        }
    }
    let height = top + step * count(chart.labels.len());
    for limit in &chart.lines {
        let x = gutter + limit.value * scale;
        sheet.line((x, top), (x, height), "threshold");
        sheet.text(x, height + 40.0, "note", "middle", &limit_label(limit));
    }
    sheet.cut(height + if chart.lines.is_empty() { 0.0 } else { 52.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_too_long_for_one_row_take_turns_in_two() {
        assert_eq!(names(&["晴川", "质量与交付"], 3.0), [vec!["晴川"], vec!["质量与", "交付"]]);
        assert_eq!(names(&["Muye", "Heyu"], 3.0), [["Muye"], ["Heyu"]]);
        assert_eq!(names(&["Qingchuan", "Muye"], 3.0), [vec!["Qingchuan"], vec!["", "Muye"]]);
    }
}
