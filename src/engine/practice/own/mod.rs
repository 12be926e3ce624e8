//! A learner's own data (practice format §8): a table of their own, worked out with the
//! exercise's rules. It stays where the engine runs.

mod csv;
mod read;

use super::column::{Column, ColumnKind};
use super::eval::Evaluator;
use super::expr::Expr;
use super::file::{FigureKind, OwnData, row_name};
use super::grade::answer::{self, Answer};
use super::json::{self, Json};
use super::model::{Cell, Model};
use super::value::{Val, compare, sorted};
use super::worked;
use crate::Message;
use crate::held::held;
use crate::json::{Map, Value};
use read::Reading;
use std::rc::Rc;

/// What a table of one's own brings: `{table, stages, columns: [{id, title, unit?, per?, needed} |
/// {id, title, entered}], header, example}`; header and example are the lines of a table to begin
/// with.
pub(super) fn face(model: &Model, own: &OwnData) -> Value {
    let table = model.table(&own.table);
    let mut columns: Vec<Value> = Vec::new();
    for field in table.into_iter().flat_map(|table| &table.fields) {
        let mut column = Json::new();
        column.put("id", field.id.as_str()).put("title", field.title());
        column.text("unit", field.unit.as_deref()).text("per", field.per.as_deref());
        columns.push(column.put("needed", read::is_needed(own, field)).take());
    }
    for (_, column, _) in read::entered(model, own) {
        let title = column.title();
        let mut json = Json::new();
        columns.push(json.put("id", column.id()).put("title", title).put("entered", true).take());
    }
    let (header, example) = template(model, own);
    let mut face = Json::new();
    face.put("table", own.table.as_str()).put("columns", columns);
    face.put("header", header).put("example", example);
    face.put("stages", json::texts(own.stages.iter().map(String::as_str))).take()
}

/// The header of a table to begin with, and the exercise's first row under it.
fn template(model: &Model, own: &OwnData) -> (Vec<String>, Vec<String>) {
    let (mut header, mut example) = (Vec::new(), Vec::new());
    let Some(table) = model.table(&own.table) else { return (header, example) };
    let none = Map::new();
    let row = table.rows.first().unwrap_or(&none);
    let mut add = |title: String, value: Option<&Value>| {
        header.push(title);
        example.push(value.map(plain).unwrap_or_default());
    };
    if table.field("name").is_none() {
        add("name".to_owned(), row.get("name").or_else(|| row.get("id")));
    }
    for field in &table.fields {
        let value = row.get(&field.id);
        match &field.per {
            None => add(field.title().to_owned(), value),
            Some(per) => {
                for (at, item) in model.table(per).into_iter().flat_map(|it| &it.rows).enumerate() {
                    let title = [field.title(), ".", row_name(item)].concat();
                    add(title, value.and_then(|value| model.entry(value, per, at)));
                }
            }
        }
    }
    (header, example)
}

/// A value as a table for spreadsheets has it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "1" } else { "0" }.to_owned(),
        Value::Array(ids) => ids.iter().map(plain).collect::<Vec<_>>().join("+"),
        other => json::written(other),
    }
}

pub(super) fn work(model: &Model, csv: &str, answers: &Value) -> Result<Value, Message> {
    let none = || Message::new("exercise.no-own-data");
    let own = model.file.own_data.as_ref().ok_or_else(none)?;
    let table = model.table(&own.table).ok_or_else(none)?;
    let mut reading = read::read(model, own, table, csv);
    let mut tree = model.tree.clone();
    let rows = std::mem::take(&mut reading.rows);
    let count = rows.len();
    let slot = tree.get_mut("data").and_then(|data| data.get_mut(&own.table));
    if let Some(slot) = slot.and_then(Value::as_object_mut) {
        let rows = rows.into_iter().map(Value::Object).collect();
        slot.insert("rows".to_owned(), Value::Array(held(rows)));
    }
    let broken = |_| Message::new("set.broken");
    let mine = || Model::read(tree.clone()).map_err(broken);
    let mut read = mine()?;
    let mut fill = Vec::new();
    let judged = answered(&Evaluator::expert(&read), own, answers, &mut reading, &mut fill);
    read.fixed.extend(judged.iter().cloned());
    let expert = Evaluator::expert(&read);
    // An unknown number: its bands are taken at their lowest and at their highest.
    let unknown = unknown_bands(&expert, own);
    let fix = |high: bool| -> Result<Model, Message> {
        let mut model = mine()?;
        model.fixed.extend(judged.iter().cloned());
        for (cell, ends) in &unknown {
            let end = if high { ends.1 } else { ends.0 };
            model.fixed.push((*cell, Some(Val::Number(end))));
        }
        Ok(model)
    };
    let (low, high) = (fix(false)?, fix(true)?);
    let own =
        Mine { own, base: expert, low: Evaluator::expert(&low), high: Evaluator::expert(&high) };
    let (ranked, out) = own.ranked();
    own.refusals(&mut reading);
    let mut result = Json::new();
    result.put("table", own.own.table.as_str()).put("rows", count);
    let findings = reading.findings.into_iter().map(|mut finding| finding.take());
    result.put("findings", findings.collect::<Vec<_>>()).list("fill", fill);
    result.put("stages", own.stages()).put("ranked", ranked).put("knocked_out", out);
    Ok(result.put("sensitivity", own.sensitivity()).take())
}

