//! Bytes to text: UTF-8 only, byte-order mark stripped, and no character that YAML readers
//! disagree about.

use super::Position;

/// Why bytes are not a text that can be read, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// A byte that is not UTF-8.
    NotUtf8(Position, u8),
    /// A control character, U+0085, U+2028, U+2029 or one that turns the direction of reading.
    Control(Position, char),
}

/// Decodes a file. Line ends may be LF or CRLF.
pub fn decode(bytes: &[u8]) -> Result<&str, TextFault> {
    let text = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.valid_up_to();
            let before = std::str::from_utf8(&bytes[..good]).unwrap_or_default();
            let before = before.strip_prefix('\u{feff}').unwrap_or(before);
            let place = Position::of(before, before.len());
            return Err(TextFault::NotUtf8(place, bytes[good]));
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if may_be_refused(text.as_bytes()) {
        for (at, c) in text.char_indices() {
            if is_refused(c, &text[at + c.len_utf8()..]) {
                return Err(TextFault::Control(Position::of(text, at), c));
            }
        }
    }
    Ok(text)
}

/// Whether one of the characters that [`is_refused`] may be there, told from the bytes of UTF-8:
/// controls below U+0080 are their own byte, U+0080 to U+009F are C2 80 to C2 9F, U+2028 to U+202E
/// are E2 80 A8 to E2 80 AE, U+2066 to U+2069 are E2 81 A6 to E2 81 A9, U+FEFF is EF BB BF.
pub(super) fn may_be_refused(text: &[u8]) -> bool {
    // Without a way out in the middle the compiler looks at many bytes at a time.
    let mut control = false;
    for &a in text {
        control |= (a < b' ' && a != b'\n' && a != b'\t') || a == 0x7f;
    }
    let after = |at: usize| text.get(at).copied().unwrap_or_default();
    control
        || memchr::memchr_iter(0xc2, text).any(|at| after(at + 1) < 0xa0)
        // Only punctuation and signs begin with this byte, no Han does.
        || memchr::memchr_iter(0xe2, text).any(|at| {
            matches!((after(at + 1), after(at + 2)), (0x80, 0xa8..=0xae) | (0x81, 0xa6..=0xa9))
        })
        || memchr::memmem::find(text, b"\xef\xbb\xbf").is_some()
}

/// Whether a character may not stand before `rest`.
pub(crate) fn is_refused(c: char, rest: &str) -> bool {
    match c {
        '\n' | '\t' => false,
        '\r' => !rest.starts_with('\n'),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        _ => c.is_control() || is_bidi(c),
    }
}

/// Whether a character turns the direction of reading, so that a text can be read otherwise than
/// it is written ("Trojan Source").
pub(crate) fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_the_mark_and_keeps_crlf() {
        assert_eq!(decode("\u{feff}a: 1\r\nb: 2\r\n".as_bytes()), Ok("a: 1\r\nb: 2\r\n"));
    }

    #[test]
    fn whatever_is_refused_is_told_from_its_bytes() {
        for c in (0..=0x0010_ffff_u32).filter_map(char::from_u32) {
            let refused = is_refused(c, "");
            for text in [format!("甲{c}乙"), c.to_string()] {
                assert!(may_be_refused(text.as_bytes()) || !refused, "{c:?}");
            }
            // A return before a line end is looked at twice.
            assert_eq!(may_be_refused(c.to_string().as_bytes()), refused, "{c:?}");
        }
    }

    #[test]
    fn names_the_place_of_what_it_refuses() {
        let at = |line, column| Position { line, column };
        assert_eq!(
            decode("题: 一\n课\u{2028}".as_bytes()),
            Err(TextFault::Control(at(2, 2), '\u{2028}'))
        );
        assert_eq!(decode(b"a\n\xe9\x87"), Err(TextFault::NotUtf8(at(2, 1), 0xe9)));
        assert_eq!(decode(b"a\x07"), Err(TextFault::Control(at(1, 2), '\u{7}')));
        assert_eq!(decode("a\u{85}b".as_bytes()), Err(TextFault::Control(at(1, 2), '\u{85}')));
        assert_eq!(decode("a\u{202e}b".as_bytes()), Err(TextFault::Control(at(1, 2), '\u{202e}')));
        assert_eq!(decode(b"a\rb"), Err(TextFault::Control(at(1, 2), '\r')));
    }
}
