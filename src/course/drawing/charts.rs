//! The kinds of charts.

use super::Fault;
use super::value::{Amount, Limit, Point, Series, Word, check_names, check_series};
use schemars::JsonSchema;
use serde::Deserialize;

/// Bars side by side, or one above another.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Lying bars, label before, value behind.
    #[serde(default)]
    pub horizontal: bool,
    /// Largest first.
    #[serde(default)]
    pub sort: bool,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// Where the scale ends.
    #[serde(default)]
    pub most: Option<Amount>,
    /// The bars.
    #[serde(default)]
    pub points: Vec<Point>,
    /// The bars, as the one entry of a list.
    #[serde(default)]
    pub series: Vec<Points>,
    /// Instead of points: a column of an exercise, exercise.stage.column.
    #[serde(default)]
    pub from: Option<String>,
    /// Labels or ids in the accent colour.
    #[serde(default)]
    pub highlight: Vec<Word>,
    /// Labels or ids that stand back.
    #[serde(default)]
    pub muted: Vec<Word>,
    /// Labels or ids that are crossed out.
    #[serde(default)]
    pub crossed: Vec<Word>,
    /// Limits.
    #[serde(default)]
    pub lines: Vec<Limit>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A list of points.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// The points.
    pub points: Vec<Point>,
}

impl Bar {
    /// The bars, wherever they were written, in the order drawn.
    pub fn bars(&self) -> Vec<Point> {
        let series = self.series.iter().flat_map(|series| &series.points);
        let mut bars: Vec<Point> = self.points.iter().chain(series).cloned().collect();
        if self.sort {
            bars.sort_by(|a, b| b.value.0.total_cmp(&a.value.0));
        }
        bars
    }

    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        let bars = self.bars();
        if bars.is_empty() {
            faults.push(Fault::empty("points"));
        }
        for names in [&self.highlight, &self.muted, &self.crossed] {
            check_names(
                names,
                |name| bars.iter().any(|bar| bar.is_in(std::slice::from_ref(name))),
                faults,
            );
        }
        for bar in bars.iter().filter(|bar| bar.value.0 < 0.0) {
            faults.push(Fault::new("drawing-negative", [("name", bar.label.0.clone())]));
        }
    }
}

/// Several bars for each label.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grouped {
    /// Lying bars.
    #[serde(default)]
    pub horizontal: bool,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// Where the scale ends.
    #[serde(default)]
    pub most: Option<Amount>,
    /// What the groups are; left out when the series come from columns.
    #[serde(default)]
    pub labels: Vec<Word>,
    /// One to four kinds of bars.
    #[schemars(length(max = 4))]
    pub series: Vec<Series>,
    /// Labels of groups that matter.
    #[serde(default)]
    pub highlight: Vec<Word>,
    /// Limits.
    #[serde(default)]
    pub lines: Vec<Limit>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

impl Grouped {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        check_series(&self.labels, &self.series, faults);
        check_names(&self.highlight, |name| self.labels.contains(name), faults);
        for one in self.series.iter().filter(|one| one.values.iter().any(|value| value.0 < 0.0)) {
            faults.push(Fault::new("drawing-negative", [("name", one.name.0.clone())]));
        }
    }
}

/// One line for each series, named at its end.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What the steps are; left out when the series come from columns.
    #[serde(default)]
    pub labels: Vec<Word>,
    /// The lines.
    pub series: Vec<Series>,
    /// Behind every number.
    #[serde(default)]
    pub unit: Word,
    /// Where the scale starts.
    #[serde(default)]
    pub least: Option<Amount>,
    /// Where the scale ends.
    #[serde(default)]
    pub most: Option<Amount>,
    /// Names of the lines that matter.
    #[serde(default)]
    pub highlight: Vec<Word>,
    /// Limits.
    #[serde(default)]
    pub lines: Vec<Limit>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

impl Line {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        check_series(&self.labels, &self.series, faults);
        if self.labels.len() == 1 {
            faults.push(Fault::length("labels", 1, 2));
        }
        check_names(&self.highlight, |name| self.series.iter().any(|s| s.name == *name), faults);
    }
}

/// Points on two axes, each with its name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scatter {
    /// What the axis to the right counts.
    #[serde(default)]
    pub x: Word,
    /// What the axis upwards counts.
    #[serde(default)]
    pub y: Word,
    /// The points.
    pub points: Vec<Spot>,
    /// Labels of the points that matter.
    #[serde(default)]
    pub highlight: Vec<Word>,
    /// Limits across.
    #[serde(default)]
    pub lines_x: Vec<Limit>,
    /// Limits along.
    #[serde(default)]
    pub lines_y: Vec<Limit>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// A point on two axes.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// What it is.
    pub label: Word,
    /// To the right.
    pub x: Amount,
    /// Upwards.
    pub y: Amount,
    /// How large it is drawn, in bubbles.
    #[serde(default)]
    pub size: Option<Amount>,
}

impl Scatter {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.points.is_empty() {
            faults.push(Fault::empty("points"));
        }
        check_names(&self.highlight, |name| self.points.iter().any(|p| p.label == *name), faults);
    }
}

/// One shape for each series over axes in a circle.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Radar {
    /// What the axes are.
    #[schemars(length(min = 3, max = 10))]
    pub labels: Vec<Word>,
    /// One to three shapes.
    #[schemars(length(max = 3))]
    pub series: Vec<Series>,
    /// Where the axes end.
    #[serde(default)]
    pub most: Option<Amount>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

impl Radar {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        check_series(&self.labels, &self.series, faults);
    }
}

/// A shape without numbers: how something rises and falls.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// What runs to the right.
    #[serde(default)]
    pub x: Word,
    /// What runs upwards.
    #[serde(default)]
    pub y: Word,
    /// The curves.
    pub curves: Vec<Rise>,
    /// Parts of the way, of equal width.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// One sentence on what is to be seen.
    #[serde(default)]
    pub alt: Word,
}

/// One curve.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rise {
    /// What it is; stands at its end.
    #[serde(default)]
    pub name: Word,
    /// Heights at equal steps, 0 to 1.
    pub heights: Vec<Amount>,
    /// Drawn in the accent colour.
    #[serde(default)]
    pub highlight: bool,
}

/// A part of the way.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What happens there.
    pub label: Word,
    /// The part that matters.
    #[serde(default)]
    pub highlight: bool,
}

impl Curve {
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        if self.curves.is_empty() {
            faults.push(Fault::empty("curves"));
        }
        for curve in &self.curves {
            if curve.heights.len() < 2 {
                faults.push(Fault::length("heights", curve.heights.len(), 2));
            }
            for height in curve.heights.iter().filter(|height| !(0.0..=1.0).contains(&height.0)) {
                faults.push(Fault::new("drawing-height", [("n", height.0.to_string())]));
            }
        }
    }
}
