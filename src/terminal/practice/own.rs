//! A learner's own table, worked out with the exercise's rules.

use super::{Task, aside, entry, minus, named_cell, pair, shown, titled, with_id};
use crate::terminal::phrase::clauses;
use crate::terminal::screen::Ink;
use crate::terminal::{Ask, Screen, Stop, Trouble, engine, list, say, text};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::{Map, Value, json};

/// How a table of one's own is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// A table for spreadsheets.
    Csv,
}

/// Works out a table given as CSV; `answers` hold what the learner judged, by stage and cell.
pub fn own(task: &Task<'_>, csv: &str, answers: &Map<String, Value>) -> Result<Value, Message> {
    let request =
        json!({"op": "practice.own", "exercise": task.exercise, "csv": csv, "answers": answers});
    Ok(task.named(engine(&request)?))
}

/// Writes what [`own`] gives.
pub fn write_own(
    result: &Value,
    format: OwnFormat,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    match format {
        OwnFormat::Json => screen.line(&result.to_string())?,
        OwnFormat::Csv => {
            for line in table(result, words) {
                let line: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
                screen.line(&line.join(","))?;
            }
        }
        OwnFormat::Text => write_text(result, words, screen)?,
    }
    Ok(())
}

/// An empty table to begin with: its header, and the exercise's first row as an example.
pub fn write_template(
    task: &Task<'_>,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let face = task.face()?;
    let own = face.get("own").ok_or_else(|| Message::new("exercise.no-own-data"))?;
    let line = |key: &str| list(own, key).iter().filter_map(Value::as_str).map(str::to_owned);
    let header: Vec<String> = line("header").collect();
    let named = with_id(list(own, "columns"), "name").map_or("name", |it| text(it, "title"));
    let mut example: Vec<String> = line("example").collect();
    let at = header.iter().position(|title| title == named).unwrap_or(0);
    if let Some(name) = example.get_mut(at) {
        *name = words.say("terminal.practice.own-example", &[("name", name.as_str())]);
    }
    for line in [header, example] {
        screen.line(&line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","))?;
    }
    Ok(())
}

/// Whether there are judged cells that neither the table nor the answers fill.
pub fn wants_judgement(result: &Value, answers: &Map<String, Value>) -> bool {
    list(result, "fill").iter().any(|stage| !unfilled(stage, answers).is_empty())
}

/// The open cells of a stage to judge in that have nothing yet.
fn unfilled(stage: &Value, answers: &Map<String, Value>) -> Vec<String> {
    let has = |cells: Option<&Value>, cell: &str| cells.is_some_and(|it| it.get(cell).is_some());
    let answered = answers.get(text(stage, "id"));
    let open = list(stage, "open").iter().filter_map(Value::as_str);
    let open = open.filter(|cell| !has(stage.get("given"), cell) && !has(answered, cell));
    open.map(str::to_owned).collect()
}

/// Asks for the judged columns, row by row. Whoever leaves is asked no more; what was judged
/// counts.
pub fn judge(
    result: &Value,
    answers: &mut Map<String, Value>,
    words: &Words,
    ask: &mut dyn Ask,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    for stage in list(result, "fill") {
        screen.heading(&titled(stage))?;
        let cells = unfilled(stage, answers);
        for row in list(stage, "rows") {
            let prefix = format!("{}.", text(row, "id"));
            let mine: Vec<&String> =
                cells.iter().filter(|cell| cell.starts_with(&prefix)).collect();
            if mine.is_empty() {
                continue;
            }
            screen.subheading(&super::called(row))?;
            for cell in mine {
                let named = named_cell(stage, cell, words);
                let Some(column) = named.column else { continue };
                for anchor in entry::anchors(column, words) {
                    screen.item("", &anchor)?;
                }
                let given = match entry::entry(column, &named.title, &[], ask, words) {
                    Ok(given) => given,
                    Err(Stop::Left) => return Ok(()),
                    Err(stop) => return Err(stop.into()),
                };
                let cells = answers.entry(text(stage, "id")).or_insert_with(|| json!({}));
                cells[cell.as_str()] = given;
            }
        }
    }
    Ok(())
}

