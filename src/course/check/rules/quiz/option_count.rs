//! Q07: fewer than three options or more than five.

use super::{Bank, Check, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q07", check: Check::Quiz(check) };

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items().filter(|item| !item.options.is_empty()) {
        let count = item.options.len();
        if !(3..=5).contains(&count) {
            report.item(item, "options", Level::Info, &[("n", count.to_string())]);
        }
    }
}
