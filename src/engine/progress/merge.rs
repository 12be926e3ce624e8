//! Two progresses made one: a file that was carried over, and what is here already.

use super::{Progress, count, is, number};
use crate::held::{held, taken};
use crate::json::{Map, Value};

/// How many answers that lost are kept with an item.
const EARLIER: usize = 5;

/// `mine` with everything of `other`. Of two entries for the same thing the one that got further
/// stays, at a tie the other's; an answer that loses is kept under `earlier`.
pub(crate) fn merge(mut mine: Progress, other: Progress) -> Progress {
    for (key, value) in other.0 {
        let Value::Object(entries) = value else {
            mine.0.entry(key).or_insert(value);
            continue;
        };
        let items = key == "items";
        let mastery = key == "mastery";
        let known = items || mastery || key == "quizzes";
        let kept = super::object(&mut mine.0, &key);
        for (id, theirs) in entries {
            let merged = match kept.shift_remove(&id) {
                None => theirs,
                Some(here) if here == theirs => here,
                Some(Value::Object(here)) => match theirs {
                    Value::Object(theirs) if !known => Value::Object(join(here, theirs)),
                    Value::Object(theirs) => {
                        let keep = further(&here, mastery) > further(&theirs, mastery);
                        let (mut best, lost) = if keep { (here, theirs) } else { (theirs, here) };
                        if items {
                            remember(&mut best, lost);
                        } else {
                            past(&mut best, lost);
                        }
                        Value::Object(best)
                    }
                    _ => Value::Object(here),
                },
                Some(_) => theirs,
            };
            kept.insert(id, merged);
        }
    }
    mine
}

/// Work on an exercise, and whatever a surface keeps of its own: the fuller one with what only
/// the other has. Where both have something else, the other is kept whole under `earlier`.
fn join(here: Map<String, Value>, theirs: Map<String, Value>) -> Map<String, Value> {
    let mine = leaves(&here) > leaves(&theirs);
    let (mut best, mut lost) = if mine { (here, theirs) } else { (theirs, here) };
    let mut others = take_earlier(&mut lost);
    if fill(&mut best, &lost) {
        others.push(Value::Object(lost));
    }
    keep_earlier(&mut best, others);
    best
}

fn leaves(map: &Map<String, Value>) -> usize {
    map.values().map(|value| value.as_object().map_or(1, leaves)).sum()
}

/// Puts into `best` what only `lost` has; whether they differ somewhere.
fn fill(best: &mut Map<String, Value>, lost: &Map<String, Value>) -> bool {
    let mut differ = false;
    for (key, value) in lost {
        match (best.get_mut(key), value) {
            (None, value) => {
                best.insert(key.clone(), value.clone());
            }
            (Some(Value::Object(best)), Value::Object(lost)) => differ |= fill(best, lost),
            (Some(best), value) => differ |= best != value,
        }
    }
    differ
}

/// How far an entry got, to be compared.
fn further(entry: &Map<String, Value>, mastery: bool) -> [f64; 4] {
    let entry = Some(entry);
    let whether = |key: &str| if is(entry, key) { 1.0 } else { 0.0 };
    #[expect(clippy::cast_precision_loss, reason = "nobody tries 2⁵³ times")]
    let tries = count(entry, "tries") as f64;
    if mastery {
        return [rank(entry), number(entry, "score"), 0.0, 0.0];
    }
    let runs = entry.and_then(|entry| entry.get("past")).and_then(Value::as_array);
    #[expect(clippy::cast_precision_loss, reason = "nobody runs 2⁵³ times")]
    let runs = runs.map_or(0, Vec::len) as f64;
    let answered = entry.is_some_and(|entry| entry.get("answer").is_some_and(|a| !a.is_null()));
    [runs, whether("done") + whether("finished"), tries, if answered { 1.0 } else { 0.0 }]
}

fn rank(entry: Option<&Map<String, Value>>) -> f64 {
    let level = entry.and_then(|entry| entry.get("level")).and_then(Value::as_str);
    match level.unwrap_or_default() {
        "attempted" => 1.0,
        "familiar" => 2.0,
        "proficient" => 3.0,
        "mastered" => 4.0,
        _ => 0.0,
    }
}

/// Keeps the losing item's answer beside the other; a flag on either side stays.
fn remember(best: &mut Map<String, Value>, mut lost: Map<String, Value>) {
    if is(Some(&lost), "flagged") {
        best.insert("flagged".to_owned(), true.into());
    }
    let mut others = take_earlier(&mut lost);
    others.extend(lost.shift_remove("answer"));
    keep_earlier(best, others);
}

fn take_earlier(entry: &mut Map<String, Value>) -> Vec<Value> {
    match entry.shift_remove("earlier") {
        Some(Value::Array(list)) => taken(list),
        _ => Vec::new(),
    }
}

fn keep_earlier(best: &mut Map<String, Value>, others: Vec<Value>) {
    let mut earlier = take_earlier(best);
    for answer in others {
        let known = best.get("answer") == Some(&answer) || earlier.contains(&answer);
        if !answer.is_null() && !known {
            earlier.push(answer);
        }
    }
    let surplus = earlier.len().saturating_sub(EARLIER);
    earlier.drain(..surplus);
    if !earlier.is_empty() {
        best.insert("earlier".to_owned(), Value::Array(held(earlier)));
    }
}

/// Keeps the losing quiz's finished runs.
fn past(best: &mut Map<String, Value>, mut lost: Map<String, Value>) {
    let Some(Value::Array(lost)) = lost.shift_remove("past") else { return };
    let runs = best.entry("past".to_owned()).or_insert(Value::Array(held(Vec::new())));
    if let Value::Array(runs) = runs {
        let new: Vec<Value> = taken(lost).into_iter().filter(|run| !runs.contains(run)).collect();
        runs.splice(0..0, new);
    }
}
