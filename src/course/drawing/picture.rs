//! An author's SVG as part of a page: nothing in it may run or reach out, and its empty texts get
//! their labels.

use super::{Fault, Word};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tera::escape_html;

/// Elements and attributes that act, load or style the page around the picture.
const FORBIDDEN: [&str; 9] =
    ["<script", "<style", "<foreignobject", "<!", "<?", "javascript:", "<iframe", "<image", "<a "];

/// The picture with its labels in place.
pub(crate) fn dress(svg: &str, labels: &BTreeMap<String, Word>) -> Result<String, Fault> {
    let refuse = |reason: &str| Fault::new("drawing-svg", [("reason", reason.to_owned())]);
    let svg = svg.trim_start_matches('\u{feff}');
    // An XML declaration, a doctype and comments before the element are fine, and left out.
    let start = svg.find("<svg").ok_or_else(|| refuse("<svg"))?;
    let end = svg.rfind("</svg>").ok_or_else(|| refuse("</svg>"))? + "</svg>".len();
    let svg = svg.get(start..end).ok_or_else(|| refuse("<svg"))?;
    let lower = svg.to_ascii_lowercase();
    if let Some(word) = FORBIDDEN.iter().find(|word| lower.contains(**word)) {
        return Err(refuse(word));
    }
    if let Some(attribute) = acting_attribute(&lower) {
        return Err(refuse(attribute));
    }
    let mut out = svg.to_owned();
    for (id, label) in labels {
        let Some((from, to, selfclosed)) = text_inside(&out, id) else {
            return Err(Fault::unknown(id));
        };
        let mut words = Vec::new();
        // Writing to memory does not fail.
        let _ = escape_html(&label.0, &mut words);
        let mut words = String::from_utf8(words).unwrap_or_default();
        if selfclosed {
            let _ = write!(words, "</text>");
            words.insert(0, '>');
        }
        out.replace_range(from..to, &words);
    }
    Ok(out)
}

/// An attribute that runs a script or points out of the picture.
fn acting_attribute(svg: &str) -> Option<&str> {
    let starts =
        svg.match_indices(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/'));
    for (at, _) in starts {
        let rest = &svg[at + 1..];
        let name =
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != ':' && c != '-').next()?;
        let Some(value) = rest[name.len()..].trim_start().strip_prefix('=') else { continue };
        let inner = value.trim_start().trim_start_matches(['"', '\'']);
        let points_out = name.ends_with("href") && !inner.starts_with('#');
        if (name.starts_with("on") && name.len() > 2) || points_out || name == "style" {
            return Some(name);
        }
    }
    svg.match_indices("url(").find_map(|(at, word)| {
        let target = svg[at + word.len()..].trim_start().trim_start_matches(['"', '\'']);
        (!target.starts_with('#')).then_some("url(")
    })
}

/// The bytes between `<text id="…">` and `</text>`, or of the `/>` that closes it at once.
fn text_inside(svg: &str, id: &str) -> Option<(usize, usize, bool)> {
    for (at, _) in svg.match_indices("<text") {
        let close = at + svg[at..].find('>')?;
        let tag = &svg[at..close];
        if ![format!(" id=\"{id}\""), format!(" id='{id}'")].iter().any(|name| tag.contains(name)) {
            continue;
        }
        if tag.ends_with('/') {
            return Some((close - 1, close + 1, true));
        }
        return Some((close + 1, close + svg[close..].find("</text>")?, false));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(id: &str, text: &str) -> BTreeMap<String, Word> {
        BTreeMap::from([(id.to_owned(), Word(text.to_owned()))])
    }

    #[test]
    fn labels_take_their_places() {
        let svg = "<?xml version=\"1.0\"?><!-- hi --><svg viewBox=\"0 0 9 9\"><text id=\"a\" x=\"1\"/><text id='b'>?</text></svg>\n";
        let dressed = dress(svg, &labels("a", "货<架")).unwrap();
        assert_eq!(
            dressed,
            "<svg viewBox=\"0 0 9 9\"><text id=\"a\" x=\"1\">货&lt;架</text><text id='b'>?</text></svg>"
        );
        assert_eq!(dress(svg, &labels("c", "x")), Err(Fault::unknown("c")));
    }

    #[test]
    fn nothing_in_a_picture_acts_or_reaches_out() {
        for inside in [
            "<script>1</script>",
            "<g onload=\"x()\"/>",
            "<use href=\"https://a.example/b#c\"/>",
            "<use xlink:href='data:x'/>",
            "<rect fill=\"url(https://a.example)\"/>",
            "<style>*{}</style>",
            "<rect style=\"x\"/>",
            "<!ENTITY a 'b'>",
        ] {
            let svg = format!("<svg>{inside}</svg>");
            assert!(dress(&svg, &BTreeMap::new()).is_err(), "{inside}");
        }
        let fine = "<svg><use href=\"#a\"/><rect id=\"a\" fill=\"url(#g)\"/></svg>";
        assert_eq!(dress(fine, &BTreeMap::new()).as_deref(), Ok(fine));
        assert!(dress("no picture", &BTreeMap::new()).is_err());
    }
}
