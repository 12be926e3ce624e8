//! `multiple`: any number of the options is right.

use super::options::{self, Choice};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::{Message, Problem, TextRole};

body! {
    /// Any number of the options is right.
    Multiple {
        /// The options; at least one is `correct`.
        options: Vec<Choice> = need,
    }
}

impl Kind for Multiple {
    fn fill_ids(&mut self) {
        options::letter(&mut self.options);
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        Widget::PickMany { options: options::entries(&self.options, question, seed) }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let list = match answer {
            Value::Array(list) => list.as_slice(),
            Value::String(_) => std::slice::from_ref(answer),
            _ => return Err(Message::new("answer.not-ids")),
        };
        let mut chosen: Vec<&str> = Vec::with_capacity(list.len());
        for id in list {
            let id = id.as_str().ok_or_else(|| Message::new("answer.not-ids"))?;
            if !self.options.iter().any(|option| option.id == id) {
                return Err(options::unknown(id));
            }
            if chosen.contains(&id) {
                return Err(Message::new("answer.doubled").with("id", id));
            }
            chosen.push(id);
        }
        let parts = options::parts(&self.options, |id| chosen.contains(&id));
        Ok(Verdict::scored(options::share(&self.options, &chosen, 0), parts))
    }

    fn solution(&self) -> Value {
        let keys = self.options.iter().filter(|option| option.correct);
        keys.map(|option| Value::from(option.id.clone())).collect()
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        options::lines(&self.options)
    }
}

impl Author for Multiple {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        options::problems(&self.options, found);
        if !self.options.iter().any(|option| option.correct) {
            found.push(problem("options", Message::new("question.no-key")));
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        options::visit_texts(&mut self.options, visit);
    }
}
