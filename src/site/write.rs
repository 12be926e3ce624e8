//! Brings a site to a folder so that a kill at any moment leaves every page whole.
//!
//! 1. The folder is refused if it is or contains the course, or holds files that are not ours.
//! 2. Temporary files of an earlier, interrupted write are swept.
//! 3. The manifest is written with the old and the new files, so that whatever comes next is
//!    known to be ours.
//! 4. Shared assets, then pages: each to a temporary file, then renamed. Only what changed. Where
//!    there was nothing, the whole site goes to a temporary folder, and its folders are moved out of
//!    it: assets first.
//! 5. Stale files are removed, pages before assets, then the manifest names the new files alone.

use super::Site;
use crate::parallel::each;
use crate::source::RelPath;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file that says which files of a folder are ours.
pub const MANIFEST: &str = ".kejian-manifest";

/// How the name of every temporary file begins.
pub const TEMPORARY: &str = ".kejian-tmp-";

/// The temporary folder of a site that is written for the first time.
const STAGE: &str = ".kejian-tmp-new";

/// The folder of what pages share.
const ASSETS: &str = "assets";

/// Why a site could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is not empty and has no manifest.
    NotOurs(PathBuf),
    /// The folder is the course, or contains it.
    HoldsCourse(PathBuf),
    /// A page would overwrite a file that is not ours.
    Foreign(PathBuf),
    /// The machine refused.
    Io(PathBuf, io::Error),
}

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files written because they were new or had changed.
    pub changed: usize,
    /// Files that were already right.
    pub same: usize,
    /// Stale files removed.
    pub removed: usize,
}

/// One thing to do; the order of steps is what makes an interruption harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Manifest(BTreeSet<RelPath>),
    Write(RelPath),
    Remove(RelPath),
    /// Writes a file to the temporary folder.
    Stage(RelPath),
    /// Moves what the temporary folder has under this name to its place.
    Show(String),
}

impl Step {
    /// Whether it does not matter which of the two is done first: both write assets, or pages.
    fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Write(one), Self::Write(other)) => is_asset(one) == is_asset(other),
            (Self::Stage(_), Self::Stage(_)) => true,
            (Self::Show(one), Self::Show(other)) => (one == ASSETS) == (other == ASSETS),
            _ => false,
        }
    }
}

/// What a path begins with: a folder of the site, or a file at its root.
fn top(path: &RelPath) -> &str {
    path.as_str().split('/').next().unwrap_or_default()
}

fn is_asset(path: &RelPath) -> bool {
    top(path) == ASSETS
}

/// Writes `site` to `folder`. `course` is the folder of the sources, if they are on disk.
pub fn write(site: &Site, folder: &Path, course: Option<&Path>) -> Result<Written, WriteError> {
    let target = Target::open(folder, course)?;
    let (steps, mut written) = target.plan(site)?;
    // Pages wait for all assets, but not for each other.
    for alike in steps.chunk_by(Step::is_beside) {
        each(alike).try_for_each(|step| target.perform(site, step))?;
    }
    for step in &steps {
        match step {
            Step::Write(_) | Step::Stage(_) => written.changed += 1,
            Step::Remove(_) => written.removed += 1,
            Step::Manifest(_) | Step::Show(_) => {}
        }
    }
    // It is empty; should it stay, the next write sweeps it.
    let _ = fs::remove_dir(folder.join(STAGE));
    Ok(written)
}

/// What stands in a file's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Nothing,
    Same,
    Other,
}

struct Target<'a> {
    folder: &'a Path,
    listed: BTreeSet<RelPath>,
    /// Whether there was nothing in the folder.
    is_new: bool,
}

fn io_at(path: &Path) -> impl Fn(io::Error) -> WriteError + '_ {
    move |error| WriteError::Io(path.to_owned(), error)
}

