//! `bins`: the learner puts each item into one bin.

use super::{Faulty, Work};
use crate::Message;
use crate::practice::check::Check;
use crate::practice::eval::Evaluator;
use crate::practice::face;
use crate::practice::file::{row_id, row_name};
use crate::practice::json::{self, Json};
use crate::practice::model::Cell;
use crate::practice::read::keys;
use crate::practice::worked::Solution;

keys! {
    /// The learner puts each item into one bin.
    Bins {
        /// A table with `key` and `why`.
        items: String,
        /// A table.
        bins: String,
    }
}

impl Work for Bins {
    fn rows(&self) -> Option<&str> {
        Some(&self.items)
    }

    fn face(&self, it: &Evaluator<'_>, _: usize, face: &mut Json) {
        let tables = |name: &str| it.model.table(name).into_iter().flat_map(|table| &table.rows);
        face.list("items", tables(&self.items).map(|row| face::head(row).take()).collect());
        let bins = tables(&self.bins).map(|row| json::named(row_id(row), row_name(row)));
        face.list("bins", bins.collect());
    }

    fn worked(&self, it: &Evaluator<'_>, at: usize, worked: &mut Solution) {
        for row in it.rows(at).iter() {
            let mut map = Solution::row(it, at, *row);
            let cell = Cell { stage: at, row: Some(*row), column: 0, item: None };
            if let Some(answer) = it.rule(cell) {
                map.put("answer", answer.json());
            }
            let mut why = Json::new();
            why.text("answer", super::super::worked::reason(it, cell).as_deref());
            map.map("why", why);
            worked.rows.push(map.take());
        }
    }
}

impl Faulty for Bins {
    fn faults(&self, check: &mut Check<'_>, _: usize, place: &str) {
        check.table(&self.bins, &format!("{place}.bins"));
        let Some(items) = check.table(&self.items, &format!("{place}.items")) else { return };
        for (at, row) in items.rows.iter().enumerate() {
            let place = format!("data.{}.rows[{at}]", self.items);
            match row.get("key") {
                Some(key) => check.member(&self.bins, key, &format!("{place}.key")),
                None => check.error(&place, Message::new("exercise.item-without-key")),
            }
        }
    }
}
