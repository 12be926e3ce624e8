//! D17: two slides of a deck with the same title.

use super::{Check, Deck, Level, Report, Rule, prose};

pub(in super::super) const RULE: Rule = Rule { id: "D17", check: Check::Deck(check) };

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    let titled = deck.sheets.iter().map(|sheet| (prose::bare(sheet.title()), sheet));
    let mut titled: Vec<_> = titled.filter(|(title, _)| !title.is_empty()).collect();
    titled.sort_by(|(a, _), (b, _)| a.cmp(b));
    for same in titled.chunk_by(|(a, _), (b, _)| a == b) {
        for (_, sheet) in &same[1..] {
            let first = same[0].1.slide.number.to_string();
            report.slide(sheet, "title", Level::Warn, &[("first", first)]);
        }
    }
}
