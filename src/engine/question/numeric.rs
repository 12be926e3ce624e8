//! `numeric`: a number, typed in. Score 0 or 1, or what `close` is worth.

use super::amount::Amount;
use super::measure::{self, Close, Measure, OtherUnit, Range, Tolerance};
use super::number;
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem, warning};
use crate::json::Value;
use crate::read::record;
use crate::{Message, Problem, TextRole};

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
    /// A number, typed in: `answer` or `range` says which.
    Numeric {
        /// The right number: a number or arithmetic such as `{product: [2, 3]}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Amount> = maybe,
        /// The right numbers, where any between two bounds is right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<Box<Range>> = maybe,
        /// Shown after the field; with `%`, 88.9 and 88.9% are the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String> = maybe,
        /// Other units that may be typed, with what they are worth in `unit`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        units: Vec<OtherUnit> = or,
        /// How far off is still right: a number, or a share of the answer such as `5%`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tolerance: Option<Tolerance> = maybe,
        /// How far off still earns part of the marks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        close: Option<Close> = maybe,
        /// Typical wrong numbers with their feedback.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        slips: Vec<Slip> = or,
    }
}

impl Numeric {
    fn measure(&self) -> Measure<'_> {
        Measure {
            answer: self.answer.as_ref().and_then(Amount::value),
            range: self.range.as_deref(),
            unit: self.unit.as_deref(),
            units: &self.units,
            tolerance: self.tolerance.as_ref(),
        }
    }
}

impl Kind for Numeric {
    fn fill_ids(&mut self) {}

    fn widget(&self, _: &Question, _: u64) -> Widget {
        Widget::Number { unit: self.unit.clone() }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let measure = self.measure();
        let given = measure.read(answer)?;
        if measure.takes(given) {
            return Ok(Verdict::all_or_nothing(true));
        }
        let slip = self
            .slips
            .iter()
            .find(|slip| slip.value.value().is_some_and(|wrong| measure.is_near(given, wrong)));
        if let Some(slip) = slip {
            let mut verdict = Verdict::all_or_nothing(false);
            verdict.slip = Some(slip.feedback.clone());
            return Ok(verdict);
        }
        if let (Some(close), Some(value)) = (&self.close, measure.answer)
            && close.tolerance.holds(given, value)
        {
            let credit = close.credit.unwrap_or(0.5).clamp(0.0, 1.0);
            return Ok(Verdict::scored(credit, Vec::new()).say(Message::new("answer.close")));
        }
        Ok(Verdict::all_or_nothing(false))
    }

    fn solution(&self) -> Value {
        self.measure().best().map_or(Value::Null, number::json)
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        let (text, answer) = match (&self.answer, &self.range) {
            (Some(answer), _) => {
                let worked = !matches!(answer, Amount::Number(_));
                let Some(value) = self.measure().shown(answer) else { return Vec::new() };
                (if worked { answer.formula() } else { String::new() }, value)
            }
            (None, Some(range)) => {
                let unit = self.unit.as_deref().unwrap_or_default();
                (String::new(), [&range.shown(), unit].concat())
            }
            (None, None) => return Vec::new(),
        };
        vec![Line { id: None, text, answer: Some(answer), right: None, why: None }]
    }
}

impl Author for Numeric {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        let measure = self.measure();
        match (&self.answer, &self.range) {
            (None, None) => found.push(problem("", Message::new("question.no-number"))),
            (Some(_), Some(_)) => {
                found.push(problem("range", Message::new("question.answer-and-range")));
            }
            (Some(_), None) if measure.answer.is_none() => {
                found.push(problem("answer", Message::new("question.undefined-number")));
            }
            (None, Some(range)) => range.problems(found),
            _ => {}
        }
        measure::problems(self.tolerance.as_ref(), "tolerance", found);
        measure::problems(
            self.close.as_ref().map(|close| &close.tolerance),
            "close.tolerance",
            found,
        );
        for (at, slip) in self.slips.iter().enumerate() {
            let place = format!("slips[{at}].value");
            match slip.value.value() {
                None => found.push(problem(place, Message::new("question.undefined-number"))),
                Some(wrong) if measure.takes(wrong) => found.push(warning(
                    place,
                    Message::new("question.slip-is-right").with("value", number::json(wrong)),
                )),
                Some(_) => {}
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
