//! The solution of an exercise, step by step.

use super::table::cells_of;
use super::verdict::plain;
use super::{Task, answer_text, called, card, described, named_cell, pair, shown, titled, with_id};
use crate::terminal::phrase::{because, clauses};
use crate::terminal::screen::Ink;
use crate::terminal::{Format, Screen, Trouble, list, say, text};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::Value;

/// Writes a solution of [`super::worked`].
pub fn write_worked(
    task: &Task<'_>,
    worked: &Value,
    format: Format,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    if format == Format::Json {
        screen.line(&worked.to_string())?;
        return Ok(());
    }
    let exercise = Task { level: None, ..*task }.face()?;
    screen.heading(text(&exercise, "title"))?;
    let stages = list(worked, "stages");
    for (at, stage) in stages.iter().enumerate() {
        let face = with_id(list(&exercise, "stages"), text(stage, "id")).unwrap_or(stage);
        let place = [("n", (at + 1).to_string()), ("all", stages.len().to_string())];
        let place = words.say("terminal.practice.stage-of", &place);
        screen.heading(&format!("{place} · {}", titled(face)))?;
        screen.paragraph(text(face, "task"))?;
        write_stage(stage, face, words, screen)?;
    }
    Ok(())
}

fn write_stage(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    for refused in list(stage, "refused") {
        if let Some(message) = refused.get("message")
            && let Ok(message) = serde_json::from_value::<Message>(message.clone())
        {
            screen.item("✗", &say(words, &message))?;
        }
    }
    match text(stage, "kind") {
        "bins" => return bins(stage, face, words, screen),
        "order" => return order(stage, words, screen),
        "question" => return question(stage, face, words, screen),
        _ => {}
    }
    for (title, lines) in card::cards(face, words) {
        let title = screen.ink(Ink::Dim, &pair(words, &title, ""));
        screen.signed("·", &format!("{title}{}", clauses(words, lines)))?;
    }
    rows(stage, face, words, screen)?;
    for row in list(stage, "rows") {
        let steps: Vec<&Value> = list(stage, "steps")
            .iter()
            .filter(|step| {
                let row_of = text(step, "cell").split_once('.').map(|(row, _)| row);
                row_of == Some(text(row, "id"))
            })
            .collect();
        let whys = row.get("why").and_then(Value::as_object);
        if steps.is_empty() && whys.is_none() {
            continue;
        }
        screen.subheading(&called(row))?;
        write_steps(face, &steps, words, screen)?;
        for (column, why) in whys.into_iter().flatten() {
            let cell = format!("{}.{column}", text(row, "id"));
            let named = named_cell(face, &cell, words);
            let value = row.get(column).map(|value| answer_text(face, named.column, value, words));
            let value = value.map(|value| format!(" {value}")).unwrap_or_default();
            let why = because(words, &shown(words, why));
            screen.item("∵", &format!("{}{value}{why}", named.title))?;
        }
    }
    results(stage, face, words, screen)
}

/// Rows by columns: what came out.
fn rows(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let rows = list(stage, "rows");
    if rows.is_empty() {
        return Ok(());
    }
    let columns: Vec<(String, String, Option<&Value>)> = if text(face, "kind") == "pipeline" {
        let periods = list(face, "periods").iter().filter_map(Value::as_str);
        periods.map(|period| (period.to_owned(), period.to_owned(), None)).collect()
    } else {
        let columns = list(face, "columns").iter();
        columns
            .flat_map(|column| {
                let cells = cells_of(column, words).into_iter();
                cells.map(move |(title, name)| (title, name, Some(column)))
            })
            .collect()
    };
    let mut header = vec![words.word("terminal.row")];
    header.extend(columns.iter().map(|(title, ..)| title.clone()));
    let line = |row: &Value| {
        let mut line = vec![called(row)];
        line.extend(columns.iter().map(|(_, name, column)| {
            row.get(name).map_or("—".into(), |value| in_column(face, *column, value, words))
        }));
        line
    };
    let rows: Vec<Vec<String>> = rows.iter().map(line).collect();
    screen.table(&header, &rows)?;
    Ok(())
}

/// A computed value as its column shows it: percentages as such.
fn in_column(face: &Value, column: Option<&Value>, value: &Value, words: &Words) -> String {
    let percent = column.is_some_and(|it| it.get("percent").and_then(Value::as_bool) == Some(true));
    let decimals = column.and_then(|it| it.get("decimals")?.as_u64()).unwrap_or(2);
    match value.as_f64() {
        Some(number) => rounded(if percent { number * 100.0 } else { number }, decimals, percent),
        None => answer_text(face, column, value, words),
    }
}

fn rounded(number: f64, decimals: u64, percent: bool) -> String {
    let decimals = usize::try_from(decimals).unwrap_or(2).min(9);
    let text = format!("{number:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0" } else { text };
    let text = text.replacen('-', "−", 1);
    if percent { format!("{text}%") } else { text }
}

