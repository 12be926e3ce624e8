//! `order`: the learner puts items into order.

use super::{Faulty, Work};
use crate::Message;
use crate::json::Value;
use crate::practice::check::Check;
use crate::practice::eval::Evaluator;
use crate::practice::json::{self, Json};
use crate::practice::read::{keys, maps, words};
use crate::practice::value::sorted;
use crate::practice::worked::Solution;
use crate::question::fnv;

keys! {
    /// The learner puts items into order.
    Order {
        /// Items in the right order.
        items (must): Vec<OrderItem>,
        /// How it is scored; `pairs` if absent.
        score: Option<OrderScore>,
    }
}

keys! {
    /// An item of an `order` stage.
    OrderItem {
        /// Its id.
        id: String,
        /// What it says.
        text: String,
        /// Why it stands there.
        why: Option<String>,
    }
}

maps! { OrderItem }

words! {
    /// How an order is scored.
    OrderScore {
        /// 1 − inversions ÷ most.
        Pairs "pairs",
        /// All or nothing.
        Exact "exact",
    }
}

impl Order {
    /// Ids in the right order.
    pub(in crate::practice) fn ids(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.id.as_str())
    }

    /// Credit from 0 to 1 for an order; nothing if it does not hold each item exactly once.
    #[expect(clippy::cast_precision_loss, reason = "a number of items is small")]
    pub(in crate::practice) fn credit(&self, given: &[Value]) -> Option<f64> {
        let place = |id: &Value| self.ids().position(|known| Some(known) == id.as_str());
        let places = given.iter().map(place).collect::<Option<Vec<usize>>>()?;
        let n = self.items.len();
        if places.len() != n || (0..n).any(|place| !places.contains(&place)) {
            return None;
        }
        let mut inversions = 0_usize;
        for (at, place) in places.iter().enumerate() {
            inversions += places[at + 1..].iter().filter(|later| *later < place).count();
        }
        Some(match self.score {
            _ if inversions == 0 => 1.0,
            Some(OrderScore::Exact) => 0.0,
            _ => 1.0 - inversions as f64 / (n * (n - 1) / 2) as f64,
        })
    }
}

impl Work for Order {
    fn face(&self, _: &Evaluator<'_>, _: usize, face: &mut Json) {
        // The written order is the solution. By the ids, which are the same in every language.
        let items = &self.items;
        let mut order = sorted(items.len(), &|a, b| fnv(&items[a].id).cmp(&fnv(&items[b].id)));
        if order.iter().copied().eq(0..items.len()) {
            order.reverse();
        }
        let shown = order.into_iter().map(|at| {
            Json::new().put("id", items[at].id.as_str()).put("text", items[at].text.as_str()).take()
        });
        face.list("items", shown.collect());
    }

    fn worked(&self, _: &Evaluator<'_>, _: usize, worked: &mut Solution) {
        for item in &self.items {
            let mut row = Json::new();
            row.put("id", item.id.as_str()).put("text", item.text.as_str());
            let mut why = Json::new();
            row.map("why", {
                why.text("order", item.why.as_deref());
                why
            });
            worked.rows.push(row.take());
        }
        worked.results.put("order", json::texts(self.ids()));
    }
}

impl Faulty for Order {
    fn faults(&self, check: &mut Check<'_>, _: usize, place: &str) {
        check.ids(self.ids(), &format!("{place}.items"));
        if self.items.len() < 2 {
            let message = Message::new("question.too-few-items").with("n", self.items.len());
            check.error(&format!("{place}.items"), message);
        }
    }
}
