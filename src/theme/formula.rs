//! Formulas and conditions in the words of a language.
//!
//! The engine writes them in signs that stand for the same in every language (`min(a; b)`, `∧`,
//! `#x`); who learns reads words. `runtime/practice/formula.js` goes by the same rules.

use super::Words;

/// Functions of several numbers.
const FUNCTIONS: [&str; 4] = ["min", "max", "mean", "round"];

/// Signs of conditions, and the keys of their words; what begins like another comes before it.
const SIGNS: [(&str, &str); 13] = [
    (" ∧ ", "and"),
    (" ∨ ", "or"),
    ("¬", "not"),
    ("∃ ", "any-row"),
    (" = ∅", "empty"),
    (" ≠ ∅", "not-empty"),
    (" = ?", "unknown"),
    (" ≠ ?", "known"),
    (" = ✓", "yes"),
    (" = ✗", "no"),
    (" ∈ ", "in"),
    (" ∋ ", "has"),
    (" ∌ ", "lacks"),
];

/// A formula or condition with words for its signs.
pub(crate) fn in_words(formula: &str, words: &Words) -> String {
    // Alternatives that are all there is need no brackets.
    let bare = formula.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let bare = bare.filter(|inner| inner.contains(" ∨ ") && end(inner, &[]) == inner.len());
    let formula = bare.unwrap_or(formula);
    let word = |key: &str| words.word(&format!("practice.sign.{key}"));
    let mut said = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(letter) = rest.chars().next() {
        let inside_word = said.ends_with(char::is_alphanumeric);
        let function = FUNCTIONS.into_iter().find(|name| {
            !inside_word && rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('('))
        });
        let sign = SIGNS.into_iter().find(|(sign, _)| rest.starts_with(sign));
        if let Some(name) = function {
            let inner = &rest[name.len() + 1..];
            let (inner, after) = inner.split_at(end(inner, &[]));
            // Rounded to whole numbers is what everyone takes rounding for.
            let inner = inner.strip_suffix("; 1").filter(|_| name == "round").unwrap_or(inner);
            said.push_str(&[&word(name), "(", &in_words(inner, words)].concat());
            rest = after;
        } else if let Some((denied, after)) = denied(rest) {
            said.push_str(&in_words(&denied, words));
            rest = after;
        } else if let Some((number, after)) = below_zero(&said, rest) {
            said.push_str(&["−", number].concat());
            rest = after;
        } else if let Some((sign, key)) = sign {
            said.push_str(&word(key));
            rest = &rest[sign.len()..];
        } else if let Some(counted) = rest.strip_prefix('#') {
            let (counted, after) = counted.split_at(end(counted, &OPERATORS));
            let counted = match counted {
                "" => word("rows"),
                counted => in_words(counted, words),
            };
            said.push_str(&words.say("practice.sign.count", &[("text", counted)]));
            rest = after;
        } else if let Some(number) = rest
            .strip_prefix('-')
            .filter(|number| !inside_word && number.starts_with(|next: char| next.is_ascii_digit()))
        {
            let digits = number.find(|next: char| !next.is_ascii_digit() && next != '.');
            let (number, after) = number.split_at(digits.unwrap_or(number.len()));
            // Two signs in a row are kept apart, as in textbooks: `25 × (−1)`.
            let follows = OPERATORS[..4].iter().any(|operator| said.ends_with(operator));
            let (open, close) = if follows { ("(−", ")") } else { ("−", "") };
            said.push_str(&[open, number, close].concat());
            rest = after;
        } else if let Some(after) = rest.strip_prefix("; ").filter(|_| !entity(&said)) {
            said.push_str(&words.word("practice.semicolon"));
            rest = after;
        } else if let Some(after) = rest.strip_prefix(", ") {
            said.push_str(&words.word("practice.comma"));
            rest = after;
        } else {
            // Braces of a list say nothing that its words do not say.
            if !matches!(letter, '{' | '}') {
                said.push(letter);
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    said
}

/// The number that `0 − number` makes a limit of, and what follows it: `< 0 − 0.1` is `< −0.1`.
fn below_zero<'t>(said: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    let number = text.strip_prefix("0 − ")?;
    let digits = number.find(|next: char| !next.is_ascii_digit() && next != '.');
    let (number, after) = number.split_at(digits.unwrap_or(number.len()));
    let compared = ["< ", "> ", "≤ ", "≥ "].iter().any(|sign| said.ends_with(sign));
    let ends = after.is_empty()
        || after.starts_with([')', ';'])
        || after.starts_with(" ∧")
        || after.starts_with(" ∨");
    (compared && ends && !number.is_empty()).then_some((number, after))
}

/// The one equality that `¬(…)` denies, as what it is then: `a ≠ b`; and what follows it.
fn denied(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix("¬(")?;
    let (inner, after) = inner.split_at(end(inner, &[]));
    let mut sides = inner.split(" = ");
    let (left, right) = (sides.next()?, sides.next()?);
    let simple = sides.next().is_none() && ![" ∧ ", " ∨ "].iter().any(|sign| inner.contains(sign));
    let unequal = match right {
        "✓" => " = ✗",
        "✗" => " = ✓",
        _ => " ≠ ",
    };
    let right = right.trim_matches(['✓', '✗']);
    simple.then(|| (format!("{left}{unequal}{right}"), after.get(1..).unwrap_or_default()))
}

/// A sort order in words; ties are broken by the rows' ids last of all.
pub(crate) fn order(by: &str, words: &Words) -> String {
    let said = in_words(by, words);
    match said.strip_suffix("id") {
        Some(before) if before.is_empty() || before.ends_with("→ ") => {
            format!("{before}{}", words.word("practice.sign.id"))
        }
        _ => said,
    }
}

const OPERATORS: [&str; 11] =
    [" + ", " − ", " × ", " ÷ ", " = ", " < ", " > ", " ≤ ", " ≥ ", " ≠ ", "; "];

/// Where an operand ends: before one of `signs`, or before the bracket that closes around it.
fn end(text: &str, signs: &[&str]) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            _ if depth == 0 && signs.iter().any(|sign| text[at..].starts_with(sign)) => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether a text ends in a character that markup writes by name (`&amp` before its semicolon).
fn entity(text: &str) -> bool {
    let name =
        text.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '#');
    name.len() < text.len() && name.ends_with('&')
}

#[cfg(test)]
mod tests {
    use super::{in_words, order};
    use crate::theme::Words;
    use std::collections::BTreeMap;

    fn words(language: &str) -> Words {
        Words::load(&crate::embedded::themes(), &["base"], language).unwrap()
    }

    /// The cases that the pages' script is held to as well.
    const CASES: &str = include_str!("../../tests/formulas.yaml");

    #[test]
    fn signs_are_said_in_the_words_of_the_language() {
        let cases: Vec<BTreeMap<String, String>> = serde_yaml::from_str(CASES).unwrap();
        for language in ["zh-Hans", "en"] {
            let words = words(language);
            for case in &cases {
                assert_eq!(in_words(&case["signs"], &words), case[language], "{}", case["signs"]);
            }
        }
    }

    #[test]
    fn the_last_key_of_an_order_is_no_raw_id() {
        let by = "a ↓ → b ↑ → id";
        assert_eq!(order(by, &words("zh-Hans")), "a ↓ → b ↑ → 编号");
        assert_eq!(order(by, &words("en")), "a ↓ → b ↑ → number");
        assert_eq!(order("id", &words("en")), "number");
        assert_eq!(order("a → grid ↓", &words("en")), "a → grid ↓");
    }
}
