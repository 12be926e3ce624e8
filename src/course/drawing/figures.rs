//! The kinds of figures.

use super::Fault;
use super::charts::Spot;
use super::value::{Amount, Limit, Point, Word, check_names};
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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        check_parts(&self.parts, faults);
    }
}

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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.lamps.is_empty() {
            faults.push(Fault::empty("lamps"));
        }
    }
}

/// Levels that grow narrower.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Funnel {
    /// Two to six levels, widest first.
    #[schemars(length(min = 2, max = 6))]
    pub levels: Vec<Level>,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A level of a funnel.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// What it is.
    pub label: Word,
    /// How many are left; widths follow when all levels have one.
    #[serde(default)]
    pub value: Option<Amount>,
    /// Beside the level.
    #[serde(default)]
    pub note: Word,
    /// The level that matters.
    #[serde(default)]
    pub highlight: bool,
}

impl Funnel {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.levels.len() < 2 {
            faults.push(Fault::length("levels", self.levels.len(), 2));
        }
    }
}

/// Several streams that join in one, or one that parts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowIn {
    /// Two to seven streams.
    #[schemars(length(min = 2, max = 7))]
    pub sources: Vec<Source>,
    /// Where they join.
    pub target: Word,
    /// Turned round: one becomes many.
    #[serde(default)]
    pub out: bool,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One stream: its label alone, or with a note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// What it is.
    pub label: Word,
    /// A little more.
    pub note: Word,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SourceKeys {
    /// What it is.
    label: Word,
    /// A little more.
    #[serde(default)]
    note: Word,
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let value = serde_json::Value::deserialize(deserializer)?;
        if value.is_object() {
            let keys = SourceKeys::deserialize(value).map_err(D::Error::custom)?;
            return Ok(Self { label: keys.label, note: keys.note });
        }
        let label = Word::deserialize(value).map_err(D::Error::custom)?;
        Ok(Self { label, note: Word::default() })
    }
}

impl JsonSchema for Source {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Source".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let keys = SourceKeys::json_schema(generator);
        schemars::json_schema!({ "oneOf": [{ "type": ["string", "number"] }, keys] })
    }
}

impl FlowIn {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.sources.len() < 2 {
            faults.push(Fault::length("sources", self.sources.len(), 2));
        }
    }
}

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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.points.is_empty() {
            faults.push(Fault::empty("points"));
        }
        check_names(&self.highlight, |name| self.points.iter().any(|p| p.label == *name), faults);
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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.bars.is_empty() {
            faults.push(Fault::empty("bars"));
        }
        for bar in &self.bars {
            check_parts(&bar.parts, faults);
        }
    }
}

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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        let count = self.each.unwrap_or(self.units.len());
        if count == 0 || count > 200 {
            faults.push(Fault::empty("units"));
        }
        for mark in self.marked.iter().filter(|mark| **mark == 0 || **mark > count) {
            faults.push(Fault::unknown(&mark.to_string()));
        }
    }
}

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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.gauges.is_empty() {
            faults.push(Fault::empty("gauges"));
        }
    }
}

/// Who stands under whom.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The nodes; one has no `under`.
    pub nodes: Vec<TreeNode>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A node of a tree.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TreeNode {
    /// Name within the drawing.
    pub id: Word,
    /// What stands in it.
    pub label: Word,
    /// Id of the node above.
    #[serde(default)]
    pub under: Option<Word>,
    /// The node that matters.
    #[serde(default)]
    pub highlight: bool,
}

impl Tree {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        let tops = self.nodes.iter().filter(|node| node.under.is_none()).count();
        if tops != 1 {
            faults.push(Fault::new("drawing-root", [("n", tops.to_string())]));
        }
        for (place, node) in self.nodes.iter().enumerate() {
            // A node stands after the one above it, so there is no way round in a circle.
            if let Some(under) = &node.under
                && !self.nodes[..place].iter().any(|above| above.id == *under)
            {
                faults.push(Fault::unknown(&under.0));
            }
        }
    }
}

/// Nodes placed on a grid, with links between them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The links.
    #[serde(default)]
    pub links: Vec<Link>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A node on a grid.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Name within the drawing.
    pub id: Word,
    /// What stands in it.
    pub label: Word,
    /// Column, from 1; 1.5 stands between.
    pub x: Amount,
    /// Row, from 1.
    pub y: Amount,
    /// Its shape.
    #[serde(default)]
    pub shape: NodeShape,
    /// The node that matters.
    #[serde(default)]
    pub highlight: bool,
}

/// The shape of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NodeShape {
    /// A box.
    #[default]
    Box,
    /// Round at both ends.
    Round,
    /// Filled: where it ends.
    Result,
}

/// A link from one node to another.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Ids: from, to.
    pub ends: [Word; 2],
    /// At the link.
    #[serde(default)]
    pub label: Word,
    /// Drawn as broken.
    #[serde(default)]
    pub broken: bool,
}

impl Graph {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.nodes.is_empty() {
            faults.push(Fault::empty("nodes"));
        }
        for node in &self.nodes {
            if !(1.0..=20.0).contains(&node.x.0) || !(1.0..=20.0).contains(&node.y.0) {
                faults.push(Fault::new("drawing-place", [("name", node.id.0.clone())]));
            }
        }
        let known = |name: &Word| self.nodes.iter().any(|node| node.id == *name);
        for link in &self.links {
            check_names(&link.ends, known, faults);
        }
    }
}

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
    pub(super) fn check(&self, _: &mut Vec<Fault>) {}
}
