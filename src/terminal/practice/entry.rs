//! Asks for one cell, by what its column takes.

use super::{aside, described, list, pair, shown, text, with_id};
use crate::course::tells;
use crate::terminal::{Ask, Stop, face};
use crate::theme::Words;
use serde_json::Value;

/// Asks for the cell of a column called `title`.
pub(super) fn entry(
    column: &Value,
    title: &str,
    rows: &[Value],
    ask: &mut dyn Ask,
    words: &Words,
) -> Result<Value, Stop> {
    let options = match list(column, "options") {
        [] if text(column, "input") == "pick" => rows,
        options => options,
    };
    let labels =
        || -> Vec<String> { options.iter().map(|option| told(option, rows, words)).collect() };
    let unit = text(column, "unit");
    let title = match unit {
        "" if column.get("percent").and_then(Value::as_bool) == Some(true) => {
            format!("{title}{}", aside(words, "%"))
        }
        unit if unit.is_empty() || unit.eq_ignore_ascii_case(title) => title.to_owned(),
        unit => format!("{title}{}", aside(words, unit)),
    };
    let ordered = column.get("ordered").and_then(Value::as_bool) == Some(true);
    Ok(match text(column, "input") {
        // Some rows have no such thing.
        "label" if matches!(text(column, "kind"), "top" | "lookup") => {
            let mut labels = labels();
            labels.push("—".to_owned());
            let at = ask.one(&title, &labels)?;
            if at < options.len() { face::id(options, at) } else { "—".into() }
        }
        "label" => face::id(options, ask.one(&title, &labels())?),
        "set" | "pick" if !ordered => {
            let chosen = ask.many(&title, &labels())?;
            chosen.into_iter().map(|at| face::id(options, at)).collect()
        }
        "pick" | "set" => {
            let take = column.get("take").and_then(Value::as_u64).unwrap_or(options.len() as u64);
            in_order(&title, options, rows, take, ask, words)?
        }
        "yes_no" => {
            let sides = ["terminal.yes", "terminal.no"].map(|key| words.word(key));
            (ask.one(&title, &sides)? == 0).into()
        }
        "texts" => {
            let line = ask.line(&format!("{title}{}", words.word("terminal.texts")))?;
            let pieces = line.split([';', '；']).map(str::trim).filter(|piece| !piece.is_empty());
            pieces.map(Value::from).collect()
        }
        _ => ask.line(&title)?.into(),
    })
}

/// An option as it is listed; ids that say something (`T01`, `F03`) stand before the name.
pub(super) fn label(option: &Value, words: &Words) -> String {
    let (id, label) = (text(option, "id"), face::label(option, words));
    if tells(id, &label) { format!("{id} {label}") } else { label }
}

/// An option as it is listed; a row that is picked with what it is about.
fn told(option: &Value, rows: &[Value], words: &Words) -> String {
    let row = with_id(rows, text(option, "id")).filter(|row| !text(row, "text").is_empty());
    match row
        .filter(|_| text(option, "name").is_empty() || text(option, "name") == text(option, "id"))
    {
        Some(row) => described(row, words),
        None => label(option, words),
    }
}

/// The first so many of the options, in order.
fn in_order(
    title: &str,
    options: &[Value],
    rows: &[Value],
    take: u64,
    ask: &mut dyn Ask,
    words: &Words,
) -> Result<Value, Stop> {
    let mut left: Vec<Value> = options.to_vec();
    let mut chosen = Vec::new();
    while (chosen.len() as u64) < take && !left.is_empty() {
        let place = words.say("terminal.place", &[("n", (chosen.len() + 1).to_string())]);
        let labels: Vec<String> = left.iter().map(|option| told(option, rows, words)).collect();
        let at = ask.one(&format!("{title} · {place}"), &labels)?;
        chosen.push(Value::from(text(&left.remove(at.min(left.len() - 1)), "id")));
    }
    Ok(Value::Array(chosen))
}

/// Several numbers typed on one line, if all of them are: `5 4 4 3`.
pub(super) fn numbers(line: &str, most: usize) -> Option<Vec<&str>> {
    let pieces: Vec<&str> = line.split_whitespace().collect();
    let number = |piece: &&str| {
        *piece == "—"
            || piece.chars().any(|letter| letter.is_ascii_digit())
                && piece.chars().all(|letter| letter.is_ascii_digit() || "+-−.,%".contains(letter))
    };
    (pieces.len() > 1 && pieces.len() <= most && pieces.iter().all(number)).then_some(pieces)
}

/// What the numbers of a column stand for, line by line.
pub(super) fn anchors(column: &Value, words: &Words) -> Vec<String> {
    let anchors = column.get("anchors").and_then(Value::as_object);
    anchors
        .into_iter()
        .flatten()
        .map(|(value, anchor)| pair(words, value, &shown(words, anchor)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{numbers, told};
    use crate::theme::Words;
    use serde_json::json;

    #[test]
    fn rows_are_picked_by_what_they_are_about() {
        let words = Words::load(&crate::embedded::themes(), &["base"], "en").unwrap();
        let rows =
            [json!({"id": "K1", "text": "Build a line"}), json!({"id": "T1", "name": "Dairy"})];
        let said = |option| told(&option, &rows, &words);
        assert_eq!(said(json!({"id": "K1"})), "K1: Build a line");
        assert_eq!(said(json!({"id": "K1", "name": "K1"})), "K1: Build a line");
        assert_eq!(said(json!({"id": "T1", "name": "Dairy"})), "T1 Dairy");
        assert_eq!(said(json!({"id": "S", "name": "Strength"})), "S Strength");
    }

    #[test]
    fn several_numbers_are_told_from_one_with_a_unit() {
        assert_eq!(numbers("5 4 −3 75.8%", 6).unwrap(), ["5", "4", "−3", "75.8%"]);
        assert_eq!(numbers("5 4 4", 2), None, "more than there are cells");
        assert_eq!(numbers("12.5 万元", 6), None);
        assert_eq!(numbers("12.5", 6), None);
    }
}
