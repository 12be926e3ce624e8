//! The worked solution, and single figures for texts and charts.

use super::eval::{At, Evaluator};
use super::model::{Column, Stage, row_id, row_name};
use super::value::{Val, shown};
use super::{Cell, formula, unknown};
use crate::Message;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The worked solution of a whole exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Worked {
    /// The exercise's id.
    pub exercise: String,
    /// Stages in order.
    pub stages: Vec<WorkedStage>,
}

/// One stage worked out. Numbers are unrounded; what has no value is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorkedStage {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One map per row: `id`, `name`, the columns, `why` by column.
    pub rows: Vec<Value>,
    /// Values for the stage.
    pub results: Map<String, Value>,
    /// Every computed figure with its formula.
    pub steps: Vec<Step>,
}

/// How one cell was worked out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// `row.column` or a result's id.
    pub cell: String,
    /// The formula with titles.
    pub formula: String,
    /// The formula with numbers.
    #[serde(rename = "with")]
    pub numbers: String,
    /// What comes out.
    pub value: Value,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A quoted figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Quoted {
    /// A number in its decimals.
    Number(String),
    /// Names, one or several.
    Texts(Vec<String>),
}

pub(super) fn work(evaluator: &Evaluator<'_>, id: &str) -> Worked {
    let stages = evaluator.model.file.stages.iter().enumerate();
    Worked {
        exercise: id.to_owned(),
        stages: stages.map(|(at, stage)| work_stage(evaluator, at, stage)).collect(),
    }
}

fn work_stage(evaluator: &Evaluator<'_>, at: usize, stage: &Stage) -> WorkedStage {
    let shared = stage.shared();
    let mut worked = WorkedStage {
        id: shared.id.to_owned(),
        kind: stage.kind_name(),
        title: shared.title.map(str::to_owned),
        rows: Vec::new(),
        results: Map::new(),
        steps: Vec::new(),
    };
    match stage {
        Stage::TableStage(spec) => {
            for row in evaluator.rows(at).iter() {
                let value = work_row(evaluator, at, *row, &spec.columns, &mut worked.steps);
                worked.rows.push(value);
            }
            for (column, result) in spec.results.iter().enumerate() {
                let cell = Cell { stage: at, row: None, column };
                if let Some(value) = evaluator.rule(cell) {
                    worked.results.insert(result.shared().id.to_owned(), value.json());
                    worked.steps.extend(step(evaluator, cell, result, &value));
                }
            }
        }
        Stage::Bins(spec) => {
            let items = evaluator.model.file.data.get(&spec.items);
            for (row, item) in items.into_iter().flat_map(|table| table.rows.iter().enumerate()) {
                let mut map = head(item);
                let cell = Cell { stage: at, row: Some(row), column: 0 };
                if let Some(value) = evaluator.rule(cell) {
                    map.insert("answer".to_owned(), value.json());
                }
                if let Some(why) = item.get("why") {
                    map.insert("why".to_owned(), json!({"answer": why}));
                }
                worked.rows.push(Value::Object(map));
            }
        }
        Stage::Order(spec) => {
            let ids: Vec<&str> = spec.items.iter().map(|item| item.id.as_str()).collect();
            worked.results.insert("order".to_owned(), json!(ids));
        }
        Stage::QuestionStage(spec) => {
            let explanation = serde_json::to_value(spec.question.explain()).unwrap_or_default();
            let solution = explanation.get("solution").cloned().unwrap_or_default();
            worked.results.insert("answer".to_owned(), solution);
        }
        Stage::Pipeline(_) => {}
    }
    worked
}

fn head(row: &Map<String, Value>) -> Map<String, Value> {
    let mut map = Map::new();
    for key in ["id", "name", "text"] {
        if let Some(value) = row.get(key) {
            map.insert(key.to_owned(), value.clone());
        }
    }
    map
}

