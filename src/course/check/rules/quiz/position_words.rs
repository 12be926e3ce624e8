//! Q21: options in a seeded order that speak of their place.

use super::{Bank, Check, Level, Report, Rule, prose};

pub(in super::super) const RULE: Rule = Rule { id: "Q21", check: Check::Quiz(check) };

const PHRASES: [&str; 20] = [
    "上述第",
    "以上第",
    "前两项",
    "前三项",
    "后两项",
    "上面两项",
    "第一个选项",
    "第二个选项",
    "第三个选项",
    "最后一个选项",
    "选项 A",
    "选项A",
    "选项 B",
    "选项B",
    "the first option",
    "the last option",
    "the first two",
    "the options above",
    "option a",
    "option b",
];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items().filter(|item| item.is_shuffled()) {
        for option in &item.options {
            if let Some(phrase) = prose::says(&option.text, &PHRASES) {
                let args = [("phrase", phrase.to_owned())];
                report.item(item, &option.path(), Level::Error, &args);
            }
        }
    }
}
