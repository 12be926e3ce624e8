//! Writing JSON text, without blanks, the way that `serde_json` does.

use super::{Value, decimal};

/// A value as JSON text.
pub(crate) fn written(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(_) => number(value, out),
        Value::String(text) => string(text, out),
        Value::Array(list) => {
            let mut before = '[';
            for entry in list.as_slice() {
                out.push(before);
                write(entry, out);
                before = ',';
            }
            if list.is_empty() {
                out.push('[');
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut before = '{';
            for (key, entry) in map {
                out.push(before);
                string(key, out);
                out.push(':');
                write(entry, out);
                before = ',';
            }
            if map.is_empty() {
                out.push('{');
            }
            out.push('}');
        }
    }
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        let escape = match char {
            '"' => '"',
            '\\' => '\\',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..' ' => {
                out.push_str("\\u00");
                out.push(if char < '\u{10}' { '0' } else { '1' });
                out.push(char::from_digit(u32::from(char) & 15, 16).unwrap_or('0'));
                continue;
            }
            _ => {
                out.push(char);
                continue;
            }
        };
        out.push('\\');
        out.push(escape);
    }
    out.push('"');
}

fn number(value: &Value, out: &mut String) {
    if let Some(whole) = value.as_i64() {
        out.push_str(&whole.to_string());
    } else if let Some(whole) = value.as_u64() {
        out.push_str(&whole.to_string());
    } else if let Some(float) = value.as_f64() {
        double(float, out);
    }
}

/// Shortest digits; with a point from 10^-5 up to below 10^16, else with an exponent.
fn double(value: f64, out: &mut String) {
    if value.is_sign_negative() {
        out.push('-');
    }
    if value == 0.0 {
        out.push_str("0.0");
        return;
    }
    let (digits, exponent) = decimal::shortest(value.abs());
    let mut digits = digits.to_string();
    // The value is 0.digits × 10^point.
    let point = exponent + i32::try_from(digits.len()).unwrap_or(0);
    if !(-4..=16).contains(&point) {
        if digits.len() > 1 {
            digits.insert(1, '.');
        }
        out.push_str(&digits);
        out.push_str(if point > 1 { "e+" } else { "e" });
        out.push_str(&(point - 1).to_string());
        return;
    }
    for _ in point..=0 {
        digits.insert(0, '0');
    }
    let point = usize::try_from(point).unwrap_or(0).max(1);
    while digits.len() <= point {
        digits.push('0');
    }
    digits.insert(point, '.');
    out.push_str(&digits);
}
