//! Values for templates: plain text is escaped by Tera, ready HTML is not.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use serde_json::Value as Json;
use tera::Value;

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
pub(super) fn map(entries: impl AsRef<[(&'static str, Value)]>) -> Value {
    Value::from_serializable(&Entries(entries.as_ref()))
}

/// Entries of a map, to be serialised: Tera then builds its map from them as they come. A map of
/// ours it would only copy into one of its own.
struct Entries<'e>(&'e [(&'static str, Value)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("", self.0.len())?;
        for (key, value) in self.0 {
            // Tera takes its own values over by a detour, which nothing does not need.
            if value.is_none() {
                map.serialize_field(key, &())?;
            } else {
                map.serialize_field(key, value)?;
            }
        }
        map.end()
    }
}

/// A list from its items.
pub(super) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<_>>())
}

/// Keys of the engine's JSON, and whether an author's text stands under them, drawn as HTML
/// beforehand. Everything else (ids above all) stays plain and is escaped where it is printed. Those
/// without a text are in the faces of all questions: they need not be copied for each.
const KEYS: [(&str, bool); 34] = [
    ("answer", true),
    ("bin", true),
    ("called", true),
    ("checklist", true),
    ("columns", false),
    ("feedback", true),
    ("formula", true),
    ("gaps", false),
    ("give", true),
    ("hints", true),
    ("id", false),
    ("image", true),
    ("intro", true),
    ("items", false),
    ("kind", false),
    ("lines", false),
    ("marks", false),
    ("model", true),
    ("name", true),
    ("objective", false),
    ("options", false),
    ("prompt", true),
    ("right", false),
    ("rows", false),
    ("segments", true),
    ("shown", true),
    ("slip", true),
    ("task", true),
    ("text", true),
    ("title", true),
    ("unit", true),
    ("when", true),
    ("why", true),
    ("widget", false),
];

/// The engine's JSON as a template value; texts under some of [`KEYS`] count as HTML.
pub(super) fn engine(json: &Json) -> Value {
    Value::from_serializable(&Engine { json, is_text: false })
}

/// The engine's JSON, to be serialised like [`Entries`].
struct Engine<'j> {
    json: &'j Json,
    /// Whether its texts count as HTML.
    is_text: bool,
}

impl Serialize for Engine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { json, is_text } = *self;
        match json {
            Json::String(string) if is_text => html(string).serialize(serializer),
            Json::Array(items) => {
                serializer.collect_seq(items.iter().map(|json| Self { json, is_text }))
            }
            Json::Object(entries) => serializer.collect_map(entries.iter().map(|(key, json)| {
                let (key, is_text) = Name::of(key);
                (key, Self { json, is_text })
            })),
            other => other.serialize(serializer),
        }
    }
}

/// A key of the engine's JSON.
enum Name<'j> {
    Known(&'static str),
    Other(&'j str),
}

impl<'j> Name<'j> {
    /// The key, and whether a text stands under it.
    fn of(key: &'j str) -> (Self, bool) {
        // Most differ in length, which is soon told.
        match KEYS.iter().find(|(known, _)| *known == key) {
            Some((known, is_text)) => (Self::Known(known), *is_text),
            None => (Self::Other(key), false),
        }
    }
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // What Tera takes as a key that lasts as long as the program.
            Self::Known(key) => serializer.serialize_unit_variant("", 0, key),
            Self::Other(key) => serializer.serialize_str(key),
        }
    }
}

/// JSON as text. `to_string` would give the same, but looks at each piece of it once more.
pub(crate) fn json_text(json: &Json) -> String {
    serde_json::to_string(json).unwrap_or_else(|_| json.to_string())
}

/// An object of texts as JSON.
pub(super) fn json_object(entries: &[(&str, String)]) -> String {
    struct Texts<'e>(&'e [(&'e str, String)]);
    impl Serialize for Texts<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|(key, text)| (key, text)))
        }
    }
    serde_json::to_string(&Texts(entries)).unwrap_or_default()
}

/// JSON that may stand inside a `<script>` element: no `<` can close it.
pub(super) fn script_json(json: &Json) -> String {
    in_script(&json_text(json))
}

/// The same from JSON that is written already.
pub(super) fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_of_the_engine_are_html_and_ids_are_not() {
        let json = json!({
            "id": "a<b", "prompt": "<p>甲</p>", "hints": ["<b>", ["<i>"]], "marks": 2.5, "none": null,
            "options": [{"id": "<", "text": "<u>乙</u>", "right": true}],
        });
        let value = engine(&json);
        let at = |path: &str| value.get_from_path(path).unwrap().clone();
        for (path, text, is_safe) in [
            ("id", "a<b", false),
            ("prompt", "<p>甲</p>", true),
            ("hints.0", "<b>", true),
            ("hints.1.0", "<i>", true),
            ("options.0.id", "<", false),
            ("options.0.text", "<u>乙</u>", true),
        ] {
            assert_eq!((at(path).as_str(), at(path).is_safe()), (Some(text), is_safe), "{path}");
        }
        assert_eq!(at("marks").as_f64(), Some(2.5));
        assert!(at("none").is_none() && at("options.0.right").as_bool() == Some(true));
    }
}
