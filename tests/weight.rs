//! What a deck of thirty slides weighs: every file gzipped by itself at the best level, as a server
//! would send it, without images.
//!
//! The slides are the first thirty of three chapters of the embedded course, so that they are as
//! long, as drawn and as mixed as real ones. Three sums:
//!
//! * **shown**: the page, its style sheet and its script: what it takes to show the slides.
//! * **presented**: with what the page loads as soon as its first slide stands: presenter, pen,
//!   overview, search, laser, timers, raised hands.
//! * **spoken** comes on top where a presenter's window is opened: what the trainer says, word for
//!   word. It is the author's text, as long as the author makes it, so it is printed but not held.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use flate2::{Compression, write::GzEncoder};
use kejian::compile::{Options, compile};
use kejian::embedded;
use kejian::source::{Memory, RelPath, World as _};
use std::io::Write as _;

/// One chapter made of the first thirty slides of three.
fn thirty_slides() -> Memory {
    let course = embedded::course();
    let mut chapter = serde_yaml::Mapping::new();
    for stem in ["01-market", "05-swot", "09-screening"] {
        let path = RelPath::new(format!("chapters/{stem}.yaml")).unwrap();
        let one: serde_yaml::Mapping =
            serde_yaml::from_slice(&course.read(&path).unwrap()).unwrap();
        for (key, value) in one {
            match (chapter.get_mut(&key), value) {
                (Some(serde_yaml::Value::Sequence(all)), serde_yaml::Value::Sequence(more)) => {
                    all.extend(more);
                }
                (Some(_), _) => {}
                (None, value) => {
                    chapter.insert(key, value);
                }
            }
        }
    }
    chapter.remove("questions");
    let slides = chapter.get_mut("slides").and_then(serde_yaml::Value::as_sequence_mut).unwrap();
    slides.truncate(30);
    let title = "id: t\ntitle: 三十页\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [a]}]\n";
    course
        .with("course.yaml", title.as_bytes())
        .with("chapters/a.yaml", serde_yaml::to_string(&chapter).unwrap().into_bytes())
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap().len()
}

#[test]
fn a_deck_of_thirty_slides_is_light() {
    let outcome = compile(&thirty_slides(), &embedded::themes(), &Options::default());
    let site = outcome.site.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics));
    let page = &site.files[&RelPath::new("a/deck.html").unwrap()];
    let html = std::str::from_utf8(page).unwrap();
    assert_eq!(html.matches("<section class=\"slide").count(), 32, "thirty and both ends");
    // All that the page names, wherever it does: nothing may hide.
    let named = site.files.keys().filter(|path| html.contains(&format!("../{path}")));
    let named: Vec<&RelPath> =
        named.filter(|path| ["css", "js"].contains(&path.extension())).collect();
    let weigh = |start: &str| {
        let found = named.iter().filter(|path| path.file_name().starts_with(start));
        let found: Vec<(&str, usize)> =
            found.map(|path| (path.as_str(), gzipped(&site.files[*path]))).collect();
        assert!(!found.is_empty(), "{start} in {named:?}");
        found
    };
    let (first, later, spoken) = (weigh("deck."), weigh("present."), weigh("notes-"));
    assert_eq!(first.len() + later.len() + spoken.len(), named.len(), "{named:?}");
    let sum = |parts: &[(&str, usize)]| parts.iter().map(|(_, size)| size).sum::<usize>();
    let shown = gzipped(page) + sum(&first);
    let presented = shown + sum(&later);
    let report = format!(
        "a/deck.html {}\n{first:#?}\n{later:#?}\n{spoken:#?}\n\
         shown {shown}, presented {presented}, with all that is said {}",
        gzipped(page),
        presented + sum(&spoken),
    );
    println!("{report}");
    // 36 KB whichever way one counts: in thousands it is less than in 1,024s.
    assert!(shown <= 24_000, "{report}");
    assert!(presented <= 36_000, "{report}");
}
