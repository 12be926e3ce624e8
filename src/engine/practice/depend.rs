//! Which columns feed which: for circles, and for what a changed copy works out again.

use super::column::ColumnKind;
use super::eval::{At, Evaluator, Item, Target};
use super::file::Parameter;
use super::model::{ColumnKey, Model};
use super::names::{Names, Use};
use super::stage::StageKind;

/// Something that is worked out, with the names that it uses.
pub(super) struct Node {
    pub(super) key: ColumnKey,
    /// `stage.column`; of bins and pipelines, the stage.
    name: String,
    pub(super) uses: Vec<Use>,
}

/// Everything that is worked out in an exercise: columns, results, pipelines.
pub(super) fn nodes(model: &Model) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (key, column) in model.all_columns() {
        let stage = model.stage(key.0).map_or("", super::stage::Stage::id);
        let mut uses = Vec::new();
        column.kind.of().names(&mut Names::new(&mut uses));
        nodes.push(Node { key, name: [stage, ".", column.id()].concat(), uses });
    }
    for (at, stage) in model.file.stages.iter().enumerate() {
        let mut uses = Vec::new();
        match &stage.kind {
            StageKind::Pipeline(pipeline) => Names::new(&mut uses).pipeline(pipeline),
            StageKind::Bins(bins) => Names::new(&mut uses).field(&bins.items, Some("key")),
            _ => continue,
        }
        nodes.push(Node { key: (at, 0, false), name: stage.id().to_owned(), uses });
    }
    nodes
}

/// Where the names of a column are looked up, for questions about the column as a whole: in the
/// first row, inside `over` at its first item.
pub(super) fn sample(model: &Model, stage: usize, over: Option<&str>) -> At {
    let row = model.table_index(stage).map(|_| 0);
    let at = At { stage, row, item: None };
    let Some(name) = over else { return at };
    match model.stage_index(name) {
        Some(stage) => At { stage, row: model.table_index(stage).map(|_| 0), item: None },
        None => {
            let item = model.file.data.place(name).map(|table| Item { table, row: 0 });
            At { item, ..at }
        }
    }
}

/// What a node reads: other nodes, and other things as dotted names.
fn reads(it: &Evaluator<'_>, node: &Node) -> (Vec<ColumnKey>, Vec<String>) {
    let model = it.model;
    let (mut columns, mut others) = (Vec::new(), Vec::new());
    let column = match node.key {
        (stage, at, false) => model.columns(stage).get(at),
        (stage, at, true) => model.results(stage).get(at),
    };
    if let (Some(column), Some((table, _))) = (column, model.table_of(node.key.0))
        && let ColumnKind::Judged(judged) = &column.kind
    {
        others.push([table, ".", judged.key(column)].concat());
    }
    for (name, over) in &node.uses {
        if let Some(at) = name.as_bytes().windows(3).position(|it| it == b".*.") {
            others.push([&name[..at], &name[at + 2..]].concat());
            continue;
        }
        let at = sample(model, node.key.0, over.as_deref());
        let mut targets = vec![it.resolve(name, at)];
        if let Some(Parameter::Numbers(map)) = model.file.values.get(name) {
            targets.extend(map.keys().map(|id| it.resolve(id, at)));
        }
        for target in targets {
            match target {
                Some(Target::Cell(cell)) => columns.push(model.key_of(cell)),
                Some(Target::Moves { stage, .. }) => columns.push((stage, 0, false)),
                Some(Target::Field { table, field, .. } | Target::Entry { table, field, .. }) => {
                    let table = model.file.data.0.get(table).map_or("", |(name, _)| name);
                    others.push([table, ".", &field].concat());
                }
                Some(Target::Number(_) | Target::Weights) => {
                    let first = name.split('.').next().unwrap_or(name);
                    others.push(["values.", first].concat());
                }
                // `stage.column` that does not exist for the sampled row.
                Some(Target::Nothing) => columns.extend(by_name(it, name)),
                None => {}
            }
        }
    }
    (columns, others)
}

/// The column or move that `stage.name` means, whatever the row.
fn by_name(it: &Evaluator<'_>, name: &str) -> Option<ColumnKey> {
    let (stage, rest) = name.split_once('.')?;
    let stage = it.model.stage_index(stage)?;
    let cell = it.model.named_cell(stage, rest, Some(0));
    Some(cell.map_or((stage, 0, false), |cell| it.model.key_of(cell)))
}

/// The columns that something touched feeds, directly or through others.
pub(super) fn affected(it: &Evaluator<'_>, touched: &[String]) -> Vec<ColumnKey> {
    let nodes = nodes(it.model);
    let read: Vec<_> = nodes.iter().map(|node| reads(it, node)).collect();
    let hit = |name: &str| {
        touched.iter().any(|touched| match touched.strip_suffix('*') {
            Some(table) => name.starts_with(table),
            None => touched == name,
        })
    };
    // What is set in a pipeline is named `stage.move`.
    let inside = |node: &Node| {
        let own = [node.name.as_str(), "."].concat();
        node.name.contains('.') && hit(&node.name)
            || !node.name.contains('.') && touched.iter().any(|touched| touched.starts_with(&own))
    };
    let mut found = Vec::new();
    for (node, (_, others)) in nodes.iter().zip(&read) {
        if inside(node) || others.iter().any(|name| hit(name)) {
            found.push(node.key);
        }
    }
    loop {
        let before = found.len();
        for (node, (columns, _)) in nodes.iter().zip(&read) {
            if !found.contains(&node.key) && columns.iter().any(|column| found.contains(column)) {
                found.push(node.key);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Columns that feed themselves, in circles.
pub(super) fn circles(it: &Evaluator<'_>) -> Vec<ColumnKey> {
    let nodes = nodes(it.model);
    let read: Vec<_> = nodes.iter().map(|node| (node.key, reads(it, node).0)).collect();
    let reaches = |start: ColumnKey| {
        let mut seen = Vec::new();
        let mut next = vec![start];
        while let Some(key) = next.pop() {
            let columns = read.iter().filter(|(known, _)| *known == key).flat_map(|(_, it)| it);
            for column in columns {
                if *column == start {
                    return true;
                }
                if !seen.contains(column) {
                    seen.push(*column);
                    next.push(*column);
                }
            }
        }
        false
    };
    nodes.iter().map(|node| node.key).filter(|key| reaches(*key)).collect()
}
