//! Changed copies and expected figures.

use super::Check;
use crate::Message;
use crate::json::{Map, Value};
use crate::practice::column::{Column, ColumnKind};
use crate::practice::eval::Evaluator;
use crate::practice::file::Mistake;
use crate::practice::model::{Cell, Model};
use crate::practice::value::{Val, half};
use crate::practice::worked;

/// Totals smaller than the least amounts together.
pub(super) fn refusals(check: &mut Check<'_>, it: &Evaluator<'_>) {
    for ((stage, column, result), spec) in check.model.all_columns() {
        let cell = Cell { stage, row: None, column, item: None };
        if let (false, Some(message)) = (result, worked::refusal(it, spec, cell)) {
            check.error(&format!("stages[{stage}].columns[{column}]"), message);
        }
    }
}

/// Variants can be made, and their figures come out.
pub(super) fn variants(check: &mut Check<'_>) {
    let model = check.model;
    for (at, variant) in model.file.variants.iter().enumerate() {
        let place = format!("variants[{at}]");
        let changed = match model.changed(&variant.set) {
            Ok((changed, _)) => changed,
            Err(message) => {
                check.error(&format!("{place}.set"), message);
                continue;
            }
        };
        for (path, value) in &variant.set {
            if replaces_rule(model, path, value) {
                let message = Message::new("set.replaces-rule").with("path", path.as_str());
                check.warn(&format!("{place}.set.{path}"), message);
            }
        }
        if same_values(model, &changed, None) {
            check.warn(&format!("{place}.set"), Message::new("set.no-change"));
        }
        if let Some(expected) = &variant.expect {
            expect(check, &changed, &expected.0, &format!("{place}.expect"));
        }
    }
}

/// Whether a path replaces a column's rule by something other than a number.
fn replaces_rule(model: &Model, path: &str, value: &Value) -> bool {
    let Some((stage, rest)) = path.split_once('.') else { return false };
    let Some(stage) = model.stage_index(stage) else { return false };
    let column = rest.split('.').next().unwrap_or(rest);
    let known = model.columns(stage).iter().chain(model.results(stage)).any(|it| it.id() == column);
    known && (!value.is_number() || rest.contains('.'))
}

/// Whether a copy has the same values in every cell of one stage, or of all.
fn same_values(model: &Model, changed: &Model, stage: Option<usize>) -> bool {
    let (before, after) = (Evaluator::expert(model), Evaluator::expert(changed));
    let stages = match stage {
        Some(stage) => stage..stage + 1,
        None => 0..model.file.stages.len(),
    };
    stages.into_iter().all(|stage| {
        let cells = worked::all_cells(&before, stage);
        cells == worked::all_cells(&after, stage)
            && cells.iter().all(|cell| before.rule(*cell) == after.rule(*cell))
    })
}

/// A wrong rule makes a difference in the stage that shows it.
pub(super) fn shows(
    check: &mut Check<'_>,
    at: usize,
    set: &Map<String, Value>,
    mistake: &Mistake,
    place: &str,
) {
    if mistake.shows.is_empty() {
        check.error(place, Message::new("exercise.mistake-shows"));
    }
    let model = check.model;
    if let Ok((changed, _)) = model.changed(set)
        && same_values(model, &changed, Some(at))
    {
        check.warn(&format!("{place}.set"), Message::new("set.no-change"));
    }
}

/// Figures quoted in prose must still come out.
pub(super) fn expect(
    check: &mut Check<'_>,
    changed: &Model,
    expected: &Map<String, Value>,
    place: &str,
) {
    let it = Evaluator::expert(changed);
    for (path, expected) in expected {
        let place = format!("{place}.{path}");
        if expected.as_str() == Some("refused") {
            if !is_refused(&it, path) {
                check.error(
                    &place,
                    Message::new("exercise.not-refused").with("path", path.as_str()),
                );
            }
            continue;
        }
        let value = match find(&it, path) {
            Ok((cell, value)) => (cell, value),
            Err(message) => {
                check.error(&place, message);
                continue;
            }
        };
        if !meets(&it, value.0, value.1.as_ref(), expected) {
            let shown = value.1.map_or(Value::Null, |value| value.json());
            let message = Message::new("exercise.expect").with("path", path.as_str());
            let message = message.with("expected", expected.clone()).with("value", shown);
            check.error(&place, message);
        }
    }
}

/// The value of a path; of a stage without cells, its one answer.
fn find(it: &Evaluator<'_>, path: &str) -> Result<(Option<Cell>, Option<Val>), Message> {
    if let Some((stage, name)) = path.split_once('.')
        && let Some(stage) = it.model.stage_index(stage).and_then(|at| it.model.stage(at))
        && stage.whole() == Some(name)
    {
        let mut solution = worked::Solution::default();
        stage.kind.of().worked(it, 0, &mut solution);
        return Ok((None, solution.results.get_mut(name).and_then(|value| Val::literal(value))));
    }
    worked::find(it, path).map(|cell| (Some(cell), it.rule(cell)))
}

fn is_refused(it: &Evaluator<'_>, path: &str) -> bool {
    let Some((stage, column)) = path.split_once('.') else { return false };
    let Some(stage) = it.model.stage_index(stage) else { return false };
    let Some(cell) = it.model.named_cell(stage, column, Some(0)) else { return false };
    let spec = it.spec(cell).filter(|it| matches!(it.kind, ColumnKind::Share(_)));
    spec.is_some_and(|spec| worked::refusal(it, spec, Cell { row: None, ..cell }).is_some())
}

/// Quoted figures are rounded: equal within half of the last decimal that is shown.
fn meets(it: &Evaluator<'_>, cell: Option<Cell>, value: Option<&Val>, expected: &Value) -> bool {
    match (value, expected) {
        (None, Value::Null) => true,
        (Some(Val::Number(number)), Value::Number(expected)) => {
            let column = cell.and_then(|cell| it.spec(cell));
            let percent = if column.is_some_and(Column::percent) { 2 } else { 0 };
            let half = half(column.map_or(2, Column::decimals) + percent);
            expected.as_f64().is_some_and(|expected| (number - expected).abs() <= half + 1e-9)
        }
        (Some(value), expected) => Val::literal(expected).is_some_and(|it| it.same(value)),
        _ => false,
    }
}
