//! The five kinds of stage, each in its file: its keys, its face, its solution, its faults.

mod bins;
mod order;
pub(in crate::practice) mod pipeline;
pub(in crate::practice) mod question;
mod table;

pub use bins::Bins;
pub use order::Order;
pub use pipeline::Pipeline;
pub use question::Quiz;
pub use table::Table;

use super::check::Check;
use super::column::Column;
use super::eval::Evaluator;
use super::file::{Figure, Mistake};
use super::json::Json;
use super::read::{Faults, One, keys, kinds, note};
use crate::Message;
use crate::json::Value;
use crate::question::Question;

keys! {
    /// What all stages share.
    StageCommon {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// What the learner does; Markdown.
        task: Option<String>,
        /// Shown one after the other on request.
        hints: Vec<String>,
        /// The picture of the learner's work.
        figure: Option<Figure>,
        /// Share of marks that passes; 0.8 if absent.
        pass: Option<f64>,
        /// A question about why.
        principle: Option<Question>,
        /// Typical mistakes and their feedback.
        mistakes: Vec<Mistake>,
    }
}

kinds! {
    /// One stage.
    Stage: StageCommon, StageKind as Work + Faulty {
        Table "table" table,
        Bins "bins" bins,
        Order "order" order,
        Pipeline "pipeline" pipeline,
        Quiz "question" question,
    }
}

/// What a kind of stage can do.
pub(in crate::practice) trait Work {
    /// The table, or earlier stage, that its rows come from.
    fn rows(&self) -> Option<&str> {
        None
    }

    /// Values in every row.
    fn columns(&self) -> &[Column] {
        &[]
    }

    /// Values for the stage.
    fn results(&self) -> &[Column] {
        &[]
    }

    /// What a learner sees of it, but for what all stages have.
    fn face(&self, it: &Evaluator<'_>, at: usize, face: &mut Json);

    /// Its solution: rows, results and steps.
    fn worked(&self, it: &Evaluator<'_>, at: usize, worked: &mut super::worked::Solution);
}

/// What can be wrong with a kind of stage; a trait of its own, as for columns.
pub(in crate::practice) trait Faulty {
    /// What is wrong with it.
    fn faults(&self, check: &mut Check<'_>, at: usize, place: &str);
}

impl Stage {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.common.id
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.common.title.as_deref().unwrap_or(self.id())
    }

    /// The one answer of a stage that has no cells: its name.
    pub(in crate::practice) fn whole(&self) -> Option<&'static str> {
        match self.kind {
            StageKind::Order(_) => Some("order"),
            StageKind::Quiz(_) => Some("answer"),
            _ => None,
        }
    }
}

impl One for Question {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        let read = crate::read::read(value.clone());
        let told = |fault: String| {
            note(faults, place, Message::new("call.not-a-question").with("detail", fault));
        };
        read.map_err(told).ok()
    }

    fn none() -> Self {
        let mut empty = Json::new();
        empty.put("kind", "essay").put("prompt", "");
        crate::read::read(empty.take()).unwrap_or_else(|_| unreachable!("an essay needs no more"))
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<Self>()
    }
}
