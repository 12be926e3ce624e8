//! Charts and figures: every kind is drawn, inside its frame, with its data as a table.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::compile::{Options, compile};
use kejian::course::Aspect;
use kejian::course::drawing::{Drawing, names};
use kejian::embedded;
use kejian::source::{Memory, World as _};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const PICTURE: &[u8] = b"<svg viewBox=\"0 0 9 9\"><text id=\"screen\" x=\"1\" y=\"5\"/></svg>";

fn samples() -> Vec<Value> {
    serde_yaml::from_str(include_str!("drawings.yaml")).unwrap()
}

/// A course with one slide for each drawing.
fn course(drawings: &[Value]) -> Memory {
    let exercises = embedded::course();
    let files = exercises.files().unwrap();
    let practice = files.iter().filter(|path| path.as_str().starts_with("practice/"));
    let world = practice.fold(Memory::default(), |world, path| {
        world.with(path.as_str(), exercises.read(path).unwrap().into_owned())
    });
    let mut chapter = String::from("title: 图\nslides:\n");
    for (place, drawing) in drawings.iter().enumerate() {
        let _ = writeln!(
            chapter,
            "- layout: figure\n  id: f{place}\n  title: 题目{place}\n  figure: {drawing}"
        );
    }
    world
        .with("media/map.svg", PICTURE)
        .with(
            "course.yaml",
            "id: t\ntitle: 图\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [a]}]\n".as_bytes(),
        )
        .with("chapters/a.yaml", chapter.into_bytes())
}

fn deck(drawings: &[Value], aspect: Aspect) -> String {
    deck_of(&course(drawings), aspect)
}

fn deck_of(course: &Memory, aspect: Aspect) -> String {
    let options = Options { aspect: Some(aspect), ..Options::default() };
    let outcome = compile(course, &embedded::themes(), &options);
    let site = outcome.site.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics));
    let deck = site.files.iter().find(|(path, _)| path.as_str() == "a/deck.html").unwrap();
    String::from_utf8(deck.1.to_vec()).unwrap()
}

#[test]
fn every_kind_has_a_sample() {
    let samples = samples();
    let drawn: BTreeSet<&str> = samples.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    let known: BTreeSet<&str> = names(false).into_iter().collect();
    assert_eq!(drawn, known);
    assert!(names(true).len() < names(false).len());
}

/// Values of an attribute in markup.
fn attributes<'p>(markup: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    let found = markup.match_indices(&start);
    found
        .map(|(at, _)| &markup[at + start.len()..])
        .map(|rest| &rest[..rest.find('"').unwrap()])
        .collect()
}

#[test]
fn drawings_stay_in_their_frames() {
    for aspect in [Aspect::Wide, Aspect::Standard] {
        let page = deck(&samples(), aspect);
        let figures: Vec<&str> = page.split("<figure class=\"drawing").skip(1).collect();
        assert_eq!(figures.len(), samples().len());
        for figure in figures {
            let figure = &figure[..figure.find("</figure>").unwrap()];
            let kind = &figure[3..figure.find('"').unwrap()];
            assert!(!figure.contains("NaN") && !figure.contains("inf"), "{kind}");
            assert_eq!(attributes(figure, "role"), ["img"], "{kind}");
            assert!(!attributes(figure, "aria-label")[0].is_empty(), "{kind} has a name");
            if kind == "svg" {
                continue;
            }
            assert!(figure.contains("<table class=\"unseen\">"), "{kind} has its data as a table");
            let size: Vec<f64> =
                attributes(figure, "viewBox")[0].split(' ').map(|n| n.parse().unwrap()).collect();
            assert!(
                (size[2] - aspect.text_width()).abs() < 0.1 && size[3] <= 740.0,
                "{kind}: {size:?}"
            );
            for (name, most) in [("x", size[2]), ("y", size[3]), ("cx", size[2]), ("cy", size[3])] {
                for value in attributes(figure, name) {
                    let value: f64 = value.parse().unwrap();
                    assert!((-1.0..=most + 1.0).contains(&value), "{kind}: {name}=\"{value}\"");
                }
            }
            assert!(
                attributes(figure, "width").iter().all(|width| !width.starts_with('-')),
                "{kind}"
            );
        }
    }
}

#[test]
fn a_gauge_shows_the_decimals_asked_for() {
    let gauge = json!({"label": "方向", "value": 75, "shown": "75.0%", "need": 85});
    let page = deck(&[json!({"kind": "gauges", "gauges": [gauge], "unit": "%"})], Aspect::Wide);
    assert!(page.contains(">75.0%</text>"), "{page}");
    assert!(!page.contains(">75%</text>"));
}

/// Beside a text a ring is small, and what stands in it must not touch it.
#[test]
fn the_number_in_a_small_ring_is_small() {
    let ring = samples().into_iter().find(|one| one["kind"] == "ring").unwrap();
    let slide = |aside: &str| {
        let text = format!(
            "title: 图\nslides:\n- layout: figure\n  title: 题目\n  figure: {ring}\n{aside}"
        );
        course(&[]).with("chapters/a.yaml", text.into_bytes())
    };
    let is_huge = |course: &Memory, aspect| deck_of(course, aspect).contains("class=\"huge\"");
    let beside = slide("  aside: 另外两家分走了六成多，先别急着庆祝。\n");
    assert!(is_huge(&slide(""), Aspect::Standard));
    assert!(is_huge(&beside, Aspect::Wide));
    assert!(!is_huge(&beside, Aspect::Standard));
}

