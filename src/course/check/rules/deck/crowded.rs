//! D01: more text on a slide than is read while someone talks.

use super::{Check, Deck, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "D01", check: Check::Deck(check) };

/// Han characters and words from which a slide is full …
const FULL: (f64, f64) = (75.0, 40.0);
/// … and from which it is a page to be read.
const PAGE: (f64, f64) = (140.0, 75.0);

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let amount = sheet.amount(false);
        let level = if amount.share(PAGE.0, PAGE.1) > 1.0 {
            Level::Error
        } else if amount.share(FULL.0, FULL.1) > 1.0 {
            Level::Warn
        } else {
            continue;
        };
        let args = [("han", amount.han.to_string()), ("words", amount.words.to_string())];
        report.slide(sheet, "title", level, &args);
    }
}
