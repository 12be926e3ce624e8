//! Numbers as people type them, and as JSON writes them.

use super::fold::{half_width, numerals};
use serde::Serializer;

/// A number that someone typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The number, as typed: `80` for `80%`.
    pub value: f64,
    /// Whether a percent sign (or 百分之) stood with it.
    pub percent: bool,
}

/// Reads a number as people type it: full-width digits, thousands commas, a percent sign, the
/// unit after it, Chinese numerals. `12,5` is not read, because nobody can tell what it means.
pub fn read_number(text: &str, unit: Option<&str>) -> Option<Reading> {
    let text: String = half_width(text).split_whitespace().collect();
    let text = match unit.map(|unit| half_width(unit).split_whitespace().collect::<String>()) {
        Some(unit) if unit != "%" => without_unit(&text, &unit).to_owned(),
        _ => text,
    };
    let text = numerals(&text);
    let (text, percent) = match text.strip_suffix('%') {
        Some(rest) => (rest, true),
        None => (text.as_str(), false),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    // Read as JSON reads numbers, so that the two ways of giving a number agree, and engine.wasm
    // carries one reader.
    let value = crate::json::number(&plain_digits(digits)?)?;
    Some(Reading { value: sign * value, percent })
}

/// Takes the unit away, also when only its beginning was typed (`50.4万` for 万元).
fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    let mut ends: Vec<usize> = unit.char_indices().map(|(at, _)| at).skip(1).collect();
    ends.push(unit.len());
    let typed = ends.into_iter().rev().filter_map(|end| unit.get(..end));
    typed
        .filter(|unit| !unit.is_empty())
        .find_map(|unit| text.strip_suffix(unit))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text)
}

/// Digits with at most one point, thousands commas taken out; none of Rust's other spellings
/// (`1e5`, `inf`).
fn plain_digits(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = match groups.split_first() {
        Some((first, rest)) if !rest.is_empty() => {
            (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
        }
        _ => true,
    };
    let some = !whole.is_empty() || fraction.is_some_and(|part| !part.is_empty());
    if !grouped || !some || !groups.iter().all(|group| digits(group)) {
        return None;
    }
    let fraction = fraction.unwrap_or("0");
    let whole = groups.concat();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    digits(fraction).then(|| [whole, ".", fraction, "0"].concat())
}

/// Puts a number on the 10⁻⁹ grid that comparisons are made on.
pub(super) fn grid(value: f64) -> f64 {
    (value * 1e9 + 0.5).floor() / 1e9
}

/// Whether a number is this whole number.
#[expect(clippy::cast_precision_loss, reason = "nobody counts to 2⁵³")]
pub(super) fn same(number: f64, whole: usize) -> bool {
    (number - whole as f64).abs() < 1e-9
}

/// A number as JSON: whole ones without a point.
pub(crate) fn json(value: f64) -> crate::json::Value {
    match whole(value) {
        Some(whole) => whole.into(),
        None => value.into(),
    }
}

/// Writes a number for JSON: whole ones without a point.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) fn write<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(*value) {
        Some(whole) => serializer.serialize_i64(whole),
        None => serializer.serialize_f64(*value),
    }
}

/// The same number as an integer, if it is one that both can hold.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the comparison before it")]
fn whole(value: f64) -> Option<i64> {
    (value.abs() < 9e15 && value.floor().to_bits() == value.to_bits() && value != 0.0)
        .then_some(value as i64)
        .or((value == 0.0).then_some(0))
}

/// A number to be read: at most nine decimals, no trailing zeros.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded by the comparison before it"
)]
pub(super) fn shown(value: f64) -> String {
    let size = value.abs();
    if size >= 9e9 {
        return crate::json::written(&json(value));
    }
    let billionths = (size * 1e9 + 0.5).floor() as u64;
    let sign = if value < 0.0 && billionths > 0 { "-" } else { "" };
    let whole = (billionths / 1_000_000_000).to_string();
    let fraction = (1_000_000_000 + billionths % 1_000_000_000).to_string();
    let fraction = fraction.get(1..).unwrap_or_default().trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    [sign, &whole, point, fraction].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: Option<&str>) -> Option<(f64, bool)> {
        read_number(text, unit).map(|reading| (reading.value, reading.percent))
    }

    #[test]
    fn numbers_are_shown_without_noise() {
        for (value, text) in [
            (50.4, "50.4"),
            (0.1 + 0.2, "0.3"),
            (-3.0, "-3"),
            (-0.0, "0"),
            (1e-12, "0"),
            (800.0 / 9.0, "88.888888889"),
            (1250.0, "1250"),
            (1e12, "1000000000000"),
        ] {
            assert_eq!(shown(value), text);
        }
    }

    #[test]
    fn people_type_numbers_in_many_ways() {
        for (text, unit, expected) in [
            ("50.4", None, Some((50.4, false))),
            ("５０．４ 万元", Some("万元"), Some((50.4, false))),
            ("50.4万", Some("万元"), Some((50.4, false))),
            ("1,250", None, Some((1250.0, false))),
            ("１，２５０", None, Some((1250.0, false))),
            ("12,5", None, None),
            ("1,2500", None, None),
            ("88.9%", Some("%"), Some((88.9, true))),
            ("百分之八十", Some("%"), Some((80.0, true))),
            ("三", None, Some((3.0, false))),
            ("一万二千", None, Some((12000.0, false))),
            ("−3", None, Some((-3.0, false))),
            (".5", None, Some((0.5, false))),
            ("5.", None, Some((5.0, false))),
            ("1e5", None, None),
            ("inf", None, None),
            ("NaN", None, None),
            ("", None, None),
            ("%", None, None),
            ("万元", Some("万元"), None),
            ("--3", None, None),
        ] {
            assert_eq!(read(text, unit), expected, "{text}");
        }
    }
}
