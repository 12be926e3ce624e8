//! Tables, figures, mistakes, levels and own data.

use super::Check;
use crate::Message;
use crate::practice::column::ColumnKind;
use crate::practice::file::{FieldType, LevelStage, Table, row_id};
use crate::practice::stage::Stage;
use crate::practice::unknown;

/// Fields name their tables, rows have ids, and every key of a row is known.
pub(super) fn table(check: &mut Check<'_>, name: &str, table: &Table) {
    let place = format!("data.{name}");
    check.ids(table.fields.iter().map(|field| field.id.as_str()), &format!("{place}.fields"));
    for (at, field) in table.fields.iter().enumerate() {
        let place = format!("{place}.fields[{at}]");
        check.per(field.within.as_deref(), &place);
        check.per(field.per.as_deref(), &place);
        if matches!(field.kind, Some(FieldType::Label | FieldType::Set)) && field.within.is_none() {
            check.error(&place, Message::new("exercise.needs-in"));
        }
    }
    let allowed = allowed_keys(check, name, table);
    let mut seen: Vec<&str> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let place = format!("{place}.rows[{at}]");
        let id = row_id(row);
        if id.is_empty() {
            check.error(&place, Message::new("exercise.row-without-id"));
            continue;
        }
        check.id(&format!("{place}.id"), id);
        if seen.contains(&id) {
            let message = Message::new("exercise.id-twice").with("id", id);
            check.error(&format!("{place}.id"), message);
        }
        seen.push(id);
        for key in row.keys().filter(|key| !allowed.contains(&key.as_str())) {
            let message = unknown("exercise.unknown-field", key, allowed.iter().copied());
            check.error(&format!("{place}.{key}"), message);
        }
        for field in &table.fields {
            let place = format!("{place}.{}", field.id);
            let Some(value) = row.get(&field.id) else { continue };
            if let Some(within) = &field.within {
                check.member(within, value, &place);
            }
            if let Some(items) = field.per.as_deref().and_then(|per| check.model.table(per))
                && let Some(list) = value.as_array()
                && list.len() != items.rows.len()
            {
                let message = Message::new("exercise.per-length").with("n", items.rows.len());
                check.error(&place, message.with("given", list.len()));
            }
        }
    }
}

/// Keys that rows of a table may have: the usual ones, fields, keys of judged columns, and
/// fields that a lookup takes.
fn allowed_keys<'m>(check: &Check<'m>, name: &str, table: &'m Table) -> Vec<&'m str> {
    let model = check.model;
    let mut allowed: Vec<&str> = vec!["id", "name", "text", "why", "key"];
    allowed.extend(table.fields.iter().map(|field| field.id.as_str()));
    for ((stage, ..), column) in model.all_columns() {
        match &column.kind {
            ColumnKind::Judged(judged)
                if model.table_of(stage).is_some_and(|(known, _)| known == name) =>
            {
                allowed.push(judged.key(column));
            }
            ColumnKind::Lookup(lookup) if lookup.table == name => {
                allowed.extend(lookup.take.as_deref());
                if lookup.take_by.is_some() {
                    allowed
                        .extend(table.rows.iter().flat_map(|row| row.keys().map(String::as_str)));
                }
            }
            _ => {}
        }
    }
    allowed
}

/// A figure draws columns that there are.
pub(super) fn figure(check: &mut Check<'_>, at: usize, place: &str) {
    let model = check.model;
    let stage = &model.file.stages[at];
    let Some(figure) = &stage.common.figure else { return };
    let table = model.table_of(at).map(|(_, table)| table);
    for (key, name) in [("of", &figure.of), ("groups", &figure.groups), ("before", &figure.before)]
    {
        let Some(name) = name else { continue };
        let field = table.is_some_and(|table| table.field(name).is_some());
        if !field && model.named_cell(at, name, Some(0)).is_none() {
            let columns = model.columns(at).iter().map(super::super::column::Column::id);
            let place = format!("{place}.figure.{key}");
            check.error(&place, unknown("exercise.no-column", name, columns));
        }
    }
}

