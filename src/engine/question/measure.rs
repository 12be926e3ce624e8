//! What numbers are right: one within a tolerance, or any in a range, in one unit or another.

use super::amount::Amount;
use super::fold::half_width;
use super::number::{self, grid, read_number, shown};
use super::problem;
use crate::json::Value;
use crate::read::{Read, Reader, record};
use crate::{Message, Problem};

/// How far off is still right.
#[derive(Debug, Clone, PartialEq)]
pub enum Tolerance {
    /// By a number.
    By(f64),
    /// By a share of the answer.
    Share(f64),
}

impl Read for Tolerance {
    fn read(value: Value, reader: &mut Reader) -> Self {
        if let Some(by) = value.as_f64() {
            return Self::By(by);
        }
        match value.as_str().and_then(|text| read_number(text, None)) {
            Some(reading) if reading.percent => Self::Share(reading.value / 100.0),
            _ => {
                reader.fault("a number or a share such as 5% is due here", "");
                Self::By(0.0)
            }
        }
    }
}

impl serde::Serialize for Tolerance {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::By(by) => number::write(by, serializer),
            Self::Share(share) => serializer.serialize_str(&[&shown(share * 100.0), "%"].concat()),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Tolerance {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Tolerance".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "oneOf": [{ "type": "number" }, { "type": "string" }] })
    }
}

impl Tolerance {
    /// Whether two numbers are no further apart than this.
    pub(super) fn holds(&self, given: f64, value: f64) -> bool {
        grid((given - value).abs()) <= grid(self.limit(value)) + 1e-9
    }

    /// How far from the answer that is.
    fn limit(&self, value: f64) -> f64 {
        match self {
            Self::By(by) => *by,
            Self::Share(share) => share * value.abs(),
        }
    }
}

record! {
    /// A unit that may be typed instead.
    OtherUnit {
        /// The unit.
        unit: String = need,
        /// What one of it is worth in the question's unit.
        times: Amount = need,
    }
}

record! {
    /// Part of the marks for a number that is not far off.
    Close {
        /// How far off: a number, or a share of the answer such as `10%`.
        tolerance: Tolerance = need,
        /// The share of the marks; default 0.5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
        credit: Option<f64> = maybe,
    }
}

record! {
    /// Bounds, as in exercises: all that are given hold.
    Range {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Amount> = maybe,
        /// More than.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        above: Option<Amount> = maybe,
        /// Less than.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<Amount> = maybe,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        up_to: Option<Amount> = maybe,
    }
}

impl Range {
    fn bounds(&self) -> [(Option<f64>, &'static str); 4] {
        let value = |amount: &Option<Amount>| amount.as_ref().and_then(Amount::value);
        [
            (value(&self.from), "≥ "),
            (value(&self.above), "> "),
            (value(&self.below), "< "),
            (value(&self.up_to), "≤ "),
        ]
    }

    fn holds(&self, given: f64) -> bool {
        let given = grid(given);
        let mut some = false;
        for (bound, sign) in self.bounds() {
            let Some(bound) = bound.map(grid) else { continue };
            some = true;
            let fits = match sign {
                "≥ " => given >= bound,
                "> " => given > bound,
                "< " => given < bound,
                _ => given <= bound,
            };
            if !fits {
                return false;
            }
        }
        some
    }

    /// The bounds to be read.
    pub(super) fn shown(&self) -> String {
        let bounds = self.bounds().into_iter();
        let bounds = bounds.filter_map(|(bound, sign)| Some([sign, &shown(bound?)].concat()));
        bounds.collect::<Vec<_>>().join("，")
    }

    /// A number inside: a bound that is, or the middle.
    fn inside(&self) -> Option<f64> {
        let [from, above, below, up_to] = self.bounds().map(|(bound, _)| bound);
        let middle = match (from.or(above), up_to.or(below)) {
            (Some(least), Some(most)) => Some(f64::midpoint(least, most)),
            (Some(least), None) => Some(least + 1.0),
            (None, Some(most)) => Some(most - 1.0),
            (None, None) => None,
        };
        [from, up_to, middle].into_iter().flatten().find(|number| self.holds(*number))
    }

    pub(super) fn problems(&self, found: &mut Vec<Problem>) {
        if self.inside().is_none() {
            found.push(problem("range", Message::new("question.empty-range")));
        }
    }
}

/// What numbers are right.
pub(super) struct Measure<'m> {
    pub(super) answer: Option<f64>,
    pub(super) range: Option<&'m Range>,
    pub(super) unit: Option<&'m str>,
    pub(super) units: &'m [OtherUnit],
    pub(super) tolerance: Option<&'m Tolerance>,
}

impl Measure<'_> {
    /// The number that an answer gives, in the question's unit.
    pub(super) fn read(&self, answer: &Value) -> Result<f64, Message> {
        let unread = || Message::new("answer.not-a-number");
        let text = match answer {
            Value::Number(number) => {
                return number.as_f64().filter(|value| value.is_finite()).ok_or_else(unread);
            }
            Value::String(text) => text,
            _ => return Err(unread()),
        };
        match read_number(text, self.unit) {
            Some(reading) if reading.percent && self.unit.is_none() => Ok(reading.value / 100.0),
            Some(reading) if reading.percent && !matches!(self.unit, Some("%" | "％")) => {
                let unit = self.unit.unwrap_or_default();
                Err(Message::new("answer.wrong-unit").with("unit", unit))
            }
            Some(reading) => Ok(reading.value),
            None => self.in_other_unit(text).ok_or_else(unread),
        }
    }

    fn in_other_unit(&self, text: &str) -> Option<f64> {
        let spaceless = |text: &str| half_width(text).split_whitespace().collect::<String>();
        let text = spaceless(text);
        self.units.iter().find_map(|other| {
            let digits = text.strip_suffix(&spaceless(&other.unit))?;
            let reading = read_number(digits, None).filter(|reading| !reading.percent)?;
            Some(reading.value * other.times.value()?)
        })
    }

    /// Whether a number is as good as another.
    pub(super) fn is_near(&self, given: f64, value: f64) -> bool {
        self.tolerance.unwrap_or(&Tolerance::By(0.0)).holds(given, value)
    }

    /// Whether a number is right.
    pub(super) fn takes(&self, given: f64) -> bool {
        self.answer.is_some_and(|value| self.is_near(given, value))
            || self.range.is_some_and(|range| range.holds(given))
    }

    /// The answer to be read, with its unit. What a formula gives is as coarse as its tolerance.
    pub(super) fn shown(&self, answer: &Amount) -> Option<String> {
        let mut value = answer.value()?;
        let limit = self.tolerance.map_or(0.0, |tolerance| tolerance.limit(value));
        if !matches!(answer, Amount::Number(_)) && limit > 0.0 {
            let mut step = 1.0;
            while step > limit {
                step /= 10.0;
            }
            value = (value / step + 0.5).floor() * step;
        }
        // Words stand apart, signs and Han do not.
        let unit = self.unit.unwrap_or_default();
        let gap = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
        // A hyphen is no minus.
        Some([&shown(value).replace('-', "−"), gap, unit].concat())
    }

    /// A number that is right.
    pub(super) fn best(&self) -> Option<f64> {
        self.answer.or_else(|| self.range?.inside())
    }
}

/// Faults of a tolerance.
pub(super) fn problems(tolerance: Option<&Tolerance>, place: &str, found: &mut Vec<Problem>) {
    if let Some(Tolerance::By(by) | Tolerance::Share(by)) = tolerance
        && !(by.is_finite() && *by >= 0.0)
    {
        found.push(problem(place, Message::new("question.tolerance")));
    }
}
