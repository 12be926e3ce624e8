//! Q08: where the key stands follows a pattern. Options in a seeded order have none.

use super::{Bank, Check, Item, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q08", check: Check::Quiz(check) };

/// Items from which a distribution can be judged.
const ITEMS: usize = 20;
/// The same place so often in a row is noticed.
const RUN: usize = 4;
/// χ² that is exceeded by chance in 5 of 100 cases, by degrees of freedom from 1.
const CRITICAL: [f64; 7] = [3.841, 5.991, 7.815, 9.488, 11.070, 12.592, 14.067];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    let mut by_count: Vec<Vec<(&Item<'_>, usize)>> = vec![Vec::new(); CRITICAL.len() + 2];
    for quiz in &bank.quizzes {
        let placed: Vec<(&Item<'_>, usize)> = quiz.items.iter().filter_map(placed).collect();
        for run in placed.chunk_by(|a, b| a.1 == b.1).filter(|run| run.len() >= RUN) {
            let args = [("n", run.len().to_string()), ("place", (run[0].1 + 1).to_string())];
            report.item(run[RUN - 1].0, "options", Level::Warn, &args);
        }
        for (item, at) in placed {
            if let Some(list) = by_count.get_mut(item.options.len()) {
                list.push((item, at));
            }
        }
    }
    for (options, items) in by_count.iter().enumerate() {
        if items.len() >= ITEMS && options >= 2 {
            let (chi, most) = chi_squared(items, options);
            if chi > CRITICAL[options - 2] {
                let first = items.iter().find(|(_, at)| *at == most).unwrap_or(&items[0]).0;
                let times = items.iter().filter(|(_, at)| *at == most).count();
                let args = [("n", times.to_string()), ("place", (most + 1).to_string())];
                report.item(first, "options", Level::Warn, &args);
            }
        }
    }
}

/// An item whose options stay in the order written, and the place of its key.
fn placed<'i, 'c>(item: &'i Item<'c>) -> Option<(&'i Item<'c>, usize)> {
    if !item.is_single() || item.is_shuffled() {
        return None;
    }
    item.options.iter().position(|option| option.correct).map(|at| (item, at))
}

/// χ² against keys spread evenly, and the place met most often.
#[expect(clippy::cast_precision_loss, reason = "courses have few items")]
fn chi_squared(items: &[(&Item<'_>, usize)], options: usize) -> (f64, usize) {
    let expected = items.len() as f64 / options as f64;
    let counts: Vec<usize> =
        (0..options).map(|at| items.iter().filter(|(_, place)| *place == at).count()).collect();
    let chi = counts.iter().map(|count| (*count as f64 - expected).powi(2) / expected).sum();
    let most = (0..options).max_by_key(|at| (counts[*at], options - at)).unwrap_or_default();
    (chi, most)
}
