//! A small client of the Chrome `DevTools` protocol: what a person sees, measured.
//!
//! It serves `kejian check --render` and the browser tests in `tests/browser/`. Everything is
//! blocking and every wait has an end.
//!
//! 1. [`find`] looks for Chrome, Edge or Chromium (or takes `KEJIAN_BROWSER`).
//! 2. [`Browser::start`] runs it without a window and with an empty profile of its own, and ends
//!    it when dropped.
//! 3. [`Browser::open`] gives a [`Page`] with a storage of its own; [`Page::beside`] a second
//!    window that shares it, [`Page::popup`] the window that a page has opened.
//! 4. A page is driven by real keys, clicks and touches, and read by scripts whose promises are
//!    awaited. [`Page::wait`] waits inside the page for a condition; nothing sleeps here.
//! 5. [`Page::faults`] tells what went wrong meanwhile: errors on the console, exceptions,
//!    requests to other places.

mod find;
mod input;
mod page;
mod process;
mod record;
mod wire;

pub use find::find;
pub use page::{Page, Screen};
pub use process::Browser;

use std::fmt;
use std::time::Duration;

/// How long a call may take before it counts as failed, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Why something could not be seen or done in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// There is no browser on this machine.
    Missing,
    /// The browser did not start; what it said.
    Start(String),
    /// The connection to it broke.
    Lost(String),
    /// Something did not happen in time; what.
    Timeout(String),
    /// The browser refused a command.
    Refused(String),
    /// A script failed in the page: the script and what it threw.
    Script(String, String),
    /// The page is not as it was expected.
    Page(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "no browser was found. Install Google Chrome, Microsoft Edge or Chromium \
                 (on Debian or Ubuntu: apt install chromium), or name one in KEJIAN_BROWSER.",
            ),
            Self::Start(said) => write!(f, "the browser did not start: {said}"),
            Self::Lost(said) => write!(f, "the browser does not answer any more: {said}"),
            Self::Timeout(what) => write!(f, "it took too long: {what}"),
            Self::Refused(said) => write!(f, "the browser refused: {said}"),
            Self::Script(script, said) => write!(f, "{said}\n  in the script: {script}"),
            Self::Page(said) => f.write_str(said),
        }
    }
}

impl std::error::Error for Error {}
