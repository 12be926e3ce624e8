//! The pages besides chapters and exercises: glossary, sources, trainer's guides.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kejian::compile::{Options, Outcome, compile};
use kejian::course::{self, Course};
use kejian::embedded;
use kejian::site::Site;
use kejian::source::RelPath;
use kejian::theme::{BASE, Theme};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static BUILT: LazyLock<Outcome> =
    LazyLock::new(|| compile(&embedded::course(), &embedded::themes(), &Options::default()));

fn site() -> &'static Site {
    BUILT.site.as_ref().unwrap()
}

fn page(path: &str) -> &'static str {
    let bytes = site().files.get(&RelPath::new(path).unwrap()).unwrap_or_else(|| panic!("{path}"));
    std::str::from_utf8(bytes).unwrap()
}

fn course() -> Course {
    let (themes, world) = (embedded::themes(), embedded::course());
    let theme = Theme::load(&themes, BASE).unwrap();
    course::load(&world, &theme.layouts).0.unwrap()
}

/// Ids of the terms that a deck links, in order.
fn linked(deck: &str) -> Vec<&str> {
    let links = deck.split("<a class=\"t\" href=\"../glossary.html#").skip(1);
    links.map(|rest| rest.split_once('"').unwrap().0).collect()
}

#[test]
fn every_term_is_explained_once_and_linked_once_a_deck_where_slides_use_it() {
    let course = course();
    assert_eq!(course.glossary.len(), 77);
    let glossary = page("glossary.html");
    for term in &course.glossary {
        let anchor = format!("id=\"{}\"", term.id);
        assert_eq!(glossary.matches(&anchor).count(), 1, "{}", term.id);
        assert!(glossary.contains(&term.term), "{}", term.term);
        assert!(glossary.contains(&term.definition), "{}", term.definition);
    }
    let mut everywhere = BTreeSet::new();
    for chapter in &course.chapters {
        let deck = page(&format!("{}/deck.html", chapter.stem));
        let links = linked(deck);
        let once: BTreeSet<&str> = links.iter().copied().collect();
        assert_eq!(once.len(), links.len(), "{} links a term twice", chapter.stem);
        // The script knows what each link and each mark of origin means, and nothing besides.
        let data = deck.split_once("id=\"kejian-data\">").unwrap().1;
        let data: serde_json::Value =
            serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
        let empty = serde_json::Map::new();
        let terms = data["terms"].as_object().unwrap_or(&empty);
        let (marks, known): (BTreeSet<&str>, BTreeSet<&str>) =
            terms.keys().map(String::as_str).partition(|id| id.starts_with("from-"));
        assert_eq!(known, once, "{}", chapter.stem);
        let shown = ["from-seed", "from-mixed", "from-own"].into_iter();
        let shown = shown.filter(|mark| deck.contains(&format!("sources.html#{mark}\"")));
        assert_eq!(marks, shown.collect(), "{}", chapter.stem);
        everywhere.extend(once);
    }
    let unused = BUILT.diagnostics.iter().filter(|found| found.code == "unused-term");
    let unused: BTreeSet<&str> = unused.map(|found| found.args["term"].as_str()).collect();
    for term in &course.glossary {
        let listed = unused.contains(term.term.as_str());
        let linked = everywhere.contains(term.id.as_str());
        assert!(listed != linked, "{}: listed as unused {listed}, linked {linked}", term.id);
    }
    assert!(everywhere.len() >= 60, "{} terms are linked", everywhere.len());
}

#[test]
fn terms_are_linked_in_prose_only() {
    for chapter in &course().chapters {
        let deck = page(&format!("{}/deck.html", chapter.stem));
        for (element, end) in [
            ("<h2", "</h2>"),
            ("<h1", "</h1>"),
            ("<svg", "</svg>"),
            ("<figure", "</figure>"),
            ("<details class=\"notes\"", "</details>"),
            ("<ol data-plain", "</ol>"),
        ] {
            for rest in deck.split(element).skip(1) {
                let inside = rest.split_once(end).unwrap().0;
                assert!(linked(inside).is_empty(), "{}: {element} {inside}", chapter.stem);
            }
        }
    }
}
