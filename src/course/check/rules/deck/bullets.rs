//! D02: too many bullets, bullets that are paragraphs, lists within lists within lists.

use super::{Check, Deck, Level, Report, Rule, Sheet, prose};
use crate::markdown::ListShape;

pub(in super::super) const RULE: Rule = Rule { id: "D02", check: Check::Deck(check) };

const BULLETS: usize = 5;
const DEPTH: usize = 2;
/// Two lines of a slide hold so much at the size of body text.
const TWO_LINES: u16 = 74;

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        for text in &sheet.texts {
            look(sheet, &text.path, &text.lists, report);
        }
        points(sheet, report);
    }
}

fn look(sheet: &Sheet<'_>, path: &str, shape: &ListShape, report: &mut Report<'_>) {
    let mut say = |what: &str| {
        let args = [("what", format!("@rule.{what}"))];
        report.slide(sheet, path, Level::Warn, &args);
    };
    if shape.longest > BULLETS {
        say("many-bullets");
    }
    if shape.depth > DEPTH {
        say("deep-bullets");
    }
    if shape.widest > 2 * usize::from(TWO_LINES) {
        say("long-bullet");
    }
}

/// Lists that a slot holds as a list (`points`).
fn points(sheet: &Sheet<'_>, report: &mut Report<'_>) {
    let mut lists: Vec<(&str, usize)> = Vec::new();
    for text in &sheet.texts {
        let Some((list, entry)) = text.path.rsplit_once('[') else { continue };
        // `points[0].head` belongs to a card of a statement, which is no bullet.
        if list.rsplit('.').next() != Some("points") || !entry.ends_with(']') {
            continue;
        }
        match lists.last_mut() {
            Some((path, count)) if *path == list => *count += 1,
            _ => lists.push((list, 1)),
        }
        if prose::is_wider(&text.plain, f64::from(TWO_LINES)) {
            let args = [("what", "@rule.long-bullet".to_owned())];
            report.slide(sheet, &text.path, Level::Warn, &args);
        }
    }
    for (path, _) in lists.into_iter().filter(|(_, count)| *count > BULLETS) {
        let args = [("what", "@rule.many-bullets".to_owned())];
        report.slide(sheet, path, Level::Warn, &args);
    }
}
