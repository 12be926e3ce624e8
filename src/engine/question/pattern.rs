//! Patterns for typed answers: `*` stands for anything, `(a|b)` for one of several, `[a]` for
//! something that may be left out. Everything else stands for itself, folded like an answer.
//!
//! Matching keeps the set of places reached so far, so its time grows with pattern × answer and
//! never explodes.

use super::fold::{fold, loose};

/// Part of a pattern.
enum Piece {
    Text(Vec<char>),
    Anything,
    OneOf(Vec<Vec<Piece>>),
}

/// Whether the whole answer fits; a pattern that is not closed fits nothing.
pub(super) fn fits(pattern: &str, given: &str) -> bool {
    let Some(pieces) = parse(pattern) else { return false };
    // Once as typed, once with numerals as digits: a piece beside a `*` may cut a numeral apart.
    [loose(given), fold(given)].iter().any(|text| {
        let text: Vec<char> = text.chars().collect();
        let mut start = vec![false; text.len() + 1];
        if let Some(first) = start.first_mut() {
            *first = true;
        }
        walk(&pieces, start, &text).last() == Some(&true)
    })
}

/// Whether a pattern can be read.
pub(super) fn is_sound(pattern: &str) -> bool {
    pattern.chars().count() <= 200 && parse(pattern).is_some()
}

fn parse(pattern: &str) -> Option<Vec<Piece>> {
    let letters: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    let mut ways = alternatives(&letters, &mut at, 0)?;
    (at == letters.len() && ways.len() == 1).then(|| ways.remove(0))
}

/// Reads up to the bracket that closes this level; the ways between its bars.
fn alternatives(letters: &[char], at: &mut usize, depth: usize) -> Option<Vec<Vec<Piece>>> {
    if depth > 8 {
        return None;
    }
    let (mut ways, mut pieces, mut text) = (Vec::new(), Vec::new(), String::new());
    let end = |text: &mut String, pieces: &mut Vec<Piece>| {
        if !text.is_empty() {
            pieces.push(Piece::Text(loose(text).chars().collect()));
            text.clear();
        }
    };
    while let Some(letter) = letters.get(*at) {
        match letter {
            ')' | ']' => break,
            '|' => {
                end(&mut text, &mut pieces);
                ways.push(std::mem::take(&mut pieces));
                *at += 1;
            }
            '*' => {
                end(&mut text, &mut pieces);
                pieces.push(Piece::Anything);
                *at += 1;
            }
            '(' | '[' => {
                end(&mut text, &mut pieces);
                let closing = if *letter == '(' { ')' } else { ']' };
                *at += 1;
                let mut inner = alternatives(letters, at, depth + 1)?;
                if letters.get(*at) != Some(&closing) {
                    return None;
                }
                *at += 1;
                if closing == ']' {
                    inner.push(Vec::new());
                }
                pieces.push(Piece::OneOf(inner));
            }
            other => {
                text.push(*other);
                *at += 1;
            }
        }
    }
    end(&mut text, &mut pieces);
    ways.push(pieces);
    Some(ways)
}

/// The places reached from these ones.
fn walk(pieces: &[Piece], mut places: Vec<bool>, text: &[char]) -> Vec<bool> {
    for piece in pieces {
        let mut next = vec![false; places.len()];
        match piece {
            Piece::Anything => {
                let mut reached = false;
                for (from, to) in places.iter().zip(next.iter_mut()) {
                    reached |= from;
                    *to = reached;
                }
            }
            Piece::Text(letters) => {
                for (at, from) in places.iter().enumerate() {
                    let here = text.get(at..at + letters.len()) == Some(letters);
                    if let Some(to) = next.get_mut(at + letters.len()).filter(|_| *from && here) {
                        *to = true;
                    }
                }
            }
            Piece::OneOf(ways) => {
                for way in ways {
                    for (to, from) in next.iter_mut().zip(walk(way, places.clone(), text)) {
                        *to |= from;
                    }
                }
            }
        }
        places = next;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_what_they_say() {
        for (pattern, given, fit) in [
            ("大客户*", "大客户经理", true),
            ("大客户*", "大 客户", true),
            ("*客户", "大客户经理", false),
            ("(决策|拍板)[的]人", "决策人", true),
            ("(决策|拍板)[的]人", "拍板的人", true),
            ("(决策|拍板)[的]人", "的人", false),
            ("key [account] manager", "Key Manager", true),
            ("（a）", "(a)", true),
            ("*三*", "第三步", true),
            ("*3*", "第三步", true),
            ("", "", true),
            ("a(b", "ab", false),
            ("a|b", "a", false),
        ] {
            assert_eq!(fits(pattern, given), fit, "{pattern} {given}");
        }
        assert!(is_sound("[a|b]*") && !is_sound("a]") && !is_sound("(a") && !is_sound("(a]"));
    }

    #[test]
    fn no_pattern_takes_long() {
        let pattern = "(a*|*a)".repeat(25);
        // Each part takes an `a` at one of its ends; twenty are too few.
        assert!(!fits(&pattern, &("a".repeat(20) + &"b".repeat(480))));
        assert!(fits(&pattern, &("a".repeat(500) + "b")));
    }
}
