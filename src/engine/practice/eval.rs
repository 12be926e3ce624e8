//! Works out cells: what names stand for, and each cell once. [`super::arithmetic`] has the
//! arithmetic, [`super::column`] what each kind of column does.

use super::arithmetic::{self, Scope};
use super::cells::Cells;
use super::column::share::Division;
use super::column::{Column, SortKey};
use super::condition::Condition;
use super::expr::Expr;
use super::file::{Parameter, Table, row_id};
use super::model::{Cell, ColumnKey, Model};
use super::stage::StageKind;
use super::stage::pipeline::Course;
use super::value::{Val, compare, natural};
use crate::json::{Map, Value};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

/// How deep cells may refer to cells before it counts as a circle.
const DEEPEST: usize = 200;

/// A row of a table that `over` or `per` goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) table: usize,
    pub(super) row: usize,
}

/// Where a name is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    /// Index of the stage.
    pub(super) stage: usize,
    /// Index of the row in the stage's table.
    pub(super) row: Option<usize>,
    /// The current item inside `over` or `per`.
    pub(super) item: Option<Item>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// A field of a row.
    Field { table: usize, row: usize, field: String },
    /// One entry of a `per` field.
    Entry { table: usize, row: usize, field: String, of: usize },
    /// A cell of a stage.
    Cell(Cell),
    /// A number among the values.
    Number(f64),
    /// A map among the values.
    Weights,
    /// How often someone made a move of a pipeline, or in which period first.
    Moves { stage: usize, step: usize, who: usize, first: bool },
    /// Something that exists, but not for this row.
    Nothing,
}

/// Whose view it is.
enum View<'m> {
    /// The expert's.
    Expert,
    /// What the rules give from the learner's own cells; unanswered ones count as the expert's.
    Own { cells: Cells, expert: Rc<Evaluator<'m>> },
    /// What the learner entered and what follows from it; unanswered ones have no value.
    Entered { cells: Cells, expert: Rc<Evaluator<'m>> },
}

/// Works out the cells of one model, each once.
pub(super) struct Evaluator<'m> {
    pub(super) model: &'m Model,
    view: View<'m>,
    /// In a changed copy: columns that are worked out again whatever was entered.
    again: Vec<ColumnKey>,
    memo: RefCell<Cells>,
    busy: RefCell<Vec<Cell>>,
    rows: RefCell<Vec<Option<Rc<Vec<usize>>>>>,
    divisions: RefCell<Vec<(Cell, Rc<Division>)>>,
    courses: RefCell<Vec<(usize, Rc<Course>)>>,
    copies: u8,
}

impl<'m> Evaluator<'m> {
    /// The expert's view.
    pub(super) fn expert(model: &'m Model) -> Rc<Self> {
        Rc::new(Self::new(model, View::Expert, Vec::new(), 0))
    }

    /// What the rules give from the learner's own cells.
    pub(super) fn own(expert: &Rc<Self>, cells: Cells) -> Rc<Self> {
        let view = View::Own { cells, expert: Rc::clone(expert) };
        Rc::new(Self::new(expert.model, view, Vec::new(), 0))
    }

    /// The learner's cells as they are, and what follows from them.
    pub(super) fn entered(expert: &Rc<Self>, cells: Cells) -> Rc<Self> {
        let view = View::Entered { cells, expert: Rc::clone(expert) };
        Rc::new(Self::new(expert.model, view, Vec::new(), 0))
    }

    fn new(model: &'m Model, view: View<'m>, again: Vec<ColumnKey>, copies: u8) -> Self {
        Self {
            model,
            view,
            again,
            memo: RefCell::default(),
            busy: RefCell::default(),
            rows: RefCell::new(vec![None; model.file.stages.len()]),
            divisions: RefCell::default(),
            courses: RefCell::default(),
            copies,
        }
    }

    fn cells(&self) -> Option<&Cells> {
        match &self.view {
            View::Expert => None,
            View::Own { cells, .. } | View::Entered { cells, .. } => Some(cells),
        }
    }

