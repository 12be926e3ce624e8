//! Parts of a whole: a ring, and bars cut into parts.

use crate::course::drawing::Fault;
use crate::course::drawing::value::{Amount, Limit, Word};
use schemars::JsonSchema;
use serde::Deserialize;

/// Shares of a whole.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ring {
    /// The shares.
    pub parts: Vec<Part>,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// In the middle, large.
    #[serde(default)]
    pub centre: Word,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A part of a whole.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is.
    pub label: Word,
    /// How much.
    pub value: Amount,
    /// The part that matters.
    #[serde(default)]
    pub highlight: bool,
}

fn check_parts(parts: &[Part], faults: &mut Vec<Fault>) {
    if parts.iter().map(|part| part.value.0).sum::<f64>() <= 0.0 {
        faults.push(Fault::empty("parts"));
    }
    for part in parts.iter().filter(|part| part.value.0 < 0.0) {
        faults.push(Fault::new("drawing-negative", [("name", part.label.0.clone())]));
    }
}

impl Ring {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        check_parts(&self.parts, faults);
    }
}

/// Bars cut into parts: budgets of time or money.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segments {
    /// One to five bars.
    #[schemars(length(min = 1, max = 5))]
    pub bars: Vec<Cut>,
    /// Behind the sums.
    #[serde(default)]
    pub unit: Word,
    /// Where it must not be longer.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A bar cut into parts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// What it is.
    #[serde(default)]
    pub label: Word,
    /// Its parts.
    pub parts: Vec<Part>,
}

impl Segments {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.bars.is_empty() {
            faults.push(Fault::empty("bars"));
        }
        for bar in &self.bars {
            check_parts(&bar.parts, faults);
        }
    }
}