fn work_row(
    evaluator: &Evaluator<'_>,
    stage: usize,
    row: usize,
    columns: &[Column],
    steps: &mut Vec<Step>,
) -> Value {
    let table = evaluator.table_name(stage).and_then(|name| evaluator.model.file.data.get(name));
    let source = table.and_then(|table| table.rows.get(row));
    let mut map = source.map(head).unwrap_or_default();
    let mut why = Map::new();
    for (at, column) in columns.iter().enumerate() {
        let cell = Cell { stage, row: Some(row), column: at };
        let id = column.shared().id;
        if let Some(reason) = reason(evaluator, cell) {
            why.insert(id.to_owned(), json!(reason));
        }
        if let Some(value) = evaluator.rule(cell) {
            map.insert(id.to_owned(), value.json());
            steps.extend(step(evaluator, cell, column, &value));
        }
    }
    if !why.is_empty() {
        map.insert("why".to_owned(), Value::Object(why));
    }
    Value::Object(map)
}

fn step(evaluator: &Evaluator<'_>, cell: Cell, column: &Column, value: &Val) -> Option<Step> {
    let at = At { stage: cell.stage, row: cell.row, item: None };
    let (formula, numbers) = formula::of_column(evaluator, column, &at)?;
    Some(Step {
        cell: name_of(evaluator, cell),
        formula,
        numbers,
        value: value.json(),
        why: reason(evaluator, cell),
    })
}

/// `row.column`, or a result's id.
pub(super) fn name_of(evaluator: &Evaluator<'_>, cell: Cell) -> String {
    let column = evaluator.spec(cell).map_or("answer", |column| column.shared().id);
    match cell.row.and_then(|row| evaluator.model.row_id(cell.stage, row)) {
        Some(row) => format!("{row}.{column}"),
        None => column.to_owned(),
    }
}

/// Why a cell has its value: the rule that fired, or the reason of the expert's judgement.
pub(super) fn reason(evaluator: &Evaluator<'_>, cell: Cell) -> Option<String> {
    let at = At { stage: cell.stage, row: cell.row, item: None };
    let rules = match evaluator.spec(cell) {
        Some(Column::Rules(spec)) => {
            return spec.rules.iter().find(|rule| evaluator.holds(rule, &at))?.why.clone();
        }
        Some(Column::Flags(spec)) if spec.over.is_none() => &spec.rules,
        Some(Column::Judged(_)) | None => {
            let table = evaluator.model.file.data.get(evaluator.table_name(cell.stage)?)?;
            return table.rows.get(cell.row?)?.get("why")?.as_str().map(str::to_owned);
        }
        _ => return None,
    };
    let fired = rules.iter().filter(|rule| evaluator.holds(rule, &at));
    let texts: Vec<&str> =
        fired.filter_map(|rule| rule.why.as_deref().or(rule.title.as_deref())).collect();
    (!texts.is_empty()).then(|| texts.join(" · "))
}

/// The cell of a path such as `score.T01.total` or `score.enter`.
pub(super) fn find(evaluator: &Evaluator<'_>, path: &str) -> Result<Cell, Message> {
    let model = evaluator.model;
    let (stage, rest) = path.split_once('.').unwrap_or((path, ""));
    let stages = || model.file.stages.iter().map(|stage| stage.shared().id);
    let index =
        model.stage_index(stage).ok_or_else(|| unknown("exercise.no-stage", stage, stages()))?;
    let found = match rest.split_once('.') {
        Some((row, column)) => model.find_cell(stage, Some(row), column),
        None => model.find_cell(stage, None, rest),
    };
    found.filter(|cell| cell.row.is_none_or(|row| evaluator.rows(index).contains(&row))).ok_or_else(
        || {
            let table = model.table_of(index).and_then(|name| model.file.data.get(name));
            let rows = table.into_iter().flat_map(|table| table.rows.iter().map(row_id));
            let mut known: Vec<String> = rows
                .flat_map(|row| {
                    model.columns(index).iter().map(move |c| format!("{row}.{}", c.shared().id))
                })
                .collect();
            known.extend(model.results(index).iter().map(|result| result.shared().id.to_owned()));
            unknown("exercise.no-cell", rest, known.iter().map(String::as_str))
        },
    )
}

