//! Values of cells, how they compare, sort and show.

use super::file::FieldType;
use super::json;
use crate::json::Value;
use std::cmp::Ordering;

/// The value of a cell, field or parameter. No value at all is `None` around it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val {
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// An id, or a text.
    Text(String),
    /// Ids.
    Set(Vec<String>),
}

impl Val {
    /// A literal of the format.
    pub(super) fn literal(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Number(number) => Self::Number(number.as_f64()?),
            Value::Bool(flag) => Self::Bool(*flag),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => {
                let ids = items.iter().map(|item| item.as_str().map(str::to_owned));
                Self::Set(ids.collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }

    /// The number, if it is one.
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// As JSON; whole numbers without a fraction.
    pub(super) fn json(&self) -> Value {
        match self {
            Self::Number(number) => json::number(*number),
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Text(text) => Value::String(text.clone()),
            Self::Set(ids) => json::texts(ids.iter().map(String::as_str)),
        }
    }

    /// Equality on the grid.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => compare(*a, *b) == Ordering::Equal,
            (a, b) => a == b,
        }
    }
}

/// A number on the 10⁻⁹ grid, so that 0.1 + 0.2 meets 0.3 on every machine.
pub(super) fn grid(number: f64) -> f64 {
    (number * 1e9 + 0.5).floor() / 1e9
}

/// Compares on the grid.
pub(super) fn compare(a: f64, b: f64) -> Ordering {
    grid(a).partial_cmp(&grid(b)).unwrap_or(Ordering::Equal)
}

/// Natural order: runs of digits compare as numbers, so K2 comes before K10.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let (Some(&x), Some(&y)) = (left.peek(), right.peek()) else {
            return left.peek().is_some().cmp(&right.peek().is_some()).then_with(|| a.cmp(b));
        };
        let ordering = if x.is_ascii_digit() && y.is_ascii_digit() {
            let run = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
                let mut digits = String::new();
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                let digits = digits.trim_start_matches('0').to_owned();
                (digits.len(), digits)
            };
            run(&mut left).cmp(&run(&mut right))
        } else {
            left.next();
            right.next();
            x.cmp(&y)
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

/// Places 0…n−1 in the order that `compare` gives; equal ones stay as they are. All sorting goes
/// through here, so that engine.wasm has one copy of it.
pub(super) fn sorted(n: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(n);
    for place in 0..n {
        let after = places.partition_point(|known| compare(*known, place).is_le());
        places.insert(after, place);
    }
    places
}

/// What a field or judged column holds, from the row's JSON: no `yes_no` is no, no set is empty.
pub(super) fn typed(value: Option<&Value>, holds: FieldType) -> Option<Val> {
    match holds {
        FieldType::YesNo => Some(Val::Bool(value.and_then(Value::as_bool).unwrap_or_default())),
        FieldType::Set | FieldType::Texts => Some(match value {
            Some(value @ Value::Array(_)) => Val::literal(value)?,
            _ => Val::Set(Vec::new()),
        }),
        FieldType::Number => value.and_then(Value::as_f64).map(Val::Number),
        FieldType::Text | FieldType::Label => {
            value.and_then(Value::as_str).map(|text| Val::Text(text.to_owned()))
        }
    }
}

/// A number as people read it: so many decimals at most, idle zeros dropped.
pub(super) fn shown(number: f64, decimals: u8, percent: bool) -> String {
    let text = fixed(if percent { number * 100.0 } else { number }, decimals);
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0" } else { text };
    [text, if percent { "%" } else { "" }].concat()
}

/// A number in exactly so many decimals, half away from zero and on the grid first, so that 0.125
/// shows as 0.13 and not as 0.12.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number below 10¹⁸, without its sign"
)]
pub(super) fn fixed(number: f64, decimals: u8) -> String {
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    let scaled = (grid(number.abs() * scale) + 0.5).floor();
    if scaled.is_nan() || scaled >= 1e18 {
        return json::written(&json::number(number));
    }
    let mut digits = (scaled as u64).to_string();
    let decimals = usize::from(decimals);
    while digits.len() <= decimals {
        digits.insert(0, '0');
    }
    if decimals > 0 {
        digits.insert(digits.len() - decimals, '.');
    }
    if number < 0.0 { ["-", &digits].concat() } else { digits }
}

/// Half of the last shown decimal.
pub(super) fn half(decimals: u8) -> f64 {
    (0..decimals).fold(0.5, |half, _| half / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_meet_on_the_grid() {
        assert_eq!(compare(0.1 + 0.2, 0.3), Ordering::Equal);
        assert_eq!(compare(0.300_000_01, 0.3), Ordering::Greater);
    }

    #[test]
    fn ids_sort_as_people_count() {
        let mut ids = vec!["K10", "K2", "K1", "A", "K02b"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["A", "K1", "K2", "K02b", "K10"]);
    }

    #[test]
    fn shown_numbers_drop_idle_zeros() {
        assert_eq!(shown(82.0, 1, false), "82");
        assert_eq!(shown(22.5, 2, false), "22.5");
        assert_eq!(shown(0.758_06, 2, true), "75.81%");
        assert_eq!(shown(-0.0001, 2, false), "0");
        assert_eq!(shown(0.125, 2, false), "0.13");
    }
}
