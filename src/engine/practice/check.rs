//! Faults of an exercise that its shape alone does not show.

use super::depend::{all_columns, circles, names, sample};
use super::eval::Evaluator;
use super::model::{Column, File, Stage, Table, row_id};
use super::value::{Val, compare};
use super::{Model, nearest, unknown, worked};
use crate::{Message, Problem};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

fn error(place: impl Into<String>, message: Message) -> Problem {
    Problem { place: place.into(), warning: false, message }
}

/// The tree does not fit the format: says so at the smallest part that does not.
pub(super) fn unreadable(tree: &Value, reason: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut part = |place: String, reason: Option<String>| {
        if let Some(reason) = reason {
            found.push(error(place, Message::new("exercise.shape").with("reason", reason)));
        }
    };
    for (at, stage) in
        tree.get("stages").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        let Some(reason) = fault::<Stage>(stage) else { continue };
        let mut inner = false;
        for list in ["columns", "results"] {
            let columns = stage.get(list).and_then(Value::as_array).into_iter().flatten();
            for (column_at, column) in columns.enumerate() {
                let reason = fault::<Column>(column);
                inner |= reason.is_some();
                part(format!("stages[{at}].{list}[{column_at}]"), reason);
            }
        }
        if !inner {
            part(format!("stages[{at}]"), Some(reason));
        }
    }
    for (name, table) in tree.get("data").and_then(Value::as_object).into_iter().flatten() {
        part(format!("data.{name}"), fault::<Table>(table));
    }
    if found.is_empty() {
        let message = Message::new("exercise.shape").with("reason", reason);
        found.push(error("", message));
    }
    found
}

/// Why a part does not fit its type.
fn fault<T: serde::de::DeserializeOwned>(value: &Value) -> Option<String> {
    serde_json::from_value::<T>(value.clone()).err().map(|error| error.to_string())
}

/// Everything wrong with an exercise that could be read.
pub(super) fn problems(model: &Model) -> Vec<Problem> {
    let mut found = Vec::new();
    clashes(&model.file, &mut found);
    for (name, table) in &model.file.data.0 {
        rows(model, name, table, &mut found);
    }
    for (at, stage) in model.file.stages.iter().enumerate() {
        stage_faults(model, at, stage, &mut found);
    }
    unresolved(model, &mut found);
    for (stage, column, result) in circles(model) {
        let list = if result { "results" } else { "columns" };
        let place = format!("stages[{stage}].{list}[{column}]");
        found.push(error(place, Message::new("exercise.circle")));
    }
    variants(model, &mut found);
    // Figures come last: with a fault above they would only repeat it.
    if found.iter().all(|problem| problem.warning) {
        expect(model, None, &model.file.expect, "expect", &mut found);
    }
    found
}

/// `values`, tables and stages share one set of names.
fn clashes(file: &File, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    let values = file.values.keys().map(|name| (format!("values.{name}"), name));
    let tables = file.data.keys().map(|name| (format!("data.{name}"), name));
    let stages = file.stages.iter().enumerate();
    let stages = stages.map(|(at, stage)| (format!("stages[{at}].id"), stage.shared().id));
    for (place, name) in values.chain(tables).chain(stages) {
        if !seen.insert(name) {
            found
                .push(error(place.clone(), Message::new("exercise.name-taken").with("name", name)));
        }
        id_faults(place, name, found);
    }
}

/// Dots join ids, so an id has none; nor white space, commas, colons and brackets.
fn id_faults(place: String, id: &str, found: &mut Vec<Problem>) {
    let bad = |c: char| c.is_whitespace() || ".,:{}[]".contains(c);
    if id.is_empty() || id.contains(bad) {
        found.push(error(place, Message::new("exercise.bad-id").with("id", id)));
    }
}

