//! What the figures of an exercise show: the learner's own values. Surfaces draw them.

use super::eval::{At, Evaluator};
use super::file::{Figure, FigureKind, row_id, row_name};
use super::grade::entered;
use super::json::{self, Json};
use super::level::{Open, Shown};
use super::model::{Cell, Model};
use super::stage::StageKind;
use super::value::Val;
use super::worked;
use crate::json::{Map, Value};
use std::rc::Rc;

pub(super) fn figures(expert: &Rc<Evaluator<'_>>, shown: &Shown, answers: &Value) -> Value {
    let model = expert.model;
    let mut cells = entered(expert, shown, answers);
    if shown.level.is_some() {
        // What the level shows stands in the figure too.
        for at in 0..model.file.stages.len() {
            for cell in worked::all_cells(expert, at) {
                if model.asked(cell) && !shown.open[at].contains(&Open::Cell(cell)) {
                    cells.insert(cell, expert.rule(cell));
                }
            }
        }
    }
    let mine = Evaluator::entered(expert, cells);
    let stages = model.file.stages.iter().enumerate().map(|(at, stage)| {
        let mut json = Json::new();
        json.put("id", stage.id());
        if let Some(figure) = &stage.common.figure {
            json.put("figure", draw(&mine, at, figure));
        }
        json.take()
    });
    Json::new().put("stages", stages.collect::<Vec<_>>()).take()
}

fn draw(it: &Evaluator<'_>, at: usize, figure: &Figure) -> Value {
    let model = it.model;
    let mut json = Json::new();
    json.put("kind", figure.kind.name());
    let column = figure.of.as_deref().and_then(|of| model.named_cell(at, of, Some(0)));
    let column = column.and_then(|cell| model.column(cell));
    json.text("title", column.map(super::column::Column::title));
    match figure.kind {
        FigureKind::Quadrants => {
            json.put("boxes", boxes(it, at));
        }
        FigureKind::Board => board(it, at, &mut json),
        FigureKind::Ladder => {
            let scale = column.map(|column| column.options(it, at)).unwrap_or_default();
            json.put("scale", scale).put("rows", rows(it, at, figure, "label"));
        }
        FigureKind::Radar => {
            json.put("items", items(model, at, figure)).put("rows", strips(it, at, figure));
        }
        FigureKind::Bars => {
            let lines = figure.lines.iter().filter_map(|line| {
                let value = it.number(line, At { stage: at, row: None, item: None })?;
                Some(Json::new().put("value", json::number(value)).take())
            });
            json.put("lines", lines.collect::<Vec<_>>()).put("rows", rows(it, at, figure, "value"));
            if column.is_some_and(super::column::Column::percent) {
                json.put("percent", true);
            }
        }
        FigureKind::Budget => {
            let at_stage = At { stage: at, row: None, item: None };
            if let Some(total) = figure.total.as_ref().and_then(|total| it.number(total, at_stage))
            {
                json.put("total", json::number(total));
            }
            json.put("rows", rows(it, at, figure, "value"));
        }
    }
    json.take()
}

/// `{id, name}` of a row.
fn head(row: Option<&Map<String, Value>>) -> Json {
    let mut json = Json::new();
    json.put("id", row.map_or("", row_id)).put("name", row.map_or("", row_name));
    json
}

/// A name at a row: a column of the stage, or a field.
fn at_row(it: &Evaluator<'_>, at: usize, row: usize, name: &str) -> Option<Val> {
    it.read(&it.resolve(name, At { stage: at, row: Some(row), item: None })?)
}

/// Every row with its value (or label), and its group.
fn rows(it: &Evaluator<'_>, at: usize, figure: &Figure, key: &str) -> Vec<Value> {
    let rows = it.rows(at);
    let one = |row: &usize| {
        let mut json = head(it.model.row(at, *row));
        for (key, name) in [(key, &figure.of), ("group", &figure.groups)] {
            if let Some(value) = name.as_deref().and_then(|name| at_row(it, at, *row, name)) {
                json.put(key, value.json());
            }
        }
        json.take()
    };
    rows.iter().map(one).collect()
}

fn boxes(it: &Evaluator<'_>, at: usize) -> Vec<Value> {
    let Some(StageKind::Bins(bins)) = it.model.stage(at).map(|stage| &stage.kind) else {
        return Vec::new();
    };
    let rows = it.rows(at);
    let answer = |row: usize| it.value(Cell { stage: at, row: Some(row), column: 0, item: None });
    let inside = |bin: &str| {
        let there = rows.iter().filter(|row| answer(**row) == Some(Val::Text(bin.to_owned())));
        json::texts(there.map(|row| it.model.row_id(at, *row)))
    };
    let bins = it.model.table(&bins.bins).into_iter().flat_map(|table| &table.rows);
    bins.map(|bin| head(Some(bin)).put("items", inside(row_id(bin))).take()).collect()
}

fn board(it: &Evaluator<'_>, at: usize, json: &mut Json) {
    let Some(pipeline) = it.model.pipeline(at) else { return };
    let places = pipeline.places.iter().map(|place| json::named(&place.id, place.title()));
    json.put("places", places.collect::<Vec<_>>());
    json.put("periods", json::texts(pipeline.periods.iter().map(String::as_str)));
    let rows = it.rows(at);
    let stood = |row: &usize| {
        let place = |column| {
            let value = it.value(Cell { stage: at, row: Some(*row), column, item: None });
            value.map_or(Value::Null, |value| value.json())
        };
        let places: Vec<Value> = (0..pipeline.periods.len()).map(place).collect();
        head(it.model.row(at, *row)).put("at", places).take()
    };
    json.put("rows", rows.iter().map(stood).collect::<Vec<_>>());
}

/// The table that the drawn numbers are `per`.
fn per<'m>(model: &'m Model, at: usize, name: &str) -> Option<&'m str> {
    let field = model.table_of(at).and_then(|(_, table)| table.field(name));
    if let Some(per) = field.and_then(|field| field.per.as_deref()) {
        return Some(per);
    }
    model.column(model.named_cell(at, name, Some(0))?)?.kind.of().per()
}

fn items(model: &Model, at: usize, figure: &Figure) -> Vec<Value> {
    let table = figure.of.as_deref().and_then(|of| model.table(per(model, at, of)?));
    let rows = table.into_iter().flat_map(|table| &table.rows);
    rows.map(|row| json::named(row_id(row), row_name(row))).collect()
}

/// Every row with its numbers per item, now and before.
fn strips(it: &Evaluator<'_>, at: usize, figure: &Figure) -> Vec<Value> {
    let rows = it.rows(at);
    let strip = |row: &usize| {
        let mut json = head(it.model.row(at, *row));
        for (key, name) in [("values", &figure.of), ("before", &figure.before)] {
            let Some(name) = name.as_deref() else { continue };
            let Some(per) = per(it.model, at, name) else { continue };
            let place = At { stage: at, row: Some(*row), item: None };
            let number = |place: At| {
                let value = it.resolve(name, place).and_then(|target| it.read(&target));
                value.map_or(Value::Null, |value| value.json())
            };
            json.put(key, it.items(per, place).into_iter().map(number).collect::<Vec<_>>());
        }
        json.take()
    };
    rows.iter().map(strip).collect()
}