impl<'a> Target<'a> {
    fn open(folder: &'a Path, course: Option<&Path>) -> Result<Self, WriteError> {
        fs::create_dir_all(folder).map_err(io_at(folder))?;
        let here = folder.canonicalize().map_err(io_at(folder))?;
        let course = course.and_then(|course| course.canonicalize().ok());
        if course.is_some_and(|course| course.starts_with(&here)) {
            return Err(WriteError::HoldsCourse(folder.to_owned()));
        }
        let manifest = folder.join(MANIFEST);
        let listed = match fs::read_to_string(&manifest) {
            Ok(text) => Some(text.lines().filter_map(RelPath::new).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut entries = fs::read_dir(folder).map_err(io_at(folder))?;
                // What an interrupted first write left may be all there is.
                let foreign = entries.any(|entry| {
                    entry.is_ok_and(|it| !it.file_name().to_string_lossy().starts_with(TEMPORARY))
                });
                if foreign {
                    return Err(WriteError::NotOurs(folder.to_owned()));
                }
                None
            }
            Err(error) => return Err(WriteError::Io(manifest, error)),
        };
        let is_new = listed.is_none();
        let target = Self { folder, listed: listed.unwrap_or_default(), is_new };
        target.sweep(folder)?;
        Ok(target)
    }

    /// Removes the temporary files that an interrupted write left in our folders.
    fn sweep(&self, folder: &Path) -> Result<(), WriteError> {
        let mut folders: BTreeSet<PathBuf> = BTreeSet::from([folder.to_owned()]);
        folders.extend(
            self.listed.iter().filter_map(|path| Some(self.path(path).parent()?.to_owned())),
        );
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            for entry in fs::read_dir(folder).map_err(io_at(folder))?.flatten() {
                if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                    let path = entry.path();
                    let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                    let removed =
                        if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                    removed.map_err(io_at(&path))?;
                }
            }
        }
        Ok(())
    }

    fn path(&self, path: &RelPath) -> PathBuf {
        path.as_str().split('/').fold(self.folder.to_owned(), |folder, part| folder.join(part))
    }

    /// What stands where `bytes` are to be written.
    fn there(&self, path: &RelPath, bytes: &[u8]) -> There {
        let place = self.path(path);
        match fs::read(&place) {
            Ok(there) if there == bytes => There::Same,
            Ok(_) => There::Other,
            // A folder, or a file that may not be read.
            Err(error) if error.kind() != io::ErrorKind::NotFound && place.exists() => There::Other,
            Err(_) => There::Nothing,
        }
    }

    fn plan(&self, site: &Site) -> Result<(Vec<Step>, Written), WriteError> {
        if self.is_new {
            return Ok((first_steps(site), Written::default()));
        }
        let mut written = Written::default();
        let (mut assets, mut pages) = (Vec::new(), Vec::new());
        let files = each(site.files.iter().collect::<Vec<_>>());
        let there: Vec<There> = files.map(|(path, bytes)| self.there(path, bytes)).collect();
        for (path, there) in site.files.keys().zip(there) {
            if there == There::Other && !self.listed.contains(path) {
                return Err(WriteError::Foreign(self.path(path)));
            }
            if there == There::Same {
                written.same += 1;
            } else if is_asset(path) {
                assets.push(Step::Write(path.clone()));
            } else {
                pages.push(Step::Write(path.clone()));
            }
        }
        let new: BTreeSet<RelPath> = site.files.keys().cloned().collect();
        let stale = self.listed.difference(&new).filter(|path| self.path(path).is_file());
        // A stale page may still be open in a browser: it goes before what it asks for.
        let (assets_gone, mut gone): (Vec<&RelPath>, Vec<&RelPath>) =
            stale.partition(|path| is_asset(path));
        gone.extend(assets_gone);
        let removals: Vec<Step> = gone.into_iter().cloned().map(Step::Remove).collect();
        if assets.is_empty() && pages.is_empty() && removals.is_empty() && self.listed == new {
            return Ok((Vec::new(), written));
        }
        let both = self.listed.union(&new).cloned().collect();
        let mut steps = vec![Step::Manifest(both)];
        steps.extend(assets);
        steps.extend(pages);
        steps.extend(removals);
        steps.push(Step::Manifest(new));
        Ok((steps, written))
    }

    fn perform(&self, site: &Site, step: &Step) -> Result<(), WriteError> {
        match step {
            Step::Manifest(paths) => {
                let text =
                    paths.iter().fold(String::new(), |text, path| text + path.as_str() + "\n");
                replace(&self.folder.join(MANIFEST), text.as_bytes())
            }
            Step::Write(path) => match site.files.get(path) {
                Some(bytes) => replace(&self.path(path), bytes),
                None => Ok(()),
            },
            Step::Stage(path) => match site.files.get(path) {
                Some(bytes) => put(&self.folder.join(STAGE).join(path.as_str()), bytes),
                None => Ok(()),
            },
            Step::Show(name) => {
                let place = self.folder.join(name);
                fs::rename(self.folder.join(STAGE).join(name), &place).map_err(io_at(&place))
            }
            Step::Remove(path) => {
                let place = self.path(path);
                fs::remove_file(&place).map_err(io_at(&place))?;
                // A folder that has become empty goes too; one with foreign files stays.
                let mut folder = place.parent();
                while let Some(empty) = folder.filter(|folder| *folder != self.folder) {
                    if fs::remove_dir(empty).is_err() {
                        break;
                    }
                    folder = empty.parent();
                }
                Ok(())
            }
        }
    }
}

