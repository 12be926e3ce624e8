//! What a course holds besides its chapters and exercises: the glossary, the sources, and what a
//! trainer is told about running a chapter. These are written as they are read, so each type here
//! is the file's shape and the model in one.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `glossary.yaml`: the terms of the course.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GlossaryFile {
    /// The terms in the order of the course.
    pub(super) terms: Vec<Term>,
}

/// A term of the course and what it means.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Stable id; the glossary page's address of it.
    pub id: String,
    /// The term as texts use it.
    pub term: String,
    /// What it means, in a line.
    pub definition: String,
    /// Where it comes from.
    #[serde(default)]
    pub from: Option<TermOrigin>,
    /// Other forms that texts use for it.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Ids of terms to read beside it.
    #[serde(default)]
    pub see: Vec<String>,
    /// Chapters in which the word means this; all when none is given. For everyday words.
    #[serde(default)]
    pub chapters: Vec<String>,
}

/// Where a term comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermOrigin {
    /// The source course.
    Seed,
    /// Published literature.
    Published,
    /// This course.
    Own,
}

impl TermOrigin {
    /// As written in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Published => "published",
            Self::Own => "own",
        }
    }
}

/// `sources.yaml`: what the course rests on, and what it has set itself.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// What comes from where, in Markdown.
    pub intro: String,
    /// What the course has set itself and readers should set for themselves.
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// What to be careful with, in Markdown.
    #[serde(default)]
    pub cautions: Vec<String>,
    /// What was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// Something that the course has set itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// What it is called.
    pub name: String,
    /// What is set, and how to find one's own, in Markdown.
    pub text: String,
    /// Chapters that use it.
    #[serde(default)]
    pub chapters: Vec<String>,
}

/// Something that was read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// Who wrote what.
    pub citation: String,
    /// Where it is: addresses that begin with http.
    #[serde(default)]
    pub links: Vec<String>,
    /// What it supports, in one's own words.
    pub supports: String,
    /// Chapters that rest on it.
    #[serde(default)]
    pub chapters: Vec<String>,
}

/// What a trainer is told about a chapter besides what its slides and questions say.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// What to have ready.
    #[serde(default)]
    pub prepare: Vec<String>,
    /// How to run the exercise in a room of about twenty, in Markdown.
    #[serde(default)]
    pub room: String,
    /// Mistakes to look out for.
    #[serde(default)]
    pub watch: Vec<String>,
}

/// Finds terms in texts, the longest at each place.
#[derive(Debug, Default)]
pub struct Finder {
    /// By first character (small letters): the word and the place of its term, longest first.
    words: BTreeMap<char, Vec<(String, usize)>>,
}

impl Finder {
    /// Prepares the terms that are looked for in a chapter.
    pub fn new(terms: &[Term], chapter: &str) -> Self {
        let mut words: BTreeMap<char, Vec<(String, usize)>> = BTreeMap::new();
        for (place, term) in terms.iter().enumerate() {
            if !term.chapters.is_empty() && !term.chapters.iter().any(|stem| stem == chapter) {
                continue;
            }
            for word in std::iter::once(&term.term).chain(&term.forms) {
                if let Some(first) = word.chars().next() {
                    let same = words.entry(first.to_ascii_lowercase()).or_default();
                    same.push((word.clone(), place));
                }
            }
        }
        for same in words.values_mut() {
            same.sort_by_key(|(word, place)| (usize::MAX - word.len(), *place));
        }
        Self { words }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The terms in a text, in order and apart: where each begins, its length in bytes, and the
    /// place of the term. Words of letters are found as whole words, in any case and with an `s`.
    pub fn find(&self, text: &str) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        let (mut before, mut free) = (None, 0);
        for (at, c) in text.char_indices() {
            if at >= free
                && let Some((length, place)) = self.at(&text[at..], c, before)
            {
                found.push((at, length, place));
                free = at + length;
            }
            before = Some(c);
        }
        found
    }

    fn at(&self, rest: &str, first: char, before: Option<char>) -> Option<(usize, usize)> {
        let letter = |c: char| c.is_ascii_alphanumeric();
        if letter(first) && before.is_some_and(letter) {
            return None;
        }
        let same = self.words.get(&first.to_ascii_lowercase())?;
        same.iter().find_map(|(word, place)| {
            let head = rest.get(..word.len())?;
            if !head.eq_ignore_ascii_case(word) {
                return None;
            }
            if !word.ends_with(letter) {
                return Some((word.len(), *place));
            }
            let after = &rest[word.len()..];
            let more = usize::from(after.starts_with(['s', 'S']));
            let whole = !after[more..].starts_with(letter);
            whole.then_some((word.len() + more, *place))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(id: &str, term: &str, forms: &[&str], chapters: &[&str]) -> Term {
        let own = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Term {
            id: id.to_owned(),
            term: term.to_owned(),
            definition: String::new(),
            from: None,
            forms: own(forms),
            see: Vec::new(),
            chapters: own(chapters),
        }
    }

    fn found<'t>(finder: &Finder, text: &'t str) -> Vec<&'t str> {
        finder.find(text).into_iter().map(|(at, length, _)| &text[at..at + length]).collect()
    }

    #[test]
    fn the_longest_term_wins_and_terms_do_not_overlap() {
        let terms = [term("a", "客户", &[], &[]), term("b", "重点客户", &["客户类别"], &[])];
        let finder = Finder::new(&terms, "01");
        assert_eq!(found(&finder, "重点客户与客户，客户类别"), ["重点客户", "客户", "客户类别"]);
        assert_eq!(found(&finder, "重点"), [""; 0]);
    }

    #[test]
    fn words_of_letters_are_whole_words() {
        let terms = [term("a", "cap", &[], &[]), term("b", "key account", &["QDQ"], &[])];
        let finder = Finder::new(&terms, "01");
        assert_eq!(
            found(&finder, "Caps, capacity, recap; Key accounts’ QDQ法 capx"),
            ["Caps", "Key accounts", "QDQ"]
        );
    }

    #[test]
    fn everyday_words_are_terms_in_their_chapters_only() {
        let terms = [term("a", "方向", &[], &["03-b"])];
        assert_eq!(found(&Finder::new(&terms, "03-b"), "方向"), ["方向"]);
        assert!(Finder::new(&terms, "01-a").is_empty());
    }
}