/// What the learner judged, `{stage: {"row.column": value}}`, to stand in its cells. `fill` gets
/// the stages to judge in, as faces with only these cells open; `given` is what the table brought.
fn answered(
    it: &Evaluator<'_>,
    own: &OwnData,
    answers: &Value,
    reading: &mut Reading,
    fill: &mut Vec<Value>,
) -> Vec<(Cell, Option<Val>)> {
    let mut judged = Vec::new();
    let entered = read::entered(it.model, own);
    for (at, stage) in it.model.file.stages.iter().enumerate() {
        let key = |id: &str| entered.iter().find(|(of, it, _)| *of == at && it.id() == id);
        let mine = |id: &str| key(id).is_some();
        let (mut open, mut given) = (Vec::new(), Json::new());
        for cell in worked::all_cells(it, at) {
            let column = it.spec(cell).and_then(|column| key(column.id()));
            let (Some((_, _, key)), Some(row)) = (column, cell.row) else { continue };
            let name = it.model.name_of(cell);
            // What the table does not have is still to be judged, even where none means an empty set.
            let brought = it.model.row(at, row).is_some_and(|row| row.contains_key(*key));
            if let Some(value) = it.rule(cell).filter(|_| brought) {
                given.put(&name, value.json());
            }
            let raw = answers.get(stage.id()).and_then(|cells| cells.get(&name));
            match raw.map(|raw| answer::read(it, cell, raw)) {
                Some(Answer::Given(value)) => judged.push((cell, value)),
                Some(Answer::Malformed(message)) => {
                    let finding = reading.find(message, 0, 0);
                    finding.put("cell", name.as_str()).put("stage", stage.id());
                }
                Some(Answer::Blank) | None => {}
            }
            open.push(name);
        }
        if open.is_empty() {
            continue;
        }
        let mut face = Json::new();
        face.put("id", stage.id()).put("kind", "table").put("title", stage.title());
        super::face::table(it, at, it.model.columns(at), &[], &mut face);
        if let Some(Value::Array(columns)) = face.get_mut("columns") {
            columns.retain(|column| column.get("id").and_then(Value::as_str).is_some_and(mine));
        }
        fill.push(face.put("open", open).put("given", given).take());
    }
    judged
}

/// Bands of numbers whose number is unknown, with their ends.
fn unknown_bands(it: &Evaluator<'_>, own: &OwnData) -> Vec<(Cell, (f64, f64))> {
    let mut found = Vec::new();
    for ((stage, column, result), spec) in it.model.all_columns() {
        let named =
            it.model.stage(stage).is_some_and(|it| own.stages.iter().any(|id| id == it.id()));
        let ColumnKind::Bands(bands) = &spec.kind else { continue };
        let Some(ends) = bands.ends().filter(|_| named && !result) else { continue };
        for row in it.rows(stage).iter() {
            let cell = Cell { stage, row: Some(*row), column, item: None };
            if it.rule(cell).is_none() {
                found.push((cell, ends));
            }
        }
    }
    found
}

struct Mine<'a> {
    own: &'a OwnData,
    base: Rc<Evaluator<'a>>,
    low: Rc<Evaluator<'a>>,
    high: Rc<Evaluator<'a>>,
}

