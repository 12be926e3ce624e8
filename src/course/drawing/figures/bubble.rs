//! Bubbles over two axes that have words instead of numbers.

use crate::course::drawing::Fault;
use crate::course::drawing::charts::Spot;
use crate::course::drawing::value::{Word, check_names};
use schemars::JsonSchema;
use serde::Deserialize;

/// Bubbles over two axes that have words instead of numbers.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bubble {
    /// Words at the left and the right end.
    pub x: [Word; 2],
    /// Words at the lower and the upper end.
    pub y: [Word; 2],
    /// The bubbles.
    pub points: Vec<Spot>,
    /// Labels of the bubbles that matter.
    #[serde(default)]
    pub highlight: Vec<Word>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

impl Bubble {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.points.is_empty() {
            faults.push(Fault::empty("points"));
        }
        check_names(&self.highlight, |name| self.points.iter().any(|p| p.label == *name), faults);
    }
}
