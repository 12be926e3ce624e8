//! What a learner sees of an exercise: everything but the key, with the rules to work by.

use super::column::Column;
use super::eval::{At, Evaluator};
use super::formula::Writer;
use super::json::{self, Json};
use super::level::Shown;
use super::stage::question;
use super::worked;
use crate::json::{Map, Value};

pub(super) fn face(it: &Evaluator<'_>, shown: &Shown) -> Value {
    let file = &it.model.file;
    let variants = file.variants.iter().map(|variant| {
        Json::new().put("id", variant.id.as_str()).put("title", variant.title.as_str()).take()
    });
    let stages = (0..file.stages.len()).map(|at| stage(it, shown, at)).collect::<Vec<_>>();
    let mut face = Json::new();
    face.put("title", file.title.as_str()).put("intro", file.intro.as_deref().unwrap_or_default());
    face.put("variants", variants.collect::<Vec<_>>());
    face.put("levels", json::texts(super::level::available(file).into_iter()));
    face.text("level", shown.level.map(super::level::Name::name));
    face.text("variant", shown.variant.as_deref());
    if let Some(tool) = shown.level.and_then(|level| level.spec(file)?.tool.as_ref()) {
        face.put("tool", question::face(tool));
    }
    face.list("with", shown.with.iter().map(|id| Value::String(id.clone())).collect());
    if shown.own_data {
        face.put("own_data", true);
    }
    if let Some(own) = &file.own_data {
        face.put("own", super::own::face(it.model, own));
    }
    face.put("stages", stages).take()
}

fn stage(it: &Evaluator<'_>, shown: &Shown, at: usize) -> Value {
    let spec = &it.model.file.stages[at];
    let common = &spec.common;
    let mut face = Json::new();
    face.put("id", spec.id()).put("kind", spec.kind.name()).put("title", spec.title());
    face.put("task", common.task.as_deref().unwrap_or_default());
    face.put("hints", common.hints.clone());
    face.put("pass", json::number(common.pass.unwrap_or(0.8)));
    let open = &shown.open[at];
    let max = open.iter().fold(0.0, |sum, cell| sum + cell.marks(it));
    face.put("max", json::number(max));
    if let Some(principle) = &common.principle {
        face.put("principle", question::face(principle));
    }
    if let Some(figure) = &common.figure {
        face.put("figure", Json::new().put("kind", figure.kind.name()).take());
    }
    spec.kind.of().face(it, at, &mut face);
    shown.filter(it, at, &mut face);
    face.put("open", open.iter().map(|cell| cell.name(it.model)).collect::<Vec<_>>());
    shown.fill(it, at, &mut face);
    face.take()
}

/// Fields, columns, rows and results of a stage that has a table.
pub(super) fn table(
    it: &Evaluator<'_>,
    at: usize,
    columns: &[Column],
    results: &[Column],
    face: &mut Json,
) {
    let sample = At { stage: at, row: it.rows(at).first().copied(), item: None };
    let faces = |list: &[Column]| -> Vec<Value> {
        list.iter().map(|column| self::column(it, column, sample)).collect()
    };
    face.list("columns", faces(columns));
    face.list("results", faces(results));
    let Some((name, source)) = it.model.table_of(at) else { return };
    let shown = source.fields.iter().filter(|field| field.id != "name");
    let fields = shown.map(|field| {
        let mut map = Json::new();
        map.put("id", field.id.as_str()).put("title", field.title());
        map.text("unit", field.unit.as_deref());
        if let Some(per) = &field.per {
            super::column::per_face(it, Some(per), &mut map);
        }
        map.take()
    });
    face.list("fields", fields.collect());
    let rows = it.rows(at);
    let rows =
        rows.iter().filter_map(|row| source.rows.get(*row)).map(|row| given(it, at, name, row));
    face.list("rows", rows.collect());
}

/// What a row is called.
pub(super) fn head(row: &Map<String, Value>) -> Json {
    let mut head = Json::new();
    for key in ["id", "name", "text"] {
        head.text(key, row.get(key).and_then(Value::as_str));
    }
    head
}

/// A row with its given fields as texts.
fn given(it: &Evaluator<'_>, at: usize, name: &str, row: &Map<String, Value>) -> Value {
    let mut map = head(row);
    if !row.contains_key("name") {
        map.text("name", row.get("id").and_then(Value::as_str));
    }
    let writer = Writer::new(it, At { stage: at, row: None, item: None });
    let mut texts = Json::new();
    let fields = it.model.table(name).into_iter().flat_map(|table| &table.fields);
    for field in fields {
        let Some(value) = row.get(&field.id) else { continue };
        match &field.per {
            Some(per) => {
                let items = it.model.table(per).map_or(0, |table| table.rows.len());
                let entry = |item| match it.model.entry(value, per, item).and_then(Value::as_f64) {
                    Some(number) => super::value::shown(number, 9, false),
                    None => "—".to_owned(),
                };
                texts.put(&field.id, (0..items).map(entry).collect::<Vec<_>>());
            }
            None => {
                texts.put(&field.id, writer.cell_text(name, row, &field.id));
            }
        }
    }
    map.put("given", texts).take()
}

fn column(it: &Evaluator<'_>, column: &Column, at: At) -> Value {
    let kind = column.kind.of();
    let mut face = Json::new();
    face.put("id", column.id()).put("title", column.title());
    face.text("unit", column.common.unit.as_deref());
    face.put("kind", column.kind.name()).put("asked", column.asked());
    face.put("decimals", column.decimals()).put("percent", column.percent());
    face.put("input", column.entry(it.model).input);
    kind.face(it, at, &mut face);
    face.list("options", column.options(it, at.stage));
    let mut card = Json::new();
    let writer = Writer::new(it, at);
    kind.card(&writer.inside(kind.per()), column, &mut card);
    face.put("card", card);
    if worked::picks_rows(it.model, column) {
        face.put("rows", true);
    }
    face.take()
}
