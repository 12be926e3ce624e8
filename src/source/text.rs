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
    match text.char_indices().find(|(at, c)| is_refused(*c, &text[at + c.len_utf8()..])) {
        Some((at, c)) => Err(TextFault::Control(Position::of(text, at), c)),
        None => Ok(text),
    }
}

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
