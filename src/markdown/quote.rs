//! Computed figures in texts: `{=screening.score.T01.total}`, `{=… | 1}` for other decimals.

use super::{OPTIONS, holds};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// One computed figure in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote<'t> {
    /// Bytes from `{=` to `}`.
    pub range: Range<usize>,
    /// Exercise, stage and cell.
    pub path: &'t str,
    /// Decimals asked for.
    pub decimals: Option<u8>,
}

/// The quotes of a Markdown text in order. What stands in code is no quote.
pub fn quotes(text: &str) -> Vec<Quote<'_>> {
    if !holds(text, *b"{=") {
        return Vec::new();
    }
    let code = if text.contains(['`', '~', '\t']) || text.contains("    ") {
        code_ranges(text)
    } else {
        Vec::new()
    };
    let mut found = Vec::new();
    for (start, _) in text.match_indices("{=") {
        if code.iter().any(|range| range.contains(&start)) {
            continue;
        }
        let Some(length) = text[start..].find('}') else { break };
        let inside = &text[start + 2..start + length];
        if inside.contains(['\n', '{']) {
            continue;
        }
        let (path, decimals) = match inside.split_once('|') {
            Some((path, decimals)) => (path, decimals.trim().parse().ok()),
            None => (inside, None),
        };
        found.push(Quote { range: start..start + length + 1, path: path.trim(), decimals });
    }
    found
}

/// Puts the figures in; `figure` gives `None` for those that it does not know, which stay.
pub fn substitute<'t>(
    text: &'t str,
    figure: &dyn Fn(&str, Option<u8>) -> Option<String>,
) -> Cow<'t, str> {
    let quotes = quotes(text);
    if quotes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for quote in quotes {
        let Some(value) = figure(quote.path, quote.decimals) else { continue };
        out.push_str(&text[at..quote.range.start]);
        out.push_str(&value);
        at = quote.range.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

fn code_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut block = None;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Code(_) => ranges.push(range),
            Event::Start(Tag::CodeBlock(_)) => block = Some(range.start),
            Event::End(TagEnd::CodeBlock) => {
                ranges.extend(block.take().map(|start| start..range.end));
            }
            _ => {}
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_figures_outside_code() {
        let text = "共 {=screening.score.T01.total}，即 {= a.b | 1 }；`{=c.d}`\n\n    {=e.f}\n";
        let found: Vec<_> = quotes(text).iter().map(|q| (q.path, q.decimals)).collect();
        assert_eq!(found, [("screening.score.T01.total", None), ("a.b", Some(1))]);
    }

    #[test]
    fn puts_figures_in() {
        let figure = |path: &str, decimals: Option<u8>| match path {
            "a.b" => Some(format!("{:.*}", usize::from(decimals.unwrap_or(2)), 1.25)),
            _ => None,
        };
        assert_eq!(substitute("甲 {=a.b} 乙 {=a.b | 1} {=x.y}", &figure), "甲 1.25 乙 1.2 {=x.y}");
    }
}