    /// Does something in a copy changed by `set`; nothing if the copy cannot be made. A learner's
    /// cell counts there only if nothing that `set` touches feeds it.
    pub(super) fn in_copy(
        &self,
        set: &Map<String, Value>,
        work: &dyn Fn(&Evaluator<'_>) -> Vec<Option<Val>>,
    ) -> Vec<Option<Val>> {
        if self.copies >= 4 {
            return Vec::new();
        }
        let Ok((model, touched)) = self.model.changed(set) else { return Vec::new() };
        let copies = self.copies + 1;
        let expert = Rc::new(Evaluator::new(&model, View::Expert, Vec::new(), copies));
        let Some(cells) = self.cells() else { return work(&expert) };
        let again = super::depend::affected(&expert, &touched);
        let view = View::Own { cells: cells.clone(), expert };
        work(&Evaluator::new(&model, view, again, copies))
    }

    fn table(&self, at: usize) -> Option<&'m Table> {
        self.model.file.data.0.get(at).map(|(_, table)| table)
    }

    /// The rows of a stage, as indices into its table, in order. Always from the expert's
    /// values: which cells a page has never depends on an answer.
    pub(super) fn rows(&self, stage: usize) -> Rc<Vec<usize>> {
        if let View::Own { expert, .. } | View::Entered { expert, .. } = &self.view {
            return expert.rows(stage);
        }
        if let Some(Some(rows)) = self.rows.borrow().get(stage) {
            return Rc::clone(rows);
        }
        let rows = Rc::new(self.find_rows(stage));
        if let Some(slot) = self.rows.borrow_mut().get_mut(stage) {
            *slot = Some(Rc::clone(&rows));
        }
        rows
    }

    fn find_rows(&self, stage: usize) -> Vec<usize> {
        let Some(spec) = self.model.stage(stage) else { return Vec::new() };
        let name = spec.kind.of().rows();
        let earlier = name.and_then(|name| self.model.stage_index(name));
        let mut rows = match earlier.filter(|earlier| *earlier < stage) {
            Some(earlier) => self.rows(earlier).to_vec(),
            None => {
                let table = self.model.table_of(stage);
                (0..table.map_or(0, |(_, table)| table.rows.len())).collect()
            }
        };
        if let StageKind::Table(table) = &spec.kind
            && let Some(only) = &table.only
        {
            rows.retain(|row| self.holds(only, At { stage, row: Some(*row), item: None }));
        }
        rows
    }

    /// The value of a cell as other cells see it: what the learner entered, else the expert's
    /// for asked cells, else what the rule gives.
    pub(super) fn value(&self, cell: Cell) -> Option<Val> {
        self.given(cell).unwrap_or_else(|| self.rule(cell))
    }

    /// The value that a cell has whatever its rule: the learner's, or the expert's in its stead.
    #[expect(clippy::option_option, reason = "no value is a value too")]
    pub(super) fn given(&self, cell: Cell) -> Option<Option<Val>> {
        let cells = self.cells()?;
        if !self.again.is_empty() && self.again.contains(&self.model.key_of(cell)) {
            return None;
        }
        if let Some(entered) = cells.get(cell) {
            return Some(entered.clone());
        }
        if !self.model.asked(cell) {
            return None;
        }
        match &self.view {
            View::Expert => None,
            View::Own { expert, .. } => Some(expert.value(cell)),
            View::Entered { .. } => Some(None),
        }
    }

    /// What the cell's rule gives.
    pub(super) fn rule(&self, cell: Cell) -> Option<Val> {
        if let Some(value) = self.memo.borrow().get(cell) {
            return value.clone();
        }
        {
            let mut busy = self.busy.borrow_mut();
            if busy.len() > DEEPEST || busy.contains(&cell) {
                return None;
            }
            busy.push(cell);
        }
        let value = match self.model.fixed.iter().find(|(known, _)| *known == cell) {
            Some((_, value)) => value.clone(),
            None => self.work_out(cell),
        };
        self.busy.borrow_mut().pop();
        self.memo.borrow_mut().insert(cell, value.clone());
        value
    }

