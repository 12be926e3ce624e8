//! Where a link or an image leads.

use std::borrow::Cow;

/// Where a link leads, as far as its text shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To another site, by mail or by telephone.
    External,
    /// To a scheme that pages must not use, for instance `javascript`.
    Unsafe(String),
    /// To a place in the same page.
    Fragment(String),
    /// To a file: the path as written, percent-decoded, and the fragment.
    File(String, Option<String>),
}

/// Sorts out the destination of a link. Browsers ignore white space and control characters in
/// a scheme, and so does this.
pub fn target(destination: &str) -> Target {
    // Most, and soon told.
    if destination.starts_with("https://") || destination.starts_with("http://") {
        return Target::External;
    }
    let clean: Cow<'_, str> = if destination.contains(char::is_control) {
        destination.chars().filter(|c| !c.is_control()).collect()
    } else {
        destination.into()
    };
    let clean = clean.trim();
    if let Some(fragment) = clean.strip_prefix('#') {
        return Target::Fragment(fragment.to_owned());
    }
    let scheme_end = clean.find([':', '/', '?', '#']).filter(|at| clean[*at..].starts_with(':'));
    if let Some(end) = scheme_end {
        const SAFE: [&str; 4] = ["https", "http", "mailto", "tel"];
        if SAFE.contains(&&clean[..end]) {
            return Target::External;
        }
        let scheme: String = clean[..end].chars().filter(|c| !c.is_whitespace()).collect();
        let scheme = scheme.to_lowercase();
        let safe = SAFE.contains(&scheme.as_str());
        return if safe { Target::External } else { Target::Unsafe(scheme) };
    }
    let (path, fragment) = match clean.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (clean, None),
    };
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    Target::File(path, fragment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_destinations() {
        let file = |path: &str, fragment: Option<&str>| {
            Target::File(path.to_owned(), fragment.map(str::to_owned))
        };
        assert_eq!(target("https://example.org/a:b"), Target::External);
        assert_eq!(target("mailto:a@b.c"), Target::External);
        assert_eq!(target("java\nscript:alert(1)"), Target::Unsafe("javascript".into()));
        assert_eq!(target(" JavaScript:x"), Target::Unsafe("javascript".into()));
        assert_eq!(target("data:text/html,x"), Target::Unsafe("data".into()));
        assert_eq!(
            target("../09-screening/deck.html#4"),
            file("../09-screening/deck.html", Some("4"))
        );
        assert_eq!(target("media/a%20b.png"), file("media/a b.png", None));
        assert_eq!(target("#4.2"), Target::Fragment("4.2".into()));
        assert_eq!(target("//evil.example/x"), file("//evil.example/x", None));
        assert_eq!(target("./a:b"), file("./a:b", None));
    }
}
