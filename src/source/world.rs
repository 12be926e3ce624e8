//! The [`World`]: whatever hands out the files of a course or a theme.

use super::RelPath;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorldError {
    /// There is no such file.
    Missing,
    /// The file is a link that leads out of the folder.
    Outside,
    /// The file is a link to something that is not there.
    Dangling,
    /// It is no file but a pipe, a socket or a device.
    Special,
    /// The file is larger than the limit that was asked for, in bytes.
    TooLarge(u64),
    /// The machine refused; the system's own words.
    Io(String),
}

/// Hands out the files of one folder (a course or a theme), wherever they are kept.
pub trait World: Sync + Send {
    /// All files, sorted by path; hidden files and folders (`.git`) are left out.
    fn files(&self) -> Result<Vec<RelPath>, WorldError>;
    /// The bytes of one file.
    fn read(&self, path: &RelPath) -> Result<Cow<'_, [u8]>, WorldError>;
    /// Whether the file could be read, without reading it where that is cheaper.
    fn probe(&self, path: &RelPath) -> Result<(), WorldError> {
        self.read(path).map(|_| ())
    }
}

/// Two worlds as one: what the first lacks comes from the second.
#[derive(Clone, Copy)]
pub struct Layered<'w>(pub &'w dyn World, pub &'w dyn World);

impl World for Layered<'_> {
    fn files(&self) -> Result<Vec<RelPath>, WorldError> {
        let mut files = self.0.files()?;
        files.extend(self.1.files()?);
        files.sort();
        files.dedup();
        Ok(files)
    }

    fn read(&self, path: &RelPath) -> Result<Cow<'_, [u8]>, WorldError> {
        match self.0.read(path) {
            Err(WorldError::Missing) => self.1.read(path),
            found => found,
        }
    }
}

/// A world kept in memory: the embedded course and theme, and the worlds of tests.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<RelPath, Cow<'static, [u8]>>,
}

impl Memory {
    /// Adds or replaces a file; paths that [`RelPath::new`] refuses are ignored.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        if let Some(path) = RelPath::new(path) {
            self.files.insert(path, bytes.into());
        }
        self
    }

    /// A world of files that are compiled into the program.
    pub fn embedded(files: &[(&'static str, &'static [u8])]) -> Self {
        files.iter().fold(Self::default(), |world, (path, bytes)| world.with(path, *bytes))
    }
}

impl World for Memory {
    fn files(&self) -> Result<Vec<RelPath>, WorldError> {
        Ok(self.files.keys().cloned().collect())
    }

    fn read(&self, path: &RelPath) -> Result<Cow<'_, [u8]>, WorldError> {
        self.files.get(path).map(|bytes| Cow::Borrowed(&**bytes)).ok_or(WorldError::Missing)
    }
}
