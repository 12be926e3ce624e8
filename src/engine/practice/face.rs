//! What a learner sees of an exercise: everything but the key, with the rules to work by.

use super::eval::{At, Evaluator};
use super::expr::Expr;
use super::model::{Column, FieldType, Figure, Rule, Stage, Table, row_id, row_name};
use super::value::{Val, shown};
use super::{Cell, formula, worked};
use crate::question::Face;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An exercise as a learner sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExerciseFace {
    /// Its title.
    pub title: String,
    /// Its introduction.
    pub intro: String,
    /// `{id, title}` of each variant.
    pub variants: Vec<Value>,
    /// Stages in order.
    pub stages: Vec<StageFace>,
}

/// A stage as a learner sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageFace {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// What to do.
    pub task: String,
    /// Hints in order.
    pub hints: Vec<String>,
    /// Share of marks that passes.
    pub pass: f64,
    /// Marks to be had.
    pub max: f64,
    /// A question about why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principle: Option<Face>,
    /// The picture of the learner's work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
    /// The quiz item (`question`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Face>,
    /// Items (`bins`, `order`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Value>,
    /// Bins (`bins`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bins: Vec<Value>,
    /// Given data (`table`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Value>,
    /// Columns (`table`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnFace>,
    /// Rows with their given data, as texts (`table`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Value>,
    /// Results (`table`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ColumnFace>,
    /// Cells that the learner fills.
    pub open: Vec<String>,
}

/// A column or result as a learner sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnFace {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its kind.
    pub kind: String,
    /// Whether the learner fills it.
    pub asked: bool,
    /// Decimals shown.
    pub decimals: u8,
    /// Shown × 100.
    pub percent: bool,
    /// How it is entered.
    pub input: &'static str,
    /// Lowest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// Highest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// What may be chosen: `{id, name}`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Value>,
    /// Whether the order of a pick counts.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
    /// How many to pick.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<f64>,
    /// What some numbers stand for.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub anchors: Map<String, Value>,
    /// What a good answer has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<String>,
    /// The rule to work by.
    pub card: Value,
}

pub(super) fn face(evaluator: &Evaluator<'_>) -> ExerciseFace {
    let file = &evaluator.model.file;
    let variants = file.variants.iter();
    ExerciseFace {
        title: file.title.clone(),
        intro: file.intro.clone(),
        variants: variants.map(|it| json!({"id": it.id, "title": it.title})).collect(),
        stages: (0..file.stages.len()).map(|at| stage(evaluator, at, &file.stages[at])).collect(),
    }
}

fn stage(evaluator: &Evaluator<'_>, at: usize, spec: &Stage) -> StageFace {
    let shared = spec.shared();
    let mut face = StageFace {
        id: shared.id.to_owned(),
        kind: spec.kind_name(),
        title: shared.title.unwrap_or(shared.id).to_owned(),
        task: shared.task.unwrap_or_default().to_owned(),
        hints: shared.hints.to_vec(),
        pass: shared.pass,
        max: 0.0,
        principle: shared.principle.map(|question| question.face(0)),
        figure: shared.figure.cloned(),
        question: None,
        items: Vec::new(),
        bins: Vec::new(),
        fields: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        results: Vec::new(),
        open: Vec::new(),
    };
    let tables = &evaluator.model.file.data;
    match spec {
        Stage::Bins(bins) => {
            let items = tables.get(&bins.items);
            face.items = items.into_iter().flat_map(|table| &table.rows).map(shown_row).collect();
            face.bins = tables.get(&bins.bins).map(named).unwrap_or_default();
        }
        Stage::Order(order) => {
            let mut items: Vec<_> = order.items.iter().collect();
            // By text: the written order is the solution.
            items.sort_by(|a, b| a.text.cmp(&b.text));
            if items.iter().map(|item| &item.id).eq(order.items.iter().map(|item| &item.id)) {
                items.reverse();
            }
            face.items = items.iter().map(|it| json!({"id": it.id, "text": it.text})).collect();
        }
        Stage::QuestionStage(question) => face.question = Some(question.question.face(0)),
        Stage::TableStage(table) => {
            let sample = At { stage: at, row: evaluator.rows(at).first().copied(), item: None };
            let columns =
                |list: &[Column]| list.iter().map(|it| column(evaluator, it, &sample)).collect();
            face.columns = columns(&table.columns);
            face.results = columns(&table.results);
            if let Some(source) = evaluator.table_name(at).and_then(|name| tables.get(name)) {
                let shown_fields = source.fields.iter().filter(|field| field.id != "name");
                face.fields = shown_fields
                    .map(|field| {
                        let mut map = Map::new();
                        map.insert("id".to_owned(), json!(field.id));
                        map.insert(
                            "title".to_owned(),
                            json!(field.title.as_ref().unwrap_or(&field.id)),
                        );
                        if let Some(unit) = &field.unit {
                            map.insert("unit".to_owned(), json!(unit));
                        }
                        Value::Object(map)
                    })
                    .collect();
                let rows = evaluator.rows(at);
                face.rows = rows.iter().map(|row| given(evaluator, source, *row)).collect();
            }
        }
        Stage::Pipeline(_) => {}
    }
    let open = super::grade::open_cells(evaluator, at);
    face.max = open.iter().map(|(_, marks)| marks).sum();
    face.open = open.into_iter().map(|(name, _)| name).collect();
    face
}

