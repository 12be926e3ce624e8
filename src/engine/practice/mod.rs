//! Exercises: chains of stages over small tables (practice format).
//!
//! An [`Exercise`] is its JSON tree and the typed [`Model`] read from it. The tree is the truth:
//! `set` patches it (variants, what-ifs), texts are mapped on it, pages carry it. The model is
//! what [`eval`] works out cells from, [`grade`] marks and [`face`] shows.

mod check;
mod column;
mod depend;
mod eval;
mod expr;
mod face;
mod formula;
mod grade;
pub mod model;
mod patch;
mod texts;
mod value;
mod worked;

pub use face::{ColumnFace, ExerciseFace, StageFace};
pub use grade::{CellState, CellVerdict, ExerciseVerdict, StageVerdict};
pub use worked::{Quoted, Worked};

use crate::{Message, Problem, TextRole};
use eval::Evaluator;
use model::{Column, File, Stage, Table, row_id};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use value::Val;

/// One exercise. Reading never fails: faults are [`Exercise::problems`], each at its place, and
/// an exercise that has them answers every other call with an error.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The title, as the author wrote it.
    pub title: String,
    /// The introduction.
    pub intro: String,
    tree: Value,
    model: Result<Arc<Model>, Vec<Problem>>,
}

impl PartialEq for Exercise {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree
    }
}

impl<'de> Deserialize<'de> for Exercise {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::read)
    }
}

impl Serialize for Exercise {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tree.serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Exercise {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Exercise".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        File::json_schema(generator)
    }
}

impl Exercise {
    /// Reads an exercise from its JSON tree.
    pub fn read(tree: Value) -> Self {
        let text = |key: &str| tree.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let model = Model::read(tree.clone()).map(Arc::new);
        Self { title: text("title"), intro: text("intro"), tree, model }
    }

    /// Faults that the shape alone does not show, by path inside the exercise.
    pub fn problems(&self) -> Vec<Problem> {
        match &self.model {
            Ok(model) => check::problems(model),
            Err(problems) => problems.clone(),
        }
    }

    /// Ids of the stages in order.
    pub fn stage_ids(&self) -> Vec<&str> {
        let stages = self.model.as_ref().map(|model| model.file.stages.as_slice());
        stages.unwrap_or_default().iter().map(|stage| stage.shared().id).collect()
    }

    /// Ids and titles of the variants.
    pub fn variants(&self) -> Vec<(&str, &str)> {
        let variants = self.model.as_ref().map(|model| model.file.variants.as_slice());
        let variants = variants.unwrap_or_default().iter();
        variants.map(|variant| (variant.id.as_str(), variant.title.as_str())).collect()
    }

    /// Ids of the exercises that its levels mix in, by path.
    pub fn mixed_with(&self) -> Vec<(String, &str)> {
        let Ok(model) = &self.model else { return Vec::new() };
        let levels = model.file.levels.0.iter();
        let with = levels.flat_map(|(level, spec)| {
            let ids = spec.with.iter().enumerate();
            ids.map(move |(at, id)| (format!("levels.{level}.with[{at}]"), id.as_str()))
        });
        with.collect()
    }

    /// Hands every shown text to `visit`, which may change it; ids and compared literals stay.
    pub fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        texts::visit(&mut self.tree, visit);
        *self = Self::read(std::mem::take(&mut self.tree));
    }

    /// The worked solution, with every intermediate figure.
    pub fn worked(&self, id: &str, variant: Option<&str>) -> Result<Worked, Message> {
        let model = self.model(variant)?;
        Ok(worked::work(&Evaluator::expert(&model), id))
    }

    /// What a learner may see, and which cells are theirs to fill.
    pub fn face(&self, variant: Option<&str>) -> Result<ExerciseFace, Message> {
        let model = self.model(variant)?;
        Ok(face::face(&Evaluator::expert(&model)))
    }

    /// Marks a learner's answers: `{"<stage>": {"<cell>": value}}`. Whatever the JSON, what is
    /// malformed in it is marked as such.
    pub fn grade(
        &self,
        answers: &Value,
        variant: Option<&str>,
    ) -> Result<ExerciseVerdict, Message> {
        let model = self.model(variant)?;
        Ok(grade::grade(&Evaluator::expert(&model), answers))
    }

    /// A figure to quote in a text: `score.T01.total`, `score.enter`; `decimals` override the
    /// column's.
    pub fn quote(&self, path: &str, decimals: Option<u8>) -> Result<Quoted, Message> {
        let model = self.model(None)?;
        worked::quote(&Evaluator::expert(&model), path, decimals)
    }

    /// A whole column, `score.total`: id, name and number of each row.
    pub fn column(&self, path: &str) -> Result<Vec<(String, String, Option<f64>)>, Message> {
        let model = self.model(None)?;
        worked::column(&Evaluator::expert(&model), path)
    }

    fn model(&self, variant: Option<&str>) -> Result<Arc<Model>, Message> {
        let model = self.model.as_ref().map_err(|_| Message::new("exercise.broken"))?;
        let Some(id) = variant else { return Ok(Arc::clone(model)) };
        let found = model.file.variants.iter().find(|variant| variant.id == id);
        let found = found.ok_or_else(|| {
            let known = model.file.variants.iter().map(|variant| variant.id.as_str());
            unknown("exercise.no-variant", id, known)
        })?;
        model.changed(&found.set).map(|(model, _)| model)
    }
}

