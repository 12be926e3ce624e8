//! What the commands say: transcripts in `tests/cli/`, run as they stand. Each begins in a copy
//! of `<name>.in`; that there is a `<name>.out` makes it a copy. `TRYCMD=overwrite cargo test --test cli` writes them anew; read
//! the difference before it is committed.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.md").env("NO_COLOR", "1").env("LC_ALL", "C");
}

/// Every command has its transcript, which runs it.
#[test]
fn every_command_has_a_transcript() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for entry in std::fs::read_dir(root.join("src/cli")).expect("src/cli") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if !text.contains("pub(super) fn run(") {
            continue;
        }
        let transcript = root.join(format!("tests/cli/{name}.md"));
        let said = std::fs::read_to_string(&transcript).unwrap_or_default();
        if !said.contains(&format!("$ kejian {name} ")) {
            missing.push(format!("command `{name}` has no tests/cli/{name}.md that runs it"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
