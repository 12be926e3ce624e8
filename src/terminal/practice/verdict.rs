//! How cells stand, what mistakes they show, what the stages earned.

use super::{Task, answer_text, aside, called, minus, named_cell, pair, shown, titled, with_id};
use crate::terminal::phrase::{because, repeats};
use crate::terminal::screen::Ink;
use crate::terminal::{Format, Screen, Trouble, figure, list, number, percent, say, text};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::Value;
use std::io;

/// Writes a report of [`super::grade`].
pub fn write_verdict(
    task: &Task<'_>,
    verdict: &Value,
    format: Format,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    if format == Format::Json {
        screen.line(&verdict.to_string())?;
        return Ok(());
    }
    let exercise = task.face()?;
    for stage in list(verdict, "stages") {
        let face = with_id(list(&exercise, "stages"), text(stage, "id")).unwrap_or(stage);
        screen.heading(&titled(face))?;
        let all: Vec<&Value> = list(stage, "cells").iter().collect();
        cells(screen, face, &all, words)?;
        for found in list(stage, "mistakes") {
            mistake(screen, found, words)?;
        }
    }
    summary(screen, verdict, &exercise, words)?;
    Ok(())
}

/// Writes how cells stand: those that are right together on a line, the others with what would
/// have been right and why.
pub(super) fn cells(
    screen: &mut Screen<'_>,
    face: &Value,
    cells: &[&Value],
    words: &Words,
) -> io::Result<()> {
    // Where all cells are of one row, or of one period, the heading says it.
    let first = |cell: &Value| text(cell, "cell").split_once('.').map(|(row, _)| row.to_owned());
    let one = cells.iter().all(|cell| first(cell) == cells.first().and_then(|cell| first(cell)));
    let pipeline = text(face, "kind") == "pipeline";
    let name = |cell: &Value| {
        let named = named_cell(face, text(cell, "cell"), words);
        match named.row {
            Some(row) if pipeline && one => called(row),
            Some(row) if !one => format!("{} {}", text(row, "id"), named.title),
            _ => named.title,
        }
    };
    let answer = |cell: &Value, key: &str| {
        let column = named_cell(face, text(cell, "cell"), words).column;
        cell.get(key).map_or("—".into(), |value| minus(&answer_text(face, column, value, words)))
    };
    let (mut right, mut others) = (Vec::new(), Vec::new());
    let (orders, cells): (Vec<&Value>, Vec<&Value>) = cells
        .iter()
        .copied()
        .partition(|cell| text(face, "kind") == "order" && text(cell, "cell") == "order");
    for cell in orders {
        order(screen, face, cell, words)?;
    }
    for cell in &cells {
        match text(cell, "state") {
            "right" if cell.get("why").is_none() || cells.len() > 1 => {
                right.push(format!("{} {}", name(cell), answer(cell, "given")));
            }
            _ => others.push(cell),
        }
    }
    if !right.is_empty() {
        let sign = screen.ink(Ink::Green, "✓");
        screen.signed(&sign, &right.join(" · "))?;
    }
    for (at, cell) in others.iter().enumerate() {
        let (sign, ink) = sign(cell);
        // One reason for several cells of a row is given once, at the last of them.
        let next = others.get(at + 1).filter(|next| first(next) == first(cell));
        let again = next.is_some_and(|next| next.get("why") == cell.get("why"));
        let mut line = pair(words, &name(cell), &answer(cell, "given"));
        line.push_str(&outcome(cell, &answer(cell, "expected"), again, words));
        let sign = screen.ink(ink, sign);
        screen.signed(&sign, &line)?;
    }
    Ok(())
}

/// How a cell stands, as a sign.
fn sign(cell: &Value) -> (&'static str, Ink) {
    match text(cell, "state") {
        "right" => ("✓", Ink::Green),
        "carried" => ("↷", Ink::Green),
        "near" => ("◐", Ink::Yellow),
        "own" => ("·", Ink::Dim),
        _ => ("✗", Ink::Red),
    }
}

/// An order: how it stands, then the right one, with the places that items were given instead.
fn order(screen: &mut Screen<'_>, face: &Value, cell: &Value, words: &Words) -> io::Result<()> {
    let (state, ink) = sign(cell);
    let said = words.word(&format!("engine.state.{}", text(cell, "state")));
    let state = screen.ink(ink, state);
    screen.signed(&state, &said)?;
    let given = list(cell, "given");
    for (at, id) in list(cell, "expected").iter().enumerate() {
        let item = with_id(list(face, "items"), id.as_str().unwrap_or_default());
        let mut line = item.map_or_else(|| shown(words, id), |item| text(item, "text").to_owned());
        let place = given.iter().position(|given| given == id).filter(|place| *place != at);
        if let Some(place) = place {
            let n = (place + 1).to_string();
            line.push_str(&aside(words, &words.say("terminal.practice.placed", &[("place", n)])));
        }
        screen.item(&format!("{}.", at + 1), &line)?;
    }
    Ok(())
}

