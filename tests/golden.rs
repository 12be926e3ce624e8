//! A whole site as it was when somebody last read it: `tests/golden/course` makes
//! `tests/golden/site`.
//!
//! Golden are the list of files, every page and every deck's notes, line for line, with what a page hands to its
//! scripts set out as JSON. Left out is what changes without the pages changing: digests in the
//! names of shared files (that they are right is tested here), the content of styles and scripts,
//! and the interface words handed to scripts (they must be those of the locale).
//!
//! `KEJIAN_GOLDEN=write cargo test --test golden` writes the folder anew; read the difference.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::compile::{Options, compile};
use kejian::embedded;
use kejian::site::Site;
use kejian::source::Disk;
use kejian::theme::{BASE, Words};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const DATA: &str = "<script type=\"application/json\" id=\"kejian-data\">";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn site() -> Site {
    let outcome = compile(&Disk::new(folder("course")), &embedded::themes(), &Options::default());
    assert_eq!(outcome.diagnostics, [], "there is nothing to say about the course");
    outcome.site.unwrap()
}

/// The names of shared files as pages know them, and without their digests.
fn shared(site: &Site) -> BTreeMap<String, String> {
    let is_shared = |path: &str| path.starts_with("assets/") || path.contains("/assets/");
    let paths = site.files.iter().filter(|(path, _)| is_shared(path.as_str()));
    paths
        .map(|(path, bytes)| {
            let parts: Vec<&str> = path.as_str().rsplitn(3, '.').collect();
            let [extension, digest, stem] = parts[..] else { panic!("{path} has no digest") };
            let sum = Sha256::digest(bytes).iter().take(6).fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
            assert_eq!(digest, sum, "the name of {path} is not made of its content");
            (path.to_string(), format!("{stem}.{extension}"))
        })
        .collect()
}

/// Takes the interface words out of what a page hands to its scripts, and sets out the rest.
fn set_out(data: &str, path: &str, tag: &str) -> String {
    let mut data: Value = serde_json::from_str(data).unwrap();
    let locale = Words::load(&embedded::themes(), &[BASE], tag).unwrap();
    let words = data.as_object_mut().unwrap().shift_remove("words").unwrap();
    for (key, word) in words.as_object().unwrap() {
        if let Some(word) = word.as_str() {
            let said = locale.say::<&str, &str>(key, &[]);
            assert_eq!(word, said, "{path}: {key} is not the word of the locale");
        }
        assert!(locale.has(key), "{path}: {key} is no word of the locale");
    }
    serde_json::to_string_pretty(&data).unwrap()
}

/// A page so that a difference can be read: an element a line, its data set out.
fn readable(page: &str, path: &str, shared: &BTreeMap<String, String>) -> String {
    let page = shared.iter().fold(page.to_owned(), |page, (name, plain)| page.replace(name, plain));
    let (before, rest) = page.split_once(DATA).unwrap();
    let (data, after) = rest.split_once("</script>").unwrap();
    let tag = before.split_once("<html lang=\"").unwrap().1.split('"').next().unwrap();
    let html = |text: &str| text.replace("><", ">\n<");
    format!("{}{DATA}\n{}\n</script>{}", html(before), set_out(data, path, tag), html(after))
}

/// What is golden of the site, by path in the golden folder.
fn golden(site: &Site) -> BTreeMap<String, String> {
    let shared = shared(site);
    let mut golden = BTreeMap::new();
    let mut list = Vec::new();
    for (path, bytes) in &site.files {
        let plain = shared.get(path.as_str()).map_or(path.as_str(), String::as_str);
        list.push(format!("{plain}\n"));
        if path.extension() == "html" {
            let page = readable(std::str::from_utf8(bytes).unwrap(), path.as_str(), &shared);
            golden.insert(plain.to_owned(), page);
        } else if path.file_name().starts_with("notes-") {
            // The notes of a deck are loaded as a script, but what they say is the author's.
            golden.insert(plain.to_owned(), String::from_utf8(bytes.to_vec()).unwrap());
        }
    }
    // In the order of the names without their digests, which change with every style.
    list.sort();
    golden.insert("files.txt".to_owned(), list.concat());
    golden
}

fn tree(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            tree(&entry.path(), &format!("{name}/"), found);
        } else {
            let text = fs::read_to_string(entry.path()).unwrap();
            found.insert(name, text.replace("\r\n", "\n"));
        }
    }
}

/// The first lines that differ.
fn difference(was: &str, is: &str) -> String {
    let at = was.lines().zip(is.lines()).take_while(|(was, is)| was == is).count();
    let line = |text: &str| text.lines().nth(at).unwrap_or("(the end)").to_owned();
    format!("line {}\n  was {}\n  is  {}", at + 1, line(was), line(is))
}

#[test]
fn the_site_is_as_it_was() {
    let is = golden(&site());
    let folder = folder("site");
    if std::env::var("KEJIAN_GOLDEN").is_ok_and(|wish| wish == "write") {
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in &is {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }
    let mut was = BTreeMap::new();
    tree(&folder, "", &mut was);
    let mut report = String::new();
    for path in is.keys().chain(was.keys().filter(|path| !is.contains_key(*path))) {
        let _ = match (was.get(path), is.get(path)) {
            (Some(was), Some(is)) if was == is => Ok(()),
            (Some(was), Some(is)) => writeln!(report, "{path}: {}", difference(was, is)),
            (None, _) => writeln!(report, "{path}: is new"),
            (_, None) => writeln!(report, "{path}: is gone"),
        };
    }
    assert!(
        report.is_empty(),
        "the site differs from {}; if that is right, KEJIAN_GOLDEN=write writes it anew\n{report}",
        folder.display()
    );
}

/// Pictures go into the site as they are.
#[test]
fn pictures_are_the_authors() {
    let site = site();
    let picture = fs::read(folder("course/media/kettle.svg")).unwrap();
    let copies: Vec<_> = site.files.iter().filter(|(path, _)| path.extension() == "svg").collect();
    assert_eq!(copies.len(), 1, "the picture is there once for both languages");
    assert_eq!(copies[0].1[..], picture[..]);
}