    fn work_out(&self, cell: Cell) -> Option<Val> {
        match &self.model.stage(cell.stage)?.kind {
            StageKind::Bins(_) => {
                self.model.row(cell.stage, cell.row?)?.get("key").and_then(Val::literal)
            }
            StageKind::Pipeline(pipeline) if cell.row.is_some() => {
                let place = self.course(cell.stage, pipeline).place(cell.column, cell.row?)?;
                Some(Val::Text(pipeline.places.get(place)?.id.clone()))
            }
            _ => {
                let column = self.model.column(cell)?;
                let value = column.kind.of().value(self, column, cell);
                value.or_else(|| column.common.otherwise(self, self.at(cell)))
            }
        }
    }

    /// Where a cell's names are looked up.
    pub(super) fn at(&self, cell: Cell) -> At {
        let per = self.model.column(cell).and_then(|column| column.kind.of().per());
        let table = per.and_then(|per| self.model.file.data.place(per));
        let item = table.zip(cell.item).map(|(table, row)| Item { table, row });
        At { stage: cell.stage, row: cell.row, item }
    }

    /// How a pipeline goes, period by period.
    pub(super) fn course(&self, stage: usize, pipeline: &super::stage::Pipeline) -> Rc<Course> {
        if let Some((_, course)) = self.courses.borrow().iter().find(|(known, _)| *known == stage) {
            return Rc::clone(course);
        }
        let course = Rc::new(Course::run(self, stage, pipeline));
        self.courses.borrow_mut().push((stage, Rc::clone(&course)));
        course
    }

    /// How a share divides its total.
    pub(super) fn division(&self, cell: Cell, work: &dyn Fn() -> Division) -> Rc<Division> {
        let key = Cell { row: None, item: None, ..cell };
        if let Some((_, known)) = self.divisions.borrow().iter().find(|(known, _)| *known == key) {
            return Rc::clone(known);
        }
        let division = Rc::new(work());
        self.divisions.borrow_mut().push((key, Rc::clone(&division)));
        division
    }

    /// What `name` stands for at `at` (format §4); nothing = it does not resolve.
    pub(super) fn resolve(&self, name: &str, at: At) -> Option<Target> {
        match name.split_once('.') {
            None => self.resolve_plain(name, at),
            Some((first, rest)) => self.resolve_dotted(first, rest, at),
        }
    }

    fn resolve_plain(&self, name: &str, at: At) -> Option<Target> {
        let model = self.model;
        let own = model.table_index(at.stage);
        let field = |table: usize, row: usize| {
            let known = has_field(self.table(table)?, name);
            known.then(|| Target::Field { table, row, field: name.to_owned() })
        };
        if let (Some(item), Some(table), Some(row)) = (at.item, own, at.row) {
            let (per, _) = model.file.data.0.get(item.table)?;
            let entries = self.table(table)?.field(name).and_then(|field| field.per.as_ref());
            if entries == Some(per) {
                let field = name.to_owned();
                return Some(Target::Entry { table, row, field, of: item.row });
            }
        }
        if let Some(found) = at.item.and_then(|item| field(item.table, item.row)) {
            return Some(found);
        }
        if let Some(cell) = model.named_cell(at.stage, name, at.row) {
            return Some(Target::Cell(self.at_item(cell, at)));
        }
        if let Some(found) = own.zip(at.row).and_then(|(table, row)| field(table, row)) {
            return Some(found);
        }
        if let Some(found) = at.row.and_then(|who| self.moves(at.stage, name, false, who)) {
            return Some(found);
        }
        if let Some(cell) = model.named_result(at.stage, name) {
            return Some(Target::Cell(cell));
        }
        Some(match model.file.values.get(name)? {
            Parameter::Number(number) => Target::Number(*number),
            Parameter::Numbers(_) => Target::Weights,
        })
    }

    /// A column that is `per` the current item's table means its value for that item.
    fn at_item(&self, cell: Cell, at: At) -> Cell {
        let per = self.model.column(cell).and_then(|column| column.kind.of().per());
        let table = per.and_then(|per| self.model.file.data.place(per));
        let item = at.item.filter(|item| Some(item.table) == table).map(|item| item.row);
        Cell { item, ..cell }
    }

