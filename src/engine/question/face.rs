//! What a learner may see of a question: everything but the key.

use crate::json::Value;
use crate::write::{Object, text};

/// A question without its key, its parts in the order shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The question's kind.
    pub kind: &'static str,
    /// The question's id.
    pub id: String,
    /// Id of the objective that it tests.
    pub objective: Option<String>,
    /// 1 easy, 2 middling, 3 hard.
    pub difficulty: Option<u8>,
    /// What a full score is worth.
    pub marks: f64,
    /// What is asked.
    pub prompt: String,
    /// Shown one after the other on request.
    pub hints: Vec<String>,
    /// How it is answered.
    pub widget: Widget,
}

/// How a question is answered, with what the widget shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Widget {
    /// One of the options.
    PickOne {
        /// The options; a true/false question has `true` and `false` without text.
        options: Vec<Entry>,
    },
    /// Any number of the options.
    PickMany {
        /// The options.
        options: Vec<Entry>,
    },
    /// A number.
    Number {
        /// Shown after the field.
        unit: Option<String>,
    },
    /// A short text.
    Text,
    /// A long text, ticked off by the learner against the verdict's checklist.
    Essay,
    /// Gaps in a text.
    Blanks {
        /// The pieces around the gaps, one more than gaps.
        segments: Vec<String>,
        /// How each gap is filled.
        gaps: Vec<Gap>,
    },
    /// Each left side gets one target; several may get the same.
    Pair {
        /// What is placed.
        lefts: Vec<Entry>,
        /// Where it is placed.
        targets: Vec<Entry>,
        /// Whether the targets are bins.
        bins: bool,
    },
    /// Items to be put into order.
    Order {
        /// The items, shuffled.
        items: Vec<Entry>,
        /// How many places count, the first ones; none = all.
        top: Option<usize>,
    },
    /// Each row gets one of the columns, or any number of them.
    Grid {
        /// The rows.
        rows: Vec<Entry>,
        /// The columns.
        columns: Vec<Entry>,
        /// Whether a row may get several.
        many: bool,
    },
    /// A place on a picture, or the same places as a list.
    Hotspot {
        /// The picture, drawn.
        image: String,
        /// The regions, which are the list's entries.
        regions: Vec<Entry>,
        /// Where each region lies, in the same order; see [`super::Area`].
        areas: Vec<Value>,
        /// Whether several may be chosen.
        many: bool,
    },
}

/// How one gap is filled.
#[derive(Debug, Clone, PartialEq)]
pub enum Gap {
    /// With a text.
    Text,
    /// With a number.
    Number {
        /// Shown after the field.
        unit: Option<String>,
    },
    /// With one of the options.
    Choice {
        /// The options.
        options: Vec<Entry>,
    },
}

impl Face {
    /// As JSON, the widget's keys beside the others.
    pub fn json(&self) -> Value {
        let object = Object::new()
            .text("kind", self.kind)
            .text("id", &self.id)
            .maybe("objective", self.objective.as_ref());
        let object = match self.difficulty {
            Some(level) => object.put("difficulty", level.into()),
            None => object,
        };
        let object = object.number("marks", self.marks).text("prompt", &self.prompt).list(
            "hints",
            &self.hints,
            text,
        );
        self.widget.write(object).end()
    }
}

impl Widget {
    fn write(&self, object: Object) -> Object {
        let entries =
            |object: Object, key: &str, list: &[Entry]| object.list(key, list, Entry::json);
        match self {
            Self::PickOne { options } => {
                entries(object.text("widget", "pick_one"), "options", options)
            }
            Self::PickMany { options } => {
                entries(object.text("widget", "pick_many"), "options", options)
            }
            Self::Number { unit } => object.text("widget", "number").maybe("unit", unit.as_ref()),
            Self::Text => object.text("widget", "text"),
            Self::Essay => object.text("widget", "essay"),
            Self::Blanks { segments, gaps } => object
                .text("widget", "blanks")
                .list("segments", segments, text)
                .count("blanks", gaps.len())
                .list("gaps", gaps, Gap::json),
            Self::Pair { lefts, targets, bins } => {
                let object = entries(object.text("widget", "pair"), "lefts", lefts);
                entries(object, "targets", targets).yes_no("bins", *bins)
            }
            Self::Order { items, top } => {
                let object = entries(object.text("widget", "order"), "items", items);
                match top {
                    Some(top) => object.count("top", *top),
                    None => object,
                }
            }
            Self::Grid { rows, columns, many } => {
                let object = entries(object.text("widget", "grid"), "rows", rows);
                entries(object, "columns", columns).yes_no("many", *many)
            }
            Self::Hotspot { image, regions, areas, many } => {
                let object = object.text("widget", "hotspot").text("image", image);
                entries(object, "regions", regions)
                    .list("areas", areas, Value::clone)
                    .yes_no("many", *many)
            }
        }
    }
}

impl Gap {
    fn json(&self) -> Value {
        let object = Object::new();
        match self {
            Self::Text => object.text("widget", "text"),
            Self::Number { unit } => object.text("widget", "number").maybe("unit", unit.as_ref()),
            Self::Choice { options } => {
                object.text("widget", "pick_one").list("options", options, Entry::json)
            }
        }
        .end()
    }
}

impl serde::Serialize for Face {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

/// Something with an id that is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What answers call it.
    pub id: String,
    /// What is shown.
    pub text: String,
}

impl Entry {
    pub(super) fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into() }
    }

    fn json(&self) -> Value {
        Object::new().text("id", &self.id).text("text", &self.text).end()
    }
}

/// Shuffles by a name and the seed; `avoid` is an order that must not come out.
pub(super) fn shuffled(
    entries: &[Entry],
    name: &str,
    seed: u64,
    avoid: Option<&[String]>,
) -> Vec<Entry> {
    let order = shuffle(entries.len(), name, seed);
    let mut entries: Vec<Entry> =
        order.into_iter().filter_map(|at| entries.get(at).cloned()).collect();
    let solved = avoid.is_some_and(|avoid| {
        avoid.len() == entries.len() && entries.iter().zip(avoid).all(|(a, b)| a.id == *b)
    });
    if solved && entries.len() > 1 {
        entries.rotate_left(1);
    }
    entries
}

/// The numbers below `count` in an order that follows from a name and the seed.
pub(crate) fn shuffle(count: usize, name: &str, seed: u64) -> Vec<usize> {
    let mut state = fnv(name) ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let bound = last as u64 + 1;
        let place = usize::try_from(split_mix(&mut state) % bound).unwrap_or(0);
        order.swap(last, place);
    }
    order
}

/// FNV-1a: a small hash that is the same everywhere.
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The next number of a small generator that is the same everywhere.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