fn shown_row(row: &Map<String, Value>) -> Value {
    let keys = ["id", "name", "text"].into_iter();
    Value::Object(keys.filter_map(|key| Some((key.to_owned(), row.get(key)?.clone()))).collect())
}

fn named(table: &Table) -> Vec<Value> {
    table.rows.iter().map(|row| json!({"id": row_id(row), "name": row_name(row)})).collect()
}

/// A row with its given fields as texts.
fn given(evaluator: &Evaluator<'_>, table: &Table, row: usize) -> Value {
    let Some(source) = table.rows.get(row) else { return Value::Null };
    let Value::Object(mut map) = shown_row(source) else { return Value::Null };
    map.entry("name").or_insert_with(|| json!(row_id(source)));
    let mut texts = Map::new();
    for field in &table.fields {
        let Some(value) = source.get(&field.id).and_then(Val::literal) else { continue };
        let text = match &value {
            Val::Number(number) => shown(*number, field.decimals.unwrap_or(9), false),
            Val::Bool(flag) => if *flag { "✓" } else { "✗" }.to_owned(),
            Val::Text(id) => {
                let within =
                    field.within.as_ref().and_then(|name| evaluator.model.file.data.get(name));
                let row = within.and_then(|table| table.rows.get(table.position(id)?));
                row.map_or(id.as_str(), row_name).to_owned()
            }
            Val::Set(ids) => ids.join(" · "),
        };
        texts.insert(field.id.clone(), json!(text));
    }
    map.insert("given".to_owned(), Value::Object(texts));
    Value::Object(map)
}

fn column(evaluator: &Evaluator<'_>, column: &Column, at: &At) -> ColumnFace {
    let shared = column.shared();
    let mut face = ColumnFace {
        id: shared.id.to_owned(),
        title: shared.title.unwrap_or(shared.id).to_owned(),
        unit: shared.unit.map(str::to_owned),
        kind: kind_name(column).to_owned(),
        asked: shared.ask,
        decimals: shared.decimals.unwrap_or(2),
        percent: shared.percent,
        input: input(evaluator, column),
        from: None,
        to: None,
        options: options(evaluator, column, at),
        ordered: false,
        take: None,
        anchors: Map::new(),
        checklist: Vec::new(),
        card: card(evaluator, column, at),
    };
    match column {
        Column::Judged(spec) => {
            face.from = spec.from;
            face.to = spec.to;
            let anchors = spec.anchors.0.iter();
            face.anchors = anchors.map(|(key, text)| (key.clone(), json!(text))).collect();
        }
        Column::Own(spec) => face.checklist.clone_from(&spec.checklist),
        Column::Pick(spec) => {
            face.ordered = spec.ordered;
            face.take = spec.take.as_ref().and_then(|take| evaluator.number(take, at));
        }
        _ => {}
    }
    face
}

fn kind_name(column: &Column) -> &'static str {
    match column {
        Column::Judged(_) => "judged",
        Column::Own(_) => "own",
        Column::Calc(_) => "calc",
        Column::Bands(_) => "bands",
        Column::Lookup(_) => "lookup",
        Column::Rules(_) => "rules",
        Column::Flags(_) => "flags",
        Column::Highest(_) => "highest",
        Column::Steps(_) => "steps",
        Column::Top(_) => "top",
        Column::Rank(_) => "rank",
        Column::Share(_) => "share",
        Column::Pick(_) => "pick",
        Column::WhatIf(_) => "what_if",
    }
}

