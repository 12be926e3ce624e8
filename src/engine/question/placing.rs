//! Placing things: what `match` and `categorise` share. Each thing gets one target.

use super::face::{Entry, shuffled};
use super::options;
use super::verdict::{Part, PartState};
use super::{Question, Verdict};
use crate::Message;
use crate::json::{Map, Value};

/// Something to be placed.
pub(super) struct Thing<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
    pub(super) target: &'a str,
    pub(super) why: Option<&'a String>,
}

/// The things and the targets in the order shown. No order repeats the written one where that
/// would give pairs away: the things keep theirs when the question says so, the targets of a
/// match never do.
pub(super) fn sides(
    question: &Question,
    seed: u64,
    things: &[Thing],
    targets: Vec<Entry>,
    bins: bool,
) -> (Vec<Entry>, Vec<Entry>) {
    let lefts: Vec<Entry> = things.iter().map(|thing| Entry::new(thing.id, thing.text)).collect();
    let lefts = if question.shuffle { shuffled(&lefts, &question.id, seed, None) } else { lefts };
    if bins {
        return (lefts, targets);
    }
    let target_of = |id: &str| things.iter().find(|thing| thing.id == id).map(|t| t.target);
    let mut solved: Vec<String> = Vec::new();
    for target in lefts.iter().filter_map(|left| target_of(&left.id)) {
        if !solved.iter().any(|known| known == target) {
            solved.push(target.to_owned());
        }
    }
    let key = format!("{}/targets", question.id);
    // Distractors may stand anywhere; only the bare pairs side by side give the solution away.
    let avoid = (solved.len() == targets.len()).then_some(solved.as_slice());
    (lefts, shuffled(&targets, &key, seed, avoid))
}

/// Grades `{thing: target}`: the share placed right.
pub(super) fn grade(
    answer: &Value,
    things: &[Thing],
    is_target: impl Fn(&str) -> bool,
) -> Result<Verdict, Message> {
    let map = answer.as_object().ok_or_else(|| Message::new("answer.not-pairs"))?;
    for (left, target) in map {
        if !things.iter().any(|thing| thing.id == left) {
            return Err(options::unknown(left));
        }
        match target {
            Value::Null => {}
            Value::String(target) if target.is_empty() || is_target(target) => {}
            Value::String(target) => return Err(options::unknown(target)),
            _ => return Err(Message::new("answer.not-pairs")),
        }
    }
    let (mut right, mut count, mut parts) = (0.0, 0.0, Vec::with_capacity(things.len()));
    for thing in things {
        let chosen = map.get(thing.id).and_then(Value::as_str).filter(|chosen| !chosen.is_empty());
        let state = match chosen {
            None => PartState::Blank,
            Some(chosen) if chosen == thing.target => PartState::Right,
            Some(_) => PartState::Wrong,
        };
        count += 1.0;
        right += if state == PartState::Right { 1.0 } else { 0.0 };
        parts.push(Part {
            id: thing.id.to_owned(),
            state,
            chosen: chosen.map(str::to_owned),
            expected: Some(thing.target.to_owned()),
            why: thing.why.cloned(),
        });
    }
    Ok(Verdict::scored(if count > 0.0 { right / count } else { 0.0 }, parts))
}

/// The right placing in the answer format.
pub(super) fn solution(things: &[Thing]) -> Value {
    let pairs = things.iter().map(|thing| (thing.id.to_owned(), Value::from(thing.target)));
    Value::Object(pairs.collect::<Map<_, _>>())
}
