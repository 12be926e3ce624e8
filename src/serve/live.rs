//! What is shown now.

use super::{Draft, Trouble};
use crate::site::Site;
use crate::source::RelPath;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use tokio::sync::watch;

/// The last good site and what is wrong with the draft after it.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The last good site; empty if there was none yet.
    pub site: Site,
    /// A digest per page: a page is loaded again only when its own has changed.
    pub digests: BTreeMap<RelPath, String>,
    /// What is wrong now.
    pub trouble: Option<Trouble>,
}

/// The state that open pages follow.
#[derive(Debug, Clone)]
pub struct Live {
    state: Arc<watch::Sender<Arc<State>>>,
    overflow: Arc<str>,
}

impl Default for Live {
    fn default() -> Self {
        Self::saying("+{n}")
    }
}

impl Live {
    /// Nothing is shown yet. `overflow` is what stands on a slide that does not fit, with `{n}`
    /// for how much.
    pub fn saying(overflow: &str) -> Self {
        Self { state: Arc::new(watch::Sender::new(Arc::default())), overflow: Arc::from(overflow) }
    }

    /// What stands on a slide that does not fit.
    pub(super) fn overflow(&self) -> &str {
        &self.overflow
    }

    /// Shows a draft: its site, or its errors above the last good one. Returns how many pages
    /// are new, gone or changed; nothing when there is no news at all.
    pub fn publish(&self, draft: Draft) -> Option<usize> {
        let now = self.now();
        let next = now.after(draft);
        let changed = changed(&now.digests, &next.digests);
        if next.trouble == now.trouble && next.site == now.site {
            return None;
        }
        self.state.send_replace(Arc::new(next));
        Some(changed)
    }

    /// What is shown now.
    pub fn now(&self) -> Arc<State> {
        Arc::clone(&self.state.borrow())
    }

    /// Follows what is shown; the present state counts as news.
    pub fn subscribe(&self) -> watch::Receiver<Arc<State>> {
        let mut receiver = self.state.subscribe();
        receiver.mark_changed();
        receiver
    }
}

impl State {
    /// The state after a draft.
    fn after(&self, draft: Draft) -> Self {
        match draft.site {
            Some(site) => {
                let pages = site.files.iter().filter(|(path, _)| path.extension() == "html");
                let digests = pages.map(|(path, bytes)| (path.clone(), digest(bytes))).collect();
                Self { site, digests, trouble: None }
            }
            None => Self { trouble: draft.trouble, ..self.clone() },
        }
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn changed(old: &BTreeMap<RelPath, String>, new: &BTreeMap<RelPath, String>) -> usize {
    let other = new.iter().filter(|(path, digest)| old.get(*path) != Some(digest)).count();
    other + old.keys().filter(|path| !new.contains_key(*path)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn good(pages: &[(&str, &str)]) -> Draft {
        let files = pages.iter().map(|(path, text)| {
            (RelPath::new(*path).unwrap(), Bytes::copy_from_slice(text.as_bytes()))
        });
        Draft { site: Some(Site { files: files.collect() }), ..Draft::default() }
    }

    #[test]
    fn errors_stand_above_the_last_good_site_until_the_next() {
        let live = Live::default();
        let mut follower = live.subscribe();
        assert_eq!(live.publish(good(&[("a.html", "1"), ("b.html", "1")])), Some(2));
        follower.mark_unchanged();
        let trouble = Some(Trouble { title: "broken".into(), ..Trouble::default() });
        assert_eq!(live.publish(Draft { trouble, ..Draft::default() }), Some(0));
        assert!(follower.has_changed().unwrap());
        let state = live.now();
        assert!(state.trouble.is_some() && state.site.files.len() == 2);
        assert_eq!(live.publish(good(&[("a.html", "2")])), Some(2), "one changed, one is gone");
        assert!(live.now().trouble.is_none());
        follower.mark_unchanged();
        assert_eq!(live.publish(good(&[("a.html", "2")])), None);
        assert!(!follower.has_changed().unwrap(), "nothing new, nobody is told");
    }
}
