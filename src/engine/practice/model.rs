//! The typed exercise with its tree, and how cells are addressed.

use super::column::Column;
use super::file::{File, Table, row_id};
use super::patch;
use super::read::{Faults, One};
use super::stage::{Stage, StageKind};
use super::value::{Val, typed};
use crate::json::{Map, Value};
use crate::{Message, Problem};
use std::sync::{Arc, Mutex};

/// One cell.
///
/// * `table`: a column in a row, or (without a row) a result; `item` is the row of the table that
///   the column is `per`, or the part of a `share`;
/// * `bins`: the item is the row, the only column its answer;
/// * `pipeline`: who is the row, the period the column; results have no row.
///
/// Rows are indices into the stage's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) stage: usize,
    pub(super) row: Option<usize>,
    pub(super) column: usize,
    pub(super) item: Option<usize>,
}

/// A column by stage, place and whether it is a result; bins and pipelines count as one column.
pub(super) type ColumnKey = (usize, usize, bool);

type Changed = (Arc<Model>, Vec<String>);

/// The typed exercise with its tree.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) file: File,
    pub(super) tree: Value,
    /// Worked cells that `set` gave a value.
    pub(super) fixed: Vec<(Cell, Option<Val>)>,
    /// Changed copies by their `set`, so that a what-if column reads its copy once.
    copies: Mutex<Vec<(String, Changed)>>,
}

impl Model {
    pub(super) fn read(tree: Value) -> Result<Self, Vec<Problem>> {
        let faults = Faults::default();
        let file = File::one(&tree, "", &faults);
        match (file, faults.into_inner()) {
            (Some(file), faults) if faults.is_empty() => {
                Ok(Self { file, tree, fixed: Vec::new(), copies: Mutex::default() })
            }
            (_, faults) => Err(faults),
        }
    }

    /// A copy changed by `set`, and what was touched.
    pub(super) fn changed(&self, set: &Map<String, Value>) -> Result<Changed, Message> {
        let key = super::json::written(&Value::Object(set.clone()));
        if let Ok(copies) = self.copies.lock()
            && let Some((_, copy)) = copies.iter().find(|(known, _)| *known == key)
        {
            return Ok(copy.clone());
        }
        let patched = patch::apply(&self.tree, set)?;
        let mut model = Self::read(patched.tree).map_err(|_| Message::new("set.broken"))?;
        for (path, value) in patched.cells {
            let cell = model.cell_at(&path);
            let cell = cell.ok_or_else(|| Message::new("set.unknown").with("path", path))?;
            model.fixed.push((cell, Val::literal(&value)));
        }
        // What was fixed before comes last: the first one found counts.
        model.fixed.extend(self.fixed.iter().cloned());
        let copy = (Arc::new(model), patched.touched);
        if let Ok(mut copies) = self.copies.lock() {
            copies.push((key, copy.clone()));
        }
        Ok(copy)
    }

    pub(super) fn stage(&self, at: usize) -> Option<&Stage> {
        self.file.stages.get(at)
    }

    pub(super) fn stage_index(&self, id: &str) -> Option<usize> {
        self.file.stages.iter().position(|stage| stage.id() == id)
    }