#[test]
fn no_stem_strikes_through_a_label() {
    let points = [("朗宁", 73), ("青砚", 74), ("南汀", 74)]
        .map(|(label, value)| json!({"label": label, "value": value}));
    let page =
        deck(&[json!({"kind": "axis", "from": 40, "to": 90, "points": points})], Aspect::Wide);
    let stem = page.rfind("class=\"stem\"").unwrap();
    let label = page.find("朗宁 73</text>").unwrap();
    assert!(stem < label, "the labels, which hide what is behind them, come after all stems");
}

#[test]
fn the_last_number_of_a_line_stands_at_its_name_alone() {
    let series = json!([{"name": "景禾", "values": [69, 72, 70]}]);
    let chart = json!({"kind": "line", "labels": ["甲", "乙", "丙"], "series": series, "highlight": ["景禾"]});
    let page = deck(&[chart], Aspect::Wide);
    assert!(page.contains(">69</text>") && page.contains(">72</text>"));
    assert!(page.contains(">景禾 70</text>") && !page.contains(">70</text>"));
}

#[test]
fn numbers_come_from_exercises() {
    let page = deck(
        &[
            json!({"kind": "bar", "from": "swot.score.P"}),
            json!({"kind": "grouped", "series": [{"name": "I", "from": "swot.score.I"}, {"name": "U", "from": "swot.score.U"}]}),
            json!({"kind": "bar", "points": [{"label": "K3：{=swot.score.K3.P} 分", "value": "{=swot.score.K3.P}"}]}),
        ],
        Aspect::Wide,
    );
    let tables: Vec<&str> = page.split("<table class=\"unseen\">").skip(1).collect();
    assert!(tables[0].contains("<td>22.5</td>"));
    assert_eq!(tables[1][..tables[1].find("</table>").unwrap()].matches("<tr>").count(), 3);
    assert!(tables[2].contains("K3：22.5 分</th><td>22.5</td>"));
}

#[test]
fn what_does_not_add_up_is_said() {
    let code = |drawing: Value| {
        let faults = Drawing::read(&drawing).unwrap().faults();
        faults.first().map(|fault| fault.code)
    };
    for (expected, drawing) in [
        ("drawing-empty", json!({"kind": "bar"})),
        (
            "drawing-unknown",
            json!({"kind": "bar", "points": [{"label": "a", "value": 1}], "highlight": ["b"]}),
        ),
        ("drawing-negative", json!({"kind": "bar", "points": [{"label": "a", "value": -1}]})),
        (
            "drawing-length",
            json!({"kind": "line", "labels": ["a", "b"], "series": [{"name": "x", "values": [1]}]}),
        ),
        (
            "drawing-length",
            json!({"kind": "radar", "labels": ["a", "b", "c"], "series": [{"values": [1, 2]}]}),
        ),
        ("drawing-height", json!({"kind": "curve", "curves": [{"heights": [0, 2]}]})),
        (
            "drawing-range",
            json!({"kind": "axis", "from": 5, "to": 5, "points": [{"label": "a", "value": 5}]}),
        ),
        (
            "drawing-unknown",
            json!({"kind": "network", "panels": [{"left": ["a"], "right": ["b"], "links": [[0, 1]]}]}),
        ),
        ("drawing-empty", json!({"kind": "ring", "parts": [{"label": "a", "value": 0}]})),
        ("drawing-root", json!({"kind": "tree", "nodes": []})),
        (
            "drawing-unknown",
            json!({"kind": "tree", "nodes": [{"id": "a", "label": "A"}, {"id": "b", "label": "B", "under": "c"}]}),
        ),
        (
            "drawing-unknown",
            json!({"kind": "graph", "nodes": [{"id": "a", "label": "A", "x": 1, "y": 1}], "links": [{"ends": ["a", "b"]}]}),
        ),
        (
            "drawing-place",
            json!({"kind": "graph", "nodes": [{"id": "a", "label": "A", "x": 0, "y": 1}]}),
        ),
        ("drawing-empty", json!({"kind": "units"})),
        ("drawing-unknown", json!({"kind": "units", "each": 3, "marked": [4]})),
        ("drawing-length", json!({"kind": "funnel", "levels": [{"label": "a"}]})),
    ] {
        assert_eq!(code(drawing.clone()), Some(expected), "{drawing}");
    }
}

#[test]
fn a_slide_fills_one_of_the_slots_of_which_one_is_needed() {
    let world = course(&[]).with(
        "chapters/a.yaml",
        "title: 图\nslides:\n  - layout: big-number\n    title: 甲\n    label: 乙\n".as_bytes(),
    );
    let outcome = compile(&world, &embedded::themes(), &Options::default());
    let found: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == kejian::diag::Severity::Error)
        .map(|finding| (finding.code, finding.args["slots"].as_str(), finding.place.pin.clone()))
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0, found[0].1), ("missing-slot", "number, numbers"));
    let kejian::diag::Pin::At(span) = found[0].2 else { panic!("{found:?}") };
    assert_eq!((span.start.line, span.start.column), (3, 5));
}
