//! Bytes to text: UTF-8 only, byte-order mark stripped, and no character that YAML readers
//! disagree about.

use super::Position;

/// Why bytes are not a text that can be read, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// A byte that is not UTF-8.
    NotUtf8(Position, u8),
    /// A control character, U+0085, U+2028 or U+2029.
    Control(Position, char),
}

/// Decodes a file. Line ends may be LF or CRLF.
pub fn decode(bytes: &[u8]) -> Result<&str, TextFault> {
    let text = match std::str::from_utf8(bytes) {
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
    // Nearly no byte of a text could begin one of those characters.
    let suspects = text.bytes().enumerate().filter(|(_, byte)| SUSPECT[usize::from(*byte)]);
    for (at, _) in suspects {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if is_refused(c, &text[at + c.len_utf8()..]) {
            return Err(TextFault::Control(Position::of(text, at), c));
        }
    }
    Ok(text)
}

/// Whether a character that [`is_refused`] may start with this byte: controls below U+0080 are
/// their own byte, the others begin with 0xC2 (U+0080 to U+009F), 0xE2 (U+2028, U+2029) or 0xEF
/// (U+FEFF).
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < b' ' {
        suspect[byte as usize] = byte != b'\n' && byte != b'\t';
        byte += 1;
    }
    suspect[0x7f] = true;
    suspect[0xc2] = true;
    suspect[0xe2] = true;
    suspect[0xef] = true;
    suspect
};

fn is_refused(c: char, rest: &str) -> bool {
    match c {
        '\n' | '\t' => false,
        '\r' => !rest.starts_with('\n'),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_the_mark_and_keeps_crlf() {
        assert_eq!(decode("\u{feff}a: 1\r\nb: 2\r\n".as_bytes()), Ok("a: 1\r\nb: 2\r\n"));
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
        assert_eq!(decode(b"a\rb"), Err(TextFault::Control(at(1, 2), '\r')));
    }
}
