//! Charts and figures add up: lists as long as their labels, names that are there, shares that
//! are not negative; and slides fill at least one of the slots of which one is needed.

use super::Survey;
use crate::course::drawing::{self, Drawing, Fault};
use crate::diag::{Diagnostic, Pin};
use crate::source::RelPath;
use serde_json::Value;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in &survey.course.chapters {
        for (index, slide) in chapter.slides.iter().enumerate() {
            let Some(layout) = survey.layouts.get(&slide.layout) else { continue };
            for names in &layout.one_of {
                if !slide.slots.iter().any(|(name, _)| names.contains(name)) {
                    let pin = Pin::Value(format!("slides[{index}]"));
                    let missing = Diagnostic::error("missing-slot", &chapter.file, pin);
                    found.push(missing.with("slots", names.join(", ")));
                }
            }
        }
    }
    for slot in survey.filled.iter().filter(|slot| slot.is_drawing()) {
        for fault in faults(survey, slot.value) {
            let finding = Diagnostic::error(fault.code, slot.file, Pin::Value(slot.path()));
            let with = |finding: Diagnostic, (name, value)| finding.with(name, value);
            found.push(fault.args.into_iter().fold(finding, with));
        }
    }
}

fn faults(survey: &Survey<'_>, value: &Value) -> Vec<Fault> {
    let mut value = value.clone();
    drawing::fetch(survey.course, &mut value);
    let mut left = false;
    drawing::addresses(&value, "", &mut |_, _| left = true);
    drawing::texts(&value, "", &mut |_, text| left |= text.contains("{="));
    // A column or cell that could not be had is reported where it is named.
    if left {
        return Vec::new();
    }
    match Drawing::read(&value) {
        Ok(Drawing::Svg(picture)) => {
            let bytes = RelPath::new(picture.svg).and_then(|path| survey.world.read(&path).ok());
            let text = bytes.and_then(|bytes| String::from_utf8(bytes.into_owned()).ok());
            let dressed = text.map(|text| drawing::dress(&text, &picture.labels));
            dressed.and_then(Result::err).into_iter().collect()
        }
        Ok(drawing) => drawing.faults(),
        Err(reason) => vec![Fault { code: "drawing-unreadable", args: vec![("reason", reason)] }],
    }
}