/// A mistake says how it is recognised, and what it shows in exists.
pub(super) fn mistakes(check: &mut Check<'_>, at: usize, place: &str) {
    let model = check.model;
    let stage = &model.file.stages[at];
    check.ids(stage.common.mistakes.iter().map(|it| it.id.as_str()), &format!("{place}.mistakes"));
    for (index, mistake) in stage.common.mistakes.iter().enumerate() {
        let place = format!("{place}.mistakes[{index}]");
        let ways = [!mistake.confused.is_empty(), mistake.when.is_some(), mistake.set.is_some()];
        if ways.iter().filter(|way| **way).count() != 1 {
            check.error(&place, Message::new("exercise.mistake-way"));
        }
        if let Some(set) = &mistake.set {
            check.set(set, &format!("{place}.set"));
            super::sets::shows(check, at, set, mistake, &place);
        }
        for (index, name) in mistake.shows.iter().enumerate() {
            let known = model.cell_named(at, name).is_some()
                || model.named_cell(at, name, Some(0)).is_some();
            if !known {
                let columns = model.columns(at).iter().chain(model.results(at));
                let message = unknown(
                    "exercise.no-cell",
                    name,
                    columns.map(super::super::column::Column::id),
                );
                check.error(&format!("{place}.shows[{index}]"), message);
            }
        }
    }
}

/// Levels name variants, stages, rows and columns that there are.
pub(super) fn levels(check: &mut Check<'_>) {
    use crate::practice::level::Name;
    let model = check.model;
    for level in [Name::Show, Name::Complete, Name::Solo, Name::Mix] {
        let Some(spec) = level.spec(&model.file) else { continue };
        let place = format!("levels.{}", level.name());
        if let Some(tool) = level.spec(&model.file).and_then(|spec| spec.tool.as_ref()) {
            check.inner(&format!("{place}.tool"), tool.problems());
        }
        if let Some(variant) = &spec.variant
            && !model.file.variants.iter().any(|known| known.id == *variant)
        {
            let known = model.file.variants.iter().map(|variant| variant.id.as_str());
            let message = unknown("exercise.no-variant", variant, known);
            check.error(&format!("{place}.variant"), message);
        }
        if spec.own_data == Some(true) && model.file.own_data.is_none() {
            check.error(&format!("{place}.own_data"), Message::new("exercise.no-own-data"));
        }
        for (id, of_stage) in &spec.stages.0 {
            let place = format!("{place}.stages.{id}");
            match model.stage_index(id) {
                Some(at) => level_stage(check, at, of_stage, &place),
                None => {
                    let known = model.file.stages.iter().map(Stage::id);
                    check.error(&place, unknown("exercise.no-stage", id, known));
                }
            }
        }
    }
}

fn level_stage(check: &mut Check<'_>, at: usize, spec: &LevelStage, place: &str) {
    let model = check.model;
    let table = model.table_of(at).map(|(_, table)| table);
    let periods =
        model.pipeline(at).map(|pipeline| pipeline.periods.as_slice()).unwrap_or_default();
    let mut rows: Vec<&str> = table.into_iter().flat_map(Table::ids).collect();
    rows.extend(periods.iter().map(String::as_str));
    let mut all = rows.clone();
    all.extend(
        model.columns(at).iter().chain(model.results(at)).map(super::super::column::Column::id),
    );
    all.extend(model.stage(at).and_then(Stage::whole));
    let part = |name: &str| {
        let (column, part) = name.split_once('.')?;
        model.item_of(model.named_cell(at, column, Some(0))?, part)
    };
    for (key, names, known) in [("rows", &spec.rows, &rows), ("blank", &spec.blank, &all)] {
        for (index, name) in names.iter().flat_map(|names| names.0.iter()).enumerate() {
            if !known.contains(&name.as_str()) && (key == "rows" || part(name).is_none()) {
                let message = unknown("exercise.no-cell", name, known.iter().copied());
                check.error(&format!("{place}.{key}[{index}]"), message);
            }
        }
    }
}

/// Own data stand in for a table, in stages that there are.
pub(super) fn own_data(check: &mut Check<'_>) {
    let model = check.model;
    let Some(own) = &model.file.own_data else { return };
    let Some(table) = check.table(&own.table, "own_data.table") else { return };
    for (index, stage) in own.stages.iter().enumerate() {
        if model.stage_index(stage).is_none() {
            let message =
                unknown("exercise.no-stage", stage, model.file.stages.iter().map(Stage::id));
            check.error(&format!("own_data.stages[{index}]"), message);
        }
    }
    for (index, field) in own.optional.iter().enumerate() {
        if table.field(field).is_none() {
            let known = table.fields.iter().map(|field| field.id.as_str());
            let message = unknown("exercise.unknown-field", field, known);
            check.error(&format!("own_data.optional[{index}]"), message);
        }
    }
    let judged = || {
        let all = model.all_columns().into_iter().map(|(_, column)| column);
        all.filter(|column| matches!(column.kind, ColumnKind::Judged(_)))
            .map(super::super::column::Column::id)
    };
    for (index, name) in own.entered.iter().enumerate() {
        if !judged().any(|known| known == name) {
            let message = unknown("exercise.no-column", name, judged());
            check.error(&format!("own_data.entered[{index}]"), message);
        }
    }
}
