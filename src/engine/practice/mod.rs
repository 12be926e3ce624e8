//! Exercises: chains of stages over small tables (practice format).
//!
//! An [`Exercise`] is its JSON tree and the typed model read from it. The tree is the truth:
//! `set` patches it (variants, what-ifs), texts are mapped on it, pages carry it. The model is
//! what `eval` works out cells from, `grade` marks and `face` shows.

mod arithmetic;
mod cells;
mod check;
mod code;
pub mod column;
pub mod condition;
mod depend;
mod eval;
pub mod expr;
mod face;
mod figures;
pub mod file;
mod formula;
mod grade;
mod json;
mod level;
mod model;
mod names;
mod own;
mod patch;
pub mod read;
pub mod stage;
#[cfg(not(target_arch = "wasm32"))]
mod texts;
mod value;
mod worked;

pub use code::is_code;
pub use worked::Quoted;

#[cfg(not(target_arch = "wasm32"))]
use crate::TextRole;
use crate::json::Value;
#[cfg(not(target_arch = "wasm32"))]
use crate::question::Question;
use crate::{Message, Problem};
use eval::Evaluator;
#[cfg(feature = "schema")]
use file::File;
use level::{Name, Shown};
use model::Model;
#[cfg(not(target_arch = "wasm32"))]
use serde::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use std::sync::Arc;

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

