//! The worked solution, and single figures for texts and charts.

use super::column::{Choices, Column, ColumnKind};
use super::eval::Evaluator;
use super::formula::{self, Writer};
use super::json::Json;
use super::model::{Cell, Model};
use super::value::{Val, fixed, shown};
use super::{face, unknown};
use crate::Message;
use crate::json::Value;

/// A quoted figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Quoted {
    /// A number in its decimals.
    Number(String),
    /// Names, one or several.
    Texts(Vec<String>),
}

/// A stage's solution in the making.
#[derive(Default)]
pub(super) struct Solution {
    pub(super) rows: Vec<Value>,
    pub(super) results: Json,
    pub(super) steps: Vec<Value>,
    pub(super) refused: Vec<Value>,
}

pub(super) fn work(it: &Evaluator<'_>, id: &str) -> Value {
    let stages = it.model.file.stages.iter().enumerate().map(|(at, stage)| {
        let mut solution = Solution::default();
        stage.kind.of().worked(it, at, &mut solution);
        let mut map = Json::new();
        map.put("id", stage.id()).put("kind", stage.kind.name());
        map.text("title", stage.common.title.as_deref());
        map.put("rows", solution.rows).put("results", solution.results);
        map.put("steps", solution.steps).list("refused", solution.refused);
        map.take()
    });
    Json::new().put("exercise", id).put("stages", stages.collect::<Vec<_>>()).take()
}

impl Solution {
    /// The beginning of a row: what it is called.
    pub(super) fn row(it: &Evaluator<'_>, stage: usize, row: usize) -> Json {
        it.model.row(stage, row).map(face::head).unwrap_or_default()
    }

    /// Works out the columns of a row (or results): values, steps and reasons.
    pub(super) fn cells(
        &mut self,
        it: &Evaluator<'_>,
        stage: usize,
        row: Option<usize>,
        columns: &[Column],
        map: &mut Json,
    ) {
        let mut why = Json::new();
        for (at, column) in columns.iter().enumerate() {
            for cell in cells_of(it.model, Cell { stage, row, column: at, item: None }) {
                let name = it.model.name_of(cell);
                let key = if row.is_some() { after_row(&name) } else { &name };
                if let Some(reason) = reason(it, cell) {
                    why.put(key, reason);
                }
                if let Some(value) = it.rule(cell) {
                    map.put(key, value.json());
                    self.steps.extend(step(it, cell, column, &value));
                }
            }
        }
        map.map("why", why);
    }

    /// Works out the results.
    pub(super) fn results(&mut self, it: &Evaluator<'_>, stage: usize, results: &[Column]) {
        let mut map = std::mem::take(&mut self.results);
        self.cells(it, stage, None, results, &mut map);
        self.results = map;
    }

    /// Totals that cannot be divided.
    pub(super) fn refusals(&mut self, it: &Evaluator<'_>, stage: usize, columns: &[Column]) {
        for (at, column) in columns.iter().enumerate() {
            let cell = Cell { stage, row: None, column: at, item: None };
            if let Some(message) = refusal(it, column, cell) {
                self.refused
                    .push(Json::new().put("column", column.id()).put("message", message).take());
            }
        }
    }
}

/// `T01.total` without `T01.`.
pub(super) fn after_row(name: &str) -> &str {
    name.split_once('.').map_or(name, |(_, rest)| rest)
}

/// Why a share has no values.
pub(super) fn refusal(it: &Evaluator<'_>, column: &Column, cell: Cell) -> Option<Message> {
    let ColumnKind::Share(share) = &column.kind else { return None };
    let (least, total) = share.division(it, cell).refused?;
    let number = |number| shown(number, 9, false);
    Some(Message::new("share.refused").with("least", number(least)).with("total", number(total)))
}

/// The cells of a column in a row: its parts or items, and itself.
pub(super) fn cells_of(model: &Model, cell: Cell) -> Vec<Cell> {
    let Some(column) = model.column(cell) else { return vec![cell] };
    let kind = column.kind.of();
    let items = match (kind.per(), &column.kind) {
        (Some(per), _) => model.table(per).map_or(0, |table| table.rows.len()),
        (None, ColumnKind::Share(_)) => super::column::share::PARTS.len(),
        _ => 0,
    };
    let items =
        (0..items).map(Some).filter(|item| kind.asks(*item)).map(|item| Cell { item, ..cell });
    let itself = kind.asks(None).then_some(cell);
    items.chain(itself).collect()
}

/// How a cell was worked out, if by a formula.
pub(super) fn step(it: &Evaluator<'_>, cell: Cell, column: &Column, value: &Val) -> Option<Value> {
    let expr = column.kind.of().formula()?;
    let writer = Writer::new(it, it.at(cell));
    let mut step = Json::new();
    step.put("cell", it.model.name_of(cell));
    step.put("formula", writer.rule(expr)).put("with", writer.numbers(expr));
    step.put("value", value.json()).text("why", reason(it, cell).as_deref());
    Some(step.take())
}

/// Why a cell has its value: the rule that fired, or the reason of the expert's judgement.
pub(super) fn reason(it: &Evaluator<'_>, cell: Cell) -> Option<String> {
    match it.spec(cell) {
        Some(column) => column.kind.of().reason(it, cell),
        None => it.model.row(cell.stage, cell.row?)?.get("why")?.as_str().map(str::to_owned),
    }
}

