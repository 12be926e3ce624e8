//! `pick`: the first rows in an order.

use super::{
    At, Cell, Check, Choices, Column, Condition, Entry, Evaluator, Expr, Faulty, Json, Kind,
    Message, Model, Names, SortKey, Val, Writer, f1, hits, json, keys,
};

keys! {
    /// The first rows in an order, among those meeting a condition.
    Pick {
        /// Sort keys.
        by (must): Vec<SortKey>,
        /// What rows must meet.
        when: Option<Condition>,
        /// How many; all, if absent.
        take: Option<Expr>,
        /// Whether the order counts.
        ordered: Option<bool>,
    }
}

impl Pick {
    fn is_ordered(&self) -> bool {
        self.ordered.unwrap_or_default()
    }
}

impl Kind for Pick {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let mut rows = it.ordered(&it.rows_that(self.when.as_ref(), at), &self.by, at);
        if let Some(take) = &self.take {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates, and more than all is all"
            )]
            rows.truncate(it.number(take, at)?.max(0.0) as usize);
        }
        let ids = rows.into_iter().map(|row| it.model.row_id(at.stage, row).to_owned());
        Some(Val::Set(ids.collect()))
    }

    fn names(&self, names: &mut Names<'_>) {
        names.sort(&self.by);
        names.condition(self.when.as_ref());
        self.take.iter().for_each(|take| names.expr(take));
    }

    fn entry<'a>(&'a self, _: &'a Model, _: &'a Column) -> Entry<'a> {
        Entry { input: "pick", choices: Choices::Rows }
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        card.put("by", writer.order(&self.by));
        if let Some(when) = &self.when {
            card.put("when", writer.condition(when));
        }
    }

    fn face(&self, it: &Evaluator<'_>, at: At, face: &mut Json) {
        if self.is_ordered() {
            face.put("ordered", true);
        }
        if let Some(take) = self.take.as_ref().and_then(|take| it.number(take, at)) {
            face.put("take", json::number(take));
        }
    }

    fn over_rows(&self) -> bool {
        true
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
    fn marks(&self, expected: Option<&Val>) -> f64 {
        let count = match expected {
            Some(Val::Set(ids)) => ids.len(),
            _ => 0,
        };
        (count + usize::from(self.is_ordered())).max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
    fn set_credit(&self, given: &[String], right: &[String]) -> f64 {
        let surplus = given.len().saturating_sub(right.len());
        let ordered = self.is_ordered();
        let marks =
            hits(given, right).saturating_sub(surplus) + usize::from(ordered && given == right);
        let most = right.len() + usize::from(ordered);
        match most {
            0 => f1(given, right),
            _ => marks as f64 / most as f64,
        }
    }
}

impl Faulty for Pick {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, result: bool) {
        if !result {
            check.error(place, Message::new("exercise.pick-column"));
        }
    }
}
