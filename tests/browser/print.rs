//! What comes out of the printer, read back: the text of a PDF, page by page.

use kejian::chromium::{Error, Page};
use serde_json::Value;

/// Chromium names a glyph after the first character that the font draws with it: a radical for a
/// character of Han, a figure dash for a dash. Unicode's NFKC takes most of them back; these are
/// the ones that it leaves (the radicals' supplement) or takes for another (戶).
const SAME_GLYPH: [(char, char); 33] = [
    ('‒', '–'),
    ('―', '—'),
    ('戶', '户'),
    ('⺠', '民'),
    ('⺟', '母'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺮', '竹'),
    ('⺼', '肉'),
    ('⻌', '辶'),
];

/// The texts of a printed page.
pub(crate) struct Printed(Vec<String>);

impl Printed {
    /// Prints a page and reads every sheet of it, letter by letter in the order in which they
    /// stand in the file. The sheets' own numbers are left out.
    pub(crate) fn of(page: &Page) -> Result<Self, Error> {
        let pdf = page.pdf()?;
        let sheets = pdf_extract::extract_text_from_mem_by_pages(&pdf)
            .unwrap_or_else(|error| panic!("the PDF cannot be read: {error}"));
        let normal = format!("{}.map((it) => it.normalize('NFKC'))", Value::from(sheets.clone()));
        let normal = page.evaluate(&normal)?;
        let normal = normal.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(Self(normal.map(|text| letters(without_number(text.trim(), sheets.len()))).collect()))
    }

    /// How many sheets of paper it takes.
    pub(crate) fn sheets(&self) -> usize {
        self.0.len()
    }

    /// Looks whether texts stand on these sheets, one after the other; the first that does not.
    pub(crate) fn missing(
        &self,
        sheets: std::ops::Range<usize>,
        texts: &[String],
    ) -> Option<String> {
        let all = self.0[sheets].concat();
        let mut rest = all.as_str();
        for text in texts {
            match rest.split_once(text.as_str()) {
                Some((_, after)) => rest = after,
                None if all.contains(text.as_str()) => {
                    return Some(format!("{text} stands too early in {all}"));
                }
                None => return Some(format!("{text} is not in {all}")),
            }
        }
        None
    }
}

/// A sheet's text without its number (`3 / 12`), which is printed first.
fn without_number(text: &str, of: usize) -> &str {
    let Some((number, rest)) = text.split_once('/') else { return text };
    let is_number = number.trim().parse::<usize>().is_ok_and(|it| it <= of);
    let rest = rest.trim_start().strip_prefix(&of.to_string());
    rest.filter(|_| is_number).unwrap_or(text)
}

fn letters(text: &str) -> String {
    let plain = |letter: char| {
        SAME_GLYPH.iter().find(|(other, _)| *other == letter).map_or(letter, |(_, it)| *it)
    };
    text.chars().filter(|it| !it.is_whitespace()).map(plain).collect()
}

/// The texts that are seen in each element that `selector` finds, in the page's order, as they are
/// looked for in a [`Printed`] page.
pub(crate) fn texts(page: &Page, selector: &str) -> Result<Vec<Vec<String>>, Error> {
    page.medium("print")?;
    let found = page.evaluate(&format!(
        "[...document.querySelectorAll('{selector}')].map((root) => {{
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            const texts = [];
            while (walker.nextNode()) {{
                const node = walker.currentNode;
                const seen = node.parentElement.checkVisibility({{ opacityProperty: true, visibilityProperty: true }}) && !node.parentElement.closest('script, style, title, desc, .unseen');
                const text = node.data.normalize('NFKC').trim();
                if (seen && text) texts.push(text);
            }}
            return texts;
        }})"
    ));
    page.medium("")?;
    let found = found?;
    let texts = |one: &Value| {
        let texts = one.as_array().into_iter().flatten().filter_map(Value::as_str);
        texts.map(letters).collect()
    };
    Ok(found.as_array().into_iter().flatten().map(texts).collect())
}
