//! Rules for quiz items, after the item-writing literature; the numbers are those of the
//! project's list of check rules.

pub(super) mod absolutes;
pub(super) mod alike_options;
pub(super) mod all_of_the_above;
pub(super) mod combined_options;
pub(super) mod exception;
pub(super) mod giveaway;
pub(super) mod key_position;
pub(super) mod long_key;
pub(super) mod long_stem;
pub(super) mod missing_reason;
pub(super) mod negation;
pub(super) mod none_of_the_above;
pub(super) mod number_order;
pub(super) mod objective_cover;
pub(super) mod option_count;
pub(super) mod position_words;
pub(super) mod shared_word;
pub(super) mod short_time;
pub(super) mod stem_shape;
pub(super) mod true_false_balance;
pub(super) mod uneven_options;

use super::bank::{self, Bank, Choosable, Item};
use super::{Check, Level, Report, Rule, prose};

/// Reports every option that says one of the phrases.
fn phrase(bank: &Bank<'_>, report: &mut Report<'_>, level: Level, phrases: &[&str]) {
    for item in bank.items() {
        for option in &item.options {
            if let Some(said) = prose::says(&option.text, phrases) {
                report.item(item, &option.path(), level, &[("phrase", said.to_owned())]);
            }
        }
    }
}
