//! D18: the slides' minutes do not add up to the chapter's.

use super::{Check, Deck, Level, Report, Rule};
use crate::diag::Pin;

pub(in super::super) const RULE: Rule = Rule { id: "D18", check: Check::Deck(check) };

const SHARE: f64 = 0.1;

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    let chapter = deck.chapter;
    let timed: Vec<f64> = deck.sheets.iter().filter_map(|sheet| sheet.slide.minutes).collect();
    let sum: f64 = timed.iter().sum();
    if !timed.is_empty() && (sum - chapter.minutes).abs() > SHARE * chapter.minutes {
        let args = [("sum", format!("{sum}")), ("minutes", format!("{}", chapter.minutes))];
        report.add(&chapter.file, Pin::Value("minutes".to_owned()), Level::Warn, &[], &args);
    }
}
