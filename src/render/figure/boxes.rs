//! Boxes with text inside, which several figures are built from.

use super::svg::{Sheet, TEXT, wrap};

/// A box with its text wrapped around the middle.
pub(super) fn boxed(
    sheet: &mut Sheet,
    centre: (f64, f64),
    size: (f64, f64),
    round: f64,
    class: &str,
    text: &str,
) {
    let corner = (centre.0 - size.0 / 2.0, centre.1 - size.1 / 2.0);
    sheet.rect(corner, size, round, class);
    let lines = wrap(text, (size.0 - 28.0) / TEXT);
    sheet.lines(centre.0, centre.1, &format!("in {class}"), "middle", &lines);
}

/// A smooth line from one point to another that leaves and arrives level.
pub(super) fn level_curve(from: (f64, f64), to: (f64, f64)) -> String {
    use super::svg::at;
    let middle = f64::midpoint(from.0, to.0);
    format!(
        "M{} {}C{} {} {} {} {} {}",
        at(from.0),
        at(from.1),
        at(middle),
        at(from.1),
        at(middle),
        at(to.1),
        at(to.0),
        at(to.1)
    )
}
