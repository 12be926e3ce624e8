//! What each column kind works out (practice format §3).

use super::eval::{At, Evaluator};
use super::model::{Column, FieldType, Rule, SortKey, row_id};
use super::value::{Val, compare, natural};
use std::cmp::Ordering;

impl Evaluator<'_> {
    /// The value of a column in the row, or of a result for the stage.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of column")]
    pub(super) fn column(&self, column: &Column, at: &At) -> Option<Val> {
        match column {
            Column::Judged(spec) => {
                let table = self.table_name(at.stage)?;
                let key = spec.key.as_deref().unwrap_or(&spec.id);
                self.model.judged(table, at.row?, key, spec.holds, spec.within.as_deref())
            }
            Column::Own(_) | Column::Share(_) => None,
            Column::Calc(spec) => self.expr(&spec.value, at),
            Column::Bands(spec) => {
                let number = self.number(&spec.of, at)?;
                let mut band = 0;
                for cut in &spec.cuts {
                    if compare(self.number(cut, at)?, number).is_le() {
                        band += 1;
                    }
                }
                spec.give.get(band).and_then(Val::literal)
            }
            Column::Lookup(spec) => {
                let Val::Text(id) = self.name(&spec.of, at)? else { return None };
                let row = self.model.file.data.get(&spec.table)?.position(&id)?;
                let field = match (&spec.take, &spec.take_by) {
                    (Some(field), _) => field.clone(),
                    (None, Some(name)) => match self.name(name, at)? {
                        Val::Text(field) => field,
                        _ => return None,
                    },
                    (None, None) => return None,
                };
                self.model.field_value(&spec.table, row, &field)
            }
            Column::Rules(spec) => {
                let rule = spec.rules.iter().find(|rule| self.holds(rule, at))?;
                match (&rule.give, &rule.take) {
                    (Some(literal), _) => Val::literal(literal),
                    (None, Some(name)) => self.name(name, at),
                    (None, None) => None,
                }
            }
            Column::Flags(spec) => Some(Val::Set(match &spec.over {
                Some(over) => {
                    let places = self.items(over, at);
                    let rows = &self.model.file.data.get(over)?.rows;
                    let meets = |place: &At| {
                        spec.when.as_ref().is_none_or(|when| self.condition(when, place))
                    };
                    let fired = places.iter().zip(rows).filter(|(place, _)| meets(place));
                    fired.map(|(_, row)| row_id(row).to_owned()).collect()
                }
                None => {
                    let fired = spec.rules.iter().filter(|rule| self.holds(rule, at));
                    fired.filter_map(|rule| rule.id.clone()).collect()
                }
            })),
            Column::Highest(spec) => self.highest(&spec.of, spec.within.as_deref()?, at),
            Column::Steps(spec) => {
                let Val::Set(taken) = self.name(&spec.of, at)? else { return None };
                let climb = &self.model.file.data.get(&spec.climb)?.rows;
                let reached =
                    climb.iter().take_while(|row| taken.iter().any(|id| id == row_id(row)));
                let less = match spec.less.as_deref().filter(|name| !name.is_empty()) {
                    Some(name) => match self.name(name, at)? {
                        Val::Set(ids) => ids.len(),
                        _ => 0,
                    },
                    None => 0,
                };
                let level = reached.count().saturating_sub(less);
                let scale = self.model.file.data.get(spec.within.as_deref()?)?;
                scale.rows.get(level).map(|row| Val::Text(row_id(row).to_owned()))
            }
            Column::Top(spec) => {
                let rows = &self.model.file.data.get(&spec.over)?.rows;
                let mut best: Option<(f64, &str)> = None;
                for (place, row) in self.items(&spec.over, at).iter().zip(rows) {
                    if spec.when.as_ref().is_some_and(|when| !self.condition(when, place)) {
                        continue;
                    }
                    let Some(number) = self.number(&spec.by, place) else { continue };
                    if best.is_none_or(|(top, _)| compare(number, top) == Ordering::Greater) {
                        best = Some((number, row_id(row)));
                    }
                }
                best.map(|(_, id)| Val::Text(id.to_owned()))
            }
            Column::Rank(spec) => {
                let meets = |row: usize| {
                    let at = At { row: Some(row), ..at.clone() };
                    spec.when.as_ref().is_none_or(|when| self.condition(when, &at))
                };
                let row = at.row.filter(|row| meets(*row))?;
                let rows = self.rows(at.stage);
                let others = rows.iter().filter(|other| **other != row && meets(**other));
                let before = others.filter(|other| self.order(&spec.by, at, **other, row).is_lt());
                #[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
                Some(Val::Number(before.count() as f64 + 1.0))
            }
            Column::Pick(spec) => {
                let mut rows: Vec<usize> = self.rows(at.stage).to_vec();
                rows.retain(|row| {
                    let at = At { row: Some(*row), ..at.clone() };
                    spec.when.as_ref().is_none_or(|when| self.condition(when, &at))
                });
                rows.sort_by(|a, b| {
                    self.order(&spec.by, at, *a, *b).then_with(|| {
                        let id = |row: usize| self.model.row_id(at.stage, row).unwrap_or_default();
                        natural(id(*a), id(*b))
                    })
                });
                if let Some(take) = &spec.take {
                    let take = self.number(take, at)?;
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "saturates, and more than all is all"
                    )]
                    rows.truncate(take.max(0.0) as usize);
                }
                let ids = rows.iter().filter_map(|row| self.model.row_id(at.stage, *row));
                Some(Val::Set(ids.map(str::to_owned).collect()))
            }
            Column::WhatIf(spec) => self.in_copy(&spec.set, &spec.value, at),
        }
    }

    /// Whether a rule holds; one without `when` always does.
    pub(super) fn holds(&self, rule: &Rule, at: &At) -> bool {
        rule.when.as_ref().is_none_or(|when| self.condition(when, at))
    }

    fn highest(&self, of: &str, within: &str, at: &At) -> Option<Val> {
        let Val::Set(fired) = self.name(of, at)? else { return None };
        let super::eval::Target::Cell(cell) = self.resolve(of, at)? else { return None };
        let Some(Column::Flags(flags)) = self.spec(cell) else { return None };
        let scale = self.model.file.data.get(within)?;
        let levels =
            flags.rules.iter().filter(|rule| rule.id.as_ref().is_some_and(|id| fired.contains(id)));
        let highest = levels.filter_map(|rule| scale.position(rule.level.as_deref()?)).max();
        scale.rows.get(highest.unwrap_or(0)).map(|row| Val::Text(row_id(row).to_owned()))
    }

    /// Compares two rows of a stage by sort keys; what has no value comes last.
    fn order(&self, keys: &[SortKey], at: &At, a: usize, b: usize) -> Ordering {
        for key in keys {
            let (name, high) = match key {
                SortKey::Id(_) => {
                    let id = |row: usize| self.model.row_id(at.stage, row).unwrap_or_default();
                    match natural(id(a), id(b)) {
                        Ordering::Equal => continue,
                        other => return other,
                    }
                }
                SortKey::High { high } => (high, true),
                SortKey::Low { low } => (low, false),
            };
            let place = |row| At { row: Some(row), ..at.clone() };
            let (left, right) = (self.name(name, &place(a)), self.name(name, &place(b)));
            let ordering = match (left, right) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => return Ordering::Greater,
                (Some(_), None) => return Ordering::Less,
                (Some(left), Some(right)) => self.order_values(name, &place(a), &left, &right),
            };
            let ordering = if high { ordering.reverse() } else { ordering };
            if ordering != Ordering::Equal {
                return ordering;
            }
        }
        Ordering::Equal
    }

    fn order_values(&self, name: &str, at: &At, left: &Val, right: &Val) -> Ordering {
        match (left, right) {
            (Val::Number(a), Val::Number(b)) => compare(*a, *b),
            (Val::Bool(a), Val::Bool(b)) => a.cmp(b),
            (Val::Text(a), Val::Text(b)) => {
                let scale = self.scale(name, at).and_then(|table| self.model.file.data.get(table));
                match scale.map(|table| (table.position(a), table.position(b))) {
                    Some((Some(a), Some(b))) => a.cmp(&b),
                    _ => natural(a, b),
                }
            }
            (Val::Set(a), Val::Set(b)) => a.len().cmp(&b.len()),
            _ => Ordering::Equal,
        }
    }
}

/// What a judged column holds, from the row's JSON: no `yes_no` is no, no set is empty.
pub(super) fn typed(value: Option<&serde_json::Value>, holds: FieldType) -> Option<Val> {
    match holds {
        FieldType::YesNo => {
            Some(Val::Bool(value.and_then(serde_json::Value::as_bool).unwrap_or_default()))
        }
        FieldType::Set | FieldType::Texts => Some(match value {
            Some(value @ serde_json::Value::Array(_)) => Val::literal(value)?,
            _ => Val::Set(Vec::new()),
        }),
        FieldType::Number => value.and_then(serde_json::Value::as_f64).map(Val::Number),
        FieldType::Text | FieldType::Label => {
            value.and_then(serde_json::Value::as_str).map(|text| Val::Text(text.to_owned()))
        }
    }
}
