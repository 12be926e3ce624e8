//! D17: two slides of a deck with the same title.

use super::{Check, Deck, Level, Report, Rule, prose};
use std::collections::BTreeMap;

pub(in super::super) const RULE: Rule = Rule { id: "D17", check: Check::Deck(check) };

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    let mut seen = BTreeMap::new();
    for sheet in &deck.sheets {
        let title = prose::bare(&sheet.title);
        match seen.get(&title) {
            Some(first) if !title.is_empty() => {
                report.slide(sheet, "title", Level::Warn, &[("first", format!("{first}"))]);
            }
            _ => drop(seen.insert(title, sheet.slide.number)),
        }
    }
}
