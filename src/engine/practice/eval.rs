//! Works out cells: names, arithmetic, conditions. [`super::column`] has the column kinds.

use super::expr::{Condition, Expr, Operator, Over, Test};
use super::model::{Column, Parameter, Stage, Table, row_id};
use super::value::{Val, compare};
use super::{Cell, Entered, Model};
use std::cell::{Cell as Counter, RefCell};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How deep cells may refer to cells before it counts as a circle.
const DEEPEST: u32 = 200;

/// Where a name is looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct At {
    /// Index of the stage.
    pub(super) stage: usize,
    /// Index of the row in the stage's table.
    pub(super) row: Option<usize>,
    /// The current item inside `over` or `per`: table and row.
    pub(super) item: Option<(String, usize)>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target<'m> {
    /// A field of a row.
    Field { table: &'m str, row: usize, field: String },
    /// One entry of a `per` field.
    Entry { table: &'m str, row: usize, field: String, of: usize },
    /// A cell of a stage: a column in a row, or a result.
    Cell(Cell),
    /// A number among the values.
    Number(f64),
    /// A map among the values.
    Weights(&'m str),
}

enum Slot {
    Busy,
    Done(Option<Val>),
}

/// Works out the cells of one model, each once.
pub(super) struct Evaluator<'m> {
    pub(super) model: &'m Model,
    /// The learner's cells; none = the expert's view.
    own: Option<Entered>,
    /// In a changed copy: columns that are worked out again whatever was entered.
    again: BTreeSet<(usize, usize, bool)>,
    expert: Option<Rc<Evaluator<'m>>>,
    memo: RefCell<BTreeMap<Cell, Slot>>,
    rows: RefCell<BTreeMap<usize, Rc<Vec<usize>>>>,
    depth: Counter<u32>,
    copies: u8,
}

impl<'m> Evaluator<'m> {
    /// The expert's view.
    pub(super) fn expert(model: &'m Model) -> Rc<Self> {
        Rc::new(Self::new(model, None, BTreeSet::new(), None, 0))
    }

    /// What the rules give from the learner's own cells.
    pub(super) fn own(expert: &Rc<Self>, entered: Entered) -> Rc<Self> {
        let model = expert.model;
        Rc::new(Self::new(model, Some(entered), BTreeSet::new(), Some(Rc::clone(expert)), 0))
    }

    fn new(
        model: &'m Model,
        own: Option<Entered>,
        again: BTreeSet<(usize, usize, bool)>,
        expert: Option<Rc<Self>>,
        copies: u8,
    ) -> Self {
        Self {
            model,
            own,
            again,
            expert,
            memo: RefCell::default(),
            rows: RefCell::default(),
            depth: Counter::new(0),
            copies,
        }
    }

    /// A value worked out in a copy changed by `set`; nothing if the copy cannot be made.
    pub(super) fn in_copy(
        &self,
        set: &serde_json::Map<String, serde_json::Value>,
        expr: &Expr,
        at: &At,
    ) -> Option<Val> {
        if self.copies >= 4 {
            return None;
        }
        let (model, touched) = self.model.changed(set).ok()?;
        let again = super::depend::affected(&model, &touched);
        let entered = self.own.clone().map(|mut entered| {
            entered
                .retain(|cell, _| !again.contains(&(cell.stage, cell.column, cell.row.is_none())));
            entered
        });
        let expert = Rc::new(Evaluator::new(&model, None, BTreeSet::new(), None, self.copies + 1));
        if entered.is_none() {
            return expert.expr(expr, at);
        }
        let copy =
            Evaluator::new(&model, entered, again, Some(Rc::clone(&expert)), self.copies + 1);
        copy.expr(expr, at)
    }

    pub(super) fn stage(&self, index: usize) -> Option<&'m Stage> {
        self.model.file.stages.get(index)
    }

    /// Name of the table whose rows a stage works on.
    pub(super) fn table_name(&self, stage: usize) -> Option<&'m str> {
        self.model.table_of(stage)
    }

    fn table(&self, name: &str) -> Option<&'m Table> {
        self.model.file.data.get(name)
    }

    /// The rows of a stage, as indices into its table, in order. Always from the expert's
    /// values: which cells a page has never depends on an answer.
    pub(super) fn rows(&self, stage: usize) -> Rc<Vec<usize>> {
        if let Some(expert) = &self.expert {
            return expert.rows(stage);
        }
        if let Some(rows) = self.rows.borrow().get(&stage) {
            return Rc::clone(rows);
        }
        let all = || -> Vec<usize> {
            let table = self.table_name(stage).and_then(|name| self.table(name));
            (0..table.map_or(0, |table| table.rows.len())).collect()
        };
        let rows = match self.stage(stage) {
            Some(Stage::TableStage(spec)) => {
                let of = spec.rows.as_deref();
                let earlier = of.and_then(|name| self.model.stage_index(name));
                let base = match earlier.filter(|earlier| *earlier < stage) {
                    Some(earlier) => self.rows(earlier).to_vec(),
                    None => all(),
                };
                let at = |row| At { stage, row: Some(row), item: None };
                let keep = |row: &usize| {
                    spec.only.as_ref().is_none_or(|only| self.condition(only, &at(*row)))
                };
                base.into_iter().filter(keep).collect()
            }
            _ => all(),
        };
        let rows = Rc::new(rows);
        self.rows.borrow_mut().insert(stage, Rc::clone(&rows));
        rows
    }

    /// The value of a cell as other cells see it: what the learner entered, else the expert's
    /// for asked cells, else what the rule gives.
    pub(super) fn value(&self, cell: Cell) -> Option<Val> {
        let Some(own) = &self.own else { return self.rule(cell) };
        if let Some(entered) = own.get(&cell) {
            return entered.clone();
        }
        let again = self.again.contains(&(cell.stage, cell.column, cell.row.is_none()));
        let asked = self.model.asked(cell);
        match &self.expert {
            Some(expert) if asked && !again => expert.value(cell),
            _ => self.rule(cell),
        }
    }

    /// What the cell's rule gives.
    pub(super) fn rule(&self, cell: Cell) -> Option<Val> {
        match self.memo.borrow().get(&cell) {
            Some(Slot::Done(value)) => return value.clone(),
            Some(Slot::Busy) => return None,
            None => {}
        }
        if self.depth.get() > DEEPEST {
            return None;
        }
        self.memo.borrow_mut().insert(cell, Slot::Busy);
        self.depth.set(self.depth.get() + 1);
        let value = self.model.fixed(cell).cloned().or_else(|| self.work_out(cell));
        self.depth.set(self.depth.get() - 1);
        self.memo.borrow_mut().insert(cell, Slot::Done(value.clone()));
        value
    }

    fn work_out(&self, cell: Cell) -> Option<Val> {
        match self.stage(cell.stage)? {
            Stage::Bins(bins) => {
                let row = self.table(&bins.items)?.rows.get(cell.row?)?;
                row.get("key").and_then(Val::literal)
            }
            _ => {
                let column = self.model.column(cell)?;
                let at = At { stage: cell.stage, row: cell.row, item: None };
                let value = self.column(column, &at);
                value.or_else(|| column.shared().otherwise.and_then(Val::literal))
            }
        }
    }

    /// What `name` stands for at `at` (format §4); nothing = it does not resolve.
    pub(super) fn resolve(&self, name: &str, at: &At) -> Option<Target<'m>> {
        match name.split_once('.') {
            None => self.resolve_plain(name, at),
            Some((first, rest)) => self.resolve_dotted(first, rest, at),
        }
    }

    fn resolve_plain(&self, name: &str, at: &At) -> Option<Target<'m>> {
        let own_table = self.table_name(at.stage);
        if let Some((item_table, item_row)) = &at.item {
            let (key, table) = self.model.table_entry(item_table)?;
            let per = own_table.and_then(|own| self.table(own)).and_then(|t| t.field(name));
            if let (Some(field), Some(row), Some(own)) = (per, at.row, own_table)
                && field.per.as_deref() == Some(key)
            {
                return Some(Target::Entry {
                    table: own,
                    row,
                    field: name.to_owned(),
                    of: *item_row,
                });
            }
            if has_field(table, name) {
                return Some(Target::Field { table: key, row: *item_row, field: name.to_owned() });
            }
        }
        if let Some(cell) = self.model.named_cell(at.stage, name, at.row) {
            return Some(Target::Cell(cell));
        }
        if let (Some(own), Some(row)) = (own_table, at.row)
            && self.table(own).is_some_and(|table| has_field(table, name))
        {
            return Some(Target::Field { table: own, row, field: name.to_owned() });
        }
        if let Some(cell) = self.model.named_result(at.stage, name) {
            return Some(Target::Cell(cell));
        }
        let (key, value) = self.model.file.values.0.iter().find(|(key, _)| key == name)?;
        Some(match value {
            Parameter::Number(number) => Target::Number(*number),
            Parameter::Numbers(_) => Target::Weights(key),
        })
    }

    fn resolve_dotted(&self, first: &str, rest: &str, at: &At) -> Option<Target<'m>> {
        if let Some(stage) = self.model.stage_index(first) {
            return match rest.split_once('.') {
                None => {
                    let same =
                        at.row.filter(|_| self.table_name(stage) == self.table_name(at.stage));
                    let cell = self.model.named_cell(stage, rest, same);
                    cell.or_else(|| self.model.named_result(stage, rest)).map(Target::Cell)
                }
                Some((row, column)) => {
                    let table = self.table(self.table_name(stage)?)?;
                    let row = table.position(row)?;
                    self.model.named_cell(stage, column, Some(row)).map(Target::Cell)
                }
            };
        }
        let own = self.table_name(at.stage);
        if let Some(row) = own.and_then(|own| self.table(own)?.position(first))
            && let Some(cell) = self.model.named_cell(at.stage, rest, Some(row))
        {
            return Some(Target::Cell(cell));
        }
        if let (Some(own), Some(row)) = (own, at.row)
            && let Some(per) = self.table(own).and_then(|t| t.field(first)?.per.as_deref())
        {
            let of = self.table(per)?.position(rest)?;
            return Some(Target::Entry { table: own, row, field: first.to_owned(), of });
        }
        if let Some(Parameter::Numbers(map)) = self.model.file.values.get(first) {
            return map.get(rest).copied().map(Target::Number);
        }
        let (key, table) = self.model.table_entry(first)?;
        let (row, field) = rest.split_once('.')?;
        let row = table.position(row)?;
        has_field(table, field).then(|| Target::Field { table: key, row, field: field.to_owned() })
    }

    fn read(&self, target: &Target<'m>) -> Option<Val> {
        match target {
            Target::Number(number) => Some(Val::Number(*number)),
            Target::Cell(cell) => self.value(*cell),
            Target::Field { table, row, field } => self.model.field_value(table, *row, field),
            Target::Entry { table, row, field, of } => {
                let entry = self.table(table)?.rows.get(*row)?.get(field)?;
                let per = self.table(table)?.field(field)?.per.as_deref()?;
                let value = match entry {
                    serde_json::Value::Array(list) => list.get(*of),
                    other => other.get(row_id(self.table(per)?.rows.get(*of)?)),
                };
                value.and_then(Val::literal)
            }
            Target::Weights(_) => None,
        }
    }

    /// The value of a name.
    pub(super) fn name(&self, name: &str, at: &At) -> Option<Val> {
        self.read(&self.resolve(name, at)?)
    }

    /// The value of arithmetic; a single name may stand for anything.
    pub(super) fn expr(&self, expr: &Expr, at: &At) -> Option<Val> {
        match expr {
            Expr::Name(name) => self.name(name, at),
            _ => self.number(expr, at).map(Val::Number),
        }
    }

    /// The number that arithmetic gives; unknown in, unknown out.
    pub(super) fn number(&self, expr: &Expr, at: &At) -> Option<f64> {
        let number = match expr {
            Expr::Number(number) => *number,
            Expr::Name(name) => self.name(name, at)?.number()?,
            Expr::Operation(operator, operands) => {
                let numbers = operands.iter().map(|operand| self.number(operand, at));
                operate(*operator, &numbers.collect::<Option<Vec<f64>>>()?)?
            }
            Expr::Many(operator, operand, over) => {
                let places = self.places(over, at);
                // Over many, unknown ones are skipped.
                let numbers: Vec<f64> =
                    places.iter().filter_map(|place| self.number(operand, place)).collect();
                if numbers.is_empty() && *operator != Operator::Sum {
                    return None;
                }
                operate(*operator, &numbers)?
            }
            Expr::Weighted(name) => {
                let Some(Target::Weights(key)) = self.resolve(name, at) else { return None };
                let Some(Parameter::Numbers(weights)) = self.model.file.values.get(key) else {
                    return None;
                };
                let mut sum = 0.0;
                for (id, weight) in &weights.0 {
                    sum += self.name(id, at)?.number()? * weight;
                }
                sum
            }
            Expr::Count(of, over) => self.count(of, over, at),
        };
        number.is_finite().then_some(number)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of rows are small")]
    fn count(&self, of: &str, over: &Over, at: &At) -> f64 {
        if let Some(Val::Set(ids)) = self.name(of, at) {
            return ids.len() as f64;
        }
        let mut over = over.clone();
        if of != "rows" {
            over.over = Some(of.to_owned());
        }
        self.places(&over, at).len() as f64
    }

    /// The places that an operation over many goes through.
    fn places(&self, over: &Over, at: &At) -> Vec<At> {
        let places: Vec<At> = match over.over.as_deref() {
            None => {
                let rows = self.rows(at.stage);
                rows.iter().map(|row| At { row: Some(*row), ..at.clone() }).collect()
            }
            Some(name) => match self.model.stage_index(name) {
                Some(stage) => {
                    let rows = self.rows(stage);
                    rows.iter().map(|row| At { stage, row: Some(*row), item: None }).collect()
                }
                None => self.items(name, at),
            },
        };
        let current = at.row.and_then(|row| self.model.row_id(at.stage, row));
        let keep = |place: &At| {
            let mine = over.by.as_ref().is_none_or(|field| {
                let id = self.name(field, place);
                matches!((id, current), (Some(Val::Text(id)), Some(current)) if id == current)
            });
            mine && over.only.as_ref().is_none_or(|only| self.condition(only, place))
        };
        places.into_iter().filter(keep).collect()
    }

    /// One place for each row of a table.
    pub(super) fn items(&self, table: &str, at: &At) -> Vec<At> {
        let rows = self.table(table).map_or(0, |table| table.rows.len());
        (0..rows).map(|row| At { item: Some((table.to_owned(), row)), ..at.clone() }).collect()
    }

    /// Whether a condition holds. An unknown value fails every test but `missing`.
    pub(super) fn condition(&self, condition: &Condition, at: &At) -> bool {
        match condition {
            Condition::All(list) => list.iter().all(|one| self.condition(one, at)),
            Condition::Any(list) => list.iter().any(|one| self.condition(one, at)),
            Condition::Not(one) => !self.condition(one, at),
            Condition::AnyRow(one) => {
                let rows = self.rows(at.stage);
                rows.iter().any(|row| self.condition(one, &At { row: Some(*row), ..at.clone() }))
            }
            Condition::Test(name, test) => self.test(test, self.name(name, at).as_ref(), at),
        }
    }

    fn test(&self, test: &Test, value: Option<&Val>, at: &At) -> bool {
        if let Test::Missing(missing) = test {
            return value.is_none() == *missing;
        }
        if let Test::All(tests) = test {
            return tests.iter().all(|test| self.test(test, value, at));
        }
        let Some(value) = value else { return false };
        let ordered = |expr: &Expr, accept: &dyn Fn(Ordering) -> bool| {
            let limit = self.number(expr, at);
            matches!((value.number(), limit), (Some(a), Some(b)) if accept(compare(a, b)))
        };
        let is =
            |literal: &serde_json::Value| Val::literal(literal).is_some_and(|it| it.same(value));
        let has = |literal: &serde_json::Value| matches!((value, literal), (Val::Set(ids), serde_json::Value::String(id)) if ids.contains(id));
        match test {
            Test::Is(literal) => is(literal),
            Test::From(expr) => ordered(expr, &Ordering::is_ge),
            Test::Below(expr) => ordered(expr, &Ordering::is_lt),
            Test::Above(expr) => ordered(expr, &Ordering::is_gt),
            Test::UpTo(expr) => ordered(expr, &Ordering::is_le),
            Test::OneOf(literals) => literals.iter().any(is),
            Test::Has(literal) => has(literal),
            Test::Lacks(literal) => matches!(value, Val::Set(_)) && !has(literal),
            Test::Empty(empty) => matches!(value, Val::Set(ids) if ids.is_empty() == *empty),
            Test::Mentions(texts) => {
                matches!(value, Val::Text(text) if texts.iter().any(|it| text.contains(it.as_str())))
            }
            Test::SameAs(name) => self.name(name, at).is_some_and(|other| other.same(value)),
            Test::In(name) => {
                matches!((self.name(name, at), value), (Some(Val::Set(ids)), Val::Text(id)) if ids.contains(id))
            }
            Test::Not(test) => !self.test(test, Some(value), at),
            Test::All(_) | Test::Missing(_) => false,
        }
    }

    /// The table by whose order the values of `name` compare, if any.
    pub(super) fn scale(&self, name: &str, at: &At) -> Option<&'m str> {
        match self.resolve(name, at)? {
            Target::Cell(cell) => self.model.column(cell)?.shared().within,
            Target::Field { table, field, .. } => {
                self.table(table)?.field(&field)?.within.as_deref()
            }
            _ => None,
        }
    }

    /// The column of a cell.
    pub(super) fn spec(&self, cell: Cell) -> Option<&'m Column> {
        self.model.column(cell)
    }
}

