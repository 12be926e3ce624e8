//! Points on a score axis.

use crate::course::drawing::Fault;
use crate::course::drawing::value::{Amount, Limit, Point, Word, check_names};
use schemars::JsonSchema;
use serde::Deserialize;

/// Points on a score axis.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Where the axis starts.
    pub from: Amount,
    /// Where it ends.
    pub to: Amount,
    /// The points.
    #[serde(default)]
    pub points: Vec<Point>,
    /// Instead of points: a column of an exercise, exercise.stage.column.
    #[serde(default)]
    pub from_column: Option<String>,
    /// Limits.
    #[serde(default)]
    pub lines: Vec<Limit>,
    /// Named parts of the axis.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Labels or ids that matter.
    #[serde(default)]
    pub highlight: Vec<Word>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A named part of an axis.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Where it starts; at the axis' start when left out.
    #[serde(default)]
    pub from: Option<Amount>,
    /// Where it ends; at the axis' end when left out.
    #[serde(default)]
    pub to: Option<Amount>,
    /// Its name.
    pub label: Word,
}

impl Axis {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.points.is_empty() {
            faults.push(Fault::empty("points"));
        }
        if self.to.0 <= self.from.0 {
            faults.push(Fault::new("drawing-range", []));
        }
        let known = |name: &Word| self.points.iter().any(|p| p.is_in(std::slice::from_ref(name)));
        check_names(&self.highlight, known, faults);
    }
}
