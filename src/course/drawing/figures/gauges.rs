//! How far something is, against what is asked for.

use crate::course::drawing::Fault;
use crate::course::drawing::value::{Amount, Word};
use schemars::JsonSchema;
use serde::Deserialize;

/// How far something is, against what is asked for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gauges {
    /// One to five gauges.
    #[schemars(length(min = 1, max = 5))]
    pub gauges: Vec<Gauge>,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// Where the scale ends; 100 when left out.
    #[serde(default)]
    pub most: Option<Amount>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One gauge.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gauge {
    /// What it measures.
    pub label: Word,
    /// How far it is.
    pub value: Amount,
    /// What stands at it instead of the number: 75.0%.
    #[serde(default)]
    pub shown: Option<Word>,
    /// What is asked for, at least.
    #[serde(default)]
    pub need: Option<Amount>,
}

impl Gauges {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.gauges.is_empty() {
            faults.push(Fault::empty("gauges"));
        }
    }
}
