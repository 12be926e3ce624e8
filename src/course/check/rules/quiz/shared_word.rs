//! Q10: a content word that the stem shares with the key and with no other option.

use super::{Bank, Check, Level, Report, Rule, prose};
use std::cell::LazyCell;

pub(in super::super) const RULE: Rule = Rule { id: "Q10", check: Check::Quiz(check) };

/// Han characters that make a telling phrase.
const HAN: usize = 4;
/// Letters that make a content word.
const LETTERS: usize = 6;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        let Some(key) = item.key() else { continue };
        let elsewhere = |phrase: &str| {
            item.options
                .iter()
                .any(|option| !option.correct && option.text.to_lowercase().contains(phrase))
        };
        let stem = LazyCell::new(|| item.stem.to_lowercase());
        let shared = phrases(&key.text)
            .into_iter()
            .find(|phrase| stem.contains(phrase.as_str()) && !elsewhere(phrase));
        if let Some(phrase) = shared {
            report.item(item, &key.path(), Level::Info, &[("word", phrase)]);
        }
    }
}

fn phrases(text: &str) -> Vec<String> {
    let runs = text.split(|c| !prose::is_han(c));
    let mut phrases: Vec<String> = runs
        .flat_map(|run| {
            let run: Vec<char> = run.chars().collect();
            run.windows(HAN).map(|window| window.iter().collect()).collect::<Vec<String>>()
        })
        .collect();
    let words = prose::words(text).into_iter();
    phrases.extend(words.filter(|word| word.chars().count() >= LETTERS));
    phrases
}
