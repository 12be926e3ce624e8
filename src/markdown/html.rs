//! Events to HTML.

use super::cjk::{self, MARK};
use super::shape::Lists;
use super::unmarked::{starts_no_block, unmarked};
use super::{ListShape, OPTIONS, Reference, Target, holds, scan, substitute, target};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::iter::Peekable;

/// What drawing a text needs to know about its course and page.
pub struct Context<'a> {
    /// Whether raw HTML is let through.
    pub trusted_html: bool,
    /// The URL, from the page, of a picture of the course.
    pub image: &'a dyn Fn(&str) -> String,
    /// The value of a computed figure and its decimals, when they are overridden.
    pub figure: &'a dyn Fn(&str, Option<u8>) -> Option<String>,
}

/// A text with paragraphs, lists and tables.
pub fn render_block(text: &str, context: &Context<'_>) -> String {
    let text = substitute(text, context.figure);
    match unmarked(&text) {
        Some(prose) => ["<p>", prose, "</p>\n"].concat(),
        None => draw(&text, context, Form::Block),
    }
}

/// A text that stands in a line: whatever would start a list or a heading is taken as written.
pub fn render_inline(text: &str, context: &Context<'_>) -> String {
    let text = substitute(text.trim(), context.figure);
    match unmarked(&text) {
        Some(prose) => prose.to_owned(),
        None => draw(&text, context, Form::Line),
    }
}

/// A text that stands in a line, as HTML and without its marks.
pub fn render_line(text: &str, context: &Context<'_>) -> (String, String) {
    let text = substitute(text.trim(), context.figure);
    if let Some(prose) = unmarked(&text) {
        return (prose.to_owned(), prose.to_owned());
    }
    let line = marked(&text, Form::Line);
    let mut plain = String::with_capacity(text.len());
    let events = Joined::of(&line, Parser::new_ext(&line, OPTIONS)).inspect(|event| match event {
        Event::Text(text) | Event::Code(text) => plain.push_str(text),
        Event::SoftBreak | Event::HardBreak => plain.push(' '),
        _ => {}
    });
    let html = write(events, context.trusted_html, Some(context.image), Form::Line, line.len());
    (html, trimmed(plain))
}

/// The text without its marks, in one line per paragraph; lists keep their numbers and points,
/// cells of tables a bar between them.
pub fn plain(text: &str) -> String {
    read(text).plain
}

/// A text as it is read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What [`plain`] gives.
    pub plain: String,
    /// The lists in it.
    pub lists: ListShape,
}

/// Reads a text as [`plain`] does, and measures its lists on the way.
pub fn read(text: &str) -> Reading {
    read_as(text, Form::Block)
}

fn read_as(text: &str, form: Form) -> Reading {
    if let Some(prose) = prose(text) {
        return prose;
    }
    let mut reader = Reader::of(text);
    let marked = marked(text, form);
    Joined::of(&marked, Parser::new_ext(&marked, OPTIONS)).for_each(|event| reader.take(&event));
    reader.done()
}

/// A text without marks, as it is read.
fn prose(text: &str) -> Option<Reading> {
    let prose = unmarked(text)?;
    Some(Reading { plain: prose.to_owned(), lists: ListShape::default() })
}

/// How a text stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In a line, as [`render_inline`] draws it.
    Line,
    /// By itself, as [`render_block`] draws it.
    Block,
}

/// What [`study`] gives.
#[derive(Debug, PartialEq, Eq)]
pub struct Study {
    /// The text as it is read.
    pub reading: Reading,
    /// What it refers to.
    pub references: Vec<Reference>,
    /// The text as it is drawn, if that is known already.
    pub html: Option<String>,
}

