//! The compiled result, and how it reaches a folder.

mod write;

pub use write::{MANIFEST, TEMPORARY, WriteError, Written, write};

use crate::source::RelPath;
use bytes::Bytes;
use std::collections::BTreeMap;

/// The compiled result: every file of the site by its path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Bytes by path.
    pub files: BTreeMap<RelPath, Bytes>,
}
