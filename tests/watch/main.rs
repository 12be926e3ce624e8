//! Saving, as the operating system tells it: exactly one compile per save on recorded streams,
//! and on the real file system the last compile is that of the last state.
//!
//! `cargo test --test watch -- --ignored record` records the streams anew, on this system.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::compile::{Options, compile};
use kejian::embedded;
use kejian::serve::{Draft, Editor, Live, News, Trouble};
use kejian::site::Site;
use kejian::source::Disk;
use kejian::watch::{Act, Change, Debouncer, Rhythm, Watcher, follow};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use std::{fs, thread};
use tempfile::TempDir;

const CHAPTER: &str = "title: 一\nslides:\n  - title: 甲\n    body: |\n      乙\n";
const FILE: &str = "chapters/01-a.yaml";

/// A small course on disk.
fn course() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("chapters")).unwrap();
    fs::create_dir_all(folder.path().join("media/pictures")).unwrap();
    let text = "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a]}]\n";
    fs::write(folder.path().join("course.yaml"), text).unwrap();
    fs::write(folder.path().join(FILE), CHAPTER).unwrap();
    folder
}

/// A way in which programs save.
type Save = fn(&Path, &str);

/// As vim does: the old file becomes the backup, a new one is written, the backup goes.
fn by_rename(folder: &Path, text: &str) {
    let file = folder.join(FILE);
    let probe = folder.join("chapters/4913");
    fs::write(&probe, "").unwrap();
    fs::remove_file(probe).unwrap();
    let backup = folder.join("chapters/01-a.yaml~");
    fs::rename(&file, &backup).unwrap();
    fs::write(&file, text).unwrap();
    fs::remove_file(backup).unwrap();
}

/// As nano and VS Code do: the file is emptied and written again, in pieces.
fn by_truncate(folder: &Path, text: &str) {
    let mut file = fs::File::create(folder.join(FILE)).unwrap();
    for piece in text.as_bytes().chunks(16) {
        file.write_all(piece).unwrap();
        file.sync_data().unwrap();
    }
}

/// As careful programs do: another file is written, and takes the place of the old one.
fn by_temporary_file(folder: &Path, text: &str) {
    let temporary = folder.join("chapters/.01-a.yaml.x7f3");
    fs::write(&temporary, text).unwrap();
    fs::rename(temporary, folder.join(FILE)).unwrap();
}

/// As a version control tool does when it changes to another branch.
fn a_thousand_files(folder: &Path, text: &str) {
    for n in 0..1000 {
        fs::write(folder.join(format!("media/pictures/{n}.svg")), "<svg/>").unwrap();
    }
    by_temporary_file(folder, text);
}

const SAVES: [(&str, Save); 4] = [
    ("rename", by_rename),
    ("truncate", by_truncate),
    ("temporary-file", by_temporary_file),
    ("thousand-files", a_thousand_files),
];

/// The stream of a save: a line per change, milliseconds and path.
#[test]
#[ignore = "no test: writes tests/watch/*.txt anew from the real file system, by hand with `--ignored`"]
fn record() {
    for (name, save) in SAVES {
        let folder = course();
        let (tell, changes) = mpsc::channel();
        let _watcher = Watcher::new(&[folder.path().to_owned()], tell).unwrap();
        let root = folder.path().canonicalize().unwrap();
        let start = Instant::now();
        save(folder.path(), &CHAPTER.replace('乙', "丙"));
        let mut text = String::new();
        while let Ok(change) = changes.recv_timeout(Duration::from_millis(500)) {
            let path = match &change {
                Change::File(path) => path.strip_prefix(&root).unwrap().display().to_string(),
                Change::Anything => "*".to_owned(),
            };
            writeln!(text, "{} {path}", start.elapsed().as_millis()).unwrap();
        }
        let out = format!("tests/watch/{name}.txt");
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(out), text).unwrap();
    }
}

fn recorded(name: &str) -> Vec<(Duration, Change)> {
    let path = format!("{}/tests/watch/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let line = |line: &str| {
        let (time, path) = line.split_once(' ').unwrap();
        let change = match path {
            "*" => Change::Anything,
            path => Change::File(path.into()),
        };
        (Duration::from_millis(time.parse().unwrap()), change)
    };
    text.lines().map(line).collect()
}

#[test]
fn every_recorded_save_leads_to_exactly_one_compile() {
    for (name, _) in SAVES {
        let stream = recorded(name);
        assert!(!stream.is_empty(), "{name}");
        let mut debouncer = Debouncer::new(Rhythm::default());
        let mut acts = Vec::new();
        for (time, change) in &stream {
            // Everything that is due before this change is done before it.
            while let Some(due) = debouncer.due().filter(|due| due <= time) {
                acts.extend(debouncer.act(due));
            }
            debouncer.note(change, *time);
        }
        while let Some(due) = debouncer.due() {
            acts.extend(debouncer.act(due));
        }
        assert_eq!(acts, [Act::Compile], "{name}");
    }
}

