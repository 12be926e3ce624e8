//! Rules for slides and decks; the numbers are those of the project's list of check rules.

pub(super) mod alternative_text;
pub(super) mod bullets;
pub(super) mod crowded;
pub(super) mod long_silence;
pub(super) mod long_title;
pub(super) mod minutes;
pub(super) mod punctuation;
pub(super) mod read_aloud;
pub(super) mod reading_time;
pub(super) mod same_title;
pub(super) mod talking_time;
pub(super) mod topic_title;

use super::sheet::{Asked, Deck, Sheet};
use super::{Check, Level, Report, Rule, prose};

/// A share as a whole percentage.
fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}
