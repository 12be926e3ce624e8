//! Q16: a stem too long to be kept in mind.

use super::{Bank, Check, Level, Report, Rule, prose::Amount};

pub(in super::super) const RULE: Rule = Rule { id: "Q16", check: Check::Quiz(check) };

const HAN: f64 = 120.0;
const WORDS: f64 = 60.0;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        let amount = Amount::of(&item.stem);
        if amount.share(HAN, WORDS) > 1.0 {
            let args = [("n", (amount.han + amount.words).to_string())];
            report.item(item, "prompt", Level::Info, &args);
        }
    }
}
