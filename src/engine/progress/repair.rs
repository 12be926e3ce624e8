//! What can be had from the text of a progress file that was cut off or damaged.

use crate::Message;
use crate::json::{Place, Value, parse};

/// Parses a text; of a damaged one as much as stands whole before the damage.
pub(super) fn mend(text: &str, found: &mut Vec<Message>) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    let Place { line, column } = match parse(text.as_bytes()) {
        Ok(value) => return value,
        Err(place) => place,
    };
    found.push(Message::new("progress.cut").with("line", line).with("column", column));
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let upto = before.saturating_add(column).min(text.len());
    // From the damage backwards to where the brackets can be closed; a damaged string may hide
    // a few of these places.
    let cuts = cuts(&text.as_bytes()[..upto]);
    for (end, open) in cuts.into_iter().rev().take(64) {
        let mut whole = text.get(..end).unwrap_or_default().to_owned();
        whole.extend(open.iter().rev().map(|bracket| char::from(*bracket)));
        if let Ok(value) = parse(whole.as_bytes()) {
            return value;
        }
    }
    Value::Null
}

/// The places where an entry has ended, with the brackets that close what is open there.
fn cuts(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let (mut open, mut cuts) = (Vec::new(), Vec::new());
    let (mut in_text, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        if in_text {
            in_text = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b',' => cuts.push((at, open.clone())),
            b'}' | b']' => {
                open.pop();
                cuts.push((at + 1, open.clone()));
            }
            _ => {}
        }
        if open.len() > 128 {
            break;
        }
    }
    cuts
}
