//! Reading JSON text.

use super::{Map, Value, decimal};
use crate::held::held;

/// Brackets deeper than this are refused, so that no text can exhaust the stack.
const DEPTH: u32 = 127;

/// Where reading broke off; lines from 1, columns in bytes from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Reads a whole text. A key that comes twice has its last value; half of a surrogate pair, which
/// a page may send, becomes U+FFFD.
pub(crate) fn parse(text: &[u8]) -> Result<Value, Place> {
    let valid = match std::str::from_utf8(text) {
        Ok(valid) => valid,
        Err(error) => return Err(place(text, error.valid_up_to())),
    };
    let mut parser = Parser { text: valid, at: 0 };
    let value = parser.value(DEPTH);
    if value.is_some() {
        parser.blank();
    }
    match value {
        Some(value) if parser.at == text.len() => Ok(value),
        _ => Err(place(text, parser.at)),
    }
}

/// The byte at `at`, or the last one if the text ends there.
fn place(text: &[u8], at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let (mut line, mut start) = (1, 0);
    for (at, byte) in before.iter().enumerate() {
        if *byte == b'\n' {
            (line, start) = (line + 1, at + 1);
        }
    }
    Place { line, column: (at + 1).min(text.len()).saturating_sub(start) }
}

/// The double that a JSON number stands for.
pub(crate) fn number(text: &str) -> Option<f64> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.number()?;
    if parser.at == text.len() { value.as_f64() } else { None }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

// Every method gives `None` with `at` on what does not fit.
impl Parser<'_> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn skip(&mut self, byte: u8) -> bool {
        let there = self.at < self.text.len() && self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    fn blank(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        word.bytes().all(|byte| self.skip(byte)).then_some(value)
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        self.blank();
        match self.peek() {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.string().map(Value::String),
            b'[' | b'{' if depth == 0 => None,
            b'[' => {
                let mut list = Vec::new();
                self.entries(b']', |parser| {
                    list.push(parser.value(depth - 1)?);
                    Some(())
                })?;
                Some(Value::Array(held(list)))
            }
            b'{' => {
                let mut map = Map::new();
                self.entries(b'}', |parser| {
                    if parser.peek() != b'"' {
                        return None;
                    }
                    let key = parser.string()?;
                    parser.blank();
                    if !parser.skip(b':') {
                        return None;
                    }
                    map.insert(key, parser.value(depth - 1)?);
                    Some(())
                })?;
                Some(Value::Object(map))
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, with commas between.
    fn entries(&mut self, end: u8, mut entry: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.blank();
        if self.skip(end) {
            return Some(());
        }
        loop {
            entry(self)?;
            self.blank();
            if self.skip(end) {
                return Some(());
            }
            if !self.skip(b',') {
                return None;
            }
            self.blank();
        }
    }

    fn string(&mut self) -> Option<String> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at)?);
            if self.skip(b'"') {
                return Some(string);
            }
            if !self.skip(b'\\') {
                return None;
            }
            let escaped = match self.peek() {
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => {
                    self.at += 1;
                    string.push(self.unit()?);
                    continue;
                }
                byte @ (b'"' | b'\\' | b'/') => char::from(byte),
                _ => return None,
            };
            self.at += 1;
            string.push(escaped);
        }
    }

    /// A character as one or two times four hexadecimal digits.
    fn unit(&mut self) -> Option<char> {
        let first = self.four()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let back = self.at;
        if self.skip(b'\\') && self.skip(b'u') {
            let second = self.four()?;
            if (0xdc00..0xe000).contains(&second) {
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
        }
        self.at = back;
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn four(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    /// Puts digits behind `digits`; there must be one.
    fn digits(&mut self, digits: &mut Vec<u8>) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            digits.push(self.peek());
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let minus = self.skip(b'-');
        let mut digits = Vec::new();
        let zero = self.peek() == b'0';
        if zero {
            self.at += 1;
            digits.push(b'0');
            if self.peek().is_ascii_digit() {
                return None;
            }
        } else {
            self.digits(&mut digits)?;
        }
        let whole = digits.len();
        if self.skip(b'.') {
            self.digits(&mut digits)?;
        }
        let mut exponent = 0_i32;
        let plain = digits.len() == whole && !matches!(self.peek(), b'e' | b'E');
        if self.skip(b'e') || self.skip(b'E') {
            let less = self.skip(b'-');
            if !less {
                self.skip(b'+');
            }
            let mut power = Vec::new();
            self.digits(&mut power)?;
            for digit in power {
                exponent = exponent.saturating_mul(10).saturating_add(i32::from(digit - b'0'));
            }
            exponent = if less { -exponent } else { exponent };
        }
        if plain {
            let text = self.text.get(start..self.at)?;
            if !minus && let Ok(count) = text.parse::<u64>() {
                return Some(count.into());
            }
            if minus
                && !zero
                && let Ok(number) = text.parse::<i64>()
            {
                return Some(number.into());
            }
        }
        let places = i32::try_from(digits.len() - whole).unwrap_or(i32::MAX);
        let size = decimal::read(&digits, exponent.saturating_sub(places));
        size.is_finite().then(|| Value::from(if minus { -size } else { size }))
    }
}