fn rows(model: &Model, name: &str, table: &Table, found: &mut Vec<Problem>) {
    for (at, field) in table.fields.iter().enumerate() {
        for reference in [&field.within, &field.per].into_iter().flatten() {
            if model.file.data.get(reference).is_none() {
                let message = unknown("exercise.no-table", reference, model.file.data.keys());
                found.push(error(format!("data.{name}.fields[{at}]"), message));
            }
        }
    }
    let allowed = allowed_keys(model, name, table);
    let mut seen = BTreeSet::new();
    for (at, row) in table.rows.iter().enumerate() {
        let place = format!("data.{name}.rows[{at}]");
        let id = row_id(row);
        if id.is_empty() {
            found.push(error(place, Message::new("exercise.row-without-id")));
            continue;
        }
        id_faults(format!("{place}.id"), id, found);
        if !seen.insert(id) {
            found.push(error(
                format!("{place}.id"),
                Message::new("exercise.id-twice").with("id", id),
            ));
        }
        for key in row.keys().filter(|key| !allowed.contains(key.as_str())) {
            let message = unknown("exercise.unknown-field", key, allowed.iter().copied());
            found.push(error(format!("{place}.{key}"), message));
        }
        for field in &table.fields {
            let (Some(within), Some(value)) = (&field.within, row.get(&field.id)) else { continue };
            member_faults(model, within, value, &format!("{place}.{}", field.id), found);
        }
    }
}

/// Keys that rows of a table may have: the usual ones, fields, keys of judged columns, and
/// fields that a lookup takes.
fn allowed_keys<'m>(model: &'m Model, name: &str, table: &'m Table) -> BTreeSet<&'m str> {
    let mut allowed: BTreeSet<&str> = ["id", "name", "text", "why", "key"].into();
    allowed.extend(table.fields.iter().map(|field| field.id.as_str()));
    for ((stage, ..), column) in all_columns(model) {
        match column {
            Column::Judged(spec) if model.table_of(stage) == Some(name) => {
                allowed.insert(spec.key.as_deref().unwrap_or(&spec.id));
            }
            Column::Lookup(spec) if spec.table == name => {
                allowed.extend(spec.take.as_deref());
                if spec.take_by.is_some() {
                    allowed
                        .extend(table.rows.iter().flat_map(|row| row.keys().map(String::as_str)));
                }
            }
            _ => {}
        }
    }
    allowed
}

/// A label or set holds ids of its table.
fn member_faults(
    model: &Model,
    within: &str,
    value: &Value,
    place: &str,
    found: &mut Vec<Problem>,
) {
    let Some(table) = model.file.data.get(within) else { return };
    let ids: Vec<&Value> =
        value.as_array().map_or_else(|| vec![value], |list| list.iter().collect());
    for id in ids {
        if id.as_str().is_none_or(|id| table.position(id).is_none()) {
            let known = table.rows.iter().map(row_id);
            let message = unknown("exercise.not-in-table", id.as_str().unwrap_or("?"), known);
            found.push(error(place, message.with("table", within)));
        }
    }
}

fn stage_faults(model: &Model, at: usize, stage: &Stage, found: &mut Vec<Problem>) {
    let place = format!("stages[{at}]");
    let no_table = |name: &str| {
        let stages = model.file.stages[..at].iter().map(|stage| stage.shared().id);
        unknown("exercise.no-table", name, model.file.data.keys().chain(stages))
    };
    if let Some(principle) = stage.shared().principle {
        inner(&format!("{place}.principle"), principle.problems(), found);
    }
    match stage {
        Stage::Bins(spec) => {
            for (key, name) in [("items", &spec.items), ("bins", &spec.bins)] {
                if model.file.data.get(name).is_none() {
                    found.push(error(format!("{place}.{key}"), no_table(name)));
                }
            }
            let items = model.file.data.get(&spec.items).into_iter().flat_map(|table| &table.rows);
            for (row_at, row) in items.enumerate() {
                let row_place = format!("data.{}.rows[{row_at}]", spec.items);
                match row.get("key") {
                    Some(key) => {
                        member_faults(model, &spec.bins, key, &format!("{row_place}.key"), found);
                    }
                    None => found.push(error(row_place, Message::new("exercise.item-without-key"))),
                }
            }
        }
        Stage::TableStage(spec) => {
            if let Some(name) = &spec.rows {
                let earlier = model.stage_index(name).is_some_and(|earlier| earlier < at);
                if !earlier && model.file.data.get(name).is_none() {
                    found.push(error(format!("{place}.rows"), no_table(name)));
                }
            } else if !spec.columns.is_empty() {
                found.push(error(
                    format!("{place}.columns"),
                    Message::new("exercise.columns-without-rows"),
                ));
            }
            let mut seen = BTreeSet::new();
            for (list, columns) in [("columns", &spec.columns), ("results", &spec.results)] {
                for (column_at, column) in columns.iter().enumerate() {
                    let place = format!("{place}.{list}[{column_at}]");
                    let id = column.shared().id;
                    id_faults(format!("{place}.id"), id, found);
                    if !seen.insert(id) {
                        found.push(error(
                            format!("{place}.id"),
                            Message::new("exercise.id-twice").with("id", id),
                        ));
                    }
                    column_faults(model, column, list == "results", &place, found);
                }
            }
        }
        Stage::QuestionStage(spec) => {
            inner(&format!("{place}.question"), spec.question.problems(), found);
        }
        Stage::Order(_) => {}
        Stage::Pipeline(_) => later(place, "pipeline", found),
    }
}

