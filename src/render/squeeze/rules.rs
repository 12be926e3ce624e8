//! Leaves out of a style sheet the rules that can hold for nothing on the pages that load it: those
//! of a class that no page and no script has, of another shape of slides, of another language.
//!
//! What is not understood stays: only classes, `[data-…="…"]` and the language of the page are
//! looked at.

use memchr::memmem;
use std::collections::HashSet;

/// What a script in a page begins with.
const SCRIPT: &str = "<script";

/// What stands on the pages that share a style sheet.
#[derive(Debug, Default)]
pub(in crate::render) struct Seen {
    classes: HashSet<String>,
    /// Attributes for themes and scripts, as they are written: `data-aspect="4:3"`.
    data: HashSet<String>,
    languages: HashSet<String>,
    /// Every word of the scripts: they may give an element any class or attribute they name.
    words: HashSet<String>,
}

impl Seen {
    /// What stands on pieces of pages.
    pub(in crate::render) fn of<'s>(pieces: impl Iterator<Item = &'s str>) -> Self {
        let mut seen = Self::default();
        let mut before = Before::default();
        let script = memmem::Finder::new(SCRIPT);
        for piece in pieces {
            seen.attributes(piece.as_bytes(), &mut before);
            seen.scripts(piece.as_bytes(), &script);
        }
        seen
    }

    /// What stands on a page beside pieces of it that are known. They are taken in their order;
    /// from one on that is not found, everything is looked at.
    pub(in crate::render) fn beside<'s>(html: &[u8], known: impl Iterator<Item = &'s str>) -> Self {
        let mut seen = Self::default();
        let mut before = Before::default();
        let (mut rest, mut last) = (html, &html[..0]);
        // Pieces mostly begin alike: with the same tag.
        let mut start = memmem::Finder::new("");
        for piece in known.map(str::as_bytes) {
            let length = memchr::memchr(b'>', piece).unwrap_or(piece.len());
            if start.needle() != &piece[..length] {
                start = memmem::Finder::new(&piece[..length]);
            }
            let mut starts = start.find_iter(rest);
            let Some(at) = starts.find(|at| rest[*at..].starts_with(piece)) else { break };
            let between = &rest[..at];
            if between != last {
                seen.attributes(between, &mut before);
            }
            last = between;
            rest = &rest[at + piece.len()..];
        }
        seen.attributes(rest, &mut before);
        seen.scripts(html, &memmem::Finder::new(SCRIPT));
        let root = memmem::find(html, b"<html").map_or(&[][..], |start| &html[start..]);
        let language = memmem::find(root, b"lang=").map(|at| value(&root[at + "lang=".len()..]));
        seen.languages.extend(language.map(text));
        seen
    }

    /// Notes what stands elsewhere, too.
    pub(in crate::render) fn add(&mut self, more: Self) {
        self.classes.extend(more.classes);
        self.data.extend(more.data);
        self.languages.extend(more.languages);
        self.words.extend(more.words);
    }

    fn attributes<'h>(&mut self, html: &'h [u8], before: &mut Before<'h>) {
        for attribute in attributes(html).filter(|one| before.is_new(one.written)) {
            let value = text(attribute.value);
            if attribute.name == b"class" {
                let classes = value.split_ascii_whitespace();
                self.classes.extend(classes.map(str::to_owned));
            } else {
                self.data.insert(format!("{}=\"{value}\"", text(attribute.name)));
            }
        }
    }

    /// Notes what scripts in a page may add; data for them adds nothing.
    fn scripts(&mut self, html: &[u8], script: &memmem::Finder<'_>) {
        for start in script.find_iter(html) {
            let Some(end) = memchr::memchr(b'>', &html[start..]) else { break };
            let (head, script) = html[start..].split_at(end);
            if memmem::find(head, b"json").is_none() {
                let end = memmem::find(script, b"</script>").unwrap_or(script.len());
                self.script(&text(&script[..end]));
            }
        }
    }

    /// Notes what a script may add to a page.
    pub(in crate::render) fn script(&mut self, source: &str) {
        let words = source.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
        for word in words.filter(|word| !word.is_empty()) {
            // Scripts say the same words again and again.
            if !self.words.contains(word) {
                self.words.insert(word.to_owned());
            }
        }
    }

    /// The style sheet without the rules that can hold for nothing. It was squeezed before.
    pub(in crate::render) fn rules(&self, css: &str) -> String {
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
                holds = self.classes.contains(name) || self.words.contains(name);
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
        [name, short].iter().any(|word| self.words.contains(*word))
            || self.data.contains(&format!("{name}=\"{value}\""))
    }

    /// Whether every page is in the language of `:lang(…)`.
    fn all_speak(&self, lang: &str) -> bool {
        let asked = lang.strip_prefix(":lang(").and_then(|lang| lang.strip_suffix(')'));
        asked.is_some_and(|asked| {
            let speaks = |tag: &String| tag.split('-').next() == Some(asked);
            !self.languages.is_empty() && self.languages.iter().all(speaks)
        })
    }
}

