//! Names that resolve to nothing, and comparisons that translation would break.

use super::{Check, place_of};
use crate::Message;
use crate::json::Value;
use crate::practice::column::{Column, ColumnKind};
use crate::practice::condition::{Condition, Test};
use crate::practice::depend::{nodes, sample};
use crate::practice::eval::{At, Evaluator, Target};
use crate::practice::model::Model;
use crate::practice::nearest;
use crate::practice::stage::StageKind;

pub(super) fn unresolved(check: &mut Check<'_>) {
    let model = check.model;
    let it = Evaluator::expert(model);
    for node in nodes(model) {
        let place = place_of(model, node.key);
        for (name, over) in &node.uses {
            let at = sample(model, node.key.0, over.as_deref());
            let whole = model.table(name).is_some() || model.stage_index(name).is_some();
            if name.contains(".*.") || whole || it.resolve(name, at).is_some() {
                continue;
            }
            no_name(check, name, node.key.0, &place);
        }
    }
    for (at, stage) in model.file.stages.iter().enumerate() {
        for (index, mistake) in stage.common.mistakes.iter().enumerate() {
            let Some(when) = &mistake.when else { continue };
            let place = format!("stages[{at}].mistakes[{index}].when");
            when.visit(&mut |name, test| {
                if stage.whole() != Some(name)
                    && it.resolve(name, sample(model, at, None)).is_none()
                {
                    no_name(check, name, at, &place);
                }
                literal(check, &it, name, test, sample(model, at, None), &place);
            });
        }
    }
    conditions(check, &it);
}

fn no_name(check: &mut Check<'_>, name: &str, stage: usize, place: &str) {
    let known = known_names(check.model, stage);
    let message = Message::new("exercise.no-name").with("name", name);
    let nearest = nearest(name, known.iter().map(String::as_str));
    check.error(
        place,
        match nearest {
            Some(nearest) => message.with("nearest", nearest),
            None => message,
        },
    );
}

fn known_names(model: &Model, stage: usize) -> Vec<String> {
    let file = &model.file;
    let own =
        |stage: usize| model.columns(stage).iter().chain(model.results(stage)).map(Column::id);
    let mut known: Vec<String> = own(stage).map(str::to_owned).collect();
    let table = model.table_of(stage).map(|(_, table)| table);
    known.extend(table.into_iter().flat_map(|table| &table.fields).map(|field| field.id.clone()));
    known.extend(file.values.keys().chain(file.data.keys()).map(str::to_owned));
    if let Some(pipeline) = model.pipeline(stage) {
        known.extend(pipeline.facts.iter().map(|fact| fact.id.clone()));
        known.extend(pipeline.counters.iter().map(|counter| counter.id.clone()));
    }
    for (at, other) in file.stages.iter().enumerate() {
        known.extend(own(at).map(|id| [other.id(), ".", id].concat()));
    }
    known
}

/// Every condition in columns compares ids with ids.
fn conditions(check: &mut Check<'_>, it: &Evaluator<'_>) {
    let model = check.model;
    for (key, column) in model.all_columns() {
        let place = place_of(model, key);
        let mut look = |when: &Condition, over: Option<&str>| {
            let at = sample(model, key.0, over);
            when.visit(&mut |name, test| literal(check, it, name, test, at, &place));
        };
        match &column.kind {
            ColumnKind::Rules(rules) => {
                rules
                    .rules
                    .iter()
                    .filter_map(|rule| rule.when.as_ref())
                    .for_each(|it| look(it, None));
            }
            ColumnKind::Flags(flags) => {
                flags
                    .rules
                    .iter()
                    .filter_map(|rule| rule.when.as_ref())
                    .for_each(|it| look(it, None));
                flags.when.iter().for_each(|when| look(when, flags.over.as_deref()));
            }
            ColumnKind::Rank(rank) => rank.when.iter().for_each(|when| look(when, None)),
            ColumnKind::Pick(pick) => pick.when.iter().for_each(|when| look(when, None)),
            ColumnKind::Top(top) => top.when.iter().for_each(|when| look(when, Some(&top.over))),
            _ => {}
        }
    }
    for (at, stage) in model.file.stages.iter().enumerate() {
        if let StageKind::Table(table) = &stage.kind
            && let Some(only) = &table.only
        {
            let place = format!("stages[{at}].only");
            let sample = sample(model, at, None);
            only.visit(&mut |name, test| literal(check, it, name, test, sample, &place));
        }
    }
}

/// A literal that is compared is an id of the table that its name holds ids of; a text that
/// `give` gives is translated, so that it cannot be compared unless it is an id of `in`.
fn literal(
    check: &mut Check<'_>,
    it: &Evaluator<'_>,
    name: &str,
    test: &Test,
    at: At,
    place: &str,
) {
    let one;
    let literals: &[Value] = match test {
        Test::Is(value) | Test::Has(value) | Test::Lacks(value) => {
            one = [value.clone()];
            &one
        }
        Test::OneOf(values) => values,
        _ => return,
    };
    let texts: Vec<&str> = literals.iter().filter_map(Value::as_str).collect();
    if texts.is_empty() {
        return;
    }
    if let Some(table) = it.scale(name, at) {
        for text in texts.iter().filter(|text| table.position(text).is_none()) {
            check
                .error(place, crate::practice::unknown("exercise.not-in-table", text, table.ids()));
        }
        return;
    }
    let Some(Target::Cell(cell)) = it.resolve(name, at) else { return };
    let gives = match it.spec(cell).map(|column| &column.kind) {
        Some(ColumnKind::Rules(rules)) => {
            rules.rules.iter().any(|rule| rule.give.as_ref().is_some_and(Value::is_string))
        }
        Some(ColumnKind::Bands(bands)) => bands.give.iter().any(Value::is_string),
        _ => false,
    };
    if gives {
        check.error(place, Message::new("exercise.compared-text").with("name", name));
    }
}
