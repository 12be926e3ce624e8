//! Folding typed answers, so that spelling habits do not count: full and half width, Chinese and
//! Western punctuation, spaces, case, Chinese numerals and digits.

/// The form in which typed answers are compared.
pub fn fold(text: &str) -> String {
    let text = numerals(&loose(text));
    let text = text.trim_end_matches(['.', ',', ';', '!', '?', ':']);
    plain_numbers(text)
}

/// The first half of folding: width, punctuation, spaces, case.
pub(super) fn loose(text: &str) -> String {
    half_width(text)
        .chars()
        .filter(|letter| !letter.is_whitespace() && !is_invisible(*letter))
        .map(lower)
        .collect()
}

/// Small letters for the alphabets that course texts use. The tables of the standard library know
/// more, and weigh as much as three kinds of question.
fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let shift = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => {
            32
        }
        0x400..=0x40f => 80,
        0x100..=0x12f
        | 0x132..=0x137
        | 0x14a..=0x177
        | 0x460..=0x481
        | 0x48a..=0x4bf
        | 0x1e00..=0x1e95
        | 0x1ea0..=0x1eff => 1 - code % 2,
        0x139..=0x148 | 0x179..=0x17e => code % 2,
        _ => 0,
    };
    char::from_u32(code + shift).unwrap_or(letter)
}

/// Full-width letters, digits and signs as their half-width ones; Chinese punctuation as Western.
pub(super) fn half_width(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            '\u{3000}' => ' ',
            '。' => '.',
            '、' => ',',
            '“' | '”' | '„' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' | '«' | '»' => {
                '"'
            }
            '‘' | '’' => '\'',
            '【' | '〔' => '[',
            '】' | '〕' => ']',
            '−' | '–' | '—' | '―' | '‐' | '‑' => '-',
            '·' | '・' | '‧' | '•' => '·',
            '〜' => '~',
            '﹪' => '%',
            '×' | '✕' => '*',
            '÷' | '∕' | '⁄' => '/',
            '…' => '.',
            other => other,
        })
        .collect()
}

/// Characters that are typed or pasted without being seen.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Chinese numerals as digits; 百分之八十 as 80%, 三分之二 as 2/3.
pub(super) fn numerals(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        if let Some(amount) = rest.strip_prefix(&['百', '分', '之']) {
            if let Some((number, taken)) = number_at(amount) {
                out.push_str(&number);
                out.push('%');
                at += 3 + taken;
                continue;
            }
        }
        match numeral_at(rest) {
            Some((whole, taken)) => {
                at += taken;
                match letters[at..].strip_prefix(&['分', '之']).and_then(number_at) {
                    Some((part, more)) => {
                        out.push_str(&part);
                        out.push('/');
                        out.push_str(&whole);
                        at += 2 + more;
                    }
                    None => out.push_str(&whole),
                }
            }
            None => {
                out.push(letters[at]);
                at += 1;
            }
        }
    }
    out
}

/// A number in digits or in numerals at the start, and how many characters it takes.
fn number_at(letters: &[char]) -> Option<(String, usize)> {
    let digits: String =
        letters.iter().take_while(|letter| letter.is_ascii_digit() || **letter == '.').collect();
    if digits.is_empty() {
        // 百分之百 is the one place where a bare unit is a number.
        if letters.first() == Some(&'百') {
            return Some(("100".to_owned(), 1));
        }
        numeral_at(letters)
    } else {
        Some((digits.clone(), digits.chars().count()))
    }
}

/// A Chinese numeral at the start as digits, and how many characters it takes.
fn numeral_at(letters: &[char]) -> Option<(String, usize)> {
    let first = *letters.first()?;
    if digit(first).is_none() && first != '十' && first != '拾' {
        return None;
    }
    let taken = letters
        .iter()
        .take_while(|letter| digit(**letter).is_some() || unit(**letter).is_some())
        .count();
    let run = letters.get(..taken)?;
    let whole = value(run)?;
    // 八点五
    let fraction: String = match letters.get(taken..)?.strip_prefix(&['点']) {
        Some(after) => after
            .iter()
            .map_while(|letter| digit(*letter))
            .filter_map(|value| char::from_digit(value, 10))
            .collect(),
        None => String::new(),
    };
    let length = fraction.chars().count();
    Some(if length > 0 {
        (format!("{whole}.{fraction}"), taken + 1 + length)
    } else {
        (whole, taken)
    })
}

