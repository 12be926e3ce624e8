//! Who talks to whom.

use crate::course::drawing::Fault;
use crate::course::drawing::value::Word;
use schemars::JsonSchema;
use serde::Deserialize;

/// Who talks to whom: panels of two columns of people with lines between them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// One to three panels side by side.
    #[schemars(length(max = 3))]
    pub panels: Vec<Panel>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One panel of a network.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Above the panel.
    #[serde(default)]
    pub title: Word,
    /// Our people.
    pub left: Vec<Word>,
    /// Their people.
    pub right: Vec<Word>,
    /// Lines as pairs of places from 0: [ours, theirs].
    #[serde(default)]
    pub links: Vec<[usize; 2]>,
    /// Lines that are broken, in the same way.
    #[serde(default)]
    pub broken: Vec<[usize; 2]>,
}

impl Network {
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
        if self.panels.is_empty() {
            faults.push(Fault::empty("panels"));
        }
        for panel in &self.panels {
            for [a, b] in panel.links.iter().chain(&panel.broken) {
                if *a >= panel.left.len() || *b >= panel.right.len() {
                    faults.push(Fault::unknown(&format!("[{a}, {b}]")));
                }
            }
        }
    }
}