#[cfg(not(target_arch = "wasm32"))]
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
        stages.unwrap_or_default().iter().map(stage::Stage::id).collect()
    }

    /// Ids and titles of the variants.
    pub fn variants(&self) -> Vec<(&str, &str)> {
        let variants = self.model.as_ref().map(|model| model.file.variants.as_slice());
        let variants = variants.unwrap_or_default().iter();
        variants.map(|variant| (variant.id.as_str(), variant.title.as_str())).collect()
    }

    /// The levels that a learner can choose among, from everything shown to nothing.
    pub fn levels(&self) -> Vec<&'static str> {
        self.model.as_ref().map(|model| level::available(&model.file)).unwrap_or_default()
    }

    /// The questions inside, with their paths: about why, as stages, before mixed work.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn questions(&self) -> Vec<(String, &Question)> {
        let Ok(model) = &self.model else { return Vec::new() };
        let mut found = Vec::new();
        for (at, stage) in model.file.stages.iter().enumerate() {
            let principle = stage.common.principle.as_ref();
            found.extend(principle.map(|it| (format!("stages[{at}].principle"), it)));
            if let stage::StageKind::Quiz(quiz) = &stage.kind {
                found.push((format!("stages[{at}].question"), &quiz.question));
            }
        }
        for level in level::LEVELS {
            let tool = level.spec(&model.file).and_then(|level| level.tool.as_ref());
            found.extend(tool.map(|it| (format!("levels.{}.tool", level.name()), it)));
        }
        found
    }

    #[cfg(not(target_arch = "wasm32"))]
    /// Hands every shown text to `visit`, which may change it; ids and compared literals stay.
    pub fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        texts::visit(&mut self.tree, visit);
        *self = Self::read(std::mem::take(&mut self.tree));
    }

    /// The worked solution, with every intermediate figure:
    ///
    /// `{exercise, stages: [{id, kind, title?, rows: [{id, name?, text?, "<column>": value, …,
    /// why: {"<column>": text}}], results: {"<result>": value, …, why?}, steps: [{cell, formula,
    /// with, value, why?}], refused: [{column, message}]?}]}`. Numbers are unrounded; what has no
    /// value is absent. A part of a share is `column.part`, a value per item `column.item`; in a
    /// pipeline the columns are the periods, and `moves` says how often someone made which.
    pub fn worked(
        &self,
        id: &str,
        variant: Option<&str>,
        level: Option<&str>,
    ) -> Result<Value, Message> {
        let (model, _, _) = self.at(variant, level)?;
        Ok(worked::work(&Evaluator::expert(&model), id))
    }

    /// What a learner may see, and which cells are theirs to fill:
    ///
    /// `{title, intro, variants: [{id, title}], levels: [name], level?, variant?, with: [id]?,
    /// tool?, own_data?, own?, stages: [{id, kind, title, task, hints, pass, max, principle?, figure?,
    /// …, open: [cell], shown: {cell: value}, texts: {cell: text}, why: {cell: text},
    /// steps: [{cell, formula, with, value, why?}]?}]}`.
    ///
    /// `levels` is empty where the author gave none. `shown` and what follows stand only at a
    /// level: cells that are not open, with their values, as people read them, with the reasons
    /// and how they were worked out; at `show` working columns too. Of a stage that has no cells,
    /// `shown` has its one answer. Rows that do not appear at the level are left out; where an
    /// open cell works on all rows they stay, worked, with `worked: true`.
    ///
    /// By kind: `table` `{fields, columns, rows, results}`, `bins` `{items, bins}`, `order`
    /// `{items}`, `question` `{question}`, `pipeline` `{rows, fields, periods, places: [{id, name,
    /// slots?}], start, facts, moves: [{id, name, from, to, when?, by?, wait?}], events: {period:
    /// {who: [text]}}, results}`.
    pub fn face(&self, variant: Option<&str>, level: Option<&str>) -> Result<Value, Message> {
        let (model, level, variant) = self.at(variant, level)?;
        let it = Evaluator::expert(&model);
        Ok(face::face(&it, &Shown::new(&it, level, variant)))
    }

    /// Marks a learner's answers: `{"<stage>": {"<cell>": value}}`. Whatever the JSON, what is
    /// malformed in it is marked as such.
    ///
    /// `{score, marks, max, passed, next?: {code, level, stage?, cell?, variant?}, stages: [{id,
    /// score, marks, max, passed, cells: [{cell, state, credit, max, given?, expected?, shown?,
    /// why?, message?, feedback?}], mistakes: [{id, title, feedback, cells}], first_wrong?,
    /// principle?, question?}]}`; states are `right near carried wrong blank malformed own`.
    /// `next` stands at a level (codes: see `grade/next.rs`). Cells that are not open at the level
    /// are not marked.
    pub fn grade(
        &self,
        answers: &Value,
        variant: Option<&str>,
        level: Option<&str>,
    ) -> Result<Value, Message> {
        let (model, level, variant) = self.at(variant, level)?;
        let it = Evaluator::expert(&model);
        Ok(grade::grade(&it, &Shown::new(&it, level, variant), answers))
    }

    /// What the figures of the stages show of a learner's answers: `{stages: [{id, figure?}]}`, a
    /// figure by its kind, with `{id, name}` of each row:
    ///
    /// * `quadrants` `{boxes: [{id, name, items: [id]}]}`;
    /// * `bars` `{title?, lines: [{value}], rows: [{…, value?, group?}]}`;
    /// * `ladder` `{title?, scale: [{id, name}], rows: [{…, label?}]}`, the lowest first;
    /// * `radar` `{items: [{id, name}], rows: [{…, values: [number|null], before?}]}`;
    /// * `budget` `{title?, total?, rows: [{…, value?}]}`;
    /// * `board` `{places: [{id, name}], periods, rows: [{…, at: [place|null]}]}`.
    ///
    /// What the level shows counts as answered.
    pub fn figures(
        &self,
        answers: &Value,
        variant: Option<&str>,
        level: Option<&str>,
    ) -> Result<Value, Message> {
        let (model, level, variant) = self.at(variant, level)?;
        let it = Evaluator::expert(&model);
        Ok(figures::figures(&it, &Shown::new(&it, level, variant), answers))
    }

    /// Works out a learner's own table, given as CSV text; `answers` hold the judged columns that
    /// they filled.
    ///
    /// `{table, rows: n, findings: [{code, args, line?, column?, header?, row?, cell?}], fill?:
    /// [face of a stage], stages: [{id, title, columns: [{id, title, unit?, asked}], rows: [{id,
    /// name, cells: {column: cell}, why: {column: text}}], results: [{id, title, …}], values:
    /// {result: cell}}], ranked: [{id, name, place: cell, value?: cell}], knocked_out: [{id, name,
    /// reasons: [text]}], sensitivity: [{id, title, of, rows: [{id, name, base: cell, value: cell,
    /// changed}]}]}`. A cell is `{value, text}`; `{low, high, text}` where an unknown number makes
    /// a range; `{open, text}` where it leaves a label open. Lines and columns of the CSV count
    /// from 1. A cell that cannot be read is unknown; its finding names the row. `fill` has the
    /// stages with the judged cells to be filled: `open`, and under `given` what the CSV brought.
    pub fn own(&self, csv: &str, answers: &Value) -> Result<Value, Message> {
        let (model, _, _) = self.at(None, None)?;
        own::work(&model, csv, answers)
    }

    /// A figure to quote in a text: `score.T01.total`, `score.enter`; `decimals` override the
    /// column's.
    pub fn quote(&self, path: &str, decimals: Option<u8>) -> Result<Quoted, Message> {
        let (model, _, _) = self.at(None, None)?;
        worked::quote(&Evaluator::expert(&model), path, decimals)
    }

    /// A whole column, `score.total`: id, name and number of each row.
    pub fn column(&self, path: &str) -> Result<Vec<(String, String, Option<f64>)>, Message> {
        let (model, _, _) = self.at(None, None)?;
        worked::column(&Evaluator::expert(&model), path)
    }

    /// The model of a variant, else of the level's variant, else of the exercise as written.
    #[expect(clippy::type_complexity, reason = "taken apart at once")]
    fn at<'a>(
        &'a self,
        variant: Option<&'a str>,
        level: Option<&str>,
    ) -> Result<(Arc<Model>, Option<Name>, Option<&'a str>), Message> {
        let model = self.model.as_ref().map_err(|_| Message::new("exercise.broken"))?;
        let level = level.map(Name::read).transpose()?;
        let of_level = || level.and_then(|level| level.spec(&model.file)?.variant.as_deref());
        let Some(id) = variant.or_else(of_level) else {
            return Ok((Arc::clone(model), level, None));
        };
        let found = model.file.variants.iter().find(|variant| variant.id == id);
        let found = found.ok_or_else(|| {
            let known = model.file.variants.iter().map(|variant| variant.id.as_str());
            unknown("exercise.no-variant", id, known)
        })?;
        Ok((model.changed(&found.set)?.0, level, Some(id)))
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
    let known: Vec<&str> = known.collect();
    nearest_of(&typed, &known)
}

fn nearest_of<'a>(typed: &[char], known: &[&'a str]) -> Option<&'a str> {
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
    let mut best: Option<(usize, &str)> = None;
    for other in known {
        let far = distance(other);
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, other));
        }
    }
    best.filter(|(far, _)| *far <= typed.len().div_ceil(3).max(1)).map(|(_, name)| name)
}