/// Reads a text, looks what it refers to and draws it: most texts are parsed but once for all
/// three. `figure` gives the figures that stand in it.
pub fn study(
    text: &str,
    form: Form,
    trusted_html: bool,
    figure: &dyn Fn(&str, Option<u8>) -> Option<String>,
) -> Study {
    // Places in a text with its figures are not those of the text as written, nor are those in
    // lines that are put together. Pictures have other addresses on other pages.
    let as_written = form == Form::Block || (text.trim() == text && !text.contains('\n'));
    if let Some(reading) = prose(text).filter(|_| as_written) {
        return Study { reading, references: Vec::new(), html: None };
    }
    if !as_written || holds(text, *b"{=") || holds(text, *b"![") {
        let reading = read_as(&substitute(text, figure), form);
        return Study { reading, references: scan(text), html: None };
    }
    let marked = marked(text, form);
    let mut links = scan::Links::of(&marked);
    let mut reader = Reader::of(&marked);
    let events = Parser::new_ext(&marked, OPTIONS).into_offset_iter().map(|(event, range)| {
        links.take(&event, range);
        event
    });
    let events = Joined::of(&marked, events).inspect(|event| reader.take(event));
    let html = write(events, trusted_html, None, form, marked.len());
    Study { reading: reader.done(), references: links.found, html: Some(html) }
}

/// Reads a text while its events go by.
#[derive(Debug, Default)]
struct Reader {
    out: String,
    /// The next number of each list that is open, for those that have numbers.
    lists: Vec<Option<u64>>,
    shape: Lists,
}

impl Reader {
    /// One with room for what it reads.
    fn of(text: &str) -> Self {
        Self { out: String::with_capacity(text.len()), ..Self::default() }
    }

    fn take(&mut self, event: &Event<'_>) {
        self.shape.take(event);
        let out = &mut self.out;
        match event {
            Event::Text(text) | Event::Code(text) => {
                out.push_str(text);
                self.shape.text(text);
            }
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::List(first)) => {
                new_line(out);
                self.lists.push(*first);
            }
            Event::Start(Tag::Item) => {
                (1..self.lists.len()).for_each(|_| out.push_str("  "));
                match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let _ = write!(out, "{number}. ");
                        *number += 1;
                    }
                    _ => out.push_str("• "),
                }
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::End(TagEnd::TableCell) => out.push_str(" │ "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                out.truncate(out.trim_end_matches([' ', '│']).len());
                new_line(out);
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock,
            ) => new_line(out),
            _ => {}
        }
    }

    fn done(self) -> Reading {
        Reading { plain: trimmed(self.out), lists: self.shape.shape }
    }
}

fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.drain(..text.len() - text.trim_start().len());
    text
}

fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// A text with the marks that it is parsed with.
fn marked(text: &str, form: Form) -> Cow<'_, str> {
    match form {
        Form::Line => one_paragraph(text),
        Form::Block => cjk::mark(text),
    }
}

/// Each line starts with the mark, so that none of them starts a block; a single one that would
/// start none anyway goes without.
fn one_paragraph(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.starts_with(starts_no_block) && !text.contains('\n') {
        return cjk::mark(text);
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut out = String::with_capacity(text.len() + 8);
    for line in lines {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push(MARK);
        out.push_str(&cjk::mark(line));
    }
    out.into()
}

fn draw(text: &str, context: &Context<'_>, form: Form) -> String {
    let text = marked(text, form);
    let events = Joined::of(&text, Parser::new_ext(&text, OPTIONS));
    write(events, context.trusted_html, Some(context.image), form, text.len())
}

/// Writes a text of about `length` bytes. `image` gives the URLs of pictures, where there may be
/// any.
fn write<'t>(
    events: impl Iterator<Item = Event<'t>>,
    trusted_html: bool,
    image: Option<&dyn Fn(&str) -> String>,
    form: Form,
    length: usize,
) -> String {
    let inline = form == Form::Line;
    let mut unlinked = 0;
    let events = events.filter_map(|event| {
        Some(match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if inline => return None,
            Event::Html(html) | Event::InlineHtml(html) if !trusted_html => Event::Text(html),
            Event::Start(Tag::HtmlBlock) if !trusted_html => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) if !trusted_html => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = lowered(level);
                Event::Start(Tag::Heading { level, id: None, classes: vec![], attrs: vec![] })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
            Event::Start(Tag::Link { dest_url, .. }) if !is_safe(&dest_url) => {
                unlinked += 1;
                return None;
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
                link_type,
                dest_url: unmark(dest_url),
                title: unmark(title),
                id,
            }),
            Event::End(TagEnd::Link) if unlinked > 0 => {
                unlinked -= 1;
                return None;
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = unmark(dest_url);
                let dest_url = image.map(|image| image(&dest_url).into()).unwrap_or(dest_url);
                Event::Start(Tag::Image { link_type, dest_url, title: unmark(title), id })
            }
            event => event,
        })
    });
    let mut out = String::with_capacity(length * 3 / 2);
    html::push_html(&mut out, events);
    if inline {
        out.truncate(out.trim_end().len());
    }
    out
}

