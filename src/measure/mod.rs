//! Measures slides in a browser: what does not fit, what is too small, what is too pale, and Han
//! that is slanted or too tight.
//!
//! 1. The course, compiled as 16:9 and as 4:3, is written to temporary folders and every deck is
//!    opened: in both shapes, and in both once more in dark colours.
//! 2. `measure.js` shows each slide with all its steps and measures every text where it stands.
//!    (The pages under `kejian serve` use the same script for their badge.)
//! 3. A finding comes with the slide and the text that it is about; the text is looked up in the
//!    author's chapter, so the finding has its line. Those of a translation are moved to its line
//!    in the catalogue by [`crate::course::translate::at_lines`].
//!
//! These are the rules D05, D06, D14 and D16 of [`crate::course::rule_ids`].

use crate::chromium::{Browser, Error, Screen};
use crate::course::Course;
use crate::diag::{Diagnostic, Pin, Severity};
use crate::site::{Site, write};
use crate::source::RelPath;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tempfile::TempDir;

/// The script that measures.
pub(crate) const SCRIPT: &str = include_str!("measure.js");

/// One way to look at a deck.
struct View<'a> {
    /// As authors call it.
    name: &'static str,
    site: &'a Path,
    screen: Screen,
    scheme: &'static str,
}

/// What the script finds.
#[derive(Debug, Deserialize)]
struct Found {
    slide: String,
    rule: String,
    text: String,
    value: f64,
    limit: f64,
}

/// Measures every deck of a course that was compiled in both shapes, in each of its languages
/// (`courses`, the author's first, as the site has them). Sizes and places are measured in each
/// shape, colours in each scheme. The findings come by language, placed in the author's chapters.
pub fn measure(
    courses: &[Course],
    wide: &Site,
    standard: &Site,
) -> Result<Vec<Vec<Diagnostic>>, Error> {
    let (wide, standard) = (unpack(wide)?, unpack(standard)?);
    let (wide, standard) = (wide.path(), standard.path());
    let small = Screen::computer(1440, 1080);
    let views = [
        View { name: "16:9", site: wide, screen: Screen::PROJECTOR, scheme: "light" },
        View { name: "4:3", site: standard, screen: small, scheme: "light" },
        View { name: "@view.dark", site: wide, screen: Screen::PROJECTOR, scheme: "dark" },
        View { name: "@view.dark_standard", site: standard, screen: small, scheme: "dark" },
    ];
    let browser = Browser::start()?;
    courses.iter().map(|course| in_language(course, &browser, &views)).collect()
}

/// Measures the decks of one language.
fn in_language(
    course: &Course,
    browser: &Browser,
    views: &[View<'_>],
) -> Result<Vec<Diagnostic>, Error> {
    // Translations stand in a folder of their language, and their slides are named after it.
    let folder =
        course.source.as_ref().map_or_else(String::new, |_| format!("{}/", course.language));
    let mut all = Vec::new();
    // The same fault in several views is one finding, named after the first.
    let mut seen = BTreeSet::new();
    for chapter in &course.chapters {
        for view in views {
            let deck = view.site.join(&folder).join(&chapter.stem).join("deck.html");
            for mut found in look(browser, &deck, view)? {
                if seen.insert((chapter.stem.clone(), found.slide.clone(), found.rule.clone())) {
                    let place = chapter.slides.iter().position(|slide| slide.id == found.slide);
                    found.slide.insert_str(0, &folder);
                    all.extend(diagnostic(&chapter.file, place, &found, view, &course.checks));
                }
            }
        }
    }
    Ok(all)
}

/// Writes a site to a folder that goes with the value.
fn unpack(site: &Site) -> Result<TempDir, Error> {
    let folder = tempfile::tempdir().map_err(|error| Error::Start(error.to_string()))?;
    write(site, folder.path(), None).map_err(|error| Error::Start(format!("{error:?}")))?;
    Ok(folder)
}

fn look(browser: &Browser, deck: &Path, view: &View<'_>) -> Result<Vec<Found>, Error> {
    let page = browser.open()?;
    page.screen(view.screen)?;
    page.media(&[("prefers-color-scheme", view.scheme), ("prefers-reduced-motion", "reduce")])?;
    page.goto_file(deck, "")?;
    page.evaluate(SCRIPT)?;
    let colours = view.scheme == "dark";
    let found = page.evaluate(&format!("kejianMeasure.deck({colours})"))?;
    read(found)
}

fn read(found: Value) -> Result<Vec<Found>, Error> {
    serde_json::from_value(found).map_err(|error| Error::Page(error.to_string()))
}

/// What is said about a finding. The opening and the closing slide are made from the chapter's
/// title, objectives and takeaways, so theirs stand there.
fn diagnostic(
    file: &RelPath,
    slide: Option<usize>,
    found: &Found,
    view: &View<'_>,
    checks: &BTreeMap<String, String>,
) -> Option<Diagnostic> {
    let (code, severity) = match found.rule.as_str() {
        "overflow" => ("D14", Severity::Error),
        "small" => ("D05", Severity::Error),
        "body" => ("D05", Severity::Warning),
        "contrast" => ("D06", Severity::Error),
        "italic" | "tight" | "title" => ("D16", Severity::Warning),
        _ => return None,
    };
    let below = slide.map_or_else(String::new, |place| format!("slides[{place}]"));
    let pin = match found.text.as_str() {
        "" => Pin::Value(below),
        text => Pin::Text { below, text: text.into(), offset: 0, count: text.chars().count() },
    };
    let severity = match checks.get(code).map(String::as_str) {
        Some("off") => return None,
        Some("info") => Severity::Info,
        Some("warn") => Severity::Warning,
        Some("error") => Severity::Error,
        _ => severity,
    };
    let finding = Diagnostic { severity, ..Diagnostic::error(code, file, pin) };
    let fault = if code == "D16" { format!("@han.{}", found.rule) } else { String::new() };
    let number = |value: f64| format!("{}", (value * 100.0).round() / 100.0);
    Some(
        finding
            .with("slide", &found.slide)
            .with("text", cut(&found.text))
            .with("view", view.name)
            .with("fault", fault)
            .with("value", number(found.value))
            .with("limit", number(found.limit)),
    )
}

/// As much of a text as a sentence can hold.
fn cut(text: &str) -> String {
    const MOST: usize = 24;
    let mut cut: String = text.chars().take(MOST).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
