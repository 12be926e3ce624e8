//! The kinds of figures, a file for each kind or family.

mod axis;
mod bubble;
mod flow;
mod gauges;
mod graph;
mod lamps;
mod network;
mod parts;
mod svg;
mod units;

pub use axis::Axis;
pub use bubble::Bubble;
pub use flow::{FlowIn, Funnel};
pub use gauges::Gauges;
pub use graph::{Graph, Node, NodeShape, Tree, TreeNode};
pub use lamps::{Lamps, State};
pub use network::{Network, Panel};
pub use parts::{Ring, Segments};
pub use svg::Svg;
pub use units::{UnitState, Units};