/// How cells were worked out: those that were looked up in bands together on a line, then each
/// formula with its numbers.
pub(super) fn write_steps(
    face: &Value,
    steps: &[&Value],
    words: &Words,
    screen: &mut Screen<'_>,
) -> std::io::Result<()> {
    let banded = |step: &Value| {
        let column = named_cell(face, text(step, "cell"), words).column;
        column.is_some_and(|column| text(column, "kind") == "bands")
    };
    let mut looked_up: Vec<String> = Vec::new();
    for step in steps {
        if banded(step) {
            let named = named_cell(face, text(step, "cell"), words);
            let value = step
                .get("value")
                .map_or("—".into(), |it| in_column(face, named.column, it, words));
            looked_up.push(format!("{} {} → {value}", named.title, text(step, "with")));
            continue;
        }
        if !looked_up.is_empty() {
            screen.item("→", &std::mem::take(&mut looked_up).join(" · "))?;
        }
        screen.item("=", &step_line(face, step, words))?;
    }
    if !looked_up.is_empty() {
        screen.item("→", &looked_up.join(" · "))?;
    }
    Ok(())
}

/// `总分：Σ权重×分 ÷ 5 = 410 ÷ 5 = 82 —— why`.
fn step_line(face: &Value, step: &Value, words: &Words) -> String {
    let named = named_cell(face, text(step, "cell"), words);
    let mut line = pair(words, &named.title, text(step, "formula"));
    let value =
        step.get("value").map_or("—".into(), |value| in_column(face, named.column, value, words));
    // A part that says the same as the one before it is left out.
    let mut before = text(step, "formula");
    for part in [text(step, "with"), &value] {
        if !part.is_empty() && part != before {
            line.push_str(" = ");
            line.push_str(part);
            before = part;
        }
    }
    line.push_str(&because(words, text(step, "why")));
    line
}

fn results(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let results = stage.get("results").and_then(Value::as_object);
    if results.is_some_and(|results| !results.is_empty()) {
        screen.line("")?;
    }
    // Reasons stand beside the values, as they do in a row.
    let whys = results.and_then(|results| results.get("why")).filter(|whys| whys.is_object());
    for (id, value) in results.into_iter().flatten().filter(|(_, value)| !value.is_object()) {
        let step = list(stage, "steps").iter().find(|step| text(step, "cell") == id);
        let line = match step {
            Some(step) => step_line(face, step, words),
            None => {
                let column = with_id(list(face, "results"), id);
                let title = column.map_or_else(|| id.clone(), titled);
                pair(words, &title, &in_column(face, column, value, words))
            }
        };
        let why = whys.filter(|_| step.is_none()).map_or("", |whys| text(whys, id));
        screen.item("→", &format!("{line}{}", because(words, why)))?;
    }
    Ok(())
}

/// Items under their bins, each with its reason.
fn bins(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    for bin in list(face, "bins") {
        screen.subheading(&super::entry::label(bin, words))?;
        for item in list(stage, "rows").iter().filter(|item| item.get("answer") == bin.get("id")) {
            let why = item.get("why").and_then(|why| why.get("answer")).and_then(Value::as_str);
            let why = because(words, why.unwrap_or_default());
            screen.item("·", &format!("{}{why}", described(item, words)))?;
        }
    }
    Ok(())
}

fn order(stage: &Value, words: &Words, screen: &mut Screen<'_>) -> Result<(), Trouble> {
    let rows = list(stage, "rows");
    let ids = stage.get("results").map_or(&[][..], |results| list(results, "order"));
    for (at, id) in ids.iter().enumerate() {
        let item = with_id(rows, id.as_str().unwrap_or_default());
        let item_text = item.map_or_else(|| shown(words, id), |item| text(item, "text").to_owned());
        let why = item.and_then(|item| item.get("why")?.get("order")?.as_str());
        let why = because(words, why.unwrap_or_default());
        screen.item(&format!("{}.", at + 1), &format!("{item_text}{why}"))?;
    }
    Ok(())
}

fn question(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let question = face.get("question").unwrap_or(&Value::Null);
    screen.paragraph(text(question, "prompt"))?;
    let answer = stage.get("results").and_then(|results| results.get("answer"));
    let option =
        answer.and_then(Value::as_str).and_then(|id| with_id(list(question, "options"), id));
    let answer =
        option.map_or_else(|| plain(answer, words), |option| text(option, "text").to_owned());
    screen.item("→", &answer)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::step_line;
    use crate::theme::{BASE, Theme};
    use serde_json::json;

    #[test]
    fn a_result_is_said_though_its_formula_ends_alike() {
        let themes = crate::embedded::themes();
        let theme = Theme::load(&themes, BASE).unwrap();
        let words = theme.words("en").unwrap();
        let face = json!({"columns": [{"id": "due", "title": "Due", "decimals": 2}]});
        let line = |formula: &str, with: &str, value: f64| {
            let step = json!({"cell": "a.due", "formula": formula, "with": with, "value": value});
            step_line(&face, &step, &words)
        };
        assert_eq!(line("p × q", "0 × 60", 0.0), "Due: p × q = 0 × 60 = 0");
        assert_eq!(line("p − q", "3 − 15", -12.0), "Due: p − q = 3 − 15 = −12");
        assert_eq!(line("p", "5", 5.0), "Due: p = 5");
        assert_eq!(line("Σ(p)", "Σ(p)", 7.0), "Due: Σ(p) = 7");
    }
}
