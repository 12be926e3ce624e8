//! Traffic lights: each with a sign and a word, never by colour alone.

use super::Frame;
use super::svg::{Sheet, TEXT, Table, count, ems, wrap};
use crate::course::drawing::{Lamps, State};

/// The class and the sign of a state, and its key in the locales.
fn look(state: State) -> (&'static str, &'static str) {
    match state {
        State::Good => ("good", "✓"),
        State::Warn => ("warn", "!"),
        State::Bad => ("bad", "✗"),
        State::Off => ("off", "?"),
    }
}

pub(super) fn draw(lamps: &Lamps, frame: &Frame<'_>) -> (Sheet, Table) {
    let columns = match lamps.lamps.len() {
        1 => 1,
        2 | 4 => 2,
        _ => 3,
    };
    let rows = lamps.lamps.len().div_ceil(columns);
    let (gap, high) = (32.0, 250.0);
    let wide = (frame.width + gap) / count(columns) - gap;
    let mut sheet = frame.sheet((high + gap) * count(rows) - gap);
    let mut data = Vec::new();
    for (place, lamp) in lamps.lamps.iter().enumerate() {
        let (column, row) = (count(place % columns), count(place / columns));
        let (x, y) = (column * (wide + gap), row * (high + gap));
        let (class, sign) = look(lamp.state);
        sheet.rect((x, y), (wide, high), 10.0, "band");
        let lamp_at = (x + 100.0, y + high / 2.0);
        sheet.circle(lamp_at, 62.0, &format!("lamp {class}"));
        sheet.text(lamp_at.0, lamp_at.1 + 26.0, &format!("sign {class}"), "middle", sign);
        let from = x + 196.0;
        let label = wrap(&lamp.label.0, (wide - 220.0) / (TEXT * 1.18));
        sheet.text(from, y + 76.0, "head", "start", label.first().map_or("", String::as_str));
        let word = frame.words.word(&format!("deck.state.{class}"));
        let value_class = if ems(&lamp.value.0) * 64.0 > wide - 220.0 { "number" } else { "value" };
        sheet.text(from, y + 146.0, value_class, "start", &lamp.value.0);
        let need = [lamp.need.0.as_str(), word.as_str()];
        let need: Vec<&str> = need.into_iter().filter(|text| !text.is_empty()).collect();
        sheet.text(from, y + 206.0, "note", "start", &need.join(" · "));
        data.push((lamp.label.0.clone(), format!("{} {}", lamp.value.0, need.join(" "))));
    }
    let table = frame.pairs(data.into_iter());
    (sheet, table)
}