/// What could not be read, in words, each with its line and column (or row and column).
pub fn findings(result: &Value, words: &Words) -> Vec<String> {
    let finding = |finding: &Value| {
        let message: Message = serde_json::from_value(json!({
            "code": text(finding, "code"), "args": finding.get("args").cloned().unwrap_or(json!({}))
        }))
        .ok()?;
        let said = say(words, &message);
        let at = |key: &str| finding.get(key).map(|it| shown(words, it));
        if let Some(cell) = finding.get("cell").and_then(Value::as_str) {
            let stage = with_id(list(result, "fill"), text(finding, "stage"))?;
            let (row, _) = cell.split_once('.').unwrap_or((cell, ""));
            let named = format!("{row} {}", named_cell(stage, cell, words).title);
            return Some(pair(words, &named, &said));
        }
        Some(match (at("line"), at("column")) {
            (Some(line), Some(column)) => {
                let header = at("header").map_or_else(String::new, |it| aside(words, &it));
                let args = [("line", line), ("column", column), ("header", header), ("text", said)];
                words.say("terminal.practice.own-at", &args)
            }
            (Some(line), None) => {
                words.say("terminal.practice.own-line", &[("line", line), ("text", said)])
            }
            _ => said,
        })
    };
    list(result, "findings").iter().filter_map(finding).collect()
}

fn write_text(result: &Value, words: &Words, screen: &mut Screen<'_>) -> std::io::Result<()> {
    let faulty = |row: &Value| {
        list(result, "findings")
            .iter()
            .any(|it| it.get("row").is_some_and(|it| Some(it) == row.get("id")))
    };
    let called =
        |row: &Value| format!("{}{}", super::called(row), if faulty(row) { " ⚠" } else { "" });
    let ranked = list(result, "ranked");
    if !ranked.is_empty() {
        screen.heading(&words.word("terminal.practice.own-ranked"))?;
        let valued = ranked.iter().any(|row| row.get("value").is_some());
        let columns =
            ["place", "name", "value"].into_iter().filter(|key| *key != "value" || valued);
        let columns: Vec<&str> = columns.collect();
        let header = columns.iter().map(|key| words.word(&format!("terminal.practice.own-{key}")));
        let cell = |row: &Value, key: &str| match key {
            "name" => called(row),
            key => row.get(key).map_or("—", |cell| text(cell, "text")).to_owned(),
        };
        let rows: Vec<Vec<String>> =
            ranked.iter().map(|row| columns.iter().map(|key| cell(row, key)).collect()).collect();
        screen.table(&header.collect::<Vec<_>>(), &rows)?;
    }
    for out in list(result, "knocked_out") {
        let reasons = clauses(words, list(out, "reasons").iter().map(|it| shown(words, it)));
        let sign = screen.ink(Ink::Red, "✗");
        let unknown = || words.word("terminal.practice.own-unknown");
        let reasons = if reasons.is_empty() { unknown() } else { reasons };
        screen.signed(&sign, &pair(words, &called(out), &reasons))?;
    }
    for stage in list(result, "stages") {
        screen.heading(&titled(stage))?;
        let (header, rows) = of_stage(stage, words);
        // In a spreadsheet no value is an empty cell; people read a dash.
        let shown = |cell: &String| if cell.is_empty() { "—".to_owned() } else { minus(cell) };
        let rows = rows.iter().map(|row| row.iter().map(shown).collect());
        screen.table(&header, &rows.collect::<Vec<_>>())?;
        for column in list(stage, "results") {
            let value = stage.get("values").and_then(|values| values.get(text(column, "id")));
            if let Some(value) = value {
                screen.item("→", &pair(words, &titled(column), &minus(text(value, "text"))))?;
            }
        }
    }
    if list(result, "findings").iter().any(|it| it.get("row").is_some()) {
        screen.dim(&words.word("terminal.practice.own-kept"))?;
    }
    for note in list(result, "sensitivity") {
        let changed: Vec<String> = list(note, "rows")
            .iter()
            .filter(|row| row.get("changed").and_then(Value::as_bool) == Some(true))
            .map(|row| {
                let side = |key: &str| row.get(key).map(|it| told(it, words)).unwrap_or_default();
                format!(
                    "{}{}",
                    called(row),
                    aside(words, &format!("{} → {}", side("base"), side("value")))
                )
            })
            .collect();
        let changed = match changed.as_slice() {
            [] => words.word("terminal.practice.own-stable"),
            changed => {
                let (n, all) = (changed.len().to_string(), list(note, "rows").len().to_string());
                let count = words.say("terminal.practice.own-changes", &[("n", n), ("all", all)]);
                format!("{count}{}", clauses(words, changed.to_vec()))
            }
        };
        screen.signed("≈", &pair(words, &titled(note), &changed))?;
    }
    Ok(())
}

