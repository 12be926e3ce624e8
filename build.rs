//! Compiles the course in `content/` and the themes in `themes/` into the program.

#[path = "src/render/pack.rs"]
mod pack;
#[path = "src/render/squeeze/script/mod.rs"]
mod script;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut code = String::new();
    for (name, folder) in [("COURSE", "content"), ("THEMES", "themes")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), "", &mut files)?;
        files.sort();
        let _ = writeln!(code, "const {name}: &[(&str, &[u8])] = &[");
        for (relative, absolute) in &files {
            let literal = format!("{:?}", absolute.display().to_string());
            let _ = writeln!(code, "    ({relative:?}, include_bytes!({literal})),");
        }
        code.push_str("];\n");
        if folder == "themes" {
            code.push_str(&yaml(&files, &out)?);
        }
    }
    let wasm = fs::read(root.join("themes/base/runtime/engine.wasm"))?;
    fs::write(out.join("engine.js"), pack::engine_script(&wasm)?)?;
    code.push_str(
        "const ENGINE_SCRIPT: &str = include_str!(concat!(env!(\"OUT_DIR\"), \"/engine.js\"));\n",
    );
    code.push_str(&scripts(&root.join("themes/base"), &out)?);
    fs::write(out.join("embedded.rs"), code)
}

/// Squeezes the scripts that the base theme makes of its files: name and files of each, and what
/// comes of them.
fn scripts(theme: &Path, out: &Path) -> io::Result<String> {
    let manifest = fs::read_to_string(theme.join("theme.yaml"))?;
    let manifest: serde_yaml::Value = serde_yaml::from_str(&manifest).map_err(io::Error::other)?;
    let mut code = String::from("const SCRIPTS: &[(&[&str], &str)] = &[\n");
    for (name, files) in manifest["bundles"].as_mapping().into_iter().flatten() {
        let Some(name) = name.as_str() else { continue };
        if Path::new(name).extension().is_none_or(|extension| extension != "js") {
            continue;
        }
        let files = files.as_sequence().into_iter().flatten().filter_map(|file| file.as_str());
        let files: Vec<&str> = files.collect();
        let mut whole = String::new();
        for file in &files {
            whole.push_str(&fs::read_to_string(theme.join(file))?);
            whole.push('\n');
        }
        let short = format!("squeezed-{name}");
        fs::write(out.join(&short), script::squeeze(&whole))?;
        let _ = writeln!(
            code,
            "    (&{files:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{short}\"))),"
        );
    }
    code.push_str("];\n");
    Ok(code)
}

/// Reads the YAML files of the themes: each, and what it says as JSON, which is read in a tenth of
/// the time.
fn yaml(files: &[(String, PathBuf)], out: &Path) -> io::Result<String> {
    let mut code = String::from("const YAML: &[(&[u8], &str)] = &[\n");
    for (place, (relative, absolute)) in files.iter().enumerate() {
        if absolute.extension().is_some_and(|extension| extension == "yaml") {
            let value: serde_yaml::Value =
                serde_yaml::from_str(&fs::read_to_string(absolute)?).map_err(io::Error::other)?;
            let short = format!("{}.json", relative.replace('/', "-"));
            fs::write(out.join(&short), serde_json::to_vec(&value)?)?;
            let read = format!("include_str!(concat!(env!(\"OUT_DIR\"), \"/{short}\"))");
            let _ = writeln!(code, "    (THEMES[{place}].1, {read}),");
        }
    }
    code.push_str("];\n");
    Ok(code)
}

/// Gathers the files below `folder` as (path relative to it, absolute path); hidden ones stay out.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let relative = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{relative}/"), files)?;
        } else {
            files.push((relative, entry.path()));
        }
    }
    Ok(())
}
