//! Q12: options that are numbers stand in order.

use super::{Bank, Check, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q12", check: Check::Quiz(check) };

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items().filter(|item| item.options.len() >= 3) {
        let numbers: Option<Vec<f64>> =
            item.options.iter().map(|option| number(&option.text)).collect();
        let Some(numbers) = numbers else { continue };
        let rising = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
        let falling = numbers.windows(2).all(|pair| pair[0] >= pair[1]);
        if item.is_shuffled() || !(rising || falling) {
            report.item(item, "options", Level::Info, &[]);
        }
    }
}

/// The number that an option is, with at most a short unit around it.
fn number(text: &str) -> Option<f64> {
    let text = text.replace([',', ' '], "");
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let start = text.find(is_digit)?;
    let end = start + text[start..].find(|c| !is_digit(c)).unwrap_or(text.len() - start);
    let around = text[..start].chars().count() + text[end..].chars().count();
    if around > 3 || text[end..].contains(is_digit) {
        return None;
    }
    let sign = if text[..start].ends_with(['-', '−']) { -1.0 } else { 1.0 };
    text[start..end].parse::<f64>().ok().map(|number| sign * number)
}
