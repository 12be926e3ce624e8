//! `judged`: the expert's judgement, from the row's key.

use super::{
    At, Cell, Check, Column, Entry, Evaluator, Faulty, Json, Kind, Message, Model, Names, Val,
    json, keys, row_id, row_name,
};
use crate::practice::file::FieldType;
use crate::practice::read::Dict;
use crate::practice::value::typed;

keys! {
    /// The expert's judgement, from the row's key.
    Judged {
        /// What it holds.
        holds "type": FieldType,
        /// The row's key; default the column's id.
        key: Option<String>,
        /// Lowest number.
        from: Option<f64>,
        /// Highest number.
        to: Option<f64>,
        /// What some numbers stand for.
        anchors: Dict<String>,
        /// One value for each row of this table.
        per: Option<String>,
    }
}

impl Judged {
    /// The key of the row.
    pub(in crate::practice) fn key<'a>(&'a self, column: &'a Column) -> &'a str {
        self.key.as_deref().unwrap_or(column.id())
    }
}

impl Kind for Judged {
    fn value(&self, it: &Evaluator<'_>, column: &Column, cell: Cell) -> Option<Val> {
        let value = it.model.row(cell.stage, cell.row?)?.get(self.key(column));
        let value = match (&self.per, cell.item) {
            (Some(per), Some(item)) => value.and_then(|value| it.model.entry(value, per, item)),
            _ => value,
        };
        Some(it.model.in_order(typed(value, self.holds)?, column.common.within.as_deref()))
    }

    fn names(&self, _: &mut Names<'_>) {}

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::typed(self.holds, column.common.within.as_deref())
    }

    fn face(&self, it: &Evaluator<'_>, _: At, face: &mut Json) {
        for (key, limit) in [("from", self.from), ("to", self.to)] {
            if let Some(limit) = limit {
                face.put(key, json::number(limit));
            }
        }
        let mut anchors = Json::new();
        for (key, text) in &self.anchors.0 {
            anchors.put(key, text.as_str());
        }
        face.map("anchors", anchors);
        per_face(it, self.per.as_deref(), face);
    }

    fn reason(&self, it: &Evaluator<'_>, cell: Cell) -> Option<String> {
        it.model.row(cell.stage, cell.row?)?.get("why")?.as_str().map(str::to_owned)
    }

    fn per(&self) -> Option<&str> {
        self.per.as_deref()
    }
}

/// The items that a column has a value for each of.
pub(in crate::practice) fn per_face(it: &Evaluator<'_>, per: Option<&str>, face: &mut Json) {
    let table = per.and_then(|per| it.model.table(per));
    let rows = table.into_iter().flat_map(|table| &table.rows);
    face.list("items", rows.map(|row| json::named(row_id(row), row_name(row))).collect());
}

impl Faulty for Judged {
    fn faults(&self, check: &mut Check<'_>, column: &Column, place: &str, _: bool) {
        check.per(self.per.as_deref(), place);
        if matches!(self.holds, FieldType::Label | FieldType::Set) && column.common.within.is_none()
        {
            check.error(place, Message::new("exercise.needs-in"));
        }
    }
}
