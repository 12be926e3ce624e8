//! When to compile, and when to say what is wrong: a pure function of changes and time.

use std::path::PathBuf;
use std::time::Duration;

/// Something happened to files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// This file appeared, changed, was renamed or went away.
    File(PathBuf),
    /// The system lost track: anything may have changed.
    Anything,
}

/// How long it must be quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Between the last change and a compile: short, or saving feels slow.
    pub quiet: Duration,
    /// Compile at the latest so long after the first change, even if there is no quiet.
    pub latest: Duration,
    /// Between the last change and showing errors: a half-saved file is not an error.
    pub patience: Duration,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(60),
            latest: Duration::from_secs(2),
            patience: Duration::from_millis(600),
        }
    }
}

/// What it is time for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Compile the course.
    Compile,
    /// Show the errors of the last compile.
    Report,
}

/// Gathers changes. Times are measured from any one moment.
#[derive(Debug, Clone)]
pub struct Debouncer {
    rhythm: Rhythm,
    /// First and last change that have not been compiled.
    changed: Option<(Duration, Duration)>,
    /// The last change of all.
    last: Duration,
    /// The last compile was broken and that has not been shown.
    held: bool,
}

impl Debouncer {
    /// Nothing has changed yet.
    pub fn new(rhythm: Rhythm) -> Self {
        Self { rhythm, changed: None, last: Duration::ZERO, held: false }
    }

    /// Takes note of a change.
    pub fn note(&mut self, _: &Change, now: Duration) {
        let first = self.changed.map_or(now, |(first, _)| first);
        self.changed = Some((first, now));
        self.last = now;
        // Errors of a state that is over are never shown.
        self.held = false;
    }

    /// When there will be something to do, if nothing changes until then.
    pub fn due(&self) -> Option<Duration> {
        let Rhythm { quiet, latest, patience } = self.rhythm;
        match self.changed {
            Some((first, last)) => Some((last + quiet).min(first + latest)),
            None => self.held.then_some(self.last + patience),
        }
    }

    /// What it is time for now; it counts as done.
    pub fn act(&mut self, now: Duration) -> Option<Act> {
        if self.due().is_none_or(|due| due > now) {
            return None;
        }
        if self.changed.take().is_some() {
            return Some(Act::Compile);
        }
        self.held = false;
        Some(Act::Report)
    }

    /// Takes note of how a compile went. Changes that came while it ran are noted after this, so
    /// they still lead to another one.
    pub fn compiled(&mut self, broken: bool) {
        self.held = broken;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    /// Runs a stream of change times; `broken` says whether a compile at a time fails. Everything
    /// done, with its time.
    fn run(times: &[u64], broken: impl Fn(Duration) -> bool) -> Vec<(u128, Act)> {
        let mut debouncer = Debouncer::new(Rhythm::default());
        let mut done = Vec::new();
        let mut changes = times.iter().map(|time| ms(*time)).peekable();
        loop {
            let next = match (debouncer.due(), changes.peek().copied()) {
                (Some(due), Some(change)) => due.min(change),
                (Some(time), None) | (None, Some(time)) => time,
                (None, None) => return done,
            };
            if changes.next_if_eq(&next).is_some() {
                debouncer.note(&Change::Anything, next);
            }
            if let Some(act) = debouncer.act(next) {
                done.push((next.as_millis(), act));
                if act == Act::Compile {
                    debouncer.compiled(broken(next));
                }
            }
        }
    }

    #[test]
    fn one_compile_after_the_quiet() {
        assert_eq!(run(&[10, 30, 31], |_| false), [(91, Act::Compile)]);
        assert_eq!(run(&[10, 500], |_| false), [(70, Act::Compile), (560, Act::Compile)]);
    }

    #[test]
    fn an_endless_stream_is_compiled_now_and_then() {
        let times: Vec<u64> = (0..100).map(|n| n * 50).collect();
        let done = run(&times, |_| false);
        assert_eq!(done, [2000, 4050, 5010].map(|at| (at, Act::Compile)));
    }

    #[test]
    fn errors_wait_and_those_of_a_half_saved_file_are_never_shown() {
        let half = |at| at < ms(400);
        assert_eq!(run(&[0], |_| true), [(60, Act::Compile), (600, Act::Report)]);
        assert_eq!(run(&[0, 400], half), [(60, Act::Compile), (460, Act::Compile)]);
    }
}
