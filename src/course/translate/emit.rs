//! A file in another language: its tree written again as YAML, with the texts replaced.
//!
//! What comes out is read by the same code as the author's own file, so every kind of question,
//! stage, layout and drawing is translated by being read.

use super::texts::{Role, Texts};
use crate::source::{Body, Scalar, Tree};
use saphyr_parser::ScalarStyle;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// What takes the place of a node.
pub(super) enum Other {
    /// Another text.
    Text(String),
    /// Other entries of a list.
    List(Vec<String>),
}

/// Writes the tree; `others` are the translations by place in `texts.spots`.
pub(super) fn emit(tree: &Tree<'_>, texts: &Texts, others: &BTreeMap<usize, Other>) -> String {
    let mut writer = Writer {
        tree,
        others: HashMap::new(),
        added: HashMap::new(),
        targets: HashMap::new(),
        out: String::new(),
    };
    for (map, key, text) in &texts.names {
        let id = tree.text(*text).unwrap_or_default().to_owned();
        // An alias brings the same map twice.
        let added = writer.added.entry(*map).or_default();
        if !added.iter().any(|(known, _)| known == key) {
            added.push((key, id));
        }
    }
    for (place, other) in others {
        let Some(spot) = texts.spots.get(*place) else { continue };
        match (spot.role, other) {
            (Role::RowName(map), Other::Text(name)) => {
                let added = writer.added.entry(map).or_default();
                if !added.iter().any(|(known, _)| *known == "name") {
                    added.push(("name", name.clone()));
                }
            }
            (Role::Target, Other::Text(text)) => {
                writer.targets.insert(spot.at, text);
            }
            _ => {
                writer.others.insert(spot.at, other);
            }
        }
    }
    if let Some(root) = tree.root() {
        writer.node(root);
    }
    writer.out
}

struct Writer<'w> {
    tree: &'w Tree<'w>,
    others: HashMap<usize, &'w Other>,
    /// Keys that a map gets besides.
    added: HashMap<usize, Vec<(&'static str, String)>>,
    /// Texts that were their own ids.
    targets: HashMap<usize, &'w String>,
    out: String,
}

impl Writer<'_> {
    fn node(&mut self, at: usize) {
        match self.others.get(&at) {
            Some(Other::Text(text)) => return quote(&mut self.out, text),
            Some(Other::List(entries)) => {
                self.out.push('[');
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    accepted(&mut self.out, entry);
                }
                return self.out.push(']');
            }
            None => {}
        }
        let tree = self.tree;
        match &tree.node(at).body {
            Body::Scalar(text, style) => match self.targets.get(&at) {
                Some(other) => {
                    let map = [("id", text.as_ref()), ("text", other.as_str())];
                    self.out.push('{');
                    for (index, (key, value)) in map.into_iter().enumerate() {
                        self.pair(index, key);
                        quote(&mut self.out, value);
                    }
                    self.out.push('}');
                }
                None => scalar(&mut self.out, text, *style),
            },
            Body::List(entries) => {
                self.out.push('[');
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.node(*entry);
                }
                self.out.push(']');
            }
            Body::Map(pairs) => {
                self.out.push('{');
                for (index, (key, value)) in pairs.iter().enumerate() {
                    self.pair(index, tree.text(*key).unwrap_or_default());
                    self.node(*value);
                }
                // After what is there: a `kind` or `layout` stays first.
                for (index, (key, text)) in
                    self.added.get(&at).cloned().unwrap_or_default().into_iter().enumerate()
                {
                    self.pair(pairs.len() + index, key);
                    quote(&mut self.out, &text);
                }
                self.out.push('}');
            }
            Body::Alias(target) => self.node(*target),
        }
    }

    fn pair(&mut self, index: usize, key: &str) {
        if index > 0 {
            self.out.push_str(", ");
        }
        quote(&mut self.out, key);
        self.out.push_str(": ");
    }
}

/// An accepted answer as it stands in a catalogue.
const PATTERN: &str = "pattern: ";

/// The entries of a list as a unit: one a line.
pub(super) fn lines(tree: &Tree<'_>, list: usize) -> String {
    let line = |at: &usize| match tree.get(*at, "pattern") {
        Some((_, pattern)) => format!("{PATTERN}{}", tree.text(pattern).unwrap_or_default()),
        None => tree.text(*at).unwrap_or_default().to_owned(),
    };
    tree.entries(list).iter().map(line).collect::<Vec<_>>().join("\n")
}

fn accepted(out: &mut String, line: &str) {
    match line.strip_prefix(PATTERN) {
        Some(pattern) => {
            out.push_str("{\"pattern\": ");
            quote(out, pattern);
            out.push('}');
        }
        None => quote(out, line),
    }
}

/// A scalar that means the same: a number stays a number, `true` stays a yes.
fn scalar(out: &mut String, text: &str, style: ScalarStyle) {
    match Scalar::of(text, style) {
        Scalar::Text => quote(out, text),
        Scalar::Null => out.push('~'),
        _ => out.push_str(text),
    }
}

/// JSON's way of quoting is one of YAML's.
fn quote(out: &mut String, text: &str) {
    out.push_str(&Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_again_means_the_same() {
        let text = "a: 1.50\nb: '007'\nc: 007\nd: [true, 'true', \"x\\ty\", -3, 1e3, 甲, a b]\ne: |\n  一\n\n  二\nf: &f {kind: x, y: 'it''s'}\ng: *f\ni: '-5'\n";
        let tree = Tree::parse(text).unwrap();
        let again = emit(&tree, &Texts::default(), &BTreeMap::new());
        let read = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).unwrap();
        assert_eq!(read(&again), read(text));
    }
}
