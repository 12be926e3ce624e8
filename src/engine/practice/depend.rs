//! Which columns feed which: for circles, and for what a changed copy works out again.

use super::Model;
use super::eval::{At, Evaluator, Target};
use super::expr::{Condition, Expr};
use super::model::{Column, Rule, SortKey, Stage};
use std::collections::BTreeSet;

/// A column by stage, place and whether it is a result.
pub(super) type ColumnKey = (usize, usize, bool);

/// Every name that a column uses, with the table it goes through when it does.
pub(super) fn names(column: &Column) -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    let mut add =
        |name: &str, over: Option<&str>| found.push((name.to_owned(), over.map(str::to_owned)));
    match column {
        Column::Judged(_) | Column::Own(_) => {}
        Column::Calc(spec) => expr(&spec.value, None, &mut add),
        Column::Bands(spec) => {
            expr(&spec.of, None, &mut add);
            spec.cuts.iter().for_each(|cut| expr(cut, None, &mut add));
        }
        Column::Lookup(spec) => {
            add(&spec.of, None);
            spec.take_by.iter().for_each(|name| add(name, None));
        }
        Column::Rules(spec) => spec.rules.iter().for_each(|it| rule(it, &mut add)),
        Column::Flags(spec) => {
            spec.rules.iter().for_each(|it| rule(it, &mut add));
            spec.when.iter().for_each(|when| condition(when, spec.over.as_deref(), &mut add));
        }
        Column::Highest(spec) => add(&spec.of, None),
        Column::Steps(spec) => {
            add(&spec.of, None);
            spec.less.iter().filter(|name| !name.is_empty()).for_each(|name| add(name, None));
        }
        Column::Top(spec) => {
            expr(&spec.by, Some(&spec.over), &mut add);
            spec.when.iter().for_each(|when| condition(when, Some(&spec.over), &mut add));
        }
        Column::Rank(spec) => {
            sort(&spec.by, &mut add);
            spec.when.iter().for_each(|when| condition(when, None, &mut add));
        }
        Column::Pick(spec) => {
            sort(&spec.by, &mut add);
            spec.when.iter().for_each(|when| condition(when, None, &mut add));
            spec.take.iter().for_each(|take| expr(take, None, &mut add));
        }
        Column::Share(spec) => {
            let parts =
                [Some(&spec.total), spec.need.as_ref(), spec.by.as_ref(), spec.least.as_ref()];
            for part in parts.into_iter().flatten() {
                expr(part, None, &mut add);
            }
            sort(&spec.tie, &mut add);
        }
        Column::WhatIf(spec) => expr(&spec.value, None, &mut add),
    }
    found
}

type Add<'a> = dyn FnMut(&str, Option<&str>) + 'a;

fn expr(it: &Expr, over: Option<&str>, add: &mut Add<'_>) {
    match it {
        Expr::Number(_) => {}
        Expr::Name(name) | Expr::Weighted(name) => add(name, over),
        Expr::Operation(_, list) => list.iter().for_each(|it| expr(it, over, add)),
        Expr::Many(_, operand, through) => {
            let inner = through.over.as_deref().or(over);
            expr(operand, inner, add);
            through.only.iter().for_each(|only| condition(only, inner, add));
            through.by.iter().for_each(|by| add(by, inner));
        }
        Expr::Count(of, through) => {
            if of != "rows" {
                add(of, over);
            }
            let inner = through.over.as_deref().or(over);
            through.only.iter().for_each(|only| condition(only, inner, add));
        }
    }
}

fn condition(it: &Condition, over: Option<&str>, add: &mut Add<'_>) {
    it.visit_names(&mut |name| add(name, over));
}

fn rule(it: &Rule, add: &mut Add<'_>) {
    it.when.iter().for_each(|when| condition(when, None, add));
    it.take.iter().for_each(|name| add(name, None));
}

fn sort(keys: &[SortKey], add: &mut Add<'_>) {
    for key in keys {
        match key {
            SortKey::High { high: name } | SortKey::Low { low: name } => add(name, None),
            SortKey::Id(_) => {}
        }
    }
}

/// Where the names of a column are looked up, for questions about the column as a whole: in the
/// first row, inside `over` at its first item.
pub(super) fn sample(model: &Model, stage: usize, over: Option<&str>) -> At {
    let row = model.table_of(stage).map(|_| 0);
    match over {
        None => At { stage, row, item: None },
        Some(name) => match model.stage_index(name) {
            Some(other) => At { stage: other, row: model.table_of(other).map(|_| 0), item: None },
            None => At { stage, row, item: Some((name.to_owned(), 0)) },
        },
    }
}

