//! Leaves out of a style sheet the rules that can hold for nothing on the pages that load it: those
//! of a class that no page and no script has, of another shape of slides, of another language.
//!
//! What is not understood stays: only classes, `[data-…="…"]` and the language of the page are
//! looked at.

use memchr::memmem;
use std::collections::HashSet;

/// What a script in a page begins with.
const SCRIPT: &str = "<script";

/// What stands on a page, as it is written there.
#[derive(Debug, Default)]
pub(in crate::render) struct Seen<'h> {
    /// Classes, and attributes for themes and scripts, up to where their values end:
    /// `class="a b`, `data-aspect="4:3`. Hardly any comes twice.
    attributes: Vec<&'h [u8]>,
    /// Scripts: they may give an element any class or attribute they name.
    scripts: Vec<&'h [u8]>,
    language: Option<&'h [u8]>,
}

impl<'h> Seen<'h> {
    /// What stands on pieces of pages.
    pub(in crate::render) fn of(pieces: impl Iterator<Item = &'h str>) -> Self {
        let mut look = Look::default();
        for piece in pieces {
            look.over(piece.as_bytes(), piece.len());
        }
        look.seen
    }

    /// What stands on a page beside pieces of it that are known. They are taken in their order;
    /// from one on that is not found, everything is looked at.
    pub(in crate::render) fn beside<'k>(
        html: &'h [u8],
        known: impl Iterator<Item = &'k str>,
    ) -> Self {
        let mut look = Look::default();
        let (mut rest, mut last) = (html, &html[..0]);
        // Pieces mostly begin alike, with the same tag, and are as far apart as those before.
        let mut start = memmem::Finder::new("");
        for piece in known.map(str::as_bytes) {
            let is_here = |at: &usize| rest.get(*at..).is_some_and(|rest| rest.starts_with(piece));
            let at = Some(last.len()).filter(is_here).or_else(|| {
                let length = memchr::memchr(b'>', piece).unwrap_or(piece.len());
                if start.needle() != &piece[..length] {
                    start = memmem::Finder::new(&piece[..length]);
                }
                start.find_iter(rest).find(is_here)
            });
            let Some(at) = at else { break };
            let between = &rest[..at];
            if between != last {
                look.over(rest, at);
            }
            last = between;
            rest = &rest[at + piece.len()..];
        }
        look.over(rest, rest.len());
        let root = memmem::find(html, b"<html").map_or(&[][..], |start| &html[start..]);
        let language = memmem::find(root, b"lang=").map(|at| value(&root[at + "lang=".len()..]));
        Seen { language, ..look.seen }
    }
}

/// What stands on the pages that share a style sheet.
#[derive(Debug, Default)]
pub(in crate::render) struct Standing {
    attributes: HashSet<Vec<u8>>,
    scripts: HashSet<Vec<u8>>,
    languages: HashSet<Vec<u8>>,
}

impl Standing {
    /// Notes what stands on a page.
    pub(in crate::render) fn add(&mut self, page: Seen<'_>) {
        let Self { attributes, scripts, languages } = self;
        for (known, seen) in [(attributes, page.attributes), (scripts, page.scripts)] {
            for one in seen {
                note(known, one);
            }
        }
        if let Some(language) = page.language {
            note(languages, language);
        }
    }

    /// Notes what stands on other pages.
    pub(in crate::render) fn join(&mut self, other: Self) {
        self.attributes.extend(other.attributes);
        self.scripts.extend(other.scripts);
        self.languages.extend(other.languages);
    }

    /// Notes what a script may add to a page.
    pub(in crate::render) fn script(&mut self, source: &[u8]) {
        note(&mut self.scripts, source);
    }

    /// The style sheet without the rules that can hold for nothing. It was squeezed before.
    pub(in crate::render) fn rules(&self, css: &str) -> String {
        let written = self.attributes.iter().filter_map(|written| {
            let equals = memchr::memchr(b'=', written)?;
            Some((&written[..equals], value(&written[equals + 1..])))
        });
        let (classes, data): (Vec<_>, Vec<_>) = written.partition(|(name, _)| *name == b"class");
        let classes =
            classes.into_iter().flat_map(|(_, value)| value.split(u8::is_ascii_whitespace));
        let (classes, data) = (classes.collect(), data.into_iter().collect());
        Sieve { classes, data, standing: self }.rules(css)
    }
}

