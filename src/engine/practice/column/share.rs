//! `share`: divides a total by largest remainders (practice format §3).

use super::{
    At, Cell, Check, Column, Entry, Evaluator, Expr, Faulty, Json, Kind, Message, Model, Names,
    SortKey, Val, Value, Writer, json, keys, words,
};
use crate::practice::eval::order;
use crate::practice::value::{compare, grid, sorted};

keys! {
    /// Divides a total.
    Share {
        /// What is divided.
        total: Expr,
        /// What each row needs.
        need: Option<Expr>,
        /// Weights.
        by: Option<Expr>,
        /// The least each row gets.
        least: Option<Expr>,
        /// The unit of division; 1 if absent.
        step: Option<f64>,
        /// Order among equal remainders.
        tie: Vec<SortKey>,
        /// Working to be asked: first, gap, quota, whole, over, extra.
        parts: Vec<String>,
        /// `nearest`, for mistakes only.
        rounding: Option<Rounding>,
    }
}

words! {
    /// How quotas are rounded.
    Rounding {
        /// Each by itself, whatever the sum.
        Nearest "nearest",
    }
}

/// The parts of the working, in the order they are worked out: the share before lifting (`by`),
/// need − least or the weight, the quota, its whole steps, what is over, and the step gained for
/// the remainder.
pub(in crate::practice) const PARTS: [&str; 6] =
    ["first", "gap", "quota", "whole", "over", "extra"];
const FIRST: usize = 0;
const GAP: usize = 1;
const QUOTA: usize = 2;
const WHOLE: usize = 3;
const OVER: usize = 4;
const EXTRA: usize = 5;

/// One row's part in a division.
struct Part {
    row: usize,
    /// Need, or weight.
    want: f64,
    least: f64,
    /// As the rules give them from the parts before.
    rules: [f64; 6],
    /// As they count for the parts after: what the learner entered, else the rules'.
    parts: [f64; 6],
}

/// How a total is divided.
pub(in crate::practice) struct Division {
    rows: Vec<Part>,
    /// Σ least and the total, when the least amounts add up to more.
    pub(in crate::practice) refused: Option<(f64, f64)>,
}

impl Division {
    fn row(&self, row: usize) -> Option<&Part> {
        self.rows.iter().find(|it| it.row == row).filter(|_| self.refused.is_none())
    }
}

impl Share {
    /// The division that the column of `cell` makes.
    pub(in crate::practice) fn division(
        &self,
        it: &Evaluator<'_>,
        cell: Cell,
    ) -> std::rc::Rc<Division> {
        it.division(cell, &|| {
            self.divide(it, cell).unwrap_or(Division { rows: Vec::new(), refused: None })
        })
    }

    fn step(&self) -> f64 {
        self.step.filter(|step| *step > 0.0).unwrap_or(1.0)
    }

    fn divide(&self, it: &Evaluator<'_>, cell: Cell) -> Option<Division> {
        let at = At { stage: cell.stage, row: None, item: None };
        let total = it.number(&self.total, at)?;
        let mut rows = Vec::new();
        for row in it.rows(cell.stage).iter() {
            let at = At { row: Some(*row), ..at };
            let number = |expr: &Option<Expr>| match expr {
                Some(expr) => it.number(expr, at),
                None => Some(0.0),
            };
            let want = if self.need.is_some() { number(&self.need) } else { number(&self.by) };
            // A row whose need is unknown takes no part.
            if let (Some(want), Some(least)) = (want, number(&self.least)) {
                rows.push(Part { row: *row, want, least, rules: [0.0; 6], parts: [0.0; 6] });
            }
        }
        let least = rows.iter().fold(0.0, |sum, row| sum + row.least);
        let refused = compare(least, total).is_gt().then_some((least, total));
        let mut division = Division { rows, refused };
        if refused.is_none() {
            self.work(it, cell, total, &mut division.rows);
        }
        Some(division)
    }

    /// Works out part after part; what the learner entered of one feeds the next.
    fn work(&self, it: &Evaluator<'_>, cell: Cell, total: f64, rows: &mut [Part]) {
        let needed = self.need.is_some();
        let settle = |rows: &mut [Part], part: usize| {
            for row in rows {
                row.rules[part] = row.parts[part];
                let cell = Cell { row: Some(row.row), item: Some(part), ..cell };
                if let Some(Some(Val::Number(given))) = it.given(cell) {
                    row.parts[part] = given;
                }
            }
        };
        let step = self.step();
        if needed {
            for row in rows.iter_mut() {
                row.parts[GAP] = row.want - row.least;
            }
            settle(rows, GAP);
            quotas_of_needs(total, rows);
        } else {
            first_shares(total, rows);
            settle(rows, FIRST);
            for row in rows.iter_mut() {
                row.parts[GAP] = row.want;
            }
            settle(rows, GAP);
            quotas_of_weights(total, rows);
        }
        settle(rows, QUOTA);
        for row in rows.iter_mut() {
            let steps = grid(row.parts[QUOTA] / step);
            row.parts[WHOLE] = match self.rounding {
                Some(Rounding::Nearest) => (steps + 0.5).floor() * step,
                // Whoever was lifted keeps the least, also where it is no whole step.
                None if !needed => (steps.floor() * step).max(row.least),
                None => steps.floor() * step,
            };
        }
        settle(rows, WHOLE);
        for row in rows.iter_mut() {
            row.parts[OVER] = row.parts[QUOTA] - row.parts[WHOLE];
        }
        settle(rows, OVER);
        if self.rounding.is_none() {
            self.hand_out(it, cell, step, rows);
        }
        settle(rows, EXTRA);
    }

