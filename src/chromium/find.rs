//! Where browsers are on Linux, macOS and Windows.

use std::env;
use std::path::{Path, PathBuf};

/// Programs looked for in the folders of `PATH`, the best first.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];

/// Where macOS keeps them, below `/Applications` or the same folder of a user.
const MAC: [&str; 3] = [
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
];

/// Where Windows keeps them, below a folder of programs.
const WINDOWS: [&str; 3] = [
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
];

/// The browser of this machine: the one that `KEJIAN_BROWSER` names, else Chrome, Edge or
/// Chromium where they are usually found.
pub fn find() -> Option<PathBuf> {
    match env::var_os("KEJIAN_BROWSER").filter(|value| !value.is_empty()) {
        // A name that is wrong is not silently replaced by another browser.
        Some(named) => Some(PathBuf::from(named)).filter(|path| path.is_file()),
        None => candidates(&|name| env::var_os(name).map(PathBuf::from))
            .into_iter()
            .find(|path| path.is_file()),
    }
}

/// Every place where a browser may be, the best first.
fn candidates(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Vec<PathBuf> {
    let mut places = Vec::new();
    let path = variable("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let suffix = if cfg!(windows) { ".exe" } else { "" };
    for name in NAMES {
        places.extend(folders.iter().map(|folder| folder.join(format!("{name}{suffix}"))));
    }
    if cfg!(target_os = "macos") {
        let folders = [Some(PathBuf::from("/")), variable("HOME")];
        for folder in folders.into_iter().flatten() {
            places.extend(MAC.map(|program| folder.join("Applications").join(program)));
        }
    }
    if cfg!(windows) {
        for folder in ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"] {
            let below = |folder: PathBuf| WINDOWS.map(|program| folder.join(program));
            places.extend(variable(folder).map(below).into_iter().flatten());
        }
    }
    places.push(Path::new("/snap/bin/chromium").to_owned());
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_in_the_folders_of_the_path_for_the_best_name_first() {
        let path = env::join_paths(["/a", "/b"]).unwrap();
        let places = candidates(&|name| (name == "PATH").then(|| PathBuf::from(&path)));
        let suffix = if cfg!(windows) { ".exe" } else { "" };
        let at = |wanted: &str| {
            let wanted = PathBuf::from(format!("{wanted}{suffix}"));
            places.iter().position(|place| *place == wanted).expect(suffix)
        };
        assert!(at("/a/chromium") < at("/b/chromium"));
        assert!(at("/b/chromium") < at("/a/google-chrome"));
        assert!(at("/b/google-chrome") < at("/a/msedge"));
    }
}
