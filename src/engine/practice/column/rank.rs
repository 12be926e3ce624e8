//! `rank`: 1 + how many come before.

use super::{
    Cell, Check, Column, Condition, Entry, Evaluator, Faulty, Json, Kind, Message, Model, Names,
    SortKey, Val, Writer, keys,
};
use crate::practice::eval::order;

keys! {
    /// 1 + how many come before; equal in all keys = the same rank.
    Rank {
        /// Sort keys.
        by (must): Vec<SortKey>,
        /// Rows failing it have no rank.
        when: Option<Condition>,
    }
}

impl Kind for Rank {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let row = cell.row?;
        let rows = it.rows_that(self.when.as_ref(), at);
        if !rows.contains(&row) {
            return None;
        }
        let before = rows.iter().filter(|other| order(it, &self.by, at, **other, row).is_lt());
        #[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
        Some(Val::Number(before.count() as f64 + 1.0))
    }

    fn names(&self, names: &mut Names<'_>) {
        names.sort(&self.by);
        names.condition(self.when.as_ref());
    }

    fn entry<'a>(&'a self, _: &'a Model, _: &'a Column) -> Entry<'a> {
        Entry::number()
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        card.put("by", writer.order(&self.by));
        if let Some(when) = &self.when {
            card.put("when", writer.condition(when));
        }
    }

    fn over_rows(&self) -> bool {
        true
    }
}

impl Faulty for Rank {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, result: bool) {
        if result {
            check.error(place, Message::new("exercise.rank-result"));
        }
    }
}
