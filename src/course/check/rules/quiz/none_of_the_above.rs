//! Q02: “none of the above”. It shows what is wrong, not what is known.

use super::{Bank, Check, Level, Report, Rule, phrase};

pub(in super::super) const RULE: Rule = Rule { id: "Q02", check: Check::Quiz(check) };

const PHRASES: [&str; 12] = [
    "以上都不对",
    "以上都不是",
    "以上皆非",
    "以上全错",
    "上述都不对",
    "上述都不是",
    "都不正确",
    "none of the above",
    "none of these",
    "none are correct",
    "none is correct",
    "neither of these",
];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    phrase(bank, report, Level::Warn, &PHRASES);
}
