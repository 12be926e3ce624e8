//! The languages of a site: what they are called, and the same page in the other ones.

use super::value::{list, map, text};
use super::{Job, value};
use crate::source::RelPath;
use serde_json::{Value as Json, json};
use std::fmt::Write as _;
use tera::Value;

/// What languages call themselves, by the beginning of their tag, the longer one first.
const NAMES: [(&str, &str); 21] = [
    ("zh-hant", "繁體中文"),
    ("zh", "中文"),
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("vi", "Tiếng Việt"),
];

/// What a language calls itself; its tag when that is not known.
fn name(tag: &str) -> &str {
    let lower = tag.to_ascii_lowercase();
    let is = |start: &str| {
        lower.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    NAMES.iter().find(|(start, _)| is(start)).map_or(tag, |(_, name)| name)
}

/// A page in one of the languages.
struct Edition<'l> {
    language: &'l str,
    url: String,
    current: bool,
}

/// The page at `path` in every language, as its own address and the others' seen from it; none
/// when there is one language only.
fn editions<'l>(job: &Job<'l>, path: &RelPath) -> Vec<Edition<'l>> {
    if job.languages.len() < 2 {
        return Vec::new();
    }
    let root = format!("{}{}", path.to_root(), job.up());
    let edition = |language: &'l String| {
        let folder = job.folder(language).map(|folder| format!("{folder}/")).unwrap_or_default();
        let current = *language == job.course.language;
        let url =
            if current { path.file_name().to_owned() } else { format!("{root}{folder}{path}") };
        Edition { language, url, current }
    };
    job.languages.iter().map(edition).collect()
}

/// For the page's head: where search engines and readers find it in other languages.
pub(super) fn alternates(job: &Job<'_>, path: &RelPath) -> String {
    let mut out = String::new();
    for edition in editions(job, path) {
        let url = value::attribute(&edition.url);
        let _ = writeln!(
            out,
            "<link rel=\"alternate\" hreflang=\"{}\" href=\"{url}\">",
            edition.language
        );
    }
    out
}

/// For templates: the other languages that the page can be read in.
pub(super) fn others(job: &Job<'_>, path: &RelPath) -> Value {
    let others = editions(job, path).into_iter().filter(|edition| !edition.current);
    list(others.map(|edition| {
        map([
            ("tag", text(edition.language)),
            ("name", text(name(edition.language))),
            ("url", text(edition.url)),
        ])
    }))
}

/// For scripts: the same.
pub(super) fn data(job: &Job<'_>, path: &RelPath) -> Json {
    let others = editions(job, path).into_iter().filter(|edition| !edition.current);
    let others = others.map(|edition| {
        json!({"tag": edition.language, "name": name(edition.language), "url": edition.url})
    });
    others.collect()
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn languages_are_called_what_they_call_themselves() {
        assert_eq!(
            ["zh-Hans", "zh-Hant-TW", "en", "pt-BR", "enx"].map(name),
            ["中文", "繁體中文", "English", "Português", "enx"]
        );
    }
}
