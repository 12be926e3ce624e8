//! Q09: absolute words in wrong options only: test-wise learners strike them out unread.

use super::{Bank, Check, Choosable, Level, Report, Rule, prose};

pub(in super::super) const RULE: Rule = Rule { id: "Q09", check: Check::Quiz(check) };

const ABSOLUTES: [&str; 12] = [
    "一定",
    "绝对",
    "永远",
    "从来",
    "总是",
    "必然",
    "毫无",
    "always",
    "never",
    "absolutely",
    "certainly",
    "invariably",
];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        if item.options.iter().any(|option| option.correct && absolute(option).is_some()) {
            continue;
        }
        for option in item.options.iter().filter(|option| !option.correct) {
            if let Some(word) = absolute(option) {
                report.item(item, &option.path(), Level::Warn, &[("word", word.to_owned())]);
            }
        }
    }
}

fn absolute<'p>(option: &Choosable<'_>) -> Option<&'p str> {
    let word = prose::says(&option.text, &ABSOLUTES)?;
    // “不一定” is the opposite, “一定的” an amount.
    let text = option.text.replace("不一定", "").replace("一定的", "").replace("一定程度", "");
    if text == option.text { Some(word) } else { prose::says(&text, &ABSOLUTES) }
}
