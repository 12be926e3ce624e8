//! `table`: the learner fills cells.

use super::{Faulty, Work};
use crate::Message;
use crate::practice::check::Check;
use crate::practice::column::Column;
use crate::practice::condition::Condition;
use crate::practice::eval::Evaluator;
use crate::practice::face;
use crate::practice::json::Json;
use crate::practice::read::keys;
use crate::practice::worked::Solution;

keys! {
    /// The learner fills cells.
    Table {
        /// A table or an earlier table stage; absent: single numbers only.
        rows: Option<String>,
        /// Which rows.
        only: Option<Condition>,
        /// Values in every row.
        columns: Vec<Column>,
        /// Values for the stage.
        results: Vec<Column>,
    }
}

impl Work for Table {
    fn rows(&self) -> Option<&str> {
        self.rows.as_deref()
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn results(&self) -> &[Column] {
        &self.results
    }

    fn face(&self, it: &Evaluator<'_>, at: usize, face: &mut Json) {
        face::table(it, at, &self.columns, &self.results, face);
    }

    fn worked(&self, it: &Evaluator<'_>, at: usize, worked: &mut Solution) {
        for row in it.rows(at).iter() {
            let mut map = Solution::row(it, at, *row);
            worked.cells(it, at, Some(*row), &self.columns, &mut map);
            worked.rows.push(map.take());
        }
        worked.refusals(it, at, &self.columns);
        worked.results(it, at, &self.results);
    }
}

impl Faulty for Table {
    fn faults(&self, check: &mut Check<'_>, at: usize, place: &str) {
        match &self.rows {
            Some(rows) => check.rows(rows, at, &format!("{place}.rows")),
            None if !self.columns.is_empty() => {
                check.error(
                    &format!("{place}.columns"),
                    Message::new("exercise.columns-without-rows"),
                );
            }
            None => {}
        }
        let ids = self.columns.iter().chain(&self.results).map(Column::id);
        check.ids(ids, &format!("{place}.columns"));
        check.columns(&self.columns, place, false);
        check.columns(&self.results, place, true);
    }
}
