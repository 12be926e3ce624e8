//! Makes scripts smaller. `build.rs` does it to the embedded ones, so this needs nothing of the
//! program.
//!
//! 1. Comments and needless white space go.
//! 2. What a script calls by names of its own gets [short ones](names).

mod names;
mod tokens;

const STRICT: &str = "\"use strict\";";

/// Leaves out comments and white space and shortens names.
pub(crate) fn squeeze(source: &str) -> String {
    names::shorten(&bare(source))
}

/// Leaves out comments and white space. Line ends stay where a statement may end without `;`.
fn bare(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut gap = Gap::None;
    while let Some(first) = rest.chars().next() {
        let comment = rest.starts_with("//") || rest.starts_with("/*");
        if first.is_whitespace() || comment {
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if comment {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                first.len_utf8()
            };
            let line = rest[..length].contains('\n');
            gap = if line || gap == Gap::Line { Gap::Line } else { Gap::Space };
            rest = &rest[length..];
            continue;
        }
        // A script that is strict as a whole need not say so in each of its functions.
        if out.starts_with(STRICT) && out.ends_with('{') && rest.starts_with(STRICT) {
            rest = &rest[STRICT.len()..];
            continue;
        }
        separate(&mut out, gap, first);
        gap = Gap::None;
        let bytes = rest.as_bytes();
        let length = match first {
            '"' | '\'' => quoted(bytes),
            '`' => template(bytes),
            '/' if starts_pattern(&out) => pattern(bytes),
            _ => first.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// What stood between two pieces of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
}

/// Puts between what is written and `next` only what must stand there.
fn separate(out: &mut String, gap: Gap, next: char) {
    let Some(last) = out.chars().next_back() else { return };
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii();
    match gap {
        Gap::None => {}
        Gap::Line if "{(;,[".contains(last) || "})]".contains(next) => {}
        Gap::Line => out.push('\n'),
        // `a + +b`, `a / /b/`
        Gap::Space if word(last) && word(next) => out.push(' '),
        Gap::Space if last == next && "+-/".contains(last) => out.push(' '),
        Gap::Space => {}
    }
}

/// Length of the quoted text that `bytes` begins with.
pub(crate) fn quoted(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != bytes[0] {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// Length of the template literal that `bytes` begins with, what it holds in `${…}` included.
fn template(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != b'`' {
        at += match bytes[at] {
            b'\\' => 2,
            b'$' if bytes.get(at + 1) == Some(&b'{') => 2 + inside(&bytes[at + 2..]),
            _ => 1,
        };
    }
    (at + 1).min(bytes.len())
}

/// Length up to and with the `}` that closes `${`.
fn inside(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 1);
    while at < bytes.len() {
        at += match bytes[at] {
            b'`' => template(&bytes[at..]),
            b'"' | b'\'' => quoted(&bytes[at..]),
            b'{' => {
                depth += 1;
                1
            }
            b'}' => {
                depth -= 1;
                1
            }
            _ => 1,
        };
        if depth == 0 {
            break;
        }
    }
    at.min(bytes.len())
}

/// Whether a `/` after what is written begins a pattern (else it divides).
fn starts_pattern(out: &str) -> bool {
    let before = out.trim_end();
    before.is_empty()
        || before.ends_with(|c: char| "(,=:[!&|?{;+-*%~^<>".contains(c))
        || before.ends_with("return")
}

/// Length of the pattern that `bytes` begins with, without its flags.
fn pattern(bytes: &[u8]) -> usize {
    let (mut at, mut class) = (1, false);
    while at < bytes.len() && (class || bytes[at] != b'/') {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            _ => {}
        }
        at += 1;
    }
    (at + 1).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_keep_their_code() {
        for (given, wanted) in [
            (
                "/** @type {x}\n * y\n */\nconst a = `one\n  two`; // tail\n  // gone\n\n  b();\n",
                "const a=`one\n  two`;b();",
            ),
            ("/** @type {x} */ (a).b();\n/* c\n */ d();\n", "(a).b();d();"),
            ("let x = a + +b - -c;\nx++\ny = x / 2 / z", "let x=a+ +b- -c;x++\ny=x/2/z"),
            ("s.replace(/[/\"] \\/ {2}/g, ' // ') // x", "s.replace(/[/\"] \\/ {2}/g,' // ')"),
            (
                "f(`a ${ g(\"}\") + `b ${c} /* d */` } e`)",
                "f(`a ${ g(\"}\") + `b ${c} /* d */` } e`)",
            ),
            ("return /a b/.test(x) ? 1 : 2", "return/a b/.test(x)?1:2"),
            (
                "const 题 = typeof x;\n  if (a) {\n    b()\n  }\nelse c()",
                "const 题=typeof x;if(a){b()}\nelse c()",
            ),
            ("'it\\'s  ok' /* ' */ + x", "'it\\'s  ok'+x"),
            (
                "\"use strict\";\n(() => {\n  \"use strict\";\n  a();\n})",
                "\"use strict\";(()=>{a();})",
            ),
            ("(() => {\n  \"use strict\";\n  a();\n})", "(()=>{\"use strict\";a();})"),
        ] {
            assert_eq!(bare(given), wanted);
            assert_eq!(bare(wanted), wanted, "squeezing twice changes nothing");
        }
    }
}
