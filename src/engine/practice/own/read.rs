//! Turns a learner's table into rows of the exercise's.

use super::csv::{self, Cell};
use crate::Message;
use crate::json::{Map, Value};
use crate::practice::column::{Column, ColumnKind};
use crate::practice::file::{Field, FieldType, OwnData, Table, row_id, row_name};
use crate::practice::grade::yes_no;
use crate::practice::json::{self, Json};
use crate::practice::model::Model;
use crate::practice::value::Val;
use crate::question::{fold, read_number};

/// What a column of the CSV brings.
enum Brings<'m> {
    Id,
    Name,
    Field(&'m Field),
    /// One entry, by key, of a field or judged column that is `per` a table.
    Entry(&'m str, Option<&'m str>, &'m str),
    /// A judged column that the learner fills, under its key.
    Entered(&'m Column, &'m str),
}

/// The rows with what could be read of them, and what could not.
pub(super) struct Reading {
    pub(super) rows: Vec<Map<String, Value>>,
    pub(super) findings: Vec<Json>,
    /// Whether the CSV lacks something without which no row can be read.
    pub(super) incomplete: bool,
}

impl Reading {
    pub(super) fn find(&mut self, message: Message, line: usize, column: usize) -> &mut Json {
        let mut finding = Json::new();
        if let Value::Object(message) = Value::from(message) {
            finding.extend(message.into());
        }
        if line > 0 {
            finding.put("line", line);
        }
        if column > 0 {
            finding.put("column", column);
        }
        let at = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[at]
    }
}

/// The judged columns that a learner fills.
pub(super) fn entered<'m>(model: &'m Model, own: &OwnData) -> Vec<(usize, &'m Column, &'m str)> {
    let all = model.all_columns().into_iter();
    let judged = all.filter_map(|((stage, ..), column)| match &column.kind {
        ColumnKind::Judged(judged) if own.entered.iter().any(|id| id == column.id()) => {
            Some((stage, column, judged.key(column)))
        }
        _ => None,
    });
    judged.collect()
}

/// Whether a field must be there: what is only text is not needed to work anything out.
pub(super) fn is_needed(own: &OwnData, field: &Field) -> bool {
    let text = matches!(field.holds(), FieldType::Text | FieldType::Texts) && field.per.is_none();
    !text && !own.optional.contains(&field.id)
}

pub(super) fn read(model: &Model, own: &OwnData, table: &Table, csv: &str) -> Reading {
    let mut reading = Reading { rows: Vec::new(), findings: Vec::new(), incomplete: false };
    let mut records = csv::parse(csv).into_iter();
    let header = records.next().unwrap_or_default();
    let entered = entered(model, own);
    let brings: Vec<Option<Brings<'_>>> =
        header.iter().map(|cell| brings(model, table, &entered, &cell.text)).collect();
    for (at, (cell, found)) in header.iter().zip(&brings).enumerate() {
        if found.is_none() && !cell.text.is_empty() {
            let message = Message::new("own.unknown-column").with("name", cell.text.as_str());
            reading.find(message, 1, at + 1);
        }
    }
    let has = |wanted: &dyn Fn(&Brings<'_>) -> bool| brings.iter().flatten().any(wanted);
    if !has(&|it| matches!(it, Brings::Id | Brings::Name)) {
        reading.incomplete = true;
        reading.find(Message::new("own.no-id"), 1, 0);
    }
    for field in table.fields.iter().filter(|field| is_needed(own, field)) {
        let there = has(&|it| match it {
            Brings::Field(known) => known.id == field.id,
            Brings::Entry(known, ..) => *known == field.id,
            _ => false,
        });
        if !there {
            reading.incomplete = true;
            let message = Message::new("own.missing-column").with("name", field.title());
            reading.find(message.with("id", field.id.as_str()), 1, 0);
        }
    }
    if !reading.incomplete {
        records.for_each(|record| read_row(model, &header, &brings, &record, &mut reading));
    }
    reading
}

/// What a header names: by id, title or one of `headers`; case, width and spaces do not count.
fn brings<'m>(
    model: &'m Model,
    table: &'m Table,
    entered: &[(usize, &'m Column, &'m str)],
    header: &str,
) -> Option<Brings<'m>> {
    let header = fold(header);
    let is = |name: &str| fold(name) == header;
    let names = |field: &'m Field| {
        let own = [Some(field.id.as_str()), field.title.as_deref()];
        own.into_iter().flatten().chain(field.headers.iter().map(String::as_str))
    };
    if is("id") {
        return Some(Brings::Id);
    }
    // `per` a table: a column for each of its rows, by id or name after a dot.
    let entry = |per: &str, names: &[&str]| {
        let rows = model.table(per).into_iter().flat_map(|table| &table.rows);
        let named = |row: &&'m Map<String, Value>| {
            let item = |name: &str| names.iter().any(|of| is(&[of, ".", name].concat()));
            item(row_id(row)) || item(row_name(row))
        };
        rows.into_iter().find(named).map(row_id)
    };
    for field in &table.fields {
        match &field.per {
            None if names(field).any(is) => {
                return Some(if field.id == "name" { Brings::Name } else { Brings::Field(field) });
            }
            None => {}
            Some(per) => {
                if let Some(item) = entry(per, &names(field).collect::<Vec<_>>()) {
                    return Some(Brings::Entry(&field.id, field.unit.as_deref(), item));
                }
            }
        }
    }
    if is("name") {
        return Some(Brings::Name);
    }
    entered.iter().find_map(|(_, column, key)| {
        let names = [column.id(), column.title()];
        match column.kind.of().per() {
            None => names.into_iter().any(is).then_some(Brings::Entered(column, key)),
            Some(per) => entry(per, &names)
                .map(|item| Brings::Entry(key, column.common.unit.as_deref(), item)),
        }
    })
}

