//! Q15: an item that never says why; a wrong option without its reason. The reason is what makes
//! feedback teach (Van der Kleij 2015).

use super::{Bank, Check, Item, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q15", check: Check::Quiz(check) };

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items().filter(|item| !item.question.is_unscored()) {
        if !has_reason(item) {
            report.item(item, "prompt", Level::Warn, &[("what", "@rule.item".to_owned())]);
            continue;
        }
        for option in item.options.iter().filter(|it| !it.correct && !says(it.why)) {
            let args = [("what", "@rule.wrong-option".to_owned())];
            report.item(item, &option.path(), Level::Info, &args);
        }
    }
}

/// Whether anything in the item says why: the item itself, or any of its parts.
fn has_reason(item: &Item<'_>) -> bool {
    // What is at hand first: most items need not be explained to tell.
    says(item.question.why.as_deref())
        || item.options.iter().any(|option| says(option.why))
        || item.question.explain().lines.iter().any(|line| says(line.why.as_deref()))
}

/// Whether there is a reason, and not of spaces only.
fn says(why: Option<&str>) -> bool {
    why.is_some_and(|why| !why.trim().is_empty())
}
