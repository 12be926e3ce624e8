//! `question`: the learner answers one quiz item.

use super::{Faulty, Work};
use crate::json::Value;
use crate::practice::check::Check;
use crate::practice::eval::Evaluator;
use crate::practice::json::Json;
use crate::practice::read::keys;
use crate::practice::worked::Solution;
use crate::question::Question;

keys! {
    /// The learner answers one quiz item.
    Quiz {
        /// The quiz item.
        question: Question,
    }
}

/// A question's face as JSON.
pub(in crate::practice) fn face(question: &Question) -> Value {
    question.face(0).json()
}

impl Work for Quiz {
    fn face(&self, _: &Evaluator<'_>, _: usize, face: &mut Json) {
        face.put("question", self::face(&self.question));
    }

    fn worked(&self, _: &Evaluator<'_>, _: usize, worked: &mut Solution) {
        worked.results.put("answer", self.question.explain().solution);
    }
}

impl Faulty for Quiz {
    fn faults(&self, check: &mut Check<'_>, _: usize, place: &str) {
        check.inner(&format!("{place}.question"), self.question.problems());
    }
}