fn fresh(folder: &Path) -> Draft {
    let outcome = compile(&Disk::new(folder), &embedded::themes(), &Options::default());
    let trouble = outcome.site.is_none().then(Trouble::default);
    Draft { site: outcome.site, trouble, said: format!("{:?}", outcome.diagnostics) }
}

/// What the editor did.
#[derive(Debug, PartialEq)]
enum Did {
    Compiled,
    Updated,
    Broken,
}

/// An editor that follows a course on disk in a thread of its own.
struct Running {
    live: Live,
    did: Receiver<Did>,
}

fn run(folder: &Path, rhythm: Rhythm) -> Running {
    let (tell, changes) = mpsc::channel();
    let root: PathBuf = folder.to_owned();
    let mut watcher = Watcher::new(std::slice::from_ref(&root), tell).unwrap();
    let live = Live::default();
    let (done, did) = mpsc::channel();
    let told = done.clone();
    let shown = live.clone();
    thread::spawn(move || {
        let compile = || {
            watcher.refresh().ok();
            let draft = fresh(&root);
            done.send(Did::Compiled).ok();
            draft
        };
        let tell = |news: News<'_>| {
            let did = if matches!(news, News::Updated(..)) { Did::Updated } else { Did::Broken };
            told.send(did).ok();
        };
        let mut editor = Editor::new(shown, compile, tell);
        editor.begin();
        follow(&changes, rhythm, &mut editor);
    });
    let running = Running { live, did };
    running.until(&Did::Updated);
    running
}

impl Running {
    /// Waits for something to be done; everything done until then.
    fn until(&self, wanted: &Did) -> Vec<Did> {
        let mut all = Vec::new();
        loop {
            let did = self.did.recv_timeout(Duration::from_secs(60)).expect("nothing is done");
            let end = did == *wanted;
            all.push(did);
            if end {
                return all;
            }
        }
    }

    /// Waits until the state of `folder` is shown.
    fn shows(&self, folder: &Path) -> Vec<Did> {
        let wanted: Site = fresh(folder).site.unwrap();
        let mut all = Vec::new();
        while self.live.now().site != wanted {
            all.extend(self.until(&Did::Updated));
        }
        all
    }
}

#[test]
fn the_last_compile_is_that_of_the_last_state_and_no_half_saved_file_is_shown_as_broken() {
    for (name, save) in SAVES {
        let folder = course();
        let running = run(folder.path(), Rhythm::default());
        let rounds = if name == "thousand-files" { 1 } else { 3 };
        for n in 0..rounds {
            save(folder.path(), &CHAPTER.replace('乙', &format!("丙{n}")));
            let did = running.shows(folder.path());
            assert!(!did.contains(&Did::Broken), "{name}: {did:?}");
        }
    }
}

#[test]
fn a_save_in_two_halves_is_not_shown_as_broken() {
    let folder = course();
    let patience = Duration::from_secs(600);
    let running = run(folder.path(), Rhythm { patience, ..Rhythm::default() });
    let mut file = fs::File::create(folder.path().join(FILE)).unwrap();
    file.write_all(b"title: \xe4\xb8\x80\nslides:\n  - tit").unwrap();
    running.until(&Did::Compiled);
    assert!(running.live.now().trouble.is_none(), "half a file is no reason to complain");
    file.write_all("le: 甲\n    body: |\n      丁\n".as_bytes()).unwrap();
    drop(file);
    let did = running.shows(folder.path());
    assert!(!did.contains(&Did::Broken), "{did:?}");
}

#[test]
fn a_broken_file_is_shown_and_mending_it_clears_it() {
    let folder = course();
    let running = run(folder.path(), Rhythm::default());
    let good = running.live.now().site.clone();
    fs::write(folder.path().join(FILE), CHAPTER.replace("title: 甲", "titel: 甲")).unwrap();
    running.until(&Did::Broken);
    let state = running.live.now();
    assert!(state.trouble.is_some());
    assert_eq!(state.site, good, "the last good version stays below");
    fs::write(folder.path().join(FILE), CHAPTER).unwrap();
    running.until(&Did::Updated);
    assert!(running.live.now().trouble.is_none());
}

#[test]
fn folders_that_appear_or_are_made_again_are_followed() {
    let folder = course();
    let running = run(folder.path(), Rhythm::default());
    let picture = folder.path().join("media/a/b/p.svg");
    fs::create_dir_all(picture.parent().unwrap()).unwrap();
    fs::write(&picture, "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    let text = CHAPTER.replace('乙', "![图](media/a/b/p.svg)");
    by_truncate(folder.path(), &text);
    running.shows(folder.path());
    fs::write(&picture, "<svg xmlns='http://www.w3.org/2000/svg' id='b'/>").unwrap();
    running.shows(folder.path());
    // As when a branch without the folder is visited.
    fs::remove_dir_all(folder.path().join("chapters")).unwrap();
    fs::create_dir(folder.path().join("chapters")).unwrap();
    for n in 0..3 {
        by_truncate(folder.path(), &text.replace("甲", &format!("戊{n}")));
        running.shows(folder.path());
    }
}
