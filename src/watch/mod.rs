//! Notices when an author saves, and when to compile again.
//!
//! 1. [`Watcher`] passes on what the operating system tells about a folder, as [`Change`]s: only
//!    of files that a course or theme is made of, never of what only was read.
//! 2. [`Debouncer`] decides when it has been quiet for long enough. It is a pure function of
//!    changes and time, and is tested on streams recorded from real saves.
//! 3. [`follow`] turns the two into calls: compile now; now say what is wrong. A new folder is
//!    watched as soon as it appears.
//!
//! A save is seldom one event: editors write a temporary file and rename it, or empty the file
//! and write it again, and a version control tool writes a thousand files. While a file is half
//! written the course is broken for a moment. So a compile follows soon after the last change,
//! but its errors are shown only when nothing has changed for a while longer.

mod debounce;
mod files;

pub use debounce::{Act, Change, Debouncer, Rhythm};
pub use files::{Watcher, concerns};

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

/// What [`follow`] does when it is time.
pub trait Follower {
    /// Compile; tells whether the result is broken, in which case its errors are kept back.
    fn compile(&mut self) -> bool;
    /// Show the errors of the last compile.
    fn report(&mut self);
}

/// Calls `follower` as `changes` come in from `watcher`, until their sender is gone.
pub fn follow(
    changes: &Receiver<Change>,
    rhythm: Rhythm,
    watcher: &mut Watcher,
    follower: &mut impl Follower,
) {
    // A folder that cannot be watched is no reason to stop following the others.
    let mut notice = |change: &Change| drop(watcher.notice(change));
    let start = Instant::now();
    let mut debouncer = Debouncer::new(rhythm);
    loop {
        let received = match debouncer.due() {
            None => changes.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => changes.recv_timeout(due.saturating_sub(start.elapsed())),
        };
        match received {
            Ok(change) => {
                notice(&change);
                debouncer.note(&change, start.elapsed());
            }
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        // What has come meanwhile belongs to the same save.
        while let Ok(change) = changes.try_recv() {
            notice(&change);
            debouncer.note(&change, start.elapsed());
        }
        match debouncer.act(start.elapsed()) {
            None => {}
            Some(Act::Compile) => {
                let broken = follower.compile();
                debouncer.compiled(broken);
            }
            Some(Act::Report) => follower.report(),
        }
    }
}
