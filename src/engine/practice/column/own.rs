//! `own`: only the learner's; never graded.

use super::{
    At, Cell, Column, Entry, Evaluator, Faulty, Json, Kind, Model, Names, Val, Value, keys,
};
use crate::practice::file::FieldType;

keys! {
    /// Only the learner's; never graded.
    Own {
        /// What it holds.
        holds "type": FieldType,
        /// What a good answer has.
        checklist: Vec<String>,
    }
}

impl Kind for Own {
    fn value(&self, _: &Evaluator<'_>, _: &Column, _: Cell) -> Option<Val> {
        None
    }

    fn names(&self, _: &mut Names<'_>) {}

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::typed(self.holds, column.common.within.as_deref())
    }

    fn face(&self, _: &Evaluator<'_>, _: At, face: &mut Json) {
        let checklist = self.checklist.iter().map(|text| Value::String(text.clone()));
        face.list("checklist", checklist.collect());
    }
}

impl Faulty for Own {}
