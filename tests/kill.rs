//! A build that is killed at any moment leaves every page whole, with everything it asks for,
//! and the next build makes what a fresh one makes.
//!
//! The moment is chosen by what the program has done so far, not by a clock: it is killed after
//! a seeded number of changes in the output folder.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use notify::{RecursiveMode, Watcher as _};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

type Tree = BTreeMap<String, Vec<u8>>;

fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    let mut next = vec![folder.to_owned()];
    while let Some(inside) = next.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                next.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Two versions of a course that differ in chapters, texts and a picture.
fn versions(folder: &Path) -> [std::path::PathBuf; 2] {
    ["a", "b"].map(|version| {
        let course = folder.join(version);
        fs::create_dir_all(course.join("chapters")).unwrap();
        fs::create_dir_all(course.join("media")).unwrap();
        let picture = format!("<svg xmlns='http://www.w3.org/2000/svg' id='{version}'/>");
        fs::write(course.join("media/p.svg"), picture).unwrap();
        let extra = format!("only-{version}");
        let stems = ["01-one", "02-two", "03-three", extra.as_str()];
        for (n, stem) in stems.into_iter().enumerate() {
            let text = format!(
                "title: {version}{n}\nslides:\n  - id: s{n}\n    title: {version}\n    notes: 说 {version}\n    body: |\n      ![图](media/p.svg)\nquestions:\n  - {{kind: true_false, prompt: {version}{n}？, answer: true}}\n"
            );
            fs::write(course.join(format!("chapters/{stem}.yaml")), text).unwrap();
        }
        let listed = stems.join(", ");
        let text = format!(
            "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{{title: 一, chapters: [{listed}]}}]\n"
        );
        fs::write(course.join("course.yaml"), text).unwrap();
        course
    })
}

fn build(course: &Path, output: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_kejian"))
        .arg("build")
        .arg(course)
        .arg("-o")
        .arg(output)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Builds, and kills the program after so many changes in the output folder. Returns how many
/// there were and whether the program had come to its end.
fn build_until(course: &Path, output: &Path, changes: u64) -> (u64, bool) {
    let (tell, told) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading is nothing that a kill could spoil.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = tell.send(());
        }
    })
    .unwrap();
    watcher.watch(output, RecursiveMode::Recursive).unwrap();
    let mut program = build(course, output);
    let mut seen = 0;
    let finished = loop {
        if seen == changes {
            break false;
        }
        match told.recv_timeout(Duration::from_millis(20)) {
            Ok(()) => seen += 1,
            Err(RecvTimeoutError::Timeout) if program.try_wait().unwrap().is_none() => {}
            Err(_) => break true,
        }
    };
    program.kill().unwrap();
    program.wait().unwrap();
    (seen, finished)
}

/// The addresses in a page that are files beside it: in its elements, and the shared files that
/// it tells its scripts to load later.
fn asked_for(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in page.match_indices("assets/") {
        let start = page[..at].rfind('"').unwrap() + 1;
        found.push(page[start..].split('"').next().unwrap());
    }
    for attribute in [" src=\"", " href=\""] {
        for (at, _) in page.match_indices(attribute) {
            let rest = &page[at + attribute.len()..];
            let address = rest.split('"').next().unwrap().split(['#', '?']).next().unwrap();
            if !address.is_empty() && !address.contains(':') {
                found.push(address);
            }
        }
    }
    found
}

#[test]
fn a_build_killed_at_any_of_fifty_moments_leaves_whole_pages() {
    let folder = tempfile::tempdir().unwrap();
    let courses = versions(folder.path());
    let fresh = courses.each_ref().map(|course| {
        let output = folder.path().join(format!("fresh-{}", course.file_name().unwrap().display()));
        assert!(build(course, &output).wait().unwrap().success());
        tree(&output)
    });
    let output = folder.path().join("site");
    assert!(build(&courses[0], &output).wait().unwrap().success());
    let mut seed = 20_261_124_u64;
    let (mut interrupted, mut changes) = (0, 0);
    for round in 1..=51 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = if round == 1 { u64::MAX } else { (seed >> 33) % changes };
        let (new, old) = (round % 2, (round + 1) % 2);
        let (seen, finished) = build_until(&courses[new], &output, moment);
        if round == 1 {
            // The first round runs to its end and tells how many changes there are.
            assert!(finished);
            changes = seen;
        }
        interrupted += usize::from(!finished);
        for (path, bytes) in tree(&output) {
            if Path::new(&path).extension().is_none_or(|extension| extension != "html") {
                continue;
            }
            let whole = [new, old].into_iter().any(|one| fresh[one].get(&path) == Some(&bytes));
            assert!(whole, "round {round}: {path} is neither the old page nor the new one");
            let page = String::from_utf8(bytes).unwrap();
            let beside = output.join(&path);
            let assets: Vec<&str> =
                asked_for(&page).into_iter().filter(|it| it.contains("assets/")).collect();
            if path.ends_with("deck.html") {
                for kind in ["/present.", "/notes-"] {
                    assert!(assets.iter().any(|it| it.contains(kind)), "{path} loads {kind} later");
                }
            }
            for address in assets {
                let asset = beside.parent().unwrap().join(address);
                assert!(asset.is_file(), "round {round}: {path} asks for {address}");
            }
        }
        assert!(build(&courses[new], &output).wait().unwrap().success());
        assert!(
            tree(&output) == fresh[new],
            "round {round}: the next build differs from a fresh one"
        );
    }
    assert!(interrupted >= 30, "only {interrupted} of 50 builds were still at work when killed");
}
