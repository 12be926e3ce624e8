//! A layout's manifest: the slots it fills and what may stand in them.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// All layouts of a theme, in the order of their names.
#[derive(Debug, Clone, Default)]
pub struct Layouts(Vec<(String, Layout)>);

impl Layouts {
    /// The layout of that name.
    pub fn get(&self, name: &str) -> Option<&Layout> {
        // There are a few dozen, and most names differ in length: that is soon told.
        self.0.iter().find(|(known, _)| known == name).map(|(_, layout)| layout)
    }

    /// Each with its name, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Layout)> {
        self.0.iter().map(|(name, layout)| (name.as_str(), layout))
    }

    /// Names in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }
}

impl From<BTreeMap<String, Layout>> for Layouts {
    fn from(layouts: BTreeMap<String, Layout>) -> Self {
        Self(layouts.into_iter().collect())
    }
}

/// One layout: `layouts/<name>/layout.yaml`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// One sentence for authors, in English.
    #[serde(default)]
    pub about: String,
    /// The same in Chinese.
    #[serde(default)]
    pub about_zh: String,
    /// Size of its title in units, when it is not the usual one.
    #[serde(default)]
    pub title_size: Option<f64>,
    /// Whether the layout draws its own title.
    #[serde(default)]
    pub bare: bool,
    /// What the author fills in, by name.
    #[serde(default)]
    pub slots: SlotMap,
    /// Slots of which at least one must be filled, group by group.
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    /// A complete slide in YAML, in Chinese.
    #[serde(default)]
    pub example: String,
    /// Another one, in English.
    #[serde(default)]
    pub example_en: String,
}

/// Slots or keys by name, in the order written.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct SlotMap(pub Vec<(&'static str, SlotType)>);

impl SlotMap {
    /// The slot of that name.
    pub fn get(&self, name: &str) -> Option<&SlotType> {
        self.0.iter().find(|(slot, _)| *slot == name).map(|(_, slot)| slot)
    }
}

impl<'de> Deserialize<'de> for SlotMap {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = SlotMap;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of slots")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<SlotMap, A::Error> {
                let mut slots = Vec::new();
                while let Some((name, slot)) = map.next_entry::<String, SlotType>()? {
                    slots.push((lasting(&name), slot));
                }
                Ok(SlotMap(slots))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// The name for as long as the program runs: templates are given the slots of thousands of slides,
/// and then need no copies. Names are few, and each is kept once, however often a theme is read.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name = Box::leak(Box::from(name));
    names.insert(name);
    name
}

/// What a slot may hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotType {
    /// The kind of content.
    #[serde(rename = "type")]
    pub kind: SlotKind,
    /// Whether it must be given.
    #[serde(default)]
    pub required: bool,
    /// Fewest entries of a list.
    #[serde(default)]
    pub least: Option<usize>,
    /// Most entries of a list.
    #[serde(default)]
    pub most: Option<usize>,
    /// What a list holds; `text` when absent.
    #[serde(default)]
    pub of: Option<Box<SlotType>>,
    /// The keys of a group.
    #[serde(default)]
    pub keys: SlotMap,
    /// The words of a choice.
    #[serde(default)]
    pub among: Vec<String>,
    /// One sentence for authors.
    #[serde(default)]
    pub about: String,
    /// Share of the slide's width that a drawing has here, in percent.
    #[serde(default)]
    pub wide: Option<f64>,
    /// How many Han characters look well here (twice as many Latin letters); advice, not a limit.
    #[serde(default)]
    pub length: Option<usize>,
}

impl SlotType {
    /// One line of Markdown: what a list holds that does not say what it holds.
    pub const fn text() -> Self {
        Self {
            kind: SlotKind::Text,
            required: false,
            least: None,
            most: None,
            of: None,
            keys: SlotMap(Vec::new()),
            among: Vec::new(),
            about: String::new(),
            length: None,
            wide: None,
        }
    }
}

/// The kinds of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// One line of Markdown.
    Text,
    /// The name of one of the theme's icons, or a short text.
    Mark,
    /// Markdown.
    Markdown,
    /// A number.
    Number,
    /// true or false.
    YesNo,
    /// An id.
    Id,
    /// A file of the course.
    Media,
    /// An exercise, or a stage of one.
    Exercise,
    /// Data that is drawn as a chart.
    Chart,
    /// Data that is drawn as a figure.
    Figure,
    /// Numbers.
    Numbers,
    /// One of the words in `among`.
    Choice,
    /// Several of `of`.
    List,
    /// The keys in `keys`.
    Group,
}
