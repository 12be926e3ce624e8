//! The course and the themes that come inside the program.

use crate::source::Memory;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The embedded course.
pub fn course() -> Memory {
    Memory::embedded(COURSE)
}

/// The embedded themes, one folder each.
pub fn themes() -> Memory {
    Memory::embedded(THEMES)
}