/// A message about an unknown name, with the nearest known one.
pub(super) fn unknown<'a>(code: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Message {
    let message = Message::new(code).with("name", name);
    match nearest(name, known) {
        Some(nearest) => message.with("nearest", nearest),
        None => message,
    }
}

/// The known name nearest to `name`, if it is near at all (Levenshtein distance ≤ a third).
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = name.chars().take(80).collect();
    let distance = |other: &str| {
        let mut row: Vec<usize> = (0..=typed.len()).collect();
        for (line, letter) in other.chars().enumerate() {
            let mut corner = line;
            row[0] = line + 1;
            for (at, mine) in typed.iter().enumerate() {
                let change = corner + usize::from(*mine != letter);
                corner = row[at + 1];
                row[at + 1] = change.min(corner + 1).min(row[at] + 1);
            }
        }
        row[typed.len()]
    };
    let near = known.map(|other| (distance(other), other)).min_by_key(|(distance, _)| *distance);
    near.filter(|(distance, _)| *distance <= typed.len().div_ceil(3).max(1)).map(|(_, name)| name)
}

/// One cell: a column in a row, or (without a row) a result. Rows are indices into the stage's
/// table; in `bins` the only column is the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub(super) stage: usize,
    pub(super) row: Option<usize>,
    pub(super) column: usize,
}

/// Cells that a learner filled well-formed; `None` = said to have no value.
pub(super) type Entered = BTreeMap<Cell, Option<Val>>;

type Changed = (Arc<Model>, Vec<String>);

/// The typed exercise with its tree.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) file: File,
    tree: Value,
    /// Worked cells that `set` gave a value.
    fixed: BTreeMap<Cell, Val>,
    /// Changed copies by their `set`, so that a what-if column reads its copy once.
    copies: Mutex<BTreeMap<String, Changed>>,
}

impl Model {
    fn read(tree: Value) -> Result<Self, Vec<Problem>> {
        match serde_json::from_value(tree.clone()) {
            Ok(file) => Ok(Self { file, tree, fixed: BTreeMap::new(), copies: Mutex::default() }),
            Err(error) => Err(check::unreadable(&tree, &error.to_string())),
        }
    }

    /// A copy changed by `set`, and what was touched.
    pub(super) fn changed(&self, set: &Map<String, Value>) -> Result<Changed, Message> {
        let key = serde_json::to_string(set).unwrap_or_default();
        if let Ok(copies) = self.copies.lock()
            && let Some(copy) = copies.get(&key)
        {
            return Ok(copy.clone());
        }
        let patched = patch::apply(&self.tree, set)?;
        let broken = |_| Message::new("set.broken");
        let mut model = Self::read(patched.tree).map_err(broken)?;
        for ([stage, row, column], value) in patched.cells {
            let cell = model.find_cell(&stage, Some(&row), &column);
            let cell = cell.ok_or_else(|| {
                Message::new("set.unknown").with("path", format!("{stage}.{row}.{column}"))
            })?;
            if let Some(value) = Val::literal(&value) {
                model.fixed.insert(cell, value);
            }
        }
        for (cell, value) in &self.fixed {
            model.fixed.entry(*cell).or_insert_with(|| value.clone());
        }
        let copy = (Arc::new(model), patched.touched);
        if let Ok(mut copies) = self.copies.lock() {
            copies.insert(key, copy.clone());
        }
        Ok(copy)
    }

    pub(super) fn fixed(&self, cell: Cell) -> Option<&Val> {
        self.fixed.get(&cell)
    }

