//! `hotspot`: one or several places on a picture; the same places stand beside it as a list, for
//! keyboards, screen readers and the terminal.
//!
//! An answer is a region's id, or the point that was tapped, `{x, y}` in per cent of the picture's
//! width and height; where several regions are right, a list of these. Score: 0 or 1; of several
//! right regions max(0, right − wrong) ÷ their number. A point outside all regions is wrong.

use super::face::Entry;
use super::options::{self, Choice, not_empty};
use super::{Author, Kind, Line, Question, Verdict, Widget, keys::body, problem};
use crate::json::Value;
use crate::read::{Keys, Read, Reader};
use crate::write::Object;
use crate::{Message, Problem, TextRole};

/// Where a region lies, in per cent of the picture's width and height.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// x, y, width, height.
    Rect(Vec<f64>),
    /// x, y of the middle, and the radius in per cent of the width and of the height.
    Ellipse(Vec<f64>),
    /// The corners, each x and y.
    Polygon(Vec<Vec<f64>>),
}

impl Area {
    /// The numbers make a shape.
    fn is_sound(&self) -> bool {
        let inside = |number: &f64| (0.0..=100.0).contains(number);
        match self {
            Self::Rect(numbers) | Self::Ellipse(numbers) => {
                numbers.len() == 4
                    && numbers.iter().all(inside)
                    && numbers.iter().skip(2).all(|size| *size > 0.0)
            }
            Self::Polygon(corners) => {
                corners.len() >= 3
                    && corners.iter().all(|corner| corner.len() == 2 && corner.iter().all(inside))
            }
        }
    }

    /// Whether a point lies in it.
    fn holds(&self, x: f64, y: f64) -> bool {
        match self {
            Self::Rect(numbers) => match numbers.as_slice() {
                [left, top, width, height] => {
                    (*left..=left + width).contains(&x) && (*top..=top + height).contains(&y)
                }
                _ => false,
            },
            Self::Ellipse(numbers) => match numbers.as_slice() {
                [middle, centre, width, height] if *width > 0.0 && *height > 0.0 => {
                    let (dx, dy) = ((x - middle) / width, (y - centre) / height);
                    dx * dx + dy * dy <= 1.0
                }
                _ => false,
            },
            Self::Polygon(corners) => winds(corners, x, y),
        }
    }

    fn json(&self) -> Value {
        let numbers = |numbers: &[f64]| numbers.iter().map(|n| super::json_number(*n)).collect();
        match self {
            Self::Rect(list) => Object::new().put("rect", numbers(list)).end(),
            Self::Ellipse(list) => Object::new().put("ellipse", numbers(list)).end(),
            Self::Polygon(corners) => {
                Object::new().list("polygon", corners, |corner| numbers(corner)).end()
            }
        }
    }
}

/// Whether a ray from the point crosses the outline an odd number of times.
fn winds(corners: &[Vec<f64>], x: f64, y: f64) -> bool {
    let mut inside = false;
    let mut before = corners.last();
    for corner in corners {
        if let (Some([ax, ay]), [bx, by]) = (before.map(Vec::as_slice), corner.as_slice()) {
            if (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                inside = !inside;
            }
        }
        before = Some(corner);
    }
    inside
}

/// A region of the picture.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What answers call it; default a, b, c… by its place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What the list calls it.
    pub text: String,
    /// Where it lies: `rect: [x, y, width, height]`, `ellipse: [x, y, rx, ry]` or
    /// `polygon: [[x, y], …]`, in per cent of the picture.
    pub area: Area,
    /// Whether it is right.
    #[serde(default, skip_serializing_if = "super::options::is_no")]
    pub correct: bool,
    /// Why it is right, or why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Read for Area {
    fn read(value: Value, reader: &mut Reader) -> Self {
        let mut keys = Keys::of(value, reader);
        let area = match keys.first() {
            "ellipse" => Self::Ellipse(keys.need("ellipse")),
            "polygon" => Self::Polygon(keys.need("polygon")),
            _ => Self::Rect(keys.need("rect")),
        };
        keys.end();
        area
    }
}

impl Read for Region {
    fn read(value: Value, reader: &mut Reader) -> Self {
        let mut keys = Keys::of(value, reader);
        let area = keys.take("area").unwrap_or_default();
        let area = keys.reader.below("area", area);
        let region = Self {
            id: keys.or("id"),
            text: keys.need("text"),
            area,
            correct: keys.or("correct"),
            why: keys.maybe("why"),
        };
        keys.end();
        region
    }
}

