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

/// A script of the base theme, squeezed, if `source` is made of its files.
pub(crate) fn script(source: &str) -> Option<&'static str> {
    let is_made_of = |files: &[&str]| {
        let rest = files.iter().try_fold(source.as_bytes(), |rest, file| {
            let path = format!("base/{file}");
            let (_, own) = THEMES.iter().find(|(name, _)| *name == path)?;
            rest.strip_prefix(*own)?.strip_prefix(b"\n")
        });
        rest.is_some_and(<[u8]>::is_empty)
    };
    SCRIPTS.iter().find(|(files, _)| is_made_of(files)).map(|(_, squeezed)| *squeezed)
}

/// The embedded themes, one folder each.
pub fn themes() -> Memory {
    Memory::embedded(THEMES)
}
