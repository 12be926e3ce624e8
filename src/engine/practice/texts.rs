//! Where the shown texts of an exercise stand in its tree.

use crate::TextRole;
use crate::json::{Map, Value};
use crate::question::Question;
use std::collections::BTreeSet;

/// Hands every shown text to `visit`.
pub(super) fn visit(tree: &mut Value, visit: &mut dyn FnMut(TextRole, &mut String)) {
    let Some(tree) = tree.as_object_mut() else { return };
    at(tree, "title", TextRole::Inline, visit);
    at(tree, "intro", TextRole::Block, visit);
    for table in
        tree.get_mut("data").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
    {
        visit_table(table, visit);
    }
    for stage in list(tree, "stages") {
        visit_stage(stage, visit);
    }
    let levels = tree.get_mut("levels").and_then(Value::as_object_mut);
    for level in levels.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        visit_question(level, "tool", visit);
    }
    for variant in list(tree, "variants") {
        at(variant, "title", TextRole::Inline, visit);
    }
}

type Visit<'a> = dyn FnMut(TextRole, &mut String) + 'a;

fn at(map: &mut Map<String, Value>, key: &str, role: TextRole, visit: &mut Visit<'_>) {
    match map.get_mut(key) {
        Some(Value::String(text)) => visit(role, text),
        Some(Value::Array(texts)) => {
            for text in texts.as_mut_slice() {
                if let Value::String(text) = text {
                    visit(role, text);
                }
            }
        }
        _ => {}
    }
}

fn list<'t>(
    map: &'t mut Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = &'t mut Map<String, Value>> {
    let list = map.get_mut(key).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn visit_table(table: &mut Value, visit: &mut Visit<'_>) {
    let Some(table) = table.as_object_mut() else { return };
    let mut text_fields = BTreeSet::new();
    for field in list(table, "fields") {
        at(field, "title", TextRole::Inline, visit);
        at(field, "unit", TextRole::Inline, visit);
        let kind = field.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind == "text" || kind == "texts" {
            text_fields.extend(field.get("id").and_then(Value::as_str).map(str::to_owned));
        }
    }
    for row in list(table, "rows") {
        for key in ["name", "text"] {
            at(row, key, TextRole::Inline, visit);
        }
        at(row, "why", TextRole::Block, visit);
        for key in text_fields.iter().filter(|key| !["name", "text", "why"].contains(&key.as_str()))
        {
            at(row, key, TextRole::Inline, visit);
        }
    }
}

fn visit_question(map: &mut Map<String, Value>, key: &str, visit: &mut Visit<'_>) {
    if let Some(value) = map.get_mut(key)
        && let Ok(mut question) = crate::read::read::<Question>(value.clone())
    {
        question.visit_texts(visit);
        *value = serde_json::to_value(&question).unwrap_or_else(|_| value.clone());
    }
}

fn visit_stage(stage: &mut Map<String, Value>, visit: &mut Visit<'_>) {
    at(stage, "title", TextRole::Inline, visit);
    at(stage, "task", TextRole::Block, visit);
    at(stage, "hints", TextRole::Block, visit);
    for key in ["principle", "question"] {
        visit_question(stage, key, visit);
    }
    for key in ["columns", "results"] {
        for column in list(stage, key) {
            at(column, "title", TextRole::Inline, visit);
            at(column, "unit", TextRole::Inline, visit);
            at(column, "checklist", TextRole::Inline, visit);
            let anchors = column.get_mut("anchors").and_then(Value::as_object_mut);
            for anchor in anchors.into_iter().flat_map(Map::values_mut) {
                if let Value::String(text) = anchor {
                    visit(TextRole::Inline, text);
                }
            }
            for rule in list(column, "rules") {
                for key in ["title", "action", "why"] {
                    at(rule, key, TextRole::Inline, visit);
                }
            }
        }
    }
    for key in ["items", "places", "facts", "moves", "counters", "mistakes"] {
        for item in list(stage, key) {
            at(item, "title", TextRole::Inline, visit);
            at(item, "text", TextRole::Inline, visit);
            at(item, "why", TextRole::Block, visit);
            at(item, "feedback", TextRole::Block, visit);
        }
    }
}
