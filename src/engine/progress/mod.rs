//! What a learner did: a small, versioned value that surfaces keep and hand back. Its shape is
//! in the docs of [`crate::quiz`].
//!
//! Reading it never fails. What does not fit its shape is left out and named; what is not known
//! (a newer version's keys, a surface's own) stays as it is.

mod merge;
mod repair;

pub(crate) use merge::merge;

use crate::Message;
use crate::json::{Map, Value};
use crate::question::message;
use crate::write::Object;

/// The version that is written.
const VERSION: u64 = 1;

/// Progress that was read.
pub(crate) struct Progress(Map<String, Value>);

/// What the values of known keys look like.
#[derive(Clone, Copy)]
enum Shape {
    Any,
    Text,
    Count,
    Number,
    YesNo,
    Texts,
    Maps,
    Verdict,
}

use Shape::{Any, Count, Maps, Number, Text, Texts, Verdict, YesNo};

const ITEM: &[(&str, Shape)] = &[
    ("digest", Text),
    ("answer", Any),
    ("verdict", Verdict),
    ("tries", Count),
    ("hints", Count),
    ("certainty", Count),
    ("flagged", YesNo),
    ("done", YesNo),
    ("changed", YesNo),
    ("seconds", Number),
    ("earlier", Any),
];
const QUIZ: &[(&str, Shape)] = &[
    ("seed", Count),
    ("drawn", Texts),
    ("only", Texts),
    ("at", Count),
    ("finished", YesNo),
    ("seconds", Number),
    ("past", Maps),
];
const MASTERY: &[(&str, Shape)] = &[("level", Text), ("score", Number)];
const VERDICT: &[(&str, Shape)] =
    &[("state", Text), ("score", Number), ("marks", Number), ("max", Number)];
const SECTIONS: &[(&str, &[(&str, Shape)])] =
    &[("items", ITEM), ("quizzes", QUIZ), ("mastery", MASTERY), ("exercises", &[])];

impl Shape {
    fn fits(self, value: &Value) -> bool {
        let all = |fits: fn(&Value) -> bool| value.as_array().is_some_and(|l| l.iter().all(fits));
        match self {
            Any => true,
            Text => value.is_string(),
            Count => value.is_u64(),
            Number => value.as_f64().is_some_and(|number| number >= 0.0),
            YesNo => value.is_boolean(),
            Texts => all(Value::is_string),
            Maps => all(Value::is_object),
            Verdict => value.as_object().is_some_and(|map| {
                VERDICT.iter().all(|(key, shape)| map.get(*key).is_some_and(|v| shape.fits(v)))
            }),
        }
    }
}

impl Progress {
    /// Reads what can be read; the messages say what was left out.
    pub(crate) fn read(value: Value, found: &mut Vec<Message>) -> Self {
        let mut map = match value {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            // A file that was cut off or damaged comes as the text it is.
            Value::String(text) => match repair::mend(&text, found) {
                Value::Object(map) => map,
                _ => {
                    found.push(dropped(&[]));
                    Map::new()
                }
            },
            _ => {
                found.push(dropped(&[]));
                Map::new()
            }
        };
        if let Some(version) = map.get("version")
            && version.as_u64().is_none_or(|version| version > VERSION)
        {
            found.push(Message::new("progress.newer").with("version", version.clone()));
        }
        map.insert("version".to_owned(), VERSION.into());
        for (section, keys) in SECTIONS {
            let Some(entries) = map.get_mut(*section) else { continue };
            let Value::Object(entries) = entries else {
                found.push(dropped(&[section]));
                map.shift_remove(*section);
                continue;
            };
            entries.retain(|id, entry| {
                let Value::Object(entry) = entry else {
                    found.push(dropped(&[section, id]));
                    return false;
                };
                entry.retain(|key, value| {
                    let known = keys.iter().find(|(known, _)| known == key);
                    let fits = known.is_none_or(|(_, shape)| shape.fits(value));
                    if !fits {
                        found.push(dropped(&[section, id, key]));
                    }
                    fits
                });
                true
            });
        }
        Self(map)
    }

    /// The value to keep.
    pub(crate) fn json(self) -> Value {
        Value::Object(self.0)
    }

    /// An entry of a section, if there is one.
    pub(crate) fn get(&self, section: &str, id: &str) -> Option<&Map<String, Value>> {
        self.0.get(section)?.get(id)?.as_object()
    }

    /// An entry of a section, made if there is none.
    pub(crate) fn edit(&mut self, section: &str, id: &str) -> &mut Map<String, Value> {
        object(object(&mut self.0, section), id)
    }

    /// Gives the progress its course, unless it has one.
    pub(crate) fn belongs_to(&mut self, course: &str) {
        if !self.0.contains_key("course") && !course.is_empty() {
            self.0.insert("course".to_owned(), course.into());
        }
    }
}

/// The object at `key`, made if it is none.
fn object<'m>(map: &'m mut Map<String, Value>, key: &str) -> &'m mut Map<String, Value> {
    let value = map.entry(key.to_owned()).or_insert(Value::Null);
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(map) => map,
        // Made an object the line before.
        _ => unreachable!("an object was put here"),
    }
}

fn dropped(place: &[&str]) -> Message {
    Message::new("progress.dropped").with("place", place.join("."))
}

/// Answers `progress.read`: the progress, and what was left out.
pub(crate) fn answer(progress: Progress, found: &[Message]) -> Value {
    Object::new().put("progress", progress.json()).list("dropped", found, message).end()
}

/// The number at `key`, or 0.
pub(crate) fn number(map: Option<&Map<String, Value>>, key: &str) -> f64 {
    map.and_then(|map| map.get(key)).and_then(Value::as_f64).unwrap_or(0.0)
}

/// The count at `key`, or 0.
pub(crate) fn count(map: Option<&Map<String, Value>>, key: &str) -> u64 {
    map.and_then(|map| map.get(key)).and_then(Value::as_u64).unwrap_or(0)
}

/// Whether `key` holds true.
pub(crate) fn is(map: Option<&Map<String, Value>>, key: &str) -> bool {
    map.and_then(|map| map.get(key)).and_then(Value::as_bool).unwrap_or(false)
}

/// The texts at `key`, or none.
pub(crate) fn texts(map: Option<&Map<String, Value>>, key: &str) -> Vec<String> {
    let list = map.and_then(|map| map.get(key)).and_then(Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