    fn moves(&self, stage: usize, name: &str, first: bool, who: usize) -> Option<Target> {
        let moves = &self.model.pipeline(stage)?.moves;
        let step = moves.iter().position(|step| step.id == name)?;
        Some(Target::Moves { stage, step, who, first })
    }

    fn resolve_dotted(&self, first: &str, rest: &str, at: At) -> Option<Target> {
        let model = self.model;
        if let Some(stage) = model.stage_index(first) {
            return self.in_stage(stage, rest, at);
        }
        let own = model.table_index(at.stage);
        let own_table = own.and_then(|own| self.table(own));
        if let Some(cell) = model.cell_named(at.stage, &[first, ".", rest].concat())
            && (cell.row.is_some())
        {
            return Some(Target::Cell(cell));
        }
        if let (Some(table), Some(own), Some(row)) = (own_table, own, at.row) {
            if let Some(per) = table.field(first).and_then(|field| field.per.as_deref()) {
                let of = model.table(per)?.position(rest)?;
                return Some(Target::Entry { table: own, row, field: first.to_owned(), of });
            }
            if let Some(cell) = model.named_cell(at.stage, first, at.row)
                && let Some(item) = model.item_of(cell, rest)
            {
                return Some(Target::Cell(Cell { item: Some(item), ..cell }));
            }
        }
        if let Some(Parameter::Numbers(map)) = model.file.values.get(first) {
            return map.get(rest).copied().map(Target::Number);
        }
        let table = model.file.data.place(first)?;
        let (row, field) = rest.split_once('.')?;
        let row = self.table(table)?.position(row)?;
        let known = has_field(self.table(table)?, field);
        known.then(|| Target::Field { table, row, field: field.to_owned() })
    }

    /// `stage.column` for the same row (or the current item), `stage.result`, `stage.row.column`,
    /// `stage.move`, `stage.move.first`.
    fn in_stage(&self, stage: usize, rest: &str, at: At) -> Option<Target> {
        let model = self.model;
        if let Some(cell) = model.cell_named(stage, rest) {
            return Some(Target::Cell(cell));
        }
        let (name, first) = match rest.strip_suffix(".first") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        // Whether the name exists at all is asked of the first row.
        let found = |row| match self.moves(stage, name, first, row) {
            Some(moves) => Some(moves),
            None => model.named_cell(stage, rest, Some(row)).map(Target::Cell),
        };
        found(0)?;
        match self.same_row(stage, at) {
            Some(row) => found(row),
            None => Some(Target::Nothing),
        }
    }

    /// The row of a stage that has the current item's or row's id.
    fn same_row(&self, stage: usize, at: At) -> Option<usize> {
        let theirs = self.model.table_index(stage)?;
        let item = at.item.map(|item| (item.table, item.row));
        let row = self.model.table_index(at.stage).zip(at.row);
        let places = [item, row].into_iter().flatten();
        let same = places.clone().find(|(table, _)| *table == theirs).map(|(_, row)| row);
        same.or_else(|| {
            let mut ids = places.filter_map(|(table, row)| self.table(table)?.rows.get(row));
            ids.find_map(|row| self.table(theirs)?.position(row_id(row)))
        })
    }

    pub(super) fn read(&self, target: &Target) -> Option<Val> {
        match target {
            Target::Number(number) => Some(Val::Number(*number)),
            Target::Cell(cell) => self.value(*cell),
            Target::Field { table, row, field } => self.model.field_value(*table, *row, field),
            Target::Entry { table, row, field, of } => {
                let table = self.table(*table)?;
                let per = table.field(field)?.per.as_deref()?;
                self.model.entry(table.rows.get(*row)?.get(field)?, per, *of).and_then(Val::literal)
            }
            Target::Moves { stage, step, who, first } => {
                let course = self.course(*stage, self.model.pipeline(*stage)?);
                course.moves(*step, *who, *first).map(Val::Number)
            }
            Target::Weights | Target::Nothing => None,
        }
    }

    /// The number that arithmetic gives.
    pub(super) fn number(&self, expr: &Expr, at: At) -> Option<f64> {
        arithmetic::number(self, expr, at)
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, condition: &Condition, at: At) -> bool {
        arithmetic::holds(self, condition, at)
    }

