//! Between doubles and decimals, exactly and without tables: the nearest double to a decimal, and
//! the shortest decimal that is nearest to a double.
//!
//! Almost every number is done with one multiplication or division that is exact; the rest is
//! worked out with long numbers. The standard library's and `serde_json`'s ways are faster for
//! those, and carry ten times as much code and tables of powers.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "long numbers go by halves of 64 bits, doubles by their bits"
)]

use std::cmp::Ordering;

/// Up to this the powers of ten are exact doubles.
const EXACT_POWER: i32 = 22;
/// More digits than this decide nothing but whether there is more.
const DIGITS: usize = 800;

fn power(exponent: i32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent {
        power *= 10.0;
    }
    power
}

/// A long whole number, its least significant part first.
struct Long(Vec<u32>);

impl Long {
    fn of(value: u64) -> Self {
        let mut long = Self(Vec::new());
        long.push((value >> 32) as u32);
        long.push(value as u32);
        long
    }

    /// Shifts by 32 bits and puts `low` there.
    fn push(&mut self, low: u32) {
        self.0.insert(0, low);
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Times `factor`, plus `more`.
    fn times(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn times_ten(&mut self, often: u32) {
        for _ in 0..often {
            self.times(10, 0);
        }
    }

    fn double(&mut self, often: u32) {
        for _ in 0..often {
            self.times(2, 0);
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes `other` away if it is no more than this.
    fn take(&mut self, other: &Self) -> bool {
        if self.compare(other) == Ordering::Less {
            return false;
        }
        let mut borrow = 0;
        for (at, part) in self.0.iter_mut().enumerate() {
            let less = i64::from(other.0.get(at).copied().unwrap_or(0)) + borrow;
            let rest = i64::from(*part) - less;
            *part = rest as u32;
            borrow = i64::from(rest < 0);
        }
        self.trim();
        true
    }
}

/// The double nearest to `digits` × 10^`exponent`, ties to even; infinite if it is too large.
/// `digits` are ASCII digits.
pub(super) fn read(digits: &[u8], exponent: i32) -> f64 {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let digits = digits.get(zeros..).unwrap_or_default();
    let few = digits.get(..DIGITS).unwrap_or(digits);
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    match length.saturating_add(exponent) {
        _ if digits.is_empty() => return 0.0,
        310.. => return f64::INFINITY,
        ..-330 => return 0.0,
        _ => {}
    }
    let places = exponent.saturating_abs();
    if digits.len() <= 15 && places <= EXACT_POWER {
        let whole = few.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
        return if exponent < 0 { whole / power(places) } else { whole * power(places) };
    }
    let (mut over, mut under) = (Long(Vec::new()), Long::of(1));
    for digit in few {
        over.times(10, u32::from(digit - b'0'));
    }
    let mut exponent = exponent;
    if few.len() < digits.len() {
        // What was left out is not quite nothing.
        over.times(10, 1);
        exponent += i32::try_from(digits.len() - few.len()).unwrap_or(i32::MAX) - 1;
    }
    if exponent < 0 { &mut under } else { &mut over }.times_ten(exponent.unsigned_abs());
    fraction(over, under)
}

/// The double nearest to `over` ÷ `under`.
fn fraction(mut over: Long, mut under: Long) -> f64 {
    // 1 ≤ over ÷ under × 2^-binary < 2
    let mut binary = 0;
    while over.compare(&under) == Ordering::Less {
        over.double(1);
        binary -= 1;
    }
    loop {
        under.double(1);
        if over.compare(&under) == Ordering::Less {
            break;
        }
        binary += 1;
    }
    match binary {
        1024.. => return f64::INFINITY,
        ..-1075 => return 0.0,
        _ => {}
    }
    // `under` is twice what it was: each step doubles first.
    let bits = (binary + 1075_i32).clamp(0, 53);
    let mut mantissa = 0_u64;
    for _ in 0..bits {
        over.double(1);
        mantissa = mantissa << 1 | u64::from(over.take(&under));
    }
    over.double(1);
    let up = match over.compare(&under) {
        Ordering::Less => false,
        Ordering::Equal => mantissa & 1 == 1,
        Ordering::Greater => true,
    };
    mantissa += u64::from(up);
    // A carry out of the mantissa goes on into the exponent, as it should.
    let biased = u64::try_from(binary + 1022).unwrap_or(0);
    f64::from_bits(if bits < 53 { mantissa } else { (biased << 52) + mantissa })
}

/// The shortest digits, and the power of ten that they are multiplied by, which are read as
/// `value` again; among equally short ones the nearest. `value` is positive and finite.
pub(super) fn shortest(value: f64) -> (u64, i32) {
    let mut power = 1.0;
    for places in 0..=EXACT_POWER {
        let whole = (value * power + 0.5).floor();
        if whole >= 1e15 {
            break;
        }
        if (whole / power).to_bits() == value.to_bits() {
            return stripped(whole as u64, -places);
        }
        power *= 10.0;
    }
    // Fifteen digits fit in each double but the smallest, so fewer come of them by stripping.
    let least = if value < f64::MIN_POSITIVE { 1 } else { 15 };
    for count in least..17 {
        let (digits, exponent) = rounded(value, count);
        for digits in [digits, digits + 1] {
            if read(digits.to_string().as_bytes(), exponent).to_bits() == value.to_bits() {
                return stripped(digits, exponent);
            }
        }
    }
    let (digits, exponent) = rounded(value, 17);
    stripped(digits, exponent)
}

fn stripped(mut digits: u64, mut exponent: i32) -> (u64, i32) {
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
        exponent += 1;
    }
    (digits, exponent)
}

/// `value` rounded to so many digits.
fn rounded(value: f64, count: i32) -> (u64, i32) {
    let bits = value.to_bits();
    let (biased, fraction) = ((bits >> 52) as i32, bits & ((1 << 52) - 1));
    let mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
    let binary = biased.max(1) - 1075;
    let (mut over, mut under) = (Long::of(mantissa), Long::of(1));
    if binary < 0 { &mut under } else { &mut over }.double(binary.unsigned_abs());
    let mut exponent = 0;
    while over.compare(&under) != Ordering::Less {
        under.times(10, 0);
        exponent += 1;
    }
    // Now value = over ÷ under × 10^exponent, below 10^exponent.
    let mut digits = 0;
    let mut left = count;
    while left > 0 {
        over.times(10, 0);
        let mut digit = 0;
        while over.take(&under) {
            digit += 1;
        }
        exponent -= 1;
        digits = digits * 10 + digit;
        if digits > 0 {
            left -= 1;
        }
    }
    over.double(1);
    let up = match over.compare(&under) {
        Ordering::Less => false,
        Ordering::Equal => digits % 2 == 1,
        Ordering::Greater => true,
    };
    (digits + u64::from(up), exponent)
}
