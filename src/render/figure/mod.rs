//! Charts and figures as SVG: drawn from data at build time, coloured by CSS classes, with the
//! data as a table for those who do not see them. One file per kind, or per family of kinds.

mod axis;
mod bar;
mod boxes;
mod cells;
mod curve;
mod graph;
mod grouped;
mod lamps;
mod line;
mod network;
mod plane;
mod round;
mod scale;
mod stream;
mod svg;

pub(super) use svg::{count, ems, escape};

use crate::course::drawing::{self, Drawing};
use crate::theme::Words;
use svg::{Sheet, Table};

/// What a drawing needs to know besides its data.
pub(super) struct Frame<'a> {
    /// Units from edge to edge.
    pub(super) width: f64,
    /// Units that the rest of the slide leaves it: what is higher is scaled down, words and all.
    pub(super) room: f64,
    /// What it is called when the author has not said what is to be seen: the slide's title.
    pub(super) title: &'a str,
    /// Interface words.
    pub(super) words: &'a Words,
    /// Reads an author's picture.
    pub(super) picture: &'a dyn Fn(&str) -> Option<String>,
}

impl Frame<'_> {
    /// How high a drawing may be that takes the whole stage: less where it is narrow.
    fn tall(&self) -> f64 {
        (self.width * 0.62).min(660.0).min(self.room.max(360.0))
    }

    fn sheet(&self, height: f64) -> Sheet {
        Sheet::new(self.width, height)
    }

    /// A table of labels and values.
    fn pairs(&self, rows: impl Iterator<Item = (String, String)>) -> Table {
        let head = ["item", "value"].map(|key| self.words.word(&format!("deck.table.{key}")));
        Table { head: head.into(), rows: rows.map(|(label, value)| vec![label, value]).collect() }
    }

    /// A table with a column for each label and a row for each series.
    fn grid(&self, labels: &[drawing::Word], series: &[drawing::Series], unit: &str) -> Table {
        let labels = labels.iter().map(|label| label.0.clone());
        let head = std::iter::once(self.words.word("deck.table.item")).chain(labels).collect();
        let rows = series.iter().map(|series| {
            let values = series.values.iter().map(|v| svg::measured(v.0, unit));
            std::iter::once(series.name.0.clone()).chain(values).collect()
        });
        Table { head, rows: rows.collect() }
    }
}

/// Draws a chart or figure whose data has been fetched and checked.
pub(super) fn draw(drawing: &Drawing, frame: &Frame<'_>) -> String {
    let alt = if drawing.alt().is_empty() { frame.title } else { drawing.alt() };
    let (sheet, table) = match drawing {
        Drawing::Bar(bar) => bar::draw(bar, frame),
        Drawing::Grouped(grouped) => grouped::draw(grouped, frame),
        Drawing::Line(line) => line::draw(line, frame),
        Drawing::Scatter(scatter) => plane::scatter(scatter, frame),
        Drawing::Bubble(bubble) => plane::bubble(bubble, frame),
        Drawing::Radar(radar) => round::radar(radar, frame),
        Drawing::Ring(ring) => round::ring(ring, frame),
        Drawing::Curve(curve) => curve::draw(curve, frame),
        Drawing::Axis(axis) => axis::draw(axis, frame),
        Drawing::Network(network) => network::draw(network, frame),
        Drawing::Lamps(lamps) => lamps::draw(lamps, frame),
        Drawing::Funnel(funnel) => stream::funnel(funnel, frame),
        Drawing::FlowIn(flow) => stream::flow_in(flow, frame),
        Drawing::Segments(segments) => scale::segments(segments, frame),
        Drawing::Gauges(gauges) => scale::gauges(gauges, frame),
        Drawing::Units(units) => cells::draw(units, frame),
        Drawing::Tree(tree) => graph::tree(tree, frame),
        Drawing::Graph(graph) => graph::graph(graph, frame),
        Drawing::Svg(picture) => return dressed(picture, alt, frame),
    };
    wrapped(drawing.kind(), &sheet.svg(alt), &table)
}

fn wrapped(kind: &str, svg: &str, table: &Table) -> String {
    format!("<figure class=\"drawing k-{kind}\">{svg}{}</figure>", table.html())
}

fn dressed(picture: &drawing::Svg, alt: &str, frame: &Frame<'_>) -> String {
    let svg = (frame.picture)(&picture.svg);
    let svg = svg.and_then(|svg| drawing::dress(&svg, &picture.labels).ok()).unwrap_or_default();
    let name = format!("<svg role=\"img\" aria-label=\"{}\"", escape(alt));
    wrapped("svg", &svg.replacen("<svg", &name, 1), &Table::default())
}
