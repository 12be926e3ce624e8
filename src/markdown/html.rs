//! Events to HTML.

use super::cjk::{self, MARK};
use super::flow::Flow;
use super::reading::{Reader, Reading};
use super::scan::Links;
use super::unmarked::{starts_no_block, unmarked};
use super::{Reference, holds, scan, substitute};
use pulldown_cmark::html;
use std::borrow::Cow;

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
    let mut flow = drawn(&line, context, Form::Line);
    flow.reader = Some(Reader::of(&line));
    let html = write(&mut flow, Form::Line, line.len());
    (html, done(flow.reader).plain.replace('\n', " "))
}

/// The text without its marks, in one line per paragraph; lists keep their numbers and points,
/// cells of tables a bar between them.
pub fn plain(text: &str) -> String {
    read(text).plain
}

/// Reads a text as [`plain`] does, and measures its lists on the way.
pub fn read(text: &str) -> Reading {
    read_as(text, Form::Block)
}

fn read_as(text: &str, form: Form) -> Reading {
    if let Some(prose) = Reading::of_prose(text) {
        return prose;
    }
    let marked = marked(text, form);
    let mut flow = Flow::of(&marked, form);
    flow.reader = Some(Reader::of(text));
    flow.by_ref().for_each(drop);
    done(flow.reader)
}

fn done(reader: Option<Reader>) -> Reading {
    reader.map(Reader::done).unwrap_or_default()
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
    if let Some(reading) = Reading::of_prose(text).filter(|_| as_written) {
        return Study { reading, references: Vec::new(), html: None };
    }
    if !as_written || holds(text, *b"{=") || holds(text, *b"![") {
        let reading = read_as(&substitute(text, figure), form);
        return Study { reading, references: scan(text), html: None };
    }
    let marked = marked(text, form);
    let mut flow = Flow::of(&marked, form);
    flow.trusted_html = trusted_html;
    flow.links = Some(Links::of(&marked));
    flow.reader = Some(Reader::of(&marked));
    let html = Some(write(&mut flow, form, marked.len()));
    let references = flow.links.map(|links| links.found).unwrap_or_default();
    Study { reading: done(flow.reader), references, html }
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
    write(&mut drawn(&text, context, form), form, text.len())
}

/// A marked text as it is drawn on a page.
fn drawn<'t, 'c>(text: &'t str, context: &Context<'c>, form: Form) -> Flow<'t, 'c> {
    let mut flow = Flow::of(text, form);
    flow.trusted_html = context.trusted_html;
    flow.image = Some(context.image);
    flow
}

/// Writes a text of about `length` bytes.
fn write(flow: &mut Flow<'_, '_>, form: Form, length: usize) -> String {
    let mut out = String::with_capacity(length * 3 / 2);
    html::push_html(&mut out, flow);
    if form == Form::Line {
        out.truncate(out.trim_end().len());
    }
    out
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
            let html = with(false, |context| write(&mut drawn(&marked, context, Form::Line), Form::Line, 0));
            proptest::prop_assert_eq!(inline(&text), html);
        }
    }

    #[test]
    fn plain_text_has_no_marks() {
        assert_eq!(plain("**重点：**看 [这里](x) `a_b`"), "重点：看 这里 a_b");
        assert_eq!(plain("- 甲\n- 乙"), "• 甲\n• 乙");
    }
}
