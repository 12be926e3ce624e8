//! Interface words: `locales/<lang>/<area>.yaml` of a theme.

use super::read_yaml;
use crate::parallel::each;
use crate::source::{RelPath, World};
use rayon::prelude::*;
use serde_json::{Map, Value};

/// The interface words of one language, nested by area and key.
#[derive(Debug, Clone)]
pub struct Words {
    /// BCP 47 tag.
    pub language: String,
    /// The words of each area.
    areas: Map<String, Value>,
    /// The same for templates, made once: every slide's context holds it.
    shared: tera::Value,
}

/// Areas that no page speaks of.
const PROGRAM: [&str; 4] = ["cli", "diag", "serve", "terminal"];

/// Languages in which the interface speaks.
pub const LANGUAGES: [&str; 2] = ["zh-Hans", "en"];

impl Words {
    /// The interface language for a BCP 47 or POSIX tag (`zh_CN.UTF-8`, `en-GB`); English when
    /// there is none nearer.
    pub fn nearest_language(tag: &str) -> &'static str {
        if tag.to_ascii_lowercase().starts_with("zh") { LANGUAGES[0] } else { LANGUAGES[1] }
    }

    /// Reads `<folder>/locales/<lang>/*.yaml` for each folder in turn; later folders win.
    /// A file that cannot be read as a map of texts is an error naming it.
    pub fn load(themes: &dyn World, folders: &[&str], tag: &str) -> Result<Self, String> {
        Self::read(themes, folders, tag, &[])
    }

    /// The same without what only the program says.
    pub fn of_pages(themes: &dyn World, folders: &[&str], tag: &str) -> Result<Self, String> {
        Self::read(themes, folders, tag, &PROGRAM)
    }

    fn read(
        themes: &dyn World,
        folders: &[&str],
        tag: &str,
        without: &[&str],
    ) -> Result<Self, String> {
        let language = Self::nearest_language(tag).to_owned();
        let files = themes.files().map_err(|error| format!("{error:?}"))?;
        let mut words = Map::new();
        for folder in folders {
            let prefix = format!("{folder}/locales/{language}/");
            let paths = files.iter().filter(|path| path.as_str().starts_with(&prefix));
            let paths = paths.filter(|path| !without.contains(&path.stem()));
            let areas = each(paths.collect::<Vec<_>>())
                .map(|path| Ok((path.stem(), read_area(themes, path)?)));
            for (area, said) in areas.collect::<Result<Vec<_>, String>>()? {
                merge(&mut words, area, said);
            }
        }
        let shared = tera::Value::from_serializable(&words);
        Ok(Self { language, areas: words, shared })
    }

    /// The word at `area.key`, in its form for `count` if it has forms.
    fn find(&self, key: &str, count: Option<&str>) -> Option<&str> {
        let mut at = &Value::Null;
        let mut map = Some(&self.areas);
        let mut rest = key;
        // Codes may hold dots themselves, so the longest matching key wins at each level.
        while let Some(level) = map {
            let (name, after) = longest_key(level, rest)?;
            at = level.get(name)?;
            map = at.as_object();
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        match at {
            Value::String(text) => Some(text),
            Value::Object(forms) => {
                let form = if count == Some("1") { "one" } else { "other" };
                forms.get(form).or_else(|| forms.get("other")).and_then(Value::as_str)
            }
            _ => None,
        }
    }

    /// Whether there is a word at `key`.
    pub fn has(&self, key: &str) -> bool {
        self.find(key, None).is_some()
    }

    /// The word at `key` with its placeholders filled in; the key itself when there is none.
    /// A word with forms is chosen by the argument `n`.
    pub fn say<K: AsRef<str>, V: AsRef<str>>(&self, key: &str, args: &[(K, V)]) -> String {
        let count = args.iter().find(|(name, _)| name.as_ref() == "n").map(|(_, n)| n.as_ref());
        let Some(text) = self.find(key, count) else { return key.to_owned() };
        fill(text, args)
    }

    /// The word at `key` without arguments.
    pub fn word(&self, key: &str) -> String {
        self.say::<&str, &str>(key, &[])
    }

    /// All words, nested, for templates.
    pub fn all(&self) -> tera::Value {
        self.shared.clone()
    }

    /// The words of the areas named, with flat keys (`quiz.next`), for scripts.
    pub fn flat(&self, areas: &[&str]) -> Map<String, Value> {
        let mut flat = Map::new();
        for area in areas {
            if let Some(words) = self.areas.get(*area) {
                flatten(area, words, &mut flat);
            }
        }
        flat
    }
}

fn longest_key<'k>(level: &Map<String, Value>, rest: &'k str) -> Option<(&'k str, &'k str)> {
    if level.contains_key(rest) {
        return Some((rest, ""));
    }
    rest.match_indices('.')
        .rev()
        .map(|(at, _)| (&rest[..at], &rest[at + 1..]))
        .find(|(head, _)| level.contains_key(*head))
}

fn is_forms(map: &Map<String, Value>) -> bool {
    map.contains_key("other") && map.keys().all(|key| key == "one" || key == "other")
}

fn flatten(prefix: &str, value: &Value, flat: &mut Map<String, Value>) {
    match value {
        Value::Object(map) if !is_forms(map) => {
            for (key, value) in map {
                flatten(&format!("{prefix}.{key}"), value, flat);
            }
        }
        _ => {
            flat.insert(prefix.to_owned(), value.clone());
        }
    }
}

fn read_area(themes: &dyn World, path: &RelPath) -> Result<Value, String> {
    let bytes = themes.read(path).map_err(|error| format!("{path}: {error:?}"))?;
    let value: Value = read_yaml(&bytes).map_err(|error| format!("{path}: {error}"))?;
    if value.is_object() { Ok(value) } else { Err(format!("{path}: not a map of texts")) }
}

fn merge(into: &mut Map<String, Value>, key: &str, value: Value) {
    match (into.get_mut(key), value) {
        (Some(Value::Object(old)), Value::Object(new)) => {
            for (key, value) in new {
                merge(old, &key, value);
            }
        }
        (_, value) => {
            into.insert(key.to_owned(), value);
        }
    }
}

/// Fills `{name}` placeholders; unknown ones stay as they are.
fn fill<K: AsRef<str>, V: AsRef<str>>(text: &str, args: &[(K, V)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let found = after.find('}').and_then(|close| {
            let (_, value) = args.iter().find(|(name, _)| name.as_ref() == &after[..close])?;
            Some((close, value.as_ref()))
        });
        if let Some((close, value)) = found {
            out.push_str(value);
            rest = &after[close + 1..];
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    fn words() -> Words {
        let world = Memory::default().with(
            "base/locales/en/quiz.yaml",
            &b"next: Next\nleft: {one: '{n} question left', other: '{n} questions left'}\nunknown.key: Odd {thing}\n"[..],
        );
        Words::load(&world, &["base"], "en_GB.UTF-8").unwrap()
    }

    #[test]
    fn fills_placeholders_and_forms() {
        assert_eq!(words().say("quiz.left", &[("n", "1")]), "1 question left");
        assert_eq!(words().say("quiz.left", &[("n", "3")]), "3 questions left");
        assert_eq!(words().say("quiz.unknown.key", &[("thing", "{x}")]), "Odd {x}");
        assert_eq!(words().word("quiz.nothing"), "quiz.nothing");
    }

    #[test]
    fn flattens_areas_for_scripts() {
        let flat = words().flat(&["quiz"]);
        assert_eq!(flat["quiz.next"], "Next");
        assert_eq!(flat["quiz.left"]["one"], "{n} question left");
    }
}
