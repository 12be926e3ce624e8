//! D10: a picture without a text that stands for it (WCAG 1.1.1).

use super::{Check, Deck, Level, Report, Rule};
use crate::diag::Pin;
use crate::markdown;

pub(in super::super) const RULE: Rule = Rule { id: "D10", check: Check::Deck(check) };

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        for (path, described) in &sheet.pictures {
            if !described {
                report.slide(sheet, path, Level::Error, &[]);
            }
        }
        for text in &sheet.texts {
            for (offset, count) in markdown::undescribed_images(text.markdown) {
                let path = format!("slides[{}].{}", sheet.index, text.path);
                report.slide_at(sheet, Pin::Within(path, offset, count), Level::Error, &[]);
            }
        }
    }
}
