//! When the first slide of a deck is seen, against a bare page with the same text: no styles, no
//! scripts. Both are opened from files in turns, each in a tab of its own of one Chromium; what
//! counts is the difference of the medians, which must be at most 30 ms.
//! `cargo bench --bench paint`.
//!
//! Seen means the largest text of the first screen is painted (`largest-contentful-paint`); the
//! first paint of anything is printed too. That it is the first slide's is checked.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run fails by panicking")]
#![expect(clippy::print_stdout, reason = "a bench reports")]

use kejian::chromium::{Browser, Screen};
use kejian::compile::{Options, compile};
use kejian::{embedded, site};
use std::path::Path;

const DECK: &str = "09-screening/deck.html";
const ROUNDS: usize = 24;
const MOST: f64 = 30.0;

/// Gives the first paint, the paint of the largest text, and the slide that it is on.
const SEEN: &str = "new Promise((done) => {
    let last = null;
    new PerformanceObserver((list) => { last = list.getEntries().at(-1); })
        .observe({ type: 'largest-contentful-paint', buffered: true });
    const look = () => {
        const first = performance.getEntriesByName('first-contentful-paint')[0];
        if (!first || !last) return void requestAnimationFrame(look);
        done([first.startTime, last.startTime, last.element?.closest('.slide')?.id || '']);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
})";

/// What one opening of a page gives, in milliseconds.
struct Seen {
    first: f64,
    text: f64,
    slide: String,
}

fn open(browser: &Browser, file: &Path) -> Seen {
    let page = browser.open().unwrap();
    page.screen(Screen::PROJECTOR).unwrap();
    page.goto_file(file, "").unwrap();
    let seen = page.evaluate(SEEN).unwrap();
    Seen {
        first: seen[0].as_f64().unwrap(),
        text: seen[1].as_f64().unwrap(),
        slide: seen[2].as_str().unwrap().to_owned(),
    }
}

/// Writes a page that holds the deck's text in paragraphs and nothing else.
fn bare(browser: &Browser, deck: &Path, file: &Path) {
    let page = browser.open().unwrap();
    page.goto_file(deck, "").unwrap();
    let text = page
        .text("[...document.querySelectorAll('.slide')].map((it) => it.textContent).join('\\n')")
        .unwrap();
    let mut html = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>x</title>\n".to_owned();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let line = line.replace('&', "&amp;").replace('<', "&lt;");
        html.extend(["<p>", &line, "</p>\n"]);
    }
    std::fs::write(file, html).unwrap();
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let outcome = compile(&embedded::course(), &embedded::themes(), &Options::default());
    let folder = tempfile::tempdir().unwrap();
    site::write(&outcome.site.unwrap(), folder.path(), None).unwrap();
    let (deck, plain) = (folder.path().join(DECK), folder.path().join("bare.html"));
    let browser = Browser::start().unwrap();
    bare(&browser, &deck, &plain);
    let (mut decks, mut plains) = (Vec::new(), Vec::new());
    // The first round fills the caches of the browser and of the disk.
    for round in 0..=ROUNDS {
        // Who goes first changes: a browser keeps a process ready for the next tab.
        let (one, other) = if round % 2 == 0 {
            let one = open(&browser, &deck);
            (one, open(&browser, &plain))
        } else {
            let other = open(&browser, &plain);
            (open(&browser, &deck), other)
        };
        assert_eq!(one.slide, "open", "what is painted is the first slide");
        if round > 0 {
            decks.push(one);
            plains.push(other);
        }
    }
    let of = |all: &[Seen], which: fn(&Seen) -> f64| median(all.iter().map(which).collect());
    let first = [of(&decks, |it| it.first), of(&plains, |it| it.first)];
    let text = [of(&decks, |it| it.text), of(&plains, |it| it.text)];
    println!("medians of {ROUNDS}, in ms           deck   bare page   difference");
    for (name, [deck, plain]) in [("first paint", first), ("text of the first slide", text)] {
        println!("{name:<26} {deck:>9.1} {plain:>11.1} {:>12.1}", deck - plain);
    }
    let later = text[0] - text[1];
    assert!(later <= MOST, "the first slide comes {later:.1} ms after a bare page, not {MOST}");
}
