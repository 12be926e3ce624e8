//! What the operating system tells about folders.

use super::Change;
use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Watches folders for as long as it lives.
pub struct Watcher {
    inner: RecommendedWatcher,
    roots: Vec<PathBuf>,
    watched: BTreeSet<PathBuf>,
}

impl Watcher {
    /// Watches the files that [`concerns`] names below each of `roots`; changes go to `tell`,
    /// which a thread of the watcher calls as they come in.
    pub fn new(
        roots: &[PathBuf],
        mut tell: impl FnMut(Change) + Send + 'static,
    ) -> Result<Self, notify::Error> {
        let real = |root: &PathBuf| root.canonicalize().unwrap_or_else(|_| root.clone());
        let roots: Vec<PathBuf> = roots.iter().map(real).collect();
        let own = roots.clone();
        let inner = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            changes(&own, event).into_iter().for_each(&mut tell);
        })?;
        let mut watcher = Self { inner, roots, watched: BTreeSet::new() };
        watcher.refresh()?;
        Ok(watcher)
    }

    /// Watches the folder that has appeared, if that is the change. A save that makes a folder and
    /// then fills it is followed from its beginning: nothing is compiled in the midst of it.
    pub fn notice(&mut self, change: &Change) -> Result<(), notify::Error> {
        let may_be_new = match change {
            Change::File(path) => path.parent().is_some_and(|parent| {
                self.roots.iter().any(|root| root == parent) && path.is_dir()
            }),
            Change::Anything => true,
        };
        if may_be_new { self.refresh() } else { Ok(()) }
    }

    /// Watches folders that have appeared since. A course may stand among other things (a
    /// website of a thousand folders, `node_modules`), so its root is not watched as a whole.
    fn refresh(&mut self) -> Result<(), notify::Error> {
        for root in self.roots.clone() {
            self.watch(&root, RecursiveMode::NonRecursive)?;
            for entry in std::fs::read_dir(&root)?.flatten() {
                let path = entry.path();
                if path.is_dir() && concerns(&root, &path) {
                    self.watch(&path, RecursiveMode::Recursive)?;
                }
            }
        }
        self.watched.retain(|folder| folder.is_dir());
        Ok(())
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), notify::Error> {
        // On Linux a folder that was removed and made again has to be watched anew, and watching
        // it twice costs nothing; elsewhere it is watched by its path.
        if self.watched.insert(folder.to_owned()) || cfg!(target_os = "linux") {
            self.inner.watch(folder, mode)?;
        }
        Ok(())
    }
}

/// The changes in an event.
fn changes(roots: &[PathBuf], event: notify::Result<notify::Event>) -> Vec<Change> {
    let Ok(event) = event else { return vec![Change::Anything] };
    if event.need_rescan() {
        return vec![Change::Anything];
    }
    let written = match event.kind {
        // Reading is not a change: the compiler itself reads.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Modify(ModifyKind::Metadata(kind)) => kind != MetadataKind::AccessTime,
        _ => true,
    };
    let concerned = |path: &PathBuf| roots.iter().any(|root| concerns(root, path));
    event.paths.into_iter().filter(|path| written && concerned(path)).map(Change::File).collect()
}

/// Whether a file or folder below `root` can be part of a course or theme. Hidden ones are not,
/// nor is what editors leave beside a file while they save it, nor a site that was built there.
pub fn concerns(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return false };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    let Some(first) = parts.first() else { return false };
    let hidden = |part: &str| part.starts_with('.') || part == "node_modules" || part == "target";
    let scratch = |part: &str| {
        part.ends_with('~')
            || part.starts_with('#')
            || part == "4913" // Vim tries whether it may write here
            || [".swp", ".swx", ".tmp", ".bak", ".crdownload"].iter().any(|end| part.ends_with(end))
    };
    // The names of our own output in a folder that is both.
    let built = root.join(&**first).join(crate::site::MANIFEST).is_file();
    !built && !parts.iter().any(|part| hidden(part) || scratch(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, RenameMode};

    #[test]
    fn only_files_of_the_course_count() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::create_dir(root.join("dist")).unwrap();
        std::fs::write(root.join("dist").join(crate::site::MANIFEST), "").unwrap();
        for yes in ["course.yaml", "chapters/01-a.yaml", "media/a b.png", "page/deck.html"] {
            assert!(concerns(root, &root.join(yes)), "{yes}");
        }
        for no in [
            ".git/index",
            "chapters/.01-a.yaml.swp",
            "chapters/01-a.yaml~",
            "chapters/4913",
            "chapters/#01-a.yaml#",
            "dist/index.html",
            "node_modules/x/y.js",
            "",
        ] {
            assert!(!concerns(root, &root.join(no)), "{no}");
        }
        assert!(!concerns(root, Path::new("/elsewhere/course.yaml")));
    }

    #[test]
    fn reading_is_not_a_change() {
        let roots = [PathBuf::from("/c")];
        let seen = |kind| {
            let event = notify::Event::new(kind).add_path("/c/course.yaml".into());
            changes(&roots, Ok(event)).len()
        };
        assert_eq!(seen(EventKind::Access(AccessKind::Open(AccessMode::Any))), 0);
        assert_eq!(seen(EventKind::Access(AccessKind::Close(AccessMode::Read))), 0);
        assert_eq!(seen(EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime))), 0);
        assert_eq!(seen(EventKind::Access(AccessKind::Close(AccessMode::Write))), 1);
        assert_eq!(seen(EventKind::Create(CreateKind::File)), 1);
        assert_eq!(seen(EventKind::Modify(ModifyKind::Data(DataChange::Any))), 1);
        assert_eq!(seen(EventKind::Modify(ModifyKind::Name(RenameMode::To))), 1);
        let lost = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(changes(&roots, Ok(lost)), [Change::Anything]);
    }
}
