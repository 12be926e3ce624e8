//! Where the texts of a course's files stand: the grammar of what people read.
//!
//! The tree of a file is walked with the [`Ground`] that each value stands on; [`keys`] says on
//! which ground the value of a key stands. Whatever no line here names is a name (an id, a kind, a
//! file, a condition, a formula) and stays. Slots of slides need no line: their layout's manifest
//! says which hold texts; nor do drawings, where everything is text but a few naming keys.

use super::unit::needs_translation;
use crate::course::drawing;
use crate::course::load::FileKind;
use crate::course::raw::DEFAULT_LAYOUT;
use crate::source::{Body, Tree};
use crate::theme::{Layouts, SlotKind, SlotType};
use std::collections::{BTreeMap, BTreeSet};

/// A text that people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its node.
    pub(super) at: usize,
    /// Its path as diagnostics name it: `slides[3].title`.
    pub(super) path: String,
    /// The same with ids instead of numbers: `slides.c09s04.title`.
    pub(super) address: String,
    /// How it stands there.
    pub(super) role: Role,
}

/// How a text stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// As a text: its paragraphs are translated one by one.
    Text,
    /// As one of several that are accepted: the list is translated as a whole.
    List,
    /// As a text that is its own id (`bins: [甲, 乙]`).
    Target,
    /// As the id of a row that has no name; the map it stands in.
    RowName(usize),
}

/// Everything of a file that a translation touches.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// The texts in the order written.
    pub(super) spots: Vec<Spot>,
    /// Ids that default to a text: the map, the key, and the text. A translation writes them
    /// out, so that answers are called the same in every language.
    pub(super) names: Vec<(usize, &'static str, usize)>,
    /// Words that are both id and text, and so cannot be translated: their paths.
    pub(super) fixed: Vec<(String, String)>,
}

/// What a value stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ground<'w> {
    /// Names things; nobody reads it.
    Name,
    /// A text, or a list or map of texts.
    Text,
    /// A list of accepted texts.
    List,
    Course,
    Inventory,
    Glossary,
    Sources,
    Guide,
    Chapter,
    Objective,
    Slide,
    Slot(&'w SlotType),
    Drawing,
    Question,
    /// Part of a question.
    Part,
    /// Part of a question whose id defaults to its text.
    Entry,
    /// A pair to match: its ids default to its sides.
    Pair,
    /// A bin, column or side: a text, or a map with a text.
    Target,
    Exercise,
    /// The levels of help of an exercise, each under its name.
    Levels,
    Level,
    Data,
    Table(usize),
    Field,
    Row(usize),
    /// A field of a row that is not declared: a text unless it is some row's id.
    Loose,
    Stage,
    StagePart,
    Column,
    /// What a rule gives: an id of a table, as a rule.
    Given,
    Condition,
    /// What a text is compared with.
    Compared,
    Set,
}

/// The ground of the value under `key`, where the key alone decides.
fn keys(ground: Ground<'_>, key: &str) -> Ground<'static> {
    use Ground::{
        Chapter, Column, Condition, Course, Data, Entry, Exercise, Field, Given, Glossary, Guide,
        Inventory, Level, Levels, List, Name, Objective, Pair, Part, Question, Set, Slide, Sources,
        Stage, StagePart, Target, Text,
    };
    match (ground, key) {
        (Course, "title" | "authors") => Text,
        (Course, "parts") => Course,
        (Inventory, "rows") => Inventory,
        (Inventory, "term") => Text,
        (Glossary, "terms") => Glossary,
        (Glossary, "term" | "definition") => Text,
        (Glossary, "forms") => List,
        (Sources, "settings" | "sources") => Sources,
        (Sources, "intro" | "cautions" | "name" | "text" | "citation" | "supports") => Text,
        (Guide, "prepare" | "room" | "watch") => Text,
        (Chapter, "title" | "takeaways") | (Objective, "text") => Text,
        (Chapter, "objectives") => Objective,
        (Chapter, "guide") => Guide,
        (Chapter, "slides") => Slide,
        (Chapter, "questions") => Question,
        (Slide, "title" | "notes" | "ask") => Text,
        (
            Question,
            "prompt" | "why" | "hints" | "unit" | "labels" | "low" | "high" | "model" | "checklist"
            | "alt",
        ) => Text,
        (Question | Part, "accept") | (Field, "headers") => List,
        (Question, "pairs") => Pair,
        (Question, "items" | "rows") => Entry,
        (Question, "bins" | "columns" | "extra") => Target,
        (Question, "options" | "regions" | "blanks" | "slips" | "units") => Part,
        (Part | Entry | Pair, "text" | "why" | "left" | "right" | "unit" | "feedback") => Text,
        (Target, "text") => Text,
        (Part, "options") => Part,
        (Exercise, "title" | "intro" | "titles") => Text,
        (Exercise, "data") => Data,
        (Exercise, "stages") => Stage,
        (Exercise, "levels") => Levels,
        (Levels, _) => Level,
        (Level, "tool") => Question,
        (Exercise, "variants") => StagePart,
        (Field, "title" | "unit") => Text,
        (Stage, "title" | "task" | "hints") => Text,
        (Stage, "principle" | "question") => Question,
        (Stage, "columns" | "results") => Column,
        (Stage, "items" | "places" | "facts" | "moves" | "counters" | "mistakes") => StagePart,
        (StagePart, "title" | "text" | "why" | "feedback") => Text,
        (Column, "title" | "unit" | "checklist" | "anchors" | "action" | "why") => Text,
        (Column, "rules") => Column,
        (Column, "give") => Given,
        (Column, "only") | (StagePart | Column, "when" | "while") => Condition,
        (StagePart | Column, "set") => Set,
        _ => Name,
    }
}

/// Finds the texts of a file in `language`.
pub(super) fn find(kind: FileKind, layouts: &Layouts, language: &str, tree: &Tree<'_>) -> Texts {
    let mut walk = Walk {
        tree,
        layouts,
        language,
        tables: Vec::new(),
        ids: BTreeSet::new(),
        compared: BTreeSet::new(),
        texts: Texts::default(),
    };
    let ground = match kind {
        FileKind::Course => Ground::Course,
        FileKind::Chapter => Ground::Chapter,
        FileKind::Inventory => Ground::Inventory,
        FileKind::Glossary => Ground::Glossary,
        FileKind::Sources => Ground::Sources,
        FileKind::Exercise => {
            walk.learn();
            Ground::Exercise
        }
    };
    if let Some(root) = tree.root() {
        walk.value(root, ground, &Here::default());
    }
    walk.texts
}

/// A table of an exercise: its name, and what its declared fields hold.
struct TableTypes {
    name: String,
    fields: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default)]