/// What a run of numerals amounts to, in digits.
fn value(run: &[char]) -> Option<String> {
    if run.len() > 1 && run.iter().all(|letter| digit(*letter).is_some()) {
        // 二〇二六: read digit by digit.
        return Some(
            run.iter().filter_map(|l| digit(*l)).filter_map(|d| char::from_digit(d, 10)).collect(),
        );
    }
    let (mut total, mut section, mut pending, mut last_unit) = (0_u64, 0_u64, None, 1_u64);
    for letter in run {
        if let Some(value) = digit(*letter) {
            if value == 0 {
                last_unit = 1;
                continue;
            }
            pending = Some(u64::from(value));
            continue;
        }
        let unit = unit(*letter)?;
        if unit >= 10_000 {
            section = section.checked_add(pending.take().unwrap_or(0))?;
            total = total.checked_add(section.max(u64::from(section == 0)).checked_mul(unit)?)?;
            section = 0;
        } else {
            section = section.checked_add(pending.take().unwrap_or(1).checked_mul(unit)?)?;
        }
        last_unit = unit;
    }
    // 一百二 is 120, 三万五 is 35,000; but 十五 is 15.
    let tail = pending.unwrap_or(0) * if last_unit >= 100 { last_unit / 10 } else { 1 };
    Some(total.checked_add(section)?.checked_add(tail)?.to_string())
}

fn digit(letter: char) -> Option<u32> {
    Some(match letter {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit(letter: char) -> Option<u64> {
    Some(match letter {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Numbers inside a text without thousands commas and without zeros that say nothing.
fn plain_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let run = letters[at..].iter().take_while(|l| l.is_ascii_digit() || matches!(l, '.' | ','));
        let length = run.count();
        let starts = letters[at].is_ascii_digit() && !before.is_some_and(char::is_ascii_digit);
        if !starts {
            out.push(letters[at]);
            at += 1;
            continue;
        }
        let number: String = letters[at..at + length].iter().collect();
        out.push_str(&plain_number(&number));
        at += length;
    }
    out
}

/// One number; what does not look like one (`1.2.3`, `3,4`) stays as it is.
fn plain_number(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = first.len() <= 3 && groups.clone().all(|group| group.len() == 3);
    if fraction.contains(['.', ',']) || (whole.contains(',') && !grouped) {
        return text.to_owned();
    }
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.replace(',', "");
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_of_spelling_do_not_count() {
        for (one, other) in [
            ("ＱＤＱ", "q d q"),
            ("三", "3"),
            ("百分之八十", "80%"),
            ("百分之八十", "８０ ％"),
            ("百分之百", "100%"),
            ("三分之二", "2/3"),
            ("两分之一", "1/2"),
            ("十五", "15"),
            ("二十", "20"),
            ("一百零五", "105"),
            ("一百二", "120"),
            ("一百二十", "120"),
            ("三万五", "35000"),
            ("三万零五", "30005"),
            ("一千二百", "1,200"),
            ("八点五", "8.5"),
            ("80.0%", "80%"),
            ("二〇二六年", "2026 年"),
            ("数量、方向、质量。", "数量，方向，质量"),
            ("“好”", "\"好\""),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn different_answers_stay_different() {
        for (one, other) in [
            ("三", "四"),
            ("80", "80%"),
            ("1.2.3", "123"),
            ("3,4", "34"),
            ("万一", "一万"),
            ("10", "1"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn nothing_breaks_it() {
        for text in
            ["", "百分之", "十分之", "分之", "一点", "亿亿亿亿亿亿", "九亿亿亿亿亿", ".,.,", "点"]
        {
            let once = fold(text);
            assert_eq!(fold(&once), once, "{text}");
        }
    }
}