body! {
    /// One or several places on a picture, which stand beside it as a list.
    Hotspot {
        /// The picture, a file of the course.
        image: String = need,
        /// What the picture shows, for those who do not see it.
        alt: String = need,
        /// The regions; at least one is `correct`. The first that holds a tapped point counts.
        regions: Vec<Region> = need,
    }
}

impl Hotspot {
    fn keys(&self) -> usize {
        self.regions.iter().filter(|region| region.correct).count()
    }

    /// The region meant by an answer's entry; none = a point outside all of them.
    fn region(&self, entry: &Value) -> Result<Option<&Region>, Message> {
        match entry {
            Value::String(id) => {
                let region = self.regions.iter().find(|region| &region.id == id);
                region.map(Some).ok_or_else(|| options::unknown(id))
            }
            Value::Object(point) => {
                let at = |axis: &str| point.get(axis).and_then(Value::as_f64);
                match (at("x"), at("y"), point.len()) {
                    (Some(x), Some(y), 2) => {
                        Ok(self.regions.iter().find(|region| region.area.holds(x, y)))
                    }
                    _ => Err(Message::new("answer.not-a-region")),
                }
            }
            _ => Err(Message::new("answer.not-a-region")),
        }
    }

    /// The regions as options, to be graded and explained like them.
    fn options(&self) -> Vec<Choice> {
        let options = self.regions.iter().map(|region| Choice {
            id: region.id.clone(),
            text: region.text.clone(),
            correct: region.correct,
            why: region.why.clone(),
        });
        options.collect()
    }
}

impl Kind for Hotspot {
    /// The picture becomes Markdown, so that it is found, drawn and shipped as any other is.
    fn fill_ids(&mut self) {
        for (at, region) in self.regions.iter_mut().enumerate() {
            options::fill(&mut region.id, at);
        }
        if !self.image.starts_with(['!', '<']) {
            self.image = ["![", &self.alt, "](", &self.image, ")"].concat();
        }
    }

    fn widget(&self, _: &Question, _: u64) -> Widget {
        Widget::Hotspot {
            image: self.image.clone(),
            regions: self.regions.iter().map(|one| Entry::new(&one.id, &one.text)).collect(),
            areas: self.regions.iter().map(|region| region.area.json()).collect(),
            many: self.keys() > 1,
        }
    }

    fn grade(&self, _: &Question, answer: &Value) -> Result<Verdict, Message> {
        let list = match answer {
            Value::Array(list) => list.as_slice(),
            other => std::slice::from_ref(other),
        };
        let keys = self.keys();
        if keys < 2 && list.len() != 1 {
            return Err(Message::new("answer.not-a-region"));
        }
        let mut chosen: Vec<&str> = Vec::with_capacity(list.len());
        let mut outside = 0;
        for entry in list {
            match self.region(entry)? {
                Some(region) if chosen.contains(&region.id.as_str()) => {
                    return Err(Message::new("answer.doubled").with("id", region.id.clone()));
                }
                Some(region) => chosen.push(&region.id),
                None => outside += 1,
            }
        }
        let parts = options::parts(&self.options(), |id| chosen.contains(&id));
        let verdict = Verdict::scored(options::share(&self.options(), &chosen, outside), parts);
        Ok(if outside > 0 { verdict.say(Message::new("answer.outside")) } else { verdict })
    }

    fn solution(&self) -> Value {
        let keys = self.regions.iter().filter(|region| region.correct);
        let mut keys = keys.map(|region| Value::from(region.id.clone()));
        if self.keys() > 1 { keys.collect() } else { keys.next().unwrap_or_default() }
    }

    fn lines(&self, _: &Question) -> Vec<Line> {
        options::lines(&self.options())
    }
}

impl Author for Hotspot {
    fn problems(&self, _: &Question, found: &mut Vec<Problem>) {
        options::problems_at("regions", &self.options(), found);
        if self.keys() == 0 {
            found.push(problem("regions", Message::new("question.no-key")));
        }
        not_empty(&self.alt, "alt".to_owned(), found);
        for (at, region) in self.regions.iter().enumerate() {
            if !region.area.is_sound() {
                found.push(problem(format!("regions[{at}].area"), Message::new("question.area")));
            }
        }
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        visit(TextRole::Inline, &mut self.image);
        for region in &mut self.regions {
            visit(TextRole::Inline, &mut region.text);
            if let Some(why) = &mut region.why {
                visit(TextRole::Block, why);
            }
        }
    }
}