struct Here {
    path: String,
    address: String,
}

impl Here {
    fn below(&self, key: &str) -> Self {
        let dotted = |to: &str| if to.is_empty() { key.to_owned() } else { format!("{to}.{key}") };
        Self { path: dotted(&self.path), address: dotted(&self.address) }
    }

    fn entry(&self, index: usize, id: Option<&str>) -> Self {
        let name =
            id.map_or_else(|| (index + 1).to_string(), |id| id.replace(char::is_whitespace, "_"));
        Self {
            path: format!("{}[{index}]", self.path),
            address: format!("{}.{name}", self.address),
        }
    }
}

struct Walk<'w> {
    tree: &'w Tree<'w>,
    layouts: &'w Layouts,
    language: &'w str,
    tables: Vec<TableTypes>,
    /// Ids of all rows of all tables.
    ids: BTreeSet<String>,
    /// Fields that hold texts, in whatever table.
    compared: BTreeSet<String>,
    texts: Texts,
}

impl<'w> Walk<'w> {
    fn under(&self, at: usize, key: &str) -> Option<usize> {
        self.tree.get(at, key).map(|(_, value)| value)
    }

    /// Learns the tables of an exercise before it is walked.
    fn learn(&mut self) {
        let tree = self.tree;
        let data = tree.root().and_then(|root| self.under(root, "data"));
        for (name, table) in data.map(|data| tree.pairs(data)).unwrap_or_default() {
            let mut fields = BTreeMap::new();
            let declared = self.under(*table, "fields");
            for field in declared.map(|list| tree.entries(list)).unwrap_or_default() {
                let word = |key| self.under(*field, key).and_then(|at| tree.text(at));
                let (id, holds) = (word("id").unwrap_or_default(), word("type"));
                if matches!(holds, Some("text" | "texts")) {
                    self.compared.insert(id.to_owned());
                }
                fields.insert(id.to_owned(), holds.unwrap_or("number").to_owned());
            }
            let rows = self.under(*table, "rows");
            for row in rows.map(|rows| tree.entries(rows)).unwrap_or_default() {
                let id = self.under(*row, "id").and_then(|at| tree.text(at));
                self.ids.extend(id.map(str::to_owned));
            }
            self.tables
                .push(TableTypes { name: tree.text(*name).unwrap_or_default().to_owned(), fields });
        }
    }