/// Whether a table's rows may have that key: declared, always allowed, or written in some row.
fn has_field(table: &Table, name: &str) -> bool {
    table.field(name).is_some()
        || ["id", "name", "text"].contains(&name)
        || table.rows.iter().any(|row| row.contains_key(name))
}

/// Applies an operator to its operands, from left to right.
pub(super) fn operate(operator: Operator, numbers: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of operands are small")]
    let count = numbers.len() as f64;
    let (first, second) = (numbers.first().copied(), numbers.get(1).copied());
    match operator {
        Operator::Sum => Some(numbers.iter().fold(0.0, |sum, number| sum + number)),
        Operator::Product => Some(numbers.iter().fold(1.0, |product, number| product * number)),
        Operator::Mean => {
            (count > 0.0).then(|| numbers.iter().fold(0.0, |sum, number| sum + number) / count)
        }
        Operator::Min => numbers.iter().copied().reduce(f64::min),
        Operator::Max => numbers.iter().copied().reduce(f64::max),
        Operator::Minus => Some(first? - second?),
        Operator::Ratio => {
            second.filter(|divisor| *divisor != 0.0).and_then(|by| Some(first? / by))
        }
        Operator::Round => {
            let (number, step) = (first?, second.filter(|step| *step > 0.0)?);
            let steps = (super::value::grid((number / step).abs()) + 0.5).floor();
            Some(steps * step * if number < 0.0 { -1.0 } else { 1.0 })
        }
        Operator::Abs => first.map(f64::abs),
        Operator::Sqrt => first.filter(|number| *number >= 0.0).map(f64::sqrt),
    }
}
