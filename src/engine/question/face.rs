//! What a learner may see of a question: everything but the key.

use super::number;
use serde::Serialize;

/// A question without its key, its parts in the order shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    /// The question's kind.
    pub kind: &'static str,
    /// The question's id.
    pub id: String,
    /// Id of the objective that it tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// 1 easy, 2 middling, 3 hard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<u8>,
    /// What a full score is worth.
    #[serde(serialize_with = "number::write")]
    pub marks: f64,
    /// What is asked.
    pub prompt: String,
    /// Shown one after the other on request.
    pub hints: Vec<String>,
    /// How it is answered.
    #[serde(flatten)]
    pub widget: Widget,
}

/// How a question is answered, with what the widget shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "widget", rename_all = "snake_case")]
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
        #[serde(skip_serializing_if = "Option::is_none")]
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
        /// How many gaps.
        blanks: usize,
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
    },
}

/// Something with an id that is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
}

/// Shuffles by the question's id and the seed; `avoid` is an order that must not come out.
pub(super) fn shuffled<T>(
    mut entries: Vec<T>,
    question: &str,
    seed: u64,
    id: impl Fn(&T) -> &str,
    avoid: Option<&[String]>,
) -> Vec<T> {
    let mut state = fnv(question) ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for last in (1..entries.len()).rev() {
        let bound = last as u64 + 1;
        let place = usize::try_from(split_mix(&mut state) % bound).unwrap_or(0);
        entries.swap(last, place);
    }
    let solved = avoid.is_some_and(|avoid| {
        avoid.len() == entries.len() && entries.iter().zip(avoid).all(|(a, b)| id(a) == b)
    });
    if solved && entries.len() > 1 {
        entries.rotate_left(1);
    }
    entries
}

/// FNV-1a: a small hash that is the same everywhere.
fn fnv(text: &str) -> u64 {
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
