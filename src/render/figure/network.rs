//! Who talks to whom: panels side by side, each with two columns of people and lines between.
//! Where one single line joins the two sides, the others stand behind the two who hold it.

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
    let wide = (names.fold(0.0, f64::max) * TEXT + 56.0).clamp(150.0, width * 0.36);
    let (near, far) = (start + wide / 2.0 + 24.0, start + width - wide / 2.0 - 24.0);
    let y = |people: usize, at: usize| 70.0 + high / count(people.max(1)) * (count(at) + 0.5);
    sheet.text(start + width / 2.0, 36.0, "number", "middle", &panel.title.0);
    let mut pairs = panel.links.iter().chain(&panel.broken);
    let narrow = match (pairs.next(), pairs.next()) {
        (Some(&[a, b]), None) => Some((a, b)),
        _ => None,
    };
    let room = ((far - near - wide) / 2.0 - 90.0).max(0.0);
    let left = |at: usize| near + narrow.map_or(0.0, |(a, _)| ahead(at, a, panel.left.len(), room));
    let right =
        |at: usize| far - narrow.map_or(0.0, |(_, b)| ahead(at, b, panel.right.len(), room));
    if let Some((a, b)) = narrow {
        for at in (0..panel.left.len()).filter(|at| *at != a) {
            let (from, to) = (y(panel.left.len(), at), y(panel.left.len(), a));
            sheet.line((left(at), from), (left(a), to), "inside");
        }
        for at in (0..panel.right.len()).filter(|at| *at != b) {
            let (from, to) = (y(panel.right.len(), at), y(panel.right.len(), b));
            sheet.line((right(at), from), (right(b), to), "inside");
        }
    }
    for (pairs, class) in [(&panel.links, "link"), (&panel.broken, "link broken")] {
        for [a, b] in pairs {
            let from = (left(*a), y(panel.left.len(), *a));
            let to = (right(*b), y(panel.right.len(), *b));
            sheet.line(from, to, class);
            if class.ends_with("broken") {
                let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
                sheet.circle(middle, 24.0, "gap");
                sheet.text(middle.0, middle.1 + 13.0, "strong", "middle", "✗");
            }
        }
    }
    for (at, name) in panel.left.iter().enumerate() {
        let middle = (left(at), y(panel.left.len(), at));
        boxed(sheet, middle, (wide, 76.0), 38.0, "person", &name.0);
    }
    for (at, name) in panel.right.iter().enumerate() {
        let middle = (right(at), y(panel.right.len(), at));
        boxed(sheet, middle, (wide, 76.0), 38.0, "person theirs", &name.0);
    }
}

/// How far towards the other side a person stands where one line is all there is: the two who
/// hold it in front, their colleagues further behind them the further away they sit, so that the
/// panel is the bow-tie that it is called.
fn ahead(at: usize, holder: usize, people: usize, room: f64) -> f64 {
    let most = holder.max(people.saturating_sub(holder + 1));
    if most == 0 { 0.0 } else { room * (1.0 - count(at.abs_diff(holder)) / count(most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_line_is_all_the_others_stand_back() {
        let steps: Vec<f64> = (0..5).map(|at| ahead(at, 2, 5, 100.0)).collect();
        assert_eq!(steps, [0.0, 50.0, 100.0, 50.0, 0.0]);
        assert_eq!(ahead(0, 0, 1, 100.0).to_bits(), 0.0_f64.to_bits());
    }
}