/// The widget that a column is entered with.
pub(super) fn input(evaluator: &Evaluator<'_>, column: &Column) -> &'static str {
    let of_type = |holds: FieldType| match holds {
        FieldType::Number => "number",
        FieldType::Text => "text",
        FieldType::Texts => "texts",
        FieldType::YesNo => "yes_no",
        FieldType::Label => "label",
        FieldType::Set => "set",
    };
    if column.shared().within.is_some() && !matches!(column, Column::Judged(_) | Column::Own(_)) {
        return "label";
    }
    match column {
        Column::Judged(spec) => of_type(spec.holds),
        Column::Own(spec) => of_type(spec.holds),
        Column::Calc(_) | Column::Rank(_) | Column::Share(_) | Column::WhatIf(_) => "number",
        Column::Bands(spec) if spec.give.iter().all(Value::is_number) => "number",
        Column::Lookup(spec) => {
            let table = evaluator.model.file.data.get(&spec.table);
            let field = table.and_then(|table| table.field(spec.take.as_deref()?));
            field.map_or("number", |field| of_type(field.kind.unwrap_or(FieldType::Number)))
        }
        Column::Flags(_) => "set",
        Column::Pick(_) => "pick",
        Column::Rules(spec)
            if spec.rules.iter().all(|rule| rule.give.as_ref().is_some_and(Value::is_number)) =>
        {
            "number"
        }
        _ => "label",
    }
}

/// What may be chosen in a label, set or pick.
pub(super) fn options(evaluator: &Evaluator<'_>, column: &Column, at: &At) -> Vec<Value> {
    let tables = &evaluator.model.file.data;
    let literal = |values: Vec<&Value>| {
        let mut seen: Vec<&str> = Vec::new();
        for text in values.into_iter().filter_map(Value::as_str) {
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        seen.into_iter().map(|text| json!({"id": text, "name": text})).collect()
    };
    if let Some(table) = column.shared().within.and_then(|name| tables.get(name)) {
        return named(table);
    }
    match column {
        Column::Bands(spec) => literal(spec.give.iter().collect()),
        Column::Rules(spec) => {
            literal(spec.rules.iter().filter_map(|rule| rule.give.as_ref()).collect())
        }
        Column::Flags(spec) => match spec.over.as_ref().and_then(|name| tables.get(name)) {
            Some(table) => named(table),
            None => {
                let option = |rule: &Rule| {
                    let id = rule.id.as_deref().unwrap_or_default();
                    let name = rule.title.as_deref().or(rule.why.as_deref()).unwrap_or(id);
                    json!({"id": id, "name": name})
                };
                spec.rules.iter().map(option).collect()
            }
        },
        Column::Top(spec) => tables.get(&spec.over).map(named).unwrap_or_default(),
        Column::Lookup(spec) => {
            let table = tables.get(&spec.table);
            let field = table.and_then(|table| table.field(spec.take.as_deref()?));
            let within = field.and_then(|field| tables.get(field.within.as_deref()?));
            within.map(named).unwrap_or_default()
        }
        Column::Pick(_) => {
            let table = evaluator.table_name(at.stage).and_then(|name| tables.get(name));
            let rows = evaluator.rows(at.stage);
            let rows = rows.iter().filter_map(|row| table?.rows.get(*row));
            rows.map(|row| json!({"id": row_id(row), "name": row_name(row)})).collect()
        }
        _ => Vec::new(),
    }
}

/// The rule that a column is worked out by, written back from its tree.
fn card(evaluator: &Evaluator<'_>, column: &Column, at: &At) -> Value {
    let mut card = Map::new();
    let mut put = |key: &str, value: Value| card.insert(key.to_owned(), value);
    let rules = |rules: &[Rule]| -> Value {
        let each = rules.iter().map(|rule| {
            let mut map = Map::new();
            let mut put = |key: &str, text: String| map.insert(key.to_owned(), json!(text));
            if let Some(id) = &rule.id {
                put("id", id.clone());
            }
            if let Some(when) = &rule.when {
                put("when", formula::condition(evaluator, when, at));
            }
            match (&rule.give, &rule.take) {
                (Some(give), _) => put("give", give_name(evaluator, column, give)),
                (None, Some(name)) => {
                    put("give", formula::rule(evaluator, &Expr::Name(name.clone()), at))
                }
                (None, None) => None,
            };
            if let Some(why) = rule.why.as_ref().or(rule.title.as_ref()) {
                put("why", why.clone());
            }
            Value::Object(map)
        });
        each.collect()
    };
    match column {
        Column::Calc(spec) => {
            put("formula", json!(formula::rule(evaluator, &spec.value, at)));
        }
        Column::Bands(spec) => {
            put("formula", json!(formula::rule(evaluator, &spec.of, at)));
            put("bands", bands(evaluator, column, &spec.cuts, &spec.give, at));
        }
        Column::Rules(spec) => {
            put("rules", rules(&spec.rules));
        }
        Column::Flags(spec) => {
            if !spec.rules.is_empty() {
                put("rules", rules(&spec.rules));
            }
            if let Some(when) = &spec.when {
                let over = spec.over.as_ref().map(|name| (name.clone(), 0));
                let at = At { item: over, ..at.clone() };
                put("formula", json!(formula::condition(evaluator, when, &at)));
            }
        }
        Column::Rank(spec) => {
            put("by", json!(formula::order(evaluator, &spec.by, at)));
            if let Some(when) = &spec.when {
                put("when", json!(formula::condition(evaluator, when, at)));
            }
        }
        Column::Pick(spec) => {
            put("by", json!(formula::order(evaluator, &spec.by, at)));
            if let Some(when) = &spec.when {
                put("when", json!(formula::condition(evaluator, when, at)));
            }
        }
        Column::WhatIf(spec) => {
            let changes =
                spec.set.iter().map(|(path, value)| format!("{path} = {}", change(value)));
            put("formula", json!(formula::rule(evaluator, &spec.value, at)));
            put("when", json!(changes.collect::<Vec<_>>().join("; ")));
        }
        _ => {}
    }
    Value::Object(card)
}

/// What `set` puts in, without JSON's quotes and braces.
fn change(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| format!("{key} {}", change(value)));
            entries.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn bands(
    evaluator: &Evaluator<'_>,
    column: &Column,
    cuts: &[Expr],
    give: &[Value],
    at: &At,
) -> Value {
    let cuts: Vec<String> = cuts
        .iter()
        .map(|cut| {
            evaluator.number(cut, at).map_or_else(|| "?".to_owned(), |cut| shown(cut, 9, false))
        })
        .collect();
    let band = give.iter().enumerate().map(|(place, give)| {
        let mut map = Map::new();
        if let Some(from) = place.checked_sub(1).and_then(|before| cuts.get(before)) {
            map.insert("from".to_owned(), json!(from));
        }
        if let Some(below) = cuts.get(place) {
            map.insert("below".to_owned(), json!(below));
        }
        map.insert("give".to_owned(), json!(give_name(evaluator, column, give)));
        Value::Object(map)
    });
    band.collect()
}

/// What a literal that a column gives is called.
fn give_name(evaluator: &Evaluator<'_>, column: &Column, give: &Value) -> String {
    let table = column.shared().within.and_then(|name| evaluator.model.file.data.get(name));
    let row = table.and_then(|table| table.rows.get(table.position(give.as_str()?)?));
    match (row, Val::literal(give)) {
        (Some(row), _) => row_name(row).to_owned(),
        (None, Some(Val::Number(number))) => shown(number, 9, false),
        (None, Some(Val::Text(text))) => text,
        (None, other) => other.map_or_else(String::new, |value| value.json().to_string()),
    }
}

/// The expert's value of a cell as people read it.
pub(super) fn expected_text(evaluator: &Evaluator<'_>, cell: Cell, value: &Val) -> String {
    let shared = evaluator.spec(cell).map(Column::shared);
    match value {
        Val::Number(number) => {
            let decimals = shared.and_then(|shared| shared.decimals).unwrap_or(2);
            shown(*number, decimals, shared.is_some_and(|shared| shared.percent))
        }
        Val::Bool(flag) => if *flag { "✓" } else { "✗" }.to_owned(),
        _ => worked::names(evaluator, cell, value).join(" · "),
    }
}
