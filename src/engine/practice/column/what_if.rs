//! `what_if`: a value in a copy of the exercise.

use super::{
    Cell, Check, Column, Entry, Evaluator, Expr, Faulty, Json, Kind, Model, Names, Val, Value,
    Writer, keys,
};
use crate::json::Map;
use crate::practice::arithmetic;

keys! {
    /// A value in a copy of the exercise.
    WhatIf {
        /// What is changed.
        set: Map<String, Value>,
        /// What is worked out.
        value: Expr,
    }
}

impl Kind for WhatIf {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let value = |copy: &Evaluator<'_>| vec![arithmetic::value(copy, &self.value, at)];
        it.in_copy(&self.set, &value).pop().flatten()
    }

    fn names(&self, names: &mut Names<'_>) {
        names.expr(&self.value);
    }

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::computed(column, Vec::new())
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        card.put("formula", writer.rule(&self.value));
        let changes = self.set.iter().map(|(path, value)| {
            let row = path.split('.').nth(1).filter(|_| path.matches('.').count() == 2);
            [row.unwrap_or_default(), " ", &writer.title(path), " = ", &change(value)].concat()
        });
        card.put("when", changes.collect::<Vec<_>>().join(";").trim());
    }
}

/// What `set` puts in, without JSON's quotes and braces.
fn change(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| [key, " ", &change(value)].concat());
            entries.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => text.clone(),
        other => crate::practice::json::written(other),
    }
}

impl Faulty for WhatIf {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, _: bool) {
        check.set(&self.set, &[place, ".set"].concat());
    }
}
