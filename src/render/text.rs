//! The author's Markdown as HTML: quoted figures filled in, pictures found.

use super::assets::Assets;
use crate::course::Course;
use crate::markdown;
use crate::source::RelPath;
use kejian_engine::TextRole;

/// Draws texts for one page.
pub(super) struct Writer<'a> {
    pub(super) course: &'a Course,
    pub(super) assets: &'a Assets,
    /// How the page climbs to the root of its language: `""` or `"../"`.
    pub(super) root: String,
    /// How it climbs to what all languages share.
    pub(super) shared: String,
}

impl Writer<'_> {
    fn with<T>(&self, draw: impl FnOnce(&markdown::Context<'_>) -> T) -> T {
        draw(&markdown::Context {
            trusted_html: self.course.trusted_html,
            image: &|target| self.media(target).unwrap_or_default(),
            figure: &|path, decimals| self.figure(path, decimals),
        })
    }

    /// One line: no paragraph around it.
    pub(super) fn inline(&self, text: &str) -> String {
        self.with(|context| markdown::render_inline(text, context))
    }

    /// One line as HTML, and as text alone.
    pub(super) fn line(&self, text: &str) -> (String, String) {
        self.with(|context| markdown::render_line(text, context))
    }

    /// Paragraphs, lists, tables.
    pub(super) fn block(&self, text: &str) -> String {
        self.with(|context| markdown::render_block(text, context))
    }

    /// Text alone, for title bars.
    pub(super) fn plain(&self, text: &str) -> String {
        let filled = markdown::substitute(text, &|path, decimals| self.figure(path, decimals));
        markdown::plain(&filled)
    }

    /// A text of the engine, by where it is shown.
    pub(super) fn role(&self, role: TextRole, text: &str) -> String {
        match role {
            TextRole::Inline => self.inline(text),
            TextRole::Block => self.block(text),
            TextRole::Plain => text.to_owned(),
        }
    }

    /// The address of a media file, written relative to the course's folder.
    pub(super) fn media(&self, target: &str) -> Option<String> {
        self.assets.media_url(&RelPath::new(target)?, &self.shared)
    }

    /// The figure behind `screening.score.T01.total`, in its column's decimals or in others.
    pub(super) fn figure(&self, path: &str, decimals: Option<u8>) -> Option<String> {
        let figure = self.course.figure(path.trim(), decimals).ok()?;
        // A hyphen is no minus.
        Some(match figure.strip_prefix('-') {
            Some(size) => format!("−{size}"),
            None => figure,
        })
    }

    /// An author's picture as text.
    pub(super) fn picture(&self, target: &str) -> Option<String> {
        let bytes = self.assets.media_bytes(&RelPath::new(target)?)?;
        String::from_utf8(bytes.to_vec()).ok()
    }
}
