//! Who talks to whom: panels side by side, each with two columns of people and lines between
//! them. `panels: [{title, left: [names], right: [names], links: [[0, 0], …], broken: [[0, 0]]}]`.

use super::svg::{at, figure, label, line, text};
use serde_json::Value;
use std::fmt::Write as _;

pub(super) fn draw(value: &Value) -> Result<String, String> {
    let panels = value.get("panels").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if panels.is_empty() {
        return Err("a network needs panels: [{title, left, right, links}]".to_owned());
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of panels is small")]
    let width = 1680.0 / panels.len() as f64;
    let mut body = String::new();
    let mut start = 0.0;
    for panel in panels {
        draw_panel(panel, start, width, &mut body)?;
        start += width;
    }
    let alt = value.get("alt").and_then(Value::as_str).unwrap_or_default();
    Ok(figure(1680.0, 700.0, alt, &body, ""))
}

fn names(panel: &Value, key: &str) -> Vec<String> {
    let list = panel.get(key).and_then(Value::as_array).into_iter().flatten();
    list.map(|name| label(Some(name))).collect()
}

fn place(count: usize, at: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a number of people is small")]
    let step = 560.0 / count.max(1) as f64;
    #[expect(clippy::cast_precision_loss, reason = "a number of people is small")]
    let place = 110.0 + step * (at as f64 + 0.5);
    place
}

fn draw_panel(panel: &Value, start: f64, width: f64, body: &mut String) -> Result<(), String> {
    let (left, right) = (names(panel, "left"), names(panel, "right"));
    let (near, far) = (start + width * 0.27, start + width * 0.73);
    body.push_str(&text(
        start + width * 0.5,
        50.0,
        "label strong",
        "middle",
        &label(panel.get("title")),
    ));
    for (key, class) in [("links", "link"), ("broken", "link broken")] {
        for pair in panel.get(key).and_then(Value::as_array).into_iter().flatten() {
            let end = |side: usize, people: &[String]| {
                let at =
                    pair.get(side).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
                at.filter(|at| *at < people.len())
            };
            let (Some(a), Some(b)) = (end(0, &left), end(1, &right)) else {
                return Err(format!("{key} name people by place, from 0: {pair}"));
            };
            let from = (near, place(left.len(), a));
            let to = (far, place(right.len(), b));
            body.push_str(&line(from, to, class));
        }
    }
    for (people, x, class) in [(&left, near, "ours"), (&right, far, "theirs")] {
        for (at_place, name) in people.iter().enumerate() {
            let y = place(people.len(), at_place);
            let _ = write!(
                body,
                "<rect x=\"{}\" y=\"{}\" width=\"200\" height=\"76\" rx=\"38\" class=\"person {class}\"/>",
                at(x - 100.0),
                at(y - 38.0)
            );
            body.push_str(&text(x, y + 11.0, "label", "middle", name));
        }
    }
    Ok(())
}