pub(super) fn quote(
    evaluator: &Evaluator<'_>,
    path: &str,
    decimals: Option<u8>,
) -> Result<Quoted, Message> {
    let cell = find(evaluator, path)?;
    let none = || Message::new("exercise.no-value").with("path", path);
    let value = evaluator.rule(cell).ok_or_else(none)?;
    Ok(match &value {
        Val::Number(number) => {
            let shared = evaluator.spec(cell).map(Column::shared);
            let own = shared.and_then(|shared| shared.decimals).unwrap_or(2);
            let percent = shared.is_some_and(|shared| shared.percent);
            Quoted::Number(match decimals {
                Some(fixed) => {
                    let number = if percent { number * 100.0 } else { *number };
                    let text = format!("{number:.*}", usize::from(fixed));
                    if percent { format!("{text}%") } else { text }
                }
                None => shown(*number, own, percent),
            })
        }
        _ => Quoted::Texts(names(evaluator, cell, &value)),
    })
}

/// What the ids of a value are called.
pub(super) fn names(evaluator: &Evaluator<'_>, cell: Cell, value: &Val) -> Vec<String> {
    let ids = match value {
        Val::Set(ids) => ids.clone(),
        Val::Text(id) => vec![id.clone()],
        Val::Bool(flag) => return vec![flag.to_string()],
        Val::Number(number) => return vec![shown(*number, 2, false)],
    };
    let column = evaluator.spec(cell);
    let table = match (evaluator.stage(cell.stage), column) {
        (Some(Stage::Bins(spec)), _) => Some(spec.bins.as_str()),
        (_, Some(Column::Pick(_))) => evaluator.table_name(cell.stage),
        (_, Some(Column::Flags(spec))) => spec.over.as_deref(),
        (_, Some(Column::Top(spec))) => Some(spec.over.as_str()),
        (_, Some(column)) => column.shared().within,
        _ => None,
    };
    let table = table.and_then(|name| evaluator.model.file.data.get(name));
    let rules: &[super::model::Rule] = match column {
        Some(Column::Flags(spec)) => &spec.rules,
        _ => &[],
    };
    let name = |id: &String| {
        let row = table.and_then(|table| table.rows.get(table.position(id)?)).map(row_name);
        let rule = rules.iter().find(|rule| rule.id.as_ref() == Some(id));
        let title = rule.and_then(|rule| rule.title.as_deref().or(rule.why.as_deref()));
        row.or(title).unwrap_or(id).to_owned()
    };
    ids.iter().map(name).collect()
}

pub(super) fn column(
    evaluator: &Evaluator<'_>,
    path: &str,
) -> Result<Vec<(String, String, Option<f64>)>, Message> {
    let model = evaluator.model;
    let (stage, column) = path.split_once('.').unwrap_or((path, ""));
    let stages = model.file.stages.iter().map(|stage| stage.shared().id);
    let index =
        model.stage_index(stage).ok_or_else(|| unknown("exercise.no-stage", stage, stages))?;
    let known = model.columns(index).iter().map(|column| column.shared().id);
    let missing = unknown("exercise.no-column", column, known);
    let rows = evaluator.rows(index);
    let mut found = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let cell = model.named_cell(index, column, Some(*row)).ok_or_else(|| missing.clone())?;
        let table = model.table_of(index).and_then(|name| model.file.data.get(name));
        let source = table.and_then(|table| table.rows.get(*row));
        let (id, name) = source.map_or(("", ""), |source| (row_id(source), row_name(source)));
        let number = evaluator.rule(cell).and_then(|value| value.number());
        found.push((id.to_owned(), name.to_owned(), number));
    }
    Ok(found)
}
