//! D09: the notes repeat the slide, so the trainer reads it out (redundancy effect, Mayer).

use super::{Check, Deck, Level, Report, Rule, percent, prose};

pub(in super::super) const RULE: Rule = Rule { id: "D09", check: Check::Deck(check) };

const SHARE: f64 = 0.6;
/// Fewer pairs of characters are the same by chance.
const PAIRS: usize = 20;

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let read = sheet.texts.iter().filter(|text| !text.minor);
        let shown: Vec<&str> = read.map(|text| text.plain.as_str()).collect();
        // Hardly any notes repeat so much, and that is soon seen.
        if prose::shares_less(&shown, &sheet.slide.notes, SHARE) {
            continue;
        }
        let shown = prose::pairs(&shown);
        if shown.len() < PAIRS {
            continue;
        }
        let said = prose::pairs(&[&sheet.slide.notes]);
        let both = shown.iter().filter(|pair| said.binary_search(pair).is_ok()).count();
        let share = share(both, shown.len());
        if share >= SHARE {
            report.slide(sheet, "notes", Level::Info, &[("percent", percent(share))]);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
