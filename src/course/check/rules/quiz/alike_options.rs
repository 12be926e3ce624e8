//! Q11: options that say the same, or number ranges that overlap.

use super::{Bank, Check, Level, Report, Rule, prose};

pub(in super::super) const RULE: Rule = Rule { id: "Q11", check: Check::Quiz(check) };

/// So alike, and so long, is near enough to be the same.
const LIKENESS: f64 = 0.9;
const LENGTH: usize = 10;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        let bare: Vec<_> = item.options.iter().map(|option| prose::bare(&option.text)).collect();
        for (at, (option, text)) in item.options.iter().zip(&bare).enumerate() {
            for (other, earlier) in item.options[..at].iter().zip(&bare) {
                let said = || [("other", other.text.clone())];
                if text == earlier && !text.is_empty() {
                    report.item(item, &option.path, Level::Error, &said());
                } else if overlap(&option.text, &other.text) || near(text, earlier) {
                    report.item(item, &option.path, Level::Warn, &said());
                }
            }
        }
    }
}

/// Nearly the same letters; texts that differ in their numbers differ.
fn near(a: &str, b: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    a.chars().count() >= LENGTH && digits(a) == digits(b) && prose::likeness(a, b) >= LIKENESS
}

/// Whether two ranges such as `10–20 万` share more than an end.
fn overlap(a: &str, b: &str) -> bool {
    match (range(a), range(b)) {
        (Some((a_from, a_to, a_unit)), Some((b_from, b_to, b_unit))) => {
            a_unit == b_unit && a_from < b_to && b_from < a_to
        }
        _ => false,
    }
}

/// Lower end, upper end and what is written around them.
fn range(text: &str) -> Option<(f64, f64, String)> {
    // Most options have no number.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = text.replace(['–', '—', '~', '～', '至', '到'], "-").replace(" to ", "-");
    let (first, second) = text.split_once('-')?;
    let number = |part: &str, from_end: bool| -> Option<(f64, String)> {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let (digits, rest): (String, String) = if from_end {
            let at = part.trim_end().trim_end_matches(is_digit).len();
            (part.trim_end()[at..].to_owned(), part[..at].to_owned())
        } else {
            let part = part.trim_start();
            let at = part.find(|c| !is_digit(c)).unwrap_or(part.len());
            (part[..at].to_owned(), part[at..].to_owned())
        };
        Some((digits.parse().ok()?, rest))
    };
    // A unit may stand behind both ends: `10%–20%`.
    let (to, unit) = number(second, false)?;
    let first = first.trim_end().strip_suffix(unit.trim()).unwrap_or(first);
    let (from, before) = number(first, true)?;
    (from <= to).then(|| (from, to, format!("{}|{}", before.trim(), unit.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_overlap_inside_only() {
        assert!(overlap("10–20 万", "15–30 万"));
        assert!(!overlap("10–20 万", "20–30 万"));
        assert!(!overlap("10–20 万", "15–30 天"));
        assert!(overlap("10%–50%", "40%–60%"));
        assert!(!overlap("先定准则", "再看客户"));
    }
}
