//! D08: saying the notes takes longer than the slide has.

use super::{Check, Deck, Level, Report, Rule, percent};

pub(in super::super) const RULE: Rule = Rule { id: "D08", check: Check::Deck(check) };

/// Speaking: Han characters and words a minute.
const SPEED: (f64, f64) = (200.0, 183.0);
const SHARE: f64 = 1.2;

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let Some(minutes) = sheet.slide.minutes.filter(|minutes| *minutes > 0.0) else { continue };
        let share = sheet.said.share(SPEED.0, SPEED.1) / minutes;
        if share > SHARE {
            report.slide(sheet, "notes", Level::Warn, &[("percent", percent(share))]);
        }
    }
}