    pub(super) fn stage_index(&self, id: &str) -> Option<usize> {
        self.file.stages.iter().position(|stage| stage.shared().id == id)
    }

    /// The table whose rows a stage works on, followed through earlier stages.
    pub(super) fn table_of(&self, stage: usize) -> Option<&str> {
        let name = match self.file.stages.get(stage)? {
            Stage::TableStage(spec) => spec.rows.as_deref()?,
            Stage::Bins(spec) => &spec.items,
            Stage::Pipeline(spec) => &spec.who,
            _ => return None,
        };
        match self.stage_index(name) {
            Some(earlier) if earlier < stage => self.table_of(earlier),
            _ => self.table_entry(name).map(|(key, _)| key),
        }
    }

    pub(super) fn table_entry(&self, name: &str) -> Option<(&str, &Table)> {
        let found = self.file.data.0.iter().find(|(key, _)| key == name);
        found.map(|(key, table)| (key.as_str(), table))
    }

    pub(super) fn row_id(&self, stage: usize, row: usize) -> Option<&str> {
        self.file.data.get(self.table_of(stage)?)?.rows.get(row).map(row_id)
    }

    fn columns(&self, stage: usize) -> &[Column] {
        match self.file.stages.get(stage) {
            Some(Stage::TableStage(spec)) => &spec.columns,
            _ => &[],
        }
    }

    fn results(&self, stage: usize) -> &[Column] {
        match self.file.stages.get(stage) {
            Some(Stage::TableStage(spec)) => &spec.results,
            Some(Stage::Pipeline(spec)) => &spec.results,
            _ => &[],
        }
    }

    /// The column or result of a cell; `bins` answers have none.
    pub(super) fn column(&self, cell: Cell) -> Option<&Column> {
        match cell.row {
            Some(_) => self.columns(cell.stage).get(cell.column),
            None => self.results(cell.stage).get(cell.column),
        }
    }

    pub(super) fn named_cell(&self, stage: usize, name: &str, row: Option<usize>) -> Option<Cell> {
        let row = Some(row?);
        if matches!(self.file.stages.get(stage), Some(Stage::Bins(_))) {
            return (name == "answer").then_some(Cell { stage, row, column: 0 });
        }
        let column = self.columns(stage).iter().position(|column| column.shared().id == name)?;
        Some(Cell { stage, row, column })
    }

    pub(super) fn named_result(&self, stage: usize, name: &str) -> Option<Cell> {
        let column = self.results(stage).iter().position(|column| column.shared().id == name)?;
        Some(Cell { stage, row: None, column })
    }

    /// The cell `row.column` or the result `column` of the stage with that id.
    pub(super) fn find_cell(&self, stage: &str, row: Option<&str>, column: &str) -> Option<Cell> {
        let stage = self.stage_index(stage)?;
        match row {
            None => self.named_result(stage, column),
            Some(row) => {
                let row = self.file.data.get(self.table_of(stage)?)?.position(row)?;
                self.named_cell(stage, column, Some(row))
            }
        }
    }

    /// Whether the learner fills the cell.
    pub(super) fn asked(&self, cell: Cell) -> bool {
        self.column(cell).is_none_or(|column| column.shared().ask)
    }

    /// The value of a row's field by its declared type.
    pub(super) fn field_value(&self, table: &str, row: usize, field: &str) -> Option<Val> {
        let table = self.file.data.get(table)?;
        let value = table.rows.get(row)?.get(field);
        match table.field(field) {
            Some(spec) if spec.per.is_none() => {
                let holds = spec.kind.unwrap_or(model::FieldType::Number);
                self.in_order(column::typed(value, holds)?, spec.within.as_deref())
            }
            _ => value.and_then(Val::literal),
        }
    }

    fn judged(
        &self,
        table: &str,
        row: usize,
        key: &str,
        holds: model::FieldType,
        within: Option<&str>,
    ) -> Option<Val> {
        let value = self.file.data.get(table)?.rows.get(row)?.get(key);
        self.in_order(column::typed(value, holds)?, within)
    }

    /// A set in the order of its table.
    #[expect(clippy::unnecessary_wraps, reason = "stands at the end of chains of options")]
    pub(super) fn in_order(&self, value: Val, within: Option<&str>) -> Option<Val> {
        let Val::Set(mut ids) = value else { return Some(value) };
        if let Some(table) = within.and_then(|name| self.file.data.get(name)) {
            ids.sort_by_key(|id| table.position(id));
        }
        Some(Val::Set(ids))
    }
}
