//! `lookup`: a field of the row of a table.

use super::{
    Cell, Check, Column, Entry, Evaluator, Faulty, Json, Kind, Message, Model, Names, Val, Writer,
    keys, row_name,
};
use crate::practice::arithmetic::Scope;

keys! {
    /// A field of the row of a table.
    Lookup {
        /// Names the row.
        of: String,
        /// The table.
        table: String,
        /// The field.
        take: Option<String>,
        /// The name that names the field.
        take_by: Option<String>,
    }
}

impl Kind for Lookup {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let Val::Text(id) = it.name(&self.of, at)? else { return None };
        let table = it.model.file.data.place(&self.table)?;
        let row = it.model.table(&self.table)?.position(&id)?;
        match (&self.take, &self.take_by) {
            (Some(field), _) => it.model.field_value(table, row, field),
            (None, Some(name)) => match it.name(name, at)? {
                Val::Text(field) => it.model.field_value(table, row, &field),
                _ => None,
            },
            (None, None) => None,
        }
    }

    fn names(&self, names: &mut Names<'_>) {
        names.name(Some(&self.of));
        names.name(self.take_by.as_deref());
        names.field(&self.table, self.take.as_deref());
    }

    fn entry<'a>(&'a self, model: &'a Model, column: &'a Column) -> Entry<'a> {
        let field = self.take.as_deref().and_then(|take| model.table(&self.table)?.field(take));
        match field {
            Some(field) if column.common.within.is_none() => {
                Entry::typed(field.holds(), field.within.as_deref())
            }
            _ => Entry::computed(column, Vec::new()),
        }
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        let take = self.take.as_deref().or(self.take_by.as_deref()).unwrap_or_default();
        let field = writer.field_title(&self.table, take);
        card.put("formula", [&writer.title(&self.of), " → ", &field].concat());
        let Some(table) = writer.model().table(&self.table) else { return };
        let rows = table.rows.iter().map(|row| {
            let mut line = Json::new();
            line.put("of", row_name(row));
            line.put("give", writer.cell_text(&self.table, row, take)).take()
        });
        if self.take.is_some() {
            card.list("lookup", rows.collect());
        }
    }
}

impl Faulty for Lookup {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, _: bool) {
        if check.table(&self.table, &[place, ".table"].concat()).is_none() {
            return;
        }
        if self.take.is_some() == self.take_by.is_some() {
            check.error(place, Message::new("exercise.take-or-take-by"));
        }
        if let Some(take) = &self.take {
            check.field(&self.table, take, &[place, ".take"].concat());
        }
    }
}
