//! Nodes and what joins them: a tree, and nodes placed on a grid.

use crate::course::drawing::Fault;
use crate::course::drawing::value::{Amount, Word, check_names};
use schemars::JsonSchema;
use serde::Deserialize;

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
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
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
    pub(in crate::course::drawing) fn check(&self, faults: &mut Vec<Fault>) {
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