/// A slide's own title is `h2`, so headings in its texts start at `h3`.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn is_safe(destination: &str) -> bool {
    match target(destination) {
        Target::External | Target::Fragment(_) => true,
        Target::File(path, _) => !path.starts_with('/'),
        Target::Unsafe(_) => false,
    }
}

fn unmark(text: CowStr<'_>) -> CowStr<'_> {
    match cjk::unmark(&text) {
        Cow::Owned(bare) => bare.into(),
        Cow::Borrowed(_) => text,
    }
}

/// Takes the marks out of texts and drops line breaks between Han characters, which browsers would
/// show as spaces.
struct Joined<'t, I: Iterator<Item = Event<'t>>> {
    events: Peekable<I>,
    /// Whether there are marks at all.
    marked: bool,
    /// The last character shown.
    last: Option<char>,
}

impl<'t, I: Iterator<Item = Event<'t>>> Joined<'t, I> {
    /// The events of a text.
    fn of(text: &str, events: I) -> Self {
        Self { events: events.peekable(), marked: cjk::has_mark(text), last: None }
    }
}

impl<'t, I: Iterator<Item = Event<'t>>> Iterator for Joined<'t, I> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        loop {
            let event = match self.events.next()? {
                event if !self.marked => event,
                Event::Text(text) => Event::Text(unmark(text)),
                Event::Code(text) => Event::Code(unmark(text)),
                Event::Html(html) => Event::Html(unmark(html)),
                Event::InlineHtml(html) => Event::InlineHtml(unmark(html)),
                event => event,
            };
            match &event {
                Event::Text(text) | Event::Code(text) => {
                    self.last = text.chars().next_back().or(self.last);
                }
                Event::SoftBreak => {
                    let next = match self.events.peek() {
                        Some(Event::Text(text)) => text.chars().find(|c| *c != MARK),
                        _ => None,
                    };
                    let around = self.last.zip(next);
                    if around.is_some_and(|(before, after)| cjk::joins(before, after)) {
                        continue;
                    }
                }
                _ => {}
            }
            return Some(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(trusted_html: bool, use_it: impl FnOnce(&Context<'_>) -> T) -> T {
        use_it(&Context {
            trusted_html,
            image: &|path| format!("../{path}"),
            figure: &|path, _| (path == "a.b").then(|| "80.55".to_owned()),
        })
    }

    fn block(text: &str) -> String {
        with(false, |context| render_block(text, context)).trim_end().to_owned()
    }

    fn inline(text: &str) -> String {
        with(false, |context| render_inline(text, context))
    }

    #[test]
    fn plain_text_keeps_numbers_points_and_cells_apart() {
        let text = "先看：\n\n1. 一\n2. 二\n   - 三\n\n| 类 | 次 |\n|---|---|\n| A | 4 |";
        assert_eq!(plain(text), "先看：\n1. 一\n2. 二\n  • 三\n类 │ 次\nA │ 4");
    }

    #[test]
    fn emphasis_beside_han_punctuation() {
        assert_eq!(inline("**重点**、其次"), "<strong>重点</strong>、其次");
        assert_eq!(inline("**重点：**后文"), "<strong>重点：</strong>后文");
        assert_eq!(inline("前文**“重点”**后文"), "前文<strong>“重点”</strong>后文");
        assert_eq!(inline("**甲**。**乙**是"), "<strong>甲</strong>。<strong>乙</strong>是");
        assert_eq!(inline("~~旧价。~~新价"), "<del>旧价。</del>新价");
        assert_eq!(inline("2 * 3 * 4、`a*，b*c`"), "2 * 3 * 4、<code>a*，b*c</code>");
    }

    #[test]
    fn inline_text_starts_no_block() {
        assert_eq!(inline("1. 先定准则"), "1. 先定准则");
        assert_eq!(inline("# 号\n- 项"), "# 号\n- 项");
        assert_eq!(inline("    *甲*"), "<em>甲</em>");
        assert_eq!(inline(""), "");
    }

    #[test]
    fn line_breaks_between_han_are_no_spaces() {
        assert_eq!(block("先定准则，\n再看客户\nand then"), "<p>先定准则，再看客户\nand then</p>");
    }

    #[test]
    fn raw_html_is_shown_not_obeyed() {
        assert_eq!(
            block("<script>alert(1)</script>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        );
        assert_eq!(inline("a <b onclick=x>b</b>"), "a &lt;b onclick=x&gt;b&lt;/b&gt;");
        let trusted = with(true, |context| render_inline("a <b>b</b>", context));
        assert_eq!(trusted, "a <b>b</b>");
    }

    #[test]
    fn unsafe_links_are_only_text() {
        assert_eq!(
            inline("[点*我*](javascript:alert(1)) [b](x.html)"),
            "点<em>我</em> <a href=\"x.html\">b</a>"
        );
        assert_eq!(inline("[a](java&#115;cript:x)"), "a");
    }

    #[test]
    fn pictures_and_figures() {
        assert_eq!(inline("![图](media/a.png)"), r#"<img src="../media/a.png" alt="图" />"#);
        assert_eq!(block("|甲|乙|\n|-|-:|\n|x|{=a.b \\| 1}|").matches("80.55").count(), 0);
        assert!(
            block("|甲|乙|\n|-|-:|\n|x|{=a.b | 1}|")
                .contains("<td style=\"text-align: right\">80.55</td>")
        );
        assert_eq!(block("## 题"), "<h4>题</h4>");
    }

    #[test]
    fn a_line_is_told_with_and_without_its_marks() {
        let line = |text: &str| with(false, |context| render_line(text, context));
        for text in ["先说结论，再给**理由**", "**重点：**看 [这里](x) `a_b`\n{=a.b}", "先定准则"]
        {
            let (html, plain) = line(text);
            assert_eq!(html, inline(text));
            assert_eq!(plain, super::plain(&text.replace("{=a.b}", "80.55")), "{text}");
        }
        assert_eq!(line("# 号 *甲*").1, "# 号 甲");
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(1024))]

        /// A line that needs no mark before it is drawn as if it had one.
        #[test]
        fn a_line_goes_without_the_mark(text in "[甲a。1#>-]([乙b。1.)#>=|~:*_`\\[\\]<!^ -]|\\*\\*|--|\\[\\^1\\]: ){0,10}") {
            let marked = format!("{MARK}{}", cjk::mark(text.trim()));
            let events = Joined::of(&marked, Parser::new_ext(&marked, OPTIONS));
            let html = write(events, false, Some(&|path| format!("../{path}")), Form::Line, 0);
            proptest::prop_assert_eq!(inline(&text), html);
        }
    }

    #[test]
    fn plain_text_has_no_marks() {
        assert_eq!(plain("**重点：**看 [这里](x) `a_b`"), "重点：看 这里 a_b");
        assert_eq!(plain("- 甲\n- 乙"), "• 甲\n• 乙");
    }
}
