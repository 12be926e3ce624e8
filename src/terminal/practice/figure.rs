//! The learner's own work as a picture made of characters. What it shows the engine works out
//! (`practice.figures`), as it does for the pages.
//!
//! | kind | drawn |
//! |---|---|
//! | `quadrants` | each bin with what was put into it |
//! | `bars` | rows by size, with the thresholds between them |
//! | `ladder` | the scale, highest first, with who stands where |
//! | `radar` | one strip per item, before and now |
//! | `budget` | shares of a total, and whether they add up |
//! | `board` | places by periods |

use super::{Task, answer_text, aside, called, entry, shown, with_id};
use crate::terminal::screen::Ink;
use crate::terminal::{Screen, Trouble, figure as number_text, list, number, text};
use crate::theme::Words;
use serde_json::{Map, Value};
use std::io;
use unicode_width::UnicodeWidthStr;

/// Columns of a full bar: as many as there is room for, at most and at least.
const MOST_BAR: usize = 40;
const LEAST_BAR: usize = 12;

/// Draws the figure of a stage, if it has one and there is something to draw.
pub(super) fn draw(
    task: &Task<'_>,
    stage: &Value,
    answers: &Map<String, Value>,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    if stage.get("figure").is_none() {
        return Ok(());
    }
    let figures = task.call("practice.figures", &Value::Object(answers.clone()))?;
    let found = with_id(list(&figures, "stages"), text(stage, "id"));
    let Some(figure) = found.and_then(|stage| stage.get("figure")) else { return Ok(()) };
    let told = with_id(list(task.exercise, "stages"), text(stage, "id"));
    let groups = told.and_then(|told| told.get("figure")?.get("groups")?.as_str());
    let groups = groups.and_then(|id| with_id(list(stage, "columns"), id));
    let drawing = Drawing { figure, stage, groups, words };
    match text(figure, "kind") {
        "quadrants" => drawing.quadrants(screen),
        "bars" => drawing.bars(screen),
        "ladder" => drawing.ladder(screen),
        "radar" => drawing.strips(screen),
        "budget" => drawing.budget(screen),
        "board" => drawing.board(screen),
        _ => Ok(()),
    }?;
    Ok(())
}

struct Drawing<'d> {
    /// What the engine says it shows.
    figure: &'d Value,
    /// The stage as the learner sees it.
    stage: &'d Value,
    /// The column whose values stand beside the names.
    groups: Option<&'d Value>,
    words: &'d Words,
}

