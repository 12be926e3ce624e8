//! Links lead somewhere: to pages of the site, to media, or safely out of it.

use super::{Found, Survey};
use crate::course::Chapter;
use crate::course::inspect::nearest;
use crate::diag::Diagnostic;
use crate::markdown::{ReferenceKind, Target, target};
use std::collections::BTreeMap;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let pages = Pages::of(survey);
    for link in survey.references(ReferenceKind::Link) {
        let error = |code| {
            Diagnostic::error(code, &link.file, link.pin()).with("target", &link.reference.target)
        };
        match target(&link.reference.target) {
            Target::External => {}
            Target::Unsafe(scheme) => found.push(error("unsafe-link").with("scheme", scheme)),
            Target::Fragment(fragment) => {
                let page = format!("{}deck.html", link.folder);
                if let Some(place) = pages.missing_place(&page, &fragment) {
                    found.push(error("missing-place").with("place", place).with("page", page));
                }
            }
            Target::File(path, fragment) => {
                let page = resolve(&link.folder, &path);
                if page.as_ref().is_some_and(|page| pages.0.contains_key(page)) {
                    let page = page.unwrap_or_default();
                    if let Some(place) = fragment.and_then(|at| pages.missing_place(&page, &at)) {
                        found.push(error("missing-place").with("place", place).with("page", page));
                    }
                } else if !page.as_ref().is_some_and(|page| is_media(survey, page)) {
                    let meant = meant(survey, &pages, &link.folder, &path);
                    let code = match (&page, &meant) {
                        (None, None) => "link-leaves",
                        _ => "broken-link",
                    };
                    let meant = meant.map(|page| match &fragment {
                        Some(fragment) => format!("{}#{fragment}", relative(&page, link)),
                        None => relative(&page, link),
                    });
                    let near = meant.or_else(|| elsewhere(&path)).unwrap_or_default();
                    found.push(error(code).with("nearest", near).with("root", root(&link.folder)));
                }
            }
        }
    }
}

/// `www.example.org` is a site only with its scheme.
fn elsewhere(path: &str) -> Option<String> {
    path.starts_with("www.").then(|| format!("https://{path}"))
}

/// The way from a page of `folder` to where all pages are.
fn root(folder: &str) -> String {
    "../".repeat(folder.matches('/').count())
}

fn relative(page: &str, link: &Found<'_>) -> String {
    match page.strip_prefix(&*link.folder) {
        Some(sibling) => sibling.to_owned(),
        None => format!("{}{page}", root(&link.folder)),
    }
}

fn is_media(survey: &Survey<'_>, path: &str) -> bool {
    path.starts_with("media/") && survey.has(path)
}

/// The page or file that `path` means, which leads nowhere from `folder`: written from the root of
/// the site (`/02-b/deck.html`), as the name of a chapter (`02-b`) or its file, or misspelt.
fn meant(survey: &Survey<'_>, pages: &Pages<'_>, folder: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let bare = parts.collect::<Vec<_>>().join("/");
    let name = bare.strip_prefix("chapters/").unwrap_or(&bare);
    let name = [".yaml", ".yml", ".html"].iter().find_map(|end| name.strip_suffix(end));
    let name = name.unwrap_or_else(|| bare.strip_prefix("chapters/").unwrap_or(&bare));
    let exact = [
        format!("{folder}{bare}"),
        bare.clone(),
        format!("{folder}{name}.html"),
        format!("{name}.html"),
        format!("{name}/deck.html"),
        format!("practice/{name}.html"),
    ];
    let is_there = |page: &String| pages.0.contains_key(page) || is_media(survey, page);
    if let Some(page) = exact.into_iter().find(is_there) {
        return Some(page);
    }
    // What climbs, or stands alone, is meant from here; the rest more often from the root.
    let from_here = resolve(folder, &path);
    let (first, second) = if path.starts_with("..") || !bare.contains('/') {
        (from_here, Some(bare))
    } else {
        (Some(bare), from_here)
    };
    let near = |wrong: String| nearest(&wrong, pages.0.keys().map(String::as_str));
    first.and_then(near).or_else(|| second.and_then(near)).map(str::to_owned)
}

/// The path in the site that `path` means in a page of `folder`; `None` when it leads out of it.
pub(super) fn resolve(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether the course has a chapter. A list that cannot be read leaves nothing out, and what is
/// listed the wrong way (`01-a.yaml`) is said to be so, once.
fn is_listed(survey: &Survey<'_>, stem: &str) -> bool {
    let names = |entry: &String| {
        entry == stem || (entry.contains(stem) && !survey.has(&format!("chapters/{entry}.yaml")))
    };
    survey.failed("course.yaml")
        || survey.course.parts.iter().flat_map(|part| &part.chapters).any(names)
}

/// The pages of the site; a deck with its chapter, whose slides are places in it.
struct Pages<'c>(BTreeMap<String, Option<&'c Chapter>>);

impl<'c> Pages<'c> {
    fn of(survey: &Survey<'c>) -> Self {
        let mut pages = BTreeMap::from([("index.html".to_owned(), None)]);
        for path in survey.files {
            let stem = path.stem();
            if path.as_str().starts_with("chapters/") {
                if !is_listed(survey, stem) {
                    continue;
                }
                pages.insert(format!("{stem}/deck.html"), None);
                pages.insert(format!("{stem}/quiz.html"), None);
            } else if path.as_str().starts_with("practice/") {
                pages.insert(format!("practice/{stem}.html"), None);
            }
        }
        for (page, file) in [("glossary", "glossary.yaml"), ("sources", "sources.yaml")] {
            if survey.has(file) {
                pages.insert(format!("{page}.html"), None);
            }
        }
        for chapter in &survey.course.chapters {
            if chapter.guide.is_some() {
                pages.insert(format!("{}/guide.html", chapter.stem), None);
            }
            pages.insert(format!("{}/deck.html", chapter.stem), Some(chapter));
        }
        Self(pages)
    }

    /// The slide that `fragment` (`4`, `c09s03`, `4.2`) names in vain.
    fn missing_place(&self, page: &str, fragment: &str) -> Option<String> {
        let slides = &(*self.0.get(page)?)?.slides;
        let slide = match fragment.rsplit_once('.') {
            Some((slide, step)) if step.bytes().all(|byte| byte.is_ascii_digit()) => slide,
            _ => fragment,
        };
        let number = slide.parse().ok().filter(|number| (1..=slides.len()).contains(number));
        let known = ["", "open", "close"].contains(&slide)
            || slides.iter().any(|known| known.id == slide)
            || number.is_some_and(|number| number.to_string() == slide);
        (!known).then(|| slide.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn resolves_within_the_site() {
        assert_eq!(resolve("05-a/", "../09-b/deck.html").as_deref(), Some("09-b/deck.html"));
        assert_eq!(resolve("05-a/", "quiz.html").as_deref(), Some("05-a/quiz.html"));
        assert_eq!(resolve("05-a/", "../../x"), None);
        assert_eq!(resolve("05-a/", "/etc/passwd"), None);
    }
}
