//! `essay`: a few sentences that the learner compares with a checklist; never counted.

use super::{Author, Kind, Line, Question, State, Verdict, Widget, keys::body, problem, warning};
use crate::json::Value;
use crate::{Message, Problem, TextRole};

body! {
    /// A few sentences that the learner compares with a checklist; never counted.
    Essay {
        /// Points that a good answer makes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        checklist: Vec<String> = or,
        /// A model answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String> = maybe,
    }
}

impl Kind for Essay {
    fn widget(&self, _: &Question, _: u64) -> Widget {
        Widget::Essay
    }

    /// The score is the share of points ticked, for the learner's own eyes.
    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let wrong = || Message::new("answer.not-an-essay");
        let ticked = match answer {
            Value::String(_) => &[],
            Value::Object(map) => {
                let known = map.keys().all(|key| key == "text" || key == "ticked");
                let text = matches!(map.get("text"), None | Some(Value::String(_) | Value::Null));
                if !known || !text {
                    return Err(wrong());
                }
                match map.get("ticked") {
                    None | Some(Value::Null) => &[],
                    Some(Value::Array(ticked)) => ticked.as_slice(),
                    Some(_) => return Err(wrong()),
                }
            }
            _ => return Err(wrong()),
        };
        let mut points = Vec::new();
        for point in ticked {
            let at = point.as_u64().and_then(|at| usize::try_from(at).ok());
            let at = at.filter(|at| *at < self.checklist.len()).ok_or_else(wrong)?;
            if points.contains(&at) {
                return Err(Message::new("answer.doubled").with("id", at));
            }
            points.push(at);
        }
        let mut verdict = Verdict::new(State::Unscored);
        if !self.checklist.is_empty() {
            #[expect(clippy::cast_precision_loss, reason = "nobody writes 2⁵³ points")]
            let share = points.len() as f64 / self.checklist.len() as f64;
            verdict.score = share;
        }
        Ok(verdict)
    }

    fn solution(&self) -> Value {
        Value::Null
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        Vec::new()
    }
}

impl Author for Essay {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if self.checklist.is_empty() && self.model.is_none() {
            found.push(warning("", Message::new("question.essay-without-checklist")));
        }
        for (at, point) in self.checklist.iter().enumerate() {
            if point.trim().is_empty() {
                let place = format!("checklist[{at}]");
                found.push(problem(place, Message::new("question.empty-text")));
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for point in &mut self.checklist {
            visit(TextRole::Inline, point);
        }
        if let Some(model) = &mut self.model {
            visit(TextRole::Block, model);
        }
    }
}
