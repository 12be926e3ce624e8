//! Values for templates: plain text is escaped by Tera, ready HTML is not.

use serde_json::Value as Json;
use std::collections::BTreeMap;
use tera::Value;
use tera::value::Key;

/// Text that Tera escapes.
pub(super) fn text(text: impl AsRef<str>) -> Value {
    Value::normal_string(text.as_ref())
}

/// Text made safe inside an attribute's quotes.
pub(super) fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// Ready HTML.
pub(super) fn html(html: impl AsRef<str>) -> Value {
    Value::safe_string(html.as_ref())
}

/// A map from its entries.
pub(super) fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(entries))
}

/// A list from its items.
pub(super) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<_>>())
}

/// Keys of the engine's JSON under which an author's text stands, drawn as HTML beforehand.
/// Everything else (ids above all) stays plain and is escaped where it is printed.
const TEXT_KEYS: [&str; 22] = [
    "answer",
    "bin",
    "called",
    "checklist",
    "feedback",
    "formula",
    "give",
    "hints",
    "image",
    "intro",
    "model",
    "name",
    "prompt",
    "segments",
    "shown",
    "slip",
    "task",
    "text",
    "title",
    "unit",
    "when",
    "why",
];

/// Keys that stand in the faces of all questions: they need not be copied for each.
const PLAIN_KEYS: [&str; 12] = [
    "columns",
    "gaps",
    "id",
    "items",
    "kind",
    "lines",
    "marks",
    "objective",
    "options",
    "right",
    "rows",
    "widget",
];

/// The engine's JSON as a template value; texts under [`TEXT_KEYS`] count as HTML.
pub(super) fn engine(json: &Json) -> Value {
    convert(json, false)
}

fn convert(json: &Json, is_text: bool) -> Value {
    match json {
        Json::String(string) if is_text => html(string),
        Json::String(string) => text(string),
        Json::Array(items) => list(items.iter().map(|item| convert(item, is_text))),
        Json::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let find = |keys: &[&'static str]| keys.iter().copied().find(|known| known == key);
                let known = find(&TEXT_KEYS);
                let is_text = known.is_some();
                let name = known.or_else(|| find(&PLAIN_KEYS)).map(Key::from);
                (name.unwrap_or_else(|| key.clone().into()), convert(value, is_text))
            });
            // From an index map Tera would make another one, and hash every key twice.
            Value::from(entries.collect::<BTreeMap<_, _>>())
        }
        other => Value::from_serializable(other),
    }
}

/// JSON that may stand inside a `<script>` element: no `<` can close it.
pub(super) fn script_json(json: &Json) -> String {
    in_script(&json.to_string())
}

/// The same from JSON that is written already.
pub(super) fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}
