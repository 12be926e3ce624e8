//! Cells and their values, column by column: small code, and quick with many rows.

use super::model::Cell;
use super::value::Val;

/// Cells with their values; `None` = said to have no value.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells(Vec<Line>);

/// The cells of one column (and item), by row; of a result, the one cell.
#[derive(Debug, Clone)]
struct Line {
    /// The first cell of it.
    of: Cell,
    values: Vec<Slot>,
}

#[derive(Debug, Clone)]
enum Slot {
    Empty,
    Known(Option<Val>),
}

/// The column of a cell, and its place in it.
fn split(cell: Cell) -> (Cell, usize) {
    (Cell { row: cell.row.map(|_| 0), ..cell }, cell.row.unwrap_or(0))
}

impl Cells {
    pub(super) fn get(&self, cell: Cell) -> Option<&Option<Val>> {
        let (of, at) = split(cell);
        match self.0.iter().find(|line| line.of == of)?.values.get(at)? {
            Slot::Empty => None,
            Slot::Known(value) => Some(value),
        }
    }

    pub(super) fn has(&self, cell: Cell) -> bool {
        self.get(cell).is_some()
    }

    pub(super) fn insert(&mut self, cell: Cell, value: Option<Val>) {
        let (of, at) = split(cell);
        let line = match self.0.iter().position(|line| line.of == of) {
            Some(line) => line,
            None => {
                self.0.push(Line { of, values: Vec::new() });
                self.0.len() - 1
            }
        };
        let values = &mut self.0[line].values;
        while values.len() <= at {
            values.push(Slot::Empty);
        }
        values[at] = Slot::Known(value);
    }
}