    /// The stage's pipeline, if it is one.
    pub(super) fn pipeline(&self, stage: usize) -> Option<&super::stage::Pipeline> {
        match &self.stage(stage)?.kind {
            StageKind::Pipeline(pipeline) => Some(pipeline),
            _ => None,
        }
    }

    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.file.data.get(name)
    }

    /// The table whose rows a stage works on, followed through earlier stages: its place.
    pub(super) fn table_index(&self, stage: usize) -> Option<usize> {
        let name = self.stage(stage)?.kind.of().rows()?;
        match self.stage_index(name) {
            Some(earlier) if earlier < stage => self.table_index(earlier),
            _ => self.file.data.place(name),
        }
    }

    /// The same as the table itself, with its name.
    pub(super) fn table_of(&self, stage: usize) -> Option<(&str, &Table)> {
        let (name, table) = self.file.data.0.get(self.table_index(stage)?)?;
        Some((name, table))
    }

    /// A row of a stage's table.
    pub(super) fn row(&self, stage: usize, row: usize) -> Option<&Map<String, Value>> {
        self.table_of(stage)?.1.rows.get(row)
    }

    pub(super) fn row_id(&self, stage: usize, row: usize) -> &str {
        self.row(stage, row).map_or("", row_id)
    }

    pub(super) fn columns(&self, stage: usize) -> &[Column] {
        self.stage(stage).map_or(&[], |stage| stage.kind.of().columns())
    }

    pub(super) fn results(&self, stage: usize) -> &[Column] {
        self.stage(stage).map_or(&[], |stage| stage.kind.of().results())
    }

    /// The column or result of a cell; `bins` answers and places in a pipeline have none.
    pub(super) fn column(&self, cell: Cell) -> Option<&Column> {
        match cell.row {
            Some(_) => self.columns(cell.stage).get(cell.column),
            None => self.results(cell.stage).get(cell.column),
        }
    }

    /// Every column and result, by stage.
    pub(super) fn all_columns(&self) -> Vec<(ColumnKey, &Column)> {
        let mut all = Vec::new();
        for stage in 0..self.file.stages.len() {
            let columns = self.columns(stage).iter().enumerate();
            all.extend(columns.map(|(at, column)| ((stage, at, false), column)));
            let results = self.results(stage).iter().enumerate();
            all.extend(results.map(|(at, column)| ((stage, at, true), column)));
        }
        all
    }

    /// The column that a cell belongs to.
    pub(super) fn key_of(&self, cell: Cell) -> ColumnKey {
        let column =
            if self.pipeline(cell.stage).is_some() && cell.row.is_some() { 0 } else { cell.column };
        (cell.stage, column, cell.row.is_none())
    }

    /// A column of a stage in that row, or one of its periods.
    pub(super) fn named_cell(&self, stage: usize, name: &str, row: Option<usize>) -> Option<Cell> {
        let cell = |column| Cell { stage, row, column, item: None };
        row?;
        match &self.stage(stage)?.kind {
            StageKind::Bins(_) => (name == "answer").then_some(cell(0)),
            StageKind::Pipeline(pipeline) => {
                pipeline.periods.iter().position(|period| period == name).map(cell)
            }
            _ => self.columns(stage).iter().position(|column| column.id() == name).map(cell),
        }
    }

    pub(super) fn named_result(&self, stage: usize, name: &str) -> Option<Cell> {
        let column = self.results(stage).iter().position(|column| column.id() == name)?;
        Some(Cell { stage, row: None, column, item: None })
    }

    /// The cell of that name in a stage: `row.column`, `row.column.item`, `period.who`, or a
    /// result's id.
    pub(super) fn cell_named(&self, stage: usize, name: &str) -> Option<Cell> {
        let Some((first, rest)) = name.split_once('.') else {
            return self.named_result(stage, name);
        };
        let (_, table) = self.table_of(stage)?;
        if self.pipeline(stage).is_some() {
            return self.named_cell(stage, first, table.position(rest));
        }
        let row = table.position(first)?;
        let (column, item) = match rest.split_once('.') {
            Some((column, item)) => (column, Some(item)),
            None => (rest, None),
        };
        let cell = self.named_cell(stage, column, Some(row))?;
        let Some(item) = item else { return Some(cell) };
        Some(Cell { item: Some(self.item_of(cell, item)?), ..cell })
    }

    /// The item or part of that name within a cell.
    pub(super) fn item_of(&self, cell: Cell, name: &str) -> Option<usize> {
        let column = self.column(cell)?;
        match column.kind.of().per() {
            Some(per) => self.table(per)?.position(name),
            None => column.kind.of().part(name),
        }
    }

    /// The cell of a whole path such as `score.T01.total` or `score.enter`.
    pub(super) fn cell_at(&self, path: &str) -> Option<Cell> {
        let (stage, name) = path.split_once('.')?;
        self.cell_named(self.stage_index(stage)?, name)
    }

    /// What answers call a cell.
    pub(super) fn name_of(&self, cell: Cell) -> String {
        let row = cell.row.map(|row| self.row_id(cell.stage, row));
        if let (Some(pipeline), Some(who)) = (self.pipeline(cell.stage), row) {
            let period = pipeline.periods.get(cell.column).map_or("", String::as_str);
            return [period, ".", who].concat();
        }
        let column = self.column(cell);
        let id = column.map_or("answer", Column::id);
        let item = cell.item.zip(column).map(|(item, column)| match column.kind.of().per() {
            Some(per) => self.table(per).and_then(|table| table.rows.get(item)).map_or("", row_id),
            None => super::column::share::PARTS[item],
        });
        let parts = [row, Some(id), item];
        parts.into_iter().flatten().collect::<Vec<_>>().join(".")
    }

    /// Whether the learner fills the cell.
    pub(super) fn asked(&self, cell: Cell) -> bool {
        self.column(cell).is_none_or(|column| column.asked() && column.kind.of().asks(cell.item))
    }

    /// The value of a row's field by its declared type.
    pub(super) fn field_value(&self, table: usize, row: usize, field: &str) -> Option<Val> {
        let (_, table) = self.file.data.0.get(table)?;
        let value = table.rows.get(row)?.get(field);
        match table.field(field) {
            Some(spec) if spec.per.is_none() => {
                Some(self.in_order(typed(value, spec.holds())?, spec.within.as_deref()))
            }
            _ => value.and_then(Val::literal),
        }
    }

    /// One entry of something that a row has `per` row of another table: a list in its order, or
    /// a map by id.
    pub(super) fn entry<'v>(&self, value: &'v Value, per: &str, at: usize) -> Option<&'v Value> {
        match value {
            Value::Array(list) => list.get(at),
            other => other.get(row_id(self.table(per)?.rows.get(at)?)),
        }
    }

    /// A set in the order of its table.
    pub(super) fn in_order(&self, value: Val, within: Option<&str>) -> Val {
        let Val::Set(ids) = value else { return value };
        let Some(table) = within.and_then(|name| self.table(name)) else { return Val::Set(ids) };
        let place = |id: &String| table.position(id).unwrap_or(usize::MAX);
        let order = super::value::sorted(ids.len(), &|a, b| place(&ids[a]).cmp(&place(&ids[b])));
        Val::Set(order.into_iter().map(|at| ids[at].clone()).collect())
    }
}

impl Model {
    /// The declared field of a plain name, wherever it is declared.
    pub(super) fn only_field(&self, name: &str) -> Option<&super::file::Field> {
        self.file.data.0.iter().find_map(|(_, table)| table.field(name))
    }
}
