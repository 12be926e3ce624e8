//! `numeric`: a number, typed in.

use super::amount::Amount;
use super::number::{self, grid, read_number, shown};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem, warning};
use crate::read::record;
use crate::{Message, Problem, TextRole};
use serde_json::Value;

record! {
    /// A typical wrong number.
    Slip {
        /// The wrong number: a number or arithmetic.
        value: Amount = need,
        /// What went wrong in it.
        feedback: String = need,
    }
}

body! {
    /// A number, typed in.
    Numeric {
        /// The right number: a number or arithmetic such as `{product: [2, 3]}`.
        answer: Amount = need,
        /// Shown after the field; with `%`, 88.9 and 88.9% are the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String> = maybe,
        /// How far off is still right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tolerance: Option<f64> = maybe,
        /// Typical wrong numbers with their feedback.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        slips: Vec<Slip> = or,
    }
}

impl Numeric {
    fn is_near(&self, given: f64, value: f64) -> bool {
        grid((given - value).abs()) <= grid(self.tolerance.unwrap_or(0.0)) + 1e-9
    }
}

impl Kind for Numeric {
    fn widget(&self, _: &Question, _: u64) -> Widget {
        Widget::Number { unit: self.unit.clone() }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let unit = self.unit.as_deref();
        let given = match answer {
            Value::Number(number) => number.as_f64().filter(|value| value.is_finite()),
            Value::String(text) => match read_number(text, unit) {
                Some(reading) if reading.percent && unit.is_none() => Some(reading.value / 100.0),
                Some(reading) if reading.percent && unit != Some("%") && unit != Some("％") => {
                    return Err(
                        Message::new("answer.wrong-unit").with("unit", unit.unwrap_or_default())
                    );
                }
                Some(reading) => Some(reading.value),
                None => None,
            },
            _ => None,
        };
        let given = given.ok_or_else(|| Message::new("answer.not-a-number"))?;
        let right = self.answer.value().is_some_and(|value| self.is_near(given, value));
        let mut verdict = Verdict::all_or_nothing(right);
        if !right {
            verdict.slip = self.slips.iter().find_map(|slip| {
                let hit = self.is_near(given, slip.value.value()?);
                hit.then(|| slip.feedback.clone())
            });
        }
        Ok(verdict)
    }

    fn solution(&self) -> Value {
        self.answer.value().map_or(Value::Null, number::json)
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let Some(value) = self.answer.value() else { return Vec::new() };
        let worked = !matches!(self.answer, Amount::Number(_));
        // Typed answers are compared within the tolerance, so a printed one may be as coarse.
        let value = format!("{}{}", shown(value), self.unit.as_deref().unwrap_or_default());
        vec![Line {
            id: None,
            text: if worked { self.answer.formula() } else { String::new() },
            answer: Some(value),
            right: None,
            why: None,
        }]
    }
}

impl Author for Numeric {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        let answer = self.answer.value();
        if answer.is_none() {
            found.push(problem("answer", Message::new("question.undefined-number")));
        }
        if self.tolerance.is_some_and(|tolerance| !(tolerance.is_finite() && tolerance >= 0.0)) {
            found.push(problem("tolerance", Message::new("question.tolerance")));
        }
        for (at, slip) in self.slips.iter().enumerate() {
            match (slip.value.value(), answer) {
                (None, _) => found.push(problem(
                    format!("slips[{at}].value"),
                    Message::new("question.undefined-number"),
                )),
                (Some(wrong), Some(right)) if self.is_near(wrong, right) => found.push(warning(
                    format!("slips[{at}].value"),
                    Message::new("question.slip-is-right").with("value", number::json(wrong)),
                )),
                _ => {}
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        if let Some(unit) = &mut self.unit {
            visit(TextRole::Plain, unit);
        }
        for slip in &mut self.slips {
            visit(TextRole::Block, &mut slip.feedback);
        }
    }
}
