//! `top`: the row of a table with the largest number.

use super::{
    Cell, Check, Choices, Column, Condition, Entry, Evaluator, Expr, Faulty, Json, Kind, Model,
    Names, Val, Writer, keys,
};
use crate::practice::value::compare;

keys! {
    /// The row of `over` with the largest number; the first of equals.
    Top {
        /// The table gone through.
        over: String,
        /// The number.
        by: Expr,
        /// What its rows must meet.
        when: Option<Condition>,
    }
}

impl Kind for Top {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let ids = it.model.table(&self.over)?.ids();
        let mut best: Option<(f64, &str)> = None;
        for (place, id) in it.items(&self.over, it.at(cell)).into_iter().zip(ids) {
            if !it.meets(self.when.as_ref(), place) {
                continue;
            }
            let Some(number) = it.number(&self.by, place) else { continue };
            if best.is_none_or(|(top, _)| compare(number, top).is_gt()) {
                best = Some((number, id));
            }
        }
        best.map(|(_, id)| Val::Text(id.to_owned()))
    }

    fn names(&self, names: &mut Names<'_>) {
        names.through(Some(&self.over), &mut |names| {
            names.expr(&self.by);
            names.condition(self.when.as_ref());
        });
    }

    fn entry<'a>(&'a self, _: &'a Model, _: &'a Column) -> Entry<'a> {
        Entry { input: "label", choices: Choices::Table(&self.over) }
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        let inside = writer.inside(Some(&self.over));
        card.put("formula", ["max(", &inside.rule(&self.by), ")"].concat());
        if let Some(when) = &self.when {
            card.put("when", inside.condition(when));
        }
    }
}

impl Faulty for Top {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, _: bool) {
        check.per(Some(&self.over), place);
    }
}
