//! D10: a picture without a text that stands for it (WCAG 1.1.1).

use super::{Check, Deck, Level, Report, Rule};
use crate::diag::Pin;
use crate::markdown;
use crate::theme::SlotKind;

pub(in super::super) const RULE: Rule = Rule { id: "D10", check: Check::Deck(check) };

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let described = sheet.slide.slots.iter().any(|(name, value)| {
            name == "alt" && value.as_str().is_some_and(|text| !text.trim().is_empty())
        });
        for slot in sheet.filled.iter().filter(|slot| slot.kind == SlotKind::Media && !described) {
            report.slide(sheet, &slot.path, Level::Error, &[]);
        }
        for text in &sheet.texts {
            for (offset, count) in markdown::undescribed_images(text.markdown) {
                let path = format!("slides[{}].{}", sheet.index, text.path);
                report.slide_at(sheet, Pin::Within(path, offset, count), Level::Error, &[]);
            }
        }
    }
}
