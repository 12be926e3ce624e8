//! How pieces of text are put together, with the punctuation of the language.

use super::figure;
use crate::theme::Words;
use serde_json::Value;

fn word(words: &Words, key: &str) -> String {
    words.word(&format!("terminal.phrase.{key}"))
}

/// `a：b`.
pub(super) fn pair(words: &Words, a: &str, b: &str) -> String {
    format!("{a}{}{b}", word(words, "colon"))
}

/// `（a）`, to follow what it is about.
pub(super) fn aside(words: &Words, text: &str) -> String {
    words.say("terminal.phrase.aside", &[("text", text)])
}

/// ` —— reason`, to follow what it is the reason of; nothing for no reason.
pub(super) fn because(words: &Words, reason: &str) -> String {
    if reason.is_empty() {
        return String::new();
    }
    words.say("terminal.phrase.because", &[("text", reason)])
}

/// `a、b、c`.
pub(crate) fn several(words: &Words, texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join(&word(words, "comma"))
}

/// Whether a reason says no more than its value: a set of rules may be its own reason.
pub(super) fn repeats(words: &Words, why: &str, value: &str) -> bool {
    why == value || several(words, why.split(" · ").map(str::to_owned)) == value
}

/// `a；b；c`, for texts that may have commas of their own.
pub(super) fn clauses(words: &Words, texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join(&word(words, "semicolon"))
}

/// A JSON value as people write it.
pub(super) fn shown(words: &Words, value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), figure),
        Value::Bool(yes) => if *yes { "✓" } else { "✗" }.to_owned(),
        Value::Array(list) if list.is_empty() => "—".to_owned(),
        Value::Array(list) => several(words, list.iter().map(|value| shown(words, value))),
        Value::Object(map) => {
            several(words, map.iter().map(|(key, value)| pair(words, key, &shown(words, value))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn punctuation_is_that_of_the_language() {
        let say = |language: &str| {
            let words = Words::load(&crate::embedded::themes(), &["base"], language).unwrap();
            let value = json!({"a": [1, true], "b": null});
            [
                shown(&words, &value),
                format!("x{}{}", aside(&words, "y"), because(&words, "z")),
                clauses(&words, ["a".to_owned(), "b".to_owned()]),
            ]
        };
        assert_eq!(say("zh-Hans"), ["a：1、✓、b：—", "x（y） —— z", "a；b"]);
        assert_eq!(say("en"), ["a: 1, ✓, b: —", "x (y) — z", "a; b"]);
    }
}
