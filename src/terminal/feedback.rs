//! A verdict in words: how the answer stands, and the reason of each part.

use super::phrase::{aside, because, clauses, pair, several, shown};
use super::{Screen, face, list, say, text};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::Value;
use std::io;

/// Writes a verdict on a question; `shown_face` names what its ids stand for.
pub(super) fn write(
    screen: &mut Screen<'_>,
    question: &Value,
    verdict: &Value,
    words: &Words,
) -> io::Result<()> {
    let state = text(verdict, "state");
    let sign = match state {
        "right" => "✓",
        "partly" => "◐",
        "unscored" => "·",
        _ => "✗",
    };
    screen.folded(&format!("{sign} {}", words.word(&format!("engine.state.{state}"))))?;
    for message in list(verdict, "messages") {
        if let Ok(message) = serde_json::from_value::<Message>(message.clone()) {
            screen.item("", &say(words, &message))?;
        }
    }
    if text(question, "widget") == "order" && question.get("top").is_none() {
        order(screen, question, list(verdict, "parts"), words)?;
    } else {
        for part in list(verdict, "parts") {
            write_part(screen, question, part, words)?;
        }
    }
    let solution = verdict.get("solution").filter(|solution| !solution.is_null());
    let told = !list(verdict, "parts").is_empty() || state == "right";
    if let Some(solution) = solution.filter(|_| !told) {
        let answer = named(question, solution, words);
        screen.item("", &words.say("terminal.right-answer", &[("answer", answer)]))?;
    }
    for point in list(verdict, "checklist") {
        screen.item("□", point.as_str().unwrap_or_default())?;
    }
    for key in ["slip", "why", "model"] {
        let reason = text(verdict, key);
        if !reason.is_empty() {
            screen.item("", &words.say(&format!("terminal.{key}"), &[("text", reason)]))?;
        }
    }
    Ok(())
}

/// The right order, with the places that items were given instead.
fn order(
    screen: &mut Screen<'_>,
    question: &Value,
    parts: &[Value],
    words: &Words,
) -> io::Result<()> {
    let place = |part: &Value, key: &str| {
        let place = part.get(key).map(|place| shown(words, place));
        place.and_then(|place| place.parse::<usize>().ok())
    };
    let mut parts: Vec<&Value> = parts.iter().collect();
    parts.sort_by_key(|part| place(part, "expected"));
    for part in parts {
        let sign = if text(part, "state") == "right" { "✓" } else { "✗" };
        let mut line = name(question, text(part, "id"), words);
        if let Some(given) = place(part, "chosen").filter(|_| sign == "✗") {
            let n = given.to_string();
            line.push_str(&aside(words, &words.say("terminal.practice.placed", &[("place", n)])));
        }
        line.push_str(&because(words, text(part, "why")));
        let at = place(part, "expected").map(|place| format!(" {place}.")).unwrap_or_default();
        screen.item(&format!("{sign}{at}"), &line)?;
    }
    Ok(())
}

fn write_part(
    screen: &mut Screen<'_>,
    question: &Value,
    part: &Value,
    words: &Words,
) -> io::Result<()> {
    let state = text(part, "state");
    let sign = match state {
        "right" => "✓",
        "near" => "◐",
        "avoided" => "·",
        "missed" => "!",
        _ => "✗",
    };
    let id = text(part, "id");
    let mut line = name(question, id, words);
    if let Some(expected) = part.get("expected").and_then(Value::as_str) {
        let chosen = part.get("chosen").and_then(Value::as_str).unwrap_or("—");
        line = pair(words, &line, &name(question, chosen, words));
        if state != "right" {
            line.push_str(" → ");
            line.push_str(&name(question, expected, words));
        }
    } else {
        line.push_str(&aside(words, &words.word(&format!("engine.part.{state}"))));
    }
    line.push_str(&because(words, text(part, "why")));
    screen.item(sign, &line)
}

/// What an id stands for in a face; itself if nothing there has it.
fn name(question: &Value, id: &str, words: &Words) -> String {
    let lists = ["options", "lefts", "targets", "items", "rows", "columns", "regions"];
    let entry =
        lists.iter().flat_map(|key| list(question, key)).find(|entry| text(entry, "id") == id);
    entry.map_or_else(|| id.to_owned(), |entry| face::label(entry, words))
}

fn named(question: &Value, solution: &Value, words: &Words) -> String {
    match solution {
        Value::String(id) => name(question, id, words),
        Value::Bool(side) => words.word(&format!("engine.answer.{side}")),
        Value::Array(ids) => several(words, ids.iter().map(|id| named(question, id, words))),
        Value::Object(pairs) => {
            let pairs = pairs.iter().map(|(left, right)| {
                format!("{} → {}", name(question, left, words), named(question, right, words))
            });
            clauses(words, pairs)
        }
        other => shown(words, other),
    }
}