    fn table(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.name == name)
    }

    /// The ground of a row's field.
    fn field(&self, table: usize, key: &str) -> Ground<'w> {
        match self.tables.get(table).and_then(|table| table.fields.get(key)).map(String::as_str) {
            _ if matches!(key, "name" | "text" | "why") => Ground::Text,
            Some("text" | "texts") => Ground::Text,
            None if !matches!(key, "id" | "key") => Ground::Loose,
            _ => Ground::Name,
        }
    }

    /// The ground of the value under `key` of the map `at`.
    fn ground(&self, ground: Ground<'w>, at: usize, key: &str) -> Ground<'w> {
        match ground {
            Ground::Text => Ground::Text,
            Ground::Slot(slot) => slot.keys.get(key).map_or(Ground::Name, Ground::Slot),
            Ground::Slide => match keys(ground, key) {
                Ground::Name => self.slot(at, key),
                common => common,
            },
            Ground::Drawing if drawing::names_things(key) => Ground::Name,
            Ground::Drawing => Ground::Drawing,
            Ground::Data => self.table(key).map_or(Ground::Name, Ground::Table),
            Ground::Table(table) => match key {
                "fields" => Ground::Field,
                "rows" => Ground::Row(table),
                _ => Ground::Name,
            },
            Ground::Row(table) => self.field(table, key),
            Ground::Condition | Ground::Compared => {
                let last = key.rsplit('.').next().unwrap_or(key);
                let is_compared = ground == Ground::Compared || self.compared.contains(last);
                if is_compared { Ground::Compared } else { Ground::Condition }
            }
            Ground::Set => self.set(key),
            _ => keys(ground, key),
        }
    }

    fn slot(&self, slide: usize, key: &str) -> Ground<'w> {
        let layout = self.under(slide, "layout").and_then(|at| self.tree.text(at));
        let layout = self.layouts.get(layout.unwrap_or(DEFAULT_LAYOUT));
        layout.and_then(|layout| layout.slots.get(key)).map_or(Ground::Name, Ground::Slot)
    }

    /// The ground of what a `set` puts at a path.
    fn set(&self, path: &str) -> Ground<'w> {
        let parts: Vec<&str> = path.split('.').collect();
        match (parts.as_slice(), self.table(parts[0])) {
            ([_], Some(table)) => Ground::Row(table),
            ([_, _, field], Some(table)) => self.field(table, field),
            ([_, _], None) => Ground::Column,
            ([_, _, key], None) => keys(Ground::Column, key),
            _ => Ground::Name,
        }
    }

    fn value(&mut self, at: usize, ground: Ground<'w>, here: &Here) {
        let tree = self.tree;
        match &tree.node(at).body {
            Body::Map(pairs) => self.map(at, pairs, ground, here),
            Body::List(entries) => self.list(at, entries, ground, here),
            Body::Scalar(text, _) => self.scalar(at, text, ground, here),
            Body::Alias(_) => {}
        }
    }

    fn map(&mut self, at: usize, pairs: &[(usize, usize)], ground: Ground<'w>, here: &Here) {
        let ground = match ground {
            Ground::Slot(slot) if matches!(slot.kind, SlotKind::Chart | SlotKind::Figure) => {
                Ground::Drawing
            }
            other => other,
        };
        let named: &[(&'static str, &str)] = match ground {
            Ground::Entry | Ground::Target => &[("id", "text")],
            Ground::Pair => &[("id", "left"), ("target", "right")],
            _ => &[],
        };
        for (key, from) in named {
            if let (None, Some(text)) = (self.under(at, key), self.under(at, from)) {
                self.texts.names.push((at, key, text));
            }
        }
        if let (Ground::Row(_), None, Some(id)) =
            (ground, self.under(at, "name"), self.under(at, "id"))
            && self.tree.text(id).is_some_and(|id| needs_translation(id, self.language))
        {
            self.spot(id, &here.below("id"), Role::RowName(at));
        }
        for (name, value) in pairs {
            let Some(key) = self.tree.text(*name) else { continue };
            self.value(*value, self.ground(ground, at, key), &here.below(key));
        }
    }

    fn list(&mut self, at: usize, entries: &[usize], ground: Ground<'w>, here: &Here) {
        let ground = match ground {
            Ground::List => return self.spot(at, here, Role::List),
            Ground::Slot(slot) if slot.kind == SlotKind::List => {
                slot.of.as_deref().map_or(Ground::Text, Ground::Slot)
            }
            Ground::Slot(slot) if matches!(slot.kind, SlotKind::Chart | SlotKind::Figure) => {
                Ground::Drawing
            }
            other => other,
        };
        for (index, entry) in entries.iter().enumerate() {
            let id = self.under(*entry, "id").and_then(|at| self.tree.text(at));
            self.value(*entry, ground, &here.entry(index, id));
        }
    }

    fn scalar(&mut self, at: usize, text: &str, ground: Ground<'w>, here: &Here) {
        match ground {
            Ground::Text | Ground::List | Ground::Drawing | Ground::Compared => {
                self.spot(at, here, Role::Text);
            }
            Ground::Target => self.spot(at, here, Role::Target),
            Ground::Loose if !self.ids.contains(text) => self.spot(at, here, Role::Text),
            Ground::Slot(slot) => match slot.kind {
                SlotKind::Text | SlotKind::Markdown => self.spot(at, here, Role::Text),
                SlotKind::Mark if !is_icon(text) => self.spot(at, here, Role::Text),
                _ => {}
            },
            Ground::Given if !self.ids.contains(text) && needs_translation(text, self.language) => {
                self.texts.fixed.push((here.path.clone(), text.to_owned()));
            }
            _ => {}
        }
    }

    fn spot(&mut self, at: usize, here: &Here, role: Role) {
        let Here { path, address } = here.clone();
        self.texts.spots.push(Spot { at, path, address, role });
    }
}

/// Whether a mark is rather the name of an icon (`shield`, `arrow-up`).
fn is_icon(mark: &str) -> bool {
    mark.starts_with(|c: char| c.is_ascii_lowercase())
        && mark
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
