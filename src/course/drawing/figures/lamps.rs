//! Conditions and how they stand.

use crate::course::drawing::Fault;
use crate::course::drawing::value::Word;
use schemars::JsonSchema;
use serde::Deserialize;

/// Traffic lights: conditions and how they stand, each with a sign and a word.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lamps {
    /// One to six lamps.
    #[schemars(length(min = 1, max = 6))]
    pub lamps: Vec<Lamp>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One lamp.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lamp {
    /// The condition.
    pub label: Word,
    /// How it stands.
    #[serde(default)]
    pub value: Word,
    /// What is asked for.
    #[serde(default)]
    pub need: Word,
    /// The light.
    pub state: State,
}

/// How a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Met.
    Good,
    /// Nearly.
    Warn,
    /// Not met.
    Bad,
    /// Not known.
    #[default]
    Off,
}

impl Lamps {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.lamps.is_empty() {
            faults.push(Fault::empty("lamps"));
        }
    }
}
