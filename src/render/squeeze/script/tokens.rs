//! Cuts a script into the pieces that [`super::names`] looks at.

use super::{pattern, quoted, starts_pattern};

/// One piece of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A number, a text, a pattern; of a template, what stands between its expressions.
    Value,
    /// All else. What may not be torn apart is one token: `=>`, `...`, `?.`, `??`.
    Sign,
}

/// Signs of several characters whose parts would mean something else.
const SIGNS: [&str; 4] = ["=>", "...", "??", "?."];

/// The tokens of a script. The expressions in a template stand between the signs `${` and `}`.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut scanner = Scanner { source, at: 0, all: Vec::new(), templates: Vec::new() };
    while let Some(first) = source[scanner.at..].chars().next() {
        scanner.step(first);
    }
    scanner.all
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    all: Vec<Token<'a>>,
    /// For each `${` that is open: how many other braces are.
    templates: Vec<usize>,
}

impl Scanner<'_> {
    fn push(&mut self, kind: Kind, length: usize) {
        let text = &self.source[self.at..self.at + length];
        self.all.push(Token { kind, text, start: self.at });
        self.at += length;
    }

    fn step(&mut self, first: char) {
        let rest = &self.source[self.at..];
        match first {
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            '"' | '\'' => self.push(Kind::Value, quoted(rest.as_bytes())),
            '`' => self.template(1),
            '/' if starts_pattern(&self.source[..self.at]) => {
                self.push(Kind::Value, pattern(rest.as_bytes()));
            }
            '0'..='9' => self.push(Kind::Value, word(rest, ".")),
            _ if is_word(first) => self.push(Kind::Word, word(rest, "")),
            '}' if self.templates.last() == Some(&0) => {
                self.templates.pop();
                self.push(Kind::Sign, 1);
                self.template(0);
            }
            _ => {
                match (first, self.templates.last_mut()) {
                    ('{', Some(open)) => *open += 1,
                    ('}', Some(open)) => *open -= 1,
                    _ => {}
                }
                // `a?.5:b` asks; it does not look into `a`.
                let asks =
                    rest.starts_with("?.") && rest[2..].starts_with(|c: char| c.is_ascii_digit());
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign) && !asks);
                self.push(Kind::Sign, sign.map_or(first.len_utf8(), |sign| sign.len()));
            }
        }
    }

    /// Takes a template from `skip` bytes on, up to its end or to the expression in it.
    fn template(&mut self, skip: usize) {
        let bytes = &self.source.as_bytes()[self.at..];
        let mut length = skip;
        while length < bytes.len() && bytes[length] != b'`' && !bytes[length..].starts_with(b"${") {
            length += if bytes[length] == b'\\' { 2 } else { 1 };
        }
        let opens = bytes.get(length) == Some(&b'$');
        self.push(Kind::Value, (length + usize::from(!opens)).min(bytes.len()));
        if opens {
            self.push(Kind::Sign, 2);
            self.templates.push(0);
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()
}

/// Length of the word that `text` begins with; `also` may stand in it too.
fn word(text: &str, also: &str) -> usize {
    text.find(|c: char| !is_word(c) && !also.contains(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_cut_at_their_words() {
        for (given, wanted) in [
            ("a?.b??c?.5:1.5e3", "a ?. b ?? c ? . 5 : 1.5e3"),
            ("f=(...x)=>x/2", "f = ( ... x ) => x / 2"),
            ("x=/a[/]b/g.test(\"y z\")", "x = /a[/]b/ g . test ( \"y z\" )"),
            ("`a${b({c:`d${e}`})}f`+g", "`a ${ b ( { c : `d ${ e } ` } ) } f` + g"),
            ("`\\`$x\\${y`", "`\\`$x\\${y`"),
        ] {
            let cut: Vec<&str> = tokens(given).iter().map(|token| token.text).collect();
            assert_eq!(cut.join(" "), wanted);
        }
    }
}