fn later(place: String, kind: &str, found: &mut Vec<Problem>) {
    found.push(error(place, Message::new("exercise.later").with("kind", kind)));
}

fn inner(place: &str, problems: Vec<Problem>, found: &mut Vec<Problem>) {
    found.extend(problems.into_iter().map(|problem| {
        let dot = if problem.place.is_empty() || problem.place.starts_with('[') { "" } else { "." };
        Problem { place: format!("{place}{dot}{}", problem.place), ..problem }
    }));
}

fn column_faults(
    model: &Model,
    column: &Column,
    result: bool,
    place: &str,
    found: &mut Vec<Problem>,
) {
    if let Some(within) = column.shared().within
        && model.file.data.get(within).is_none()
    {
        let message = unknown("exercise.no-table", within, model.file.data.keys());
        found.push(error(format!("{place}.in"), message));
    }
    match column {
        Column::Bands(spec) => {
            if spec.give.len() != spec.cuts.len() + 1 {
                let message = Message::new("exercise.bands").with("cuts", spec.cuts.len());
                found.push(error(format!("{place}.give"), message.with("give", spec.give.len())));
            }
            let numbers: Vec<f64> = spec
                .cuts
                .iter()
                .filter_map(|cut| match cut {
                    super::expr::Expr::Number(number) => Some(*number),
                    _ => None,
                })
                .collect();
            if numbers.windows(2).any(|pair| compare(pair[0], pair[1]).is_ge()) {
                found
                    .push(error(format!("{place}.cuts"), Message::new("exercise.cuts-not-rising")));
            }
        }
        Column::Pick(_) if !result => {
            found.push(error(place, Message::new("exercise.pick-column")));
        }
        Column::Rank(_) if result => found.push(error(place, Message::new("exercise.rank-result"))),
        Column::Share(_) => later(place.to_owned(), "share", found),
        Column::Flags(spec) => {
            for (at, rule) in spec.rules.iter().enumerate().filter(|(_, rule)| rule.id.is_none()) {
                let _ = rule;
                found.push(error(
                    format!("{place}.rules[{at}]"),
                    Message::new("exercise.flag-without-id"),
                ));
            }
        }
        Column::Rules(spec) => {
            for (at, rule) in spec.rules.iter().enumerate() {
                if rule.give.is_some() == rule.take.is_some() {
                    found.push(error(
                        format!("{place}.rules[{at}]"),
                        Message::new("exercise.give-or-take"),
                    ));
                }
                if let (Some(within), Some(give)) = (&spec.within, &rule.give) {
                    member_faults(model, within, give, &format!("{place}.rules[{at}].give"), found);
                }
            }
        }
        _ => {}
    }
}

/// Names that resolve to nothing, and comparisons with translatable texts.
fn unresolved(model: &Model, found: &mut Vec<Problem>) {
    let evaluator = Evaluator::expert(model);
    for ((stage, at, result), column) in all_columns(model) {
        let place = format!("stages[{stage}].{}[{at}]", if result { "results" } else { "columns" });
        for (name, over) in names(column) {
            if evaluator.resolve(&name, &sample(model, stage, over.as_deref())).is_some() {
                continue;
            }
            let known = known_names(model, stage);
            let message = Message::new("exercise.no-name").with("name", name.as_str());
            let message = match nearest(&name, known.iter().map(String::as_str)) {
                Some(nearest) => message.with("nearest", nearest),
                None => message,
            };
            found.push(error(place.clone(), message));
        }
    }
}

