//! Measures of text: Han characters, words, what stands between Han, how alike two texts are.

use crate::markdown;
use std::ops::ControlFlow::{self, Break, Continue};

/// Whether a character is Han (the blocks that Chinese text uses).
#[inline]
pub(super) fn is_han(c: char) -> bool {
    // Nearly all are in the first block.
    matches!(c, '\u{4e00}'..='\u{9fff}')
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character that is not Han belongs to a word or a number. Unicode's tables are not
/// asked about the blocks that the marks of Chinese and English are in.
#[inline]
fn is_word(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// How much there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Amount {
    /// Han characters.
    pub(super) han: usize,
    /// Words of other scripts; a number is a word.
    pub(super) words: usize,
}

impl Amount {
    pub(super) fn of(text: &str) -> Self {
        let mut amount = Self::default();
        let mut in_word = false;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // Nearly every character is told by its bytes in UTF-8.
            match bytes[at..] {
                // Han from U+4E00 to U+9FFF.
                [0xe5..=0xe9, ..] | [0xe4, 0xb8..=0xbf, ..] => {
                    amount.han += 1;
                    in_word = false;
                    at += 3;
                }
                // Marks of Chinese: U+3000 to U+3004, U+3008 to U+3020, U+FF00 to U+FF0F, U+FF1A to
                // U+FF20.
                [0xe3, 0x80, 0x80..=0x84 | 0x88..=0xa0, ..]
                | [0xef, 0xbc, 0x80..=0x8f | 0x9a..=0xa0, ..] => {
                    in_word = false;
                    at += 3;
                }
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    at += c.len_utf8();
                    if is_han(c) {
                        amount.han += 1;
                        in_word = false;
                    } else if is_word(c) {
                        amount.words += usize::from(!in_word);
                        in_word = true;
                    } else if !matches!(c, '\'' | '’' | '-' | '.' | ',' | '%') {
                        in_word = false;
                    }
                }
            }
        }
        amount
    }

    /// Reading both scripts at once: the share of a limit of so many Han characters or words.
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    pub(super) fn share(self, han: f64, words: f64) -> f64 {
        self.han as f64 / han + self.words as f64 / words
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |all, one| Self {
            han: all.han + one.han,
            words: all.words + one.words,
        })
    }
}

/// How long a text looks: a Han character counts one, everything else a half.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
pub(super) fn width(text: &str) -> f64 {
    let narrow = text.bytes().filter(u8::is_ascii).count();
    text.chars().count() as f64 - narrow as f64 / 2.0
}

/// Whether a text looks longer than that.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
pub(super) fn is_wider(text: &str, limit: f64) -> bool {
    // No character counts more than half of its bytes.
    text.len() as f64 / 2.0 > limit && width(text) > limit
}

/// Case, width, spaces and punctuation taken away.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = each_bare(text, &mut |c| {
        out.push(c);
        Continue(())
    });
    out
}

fn each_bare(text: &str, visit: &mut impl FnMut(char) -> ControlFlow<()>) -> ControlFlow<()> {
    for c in text.chars() {
        if is_han(c) {
            visit(c)?;
            continue;
        }
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        };
        if c.is_ascii() {
            if matches!(c, '%' | '<' | '>' | '=' | '+' | '-') || c.is_ascii_alphanumeric() {
                visit(c.to_ascii_lowercase())?;
            }
        } else if is_word(c) {
            // A small `İ` is two, the second of which is but its dot.
            visit(c.to_lowercase().next().unwrap_or(c))?;
        }
    }
    Continue(())
}

/// Lower-case words of a text, Han left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let apart = |c: char| !(c.is_alphanumeric() || c == '\'' || c == '’') || is_han(c);
    text.split(apart).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether one of the phrases stands in the text: those that begin with a letter as whole words,
/// those that begin with Han anywhere.
pub(super) fn says<'p>(text: &str, phrases: &[&'p str]) -> Option<&'p str> {
    // Texts are short, and to search each for every phrase would take longer than all else that is
    // asked of it: a phrase one of whose characters is missing is not looked for.
    let mut there = [0_u64; 4];
    let place = |c: char| (u32::from(c) as usize / 64 % 4, 1_u64 << (u32::from(c) % 64));
    let mut has_words = false;
    for c in text.chars() {
        let (word, bit) = place(c);
        there[word] |= bit;
        has_words |= c.is_ascii_alphabetic();
    }
    let padded = if has_words { format!(" {} ", words(text).join(" ")) } else { String::new() };
    let whole = |phrase: &str| {
        has_words
            && padded.match_indices(phrase).any(|(at, _)| {
                padded[..at].ends_with(' ') && padded[at + phrase.len()..].starts_with(' ')
            })
    };
    let may_hold = |phrase: &str| {
        phrase.chars().all(|c| {
            let (word, bit) = place(c);
            there[word] & bit != 0
        })
    };
    phrases.iter().copied().find(|phrase| {
        if phrase.as_bytes().first().is_some_and(u8::is_ascii) {
            whole(phrase)
        } else {
            may_hold(phrase) && text.contains(phrase)
        }
    })
}