/// The cell of a path such as `score.T01.total` or `score.enter`.
pub(super) fn find(it: &Evaluator<'_>, path: &str) -> Result<Cell, Message> {
    let model = it.model;
    let (stage, rest) = path.split_once('.').unwrap_or((path, ""));
    let stages = model.file.stages.iter().map(super::stage::Stage::id);
    let index =
        model.stage_index(stage).ok_or_else(|| unknown("exercise.no-stage", stage, stages))?;
    let found = model.cell_named(index, rest);
    let there = |cell: &Cell| cell.row.is_none_or(|row| it.rows(index).contains(&row));
    found.filter(there).ok_or_else(|| {
        let known: Vec<String> =
            all_cells(it, index).into_iter().map(|cell| model.name_of(cell)).collect();
        unknown("exercise.no-cell", rest, known.iter().map(String::as_str))
    })
}

/// Every cell of a stage, asked or not, in the order shown: row by row, then the results.
pub(super) fn all_cells(it: &Evaluator<'_>, stage: usize) -> Vec<Cell> {
    let model = it.model;
    let columns = match model.stage(stage).map(|stage| &stage.kind) {
        Some(super::stage::StageKind::Bins(_)) => 1,
        Some(super::stage::StageKind::Pipeline(pipeline)) => pipeline.periods.len(),
        _ => model.columns(stage).len(),
    };
    let mut cells = Vec::new();
    for row in it.rows(stage).iter() {
        for column in 0..columns {
            cells.extend(cells_of(model, Cell { stage, row: Some(*row), column, item: None }));
        }
    }
    for column in 0..model.results(stage).len() {
        cells.extend(cells_of(model, Cell { stage, row: None, column, item: None }));
    }
    cells
}

pub(super) fn quote(
    it: &Evaluator<'_>,
    path: &str,
    decimals: Option<u8>,
) -> Result<Quoted, Message> {
    let cell = find(it, path)?;
    let value =
        it.rule(cell).ok_or_else(|| Message::new("exercise.no-value").with("path", path))?;
    Ok(match (&value, decimals) {
        (Val::Number(number), Some(decimals)) => {
            let percent = it.spec(cell).is_some_and(Column::percent);
            let text = fixed(if percent { number * 100.0 } else { *number }, decimals);
            Quoted::Number(if percent { [&text, "%"].concat() } else { text })
        }
        (Val::Number(_), None) => Quoted::Number(text(it, cell, &value)),
        _ => Quoted::Texts(names(it, cell, &value)),
    })
}

/// What the ids of a value are called.
fn names(it: &Evaluator<'_>, cell: Cell, value: &Val) -> Vec<String> {
    let ids = match value {
        Val::Set(ids) => ids.clone(),
        Val::Text(id) => vec![id.clone()],
        other => return vec![formula::show(other)],
    };
    let name = |id: String| match it.spec(cell) {
        Some(column) => column.name_of(it, cell.stage, &id),
        None => place_name(it.model, cell.stage, &id),
    };
    ids.into_iter().map(name).collect()
}

/// What a bin or a place of a pipeline is called.
fn place_name(model: &Model, stage: usize, id: &str) -> String {
    use super::stage::StageKind;
    let name = match model.stage(stage).map(|stage| &stage.kind) {
        Some(StageKind::Bins(bins)) => {
            model.table(&bins.bins).and_then(|table| table.row(id)).map(super::file::row_name)
        }
        Some(StageKind::Pipeline(pipeline)) => pipeline
            .places
            .iter()
            .find(|place| place.id == id)
            .map(super::stage::pipeline::Place::title),
        _ => None,
    };
    name.unwrap_or(id).to_owned()
}

/// The value of a cell as people read it.
pub(super) fn text(it: &Evaluator<'_>, cell: Cell, value: &Val) -> String {
    match (value, it.spec(cell)) {
        (Val::Number(number), column) => {
            shown(*number, column.map_or(2, Column::decimals), column.is_some_and(Column::percent))
        }
        _ => names(it, cell, value).join(" · "),
    }
}

/// A whole column, `score.total`: id, name and number of each row.
pub(super) fn column(
    it: &Evaluator<'_>,
    path: &str,
) -> Result<Vec<(String, String, Option<f64>)>, Message> {
    let model = it.model;
    let (stage, column) = path.split_once('.').unwrap_or((path, ""));
    let stages = model.file.stages.iter().map(super::stage::Stage::id);
    let index =
        model.stage_index(stage).ok_or_else(|| unknown("exercise.no-stage", stage, stages))?;
    let known = model.columns(index).iter().map(Column::id);
    let missing = unknown("exercise.no-column", column, known);
    let rows = it.rows(index);
    let found = rows.iter().map(|row| {
        let cell = model.named_cell(index, column, Some(*row)).ok_or_else(|| missing.clone())?;
        let source = model.row(index, *row);
        let name = source.map_or("", super::file::row_name).to_owned();
        let number = it.rule(cell).and_then(|value| value.number());
        Ok((model.row_id(index, *row).to_owned(), name, number))
    });
    found.collect()
}

/// Whether a column's values are picked rows of its own stage.
pub(super) fn picks_rows(model: &Model, column: &Column) -> bool {
    matches!(column.entry(model).choices, Choices::Rows)
}