/// A cell's text, or a value as it is.
fn told(value: &Value, words: &Words) -> String {
    if value.is_object() { text(value, "text").to_owned() } else { shown(words, value) }
}

/// Header and rows of one stage.
fn of_stage(stage: &Value, words: &Words) -> (Vec<String>, Vec<Vec<String>>) {
    let columns: Vec<&Value> = list(stage, "columns")
        .iter()
        .filter(|column| column.get("asked").and_then(Value::as_bool) != Some(false))
        .collect();
    let mut header = vec![words.word("terminal.practice.own-name")];
    header.extend(columns.iter().map(|column| titled(column)));
    let rows = list(stage, "rows").iter().map(|row| {
        let mut line = vec![super::called(row)];
        line.extend(columns.iter().map(|column| {
            let cell = row.get("cells").and_then(|cells| cells.get(text(column, "id")));
            cell.map_or("—", |cell| text(cell, "text")).to_owned()
        }));
        line
    });
    (header, rows.collect())
}

/// The stages side by side: one line per row, by place where there are places.
fn table(result: &Value, words: &Words) -> Vec<Vec<String>> {
    let mut header = Vec::new();
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for stage in list(result, "stages").iter().filter(|stage| !list(stage, "rows").is_empty()) {
        let (titles, rows) = of_stage(stage, words);
        if header.is_empty() {
            header = vec!["id".to_owned(), words.word("terminal.practice.own-name")];
            for row in list(stage, "rows") {
                let id = text(row, "id").to_owned();
                let name = if text(row, "name").is_empty() { &id } else { text(row, "name") };
                lines.push((id.clone(), vec![id.clone(), name.to_owned()]));
            }
        }
        header.extend(titles.into_iter().skip(1));
        for (row, cells) in list(stage, "rows").iter().zip(rows) {
            if let Some(line) = lines.iter_mut().find(|(id, _)| id == text(row, "id")) {
                line.1.extend(cells.into_iter().skip(1));
            }
        }
    }
    let ranked = list(result, "ranked");
    let place =
        |id: &str| ranked.iter().position(|row| text(row, "id") == id).unwrap_or(usize::MAX);
    lines.sort_by_key(|(id, _)| place(id));
    std::iter::once(header).chain(lines.into_iter().map(|(_, line)| line)).collect()
}

/// A cell as spreadsheets read it. What looks like a formula is kept from being one.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '@', '\t', '\r'])
        || cell.starts_with(['+', '-']) && cell.parse::<f64>().is_err();
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        assert_eq!(quoted("甲,\"乙\""), "\"甲,\"\"乙\"\"\"");
        assert_eq!(quoted("-2"), "-2");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(quoted("-2+3"), "'-2+3");
    }
}
