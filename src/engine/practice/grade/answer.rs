//! Reads what a learner wrote in a cell.

use crate::Message;
use crate::json::Value;
use crate::practice::eval::Evaluator;
use crate::practice::model::Cell;
use crate::practice::stage::StageKind;
use crate::practice::value::Val;
use crate::question::read_number;

/// What a learner wrote in one cell.
pub(in crate::practice) enum Answer {
    /// Nothing.
    Blank,
    /// A value, or that there is none.
    Given(Option<Val>),
    /// Something that cannot be read.
    Malformed(Message),
}

/// Reads what a learner wrote for a cell.
pub(in crate::practice) fn read(it: &Evaluator<'_>, cell: Cell, raw: &Value) -> Answer {
    let text = raw.as_str().map(str::trim);
    if raw.is_null() || text == Some("") {
        return Answer::Blank;
    }
    if matches!(text, Some("—" | "-" | "–" | "——")) {
        return Answer::Given(None);
    }
    read_value(it, cell, raw).map_or_else(Answer::Malformed, |value| Answer::Given(Some(value)))
}

fn read_value(it: &Evaluator<'_>, cell: Cell, raw: &Value) -> Result<Val, Message> {
    let Some(column) = it.spec(cell) else {
        return label(&places(it, cell), raw);
    };
    let input = column.entry(it.model).input;
    match input {
        "number" => {
            let typed = || Some(read_number(raw.as_str()?, column.common.unit.as_deref())?.value);
            let number = raw.as_f64().or_else(typed).filter(|number| number.is_finite());
            let scale = if column.percent() { 100.0 } else { 1.0 };
            let number = number.ok_or_else(|| Message::new("answer.not-a-number"))?;
            Ok(Val::Number(number / scale))
        }
        "yes_no" => yes_no(raw),
        "text" => match raw {
            Value::String(text) => Ok(Val::Text(text.clone())),
            _ => Err(Message::new("answer.malformed")),
        },
        "texts" => match Val::literal(raw) {
            Some(value @ (Val::Text(_) | Val::Set(_))) => Ok(value),
            _ => Err(Message::new("answer.malformed")),
        },
        _ => {
            let options = column.options(it, cell.stage);
            let ids = options.iter().filter_map(|option| option.get("id")?.as_str());
            let ids: Vec<&str> = ids.collect();
            if input == "label" {
                return label(&ids, raw);
            }
            let set = set(&ids, raw)?;
            // A set is in the order of its table; what is picked stays in the order picked.
            Ok(if input == "set" { in_order(&ids, &set) } else { Val::Set(set) })
        }
    }
}

/// The bins, or the places of a pipeline.
fn places<'m>(it: &Evaluator<'m>, cell: Cell) -> Vec<&'m str> {
    match it.model.stage(cell.stage).map(|stage| &stage.kind) {
        Some(StageKind::Bins(bins)) => {
            it.model.table(&bins.bins).map(|table| table.ids().collect()).unwrap_or_default()
        }
        Some(StageKind::Pipeline(it)) => it.places.iter().map(|place| place.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Yes or no, in the words that people use.
pub(in crate::practice) fn yes_no(raw: &Value) -> Result<Val, Message> {
    let text = raw.as_str().map(|text| text.trim().to_ascii_lowercase());
    match (raw.as_bool(), text.as_deref()) {
        (Some(flag), _) => Ok(Val::Bool(flag)),
        (None, Some("true" | "yes" | "是" | "有" | "1")) => Ok(Val::Bool(true)),
        (None, Some("false" | "no" | "否" | "无" | "0")) => Ok(Val::Bool(false)),
        _ => Err(Message::new("answer.not-yes-no")),
    }
}

fn label(ids: &[&str], raw: &Value) -> Result<Val, Message> {
    let id = raw.as_str().ok_or_else(|| Message::new("answer.malformed"))?;
    known(ids, id)?;
    Ok(Val::Text(id.to_owned()))
}

fn set(ids: &[&str], raw: &Value) -> Result<Vec<String>, Message> {
    let Some(Val::Set(given)) = Val::literal(raw) else {
        return Err(Message::new("answer.not-a-list"));
    };
    for (at, id) in given.iter().enumerate() {
        known(ids, id)?;
        if given[..at].contains(id) {
            return Err(Message::new("answer.twice").with("id", id.as_str()));
        }
    }
    Ok(given)
}

fn in_order(ids: &[&str], set: &[String]) -> Val {
    let known = ids.iter().filter(|id| set.iter().any(|it| it == *id));
    Val::Set(known.map(|id| (*id).to_owned()).collect())
}

fn known(ids: &[&str], id: &str) -> Result<(), Message> {
    if ids.contains(&id) {
        Ok(())
    } else {
        Err(crate::practice::unknown("answer.not-an-option", id, ids.iter().copied()))
    }
}
