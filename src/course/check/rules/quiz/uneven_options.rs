//! Q06: options of very different length.

use super::{Bank, Check, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q06", check: Check::Quiz(check) };

/// Below this difference, twice as long is still short.
const DIFFERENCE: usize = 8;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        let lengths = item.options.iter().map(|option| option.text.chars().count());
        let (Some(shortest), Some(longest)) = (lengths.clone().min(), lengths.max()) else {
            continue;
        };
        if longest > 2 * shortest && longest - shortest > DIFFERENCE {
            let args = [("shortest", shortest.to_string()), ("longest", longest.to_string())];
            report.item(item, "options", Level::Info, &args);
        }
    }
}