/// An attribute as it is written.
struct Attribute<'h> {
    /// `class`, or a name that begins with `data-`.
    name: &'h [u8],
    value: &'h [u8],
    /// Name and value with what is between them.
    written: &'h [u8],
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// All that looks like a class or a `data-` attribute with a value. Rather too much than too
/// little: what stands in a text, or in another attribute, only lets a rule stay.
fn attributes(html: &[u8]) -> impl Iterator<Item = Attribute<'_>> {
    const SHORTEST: usize = "data-x".len();
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    memchr::memchr_iter(b'=', html).filter_map(move |at| {
        let before = &html[..at];
        let start = if before.last_chunk() == Some(b"class") {
            at - "class".len()
        } else {
            let length = before.iter().rev().take_while(is_name).count();
            if length < SHORTEST {
                return None;
            }
            let name = &before[at - length..];
            at - length + name.windows("data-".len()).position(|part| part == b"data-")?
        };
        let value = value(&html[at + 1..]);
        let quoted = matches!(html.get(at + 1), Some(b'"' | b'\''));
        let end = at + 1 + usize::from(quoted) + value.len();
        Some(Attribute { name: &html[start..at], value, written: &html[start..end] })
    })
}

/// The value of an attribute that stands before `rest`, with or without quotes.
fn value(rest: &[u8]) -> &[u8] {
    let (rest, end) = match rest.first() {
        Some(quote @ (b'"' | b'\'')) => (&rest[1..], memchr::memchr(*quote, &rest[1..])),
        _ => (rest, rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>')),
    };
    &rest[..end.unwrap_or(rest.len())]
}

/// Tells most of what was there before, and never takes anything for it that was not: slides are
/// alike, so that the few attributes they have come again and again.
struct Before<'h>([&'h [u8]; 256]);

impl Default for Before<'_> {
    fn default() -> Self {
        Self([&[]; 256])
    }
}

impl<'h> Before<'h> {
    fn is_new(&mut self, written: &'h [u8]) -> bool {
        let ends = written.last_chunk::<4>().copied().unwrap_or_default();
        let mixed = u32::from_le_bytes(ends).wrapping_mul(0x9e37_79b1) >> 24;
        let place = &mut self.0[(mixed as usize ^ written.len()) % 256];
        let new = *place != written;
        *place = written;
        new
    }
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

    fn page(html: &str) -> Seen {
        Seen::beside(html.as_bytes(), std::iter::empty())
    }

    fn sorted(names: HashSet<String>) -> Vec<String> {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort();
        names
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
        let shown = |html: &str| {
            let seen = Seen::beside(html.as_bytes(), pieces.iter().map(String::as_str));
            sorted(seen.classes)
        };
        let [one, two, three] = [&pieces[0], &pieces[1], &pieces[2]];
        let html = format!("<p class=a>{one}<p class=b>{two}{three}<p class=c>");
        assert_eq!(shown(&html), ["a", "b", "c"]);
        // Another order, a piece left out, one that is cut off.
        let html = format!("<p class=a>{two}<p class=b>{one}<p class=c>");
        assert_eq!(shown(&html), ["a", "b", "c", "canvas", "head"]);
        assert_eq!(shown(&format!("<p class=a>{two}<p class=b>")), ["a", "b", "canvas", "head"]);
        let all = Seen::of(pieces.iter().map(String::as_str));
        assert_eq!(sorted(all.classes), ["canvas", "head"]);
        let half = &one[..one.len() - 1];
        assert_eq!(
            shown(&format!("<p class=a>{half}{two}<i class=b>")),
            ["a", "b", "canvas", "head"]
        );
    }

    #[test]
    fn rules_stay_where_they_can_hold() {
        let mut seen = page(
            "<html lang=\"zh-Hans\"><main data-aspect=\"16:9\"><p class=\"a b n3\" title=\"x > y\"><i class='c' data-boxes=3><script>d.className=\"js\"</script>",
        );
        seen.script("body.classList.toggle(\"idle\");if(x)y.dataset.state=z");
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
            assert_eq!(seen.rules(given), wanted);
        }
    }
}
