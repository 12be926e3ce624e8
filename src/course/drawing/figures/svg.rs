//! A picture of the course, with labels.

use crate::course::drawing::Fault;
use crate::course::drawing::value::Word;
use schemars::JsonSchema;
use serde::Deserialize;

/// A picture of the course, drawn without words, with labels by the ids of its texts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Svg {
    /// A file of the course.
    pub svg: String,
    /// Texts by the ids of the `<text>` elements that show them.
    #[serde(default)]
    pub labels: std::collections::BTreeMap<String, Word>,
    /// One sentence on what is to be seen.
    pub alt: Word,
}

impl Svg {
    #[expect(
        clippy::unused_self,
        reason = "every kind has a check; the file is looked at elsewhere"
    )]
    pub(in crate::course::drawing) fn check(&self, _: &mut Vec<Fault>) {}
}