    /// Hands the steps that remain to the largest remainders, then by `tie`, then by id; nobody
    /// gets more than the need.
    fn hand_out(&self, it: &Evaluator<'_>, cell: Cell, step: f64, rows: &mut [Part]) {
        let needed = self.need.is_some();
        let sum = |part: usize| rows.iter().fold(0.0, |sum, row| sum + row.parts[part]);
        let mut left = grid((sum(QUOTA) - sum(WHOLE)) / step);
        let at = At { stage: cell.stage, row: None, item: None };
        let places = sorted(rows.len(), &|a, b| {
            let by_remainder = compare(rows[b].parts[OVER], rows[a].parts[OVER]);
            let by_tie = || order(it, &self.tie, at, rows[a].row, rows[b].row);
            let by_id = || order(it, &[SortKey::Id], at, rows[a].row, rows[b].row);
            by_remainder.then_with(by_tie).then_with(by_id)
        });
        for place in places {
            let row = &mut rows[place];
            let most = row.least + row.parts[WHOLE] + step;
            if left < 1.0 || needed && compare(most, row.want).is_gt() {
                continue;
            }
            row.parts[EXTRA] = step;
            left -= 1.0;
        }
    }
}

/// Need − least as it is, if all needs can be met; else what is left after the least, by need −
/// least.
fn quotas_of_needs(total: f64, rows: &mut [Part]) {
    let sum = |of: &dyn Fn(&Part) -> f64| rows.iter().fold(0.0, |sum, row| sum + of(row));
    let (needs, least) = (sum(&|row| row.want), sum(&|row| row.least));
    let gaps = sum(&|row| row.parts[GAP]);
    for row in rows {
        let gap = row.parts[GAP];
        row.parts[QUOTA] = if compare(needs, total).is_le() {
            gap
        } else if gaps > 0.0 {
            (total - least) * gap / gaps
        } else {
            0.0
        };
    }
}

/// The total by weight.
fn first_shares(total: f64, rows: &mut [Part]) {
    let weights = rows.iter().fold(0.0, |sum, row| sum + row.want);
    for row in rows {
        row.parts[FIRST] = if weights > 0.0 { total * row.want / weights } else { 0.0 };
    }
}

/// The total by weight, but whoever is below the least is set to it and the others share what is
/// left, until nobody is below.
fn quotas_of_weights(total: f64, rows: &mut [Part]) {
    let mut lifted = vec![false; rows.len()];
    loop {
        let (mut left, mut weights) = (total, 0.0);
        for (row, lifted) in rows.iter().zip(&lifted) {
            if *lifted {
                left -= row.least;
            } else {
                weights += row.want;
            }
        }
        let mut again = false;
        for (row, lifted) in rows.iter_mut().zip(&mut lifted) {
            let by_weight = if weights > 0.0 { left * row.want / weights } else { 0.0 };
            row.parts[QUOTA] = if *lifted { row.least } else { by_weight };
            if !*lifted && compare(row.parts[QUOTA], row.least).is_lt() {
                *lifted = true;
                again = true;
            }
        }
        if !again {
            return;
        }
    }
}

impl Kind for Share {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let division = self.division(it, cell);
        let row = division.row(cell.row?)?;
        let Some(part) = cell.item else {
            let least = if self.need.is_some() { row.least } else { 0.0 };
            return Some(Val::Number(least + row.parts[WHOLE] + row.parts[EXTRA]));
        };
        Some(Val::Number(row.rules[part]))
    }

    fn names(&self, names: &mut Names<'_>) {
        let parts = [Some(&self.total), self.need.as_ref(), self.by.as_ref(), self.least.as_ref()];
        for part in parts.into_iter().flatten() {
            names.expr(part);
        }
        names.sort(&self.tie);
    }

    fn entry<'a>(&'a self, _: &'a Model, _: &'a Column) -> Entry<'a> {
        Entry::number()
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        let mut put = |key: &str, part: Option<&Expr>| {
            if let Some(part) = part {
                card.put(key, writer.rule(part));
            }
        };
        put("total", Some(&self.total));
        put("need", self.need.as_ref());
        put("weights", self.by.as_ref());
        put("least", self.least.as_ref());
        card.put("step", json::number(self.step()));
        if !self.tie.is_empty() {
            card.put("by", writer.order(&self.tie));
        }
    }

    fn face(&self, _: &Evaluator<'_>, _: At, face: &mut Json) {
        face.list("parts", self.parts.iter().map(|part| Value::String(part.clone())).collect());
    }

    fn part(&self, name: &str) -> Option<usize> {
        PARTS.iter().position(|part| *part == name)
    }

    fn asks(&self, item: Option<usize>) -> bool {
        item.is_none_or(|item| self.parts.iter().any(|part| part == PARTS[item]))
    }

    fn over_rows(&self) -> bool {
        true
    }
}

impl Faulty for Share {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, result: bool) {
        if result {
            check.error(place, Message::new("exercise.share-result"));
        }
        if self.need.is_some() == self.by.is_some() {
            check.error(place, Message::new("exercise.need-or-by"));
        }
        for (at, part) in
            self.parts.iter().enumerate().filter(|(_, part)| self.part(part).is_none())
        {
            let message = crate::practice::unknown("exercise.no-part", part, PARTS.into_iter());
            check.error(&format!("{place}.parts[{at}]"), message);
        }
    }
}