    /// Whether a condition that may be absent holds.
    pub(super) fn meets(&self, condition: Option<&Condition>, at: At) -> bool {
        condition.is_none_or(|condition| self.holds(condition, at))
    }

    /// One place for each row of a table.
    pub(super) fn items(&self, table: &str, at: At) -> Vec<At> {
        let Some(table) = self.model.file.data.place(table) else { return Vec::new() };
        let rows = self.table(table).map_or(0, |table| table.rows.len());
        (0..rows).map(|row| At { item: Some(Item { table, row }), ..at }).collect()
    }

    /// The table by whose order the values of `name` compare, if any.
    pub(super) fn scale(&self, name: &str, at: At) -> Option<&'m Table> {
        let within = match self.resolve(name, at)? {
            Target::Cell(cell) => self.model.column(cell)?.within(self.model),
            Target::Field { table, field, .. } => {
                self.table(table)?.field(&field)?.within.as_deref()
            }
            _ => None,
        };
        self.model.table(within?)
    }
}

impl Scope for Evaluator<'_> {
    fn name(&self, name: &str, at: At) -> Option<Val> {
        self.read(&self.resolve(name, at)?)
    }

    fn evaluator(&self) -> &Evaluator<'_> {
        self
    }
}

/// Whether a table's rows may have that key: declared, always allowed, or written in some row.
fn has_field(table: &Table, name: &str) -> bool {
    table.field(name).is_some()
        || ["id", "name", "text"].contains(&name)
        || table.rows.iter().any(|row| row.contains_key(name))
}

/// Compares two rows of a stage by sort keys; what has no value comes last.
pub(super) fn order(scope: &dyn Scope, keys: &[SortKey], at: At, a: usize, b: usize) -> Ordering {
    let model = scope.evaluator().model;
    for key in keys {
        let (name, high) = match key {
            SortKey::Id => match natural(model.row_id(at.stage, a), model.row_id(at.stage, b)) {
                Ordering::Equal => continue,
                other => return other,
            },
            SortKey::High(name) => (name, true),
            SortKey::Low(name) => (name, false),
        };
        let place = |row| At { row: Some(row), ..at };
        let ordering = match (scope.name(name, place(a)), scope.name(name, place(b))) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => return Ordering::Greater,
            (Some(_), None) => return Ordering::Less,
            (Some(left), Some(right)) => {
                order_values(scope.evaluator(), name, place(a), &left, &right)
            }
        };
        let ordering = if high { ordering.reverse() } else { ordering };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

fn order_values(it: &Evaluator<'_>, name: &str, at: At, left: &Val, right: &Val) -> Ordering {
    match (left, right) {
        (Val::Number(a), Val::Number(b)) => compare(*a, *b),
        (Val::Bool(a), Val::Bool(b)) => a.cmp(b),
        (Val::Text(a), Val::Text(b)) => {
            let scale = it.scale(name, at);
            match scale.map(|table| (table.position(a), table.position(b))) {
                Some((Some(a), Some(b))) => a.cmp(&b),
                _ => natural(a, b),
            }
        }
        (Val::Set(a), Val::Set(b)) => a.len().cmp(&b.len()),
        _ => Ordering::Equal,
    }
}

impl Evaluator<'_> {
    /// The rows of a stage that meet a condition.
    pub(super) fn rows_that(&self, condition: Option<&Condition>, at: At) -> Vec<usize> {
        let rows = self.rows(at.stage);
        let meets = |row: &&usize| self.meets(condition, At { row: Some(**row), ..at });
        rows.iter().filter(meets).copied().collect()
    }

    /// Rows in the order of sort keys, then by id.
    pub(super) fn ordered(&self, rows: &[usize], keys: &[SortKey], at: At) -> Vec<usize> {
        let order = super::value::sorted(rows.len(), &|a, b| {
            let by = order(self, keys, at, rows[a], rows[b]);
            by.then_with(|| order(self, &[SortKey::Id], at, rows[a], rows[b]))
        });
        order.into_iter().map(|place| rows[place]).collect()
    }

    /// The column of a cell.
    pub(super) fn spec(&self, cell: Cell) -> Option<&Column> {
        self.model.column(cell)
    }
}
