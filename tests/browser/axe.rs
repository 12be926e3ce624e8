//! axe-core on every kind of page: it finds about half of what keeps people out. It comes from
//! npm (`tests/node`); where it is not installed, the test says so and passes.

use crate::studio::bare_page;
use crate::{Outcome, Studio};
use kejian::chromium::{Error, Page, Screen};

#[test]
fn pages_are_accessible_as_far_as_a_program_can_tell() -> Outcome {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/node/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(&path) else {
        println!("left out: {} is not there (npm ci --prefix tests/node)", path.display());
        return Ok(());
    };
    let studio = Studio::open();
    let (_folder, bad) =
        bare_page("<html lang=en><title>x</title><img src='data:,'><button></button>");
    let page = studio.blank()?;
    page.goto_file(&bad, "")?;
    let noticed = audit(&page, &axe)?.join("\n");
    assert!(noticed.contains("image-alt") && noticed.contains("button-name"), "{noticed}");
    let mut found = Vec::new();
    for address in [
        "index.html",
        "09-screening/deck.html#c09s03",
        "09-screening/quiz.html",
        "practice/screening.html",
        "practice/swot.html",
        "glossary.html",
        "sources.html",
        "09-screening/guide.html",
    ] {
        for scheme in ["light", "dark"] {
            for screen in [Screen::LAPTOP, Screen::PHONE] {
                let page = studio.blank()?;
                page.screen(screen)?;
                page.media(&[
                    ("prefers-color-scheme", scheme),
                    ("prefers-reduced-motion", "reduce"),
                ])?;
                let (file, hash) = address.split_once('#').unwrap_or((address, ""));
                let hash = if hash.is_empty() { String::new() } else { format!("#{hash}") };
                page.goto_file(&studio.file(file), &hash)?;
                let faults = audit(&page, &axe)?;
                let place = format!("{address} {scheme} {}px", screen.width);
                found.extend(faults.iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    Ok(())
}

/// What axe-core finds in a page.
fn audit(page: &Page, axe: &str) -> Result<Vec<String>, Error> {
    page.evaluate(&format!("{axe};0"))?;
    let faults = page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
           .then((it) => it.violations.flatMap((rule) => rule.nodes.map((node) =>
             `${rule.id}: ${node.target} ${node.failureSummary.replace(/\\s+/g, ' ')}`)))",
    )?;
    let faults = faults.as_array().into_iter().flatten();
    Ok(faults.filter_map(|fault| fault.as_str().map(str::to_owned)).collect())
}
