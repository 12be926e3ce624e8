//! A learner's own data (practice format §8): a table of their own, worked out with the
//! exercise's rules. It stays where the engine runs.

mod csv;
mod read;

use super::column::{Column, ColumnKind};
use super::eval::Evaluator;
use super::expr::Expr;
use super::file::{FigureKind, OwnData, row_name};
use super::json::{self, Json};
use super::model::{Cell, Model};
use super::value::{Val, compare, sorted};
use super::worked;
use crate::Message;
use read::Reading;
use serde_json::{Map, Value};
use std::rc::Rc;

/// What a table of one's own brings: `{table, stages, columns: [{id, title, type, unit?, needed,
/// entered?}]}`.
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
    let mut face = Json::new();
    face.put("table", own.table.as_str()).put("columns", columns);
    face.put("stages", json::texts(own.stages.iter().map(String::as_str))).take()
}

pub(super) fn work(model: &Model, csv: &str, answers: &Value) -> Result<Value, Message> {
    let none = || Message::new("exercise.no-own-data");
    let own = model.file.own_data.as_ref().ok_or_else(none)?;
    let table = model.table(&own.table).ok_or_else(none)?;
    let mut reading = read::read(model, own, table, csv);
    answered(model, own, answers, &mut reading);
    let mut tree = model.tree.clone();
    let rows = std::mem::take(&mut reading.rows);
    let count = rows.len();
    if let Some(slot) = tree.get_mut("data").and_then(|data| data.get_mut(&own.table)) {
        slot["rows"] = Value::Array(rows.into_iter().map(Value::Object).collect());
    }
    let broken = |_| Message::new("set.broken");
    let mine = Model::read(tree.clone()).map_err(broken)?;
    let expert = Evaluator::expert(&mine);
    // An unknown number: its bands are taken at their lowest and at their highest.
    let unknown = unknown_bands(&expert, own);
    let fix = |high: bool| -> Result<Model, Message> {
        let mut model = Model::read(tree.clone()).map_err(broken)?;
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
    result.put("findings", reading.findings).put("stages", own.stages());
    result.put("ranked", ranked).put("knocked_out", out);
    Ok(result.put("sensitivity", own.sensitivity()).take())
}

/// Puts what the learner judged, `{stage: {"row.column": value}}`, into the rows.
fn answered(model: &Model, own: &OwnData, answers: &Value, reading: &mut Reading) {
    for (stage, column, key) in read::entered(model, own) {
        let stage = model.stage(stage).map_or("", super::stage::Stage::id);
        for row in &mut reading.rows {
            let cell = [super::file::row_id(row), ".", column.id()].concat();
            let given = answers.get(stage).and_then(|stage| stage.get(&cell));
            if let Some(given) = given.filter(|given| !given.is_null()) {
                row.insert(key.to_owned(), given.clone());
            }
        }
    }
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
                let (changed, base) = (
                    self.low.rule(cell)?,
                    self.low.rule(self.model().named_cell(of_stage, name, Some(*row))?)?,
                );
                let mut json = self.head(stage, *row);
                json.put("base", base.json()).put("value", changed.json());
                Some(json.put("changed", !base.same(&changed)).take())
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
