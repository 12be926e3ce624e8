//! Q11: options that say the same, or number ranges that overlap.

use super::{Bank, Check, Level, Report, Rule, prose};
use std::collections::HashMap;

pub(in super::super) const RULE: Rule = Rule { id: "Q11", check: Check::Quiz(check) };

/// So alike, and so long, is near enough to be the same.
const LIKENESS: f64 = 0.9;
const LENGTH: usize = 10;

/// So many options before one are looked at: nobody reads more, and all pairs of some ten thousand
/// would take for ever.
const BEFORE: usize = 50;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        let told: Vec<Told> = item.options.iter().map(|option| Told::of(&option.text)).collect();
        let mut firsts = HashMap::new();
        for (at, (option, this)) in item.options.iter().zip(&told).enumerate() {
            let mut say = |level, other: usize| {
                let said = [("other", item.options[other].text.clone())];
                report.item(item, &option.path(), level, &said);
            };
            let first = *firsts.entry(this.bare.as_str()).or_insert(at);
            if first != at && !this.bare.is_empty() {
                say(Level::Error, first);
                continue;
            }
            let before = told[..at].iter().enumerate().skip(at.saturating_sub(BEFORE));
            for (other, earlier) in before {
                if this.overlaps(earlier) || this.is_near(earlier) {
                    say(Level::Warn, other);
                }
            }
        }
    }
}

/// What is compared of an option.
struct Told {
    bare: String,
    digits: String,
    range: Option<(f64, f64, String)>,
}

impl Told {
    fn of(text: &str) -> Self {
        let bare = prose::bare(text);
        let digits = bare.chars().filter(char::is_ascii_digit).collect();
        Self { bare, digits, range: range(text) }
    }

    /// Nearly the same letters; texts that differ in their numbers differ.
    fn is_near(&self, other: &Self) -> bool {
        self.digits == other.digits
            && self.bare.chars().count() >= LENGTH
            && prose::likeness(&self.bare, &other.bare) >= LIKENESS
    }

    /// Whether two ranges such as `10–20 万` share more than an end.
    fn overlaps(&self, other: &Self) -> bool {
        match (&self.range, &other.range) {
            (Some((from, to, unit)), Some((other_from, other_to, other_unit))) => {
                unit == other_unit && from < other_to && other_from < to
            }
            _ => false,
        }
    }
}

/// Lower end, upper end and what is written around them.
fn range(text: &str) -> Option<(f64, f64, String)> {
    // Most options have no number.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = text.replace(['–', '—', '~', '～', '至', '到'], "-").replace(" to ", "-");
    let (first, second) = text.split_once('-')?;
    let number = |part: &str, from_end: bool| -> Option<(f64, String)> {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let (digits, rest): (String, String) = if from_end {
            let at = part.trim_end().trim_end_matches(is_digit).len();
            (part.trim_end()[at..].to_owned(), part[..at].to_owned())
        } else {
            let part = part.trim_start();
            let at = part.find(|c| !is_digit(c)).unwrap_or(part.len());
            (part[..at].to_owned(), part[at..].to_owned())
        };
        Some((digits.parse().ok()?, rest))
    };
    // A unit may stand behind both ends: `10%–20%`.
    let (to, unit) = number(second, false)?;
    let first = first.trim_end().strip_suffix(unit.trim()).unwrap_or(first);
    let (from, before) = number(first, true)?;
    (from <= to).then(|| (from, to, format!("{}|{}", before.trim(), unit.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Severity;
    use crate::source::Memory;
    use crate::{compile, embedded};

    #[test]
    fn ranges_overlap_inside_only() {
        let overlap = |a, b| Told::of(a).overlaps(&Told::of(b));
        assert!(overlap("10–20 万", "15–30 万"));
        assert!(!overlap("10–20 万", "20–30 万"));
        assert!(!overlap("10–20 万", "15–30 天"));
        assert!(overlap("10%–50%", "40%–60%"));
        assert!(!overlap("先定准则", "再看客户"));
    }

    /// Each is told once, of the first that says the same, however far away that is; all pairs of
    /// four thousand took half a minute.
    #[test]
    fn options_are_told_once() {
        let texts = |n: usize| match n {
            10 | 3000 | 3990 => "总成本最低".to_owned(),
            20 => "10–20 万".to_owned(),
            25 => "15–30 万".to_owned(),
            n => format!("第 {n} 条"),
        };
        let options: Vec<_> = (0..4000)
            .map(
                |n| serde_json::json!({"id": format!("o{n}"), "text": texts(n), "correct": n == 0}),
            )
            .collect();
        let question = serde_json::json!({"kind": "single", "id": "q", "prompt": "哪一条？", "options": options});
        let chapter = serde_json::json!({
            "title": "章", "slides": [{"id": "s", "title": "甲", "body": "乙"}], "questions": [question],
        });
        let course = "id: c\ntitle: 课\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [a]}]\n";
        let world = Memory::default()
            .with("course.yaml", course.as_bytes())
            .with("chapters/a.yaml", chapter.to_string().into_bytes());
        let found = compile::check(&world, &embedded::themes(), &compile::Options::default());
        let told: Vec<_> = found.iter().filter(|it| it.code == "Q11").collect();
        let others: Vec<_> =
            told.iter().map(|it| (it.severity, it.args["other"].as_str())).collect();
        let same = (Severity::Error, "总成本最低");
        assert_eq!(others, [(Severity::Warning, "10–20 万"), same, same], "{told:#?}");
    }
}
