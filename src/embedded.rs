//! The course and the themes that come inside the program.

use crate::source::Memory;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The embedded course.
pub fn course() -> Memory {
    Memory::embedded(COURSE)
}

/// The script that hands the embedded engine to a page, if `wasm` is that engine.
pub(crate) fn engine_script(wasm: &[u8]) -> Option<&'static str> {
    let (_, own) = THEMES.iter().find(|(path, _)| *path == "base/runtime/engine.wasm")?;
    (*own == wasm).then_some(ENGINE_SCRIPT)
}

/// The embedded themes, one folder each.
pub fn themes() -> Memory {
    Memory::embedded(THEMES)
}
