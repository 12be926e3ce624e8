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

/// What a YAML file of the embedded themes says, as JSON, if `yaml` is one of them.
pub(crate) fn json(yaml: &[u8]) -> Option<&'static str> {
    YAML.iter().find(|(own, _)| *own == yaml).map(|(_, json)| *json)
}

/// The embedded themes, one folder each.
pub fn themes() -> Memory {
    Memory::embedded(THEMES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::from_yaml;
    use serde_json::Value;

    #[test]
    fn what_was_read_beforehand_is_what_the_files_say() {
        assert!(YAML.len() > 50, "{}", YAML.len());
        for (yaml, json) in YAML {
            let said: Value = from_yaml(yaml).unwrap();
            assert_eq!(serde_json::from_str::<Value>(json).unwrap(), said, "{json}");
        }
    }
}
