//! Credit for a value where another is right.

use crate::practice::column::Column;
use crate::practice::eval::Evaluator;
use crate::practice::model::Cell;
use crate::practice::value::{Val, half};

/// Share of the credit, 0 to 1, for `given` where `right` is right.
pub(in crate::practice) fn credit(
    it: &Evaluator<'_>,
    cell: Cell,
    given: Option<&Val>,
    right: Option<&Val>,
) -> f64 {
    let flag = |right: bool| if right { 1.0 } else { 0.0 };
    let (given, right) = match (given, right) {
        (None, None) => return 1.0,
        (Some(given), Some(right)) => (given, right),
        _ => return 0.0,
    };
    let column = it.spec(cell);
    match (given, right) {
        (Val::Number(a), Val::Number(b)) => {
            let scale = if column.is_some_and(Column::percent) { 100.0 } else { 1.0 };
            let tolerance = column.and_then(|column| column.common.tolerance);
            let tolerance = tolerance.unwrap_or_else(|| half(column.map_or(2, Column::decimals)));
            flag((a - b).abs() * scale <= tolerance + 1e-9)
        }
        (Val::Text(a), Val::Text(b)) if a != b => {
            let near = column.and_then(|column| column.common.near).unwrap_or(0.0);
            let table = column.and_then(|column| it.model.table(column.within(it.model)?));
            let places = table.and_then(|table| Some((table.position(a)?, table.position(b)?)));
            places.filter(|(a, b)| a.abs_diff(*b) == 1).map_or(0.0, |_| near)
        }
        (Val::Set(a), Val::Set(b)) => match column {
            Some(column) => column.kind.of().set_credit(a, b),
            None => flag(a == b),
        },
        (a, b) => flag(a == b),
    }
}
