//! `table`: the data, the rules, then row after row; several numbers may be typed on one line.

use super::session::Session;
use super::worked::{steps_of, tell_rows, write_steps};
use super::{answer_text, aside, called, described, entry, minus, named_cell, pair, shown, titled};
use crate::terminal::columns::OPEN;
use crate::terminal::{Trouble, list, text};
use crate::theme::Words;
use serde_json::Value;

impl Session<'_, '_> {
    /// Shows the data and what is worked already, then asks the open cells row by row.
    pub(super) fn table(&mut self, stage: &Value) -> Result<(), Trouble> {
        self.givens(stage)?;
        // Open rows are told where they are asked.
        if !list(stage, "open").iter().filter_map(Value::as_str).any(|cell| cell.contains('.')) {
            tell_rows(stage, &mut self.rows, self.words, self.screen)?;
        }
        self.rules(stage)?;
        self.overview(stage, true)?;
        let rows = list(stage, "rows");
        let open: Vec<String> =
            list(stage, "open").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let of_row = |row: &Value| -> Vec<String> {
            let prefix = format!("{}.", text(row, "id"));
            open.iter().filter(|cell| cell.starts_with(&prefix)).cloned().collect()
        };
        let asked: Vec<(&Value, Vec<String>)> = rows
            .iter()
            .map(|row| (row, of_row(row)))
            .filter(|(_, cells)| !cells.is_empty())
            .collect();
        let all = asked.len();
        let pairs = |cells: &Vec<String>| {
            cells.windows(2).any(|pair| pair.iter().all(|cell| self.is_number(stage, cell)))
        };
        if asked.iter().any(|(_, cells)| pairs(cells)) {
            let line = self.word("several");
            self.screen.dim(&line)?;
        }
        for (n, (row, cells)) in asked.into_iter().enumerate() {
            let left: Vec<String> =
                cells.into_iter().filter(|cell| !self.has(text(stage, "id"), cell)).collect();
            if left.is_empty() {
                continue;
            }
            self.record(row, n + 1, all)?;
            self.given(stage, row)?;
            let filled = self.fill(stage, &left)?;
            self.show(stage, &filled)?;
        }
        let results: Vec<String> = open
            .iter()
            .filter(|cell| !cell.contains('.') && !self.has(text(stage, "id"), cell))
            .cloned()
            .collect();
        if all > 1 && !results.is_empty() {
            self.overview(stage, false)?;
        }
        for result in results {
            let filled = self.fill(stage, &[result])?;
            self.show(stage, &filled)?;
        }
        Ok(())
    }

