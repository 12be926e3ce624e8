//! Q03: a stem that asks for the exception must make its negative word stand out.

use super::{Bank, Check, Item, Level, Report, Rule, prose};
use crate::markdown;

pub(in super::super) const RULE: Rule = Rule { id: "Q03", check: Check::Quiz(check) };

const HAN: [&str; 12] = [
    "不属于",
    "不正确",
    "不恰当",
    "不合适",
    "不合理",
    "不包括",
    "不符合",
    "不应当",
    "错误的是",
    "有误的是",
    "不对的是",
    "不妥的是",
];
const OTHER: [&str; 3] = ["not", "except", "least"];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items().filter(|item| !item.options.is_empty()) {
        if let Some(word) = asks_for_exception(item)
            && !stands_out(item, word)
        {
            report.item(item, "prompt", Level::Warn, &[("word", word.to_owned())]);
        }
    }
}

/// The word by which the stem asks for what does not fit.
pub(super) fn asks_for_exception<'p>(item: &Item<'_>) -> Option<&'p str> {
    let stem = item.stem.as_str();
    if let Some(word) = prose::says(stem, &HAN) {
        return Some(word);
    }
    if stem.contains('除') && stem.contains("之外") || stem.contains("除了") && stem.contains('外')
    {
        return Some("除");
    }
    // “Which … not …”: a negative in a statement that merely sets the scene asks for nothing.
    let asking = stem.split(['.', '。']).rfind(|sentence| !sentence.trim().is_empty())?;
    let which = prose::says(asking, &["which", "what", "all", "following"]).is_some();
    let word = prose::says(asking, &OTHER).filter(|_| which)?;
    (word != "least" || !asking.to_lowercase().contains("at least")).then_some(word)
}

/// Bold, or in capitals.
fn stands_out(item: &Item<'_>, word: &str) -> bool {
    let capitals = word.to_uppercase();
    let shouted = capitals != word
        && item.stem.split(|c: char| !c.is_alphanumeric()).any(|one| one == capitals);
    shouted || markdown::emphasised(&item.question.prompt).to_lowercase().contains(word)
}
