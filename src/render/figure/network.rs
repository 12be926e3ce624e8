//! Who talks to whom: panels side by side, each with two columns of people and lines between.

use super::Frame;
use super::boxes::boxed;
use super::svg::{Sheet, TEXT, Table, count, ems};
use crate::course::drawing::{Network, Panel};

pub(super) fn draw(network: &Network, frame: &Frame<'_>) -> (Sheet, Table) {
    let width = frame.width / count(network.panels.len());
    let most = network.panels.iter().map(|p| p.left.len().max(p.right.len())).max().unwrap_or(1);
    let high = (count(most) * 108.0).clamp(240.0, 560.0);
    let mut sheet = frame.sheet(high + 80.0);
    for (place, panel) in network.panels.iter().enumerate() {
        draw_panel(panel, width * count(place), width, high, &mut sheet);
    }
    let rows = network.panels.iter().flat_map(|panel| {
        let row = move |[a, b]: &[usize; 2], sign: &str| {
            vec![
                panel.title.0.clone(),
                format!("{} {sign} {}", panel.left[*a].0, panel.right[*b].0),
            ]
        };
        let whole = panel.links.iter().map(move |pair| row(pair, "—"));
        whole.chain(panel.broken.iter().map(move |pair| row(pair, "✗")))
    });
    let head = ["item", "value"].map(|key| frame.words.word(&format!("deck.table.{key}")));
    let table = Table { head: head.into(), rows: rows.collect() };
    (sheet, table)
}

fn draw_panel(panel: &Panel, start: f64, width: f64, high: f64, sheet: &mut Sheet) {
    let names = panel.left.iter().chain(&panel.right).map(|name| ems(&name.0));
    let wide = (names.fold(0.0, f64::max) * TEXT + 64.0).clamp(150.0, width * 0.36);
    let inset = (width * 0.08).max(wide / 2.0);
    let (near, far) = (start + inset + wide * 0.25, start + width - inset - wide * 0.25);
    let y = |people: usize, at: usize| 70.0 + high / count(people.max(1)) * (count(at) + 0.5);
    sheet.text(start + width / 2.0, 36.0, "number", "middle", &panel.title.0);
    for (pairs, class) in [(&panel.links, "link"), (&panel.broken, "link broken")] {
        for [a, b] in pairs {
            let from = (near, y(panel.left.len(), *a));
            let to = (far, y(panel.right.len(), *b));
            sheet.line(from, to, class);
            if class.ends_with("broken") {
                let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
                sheet.circle(middle, 24.0, "gap");
                sheet.text(middle.0, middle.1 + 13.0, "strong", "middle", "✗");
            }
        }
    }
    for (people, x, class) in [(&panel.left, near, "person"), (&panel.right, far, "person theirs")]
    {
        for (at, name) in people.iter().enumerate() {
            boxed(sheet, (x, y(people.len(), at)), (wide, 76.0), 38.0, class, &name.0);
        }
    }
}
