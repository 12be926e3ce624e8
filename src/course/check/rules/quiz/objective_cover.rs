//! Q20: every objective is tested at least twice, and every item tests one.

use super::{Bank, Check, Level, Report, Rule};
use crate::diag::Pin;

pub(in super::super) const RULE: Rule = Rule { id: "Q20", check: Check::Quiz(check) };

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for quiz in bank.quizzes.iter().filter(|quiz| !quiz.chapter.objectives.is_empty()) {
        for item in quiz.items.iter().filter(|item| item.question.objective.is_none()) {
            report.item(item, "", Level::Warn, &[("what", "@rule.item".to_owned())]);
        }
        if quiz.items.is_empty() {
            continue;
        }
        for (at, objective) in quiz.chapter.objectives.iter().enumerate() {
            let tests =
                |item: &&super::Item<'_>| item.question.objective.as_ref() == Some(&objective.id);
            let count = bank.items().filter(tests).count();
            if count < 2 {
                let pin = Pin::Value(format!("objectives[{at}].id"));
                let what = format!("@rule.objective-{count}");
                report.add(&quiz.chapter.file, pin, Level::Warn, &[], &[("what", what)]);
            }
        }
    }
}