fn known_names(model: &Model, stage: usize) -> Vec<String> {
    let file = &model.file;
    let own = |wanted: usize| {
        let all = all_columns(model).into_iter();
        all.filter(move |((at, ..), _)| *at == wanted)
            .map(|(_, column)| column.shared().id.to_owned())
    };
    let mut known: Vec<String> = own(stage).collect();
    let table = model.table_of(stage).and_then(|name| file.data.get(name));
    known.extend(table.into_iter().flat_map(|table| &table.fields).map(|field| field.id.clone()));
    known.extend(file.values.keys().chain(file.data.keys()).map(str::to_owned));
    for (at, other) in file.stages.iter().enumerate() {
        known.extend(own(at).map(|id| format!("{}.{id}", other.shared().id)));
    }
    known
}

fn variants(model: &Model, found: &mut Vec<Problem>) {
    for (at, variant) in model.file.variants.iter().enumerate() {
        let place = format!("variants[{at}]");
        match model.changed(&variant.set) {
            Err(message) => found.push(error(format!("{place}.set"), message)),
            Ok((changed, _)) => {
                let at = format!("{place}.expect");
                expect(model, Some(&changed), &variant.expect, &at, found);
            }
        }
    }
    for (level, spec) in &model.file.levels.0 {
        if let Some(variant) = &spec.variant
            && !model.file.variants.iter().any(|known| known.id == *variant)
        {
            let known = model.file.variants.iter().map(|variant| variant.id.as_str());
            let message = unknown("exercise.no-variant", variant, known);
            found.push(error(format!("levels.{level}.variant"), message));
        }
        for stage in spec.stages.keys().filter(|stage| model.stage_index(stage).is_none()) {
            let known = model.file.stages.iter().map(|stage| stage.shared().id);
            found.push(error(
                format!("levels.{level}.stages.{stage}"),
                unknown("exercise.no-stage", stage, known),
            ));
        }
    }
}

/// Figures quoted in prose must still come out.
fn expect(
    model: &Model,
    changed: Option<&Model>,
    expected: &Map<String, Value>,
    place: &str,
    found: &mut Vec<Problem>,
) {
    let evaluator = Evaluator::expert(changed.unwrap_or(model));
    for (path, expected) in expected {
        let at = format!("{place}.{path}");
        let cell = match worked::find(&evaluator, path) {
            Ok(cell) => cell,
            Err(message) => {
                found.push(error(at, message));
                continue;
            }
        };
        let value = evaluator.rule(cell);
        if !meets(&evaluator, cell, value.as_ref(), expected) {
            let shown = value.map_or(Value::Null, |value| value.json());
            let message = Message::new("exercise.expect").with("path", path.as_str());
            found.push(error(at, message.with("expected", expected.clone()).with("value", shown)));
        }
    }
}

/// Quoted figures are rounded: equal within half of the last decimal that is written or shown.
fn meets(
    evaluator: &Evaluator<'_>,
    cell: super::Cell,
    value: Option<&Val>,
    expected: &Value,
) -> bool {
    match (value, expected) {
        (None, Value::Null) => true,
        (Some(Val::Number(number)), Value::Number(expected)) => {
            let shared = evaluator.spec(cell).map(Column::shared);
            let decimals = shared.and_then(|shared| shared.decimals).unwrap_or(2);
            let percent = shared.is_some_and(|shared| shared.percent);
            let places = i32::from(decimals) + if percent { 2 } else { 0 };
            let half = (0..places).fold(0.5, |half, _| half / 10.0);
            expected.as_f64().is_some_and(|expected| (number - expected).abs() <= half + 1e-9)
        }
        (Some(value), expected) => Val::literal(expected).is_some_and(|it| it.same(value)),
        _ => false,
    }
}
