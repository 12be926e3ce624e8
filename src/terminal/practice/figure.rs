//! The learner's own work as a picture made of characters.
//!
//! | kind | drawn |
//! |---|---|
//! | `quadrants` | each bin with what was put into it |
//! | `bars` | rows by size, with the thresholds between them |
//! | `ladder` | the scale, highest first, with who stands where |
//! | `radar` | one strip per item, before and now |
//! | `budget` | shares of a total, and whether they add up |
//! | `board` | places by periods |

use super::{aside, called, entry, with_id};
use crate::terminal::screen::Ink;
use crate::terminal::{Screen, figure as number_text, list, shown, text};
use crate::theme::Words;
use serde_json::Value;
use std::io;
use unicode_width::UnicodeWidthStr;

/// What figures are drawn from.
pub(super) struct Drawing<'d> {
    /// The whole exercise as written: parameters, figure.
    pub(super) exercise: &'d Value,
    /// The stage as the learner sees it.
    pub(super) stage: &'d Value,
    /// Answers by stage and cell.
    pub(super) answers: &'d serde_json::Map<String, Value>,
    /// Interface words.
    pub(super) words: &'d Words,
}

/// Columns of a full bar.
const BAR: usize = 40;

impl Drawing<'_> {
    /// Draws the stage's figure, if it has one and there is something to draw.
    pub(super) fn draw(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        let stages = list(self.exercise, "stages");
        let written = with_id(stages, text(self.stage, "id"));
        let Some(figure) = written.and_then(|stage| stage.get("figure")) else { return Ok(()) };
        match text(figure, "kind") {
            "quadrants" => self.quadrants(screen),
            "bars" => self.bars(figure, screen),
            "ladder" => self.ladder(figure, screen),
            "radar" => self.strips(figure, screen),
            "budget" => self.budget(figure, screen),
            "board" => self.board(screen),
            _ => Ok(()),
        }
    }

    /// What was answered in a cell, else what a level shows there.
    fn value(&self, cell: &str) -> Option<&Value> {
        let answered = self.answers.get(text(self.stage, "id")).and_then(|cells| cells.get(cell));
        answered.or_else(|| self.stage.get("shown")?.get(cell))
    }

    fn number(&self, cell: &str) -> Option<f64> {
        self.value(cell).and_then(read)
    }

    /// A threshold or total: a number, a parameter, or a result by its name.
    fn parameter(&self, name: &Value) -> Option<f64> {
        if let Some(number) = name.as_f64() {
            return Some(number);
        }
        let name = name.as_str()?;
        if let Some(number) = self.exercise.get("values").and_then(|it| it.get(name)?.as_f64()) {
            return Some(number);
        }
        let own = || self.number(name);
        let earlier = || {
            let (stage, result) = name.split_once('.')?;
            self.answers.get(stage)?.get(result).and_then(read)
        };
        own().or_else(earlier)
    }

    fn quadrants(&self, screen: &mut Screen<'_>) -> io::Result<()> {
        for bin in list(self.stage, "bins") {
            let here: Vec<&str> = list(self.stage, "items")
                .iter()
                .map(|item| text(item, "id"))
                .filter(|item| {
                    let answer = self.value(&format!("{item}.answer"));
                    answer.and_then(Value::as_str) == Some(text(bin, "id"))
                })
                .collect();
            let title = screen.ink(Ink::Bold, &entry::label(bin, self.words));
            screen.line(&format!("  ┌ {title}{}", aside(self.words, &here.len().to_string())))?;
            let items = if here.is_empty() { "—".to_owned() } else { here.join(" ") };
            screen.item("│", &items)?;
        }
        screen.line("")
    }

    fn bars(&self, figure: &Value, screen: &mut Screen<'_>) -> io::Result<()> {
        let of = text(figure, "of");
        let mut bars: Vec<(String, f64)> = list(self.stage, "rows")
            .iter()
            .filter_map(|row| {
                let value = self.number(&format!("{}.{of}", text(row, "id")))?;
                Some((self.bar_label(row, figure), value))
            })
            .collect();
        bars.sort_by(|a, b| b.1.total_cmp(&a.1));
        let column = with_id(list(self.stage, "columns"), of);
        let percent =
            column.is_some_and(|it| it.get("percent").and_then(Value::as_bool) == Some(true));
        let scale = if percent { 100.0 } else { 1.0 };
        let lines = list(figure, "lines").iter().filter_map(|line| self.parameter(line));
        let mut lines: Vec<f64> = lines.map(|line| line * scale).collect();
        lines.sort_by(|a, b| b.total_cmp(a));
        let most = bars.iter().map(|bar| bar.1).chain(lines.iter().copied()).fold(0.0, f64::max);
        let label = bars.iter().map(|bar| bar.0.width()).max().unwrap_or(0);
        if bars.is_empty() || most <= 0.0 {
            return Ok(());
        }
        screen.line("")?;
        let mut lines = lines.into_iter().peekable();
        for (name, value) in bars {
            while let Some(line) = lines.next_if(|line| value < *line) {
                threshold(screen, label, line)?;
            }
            let pad = " ".repeat(label - name.width());
            let bar = "█".repeat(length(value, most));
            screen.line(&format!("  {name}{pad} {bar} {}", number_text(value)))?;
        }
        for line in lines {
            threshold(screen, label, line)?;
        }
        screen.line("")
    }

    /// A row's name, with its class where the figure groups by one.
    fn bar_label(&self, row: &Value, figure: &Value) -> String {
        let group = text(figure, "groups");
        let value = self.value(&format!("{}.{group}", text(row, "id")));
        let column = with_id(list(self.stage, "columns"), group);
        match value {
            Some(value) if !group.is_empty() => {
                let group = super::answer_text(self.stage, column, value);
                format!("{}{}", called(row), aside(self.words, &group))
            }
            _ => called(row),
        }
    }

    fn ladder(&self, figure: &Value, screen: &mut Screen<'_>) -> io::Result<()> {
        let of = text(figure, "of");
        let Some(column) = with_id(list(self.stage, "columns"), of) else { return Ok(()) };
        screen.line("")?;
        for step in list(column, "options").iter().rev() {
            let here: Vec<String> = list(self.stage, "rows")
                .iter()
                .filter(|row| {
                    let value = self.value(&format!("{}.{of}", text(row, "id")));
                    value.and_then(Value::as_str) == Some(text(step, "id"))
                })
                .map(called)
                .collect();
            let here = if here.is_empty() { "·".to_owned() } else { here.join("、") };
            screen.item("╞", &format!("{}  {here}", entry::label(step, self.words)))?;
        }
        screen.line("")
    }

    fn strips(&self, figure: &Value, screen: &mut Screen<'_>) -> io::Result<()> {
        let (of, before) = (text(figure, "of"), text(figure, "before"));
        let field = with_id(list(self.stage, "fields"), of);
        let column = with_id(list(self.stage, "columns"), of);
        let items = field.or(column).map_or(&[][..], |per| list(per, "items"));
        let width = items.iter().map(|item| called(item).width()).max().unwrap_or(0);
        for row in list(self.stage, "rows") {
            let entry = |name: &str, at: usize, item: &Value| {
                let given = row.get("given").and_then(|given| given.get(name));
                let given = given.and_then(|given| given.get(at)).and_then(read);
                given.or_else(|| {
                    self.number(&format!("{}.{name}.{}", text(row, "id"), text(item, "id")))
                })
            };
            if items.iter().enumerate().all(|(at, item)| entry(of, at, item).is_none()) {
                continue;
            }
            screen.subheading(&called(row))?;
            for (at, item) in items.iter().enumerate() {
                let Some(now) = entry(of, at, item) else { continue };
                let was = entry(before, at, item);
                let pad = " ".repeat(width - called(item).width());
                let steps = strip(now, was);
                let change = match was {
                    Some(was) if (now - was).abs() > f64::EPSILON => {
                        let change = format!("{} → {}", number_text(was), number_text(now));
                        screen.ink(if now < was { Ink::Red } else { Ink::Green }, &change)
                    }
                    _ => number_text(now),
                };
                screen.line(&format!("  {}{pad} {steps} {change}", called(item)))?;
            }
        }
        screen.line("")
    }

    fn budget(&self, figure: &Value, screen: &mut Screen<'_>) -> io::Result<()> {
        let of = text(figure, "of");
        let Some(total) = figure.get("total").and_then(|total| self.parameter(total)) else {
            return Ok(());
        };
        let parts: Vec<(String, f64)> = list(self.stage, "rows")
            .iter()
            .filter_map(|row| {
                let value = self.number(&format!("{}.{of}", text(row, "id")))?;
                Some((called(row), value))
            })
            .collect();
        if parts.is_empty() {
            return Ok(());
        }
        let sum: f64 = parts.iter().map(|part| part.1).sum();
        let most = parts.iter().map(|part| part.1).fold(0.0, f64::max);
        let label = parts.iter().map(|part| part.0.width()).max().unwrap_or(0);
        screen.line("")?;
        for (name, value) in &parts {
            let pad = " ".repeat(label - name.width());
            let bar = "█".repeat(length(*value, most));
            screen.line(&format!("  {name}{pad} {bar} {}", number_text(*value)))?;
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
            list(self.stage, "periods").iter().filter_map(Value::as_str).collect();
        let mut header = vec![String::new()];
        header.extend(periods.iter().map(|period| (*period).to_owned()));
        let rows: Vec<Vec<String>> = list(self.stage, "places")
            .iter()
            .map(|place| {
                let mut line = vec![match place.get("slots") {
                    Some(slots) => {
                        format!("{}{}", text(place, "name"), aside(self.words, &shown(slots)))
                    }
                    None => text(place, "name").to_owned(),
                }];
                line.extend(periods.iter().map(|period| {
                    let here = list(self.stage, "rows").iter().map(|who| text(who, "id"));
                    let here: Vec<&str> = here
                        .filter(|who| {
                            let at = self.value(&format!("{period}.{who}"));
                            at.and_then(Value::as_str) == Some(text(place, "id"))
                        })
                        .collect();
                    here.join(" ")
                }));
                line
            })
            .collect();
        screen.table(&header, &rows)
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

fn threshold(screen: &mut Screen<'_>, label: usize, line: f64) -> io::Result<()> {
    let text = format!("  {} ┄┄┄ {}", " ".repeat(label), number_text(line));
    screen.dim(&text)
}

/// How long a bar is beside the longest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "between 0 and BAR"
)]
fn length(value: f64, most: f64) -> usize {
    ((value.max(0.0) / most).min(1.0) * BAR as f64).round() as usize
}

/// A number as it was typed or told.
fn read(value: &Value) -> Option<f64> {
    if let Some(number) = value.as_f64() {
        return Some(number);
    }
    let typed: String =
        value.as_str()?.chars().filter(|letter| !",%， ".contains(*letter)).collect();
    typed.replace('−', "-").parse().ok()
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
        assert_eq!((length(50.0, 100.0), length(100.0, 100.0)), (BAR / 2, BAR));
        assert_eq!((length(-5.0, 100.0), length(150.0, 100.0)), (0, BAR));
    }

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        assert_eq!(read(&json!("1,250")), Some(1250.0));
        assert_eq!(read(&json!("75.81%")), Some(75.81));
        assert_eq!(read(&json!("−3")), Some(-3.0));
        assert_eq!(read(&json!("—")), None);
    }
}