/// Pairs of neighbouring characters in texts that follow each other, punctuation left out; each
/// once, sorted.
pub(super) fn pairs(texts: &[&str]) -> Vec<(char, char)> {
    let mut pairs = Vec::new();
    let _ = each_pair(texts, &mut |pair| {
        pairs.push(pair);
        Continue(())
    });
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn each_pair(
    texts: &[&str],
    visit: &mut impl FnMut((char, char)) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut last = None;
    let mut bare = |c| last.replace(c).map_or(Continue(()), |before| visit((before, c)));
    texts.iter().try_for_each(|text| each_bare(text, &mut bare))
}

/// Whether less than `share` of texts' [`pairs`] stands in another: a guess that is quickly made,
/// and never wrong when it says so.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
pub(super) fn shares_less(texts: &[&str], other: &str, share: f64) -> bool {
    const BITS: u32 = 4096;
    let place = |(a, b): (char, char)| {
        let mixed = u32::from(a).wrapping_mul(31).wrapping_add(u32::from(b)) % BITS;
        ((mixed / 64) as usize, 1_u64 << (mixed % 64))
    };
    let (mut there, mut own) = ([0_u64; (BITS / 64) as usize], [0_u64; (BITS / 64) as usize]);
    let _ = each_pair(&[other], &mut |pair| {
        let (word, bit) = place(pair);
        there[word] |= bit;
        Continue(())
    });
    // Texts have no more pairs than characters: mostly half of them tell.
    let most: usize = texts.iter().map(|text| text.chars().count()).sum();
    let enough = (1.0 - share) * most as f64;
    let (mut all, mut missing) = (0_usize, 0_usize);
    let told = each_pair(texts, &mut |pair| {
        let (word, bit) = place(pair);
        if own[word] & bit == 0 {
            own[word] |= bit;
            all += 1;
            missing += usize::from(there[word] & bit == 0);
            if missing as f64 > enough {
                return Break(());
            }
        }
        Continue(())
    });
    told.is_break() || missing as f64 > (1.0 - share) * all as f64
}

/// What is half-width where Chinese has marks of its own.
#[derive(Debug, PartialEq)]
pub(super) struct HalfWidth {
    /// The first character in the text as written.
    pub(super) offset: usize,
    /// How many.
    pub(super) count: usize,
    /// What stands there.
    pub(super) text: String,
}

/// Half-width punctuation between Han, and dots or hyphens typed for …… and ——. Code, computed
/// figures and addresses are left alone.
pub(super) fn half_width(text: &str) -> Vec<HalfWidth> {
    if may_be_half_width(text) { half_width_marks(text) } else { Vec::new() }
}

fn half_width_marks(text: &str) -> Vec<HalfWidth> {
    let shown: Vec<(usize, char)> = markdown::letters(text);
    let is_chinese = |c: char| is_han(c) || "，。；：？！、）】》”’（【《“‘…—".contains(c);
    let neighbour = |mut at: usize, step: isize| loop {
        at = at.checked_add_signed(step)?;
        let (_, c) = *shown.get(at)?;
        if c != ' ' {
            return Some(c);
        }
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < shown.len() {
        let (offset, c) = shown[at];
        let run = shown[at..].iter().take_while(|(_, other)| *other == c).count();
        let (before, after) = (neighbour(at, -1), neighbour(at + run - 1, 1));
        let chinese = |c: Option<char>| c.is_some_and(is_chinese);
        let wrong = match c {
            '.' if run >= 3 => chinese(before) || chinese(after),
            '-' if run >= 2 => chinese(before) || chinese(after),
            ',' | ';' | ':' | '?' | '!' | '.' if run == 1 => {
                before.is_some_and(is_han)
                    && (chinese(after) || (after.is_none() && c != '.' && c != ':'))
            }
            '(' | ')' | '"' if run == 1 => before.is_some_and(is_han) && after.is_some_and(is_han),
            _ => false,
        };
        if wrong {
            let text = std::iter::repeat_n(c, run).collect();
            found.push(HalfWidth { offset, count: run, text });
        }
        at += run;
    }
    found
}

/// Whether the text as written has a mark that [`half_width`] could find: it spares most texts
/// being parsed.
fn may_be_half_width(text: &str) -> bool {
    let found = |at: usize, mark: u8| {
        let before = &text[..at];
        // The last character that is neither space nor markup.
        let prose =
            before.trim_end_matches([' ', '*', '_', '~', '[', ']', '`']).chars().next_back();
        let Some(prose) = prose else { return false };
        match mark {
            _ if prose == '\\' => true,
            b'.' | b'-' if prose == char::from(mark) => true,
            b'-' => false,
            // A link's address.
            b'(' if before.ends_with(']') => false,
            // Brackets may hide what the reader sees before the mark.
            _ => is_han(prose) || matches!(prose, ')' | '>'),
        }
    };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte >= 0xe0 {
            // Han and the marks beside them have three bytes.
            at += 3;
            continue;
        }
        let is_mark =
            matches!(byte, b'.' | b'-' | b',' | b';' | b':' | b'?' | b'!' | b'(' | b')' | b'"');
        if is_mark && found(at, byte) {
            return true;
        }
        at += 1;
    }
    false
}

/// How alike two texts are: 1 − edits ÷ length of the longer (Levenshtein), from 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_without_tables() {
        let odd = ('\0'..=char::MAX).find(|c| is_word(*c) != c.is_alphanumeric());
        assert_eq!(odd, None);
    }

    #[test]
    fn amounts_count_han_and_words() {
        assert_eq!(Amount::of("用 SWOT 看禾屿，共 1,250 万"), Amount { han: 6, words: 2 });
        assert_eq!(Amount::of("It's a well-kept list."), Amount { han: 0, words: 4 });
    }

    /// Characters are counted by their bytes; each must count as what it is.
    #[test]
    fn amounts_are_told_from_bytes() {
        for c in '\0'..=char::MAX {
            let joins = matches!(c, '\'' | '’' | '-' | '.' | ',' | '%');
            let words = if is_word(c) || joins { 1 } else { 2 };
            let amount =
                if is_han(c) { Amount { han: 1, words: 2 } } else { Amount { han: 0, words } };
            assert_eq!(Amount::of(&format!("a{c}b")), amount, "{c:?}");
        }
    }

    #[test]
    fn none_is_wider_than_half_its_bytes() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert!(width(&text) * 2.0 <= f64::from(u8::try_from(text.len()).unwrap()), "{c:?}");
        }
    }

    #[test]
    fn half_width_marks_between_han_are_found_in_place() {
        let at = |text: &str| -> Vec<_> {
            half_width(text).into_iter().map(|it| (it.offset, it.text)).collect()
        };
        assert_eq!(at("先定准则,再看客户"), [(4, ",".to_owned())]);
        assert_eq!(at("**先**定准则, 再看"), [(8, ",".to_owned())]);
        assert_eq!(at("-\\-乙"), [(0, "--".to_owned())]);
        assert_eq!(at("等等...再说--好"), [(2, "...".to_owned()), (7, "--".to_owned())]);
        assert_eq!(at("“好”，他说：“走。”（完）"), []);
        assert_eq!(at("比率 3:1，版本 1.5，`a,b`，{=a.b | 1}，[见](../x.html)"), []);
        assert_eq!(at("价值(机会)更大"), [(2, "(".to_owned()), (5, ")".to_owned())]);
        assert_eq!(at("Plain English, fine."), []);
    }

    #[test]
    fn shares_are_not_underrated() {
        let less = |text, other, share| shares_less(&[text], other, share);
        assert!(!less("先定准则，再看 Client A", "先定准则，再看 CLIENT a", 1.0));
        assert!(less("先定准则再看", "", 0.01));
        assert!(less("先定准则再看", "准则先定", 0.5));
        let (shown, said) = ("先定准则，再看客户；先定准则，再看 SWOT", "今天先定准则再看客户");
        let (pairs, others) = (pairs(&[shown]), pairs(&[said]));
        assert_eq!(pairs, super::pairs(&["先定准则，", "再看客户；先定准则，再看 SWOT"]));
        let both: Vec<_> = pairs.iter().filter(|pair| others.contains(pair)).collect();
        assert_eq!((both.len(), pairs.len()), (7, 12));
        assert!(!less(shown, said, 7.0 / 12.0) && less(shown, said, 0.6));
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(4096))]

        #[test]
        fn no_share_is_underrated(text in "[甲乙丙丁，a-cİ ]{0,40}", other in "[甲乙丙丁，a-cİ ]{0,40}", share in 0.0..1.0) {
            let (text, other) = ([text.as_str()], other.as_str());
            let (all, others) = (pairs(&text), pairs(&[other]));
            let both = all.iter().filter(|pair| others.contains(pair)).count();
            if shares_less(&text, other, share) {
                let [both, all] = [both, all.len()].map(|n| f64::from(u32::try_from(n).unwrap()));
                proptest::prop_assert!(both < share * all);
            }
        }

        #[test]
        fn no_half_width_mark_is_passed_over(text in "[甲乙，。”ab1 \n*_~`<>&\\\\|,.;:?!()\"\\[\\]-]{0,14}") {
            proptest::prop_assert!(half_width_marks(&text).is_empty() || may_be_half_width(&text));
        }
    }

    #[test]
    fn phrases_are_whole_words_or_han_anywhere() {
        assert_eq!(says("Which is NOT true?", &["not"]), Some("not"));
        assert_eq!(says("A notable fact", &["not"]), None);
        assert_eq!(says("下列不属于准则的是", &["不属于"]), Some("不属于"));
    }
}