/// Every column and result of the model.
pub(super) fn all_columns(model: &Model) -> Vec<(ColumnKey, &Column)> {
    let mut all = Vec::new();
    for (stage, spec) in model.file.stages.iter().enumerate() {
        let (columns, results): (&[Column], &[Column]) = match spec {
            Stage::TableStage(spec) => (&spec.columns, &spec.results),
            Stage::Pipeline(spec) => (&[], &spec.results),
            _ => (&[], &[]),
        };
        all.extend(columns.iter().enumerate().map(|(at, column)| ((stage, at, false), column)));
        all.extend(results.iter().enumerate().map(|(at, column)| ((stage, at, true), column)));
    }
    all
}

/// What a column reads: columns, and other things as dotted names.
fn reads(
    evaluator: &Evaluator<'_>,
    key: ColumnKey,
    column: &Column,
) -> (BTreeSet<ColumnKey>, BTreeSet<String>) {
    let model = evaluator.model;
    let (mut columns, mut others) = (BTreeSet::new(), BTreeSet::new());
    if let (Column::Judged(spec), Some(table)) = (column, model.table_of(key.0)) {
        others.insert(format!("{table}.{}", spec.key.as_deref().unwrap_or(&spec.id)));
    }
    for (name, over) in names(column) {
        let mut targets = vec![evaluator.resolve(&name, &sample(model, key.0, over.as_deref()))];
        if let Some(Target::Weights(weights)) = &targets[0]
            && let Some(super::model::Parameter::Numbers(map)) = model.file.values.get(weights)
        {
            let at = sample(model, key.0, over.as_deref());
            targets.extend(map.keys().map(|id| evaluator.resolve(id, &at)));
        }
        for target in targets.into_iter().flatten() {
            match target {
                Target::Cell(cell) => {
                    columns.insert((cell.stage, cell.column, cell.row.is_none()));
                }
                Target::Field { table, field, .. } | Target::Entry { table, field, .. } => {
                    others.insert(format!("{table}.{field}"));
                }
                Target::Number(_) | Target::Weights(_) => {
                    let first = name.split('.').next().unwrap_or(&name);
                    others.insert(format!("values.{first}"));
                }
            }
        }
    }
    (columns, others)
}

/// The columns that something touched feeds, directly or through others.
pub(super) fn affected(model: &Model, touched: &[String]) -> BTreeSet<ColumnKey> {
    let evaluator = Evaluator::expert(model);
    let all = all_columns(model);
    let name_of = |(stage, _, _): ColumnKey, column: &Column| {
        let stage = model.file.stages.get(stage).map_or("", |stage| stage.shared().id);
        format!("{stage}.{}", column.shared().id)
    };
    let hit = |name: &String| {
        touched.iter().any(|touched| {
            touched == name
                || touched.strip_suffix('*').is_some_and(|table| name.starts_with(table))
        })
    };
    let read: Vec<_> = all.iter().map(|(key, column)| reads(&evaluator, *key, column)).collect();
    let mut found = BTreeSet::new();
    for ((key, column), (_, others)) in all.iter().zip(&read) {
        if hit(&name_of(*key, column)) || others.iter().any(hit) {
            found.insert(*key);
        }
    }
    loop {
        let before = found.len();
        for ((key, _), (columns, _)) in all.iter().zip(&read) {
            if columns.iter().any(|column| found.contains(column)) {
                found.insert(*key);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Columns that feed themselves, in circles.
pub(super) fn circles(model: &Model) -> Vec<ColumnKey> {
    let evaluator = Evaluator::expert(model);
    let all = all_columns(model);
    let read: Vec<_> =
        all.iter().map(|(key, column)| (*key, reads(&evaluator, *key, column).0)).collect();
    let reaches = |start: ColumnKey| {
        let mut seen = BTreeSet::new();
        let mut next = vec![start];
        while let Some(key) = next.pop() {
            let columns =
                read.iter().find(|(column, _)| *column == key).map(|(_, columns)| columns);
            for column in columns.into_iter().flatten() {
                if *column == start {
                    return true;
                }
                if seen.insert(*column) {
                    next.push(*column);
                }
            }
        }
        false
    };
    all.iter().map(|(key, _)| *key).filter(|key| reaches(*key)).collect()
}