/// The steps where there is nothing yet.
fn first_steps(site: &Site) -> Vec<Step> {
    let mut steps = vec![Step::Manifest(site.files.keys().cloned().collect())];
    steps.extend(site.files.keys().cloned().map(Step::Stage));
    let tops: BTreeSet<&str> = site.files.keys().map(top).collect();
    let (assets, pages): (Vec<&str>, Vec<&str>) = tops.into_iter().partition(|top| *top == ASSETS);
    let shown = assets.into_iter().chain(pages);
    steps.extend(shown.map(|top| Step::Show(top.to_owned())));
    steps
}

/// Puts `bytes` in the place of whatever stands at `path`, whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let mut temporary = String::from(TEMPORARY);
    for byte in Sha256::digest(name).iter().take(8) {
        let _ = write!(temporary, "{byte:02x}");
    }
    let temporary = folder.join(temporary);
    put(&temporary, bytes)?;
    fs::rename(&temporary, path).map_err(io_at(path))
}

/// Writes `bytes` to `path`, and makes its folder if need be.
fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let written = match fs::write(path, bytes) {
        // Mostly the folder is there: the first of its files makes it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(folder).map_err(io_at(folder))?;
            fs::write(path, bytes)
        }
        written => written,
    };
    written.map_err(io_at(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn site(files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|(path, text)| {
            (RelPath::new(*path).unwrap(), Bytes::copy_from_slice(text.as_bytes()))
        });
        Site { files: files.collect() }
    }

    fn tree(folder: &Path) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut next = vec![folder.to_owned()];
        while let Some(folder_now) = next.pop() {
            for entry in fs::read_dir(folder_now).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    next.push(path);
                } else if path.file_name().unwrap() != MANIFEST {
                    let name = path.strip_prefix(folder).unwrap().display().to_string();
                    found.push((name, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn writes_what_changed_and_removes_what_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let first =
            site(&[("a/deck.html", "one"), ("assets/x.1.css", "css"), ("b/deck.html", "two")]);
        assert_eq!(write(&first, folder, None).unwrap().changed, 3);
        fs::write(folder.join("CNAME"), "example.org").unwrap();
        let second = site(&[("a/deck.html", "one"), ("assets/x.2.css", "css2")]);
        let written = write(&second, folder, None).unwrap();
        assert_eq!(written, Written { changed: 1, same: 1, removed: 2 });
        let left = [("CNAME", "example.org"), ("a/deck.html", "one"), ("assets/x.2.css", "css2")];
        let left = left.map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(tree(folder), left);
        assert_eq!(
            write(&second, folder, None).unwrap(),
            Written { changed: 0, same: 2, removed: 0 }
        );
    }

    #[test]
    fn an_interruption_after_any_step_is_mended_by_the_next_write() {
        let old = site(&[("a.html", "old a"), ("assets/s.1.css", "1"), ("gone/b.html", "b")]);
        let new = site(&[("a.html", "new a"), ("assets/s.2.css", "2"), ("c.html", "c")]);
        for stop in 0..8 {
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path();
            write(&old, folder, None).unwrap();
            let target = Target::open(folder, None).unwrap();
            let (steps, _) = target.plan(&new).unwrap();
            for step in steps.iter().take(stop) {
                target.perform(&new, step).unwrap();
            }
            fs::write(folder.join(format!("{TEMPORARY}half")), "ha").unwrap();
            let page = fs::read_to_string(folder.join("a.html")).unwrap();
            let style = if page == "old a" { "assets/s.1.css" } else { "assets/s.2.css" };
            assert!(folder.join(style).exists(), "after {stop} steps");
            write(&new, folder, None).unwrap();
            let expected: Vec<_> = [("a.html", "new a"), ("assets/s.2.css", "2"), ("c.html", "c")]
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .into();
            assert_eq!(tree(folder), expected, "after {stop} steps");
        }
    }

    #[test]
    fn an_interrupted_first_write_shows_whole_folders_only() {
        let new = site(&[
            ("a/deck.html", "a"),
            ("a/quiz.html", "q"),
            ("assets/s.css", "s"),
            ("b/deck.html", "b"),
            ("index.html", "i"),
        ]);
        let count = first_steps(&new).len();
        assert_eq!(count, 1 + 5 + 4, "the manifest, the files, and what stands at the root");
        for stop in 0..=count {
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path();
            let target = Target::open(folder, None).unwrap();
            let (steps, _) = target.plan(&new).unwrap();
            for step in &steps[..stop] {
                target.perform(&new, step).unwrap();
            }
            let shown = tree(folder);
            let shown: Vec<&str> = shown
                .iter()
                .map(|(path, _)| path.as_str())
                .filter(|path| !path.starts_with(TEMPORARY))
                .collect();
            assert!(shown.is_empty() || shown.contains(&"assets/s.css"), "{stop}: {shown:?}");
            let of_a = shown.iter().filter(|path| path.starts_with("a/")).count();
            assert!(of_a == 0 || of_a == 2, "{stop}: {shown:?}");
            write(&new, folder, None).unwrap();
            assert_eq!(tree(folder).len(), 5, "{stop}");
            assert!(!folder.join(STAGE).exists(), "{stop}");
        }
    }

    #[test]
    fn refuses_what_is_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join("diary.txt"), "dear").unwrap();
        let site_a = site(&[("a.html", "a")]);
        assert!(matches!(write(&site_a, folder, None), Err(WriteError::NotOurs(_))));
        fs::remove_file(folder.join("diary.txt")).unwrap();
        let course = folder.join("course");
        fs::create_dir(&course).unwrap();
        assert!(matches!(write(&site_a, folder, Some(&course)), Err(WriteError::HoldsCourse(_))));
        fs::remove_dir(&course).unwrap();
        write(&site_a, folder, None).unwrap();
        fs::write(folder.join("b.html"), "mine").unwrap();
        let site_b = site(&[("a.html", "a"), ("b.html", "b")]);
        assert!(matches!(write(&site_b, folder, None), Err(WriteError::Foreign(_))));
        assert_eq!(fs::read_to_string(folder.join("b.html")).unwrap(), "mine");
    }
}
