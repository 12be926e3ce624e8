//! Boxes and links: trees from the top down, and nodes placed on a grid.

use super::Frame;
use super::boxes::boxed;
use super::svg::{Sheet, TEXT, Table, count, ems};
use crate::course::drawing::{Graph, Node, NodeShape, Tree, TreeNode};

pub(super) fn tree(tree: &Tree, frame: &Frame<'_>) -> (Sheet, Table) {
    let nodes = &tree.nodes;
    let above = |node: &TreeNode| {
        let under = node.under.as_ref()?;
        nodes.iter().position(|other| other.id == *under)
    };
    let mut depth = vec![0_usize; nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        // A node stands after the one above it.
        depth[place] = above(node).filter(|up| *up < place).map_or(0, |up| depth[up] + 1);
    }
    let below =
        |place: usize| (0..nodes.len()).filter(move |child| above(&nodes[*child]) == Some(place));
    // Leaves share the width; whoever stands above stands over the middle of those below.
    let leaves: Vec<usize> = in_order(nodes.len(), &below);
    let share = frame.width / count(leaves.len().max(1));
    let mut x = vec![0.0; nodes.len()];
    for (at, leaf) in leaves.iter().enumerate() {
        x[*leaf] = share * (count(at) + 0.5);
    }
    for place in (0..nodes.len()).rev() {
        let children: Vec<usize> = below(place).collect();
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            x[place] = f64::midpoint(x[*first], x[*last]);
        }
    }
    let levels = count(depth.iter().max().map_or(1, |deepest| deepest + 1));
    let step = (640.0 / levels).min(210.0);
    let high = (step - 64.0).min(120.0);
    let wide = (share - 28.0).min(340.0);
    let mut sheet = frame.sheet(step * levels - (step - high));
    let y = |place: usize| step * count(depth[place]) + high / 2.0;
    for (place, node) in nodes.iter().enumerate() {
        if let Some(up) = above(node) {
            let middle = f64::midpoint(y(up) + high / 2.0, y(place) - high / 2.0);
            let way = [(x[up], y(up)), (x[up], middle), (x[place], middle), (x[place], y(place))];
            sheet.polyline(&way, "link thin");
        }
    }
    for (place, node) in nodes.iter().enumerate() {
        let class = if node.highlight { "node strong" } else { "node" };
        let size = (if depth[place] == 0 { wide.max(300.0) } else { wide }, high);
        boxed(&mut sheet, (x[place], y(place)), size, 10.0, class, &node.label.0);
    }
    let label = |place: usize| nodes[place].label.0.clone();
    let table = frame.pairs(
        nodes
            .iter()
            .map(|node| (node.label.0.clone(), above(node).map_or_else(String::new, label))),
    );
    (sheet, table)
}

/// The leaves from left to right.
fn in_order<I: Iterator<Item = usize>>(nodes: usize, below: &dyn Fn(usize) -> I) -> Vec<usize> {
    let mut leaves = Vec::new();
    let mut open: Vec<usize> = if nodes == 0 { Vec::new() } else { vec![0] };
    while let Some(place) = open.pop() {
        let mut children: Vec<usize> = below(place).filter(|child| *child > place).collect();
        if children.is_empty() {
            leaves.push(place);
        }
        children.reverse();
        open.append(&mut children);
    }
    leaves
}

pub(super) fn graph(graph: &Graph, frame: &Frame<'_>) -> (Sheet, Table) {
    let columns = graph.nodes.iter().map(|node| node.x.0).fold(1.0, f64::max).ceil();
    let rows = graph.nodes.iter().map(|node| node.y.0).fold(1.0, f64::max).ceil();
    let across = frame.width / columns;
    let down = (660.0 / rows).min(220.0);
    // Links with words on them need more room between the nodes.
    let worded = graph.links.iter().any(|link| !link.label.0.is_empty());
    let gap = if worded { 132.0 } else { 84.0 };
    let size = ((across - gap).clamp(120.0, 400.0), (down - 72.0).clamp(76.0, 130.0));
    let mut sheet = frame.sheet(down * rows - (down - size.1));
    let centre = |node: &Node| (across * (node.x.0 - 0.5), down * (node.y.0 - 1.0) + size.1 / 2.0);
    let find = |id: &str| graph.nodes.iter().find(|node| node.id.0 == id);
    for link in &graph.links {
        let (Some(a), Some(b)) = (find(&link.ends[0].0), find(&link.ends[1].0)) else { continue };
        let (from, to) = (edge(centre(a), centre(b), size), edge(centre(b), centre(a), size));
        sheet.arrow(from, to, if link.broken { "link broken" } else { "link thin" });
        if !link.label.0.is_empty() {
            let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
            let wide = ems(&link.label.0) * TEXT + 16.0;
            sheet.rect((middle.0 - wide / 2.0, middle.1 - 22.0), (wide, 44.0), 4.0, "gap");
            sheet.text(middle.0, middle.1 + 11.0, "note", "middle", &link.label.0);
        }
    }
    for node in &graph.nodes {
        let round = if node.shape == NodeShape::Round { size.1 / 2.0 } else { 10.0 };
        let class = match (node.highlight, node.shape) {
            (true, _) => "node strong",
            (false, NodeShape::Result) => "node result",
            (false, _) => "node",
        };
        boxed(&mut sheet, centre(node), size, round, class, &node.label.0);
    }
    let label = |id: &str| find(id).map_or_else(String::new, |node| node.label.0.clone());
    let table = frame.pairs(graph.links.iter().map(|link| {
        let sign = if link.broken { "✗" } else { "→" };
        let way = format!("{sign} {} {}", label(&link.ends[1].0), link.label.0);
        (label(&link.ends[0].0), way.trim().to_owned())
    }));
    (sheet, table)
}

/// Where the straight line from a box's middle to another leaves the box.
fn edge(from: (f64, f64), to: (f64, f64), size: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let reach =
        |half: f64, way: f64| if way.abs() < 0.01 { f64::INFINITY } else { half / way.abs() };
    let share = reach(size.0 / 2.0 + 6.0, dx).min(reach(size.1 / 2.0 + 6.0, dy)).min(0.5);
    (from.0 + dx * share, from.1 + dy * share)
}
