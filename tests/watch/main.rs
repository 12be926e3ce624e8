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
use kejian::watch::{Act, Change, Debouncer, Follower, Rhythm, Watcher, follow};
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

/// As when pictures come with the folder that they are in.
fn a_new_folder(folder: &Path, text: &str) {
    fs::create_dir_all(folder.join("recordings/first")).unwrap();
    for n in 0..1000 {
        fs::write(folder.join(format!("recordings/first/{n}.svg")), "<svg/>").unwrap();
    }
    by_temporary_file(folder, text);
}

const SAVES: [(&str, Save); 5] = [
    ("rename", by_rename),
    ("truncate", by_truncate),
    ("temporary-file", by_temporary_file),
    ("thousand-files", a_thousand_files),
    ("new-folder", a_new_folder),
];

/// As a program does that is busy, or saves over a network: the file is emptied, its first half
/// is written a little later, its second half later still. Only to be recorded.
fn in_two_goes(folder: &Path, text: &str) {
    let mut file = fs::File::create(folder.join(FILE)).unwrap();
    for half in text.as_bytes().chunks(text.len().div_ceil(2)) {
        thread::sleep(Duration::from_millis(25));
        file.write_all(half).unwrap();
    }
}

const RECORDED: [&str; 6] =
    ["rename", "truncate", "temporary-file", "thousand-files", "new-folder", "two-goes"];

/// The stream of a save: a line per change, microseconds and path, as the system told it.
#[test]
#[ignore = "no test: writes tests/watch/*.txt anew from the real file system, by hand with `--ignored`"]
fn record() {
    for (name, save) in SAVES.into_iter().chain([("two-goes", in_two_goes as Save)]) {
        let folder = course();
        let root = folder.path().canonicalize().unwrap();
        let (tell, told) = mpsc::channel();
        let start = Instant::now();
        // The time is that of the change, not that at which somebody asks for it.
        let stamp = move |change| drop(tell.send((start.elapsed(), change)));
        let mut watcher = Watcher::new(std::slice::from_ref(&root), stamp).unwrap();
        let begin = start.elapsed();
        let saving = thread::spawn(move || {
            save(folder.path(), &CHAPTER.replace('乙', "丙"));
            folder
        });
        let mut text = String::new();
        while let Ok((time, change)) = told.recv_timeout(Duration::from_secs(3)) {
            watcher.notice(&change).unwrap();
            let path = match &change {
                Change::File(path) => path.strip_prefix(&root).unwrap().display().to_string(),
                Change::Anything => "*".to_owned(),
            };
            writeln!(text, "{} {path}", time.saturating_sub(begin).as_micros()).unwrap();
        }
        drop(saving.join().unwrap());
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
        (Duration::from_micros(time.parse().unwrap()), change)
    };
    text.lines().map(line).collect()
}

/// What the debouncer does with a stream.
fn acts(stream: &[(Duration, Change)], rhythm: Rhythm) -> Vec<Act> {
    let mut debouncer = Debouncer::new(rhythm);
    let mut acts = Vec::new();
    for (time, change) in stream {
        // Everything that is due before this change is done before it.
        while let Some(due) = debouncer.due().filter(|due| due <= time) {
            acts.extend(debouncer.act(due));
        }
        debouncer.note(change, *time);
    }
    while let Some(due) = debouncer.due() {
        acts.extend(debouncer.act(due));
    }
    acts
}

/// The times between the changes of a stream.
fn gaps(stream: &[(Duration, Change)]) -> Vec<Duration> {
    stream.windows(2).map(|two| two[1].0.saturating_sub(two[0].0)).collect()
}

#[test]
fn every_recorded_save_leads_to_exactly_one_compile() {
    for name in RECORDED {
        let stream = recorded(name);
        assert!(!stream.is_empty(), "{name}");
        assert_eq!(acts(&stream, Rhythm::default()), [Act::Compile], "{name}");
    }
}

/// The streams hold the times at which things happened, so that too short a quiet shows: each gap
/// that is as long as the quiet divides the save, and no other does.
#[test]
fn a_quiet_that_is_too_short_compiles_in_the_midst_of_a_save() {
    let latest = Duration::from_secs(600);
    for name in RECORDED {
        let stream = recorded(name);
        let gaps = gaps(&stream);
        assert!(gaps.iter().any(|gap| !gap.is_zero()), "{name} has no times");
        let mut quiets: Vec<_> = (1..200).map(Duration::from_millis).chain(gaps.clone()).collect();
        quiets.retain(|quiet| !quiet.is_zero());
        quiets.sort_unstable();
        quiets.dedup();
        for quiet in quiets {
            let compiles = acts(&stream, Rhythm { quiet, latest, ..Rhythm::default() }).len();
            let divided = gaps.iter().filter(|gap| **gap >= quiet).count();
            assert_eq!(compiles, divided + 1, "{name} with a quiet of {quiet:?}");
        }
    }
    let hurried = Rhythm { quiet: Duration::from_millis(10), ..Rhythm::default() };
    assert_eq!(acts(&recorded("two-goes"), hurried), [Act::Compile; 3]);
}

/// A computer that is half as fast still compiles once.
#[test]
fn there_is_room_for_slower_computers() {
    for name in RECORDED {
        let mut stream = recorded(name);
        for (time, _) in &mut stream {
            *time = time.mul_f64(2.0);
        }
        assert_eq!(acts(&stream, Rhythm::default()), [Act::Compile], "{name}");
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
    let tell = move |change| drop(tell.send(change));
    let mut watcher = Watcher::new(std::slice::from_ref(&root), tell).unwrap();
    let live = Live::default();
    let (done, did) = mpsc::channel();
    let told = done.clone();
    let shown = live.clone();
    thread::spawn(move || {
        let compile = || {
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
        follow(&changes, rhythm, &mut watcher, &mut editor);
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
        let rounds = if ["thousand-files", "new-folder"].contains(&name) { 1 } else { 3 };
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

/// What fills a new folder is part of the save that makes it, so the folder is followed before
/// anything is compiled.
#[test]
fn a_new_folder_is_followed_at_once() {
    struct Idle;
    impl Follower for Idle {
        fn compile(&mut self) -> bool {
            panic!("it has not been quiet for ten minutes")
        }
        fn report(&mut self) {}
    }
    let folder = course();
    let root = folder.path().canonicalize().unwrap();
    let (tell, changes) = mpsc::channel();
    let (show, seen) = mpsc::channel();
    let both = move |change: Change| {
        show.send(change.clone()).ok();
        tell.send(change).ok();
    };
    let mut watcher = Watcher::new(std::slice::from_ref(&root), both).unwrap();
    let never = Duration::from_secs(600);
    let rhythm = Rhythm { quiet: never, latest: never, patience: never };
    thread::spawn(move || follow(&changes, rhythm, &mut watcher, &mut Idle));
    let picture = root.join("recordings/a.svg");
    fs::create_dir(root.join("recordings")).unwrap();
    // The first may come too early to be told of; that does no harm, since it is read later.
    for n in 0..600 {
        fs::write(&picture, format!("<svg id='{n}'/>")).unwrap();
        while let Ok(change) = seen.recv_timeout(Duration::from_millis(100)) {
            if change == Change::File(picture.clone()) {
                return;
            }
        }
    }
    panic!("nothing is told of the new folder");
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
