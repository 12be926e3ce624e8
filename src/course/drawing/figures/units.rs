//! Cells that stand for things.

use crate::course::drawing::Fault;
use crate::course::drawing::value::Word;
use schemars::JsonSchema;
use serde::Deserialize;

/// Cells that stand for things: seats, days, places.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Cells with a label and a state each.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// Instead of units: so many cells.
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    pub each: Option<usize>,
    /// Cells in a row.
    #[serde(default)]
    #[schemars(range(min = 1, max = 40))]
    pub columns: Option<usize>,
    /// Numbers of the cells that are marked, from 1.
    #[serde(default)]
    pub marked: Vec<usize>,
    /// Under the cells.
    #[serde(default)]
    pub label: Word,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One cell.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// What it is.
    #[serde(default)]
    pub label: Word,
    /// How it stands.
    #[serde(default)]
    pub state: UnitState,
}

/// How a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitState {
    /// Taken.
    #[default]
    Full,
    /// Not taken.
    Free,
    /// In line for a free one.
    Waiting,
    /// Not admitted.
    Out,
}

impl Units {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        let count = self.each.unwrap_or(self.units.len());
        if count == 0 || count > 200 {
            faults.push(Fault::empty("units"));
        }
        for mark in self.marked.iter().filter(|mark| **mark == 0 || **mark > count) {
            faults.push(Fault::unknown(&mark.to_string()));
        }
    }
}
