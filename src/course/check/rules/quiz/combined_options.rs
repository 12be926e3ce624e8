//! Q13: options made of other options, such as “A and C”.

use super::{Bank, Check, Level, Report, Rule};

pub(in super::super) const RULE: Rule = Rule { id: "Q13", check: Check::Quiz(check) };

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        for option in &item.options {
            if combines(&option.text) {
                let args = [("text", option.text.clone())];
                report.item(item, &option.path(), Level::Warn, &args);
            }
        }
    }
}

/// Only letters of options, joined.
fn combines(text: &str) -> bool {
    if !text.bytes().any(|byte| (b'A'..=b'H').contains(&byte)) {
        return false;
    }
    let mut rest = text.trim().trim_end_matches(['。', '.']).to_owned();
    for word in [
        "选项",
        "两项",
        "都正确",
        "都对",
        "都是",
        "正确",
        "both ",
        "Both ",
        "only ",
        "options ",
        "Options ",
    ] {
        rest = rest.replace(word, "");
    }
    for word in ["、", "和", "与", "及", "，", "&", "+", " and ", "以及"] {
        rest = rest.replace(word, ",");
    }
    let parts: Vec<&str> = rest.split(',').map(str::trim).collect();
    let is_letter =
        |part: &&str| part.len() == 1 && part.bytes().all(|b| (b'A'..=b'H').contains(&b));
    parts.len() >= 2 && parts.iter().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_joined_are_combinations() {
        for text in ["A and C", "A、C", "A 和 B 都对", "Both A and B", "选项 A、B、D"] {
            assert!(combines(text), "{text}");
        }
        for text in ["A 类与 B 类", "AB", "客户 A", "SO and WT", "A"] {
            assert!(!combines(text), "{text}");
        }
    }
}
