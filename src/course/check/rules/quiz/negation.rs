//! Q04: negatives in options, and doubled with a negative stem.

use super::exception::asks_for_exception;
use super::{Bank, Check, Level, Report, Rule, prose};

pub(in super::super) const RULE: Rule = Rule { id: "Q04", check: Check::Quiz(check) };

const NEGATIVES: [&str; 18] = [
    "不是",
    "不会",
    "不能",
    "不要",
    "不应",
    "不必",
    "不可",
    "不用",
    "不属于",
    "没有",
    "无法",
    "并非",
    "not",
    "never",
    "no",
    "cannot",
    "don't",
    "doesn't",
];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        for option in &item.options {
            if let Some(word) = prose::says(&option.text, &NEGATIVES) {
                let doubled = asks_for_exception(item).is_some();
                let level = if doubled { Level::Warn } else { Level::Info };
                report.item(item, &option.path(), level, &[("word", word.to_owned())]);
            }
        }
    }
}