impl Drawing<'_> {
    /// The rows that the level shows.
    fn rows(&self) -> impl Iterator<Item = &Value> {
        let shown = list(self.stage, "rows");
        let shown =
            move |row: &&Value| shown.is_empty() || with_id(shown, text(row, "id")).is_some();
        list(self.figure, "rows").iter().filter(shown)
    }

    fn quadrants(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        for bin in list(self.figure, "boxes") {
            let items = list(bin, "items").iter().filter_map(Value::as_str);
            let shown = |id: &&str| with_id(list(self.stage, "items"), id).is_some();
            let here: Vec<&str> = items.filter(shown).collect();
            let count = aside(self.words, &here.len().to_string());
            screen.item("┌", &format!("{}{count}", entry::label(bin, self.words)))?;
            let items = if here.is_empty() { "—".to_owned() } else { here.join(" ") };
            screen.item("│", &items)?;
        }
        screen.line("")
    }

    fn bars(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        let percent = self.figure.get("percent").and_then(Value::as_bool) == Some(true);
        let scale = if percent { 100.0 } else { 1.0 };
        let unit = if percent { "%" } else { "" };
        let mut bars: Vec<Bar> = self.rows().filter_map(|row| self.bar(row, scale)).collect();
        bars.sort_by(|a, b| b.value.total_cmp(&a.value));
        let lines = list(self.figure, "lines").iter();
        let mut lines: Vec<f64> = lines.map(|line| number(line, "value") * scale).collect();
        lines.sort_by(|a, b| b.total_cmp(a));
        let values = bars.iter().map(|bar| bar.value);
        let most = values.chain(lines.iter().copied()).fold(0.0, f64::max);
        if bars.is_empty() || most <= 0.0 {
            return Ok(());
        }
        screen.space()?;
        let scale = Scale::of(&bars, most, unit, screen);
        let mut lines = lines.into_iter().peekable();
        for bar in bars {
            while let Some(line) = lines.next_if(|line| bar.value < *line) {
                scale.threshold(screen, line)?;
            }
            scale.bar(screen, &bar)?;
        }
        for line in lines {
            scale.threshold(screen, line)?;
        }
        screen.line("")
    }

    /// A row's bar, with its class where the figure groups by one.
    fn bar(&self, row: &Value, scale: f64) -> Option<Bar> {
        let value = row.get("value")?.as_f64()? * scale;
        let group = row.get("group").filter(|group| !group.is_null());
        let group = group.map(|group| answer_text(self.stage, self.groups, group, self.words));
        let group = group.map(|group| aside(self.words, &group));
        Some(Bar { name: format!("{}{}", called(row), group.unwrap_or_default()), value })
    }

    fn ladder(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        screen.space()?;
        let scale = list(self.figure, "scale");
        let label = |step: &Value| entry::label(step, self.words);
        let width = scale.iter().map(|step| label(step).width()).max().unwrap_or(0);
        let comma = self.words.word("terminal.phrase.comma");
        for step in scale.iter().rev() {
            let here = self.rows().filter(|row| row.get("label") == step.get("id"));
            let mut here: Vec<String> = here.map(called).collect();
            if here.is_empty() {
                here.push("·".to_owned());
            }
            let label = label(step);
            let pad = " ".repeat(width - label.width());
            screen.pieces(&format!("╞ {label}{pad}"), &here, &comma)?;
        }
        screen.line("")
    }

    fn strips(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        let items: Vec<String> = list(self.figure, "items").iter().map(called).collect();
        let width = items.iter().map(|item| item.width()).max().unwrap_or(0);
        // Two spaces before the name, one before and one behind the strip of four, and a change.
        let beside = width + 13 <= screen.width();
        for row in self.rows() {
            let now = list(row, "values");
            if now.iter().all(Value::is_null) {
                continue;
            }
            screen.subheading(&called(row))?;
            for (at, item) in items.iter().enumerate() {
                let Some(now) = now.get(at).and_then(Value::as_f64) else { continue };
                let was = list(row, "before").get(at).and_then(Value::as_f64);
                let changed = was.filter(|was| (now - was).abs() > f64::EPSILON);
                let change = match changed {
                    Some(was) => format!("{} → {}", number_text(was), number_text(now)),
                    None => number_text(now),
                };
                if !beside {
                    screen.item(&format!("{} {change:<5}", strip(now, was)), item)?;
                    continue;
                }
                let change = match changed {
                    Some(was) if now < was => screen.ink(Ink::Red, &change),
                    Some(_) => screen.ink(Ink::Green, &change),
                    None => change,
                };
                let pad = " ".repeat(width - item.width());
                screen.line(&format!("  {item}{pad} {} {change}", strip(now, was)))?;
            }
        }
        screen.line("")
    }

    fn budget(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        let Some(total) = self.figure.get("total").and_then(Value::as_f64) else { return Ok(()) };
        // A level may show some rows only; what is shared are all of them.
        let rows = list(self.figure, "rows").iter();
        let parts: Vec<Bar> = rows.filter_map(|row| self.bar(row, 1.0)).collect();
        if parts.is_empty() {
            return Ok(());
        }
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        let most = parts.iter().map(|part| part.value).fold(0.0, f64::max);
        let scale = Scale::of(&parts, most, "", screen);
        screen.space()?;
        for part in &parts {
            scale.bar(screen, part)?;
        }
        let (key, ink) = match sum - total {
            off if off.abs() < 1e-9 => ("budget-even", Ink::Green),
            off if off > 0.0 => ("budget-over", Ink::Red),
            _ => ("budget-under", Ink::Yellow),
        };
        let args = [("sum", sum), ("total", total), ("off", (sum - total).abs())]
            .map(|(key, it)| (key, number_text(it)));
        let line = self.words.say(&format!("terminal.practice.{key}"), &args);
        let line = screen.ink(ink, &line);
        screen.line(&format!("  {line}\n"))
    }

    fn board(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        let periods: Vec<&str> =
            list(self.figure, "periods").iter().filter_map(Value::as_str).collect();
        let mut header = vec![String::new()];
        header.extend(periods.iter().map(|period| (*period).to_owned()));
        let line = |place: &Value| {
            let told = with_id(list(self.stage, "places"), text(place, "id"));
            let slots = told.and_then(|told| told.get("slots"));
            let slots = slots.map(|slots| aside(self.words, &shown(self.words, slots)));
            let mut line = vec![format!("{}{}", text(place, "name"), slots.unwrap_or_default())];
            line.extend((0..periods.len()).map(|period| {
                let here = self.rows().filter(|who| {
                    list(who, "at").get(period).is_some_and(|at| Some(at) == place.get("id"))
                });
                let here: Vec<&str> = here.map(|who| text(who, "id")).collect();
                if here.is_empty() { "—".to_owned() } else { here.join(" ") }
            }));
            line
        };
        let rows: Vec<Vec<String>> = list(self.figure, "places").iter().map(line).collect();
        screen.table(&header, &rows)
    }
}

