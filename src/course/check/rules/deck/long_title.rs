//! D04: a title longer than two lines.

use super::{Check, Deck, Level, Report, Rule, prose};

pub(in super::super) const RULE: Rule = Rule { id: "D04", check: Check::Deck(check) };

/// Two lines of title hold so many Han characters on a 4:3 slide, the narrower one.
const WIDTH: f64 = 34.0;

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let title = sheet.title();
        if prose::is_wider(title, WIDTH) {
            let args = [("n", format!("{:.0}", prose::width(title)))];
            report.slide(sheet, "title", Level::Warn, &args);
        }
    }
}
