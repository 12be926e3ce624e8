//! Q19: a stem that gives away the key of another item of the quiz.

use super::{Bank, Check, Item, Level, Report, Rule, prose};
use kejian_engine::question::{Accepted, Body};

pub(in super::super) const RULE: Rule = Rule { id: "Q19", check: Check::Quiz(check) };

/// Shorter keys meet other stems by chance.
const WIDTH: f64 = 6.0;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for quiz in &bank.quizzes {
        let stems: Vec<String> = quiz.items.iter().map(|item| prose::bare(&item.stem)).collect();
        for (at, item) in quiz.items.iter().enumerate() {
            for key in keys(item).iter().filter(|key| prose::width(key) >= WIDTH) {
                let key = prose::bare(key);
                let giver = quiz
                    .items
                    .iter()
                    .zip(&stems)
                    .enumerate()
                    .find(|(other, (_, stem))| *other != at && stem.contains(&key));
                // A key that its own stem names gives nothing new away.
                if let Some((_, (other, _))) = giver
                    && !stems[at].contains(&key)
                {
                    let args = [("id", item.question.id.clone())];
                    report.item(other, "prompt", Level::Info, &args);
                }
            }
        }
    }
}

fn keys<'i>(item: &'i Item<'_>) -> Vec<&'i str> {
    match &item.question.body {
        Body::Short(body) => body.accept.iter().map(Accepted::shown).collect(),
        _ => item.key().map(|key| key.text.as_str()).into_iter().collect(),
    }
}