/// A name and how much it has.
struct Bar {
    name: String,
    value: f64,
}

/// How bars are drawn side by side.
struct Scale<'s> {
    /// Columns of the names; none where names have lines of their own.
    label: Option<usize>,
    /// The value of a full bar, and its columns.
    most: f64,
    full: usize,
    unit: &'s str,
}

impl<'s> Scale<'s> {
    fn of(bars: &[Bar], most: f64, unit: &'s str, screen: &Screen<'_>) -> Self {
        let widest = |width: &dyn Fn(&Bar) -> usize| bars.iter().map(width).max().unwrap_or(0);
        let label = widest(&|bar| bar.name.width());
        // Two spaces before the name, one before the bar, one before its number.
        let taken = 4 + widest(&|bar| number_text(bar.value).width() + unit.width());
        let beside = screen.width().saturating_sub(taken + label);
        let (label, room) = if beside >= LEAST_BAR {
            (Some(label), beside)
        } else {
            (None, screen.width().saturating_sub(taken))
        };
        Self { label, most, full: room.clamp(LEAST_BAR, MOST_BAR), unit }
    }

    fn bar(&self, screen: &mut Screen<'_>, bar: &Bar) -> io::Result<()> {
        let drawn = match length(bar.value, self.most, self.full) {
            // What there is too little of for a block is still more than nothing.
            0 if bar.value > 0.0 => "▏".to_owned(),
            blocks => "█".repeat(blocks),
        };
        let value = format!("{}{}", number_text(bar.value), self.unit);
        let value = if drawn.is_empty() { value } else { format!("{drawn} {value}") };
        match self.label {
            Some(label) => {
                let pad = " ".repeat(label - bar.name.width());
                screen.line(&format!("  {}{pad} {value}", bar.name))
            }
            None => {
                screen.item("", &bar.name)?;
                screen.line(&format!("  {value}"))
            }
        }
    }

    fn threshold(&self, screen: &mut Screen<'_>, line: f64) -> io::Result<()> {
        let pad = self.label.map_or_else(String::new, |label| " ".repeat(label + 1));
        screen.dim(&format!("  {pad}┄┄┄ {}{}", number_text(line), self.unit))
    }
}

/// `■■□`, and what was lost as `▒`.
fn strip(now: f64, was: Option<f64>) -> String {
    (1..=4_u8)
        .map(f64::from)
        .take_while(|step| *step <= 3.0 || now > 3.0 || was.is_some_and(|was| was > 3.0))
        .map(|step| match was {
            _ if step <= now + 1e-9 => '■',
            Some(was) if step <= was + 1e-9 => '▒',
            _ => '□',
        })
        .collect()
}

