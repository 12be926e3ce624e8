//! Q18: true and false statements are about equally frequent.

use super::{Bank, Check, Level, Report, Rule};
use kejian_engine::question::Body;

pub(in super::super) const RULE: Rule = Rule { id: "Q18", check: Check::Quiz(check) };

const ITEMS: usize = 10;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    let answers: Vec<_> = bank
        .items()
        .filter_map(|item| match &item.question.body {
            Body::TrueFalse(body) => Some((item, body.answer)),
            _ => None,
        })
        .collect();
    let held = answers.iter().filter(|(_, answer)| *answer).count();
    // 35 to 65 of 100, in whole numbers.
    let share = held * 100;
    let fair = share >= 35 * answers.len() && share <= 65 * answers.len();
    if answers.len() >= ITEMS && !fair {
        let args = [("n", held.to_string()), ("all", answers.len().to_string())];
        report.item(answers[0].0, "answer", Level::Info, &args);
    }
}
