//! D15: half-width punctuation between Han; dots and hyphens typed for …… and ——.

use super::{Asked, Check, Deck, Level, Report, Rule, prose};
use crate::course::check::texts::{Path, Place, QUESTIONS};
use crate::diag::Pin;

pub(in super::super) const RULE: Rule = Rule { id: "D15", check: Check::Deck(check) };

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in &deck.sheets {
        let slide = sheet.slide;
        let spoken = [("notes", Some(slide.notes.as_str())), ("ask", slide.ask.as_deref())];
        let spoken = spoken.iter().filter_map(|(path, text)| Some((*path, (*text)?)));
        let shown = sheet.texts.iter().map(|text| (text.path.as_str(), text.markdown));
        for (path, text) in shown.chain(spoken) {
            for fault in prose::half_width(text) {
                let path = format!("slides[{}].{path}", sheet.index);
                let pin = Pin::Within(path, fault.offset, fault.count);
                report.slide_at(sheet, pin, Level::Warn, &[("text", fault.text)]);
            }
        }
    }
    questions(deck, report);
}

/// Quiz items are typeset like slides.
fn questions(deck: &Deck<'_>, report: &mut Report<'_>) {
    let Deck { chapter, asked, .. } = deck;
    for Asked { question, text, .. } in asked {
        let place = Place::Below(Path::Entry(&QUESTIONS, *question), text.as_str());
        let pin = place.pins();
        for fault in prose::half_width(text) {
            let silence = &chapter.questions[*question].silence;
            let silenced: Vec<&str> = silence.iter().map(|it| it.rule.as_str()).collect();
            let (pin, args) = (pin(fault.offset, fault.count), [("text", fault.text)]);
            report.add(&chapter.file, pin, Level::Warn, &silenced, &args);
        }
    }
}
