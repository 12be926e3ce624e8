//! Gives the names that a script declares for itself one or two letters.
//!
//! Each statement at the top of a script is looked at by itself; a page's scripts are one function
//! each, so none sees another's names.
//!
//! 1. Every word is a name, a property, a key or a keyword by what stands around it.
//! 2. A declaration holds from a bracket to its partner. A name is shortened only if wherever it
//!    stands it is declared; what the browser or another script brings keeps its name.
//! 3. Two names never become one, so it does not matter which of several declarations of the same
//!    name a place means.
//!
//! A statement with a class, or anything else that this does not know, stays as it is.

use super::tokens::{Kind, Token, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Words that are never names.
const KEYWORDS: [&str; 42] = [
    "async",
    "await",
    "break",
    "case",
    "catch",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "yield",
    "arguments",
    "enum",
    "package",
    "public",
    "private",
    "as",
];

/// Words that want a value after them: a brace there is an object's.
const OPERATORS: [&str; 11] =
    ["await", "case", "const", "default", "in", "let", "of", "return", "typeof", "var", "yield"];

/// Words that say that a statement is not understood.
const STRANGE: [&str; 7] = ["class", "eval", "export", "extends", "import", "super", "with"];

/// The script with short names.
pub(super) fn shorten(source: &str) -> String {
    let all = tokens(source);
    let mut out = String::with_capacity(source.len());
    let (mut at, mut depth, mut begin) = (0, 0_usize, 0);
    for (place, token) in all.iter().enumerate() {
        match (token.kind, token.text) {
            (Kind::Sign, "(" | "[" | "{" | "${") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") => depth = depth.saturating_sub(1),
            _ => {}
        }
        let last = place + 1 == all.len();
        if last || depth == 0 && token.kind == Kind::Sign && token.text == ";" {
            for (token, name) in
                Statement::read(&all[begin..=place]).map_or_else(Vec::new, |it| it.renamed())
            {
                out.extend([&source[at..token.start], &name]);
                at = token.start + token.text.len();
            }
            begin = place + 1;
        }
    }
    out + &source[at..]
}

/// What a word is where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Name,
    /// `{a}` for `{a:a}`.
    Both,
    /// The name of a method where it is written.
    Method,
    /// A property, a key, a keyword: or no word at all.
    Other,
}

/// A bracket that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    place: usize,
    /// Whether it holds an object, or a pattern that takes one apart.
    object: bool,
    /// How many `?` wait for their `:`.
    asked: usize,
}

/// One statement at the top of a script.
struct Statement<'t, 'a> {
    tokens: &'t [Token<'a>],
    roles: Vec<Role>,
    /// For each bracket its partner.
    partner: Vec<usize>,
    /// For each token the bracket that it stands in, if any.
    within: Vec<Option<usize>>,
    /// Where a name is declared, and from where to where that holds.
    declared: BTreeMap<&'a str, Vec<Range<usize>>>,
}