fn note(known: &mut HashSet<Vec<u8>>, new: &[u8]) {
    if !known.contains(new) {
        known.insert(new.to_owned());
    }
}

/// Tells which rules can hold.
struct Sieve<'s> {
    classes: HashSet<&'s [u8]>,
    /// Names and values.
    data: HashSet<(&'s [u8], &'s [u8])>,
    standing: &'s Standing,
}

impl Sieve<'_> {
    fn rules(&self, css: &str) -> String {
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        while let Some(open) = find(rest, &['{', ';', '}']) {
            let (prelude, body) = (&rest[..open], &rest[open..]);
            if !body.starts_with('{') {
                out.push_str(&rest[..=open]);
                rest = &body[1..];
                continue;
            }
            let end = block(body);
            let inside = &body[1..end - 1];
            if ["@media", "@supports", "@layer", "@container"]
                .iter()
                .any(|at| prelude.starts_with(at))
            {
                let kept = self.rules(inside);
                if !kept.is_empty() {
                    out.extend([prelude, "{", &kept, "}"]);
                }
            } else if prelude.starts_with('@') {
                out.extend([prelude, &body[..end]]);
            } else {
                let kept: Vec<&str> = list(prelude).filter(|one| self.can_hold(one)).collect();
                if !kept.is_empty() {
                    out.extend([&kept.join(","), &body[..end]]);
                }
            }
            rest = &body[end..];
        }
        out + rest
    }

    /// Whether there may be something that a selector selects.
    fn can_hold(&self, selector: &str) -> bool {
        let mut rest = selector;
        while let Some(at) = find(rest, &['.', ':', '[']) {
            let (mark, after) = (rest.as_bytes()[at], &rest[at + 1..]);
            let length = after.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
            let (name, mut then) = after.split_at(length.unwrap_or(after.len()));
            let mut holds = true;
            if mark == b'.' {
                holds = self.classes.contains(name.as_bytes()) || self.is_scripted(name);
            } else if mark == b'[' {
                let end = then.find(']').unwrap_or(then.len());
                holds = self.has_data(name, &then[..end]);
                then = &then[end..];
            } else if then.starts_with('(') {
                let end = block(then);
                let inside = &then[1..end - 1];
                holds = match name {
                    "is" | "where" | "has" => list(inside).any(|one| self.can_hold(one)),
                    "not" if selector.starts_with(":root:not(:lang(") => !self.all_speak(inside),
                    _ => true,
                };
                then = &then[end..];
            }
            if !holds {
                return false;
            }
            rest = then;
        }
        true
    }

    /// Whether something may have the attribute `name` with the value that `test` (`="4:3"`) asks.
    fn has_data(&self, name: &str, test: &str) -> bool {
        let Some(short) = name.strip_prefix("data-").filter(|_| test.starts_with('=')) else {
            return true;
        };
        let value = test[1..].trim_matches(['"', '\'']);
        self.data.contains(&(name.as_bytes(), value.as_bytes()))
            || [name, short].iter().any(|word| self.is_scripted(word))
    }

    /// Whether a script names something: as a word, not as a part of one.
    fn is_scripted(&self, word: &str) -> bool {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let finder = memmem::Finder::new(word);
        self.standing.scripts.iter().any(|script| {
            finder.find_iter(script).any(|at| {
                let (before, after) = (&script[..at], &script[at + word.len()..]);
                let beside = [before.last(), after.first()];
                !beside.into_iter().flatten().any(|byte| is_part(*byte))
            })
        })
    }

    /// Whether every page is in the language of `:lang(…)`.
    fn all_speak(&self, lang: &str) -> bool {
        let asked = lang.strip_prefix(":lang(").and_then(|lang| lang.strip_suffix(')'));
        asked.is_some_and(|asked| {
            let speaks =
                |tag: &Vec<u8>| tag.split(|byte| *byte == b'-').next() == Some(asked.as_bytes());
            let languages = &self.standing.languages;
            !languages.is_empty() && languages.iter().all(speaks)
        })
    }
}

