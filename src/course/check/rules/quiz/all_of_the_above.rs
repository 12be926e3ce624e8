//! Q01: “all of the above”. Whoever knows two right options has the answer.

use super::{Bank, Check, Level, Report, Rule, phrase};

pub(in super::super) const RULE: Rule = Rule { id: "Q01", check: Check::Quiz(check) };

const PHRASES: [&str; 12] = [
    "以上都对",
    "以上都是",
    "以上皆是",
    "以上全对",
    "以上全部",
    "上述都对",
    "上述都是",
    "全部正确",
    "all of the above",
    "all of these",
    "all the above",
    "all are correct",
];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    phrase(bank, report, Level::Error, &PHRASES);
}
