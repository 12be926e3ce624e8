//! Where bytes come from: paths inside a course or theme, the [`World`] that hands them out,
//! and positions in a text.
//!
//! Nothing below [`crate::cli`] touches the disk except through a [`World`]; a compile is
//! therefore a pure function of what its world hands out.

mod disk;
mod escape;
mod places;
mod read;
mod scalar;
mod slip;
mod text;
mod tree;
mod world;

pub use disk::Disk;
pub use places::Places;
pub use read::ReadFault;
pub(crate) use read::from_yaml;
pub use scalar::Scalar;
pub(crate) use slip::{is_odd_space, quoted, unquoted};
pub use text::{TextFault, decode};
pub(crate) use text::{is_bidi, is_refused};
pub use tree::{Body, Node, Tree, TreeFault};
pub use world::{Layered, Memory, World, WorldError};

use std::fmt;

/// The largest text file that is read, in bytes.
pub const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// A path inside a course, theme or site: relative, `/`-separated, without `.`, `..`, empty
/// or absolute parts. The only way to name a file below the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

impl RelPath {
    /// Checks `text` and wraps it; `None` when it is absolute, climbs out (`..`), or holds an
    /// empty part, a backslash, a colon or a control character.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let bad_part = |part: &str| part.is_empty() || part == "." || part == "..";
        let bad_char = |c: char| c == '\\' || c == ':' || c.is_control();
        (!text.split('/').any(bad_part) && !text.contains(bad_char)).then_some(Self(text))
    }

    /// `course.yaml`, which every course has.
    pub fn course_file() -> Self {
        Self("course.yaml".to_owned())
    }

    /// The path of a shared file of a site, named after its content.
    pub(crate) fn asset(stem: &str, digest: &str, extension: &str) -> Self {
        let plain = |c: char| if c.is_control() || "/\\:".contains(c) { '-' } else { c };
        let clean = |text: &str| text.chars().map(plain).collect::<String>();
        Self(format!("assets/{}.{digest}.{}", clean(stem), clean(extension)))
    }

    /// The path as text, with `/` between parts on every system.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, `slides.yaml` of `chapters/slides.yaml`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its last extension, `09-screening` of `chapters/09-screening.yaml`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The extension of the last part, lower case as written, or `""`.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// How to climb from this file's folder to the root: `../` for each folder.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place in a text. Lines and columns are 1-based; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in characters.
    pub column: usize,
}

impl Position {
    /// The place of the character that starts at byte `offset` of `text`.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self { line, column: before[start..].chars().count() + 1 }
    }

    /// The byte of `text` at this place; `None` when the text ends before it.
    fn offset(self, text: &str) -> Option<usize> {
        let mut lines = text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(self.line.checked_sub(1)?).map(str::len).sum();
        let line = text.get(before..)?;
        let mut letters = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        letters.nth(self.column.checked_sub(1)?).map(|at| before + at)
    }
}

/// A stretch of a text, from a character up to but not including another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

impl Span {
    /// The `count` characters from `start` on, all in one line.
    pub fn run(start: Position, count: usize) -> Self {
        Self { start, end: Position { line: start.line, column: start.column + count } }
    }
}
