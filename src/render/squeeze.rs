//! Makes styles and scripts smaller without changing what they do.
//!
//! 1. Comments and needless white space go.
//! 2. What a script calls by names of its own gets [short ones](script).
//! 3. What a style sheet says of things that no page has [goes too](rules), once the pages are
//!    drawn.

mod rules;
mod script;

use crate::embedded;
pub(super) use rules::{Seen, Standing};
use script::quoted;
use std::borrow::Cow;

/// Leaves out comments and white space. A theme's `url()` values are quoted.
pub(super) fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut gap = false;
    while let Some(first) = rest.bytes().next() {
        let length = match first {
            b'"' | b'\'' => quoted(rest.as_bytes()),
            b'/' if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |(_, after)| after);
                gap = true;
                continue;
            }
            _ if first.is_ascii_whitespace() => {
                rest = rest.trim_ascii_start();
                gap = true;
                continue;
            }
            // Up to what may be left out, or has white space that may be.
            _ => 1 + rest.bytes().skip(1).take_while(|byte| !ends_run(*byte)).count(),
        };
        if gap && !out.ends_with(['{', '}', ';', ',', '>', ':']) && !b"{};,>".contains(&first) {
            out.push(' ');
        }
        gap = false;
        if first == b'}' && out.ends_with(';') {
            out.pop();
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.trim_start().to_owned()
}

/// Whether a run of a style sheet ends before this.
fn ends_run(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/' | b'}')
}

/// Leaves out of a script comments and white space and shortens names. What the program brings was
/// squeezed when it was built.
pub(super) fn script(source: &str) -> Cow<'static, str> {
    embedded::script(source).map_or_else(|| script::squeeze(source).into(), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{BASE, Theme};
    use std::collections::BTreeSet;

    #[test]
    fn scripts_of_the_program_are_squeezed_already() {
        let themes = embedded::themes();
        let theme = Theme::load(&themes, BASE).unwrap();
        for name in ["deck.js", "present.js", "quiz.js", "index.js"] {
            let source = theme.bundle(name, &BTreeSet::new()).unwrap();
            let short = script(&source);
            assert!(matches!(short, Cow::Borrowed(_)), "{name}");
            assert_eq!(short, script::squeeze(&source), "{name}");
            let changed = script(&format!("{source}\n"));
            assert!(matches!(changed, Cow::Owned(_)) && changed.trim() == short.trim(), "{name}");
        }
    }

    #[test]
    fn styles_keep_their_rules() {
        for (given, wanted) in [
            ("/* a */\n.x {\n  color: red; /* b */\n}\n", ".x{color:red}"),
            (
                ".a > .b, .a :hover { width: calc(1px + 2 * var(--u)); }",
                ".a>.b,.a :hover{width:calc(1px + 2 * var(--u))}",
            ),
            (
                "@media print and (width >= 7px) { a::before { content: \"✓  ; \" } }",
                "@media print and (width>= 7px){a::before{content:\"✓  ; \"}}",
            ),
            (".a { grid: \"a  b\" 1fr / 2fr; }", ".a{grid:\"a  b\" 1fr / 2fr}"),
        ] {
            assert_eq!(css(given), wanted);
            assert_eq!(css(wanted), wanted, "squeezing twice changes nothing");
        }
    }
}
