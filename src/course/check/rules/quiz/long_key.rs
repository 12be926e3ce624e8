//! Q05: the key gives itself away by its length, in an item or all through a quiz.

use super::bank::Quiz;
use super::{Bank, Check, Choosable, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q05", check: Check::Quiz(check) };

/// A key this much longer than the mean of the others …
const TIMES: f64 = 1.6;
/// … and longer by more than so many characters.
const MORE: f64 = 2.0;
/// Share of a quiz in which the key may be the longest option.
const SHARE: f64 = 0.4;
/// Fewer items say nothing about a habit.
const ITEMS: usize = 5;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        if let Some(key) = item.key()
            && let Some(mean) = mean_of_others(&item.options)
            && length(key) > TIMES * mean
            && length(key) > mean + MORE
        {
            let how = format!("× {:.1}", length(key) / mean);
            report.item(item, &key.path(), Level::Warn, &[("how", how)]);
        }
    }
    for quiz in &bank.quizzes {
        habit(quiz, report);
    }
}

fn habit(quiz: &Quiz<'_>, report: &mut Report<'_>) {
    let items: Vec<_> = quiz.items.iter().filter_map(|item| Some((item, item.key()?))).collect();
    let longest = |key: &Choosable<'_>, options: &[Choosable<'_>]| {
        options.iter().filter(|option| !option.correct).all(|option| length(option) < length(key))
    };
    let given_away: Vec<_> =
        items.iter().filter(|(item, key)| longest(key, &item.options)).collect();
    #[expect(clippy::cast_precision_loss, reason = "quizzes are short")]
    let share = given_away.len() as f64 / items.len().max(1) as f64;
    if items.len() >= ITEMS
        && share > SHARE
        && let Some((first, _)) = given_away.first()
    {
        let how = format!("{}/{}", given_away.len(), items.len());
        report.item(first, "options", Level::Warn, &[("how", how)]);
    }
}

fn mean_of_others(options: &[Choosable<'_>]) -> Option<f64> {
    let others: Vec<f64> = options.iter().filter(|it| !it.correct).map(length).collect();
    #[expect(clippy::cast_precision_loss, reason = "items have few options")]
    let count = others.len() as f64;
    (count >= 1.0).then(|| others.iter().sum::<f64>() / count)
}

#[expect(clippy::cast_precision_loss, reason = "options are short")]
fn length(option: &Choosable<'_>) -> f64 {
    option.text.chars().count() as f64
}