/// How long a bar is beside the longest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "between 0 and the full bar"
)]
fn length(value: f64, most: f64, full: usize) -> usize {
    if most <= 0.0 {
        return 0;
    }
    ((value.max(0.0) / most).min(1.0) * full as f64).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn strips_show_what_was_lost() {
        assert_eq!(strip(0.0, Some(3.0)), "▒▒▒");
        assert_eq!(strip(2.0, Some(1.0)), "■■□");
        assert_eq!(strip(3.0, None), "■■■");
        assert_eq!(strip(1.0, Some(4.0)), "■▒▒▒");
    }

    #[test]
    fn bars_are_as_long_as_their_numbers_and_never_longer() {
        assert_eq!((length(50.0, 100.0, 40), length(100.0, 100.0, 40)), (20, 40));
        assert_eq!((length(-5.0, 100.0, 40), length(150.0, 100.0, 40)), (0, 40));
        assert_eq!(length(0.0, 0.0, 40), 0, "nothing shared yet");
    }

    /// The figure of the one stage of an exercise, drawn.
    fn drawn(exercise: &Value, answers: &Value) -> String {
        drawn_on(None, exercise, answers)
    }

    /// The same on a screen so many columns wide.
    fn drawn_on(columns: Option<usize>, exercise: &Value, answers: &Value) -> String {
        let words = Words::load(&crate::embedded::themes(), &["base"], "en").unwrap();
        let task = Task { id: "x", exercise, variant: None, level: None };
        let face = task.face().unwrap();
        let mut out = Vec::new();
        let answers = answers.as_object().unwrap();
        let mut screen = Screen::new(&mut out, false, columns);
        draw(&task, &face["stages"][0], answers, &words, &mut screen).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn shares_of_a_hundred_are_drawn_in_per_cent_with_their_threshold() {
        let exercise = json!({"title": "t",
            "data": {"rows": {"fields": [{"id": "a"}], "rows": [
                {"id": "r1", "a": 9}, {"id": "r2", "a": 4}]}},
            "stages": [{"kind": "table", "id": "s", "rows": "rows",
                "columns": [{"kind": "calc", "id": "part", "as": "percent", "value": {"ratio": ["a", 10]}}],
                "figure": {"kind": "bars", "of": "part", "lines": [0.7]}}]});
        let answers = json!({"s": {"r1.part": "90%", "r2.part": 40}});
        let lines = drawn(&exercise, &answers);
        let lines: Vec<&str> = lines.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[0].starts_with("  r1 █") && lines[0].ends_with(" 90%"), "{lines:?}");
        assert_eq!(lines[1].trim(), "┄┄┄ 70%");
        assert!(lines[2].ends_with(" 40%"), "{lines:?}");
    }

    #[test]
    fn bars_stay_on_a_narrow_screen() {
        let exercise = |name: &str| {
            json!({"title": "t",
                "data": {"rows": {"fields": [{"id": "a"}], "rows": [
                    {"id": "r1", "name": name, "a": 9}, {"id": "r2", "a": 4}]}},
                "stages": [{"kind": "table", "id": "s", "rows": "rows",
                    "columns": [{"kind": "calc", "id": "sum", "value": "a"}],
                    "figure": {"kind": "bars", "of": "sum", "lines": [5]}}]})
        };
        let answers = json!({"s": {"r1.sum": 9, "r2.sum": 4}});
        for name in ["甲", "一家名字很长很长的公司，长得一行里放不下一根条，还要再长一点"]
        {
            let drawn = drawn_on(Some(40), &exercise(name), &answers);
            assert!(drawn.lines().all(|line| line.width() <= 40), "{drawn}");
            assert!(drawn.contains(&"█".repeat(LEAST_BAR)) && drawn.contains("┄┄┄ 5"), "{drawn}");
        }
    }

    #[test]
    fn a_budget_says_what_is_missing() {
        let exercise = json!({"title": "t", "values": {"all": 10},
            "data": {"rows": {"fields": [{"id": "want"}], "rows": [
                {"id": "r1", "want": 9}, {"id": "r2", "want": 4}]}},
            "stages": [{"kind": "table", "id": "s", "rows": "rows",
                "columns": [{"kind": "share", "id": "plan", "total": "all", "need": "want"}],
                "figure": {"kind": "budget", "of": "plan", "total": "all"}}]});
        let said = drawn(&exercise, &json!({"s": {"r1.plan": 5, "r2.plan": "3"}}));
        assert!(said.contains("Together 8: 2 less than 10"), "{said}");
        assert_eq!(drawn(&exercise, &json!({})), "", "nothing to draw yet");
    }
}
