//! What a scalar of YAML means: the core schema of YAML 1.2 (section 10.3.2), read as `serde_yaml`
//! reads it.

use saphyr_parser::ScalarStyle;

/// The meaning of a scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    YesNo(bool),
    /// A whole number from zero up.
    Unsigned(u64),
    /// A whole number below zero.
    Negative(i64),
    /// Any other number; `.inf` and `.nan` are none that can be worked with.
    Float(f64),
    /// A text, as it is written.
    Text,
}

impl Scalar {
    /// What `text` means, written in this style: quotes and blocks always hold a text.
    pub fn of(text: &str, style: ScalarStyle) -> Self {
        // Nearly every text is told by its first byte: anything else begins a word of its own.
        let may_be_more = |byte: u8| {
            matches!(byte, b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'0'..=b'9')
                || matches!(byte, b'.' | b'-' | b'+')
        };
        if style != ScalarStyle::Plain || text.bytes().next().is_some_and(|byte| !may_be_more(byte))
        {
            return Self::Text;
        }
        match text {
            _ if Self::is_null(text, style) => Self::Null,
            "true" | "True" | "TRUE" => Self::YesNo(true),
            "false" | "False" | "FALSE" => Self::YesNo(false),
            _ => number(text).unwrap_or(Self::Text),
        }
    }

    /// Whether `text`, written in this style, means nothing. Numbers need not be worked out to tell.
    pub fn is_null(text: &str, style: ScalarStyle) -> bool {
        style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL")
    }

    /// Whether it is a number that can be worked with.
    pub fn is_number(self) -> bool {
        match self {
            Self::Unsigned(_) | Self::Negative(_) => true,
            Self::Float(number) => number.is_finite(),
            Self::Null | Self::YesNo(_) | Self::Text => false,
        }
    }

    /// Whether it is a whole number.
    pub fn is_integer(self) -> bool {
        matches!(self, Self::Unsigned(_) | Self::Negative(_))
    }
}

fn number(text: &str) -> Option<Scalar> {
    let (minus, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let whole = |digits: &str, radix| {
        // `from_str_radix` would take a second sign.
        let digits = digits.strip_prefix(|c: char| c.is_ascii_alphanumeric()).map(|_| digits)?;
        let size = u64::from_str_radix(digits, radix).ok()?;
        if !minus {
            return Some(Scalar::Unsigned(size));
        }
        0_i64.checked_sub_unsigned(size).map(Scalar::Negative)
    };
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return whole(digits, radix);
        }
    }
    match digits {
        ".inf" | ".Inf" | ".INF" if minus => return Some(Scalar::Float(f64::NEG_INFINITY)),
        ".inf" | ".Inf" | ".INF" => return Some(Scalar::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" if digits == text => return Some(Scalar::Float(f64::NAN)),
        _ => {}
    }
    // A leading zero makes a text of it (`007`), unless a decimal point follows.
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    whole(digits, 10).or_else(|| {
        let size = digits.parse::<f64>().ok().filter(|size| size.is_finite())?;
        Some(Scalar::Float(if minus { -size } else { size }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `serde_yaml` is what authors' other tools and the themes are read with: same meaning.
    #[test]
    fn means_what_serde_yaml_says() {
        let texts = "~ null Null NULL nUll true True TRUE tRue yes no on 0 -0 +0 1 -1 +1 ++1 +-1 -+1 \
            --1 1_000 1,000 007 -007 00 0.5 -.5 +.5 .5 5. . + 1e3 1E-3 1e e3 1e400 0x1F -0x1f 0x \
            0x+1 0o17 -0o17 0b101 0b2 0xg 18446744073709551615 -9223372036854775808 .inf -.inf \
            +.inf .Inf .nan -.nan inf nan NaN infinity 3:2 2026-11-29 1.2.3 １２";
        for text in texts.split(' ').chain(["", "12 %"]) {
            let serde: serde_yaml::Value = serde_yaml::from_str(&format!("a: {text}")).unwrap();
            let serde = &serde["a"];
            let read = Scalar::of(text, ScalarStyle::Plain);
            let same = match read {
                Scalar::Null => serde.is_null(),
                Scalar::YesNo(yes) => serde.as_bool() == Some(yes),
                Scalar::Unsigned(n) => serde.as_u64() == Some(n),
                Scalar::Negative(n) => serde.as_i64() == Some(n),
                Scalar::Float(n) => serde.as_f64().is_some_and(|m| m.total_cmp(&n).is_eq()),
                Scalar::Text => serde.as_str() == Some(text),
            };
            assert!(same, "{text}: {read:?}, but serde_yaml {serde:?}");
            for style in
                [ScalarStyle::SingleQuoted, ScalarStyle::DoubleQuoted, ScalarStyle::Literal]
            {
                assert_eq!(Scalar::of(text, style), Scalar::Text);
            }
        }
    }
    /// What does not fit into 64 bits is a number all the same.
    #[test]
    fn long_numbers_are_rounded() {
        let read = |text: &str| Scalar::of(text, ScalarStyle::Plain);
        assert_eq!(read("18446744073709551616"), Scalar::Float(18_446_744_073_709_551_616.0));
        assert_eq!(read("-9223372036854775809"), Scalar::Float(-9_223_372_036_854_775_808.0));
    }
}
