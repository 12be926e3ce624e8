//! The browser and the pages that tests share.

use kejian::chromium::{Browser, Error, Page, Screen};
use kejian::compile::{Options, compile};
use kejian::source::World;
use kejian::{embedded, site};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::TempDir;

/// What a browser test returns: what could not be done ends it.
pub(crate) type Outcome = Result<(), Error>;

/// A browser and the embedded course as a folder of pages.
pub(crate) struct Studio {
    browser: Browser,
    folder: TempDir,
}

impl Studio {
    /// The studio that running tests share. It goes with the last of them: a static would leave
    /// the browser running.
    pub(crate) fn open() -> Arc<Self> {
        static SHARED: Mutex<Weak<Studio>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(studio) = shared.upgrade() {
            return studio;
        }
        let browser = Browser::start().unwrap_or_else(|error| panic!("{error}"));
        let folder = build(&embedded::course(), &Options::default());
        let studio = Arc::new(Self { browser, folder });
        *shared = Arc::downgrade(&studio);
        studio
    }

    /// A page of the embedded course (`09-screening/deck.html#c09s03`), opened from its file on
    /// a small laptop, with a storage of its own.
    pub(crate) fn page(&self, address: &str) -> Result<Page, Error> {
        self.page_on(Screen::LAPTOP, address)
    }

    /// The same on another screen.
    pub(crate) fn page_on(&self, screen: Screen, address: &str) -> Result<Page, Error> {
        let page = self.browser.open()?;
        page.screen(screen)?;
        let (path, hash) = address.split_once('#').unwrap_or((address, ""));
        let hash = if hash.is_empty() { String::new() } else { format!("#{hash}") };
        page.goto_file(&self.file(path), &hash)?;
        Ok(page)
    }

    /// Where a page of the embedded course is.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A blank page.
    pub(crate) fn blank(&self) -> Result<Page, Error> {
        self.browser.open()
    }

    /// Builds another course, or the same in another way, into a folder of its own.
    pub(crate) fn course(course: &dyn World, options: &Options) -> TempDir {
        build(course, options)
    }
}

fn build(course: &dyn World, options: &Options) -> TempDir {
    let outcome = compile(course, &embedded::themes(), options);
    let site = outcome.site.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics));
    let folder = tempfile::tempdir().unwrap();
    site::write(&site, folder.path(), None).unwrap_or_else(|error| panic!("{error:?}"));
    folder
}

/// Nothing that must not happen has happened.
#[track_caller]
pub(crate) fn assert_sound(page: &Page) -> Outcome {
    let faults = page.faults()?;
    let place = page.text("location.href")?;
    assert!(faults.is_empty(), "{place}: {faults:#?}");
    Ok(())
}

/// Writes a page for a test, beside nothing else.
pub(crate) fn bare_page(html: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, format!("<!doctype html><meta charset=utf-8>{html}")).unwrap();
    (folder, file)
}
