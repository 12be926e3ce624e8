//! Characters that a text names by their numbers, as HTML and Markdown do: `&#8238;`, `&#x202E;`.

use std::collections::BTreeSet;

/// The first character that is named by its number outside code and is not `allowed`: where it is
/// named (in bytes), how, and the character. In code these are only letters.
pub fn numbered(text: &str, allowed: impl Fn(char) -> bool) -> Option<(usize, &str, char)> {
    let mut plain = None;
    // Each is counted once, however often it stands there.
    let mut counted = BTreeSet::new();
    for (start, _) in text.match_indices("&#") {
        let Some((c, length)) = named(&text[start..]).filter(|(c, _)| !allowed(*c)) else {
            continue;
        };
        let reference = &text[start..start + length];
        if !counted.insert(reference) {
            continue;
        }
        let plain = plain.get_or_insert_with(|| super::plain(text));
        if plain.matches(reference).count() == text.matches(reference).count() {
            continue;
        }
        // Some may stand in code besides; the one that does not look so is pointed at.
        let mut same = text.match_indices(reference).map(|(start, _)| start);
        let meant = same.find(|start| !text[..*start].ends_with(['`', '\\']));
        return Some((meant.unwrap_or(start), reference, c));
    }
    None
}

/// The character that `&#8238;` or `&#x202E;` at the beginning of `text` names, and its length.
fn named(text: &str) -> Option<(char, usize)> {
    // No more digits than CommonMark takes (section 6.2): seven, or `x` and six.
    let end = text.bytes().take("&#1234567;".len()).position(|byte| byte == b';')?;
    let number = text[..end].strip_prefix("&#")?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    Some((char::from_u32(code.ok()?)?, end + 1))
}

#[cfg(test)]
mod tests {
    use super::numbered;

    /// It once took for ever.
    #[test]
    fn a_text_full_of_them_is_gone_through_once() {
        assert_eq!(numbered(&"&#".repeat(1_000_000), |_| false), None);
        assert_eq!(numbered(&"`&#7;` ".repeat(200_000), |_| false), None);
    }

    #[test]
    fn what_stands_in_code_names_nothing() {
        let bell = |text| numbered(text, |c| c != '\u{7}').map(|(at, written, _)| (at, written));
        assert_eq!(bell("甲&#7;乙"), Some((3, "&#7;")));
        assert_eq!(bell("`&#x7;` 甲&#x7;"), Some((11, "&#x7;")));
        assert_eq!(bell("`&#7;` 甲，&#65;、\\&#7; 和 &#7"), None);
    }
}