    /// Asks cells one after the other. Where several numbers follow each other, they may be typed
    /// on one line.
    fn fill(&mut self, stage: &Value, cells: &[String]) -> Result<Vec<String>, Trouble> {
        let id = text(stage, "id");
        let mut filled = Vec::new();
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            let answer = self.cell(stage, cell)?;
            let several = cells[at..].iter().take_while(|cell| self.is_number(stage, cell)).count();
            let pieces: Vec<Value> = match answer.as_ref().and_then(Value::as_str) {
                Some(line) if several > 1 => entry::numbers(line, several)
                    .map(|pieces| pieces.into_iter().map(Value::from).collect())
                    .unwrap_or_default(),
                _ => Vec::new(),
            };
            let count = pieces.len().max(1);
            let answers = if pieces.is_empty() { answer.into_iter().collect() } else { pieces };
            for (cell, answer) in cells[at..].iter().zip(answers) {
                // What is left empty can be filled later.
                if answer.as_str() != Some("") {
                    self.put(id, cell, answer);
                    filled.push(cell.clone());
                }
            }
            at += count;
        }
        Ok(filled)
    }

    fn is_number(&self, stage: &Value, cell: &str) -> bool {
        let column = named_cell(stage, cell, self.words).column;
        column.is_some_and(|column| text(column, "input") == "number")
    }

    /// The data that the stage starts from.
    fn givens(&mut self, stage: &Value) -> Result<(), Trouble> {
        let fields = list(stage, "fields");
        if fields.is_empty() {
            return Ok(());
        }
        let mut header = vec![self.words.word("terminal.row")];
        header.extend(fields.iter().map(|field| with_unit(field, self.words)));
        let rows: Vec<Vec<String>> = list(stage, "rows")
            .iter()
            .map(|row| {
                let mut line = vec![described(row, self.words)];
                line.extend(fields.iter().map(|field| given(row, field, self.words)));
                line
            })
            .collect();
        self.screen.table(&header, &rows)?;
        Ok(())
    }

    /// One row's data again, beside its cells.
    fn given(&mut self, stage: &Value, row: &Value) -> Result<(), Trouble> {
        let fields = list(stage, "fields");
        let (by_item, whole): (Vec<&Value>, Vec<&Value>) =
            fields.iter().partition(|field| !list(field, "items").is_empty());
        let data: Vec<String> = whole
            .into_iter()
            .map(|field| {
                let value = given(row, field, self.words);
                pair(self.words, &with_unit(field, self.words), &value)
            })
            .collect();
        // A single row has just been shown.
        if !data.is_empty() && list(stage, "rows").len() > 1 {
            self.screen.pieces("", &data, " · ")?;
        }
        // Numbers for each item stand beside what they are of; those of the same items together.
        for fields in by_item.chunk_by(|a, b| a.get("items") == b.get("items")) {
            let mut header = vec![self.words.word("terminal.row")];
            header.extend(fields.iter().map(|field| with_unit(field, self.words)));
            let items = list(fields[0], "items").iter().enumerate();
            let rows: Vec<Vec<String>> = items
                .map(|(at, item)| {
                    let mut line = vec![called(item)];
                    line.extend(fields.iter().map(|field| {
                        let values = row.get("given").map(|given| list(given, text(field, "id")));
                        let value = values.and_then(|values| values.get(at));
                        value.map_or("—".into(), |value| minus(&shown(self.words, value)))
                    }));
                    line
                })
                .collect();
            self.screen.table(&header, &rows)?;
        }
        Ok(())
    }

    /// Rows by asked columns: what a level shows, and what was answered. `worked`: only if a
    /// level shows something.
    fn overview(&mut self, stage: &Value, worked: bool) -> Result<(), Trouble> {
        let texts = stage.get("texts").and_then(Value::as_object);
        if worked && texts.is_none_or(serde_json::Map::is_empty) {
            return Ok(());
        }
        let columns: Vec<&Value> = list(stage, "columns")
            .iter()
            .filter(|column| column.get("asked").and_then(Value::as_bool) != Some(false))
            .collect();
        let value = |session: &Self, cell: &str, column: &Value| {
            let told = texts.and_then(|texts| texts.get(cell)).and_then(Value::as_str);
            let set = stage.get("shown").and_then(|shown| shown.get(cell));
            let set = set.filter(|it| it.is_array());
            let answered = set.or(session.answer(text(stage, "id"), cell));
            let told = told.filter(|_| set.is_none()).map(minus);
            told.or_else(|| {
                answered.map(|answer| answer_text(stage, Some(column), answer, session.words))
            })
            .unwrap_or_else(|| OPEN.to_owned())
        };
        if !columns.is_empty() {
            let mut header = vec![self.words.word("terminal.row")];
            let mut cells: Vec<(String, &Value)> = Vec::new();
            for column in columns {
                for (title, name) in cells_of(column, self.words) {
                    header.push(title);
                    cells.push((name, column));
                }
            }
            let mut rows = Vec::new();
            for row in list(stage, "rows") {
                let cell = |name: &str| format!("{}.{name}", text(row, "id"));
                let mut line = vec![called(row)];
                line.extend(cells.iter().map(|(name, column)| value(self, &cell(name), column)));
                rows.push(line);
            }
            // What is open everywhere has nothing to be seen yet.
            if rows.iter().any(|row| row.iter().skip(1).any(|cell| cell != OPEN)) {
                self.screen.table(&header, &rows)?;
            }
        }
        self.told_results(stage)?;
        if worked { self.told_steps(stage) } else { Ok(()) }
    }

    /// Results that a level shows.
    fn told_results(&mut self, stage: &Value) -> Result<(), Trouble> {
        for result in list(stage, "results") {
            let id = text(result, "id");
            let set = stage.get("shown").and_then(|shown| shown.get(id)).filter(|it| it.is_array());
            let told = match set {
                Some(set) => Some(answer_text(stage, Some(result), set, self.words)),
                None => stage.get("texts").and_then(|it| it.get(id)?.as_str()).map(minus),
            };
            if let Some(told) = told {
                self.screen.item("→", &pair(self.words, &titled(result), &told))?;
            }
        }
        Ok(())
    }

    /// How the cells that a level shows were worked out, and why.
    fn told_steps(&mut self, stage: &Value) -> Result<(), Trouble> {
        for row in list(stage, "rows") {
            let steps = steps_of(row, list(stage, "steps"), stage, self.words);
            if !steps.is_empty() {
                self.screen.subheading(&called(row))?;
                write_steps(stage, &steps, self.words, self.screen)?;
            }
        }
        for (cell, why) in stage.get("why").and_then(Value::as_object).into_iter().flatten() {
            let named = named_cell(stage, cell, self.words);
            let row = named.row.map(|row| format!("{} ", text(row, "id"))).unwrap_or_default();
            let cell = format!("{row}{}", named.title);
            self.screen.item("∵", &pair(self.words, &cell, &shown(self.words, why)))?;
        }
        Ok(())
    }
}

/// Titles and names of the cells that a column has in a row: its parts, its items, itself.
pub(super) fn cells_of(column: &Value, words: &Words) -> Vec<(String, String)> {
    let (id, title) = (text(column, "id"), titled(column));
    let mut cells: Vec<(String, String)> = Vec::new();
    for part in list(column, "parts").iter().filter_map(Value::as_str) {
        let word = words.word(&format!("terminal.practice.part.{part}"));
        cells.push((format!("{title} · {word}"), format!("{id}.{part}")));
    }
    let items = list(column, "items");
    for item in items {
        cells.push((called(item), format!("{id}.{}", text(item, "id"))));
    }
    if items.is_empty() {
        cells.push((title, id.to_owned()));
    }
    cells
}

/// A field by title and unit.
fn with_unit(field: &Value, words: &Words) -> String {
    let unit = text(field, "unit");
    let title = titled(field);
    // Some are called by their unit.
    if unit.is_empty() || unit.eq_ignore_ascii_case(&title) {
        title
    } else {
        format!("{title}{}", aside(words, unit))
    }
}

/// What a row has in a field.
fn given(row: &Value, field: &Value, words: &Words) -> String {
    let value = row.get("given").and_then(|given| given.get(text(field, "id")));
    match value {
        // One number for each item.
        Some(Value::Array(entries)) => {
            entries.iter().map(|it| minus(&shown(words, it))).collect::<Vec<_>>().join(" ")
        }
        Some(value) => minus(&shown(words, value)),
        None => "—".to_owned(),
    }
}
