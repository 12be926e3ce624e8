//! `grid`: rows against columns; each row gets one column, or all that fit.
//!
//! Score: the mean over the rows, of which each brings 0 or 1, and with `many` what a `multiple`
//! of its own would: max(0, right − wrong) ÷ number of right columns.

use super::face::{Entry, shuffled};
use super::options::{self, not_empty, unique};
use super::verdict::{Part, PartState};
use super::{Author, Kind, Line, Question, Target, Verdict, Widget, keys::body, problem};
use crate::json::{Map, Value};
use crate::read::record;
use crate::{Message, Problem, TextRole};

record! {
    /// A row with the columns that are right in it.
    Row {
        /// What answers call it; default its text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String = or,
        /// What is shown.
        text: String = need,
        /// Id of the right column (its text, if it has no other id).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String> = maybe,
        /// Ids of all right columns, where the grid says `many`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        columns: Vec<String> = or,
        /// Why they are right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String> = maybe,
    }
}

body! {
    /// Rows against columns; each row gets one column, or all that fit.
    Grid {
        /// The columns, in the order shown.
        columns: Vec<Target> = need,
        /// The rows.
        rows: Vec<Row> = need,
        /// Whether a row may get several columns.
        #[serde(default, skip_serializing_if = "super::options::is_no")]
        many: bool = or,
    }
}

impl Row {
    /// Ids of the right columns.
    fn keys(&self) -> Vec<&str> {
        self.column.iter().chain(&self.columns).map(String::as_str).collect()
    }
}

impl Grid {
    fn text_of(&self, id: &str) -> String {
        let column = self.columns.iter().find(|column| column.id == id);
        column.map_or_else(|| id.to_owned(), |column| column.text.clone())
    }

    /// The columns given to a row, each known and given once.
    fn given<'a>(&self, value: &'a Value) -> Result<Vec<&'a str>, Message> {
        let list = match value {
            Value::Null => &[],
            Value::Array(list) if self.many => list.as_slice(),
            Value::String(text) if text.is_empty() => &[],
            Value::String(_) => std::slice::from_ref(value),
            _ => return Err(Message::new("answer.not-pairs")),
        };
        let mut given: Vec<&str> = Vec::with_capacity(list.len());
        for id in list {
            let id = id.as_str().ok_or_else(|| Message::new("answer.not-pairs"))?;
            if !self.columns.iter().any(|column| column.id == id) {
                return Err(options::unknown(id));
            }
            if given.contains(&id) {
                return Err(Message::new("answer.doubled").with("id", id));
            }
            given.push(id);
        }
        Ok(given)
    }
}

/// What one row brings.
fn credit(keys: &[&str], given: &[&str]) -> f64 {
    let (mut right, mut all) = (0.0, 0.0);
    for key in keys {
        all += 1.0;
        if given.contains(key) {
            right += 1.0;
        }
    }
    for id in given {
        if !keys.contains(id) {
            right -= 1.0;
        }
    }
    if all > 0.0 && right > 0.0 { right / all } else { 0.0 }
}

impl Kind for Grid {
    fn fill_ids(&mut self) {
        for row in &mut self.rows {
            if row.id.is_empty() {
                row.id.clone_from(&row.text);
            }
        }
    }

    fn widget(&self, question: &Question, seed: u64) -> Widget {
        let mut rows: Vec<Entry> =
            self.rows.iter().map(|row| Entry::new(&row.id, &row.text)).collect();
        if question.shuffle {
            rows = shuffled(&rows, &question.id, seed, None);
        }
        let columns = self.columns.iter().map(Target::entry).collect();
        Widget::Grid { rows, columns, many: self.many }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let map = answer.as_object().ok_or_else(|| Message::new("answer.not-pairs"))?;
        if let Some(unknown) = map.keys().find(|id| !self.rows.iter().any(|row| &row.id == *id)) {
            return Err(options::unknown(unknown));
        }
        let (mut score, mut count, mut parts) = (0.0, 0.0, Vec::with_capacity(self.rows.len()));
        for row in &self.rows {
            let given = self.given(map.get(&row.id).unwrap_or(&Value::Null))?;
            let keys = row.keys();
            let credit = credit(&keys, &given);
            count += 1.0;
            score += credit;
            let state = if given.is_empty() {
                PartState::Blank
            } else if credit >= 1.0 {
                PartState::Right
            } else if credit > 0.0 {
                PartState::Near
            } else {
                PartState::Wrong
            };
            let shown = |ids: &[&str]| {
                ids.iter().map(|id| self.text_of(id)).collect::<Vec<_>>().join(" · ")
            };
            parts.push(Part {
                id: row.id.clone(),
                state,
                chosen: (!given.is_empty()).then(|| shown(&given)),
                expected: Some(shown(&keys)),
                why: row.why.clone(),
            });
        }
        Ok(Verdict::scored(if count > 0.0 { score / count } else { 0.0 }, parts))
    }

    fn solution(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let keys = row.keys();
            let value = match keys.first() {
                Some(only) if !self.many => Value::from(*only),
                _ => keys.into_iter().map(Value::from).collect(),
            };
            (row.id.clone(), value)
        });
        Value::Object(rows.collect::<Map<_, _>>())
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let lines = self.rows.iter().map(|row| Line {
            id: Some(row.id.clone()),
            text: row.text.clone(),
            answer: Some(
                row.keys().iter().map(|id| self.text_of(id)).collect::<Vec<_>>().join(" · "),
            ),
            right: None,
            why: row.why.clone(),
        });
        lines.collect()
    }
}

impl Author for Grid {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        if self.columns.len() < 2 {
            let message = Message::new("question.too-few-columns").with("n", self.columns.len());
            found.push(problem("columns", message));
        }
        if self.rows.is_empty() {
            found.push(problem("rows", Message::new("question.no-rows")));
        }
        unique(self.columns.iter().map(|column| column.id.as_str()), "columns", found);
        unique(self.rows.iter().map(|row| row.id.as_str()), "rows", found);
        for (at, column) in self.columns.iter().enumerate() {
            not_empty(&column.text, format!("columns[{at}]"), found);
        }
        for (at, row) in self.rows.iter().enumerate() {
            not_empty(&row.text, format!("rows[{at}].text"), found);
            let keys = row.keys();
            if keys.is_empty() {
                found.push(problem(format!("rows[{at}]"), Message::new("question.no-column")));
            } else if keys.len() > 1 && !self.many {
                let message = Message::new("question.grid-not-many");
                found.push(problem(format!("rows[{at}].columns"), message));
            }
            for key in keys {
                if !self.columns.iter().any(|column| column.id == key) {
                    let known: Vec<&str> = self.columns.iter().map(|c| c.id.as_str()).collect();
                    let message = Message::new("question.unknown-column")
                        .with("column", key)
                        .with("known", known.join(" · "));
                    let place = if row.column.is_some() { "column" } else { "columns" };
                    found.push(problem(format!("rows[{at}].{place}"), message));
                }
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        for column in &mut self.columns {
            visit(TextRole::Inline, &mut column.text);
        }
        for row in &mut self.rows {
            visit(TextRole::Inline, &mut row.text);
            if let Some(why) = &mut row.why {
                visit(TextRole::Block, why);
            }
        }
    }
}
