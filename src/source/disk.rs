//! A [`World`] on disk: one folder, and nothing outside it.

use super::{MAX_BYTES, RelPath, World, WorldError};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Hands out the files of a folder. Links that lead out of it are refused, linked folders are
/// not entered, so there are no cycles.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the file is, once it is sure that it lies inside and is not too large.
    fn locate(&self, path: &RelPath) -> Result<PathBuf, WorldError> {
        let root = fs::canonicalize(&self.root).map_err(|error| machine(&error))?;
        let entry = self.root.join(path.as_str());
        let file = fs::canonicalize(&entry).map_err(|error| match machine(&error) {
            WorldError::Missing if entry.is_symlink() => WorldError::Dangling,
            other => other,
        })?;
        if !file.starts_with(&root) {
            return Err(WorldError::Outside);
        }
        let metadata = fs::metadata(&file).map_err(|error| machine(&error))?;
        if metadata.is_dir() {
            return Err(WorldError::Missing);
        }
        // To read from one could wait for ever.
        if !metadata.is_file() {
            return Err(WorldError::Special);
        }
        // Pictures and recordings may be large; a text of that size is a mistake.
        if is_text(path) && metadata.len() > MAX_BYTES {
            return Err(WorldError::TooLarge(metadata.len()));
        }
        Ok(file)
    }

    fn collect(&self, folder: &Path, prefix: &str, found: &mut Vec<RelPath>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
            let relative = format!("{prefix}{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.collect(&entry.path(), &format!("{relative}/"), found)?;
            } else if kind.is_symlink() && self.leads_to_inner_folder(&entry.path()) {
                // Its files are listed where they really are.
            } else {
                found.extend(RelPath::new(relative));
            }
        }
        Ok(())
    }

    fn leads_to_inner_folder(&self, link: &Path) -> bool {
        let inner = |target: PathBuf| {
            target.is_dir()
                && fs::canonicalize(&self.root).is_ok_and(|root| target.starts_with(root))
        };
        fs::canonicalize(link).is_ok_and(inner)
    }
}

fn is_text(path: &RelPath) -> bool {
    matches!(path.extension(), "yaml" | "yml" | "po" | "html" | "css" | "js" | "md" | "csv")
}

fn machine(error: &io::Error) -> WorldError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => WorldError::Missing,
        _ => WorldError::Io(error.to_string()),
    }
}

impl World for Disk {
    fn files(&self) -> Result<Vec<RelPath>, WorldError> {
        let mut found = Vec::new();
        self.collect(&self.root, "", &mut found).map_err(|error| machine(&error))?;
        found.sort();
        Ok(found)
    }

    fn read(&self, path: &RelPath) -> Result<Cow<'_, [u8]>, WorldError> {
        fs::read(self.locate(path)?).map(Cow::Owned).map_err(|error| machine(&error))
    }

    fn probe(&self, path: &RelPath) -> Result<(), WorldError> {
        self.locate(path).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::new(text).unwrap()
    }

    #[test]
    fn lists_sorted_without_hidden_files() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/.git")).unwrap();
        for name in ["b/z.yaml", "b/.git/x", "a.yaml", ".hidden", "b/a.yaml"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let files = Disk::new(dir.path()).files().unwrap();
        let names: Vec<_> = files.iter().map(RelPath::as_str).collect();
        assert_eq!(names, ["a.yaml", "b/a.yaml", "b/z.yaml"]);
    }

    #[test]
    fn refuses_large_texts_before_reading() {
        let dir = tempfile::tempdir().unwrap();
        fs::File::create(dir.path().join("a.yaml")).unwrap().set_len(6_000_000).unwrap();
        fs::File::create(dir.path().join("a.mp4")).unwrap().set_len(6_000_000).unwrap();
        let disk = Disk::new(dir.path());
        assert_eq!(disk.read(&path("a.yaml")), Err(WorldError::TooLarge(6_000_000)));
        assert!(disk.probe(&path("a.mp4")).is_ok());
        assert_eq!(disk.read(&path("b.yaml")), Err(WorldError::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn refuses_links_that_lead_out_and_does_not_follow_cycles() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.yaml"), "x").unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("real.yaml"), "x").unwrap();
        symlink(outside.path().join("secret.yaml"), dir.path().join("out.yaml")).unwrap();
        symlink(outside.path(), dir.path().join("folder")).unwrap();
        symlink(dir.path(), dir.path().join("cycle")).unwrap();
        symlink(dir.path().join("real.yaml"), dir.path().join("in.yaml")).unwrap();
        symlink("nowhere.yaml", dir.path().join("lost.yaml")).unwrap();
        let disk = Disk::new(dir.path());
        let files = disk.files().unwrap();
        let names: Vec<_> = files.iter().map(RelPath::as_str).collect();
        assert_eq!(names, ["folder", "in.yaml", "lost.yaml", "out.yaml", "real.yaml"]);
        assert_eq!(disk.read(&path("lost.yaml")), Err(WorldError::Dangling));
        assert_eq!(disk.read(&path("out.yaml")), Err(WorldError::Outside));
        assert_eq!(disk.read(&path("folder/secret.yaml")), Err(WorldError::Outside));
        assert_eq!(&*disk.read(&path("in.yaml")).unwrap(), b"x");
    }
}
