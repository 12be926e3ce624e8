//! Markdown to HTML that is safe to show, and what a Markdown text refers to.
//!
//! 1. Computed figures, `{=screening.score.T01.total}`, are put in outside code.
//! 2. pulldown-cmark makes events; emphasis beside Han punctuation is helped to be seen.
//! 3. Events become HTML: raw HTML is shown as text unless the course trusts it, links have a
//!    safe scheme, images go through the caller.

mod cjk;
mod flow;
mod html;
mod letters;
mod numbered;
mod quote;
mod reading;
mod ready;
mod scan;
mod shape;
mod target;
mod unmarked;

pub use html::{
    Context, Form, Study, plain, read, render_block, render_inline, render_line, study,
};
pub use letters::letters;
pub use numbered::numbered;
use pulldown_cmark::Options;
pub use quote::{Quote, quotes, substitute};
pub use reading::{ListShape, Reading};
pub use ready::Ready;
pub use scan::{Reference, ReferenceKind, scan};
pub use shape::{emphasised, undescribed_images};
pub use target::{Target, target};

/// What of Markdown's extensions courses may use.
const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_FOOTNOTES);

/// Whether two bytes stand in a text one after the other. Texts are short: to look for the first
/// alone is quicker than to prepare a search for both.
fn holds(text: &str, [first, second]: [u8; 2]) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(first, bytes).any(|at| bytes.get(at + 1) == Some(&second))
}