/// Looks over pages.
struct Look<'h> {
    seen: Seen<'h>,
    /// Attributes that were met, by how their values begin: slides are alike, so that the few they
    /// have come again and again.
    met: [&'h [u8]; 256],
    script: memmem::Finder<'static>,
}

impl Default for Look<'_> {
    fn default() -> Self {
        Self { seen: Seen::default(), met: [&[]; 256], script: memmem::Finder::new(SCRIPT) }
    }
}

impl<'h> Look<'h> {
    /// Looks over the first `length` bytes of `html`; what begins there may go on behind them.
    fn over(&mut self, html: &'h [u8], length: usize) {
        self.attributes(html, length);
        self.scripts(html, length);
    }

    /// Notes all that looks like a class or a `data-` attribute with a value. Rather too much than
    /// too little: what stands in a text, or in another attribute, only lets a rule stay.
    fn attributes(&mut self, html: &'h [u8], length: usize) {
        for equals in memchr::memchr_iter(b'=', &html[..length]) {
            let Some(start) = name(&html[..equals]) else { continue };
            let rest = &html[equals + 1..];
            let begins = rest.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
            let place = (begins.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize;
            let met = &mut self.met[place];
            if !met.is_empty() && html[start..].starts_with(met) {
                continue;
            }
            let quotes = usize::from(matches!(rest.first(), Some(b'"' | b'\'')));
            let end = equals + 1 + quotes + value(rest).len();
            self.seen.attributes.push(&html[start..end]);
            // With the byte that ends it, so that nothing longer is taken for it.
            *met = html.get(start..=end).unwrap_or_default();
        }
    }

    /// Notes scripts; data for them adds nothing.
    fn scripts(&mut self, html: &'h [u8], length: usize) {
        for start in self.script.find_iter(&html[..length]) {
            let Some(end) = memchr::memchr(b'>', &html[start..]) else { break };
            let (head, script) = html[start..].split_at(end);
            if memmem::find(head, b"json").is_none() {
                let end = memmem::find(script, b"</script>").unwrap_or(script.len());
                self.seen.scripts.push(&script[..end]);
            }
        }
    }
}

/// Where the name of an attribute begins that ends where `html` does, if it is one that may matter:
/// `class`, or one that begins with `data-`.
fn name(html: &[u8]) -> Option<usize> {
    if html.ends_with(b"class") {
        return Some(html.len() - "class".len());
    }
    let is_other = |byte: &u8| !(byte.is_ascii_alphanumeric() || *byte == b'-');
    let start = html.iter().rposition(is_other).map_or(0, |at| at + 1);
    let data = html[start..].windows("data-".len()).position(|part| part == b"data-")?;
    (start + data + "data-".len() < html.len()).then_some(start + data)
}

/// The value of an attribute that stands before `rest`, with or without quotes.
fn value(rest: &[u8]) -> &[u8] {
    let (rest, end) = match rest.first() {
        Some(quote @ (b'"' | b'\'')) => (&rest[1..], memchr::memchr(*quote, &rest[1..])),
        _ => (rest, rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>')),
    };
    &rest[..end.unwrap_or(rest.len())]
}

/// Where one of `marks` stands first, outside quotes and brackets.
fn find(css: &str, marks: &[char]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(first) = css[at..].chars().next() {
        if depth == 0 && marks.contains(&first) {
            return Some(at);
        }
        match first {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += match first {
            '"' | '\'' => super::quoted(&css.as_bytes()[at..]),
            _ => first.len_utf8(),
        };
    }
    None
}

/// The parts of a list of selectors.
fn list(selectors: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(selectors);
    std::iter::from_fn(move || {
        let all = rest?;
        let end = find(all, &[',']);
        rest = end.map(|end| &all[end + 1..]);
        Some(all[..end.unwrap_or(all.len())].trim())
    })
}

/// Length of the block in brackets that `css` begins with.
fn block(css: &str) -> usize {
    let bytes = css.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        at += match bytes[at] {
            b'"' | b'\'' => super::quoted(&bytes[at..]),
            b'{' | b'(' | b'[' => {
                depth += 1;
                1
            }
            b'}' | b')' | b']' => {
                depth = depth.saturating_sub(1);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(seen: &Seen<'_>) -> Vec<String> {
        let classes = seen.attributes.iter().map(|written| {
            let written = std::str::from_utf8(written).unwrap();
            written.strip_prefix("class=").unwrap().trim_matches('"').to_owned()
        });
        let mut classes: Vec<String> = classes.collect();
        classes.sort();
        classes
    }

    /// Pieces that are known are passed over, and nothing else.
    #[test]
    fn what_is_not_a_piece_is_seen() {
        let pieces: Vec<String> = ["一", "二", "三"]
            .map(|n| {
                format!(
                    "<div class=\"canvas\"><header class=\"head\"><h2>第 {n} 页</h2></header></div>"
                )
            })
            .into();
        let shown =
            |html: &str| classes(&Seen::beside(html.as_bytes(), pieces.iter().map(String::as_str)));
        let [one, two, three] = [&pieces[0], &pieces[1], &pieces[2]];
        let html = format!("<p class=a>{one}<p class=b>{two}{three}<p class=c>");
        assert_eq!(shown(&html), ["a", "b", "c"]);
        // Another order, a piece left out, one that is cut off.
        let html = format!("<p class=a>{two}<p class=b>{one}<p class=c>");
        assert_eq!(shown(&html), ["a", "b", "c", "canvas", "head"]);
        assert_eq!(shown(&format!("<p class=a>{two}<p class=b>")), ["a", "b", "canvas", "head"]);
        let all = Seen::of(pieces.iter().map(String::as_str));
        assert_eq!(classes(&all), ["canvas", "head"]);
        let half = &one[..one.len() - 1];
        assert_eq!(
            shown(&format!("<p class=a>{half}{two}<i class=b>")),
            ["a", "b", "canvas", "head"]
        );
    }

    #[test]
    fn rules_stay_where_they_can_hold() {
        let mut standing = Standing::default();
        let page = "<html lang=\"zh-Hans\"><main data-aspect=\"16:9\"><p class=\"a b n3\" title=\"x > y\"><i class='c' data-boxes=3><script>d.className=\"js\"</script>";
        standing.add(Seen::beside(page.as_bytes(), std::iter::empty()));
        standing.script(b"body.classList.toggle(\"idle\");if(x)y.dataset.state=z");
        for (given, wanted) in [
            (".a{x:y}.gone{x:y}.b::before{content:\".a{\"}", ".a{x:y}.b::before{content:\".a{\"}"),
            (".a,.gone,p,.js.a{x:y}", ".a,p,.js.a{x:y}"),
            (".a .gone,.a.gone,.gone>p{x:y}", ""),
            (":is(.gone,.n3) li{x:y}:is(.n4,.gone.a) p{x:y}", ":is(.gone,.n3) li{x:y}"),
            (
                ".a:not(.gone):has(.b,.gone){x:y}.a:has(.gone){x:y}",
                ".a:not(.gone):has(.b,.gone){x:y}",
            ),
            (
                "@media print{.gone{x:y}}@media (width>=7px){.a{x:y}.gone{x:y}}",
                "@media (width>=7px){.a{x:y}}",
            ),
            (
                "@keyframes gone{from{x:y}}@font-face{x:y}.gone{x:y}",
                "@keyframes gone{from{x:y}}@font-face{x:y}",
            ),
            (".idle .a,[data-state=\"on\"]{x:y}", ".idle .a,[data-state=\"on\"]{x:y}"),
            (
                "[data-aspect=\"4:3\"] .a{x:y}[data-aspect=\"16:9\"] .a{x:y}",
                "[data-aspect=\"16:9\"] .a{x:y}",
            ),
            (
                "[data-part=frame] p{x:y}[data-part]{x:y}[class^=line]{x:y}",
                "[data-part]{x:y}[class^=line]{x:y}",
            ),
            (
                ":root:not(:lang(zh)) .a{x:y}:lang(en) .a{x:y}:root:not(:lang(en)) p{x:y}",
                ":lang(en) .a{x:y}:root:not(:lang(en)) p{x:y}",
            ),
            (".c [data-boxes=\"3\"]{x:y}", ".c [data-boxes=\"3\"]{x:y}"),
            (".a{.gone{x:y}}.a{x:1.5em}", ".a{.gone{x:y}}.a{x:1.5em}"),
        ] {
            assert_eq!(standing.rules(given), wanted);
        }
    }
}
