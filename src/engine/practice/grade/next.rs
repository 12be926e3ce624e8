//! Where to go from here: on, again, or back to the worked step.

use super::{Mark, StageMarks};
use crate::json::Value;
use crate::practice::json::Json;
use crate::practice::level::{Name, Shown, available};
use crate::practice::model::Model;
use crate::practice::value::grid;

/// The first cell of a stage that did not get full marks.
pub(super) fn step(marks: &[Mark]) -> Option<String> {
    let lost = |mark: &&Mark| grid(mark.credit) < grid(mark.max);
    marks.iter().find(lost).map(|mark| mark.name.clone())
}

/// Advice at a level: `{code, level, stage?, cell?, variant?}`.
///
/// * `next.lead-on`: full marks; `level` is the next one;
/// * `next.done`: full marks at the last level;
/// * `next.again`: passed with something missing, `stage` and `cell` say where first;
/// * `next.back`: not passed with cells given: the level before;
/// * `next.see-step`: not passed alone: look at `cell` of `stage` at `level` show, then take the
///   fresh case `variant`, if there is one.
pub(super) fn advise(
    model: &Model,
    shown: &Shown,
    marked: &[StageMarks],
    stages: &[Value],
) -> Option<Value> {
    let level = shown.level?;
    let levels = available(&model.file);
    let place = levels.iter().position(|name| *name == level.name())?;
    let mut advice = Json::new();
    let lost = marked.iter().position(|stage| grid(stage.marks) < grid(stage.max));
    let Some(first) = lost else {
        match levels.get(place + 1) {
            Some(next) => advice.put("code", "next.lead-on").put("level", *next),
            None => advice.put("code", "next.done").put("level", level.name()),
        };
        return Some(advice.take());
    };
    let failed = marked.iter().position(|stage| !stage.passed);
    let stage = failed.unwrap_or(first);
    let (code, to) = match (failed, level) {
        (None, _) => ("next.again", level.name()),
        (Some(_), Name::Solo | Name::Mix) => ("next.see-step", Name::Show.name()),
        (Some(_), _) => ("next.back", levels[place.saturating_sub(1)]),
    };
    advice.put("code", code).put("level", to);
    advice.put("stage", model.file.stages[stage].id());
    advice.text("cell", stages[stage].get("first_wrong").and_then(Value::as_str));
    if code == "next.see-step" {
        advice.text("variant", fresh(model, shown.variant.as_deref()));
    }
    Some(advice.take())
}

/// A variant that is not the one just worked on: the one after it, else the first.
fn fresh<'m>(model: &'m Model, variant: Option<&str>) -> Option<&'m str> {
    let mut variants = model.file.variants.iter().map(|variant| variant.id.as_str());
    let first = model.file.variants.first()?.id.as_str();
    let next = match variant {
        Some(current) => {
            variants.by_ref().find(|id| *id == current);
            variants.next().unwrap_or(first)
        }
        None => first,
    };
    (Some(next) != variant).then_some(next)
}