impl Mine<'_> {
    fn model(&self) -> &Model {
        self.base.model
    }

    fn is_mine(&self, stage: usize) -> bool {
        let stage = self.model().stage(stage);
        stage.is_some_and(|stage| self.own.stages.iter().any(|id| id == stage.id()))
    }

    /// `{value, text}`; `{low, high, text}` where an unknown makes a range; `{open, text}` where
    /// it leaves a label open.
    fn cell(&self, cell: Cell) -> Option<Value> {
        let (low, high) = (self.low.rule(cell), self.high.rule(cell));
        let mut json = Json::new();
        let text = |value: &Option<Val>| {
            value.as_ref().map_or_else(|| "—".to_owned(), |it| worked::text(&self.low, cell, it))
        };
        match (&low, &high) {
            (None, None) => return None,
            (Some(one), Some(other)) if one.same(other) => {
                json.put("value", one.json()).put("text", text(&low));
            }
            (Some(Val::Number(a)), Some(Val::Number(b))) => {
                let swapped = a > b;
                let (low, high) = if swapped { (&high, &low) } else { (&low, &high) };
                json.put("low", json::number(a.min(*b))).put("high", json::number(a.max(*b)));
                json.put("text", [&text(low), "–", &text(high)].concat());
            }
            _ => {
                json.put("open", true).put("text", [&text(&low), " / ", &text(&high)].concat());
            }
        }
        Some(json.take())
    }

    fn stages(&self) -> Vec<Value> {
        let stages = self.model().file.stages.iter().enumerate();
        let mine = stages.filter(|(at, _)| self.is_mine(*at)).map(|(at, stage)| {
            let columns = self.model().columns(at);
            let heads = |columns: &[Column]| -> Vec<Value> {
                let head = |column: &Column| {
                    let mut json = Json::new();
                    json.put("id", column.id()).put("title", column.title());
                    json.text("unit", column.common.unit.as_deref());
                    json.put("asked", column.asked()).take()
                };
                columns.iter().map(head).collect()
            };
            let results = self.model().results(at);
            let mut json = Json::new();
            json.put("id", stage.id()).put("title", stage.title());
            json.put("columns", heads(columns));
            let rows = self.base.rows(at);
            json.put("rows", rows.iter().map(|row| self.row(at, *row)).collect::<Vec<_>>());
            json.put("results", heads(results)).put("values", self.cells(at, None, results));
            json.take()
        });
        mine.collect()
    }

    fn row(&self, at: usize, row: usize) -> Value {
        let mut json = self.head(at, row);
        let columns = self.model().columns(at);
        json.put("cells", self.cells(at, Some(row), columns));
        let mut why = Json::new();
        for (column, spec) in columns.iter().enumerate() {
            let cell = Cell { stage: at, row: Some(row), column, item: None };
            why.text(spec.id(), worked::reason(&self.low, cell).as_deref());
        }
        json.map("why", why).take()
    }

    fn cells(&self, at: usize, row: Option<usize>, columns: &[Column]) -> Value {
        let mut json = Json::new();
        for column in 0..columns.len() {
            for cell in worked::cells_of(self.model(), Cell { stage: at, row, column, item: None })
            {
                let name = self.model().name_of(cell);
                if let Some(value) = self.cell(cell) {
                    json.put(if row.is_some() { worked::after_row(&name) } else { &name }, value);
                }
            }
        }
        json.take()
    }

    fn head(&self, at: usize, row: usize) -> Json {
        let mut json = Json::new();
        json.put("id", self.model().row_id(at, row));
        json.put("name", self.model().row(at, row).map_or("", row_name));
        json
    }

    /// Totals that own data cannot be divided by.
    fn refusals(&self, reading: &mut Reading) {
        for ((stage, column, result), spec) in self.model().all_columns() {
            let cell = Cell { stage, row: None, column, item: None };
            if let (true, false) = (self.is_mine(stage), result)
                && let Some(message) = worked::refusal(&self.base, spec, cell)
            {
                reading.find(message, 0, 0);
            }
        }
    }

    /// Rows by the first `rank` (else by what the bars show, the highest first), and those that
    /// have no rank, with the reasons of their flags.
    fn ranked(&self) -> (Vec<Value>, Vec<Value>) {
        let Some((stage, column, highest_first)) = self.ranking() else {
            return (Vec::new(), Vec::new());
        };
        let rows = self.base.rows(stage);
        let cell = |row: usize| Cell { stage, row: Some(row), column, item: None };
        let number = |row: usize| self.low.rule(cell(row)).and_then(|value| value.number());
        let (mut places, mut out) = (Vec::new(), Vec::new());
        for row in rows.iter() {
            match number(*row) {
                Some(number) => places.push((*row, number)),
                None => out.push(*row),
            }
        }
        let order = sorted(places.len(), &|a, b| {
            let by = compare(places[a].1, places[b].1);
            if highest_first { by.reverse() } else { by }
        });
        let ranked = order.into_iter().enumerate().map(|(at, place)| {
            let row = places[place].0;
            let mut json = self.head(stage, row);
            let value = self.cell(cell(row)).unwrap_or_default();
            if highest_first {
                let mut place = Json::new();
                json.put(
                    "place",
                    place.put("value", at + 1).put("text", (at + 1).to_string()).take(),
                );
                json.put("value", value);
            } else {
                json.put("place", value);
            }
            json.take()
        });
        let out = out.into_iter().map(|row| {
            let mut json = self.head(stage, row);
            json.put("reasons", self.reasons(stage, row)).take()
        });
        (ranked.collect(), out.collect())
    }

    /// The column that ranks: its stage, its place, and whether the highest comes first.
    fn ranking(&self) -> Option<(usize, usize, bool)> {
        let all = self.model().all_columns();
        let rank = all.iter().find(|((stage, _, result), column)| {
            self.is_mine(*stage) && !result && matches!(column.kind, ColumnKind::Rank(_))
        });
        if let Some(((stage, column, _), _)) = rank {
            return Some((*stage, *column, false));
        }
        (0..self.model().file.stages.len()).filter(|at| self.is_mine(*at)).find_map(|at| {
            let figure = self.model().stage(at)?.common.figure.as_ref()?;
            let bars = figure.kind == FigureKind::Bars;
            let cell = self.model().named_cell(at, figure.of.as_deref()?, Some(0))?;
            bars.then_some((at, cell.column, true))
        })
    }

    fn reasons(&self, stage: usize, row: usize) -> Vec<String> {
        let columns = self.model().columns(stage).iter().enumerate();
        let flags = columns.filter(|(_, column)| matches!(column.kind, ColumnKind::Flags(_)));
        let reasons = flags.filter_map(|(column, _)| {
            worked::reason(&self.low, Cell { stage, row: Some(row), column, item: None })
        });
        reasons.collect()
    }

    /// What the exercise's what-ifs change: `{id, title, of, rows: [{id, name, base, value,
    /// changed}]}`.
    fn sensitivity(&self) -> Vec<Value> {
        let mut found = Vec::new();
        for ((stage, column, result), spec) in self.model().all_columns() {
            let ColumnKind::WhatIf(what_if) = &spec.kind else { continue };
            let Expr::Name(of) = &what_if.value else { continue };
            let base = of
                .split_once('.')
                .and_then(|(stage, name)| Some((self.model().stage_index(stage)?, name)));
            let Some((of_stage, name)) = base.filter(|(of, _)| self.is_mine(*of) && !result) else {
                continue;
            };
            let rows = self.base.rows(stage);
            let rows = rows.iter().filter_map(|row| {
                let cell = Cell { stage, row: Some(*row), column, item: None };
                let base = self.cell(self.model().named_cell(of_stage, name, Some(*row))?)?;
                let changed = self.cell(cell)?;
                let same = base == changed;
                let mut json = self.head(stage, *row);
                json.put("base", base).put("value", changed);
                Some(json.put("changed", !same).take())
            });
            let rows: Vec<Value> = rows.collect();
            let mut json = Json::new();
            json.put("id", spec.id()).put("title", spec.title()).put("of", of.as_str());
            found.push(json.put("rows", rows).take());
        }
        found
    }
}

/// A map as it stands.
impl From<Map<String, Value>> for Json {
    fn from(map: Map<String, Value>) -> Self {
        let mut json = Self::new();
        map.into_iter().for_each(|(key, value)| {
            json.put(&key, value);
        });
        json
    }
}
