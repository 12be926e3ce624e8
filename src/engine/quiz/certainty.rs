//! Certainty-based marking, after Gardner-Medwin: who is sure and right earns most, who is sure
//! and wrong loses most, and being honest pays best. The break-even points are 2/3 and 0.8.

use super::Quiz;
use crate::Message;
use crate::held::held;
use crate::json::Value;
use crate::progress::{Progress, count};
use crate::question::message;
use crate::write::Object;

/// What a wrong answer costs at certainty 1, 2, 3.
const WRONG: [f64; 3] = [0.0, -2.0, -6.0];

/// Answers at one level before anything is said about them.
const ENOUGH: f64 = 3.0;

/// The certainty that an item was answered with: 1 unless the learner said more.
pub(super) fn level(item: Option<&crate::json::Map<String, Value>>) -> u64 {
    count(item, "certainty").clamp(1, 3)
}

/// Points for a score from 0 to 1, as many times the item's marks; a partly right answer earns
/// its share of what a right one would.
pub(super) fn points(score: f64, level: u64) -> f64 {
    if score > 0.0 {
        #[expect(clippy::cast_precision_loss, reason = "1, 2 or 3")]
        let most = level as f64;
        return score * most;
    }
    let at = usize::try_from(level).unwrap_or(1);
    WRONG.get(at - 1).copied().unwrap_or(0.0)
}

/// The part of a summary about certainty; none if no item asks for it.
pub(super) fn report(quiz: &Quiz, progress: &Progress, asked: &[&str]) -> Option<Value> {
    let (mut total, mut most) = (0.0, 0.0);
    let mut levels = [(0.0, 0.0); 3];
    for question in asked.iter().filter_map(|id| quiz.question(id)) {
        if !quiz.rules(question).is_certain() || question.is_unscored() {
            continue;
        }
        most += 3.0 * question.marks;
        let item = progress.get("items", &question.id);
        let Some(verdict) = item.and_then(|item| item.get("verdict")) else { continue };
        let Some(points) = verdict.get("points").and_then(Value::as_f64) else { continue };
        total += points;
        let at = usize::try_from(level(item)).unwrap_or(1) - 1;
        if let Some((items, right)) = levels.get_mut(at) {
            *items += 1.0;
            if verdict.get("score").and_then(Value::as_f64) >= Some(1.0) {
                *right += 1.0;
            }
        }
    }
    if most <= 0.0 {
        return None;
    }
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for (at, (items, right)) in levels.iter().enumerate() {
        let row = Object::new().count("level", at + 1).number("items", *items);
        rows.push(row.number("right", *right).end());
        let share = if *items > 0.0 { right / items } else { 0.0 };
        let code = match at {
            0 if share > 2.0 / 3.0 => "certainty.too-modest",
            1 if share < 2.0 / 3.0 => "certainty.too-sure",
            1 if share > 0.8 => "certainty.too-modest",
            2 if share < 0.8 => "certainty.too-sure",
            _ => continue,
        };
        if *items >= ENOUGH {
            found.push(Message::new(code).with("level", at + 1));
        }
    }
    let report = Object::new().number("points", total).number("max", most);
    Some(report.put("levels", Value::Array(held(rows))).list("messages", &found, message).end())
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn points_are_those_of_the_scheme() {
        let right = [1, 2, 3].map(|level| points(1.0, level));
        let wrong = [1, 2, 3].map(|level| points(0.0, level));
        assert_eq!((right, wrong), ([1.0, 2.0, 3.0], [0.0, -2.0, -6.0]));
        assert!((points(0.5, 3) - 1.5).abs() < 1e-12);
    }

    #[test]
    fn honesty_pays_best() {
        let mean = |p: f64, level| p * points(1.0, level) + (1.0 - p) * points(0.0, level);
        for (p, best) in [(0.5, 1), (0.66, 1), (0.67, 2), (0.79, 2), (0.81, 3), (1.0, 3)] {
            let others = [1, 2, 3].into_iter().filter(|level| *level != best);
            assert!(others.into_iter().all(|level| mean(p, level) < mean(p, best)), "{p}");
        }
    }
}