/// A row with every cell that can be read; what is said of the others names the row. Without a
/// number or a label it is worked out as if that were not known; but nothing in a field of yes and
/// no means no, and nothing in a set means none, so a row that says something else there is left
/// out.
fn read_row(
    model: &Model,
    header: &[Cell],
    brings: &[Option<Brings<'_>>],
    record: &[Cell],
    reading: &mut Reading,
) {
    let line = record.first().map_or(0, |cell| cell.line);
    let mut row = Map::new();
    let first = reading.findings.len();
    let mut unsure = None;
    for (at, cell) in record.iter().enumerate() {
        let Some(Some(brings)) = brings.get(at) else {
            if at >= brings.len() && !cell.text.is_empty() {
                reading.find(Message::new("own.too-many-cells"), cell.line, at + 1);
            }
            continue;
        };
        if let Err(message) = put(model, brings, &cell.text, &mut row) {
            let message = message.with("value", cell.text.as_str());
            let finding = reading.find(message, cell.line, at + 1);
            finding.put("header", header.get(at).map_or("", |cell| cell.text.as_str()));
            match brings {
                Brings::Field(field)
                    if matches!(field.holds(), FieldType::YesNo | FieldType::Set) =>
                {
                    unsure = Some(field.title());
                }
                _ => {}
            }
        }
    }
    if let Some(field) = unsure {
        reading.find(Message::new("own.left-out").with("name", field), line, 0);
        return;
    }
    let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let bad = |id: &String| {
        id.is_empty() || id.contains(|c: char| c.is_whitespace() || ".,:{}[]".contains(c))
    };
    let given = text("id").or_else(|| text("name"));
    let other = || ["r", &line.to_string()].concat();
    let mut id = given.clone().filter(|id| !bad(id)).unwrap_or_else(other);
    if reading.rows.iter().any(|known| row_id(known) == id) {
        let message = Message::new("own.id-twice").with("id", id.as_str());
        id = other();
        reading.find(message.with("as", id.as_str()), line, 0);
    }
    if let Some(given) = given.filter(|given| *given != id && !row.contains_key("name")) {
        row.insert("name".to_owned(), Value::String(given));
    }
    for finding in reading.findings.iter_mut().skip(first) {
        finding.put("row", id.as_str());
    }
    row.insert("id".to_owned(), Value::String(id));
    reading.rows.push(row);
}

/// Puts a cell into the row; blank and unknown ones are left out.
fn put(
    model: &Model,
    brings: &Brings<'_>,
    text: &str,
    row: &mut Map<String, Value>,
) -> Result<(), Message> {
    if matches!(text, "" | "—" | "-" | "–" | "——" | "未知" | "?" | "？") {
        return Ok(());
    }
    let (key, value) = match brings {
        Brings::Id => ("id", Value::String(text.to_owned())),
        Brings::Name => ("name", Value::String(text.to_owned())),
        Brings::Field(field) => {
            let within = field.within.as_deref();
            let value = typed(model, field.holds(), within, field.unit.as_deref(), text)?;
            (field.id.as_str(), value)
        }
        Brings::Entry(key, unit, item) => {
            let number = number(text, *unit)?;
            let entries = row.entry((*key).to_owned()).or_insert(Value::Object(Map::new()));
            if let Value::Object(entries) = entries {
                entries.insert((*item).to_owned(), number);
            }
            return Ok(());
        }
        Brings::Entered(column, key) => {
            let ColumnKind::Judged(judged) = &column.kind else { return Ok(()) };
            let (within, unit) = (column.common.within.as_deref(), column.common.unit.as_deref());
            (*key, typed(model, judged.holds, within, unit, text)?)
        }
    };
    row.insert(key.to_owned(), value);
    Ok(())
}

fn number(text: &str, unit: Option<&str>) -> Result<Value, Message> {
    let number = read_number(text, unit).ok_or_else(|| Message::new("own.not-a-number"))?;
    Ok(json::number(number.value))
}

fn typed(
    model: &Model,
    holds: FieldType,
    within: Option<&str>,
    unit: Option<&str>,
    text: &str,
) -> Result<Value, Message> {
    let label = |text: &str| {
        let table = within.and_then(|name| model.table(name));
        let wanted = fold(text);
        let row = table.into_iter().flat_map(|table| &table.rows);
        let mut row =
            row.filter(|row| fold(row_id(row)) == wanted || fold(row_name(row)) == wanted);
        let known = || table.into_iter().flat_map(Table::ids);
        let found = row.next().map(|row| row_id(row).to_owned());
        found.ok_or_else(|| crate::practice::unknown("own.not-in-table", text, known()))
    };
    match holds {
        FieldType::Number => number(text, unit),
        FieldType::YesNo => yes_no(&Value::String(text.to_owned()))
            .map(|value| value.json())
            .map_err(|_| Message::new("own.not-yes-no")),
        FieldType::Label => label(text).map(Value::String),
        FieldType::Set => {
            let parts = text.split(['+', ';', '；', '、', '|']).map(str::trim);
            let ids = parts.filter(|part| !part.is_empty() && *part != "无").map(label);
            Ok(Val::Set(ids.collect::<Result<_, _>>()?).json())
        }
        FieldType::Text | FieldType::Texts => Ok(Value::String(text.to_owned())),
    }
}