impl<'t, 'a> Statement<'t, 'a> {
    /// Finds names and declarations; nothing if the statement is not understood.
    fn read(tokens: &'t [Token<'a>]) -> Option<Self> {
        let strange = |token: &Token<'_>| token.kind == Kind::Word && STRANGE.contains(&token.text);
        if tokens.iter().any(strange) {
            return None;
        }
        let mut statement = Self {
            tokens,
            roles: vec![Role::Other; tokens.len()],
            partner: vec![0; tokens.len()],
            within: vec![None; tokens.len()],
            declared: BTreeMap::new(),
        };
        statement.classify()?;
        for place in 0..tokens.len() {
            statement.declare(place);
        }
        Some(statement)
    }

    fn text(&self, place: usize, kind: Kind) -> &'a str {
        self.tokens.get(place).filter(|token| token.kind == kind).map_or("", |token| token.text)
    }

    fn sign(&self, place: usize) -> &'a str {
        self.text(place, Kind::Sign)
    }

    fn word(&self, place: usize) -> &'a str {
        self.text(place, Kind::Word)
    }

    /// Pairs the brackets and says of every word what it is.
    fn classify(&mut self) -> Option<()> {
        let mut outer = vec![Open { place: usize::MAX, object: false, asked: 0 }];
        // Whether the last `:` belonged to a `?`.
        let mut chose = false;
        for place in 0..self.tokens.len() {
            let inside = *outer.last()?;
            self.within[place] = (outer.len() > 1).then_some(inside.place);
            if self.tokens[place].kind == Kind::Word {
                self.roles[place] = self.role(place, inside);
            }
            match self.sign(place) {
                "{" => {
                    let object = self.opens_object(place, inside.object || chose);
                    outer.push(Open { place, object, asked: 0 });
                }
                "(" | "[" | "${" => outer.push(Open { place, object: false, asked: 0 }),
                ")" | "]" | "}" if outer.len() > 1 => {
                    outer.pop();
                    self.partner[inside.place] = place;
                    self.partner[place] = inside.place;
                }
                ")" | "]" | "}" => return None,
                "?" => outer.last_mut()?.asked += 1,
                ":" => {
                    chose = inside.asked > 0;
                    outer.last_mut()?.asked = inside.asked.saturating_sub(1);
                }
                _ => {}
            }
        }
        (outer.len() == 1).then_some(())
    }

    /// Whether the brace at `place` opens an object or a pattern, not a block; `valued` tells
    /// whether what follows a `:` here is a value.
    fn opens_object(&self, place: usize, valued: bool) -> bool {
        let Some(before) = place.checked_sub(1) else { return false };
        let token = self.tokens[before];
        match token.kind {
            Kind::Sign if token.text == ":" => valued,
            Kind::Sign => ![")", "]", "=>", ";", "{", "}"].contains(&token.text),
            Kind::Word => OPERATORS.contains(&token.text),
            Kind::Value => false,
        }
    }

    /// What the word at `place` is.
    fn role(&self, place: usize, inside: Open) -> Role {
        let before = place.checked_sub(1).map_or("", |before| self.sign(before));
        let keyword = KEYWORDS.contains(&self.word(place));
        if ["?.", ".", "#"].contains(&before) {
            return Role::Other;
        }
        if inside.object {
            // `get a(){}`, `async *a(){}`
            let modifies = |at: usize| {
                ["get", "set", "async"].contains(&self.word(at)) || self.sign(at) == "*"
            };
            let mut first = place;
            while first > inside.place + 1 && modifies(first - 1) {
                first -= 1;
            }
            if first == inside.place + 1 || self.sign(first - 1) == "," {
                return match self.sign(place + 1) {
                    "(" => Role::Method,
                    "," | "}" | "=" if !keyword => Role::Both,
                    _ => Role::Other,
                };
            }
        }
        if keyword { Role::Other } else { Role::Name }
    }

    /// Notes what is declared at `place`, if anything is.
    fn declare(&mut self, place: usize) {
        match (self.word(place), self.sign(place)) {
            ("const" | "let" | "var", _) => {
                let scope = self.block(place);
                self.bindings(place + 1, scope.as_ref());
            }
            ("function", _) => {
                let mut at = place + 1 + usize::from(self.sign(place + 1) == "*");
                if !self.word(at).is_empty() {
                    let scope = self.block(place);
                    at = self.binding(at, scope.as_ref());
                }
                self.parameters(at);
            }
            ("catch", _) => self.parameters(place + 1),
            (_, "=>") if place > 0 && self.sign(place - 1) == ")" => {
                self.parameters(self.partner[place - 1]);
            }
            (_, "=>") if place > 0 => {
                let scope = place - 1..self.body(place + 1);
                self.binding(place - 1, Some(&scope));
            }
            (_, "(") if place > 0 && self.roles[place - 1] == Role::Method => {
                self.parameters(place);
            }
            _ => {}
        }
    }

    /// From where to where a declaration at `place` holds: in its block, or in the head and the
    /// body of its loop. Nothing for what all scripts see.
    fn block(&self, place: usize) -> Option<Range<usize>> {
        let bracket = self.within[place]?;
        let end = self.partner[bracket];
        Some(bracket..if self.sign(bracket) == "(" { self.body(end + 1) } else { end })
    }

    /// Where the body of a function or a loop ends.
    fn body(&self, at: usize) -> usize {
        if self.sign(at) == "{" { self.partner[at] } else { self.value(at) }
    }

    /// Where the value that begins at `at` ends.
    fn value(&self, mut at: usize) -> usize {
        while at < self.tokens.len() {
            match self.sign(at) {
                "(" | "[" | "{" | "${" => at = self.partner[at],
                "," | ";" | ")" | "]" | "}" => break,
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Notes what the parameters in the bracket at `open` declare.
    fn parameters(&mut self, open: usize) {
        if self.sign(open) == "(" {
            let close = self.partner[open];
            let body = close + 1 + usize::from(self.sign(close + 1) == "=>");
            let scope = open..self.body(body);
            self.bindings(open + 1, Some(&scope));
        }
    }

    /// Notes what the bindings from `at` on declare, up to the bracket that closes them.
    fn bindings(&mut self, mut at: usize, scope: Option<&Range<usize>>) -> usize {
        loop {
            at = self.binding(at, scope);
            if self.sign(at) == "=" {
                at = self.value(at + 1);
            }
            if self.sign(at) != "," {
                return at;
            }
            at += 1;
        }
    }

    /// Notes what one name or pattern declares; gives where it ends.
    fn binding(&mut self, at: usize, scope: Option<&Range<usize>>) -> usize {
        match self.sign(at) {
            "..." => self.binding(at + 1, scope),
            "[" => {
                self.bindings(at + 1, scope);
                self.partner[at] + 1
            }
            "{" => {
                self.properties(at + 1, scope);
                self.partner[at] + 1
            }
            // A place left out: `[,a]`.
            "," => at,
            _ => {
                let name = self.word(at);
                if let Some(scope) =
                    scope.filter(|_| matches!(self.roles[at], Role::Name | Role::Both))
                {
                    self.declared.entry(name).or_default().push(scope.clone());
                }
                at + usize::from(!name.is_empty())
            }
        }
    }

    /// Notes what `{a,b:c,[d]:e=1,...f}` declares.
    fn properties(&mut self, mut at: usize, scope: Option<&Range<usize>>) {
        while at < self.tokens.len() && self.sign(at) != "}" {
            let keyed = match self.sign(at) {
                "[" => self.partner[at] + 1,
                _ => at + 1,
            };
            at = if self.sign(keyed) == ":" { keyed + 1 } else { at };
            at = self.binding(at, scope);
            at = self.value(at);
            at += usize::from(self.sign(at) == ",");
        }
    }

    /// What to write instead of which words, in order.
    fn renamed(&self) -> Vec<(Token<'a>, String)> {
        let names = || {
            let words = self.tokens.iter().zip(&self.roles).enumerate();
            words.filter(|(_, (_, role))| matches!(role, Role::Name | Role::Both))
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut kept: BTreeSet<&str> = KEYWORDS.into_iter().collect();
        for (place, (token, _)) in names() {
            let scopes = self.declared.get(token.text).map_or(&[][..], Vec::as_slice);
            if scopes.iter().any(|scope| scope.contains(&place)) {
                *counts.entry(token.text).or_default() += 1;
            } else {
                kept.insert(token.text);
            }
        }
        let mut long: Vec<(&str, usize)> = counts.into_iter().collect();
        long.retain(|(name, _)| !kept.contains(name));
        long.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let mut free = (0..).map(letters).filter(|name| !kept.contains(name.as_str()));
        let short: BTreeMap<&str, String> =
            long.into_iter().filter_map(|(name, _)| Some((name, free.next()?))).collect();
        let renamed = names().filter_map(|(_, (token, role))| {
            let name = short.get(token.text)?;
            Some((
                *token,
                match role {
                    Role::Both => format!("{}:{name}", token.text),
                    _ => name.clone(),
                },
            ))
        });
        renamed.collect()
    }
}

/// The short name of a number: one letter, then two.
fn letters(number: usize) -> String {
    // Letters that stand often in scripts come first: they cost a packer least.
    const LETTERS: &[u8; 52] = b"etnrisaoclupdhmfgyvbwkxjzqETNRISAOCLUPDHMFGYVBWKXJZQ";
    let mut name = String::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(LETTERS[rest % 52]));
        rest /= 52;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_become_short() {
        for (given, wanted) in [
            // What is declared where it stands, and only that.
            ("(()=>{const one=1;two(one);})();", "(()=>{const e=1;two(e);})();"),
            (
                "const one=1;function two(three){return one+three}",
                "const one=1;function two(e){return one+e}",
            ),
            (
                "(()=>{{const name=1;use(name)}use(name)})()",
                "(()=>{{const name=1;use(name)}use(name)})()",
            ),
            (
                "(()=>{for(const one of all){one()}one()})()",
                "(()=>{for(const one of all){one()}one()})()",
            ),
            ("(()=>{for(const one of all)one.one()})()", "(()=>{for(const e of all)e.one()})()"),
            ("(e=>{const one=e;const two=t;})()", "(e=>{const n=e;const r=t;})()"),
            // Properties, keys and methods keep their names.
            (
                "((one)=>({one,two:one.two?.one,one:2,one(){}}))()",
                "((e)=>({one:e,two:e.two?.one,one:2,one(){}}))()",
            ),
            ("((one,two)=>x?{one:two}:{two})()", "((t,e)=>x?{one:e}:{two:e})()"),
            ("((one,two)=>{if(one){two}else x:{one}})()", "((e,t)=>{if(e){t}else x:{e}})()"),
            (
                "((one)=>{switch(x){case one:{one()}default:one}})()",
                "((e)=>{switch(x){case e:{e()}default:e}})()",
            ),
            (
                "(()=>({get one(){return 1},set one(two){two()},async *three(one){one()}}))()",
                "(()=>({get one(){return 1},set one(t){t()},async *three(e){e()}}))()",
            ),
            // Patterns and what they fall back to.
            (
                "(({one,two:three=four,...five},[six,,seven]=eight)=>one+three+five+six+seven)()",
                "(({one:t,two:i=four,...e},[r,,n]=eight)=>t+i+e+r+n)()",
            ),
            (
                "(()=>{const{one=two}=x,{[three]:four}=y;let two;one(four)})()",
                "(()=>{const{one:t=n}=x,{[three]:e}=y;let n;t(e)})()",
            ),
            (
                "(()=>{try{a()}catch(error){b(error)}error})()",
                "(()=>{try{a()}catch(error){b(error)}error})()",
            ),
            (
                "(()=>{const add=(left,right=left)=>left+right,one=two=>two;return add(one)})()",
                "(()=>{const t=(e,r=e)=>e+r,n=i=>i;return t(n)})()",
            ),
            (
                "(function one(two){function three(){return two}return three})()",
                "(function n(t){function e(){return t}return e})()",
            ),
            // Texts stay; what stands in a template does not.
            (
                "((one)=>`one ${one+`${one}`} one`+\"one\"+/one/)()",
                "((e)=>`one ${e+`${e}`} one`+\"one\"+/one/)()",
            ),
            // What is not understood stays as it is.
            (
                "(()=>{class One{two(three){}}const four=1})()",
                "(()=>{class One{two(three){}}const four=1})()",
            ),
            ("(()=>{const one=(1})()", "(()=>{const one=(1})()"),
        ] {
            assert_eq!(shorten(given), wanted);
        }
    }

    #[test]
    fn short_names_do_not_run_out() {
        let all: BTreeSet<String> = (0..3000).map(letters).collect();
        assert_eq!(all.len(), 3000);
        assert_eq!((letters(0), letters(51), letters(52)), ("e".into(), "Q".into(), "ee".into()));
    }
}
