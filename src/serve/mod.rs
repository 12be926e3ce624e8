//! Shows a course in the browser while it is being written.
//!
//! 1. A [`Draft`] is one compile: a site, or what is wrong.
//! 2. [`Live`] holds what is shown now: the last good site, and above it the errors of the draft
//!    that is broken, if it is. Publishing to it tells every open page.
//! 3. [`Server`] hands the pages out over HTTP, each with a small script (`live.js`) that listens
//!    for news, loads its page again when that page has changed, and shows the errors above it.
//!    The deck's address names the slide and the answers are kept by the browser, so a reloaded
//!    page stands where it stood.
//! 4. [`Editor`] is what [`crate::watch::follow`] calls: it compiles, publishes what is good at
//!    once, and what is broken only when it stays so.
//!
//! Nothing is written to disk, so nothing here can set off another compile.

mod http;
mod live;
mod trouble;

pub use http::Server;
pub use live::{Live, State};
pub use trouble::{Seen, Trouble};

use crate::site::Site;
use crate::watch::Follower;

/// One compile, ready to be shown.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The site, unless something is wrong.
    pub site: Option<Site>,
    /// What is wrong, for the pages.
    pub trouble: Option<Trouble>,
    /// Every finding in words, for the terminal.
    pub said: String,
}

/// What there is to tell the author in the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// The pages were brought up to date: how many changed (unless this is the beginning), and
    /// findings that are no errors.
    Updated(Option<usize>, &'a str),
    /// The draft is broken; the findings.
    Broken(&'a str),
}

/// Compiles and publishes.
pub struct Editor<C, T> {
    compile: C,
    tell: T,
    live: Live,
    held: Option<Draft>,
}

impl<C: FnMut() -> Draft, T: FnMut(News<'_>)> Editor<C, T> {
    /// An editor that publishes what `compile` gives to `live` and tells about it.
    pub fn new(live: Live, compile: C, tell: T) -> Self {
        Self { compile, tell, live, held: None }
    }

    /// The first compile: good or broken, it is shown at once.
    pub fn begin(&mut self) {
        let draft = (self.compile)();
        let said = draft.said.clone();
        let good = draft.site.is_some();
        self.live.publish(draft);
        (self.tell)(if good { News::Updated(None, &said) } else { News::Broken(&said) });
    }
}

impl<C: FnMut() -> Draft, T: FnMut(News<'_>)> Follower for Editor<C, T> {
    fn compile(&mut self) -> bool {
        let draft = (self.compile)();
        if draft.site.is_none() {
            self.held = Some(draft);
            return true;
        }
        self.held = None;
        let said = draft.said.clone();
        if let Some(changed) = self.live.publish(draft) {
            (self.tell)(News::Updated(Some(changed), &said));
        }
        false
    }

    fn report(&mut self) {
        if let Some(draft) = self.held.take() {
            let said = draft.said.clone();
            self.live.publish(draft);
            (self.tell)(News::Broken(&said));
        }
    }
}
