//! D13: a long stretch in which nobody in the room is asked or does anything.

use super::{Check, Deck, Level, Report, Rule, Sheet};

pub(in super::super) const RULE: Rule = Rule { id: "D13", check: Check::Deck(check) };

const SLIDES: usize = 10;
const MINUTES: f64 = 15.0;
/// Layouts in which the room takes part.
const TAKING_PART: [&str; 3] = ["question", "activity", "exercise"];

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    let (mut slides, mut minutes) = (0, 0.0);
    for sheet in &deck.sheets {
        if takes_part(sheet) {
            (slides, minutes) = (0, 0.0);
            continue;
        }
        slides += 1;
        minutes += sheet.slide.minutes.unwrap_or(0.0);
        if slides > SLIDES || minutes > MINUTES {
            let args = [("slides", slides.to_string()), ("minutes", format!("{minutes:.0}"))];
            report.slide(sheet, "title", Level::Info, &args);
            (slides, minutes) = (0, 0.0);
        }
    }
}

fn takes_part(sheet: &Sheet<'_>) -> bool {
    sheet.slide.ask.is_some() || TAKING_PART.contains(&sheet.slide.layout.as_str())
}
