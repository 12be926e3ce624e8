//! `set`: changes to a copy of an exercise (practice format §5), made on its JSON tree.

use super::expr::is_operation;
use crate::Message;
use crate::json::{Map, Value};

/// A changed copy.
pub(super) struct Patched {
    /// The changed tree.
    pub(super) tree: Value,
    /// Worked cells given a value, by path.
    pub(super) cells: Vec<(String, Value)>,
    /// What was touched, as dotted names: `values.slots`, `candidates.months`, `score.C5`.
    pub(super) touched: Vec<String>,
}

/// Applies `set` to a copy of `tree`.
pub(super) fn apply(tree: &Value, set: &Map<String, Value>) -> Result<Patched, Message> {
    let mut patched = Patched { tree: tree.clone(), cells: Vec::new(), touched: Vec::new() };
    for (path, value) in set {
        let parts: Vec<&str> = path.split('.').collect();
        if !(set_value(&mut patched, &parts, value)
            || set_data(&mut patched, &parts, value)
            || set_stage(&mut patched, &parts, value))
        {
            return Err(Message::new("set.unknown").with("path", path.as_str()));
        }
    }
    Ok(patched)
}

fn set_value(patched: &mut Patched, parts: &[&str], value: &Value) -> bool {
    let Some(values) = patched.tree.get_mut("values").and_then(Value::as_object_mut) else {
        return false;
    };
    let done = match parts {
        [name] => values.get_mut(*name).map(|slot| *slot = value.clone()),
        [name, key] => {
            let map = values.get_mut(*name).and_then(Value::as_object_mut);
            map.and_then(|map| map.get_mut(*key)).map(|slot| *slot = value.clone())
        }
        _ => None,
    };
    if done.is_some() {
        patched.touched.push(["values.", parts[0]].concat());
    }
    done.is_some()
}

fn set_data(patched: &mut Patched, parts: &[&str], value: &Value) -> bool {
    let table = patched.tree.get_mut("data").and_then(|data| data.get_mut(parts[0]));
    let Some(rows) = table.and_then(|table| table.get_mut("rows")) else { return false };
    match parts {
        [table] => {
            *rows = value.clone();
            patched.touched.push([table, ".*"].concat());
            true
        }
        [table, id, field] => {
            let rows = rows.as_array_mut().into_iter().flatten();
            let mut rows = rows.filter_map(Value::as_object_mut);
            let Some(row) = rows.find(|row| row.get("id").and_then(Value::as_str) == Some(id))
            else {
                return false;
            };
            if value.as_str() == Some("unknown") {
                row.shift_remove(*field);
            } else {
                row.insert((*field).to_owned(), value.clone());
            }
            patched.touched.push([table, ".", field].concat());
            true
        }
        _ => false,
    }
}

fn set_stage(patched: &mut Patched, parts: &[&str], value: &Value) -> bool {
    let stages = patched.tree.get_mut("stages").and_then(Value::as_array_mut);
    let mut stages = stages.into_iter().flatten();
    let Some(stage) =
        stages.find(|stage| stage.get("id").and_then(Value::as_str) == Some(parts[0]))
    else {
        return false;
    };
    match parts {
        [stage_id, name] => {
            let Some(spec) = find_named(stage, name) else { return false };
            replace(spec, value);
            patched.touched.push([stage_id, ".", name].concat());
            true
        }
        [stage_id, name, key] => {
            // A key of a column, result, place, move or counter; else one worked cell.
            if let Some(spec) = find_named(stage, name) {
                spec.insert((*key).to_owned(), value.clone());
                patched.touched.push([stage_id, ".", name].concat());
            } else {
                patched.cells.push((parts.join("."), value.clone()));
                patched.touched.push([stage_id, ".", key].concat());
            }
            true
        }
        // One item or part of a worked cell.
        [stage_id, _, column, _] => {
            patched.cells.push((parts.join("."), value.clone()));
            patched.touched.push([stage_id, ".", column].concat());
            true
        }
        _ => false,
    }
}

/// The column, result, place, move or counter of that id.
fn find_named<'t>(stage: &'t mut Value, name: &str) -> Option<&'t mut Map<String, Value>> {
    let stage = stage.as_object_mut()?;
    for (key, list) in stage.iter_mut() {
        if !["columns", "results", "places", "moves", "counters"].contains(&key.as_str()) {
            continue;
        }
        for item in list.as_array_mut().into_iter().flatten() {
            if item.get("id").and_then(Value::as_str) == Some(name) {
                return item.as_object_mut();
            }
        }
    }
    None
}

/// What a column keeps when its value is replaced.
const KEPT: [&str; 9] =
    ["id", "title", "unit", "decimals", "as", "tolerance", "marks", "ask", "in"];

/// A map of keys replaces these keys; a number, a name or arithmetic becomes the whole value.
fn replace(spec: &mut Map<String, Value>, value: &Value) {
    if let Some(keys) = value.as_object().filter(|map| !map.keys().any(|key| is_operation(key))) {
        for (key, value) in keys {
            spec.insert(key.clone(), value.clone());
        }
        return;
    }
    let mut calc = Map::new();
    calc.insert("kind".to_owned(), Value::from("calc"));
    for key in KEPT {
        if let Some(kept) = spec.shift_remove(key) {
            calc.insert(key.to_owned(), kept);
        }
    }
    calc.insert("value".to_owned(), value.clone());
    *spec = calc;
}
