//! D07: reading the slide takes more than half of its time.

use super::{Check, Deck, Level, Report, Rule, percent};

pub(in super::super) const RULE: Rule = Rule { id: "D07", check: Check::Deck(check) };

/// Silent reading: Han characters and words a minute (Brysbaert 2019 for English).
const SPEED: (f64, f64) = (255.0, 238.0);
const SHARE: f64 = 0.5;

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let Some(minutes) = sheet.slide.minutes.filter(|minutes| *minutes > 0.0) else { continue };
        let share = sheet.amount(true).share(SPEED.0, SPEED.1) / minutes;
        if share > SHARE {
            report.slide(sheet, "minutes", Level::Warn, &[("percent", percent(share))]);
        }
    }
}
