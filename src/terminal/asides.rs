//! What a learner may do beside answering: ask for a hint, flag the question, leave it for later.
//!
//! Choices get these as further entries below the options; where something is typed, `?` asks for
//! a hint, `!` flags and an empty line leaves.

use super::ask::{Ask, Stop};
use crate::theme::Words;

/// Something beside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    /// The next hint.
    Hint,
    /// Flag the question, or take the flag off.
    Flag,
    /// Leave it open.
    Skip,
}

impl Aside {
    fn key(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Flag => "flag",
            Self::Skip => "skip",
        }
    }
}

/// Passes questions on and keeps an aside for whoever asked.
pub(super) struct Asides<'a> {
    ask: &'a mut dyn Ask,
    offered: Vec<(Aside, String)>,
    /// The aside that was taken instead of an answer; the answer is then [`Stop::Left`].
    pub(super) taken: Option<Aside>,
}

impl<'a> Asides<'a> {
    /// Offers these asides.
    pub(super) fn new(ask: &'a mut dyn Ask, offered: &[Aside], words: &Words) -> Self {
        let word = |aside: &Aside| words.word(&format!("terminal.aside.{}", aside.key()));
        let offered = offered.iter().map(|aside| (*aside, word(aside))).collect();
        Self { ask, offered, taken: None }
    }

    fn with_asides(&self, options: &[String]) -> Vec<String> {
        options.iter().cloned().chain(self.offered.iter().map(|(_, word)| word.clone())).collect()
    }

    fn take(&mut self, aside: Aside) -> Stop {
        self.taken = Some(aside);
        Stop::Left
    }

    fn offers(&self, aside: Aside) -> bool {
        self.offered.iter().any(|(offered, _)| *offered == aside)
    }
}

impl Ask for Asides<'_> {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        let at = self.ask.one(prompt, &self.with_asides(options))?;
        match at.checked_sub(options.len()).and_then(|at| self.offered.get(at)) {
            Some((aside, _)) => Err(self.take(*aside)),
            None => Ok(at),
        }
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let chosen = self.ask.many(prompt, &self.with_asides(options))?;
        let aside = chosen.iter().find_map(|at| self.offered.get(at.checked_sub(options.len())?));
        match aside {
            Some((aside, _)) => Err(self.take(*aside)),
            None => Ok(chosen),
        }
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        let line = self.ask.line(prompt)?;
        let aside = match line.trim() {
            "?" | "？" => Aside::Hint,
            "!" | "！" => Aside::Flag,
            _ => return Ok(line),
        };
        if self.offers(aside) { Err(self.take(aside)) } else { Ok(line) }
    }
}