/// What would have been right, and what is to be said; not its reason if that comes `again`.
fn outcome(cell: &Value, expected: &str, again: bool, words: &Words) -> String {
    let state = text(cell, "state");
    let mut line = String::new();
    if !matches!(state, "right" | "own") {
        let several = cell.get("expected").is_some_and(Value::is_array);
        let expected = match text(cell, "shown") {
            shown if !shown.is_empty() && !several => minus(shown),
            _ => expected.to_owned(),
        };
        let state = words.word(&format!("engine.state.{state}"));
        line = format!(" → {expected}{}", aside(words, &state));
    }
    let message = cell.get("message").and_then(|message| {
        serde_json::from_value::<Message>(message.clone()).ok().map(|message| say(words, &message))
    });
    let why = cell
        .get("why")
        .filter(|_| !again)
        .and_then(Value::as_str)
        .filter(|why| !repeats(words, why, expected));
    for reason in [message.as_deref(), why].into_iter().flatten() {
        line.push_str(&because(words, reason));
    }
    line
}

/// Writes a mistake that the answers show.
pub(super) fn mistake(screen: &mut Screen<'_>, mistake: &Value, words: &Words) -> io::Result<()> {
    let args = [("title", text(mistake, "title")), ("text", text(mistake, "feedback"))];
    let line = words.say("terminal.practice.mistake", &args);
    let sign = screen.ink(Ink::Yellow, "⚑");
    screen.signed(&sign, &line)
}

/// `得分 18 / 20（90%）`.
pub(super) fn sums(key: &str, marks: f64, max: f64, words: &Words) -> String {
    words.say(
        key,
        &[("marks", figure(marks)), ("max", figure(max)), ("percent", percent(marks, max))],
    )
}

/// What the stages earned, and where to go from here.
pub(super) fn summary(
    screen: &mut Screen<'_>,
    verdict: &Value,
    exercise: &Value,
    words: &Words,
) -> io::Result<()> {
    let header = ["stage", "marks", "share"].map(|key| words.word(&format!("terminal.{key}")));
    let mut rows = Vec::new();
    for stage in list(verdict, "stages") {
        let (marks, max) = (number(stage, "marks"), number(stage, "max"));
        if max <= 0.0 {
            continue;
        }
        let passed = stage.get("passed").and_then(Value::as_bool) == Some(true);
        let share = format!("{} {}", percent(marks, max), if passed { "✓" } else { "✗" });
        let title =
            with_id(list(exercise, "stages"), text(stage, "id")).map_or_else(String::new, titled);
        rows.push(vec![title, format!("{} / {}", figure(marks), figure(max)), share]);
    }
    let (marks, max) = (number(verdict, "marks"), number(verdict, "max"));
    if max <= 0.0 {
        return screen.line(&words.word("terminal.practice.nothing-marked"));
    }
    screen.heading(&sums("terminal.score", marks, max, words))?;
    screen.table(&header, &rows)?;
    match verdict.get("next") {
        Some(next) => advice(screen, next, exercise, words),
        None => Ok(()),
    }
}

/// The engine's advice in words.
fn advice(
    screen: &mut Screen<'_>,
    next: &Value,
    exercise: &Value,
    words: &Words,
) -> io::Result<()> {
    let level = words.word(&format!("terminal.practice.level-{}", text(next, "level")));
    let stage = with_id(list(exercise, "stages"), text(next, "stage"));
    let cell = stage.map(|stage| {
        let named = named_cell(stage, text(next, "cell"), words);
        let row = named.row.map(|row| format!("{} ", text(row, "id"))).unwrap_or_default();
        format!("{row}{}", named.title)
    });
    let variant = with_id(list(exercise, "variants"), text(next, "variant"));
    let args = [
        ("level", level),
        ("stage", stage.map(titled).unwrap_or_default()),
        ("cell", cell.unwrap_or_default()),
        ("variant", variant.map(titled).unwrap_or_default()),
    ];
    let key = format!("terminal.practice.{}", text(next, "code").replace('.', "-"));
    screen.signed("➜", &words.say(&key, &args))?;
    if variant.is_some() {
        screen.signed("➜", &words.say("terminal.practice.next-variant", &args))?;
    }
    Ok(())
}

/// A value that has no column, for people.
pub(super) fn plain(value: Option<&Value>, words: &Words) -> String {
    value.map_or("—".into(), |value| shown(words, value))
}
