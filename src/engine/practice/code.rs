//! Which ids people see: ids are addresses, titles are words.

/// Whether an id looks like a code (T01, RB2, A) that helps people to find their way beside the
/// name. Any other (`open`, 甲) gives way to the name. `runtime/practice/name.js` goes by the
/// same rule.
pub fn is_code(id: &str) -> bool {
    let letters = id.chars().take_while(char::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return false;
    }
    let rest = &id[letters..];
    if rest.is_empty() {
        return id.chars().all(|letter| letter.is_ascii_uppercase());
    }
    let rest = rest.strip_prefix(['-', '.']).unwrap_or(rest);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let end = &rest[digits..];
    let ends = end.is_empty() || (end.len() == 1 && end.chars().all(|c| c.is_ascii_lowercase()));
    (1..=4).contains(&digits) && ends
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn codes_are_short_and_numbered_or_in_capitals() {
        for id in ["A", "KO1", "T01", "RB2", "m1", "e-12", "Q1a", "PLC"] {
            assert!(is_code(id), "{id}");
        }
        for id in ["open", "甲", "out", "qa", "第1", "far_short", "m1x2", "", "1", "T-"] {
            assert!(!is_code(id), "{id}");
        }
    }
}
