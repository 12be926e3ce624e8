//! Typed answers that are accepted: texts, patterns, and texts with a slip of the finger.

use super::fold::fold;
use super::options::not_empty;
use super::{pattern, problem};
use crate::json::Value;
use crate::read::{Keys, Read, Reader};
use crate::{Message, Problem};

/// An accepted answer: a text, or a pattern (`*` anything, `(a|b)` one of several, `[a]` may be
/// left out).
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Accepted {
    /// Compared after folding.
    Text(String),
    /// Has to fit as a whole.
    Pattern {
        /// The pattern.
        pattern: String,
    },
}

impl Read for Accepted {
    fn read(value: Value, reader: &mut Reader) -> Self {
        if let Value::String(text) = value {
            return Self::Text(text);
        }
        let mut keys = Keys::of(value, reader);
        let pattern = keys.need("pattern");
        keys.end();
        Self::Pattern { pattern }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Accepted {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Accepted".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "oneOf": [
            { "type": "string" },
            {
                "type": "object",
                "properties": { "pattern": { "type": "string" } },
                "required": ["pattern"],
                "additionalProperties": false,
            },
        ] })
    }
}

impl Accepted {
    /// As written.
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Pattern { pattern: text } => text,
        }
    }

    fn takes(&self, given: &str) -> bool {
        match self {
            Self::Text(text) => fold(text) == fold(given),
            Self::Pattern { pattern } => pattern::fits(pattern, given),
        }
    }
}

/// Whether a typed answer is among the accepted ones.
pub(super) fn accepts(accept: &[Accepted], given: &str) -> bool {
    accept.iter().any(|accepted| accepted.takes(given))
}

/// The accepted text that an answer misses by at most so many slips of the finger. Digits are
/// never slips, and short words have none: they would be other words.
pub(super) fn nearly<'a>(accept: &'a [Accepted], typos: u8, given: &str) -> Option<&'a str> {
    let given: Vec<char> = fold(given).chars().collect();
    accept.iter().find_map(|accepted| {
        let Accepted::Text(text) = accepted else { return None };
        let wanted: Vec<char> = fold(text).chars().collect();
        let least = if wanted.iter().all(char::is_ascii) { 5 } else { 4 };
        let digits = |text: &[char]| text.iter().filter(|c| c.is_ascii_digit()).copied().collect();
        let (ours, theirs): (String, String) = (digits(&wanted), digits(&given));
        let near = wanted.len() >= least
            && ours == theirs
            && distance(&wanted, &given) <= usize::from(typos);
        near.then_some(text.as_str())
    })
}

/// How many letters have to be put in, left out, changed or swapped with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    if one.len().abs_diff(other.len()) > 9 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, b) in other.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 9);
            let changed = get(&row, j) + usize::from(a != b);
            let mut least = changed.min(get(&row, j + 1) + 1).min(get(&next, j) + 1);
            let swapped =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                least = least.min(get(&before, j - 1) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// The accepted answers for paper.
pub(super) fn joined(accept: &[Accepted]) -> String {
    accept.iter().map(Accepted::shown).collect::<Vec<_>>().join(" / ")
}

/// The answer to show: the first text, else the first pattern.
pub(super) fn best(accept: &[Accepted]) -> Option<String> {
    let text = accept.iter().find(|accepted| matches!(accepted, Accepted::Text(_)));
    text.or(accept.first()).map(|accepted| accepted.shown().to_owned())
}

/// Faults of a list of accepted answers.
pub(super) fn problems(accept: &[Accepted], place: &str, found: &mut Vec<Problem>) {
    if accept.is_empty() {
        found.push(problem(place, Message::new("question.nothing-accepted")));
    }
    if !accept.is_empty() && accept.iter().all(|one| matches!(one, Accepted::Pattern { .. })) {
        found.push(super::warning(place, Message::new("question.only-patterns")));
    }
    for (at, accepted) in accept.iter().enumerate() {
        not_empty(accepted.shown(), format!("{place}[{at}]"), found);
        if let Accepted::Pattern { pattern } = accepted
            && !pattern::is_sound(pattern)
        {
            let message = Message::new("question.pattern");
            found.push(problem(format!("{place}[{at}].pattern"), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_few() {
        let near = |text: &str, typos, given| {
            nearly(&[Accepted::Text(text.to_owned())], typos, given).is_some()
        };
        for (text, typos, given, expected) in [
            ("segmentation", 1, "segmentaton", true),
            ("segmentation", 1, "segmentatoin", true),
            ("segmentation", 1, "segmntatoin", false),
            ("segmentation", 2, "segmntatoin", true),
            ("key", 1, "kay", false),
            ("大客户经理", 1, "大客户径理", true),
            ("大客户", 1, "小客户", false),
            ("plan 2026", 1, "plan 2025", false),
            ("plan 2026", 1, "plam 2026", true),
        ] {
            assert_eq!(near(text, typos, given), expected, "{text} {given}");
        }
    }
}
