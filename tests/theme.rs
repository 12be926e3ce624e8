//! Themes: colours that can be read, layouts that fill their examples, errors at their place.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::compile::{Options, Outcome, Preview, compile, preview};
use kejian::course::Aspect;
use kejian::diag::Severity;
use kejian::embedded;
use kejian::source::{Memory, RelPath, World as _};
use kejian::theme::{BASE, Colour, READABLE, SlotKind, SlotMap, Theme, Values};
use serde_yaml::Value as Yaml;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ALL: [&str; 4] = ["base", "board", "contrast", "corporate"];

fn load(name: &str) -> (Memory, String) {
    (embedded::themes(), name.to_owned())
}

fn sheet(theme: &str, tag: &str, aspect: Aspect) -> Preview {
    let (themes, name) = load(theme);
    let options = Options { theme: Some(name), aspect: Some(aspect), ..Options::default() };
    preview(&themes, &embedded::course(), &options, tag)
}

#[test]
fn every_theme_is_named_here() {
    let files = embedded::themes().files().unwrap();
    let names: BTreeSet<&str> =
        files.iter().filter_map(|path| Some(path.as_str().split_once('/')?.0)).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| *name != "README.md").collect();
    assert_eq!(names, ALL);
}

/// Also the titles of the exercises that the examples open.
#[test]
fn an_english_sheet_has_no_chinese() {
    let page = sheet(BASE, "en", Aspect::Wide).page.unwrap();
    let (_, shown) = page.split_once("<body>").unwrap();
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    assert_eq!(shown.chars().filter(han).collect::<String>(), "");
    assert!(shown.contains("SWOT: from twenty facts"));
}

/// What is below its least contrast, in words.
fn pale(theme: &str, surroundings: &str, values: &Values) -> Vec<String> {
    let colour = |name: &str| values.colour(name).unwrap_or_else(|| panic!("{theme}: {name}"));
    let mut found = Vec::new();
    let mut look = |text: &str, ground: &str, least: f64| {
        let contrast = colour(text).contrast(colour(ground));
        if contrast < least {
            found.push(format!(
                "{theme}, {surroundings}: {text} on {ground} {contrast:.2} < {least}"
            ));
        }
    };
    for text in ["ink", "quiet", "accent", "good", "bad", "note"] {
        look(text, "paper", READABLE);
        look(text, "card", READABLE);
    }
    look("on-accent", "accent", READABLE);
    // Names stand in the paper's colour on filled parts of drawings.
    look("paper", "second", READABLE);
    for shape in ["second", "third", "fourth", "faint"] {
        look(shape, "paper", 3.0);
    }
    found
}

#[test]
fn texts_and_shapes_have_contrast_in_every_theme() {
    let mut found = Vec::new();
    for name in ALL {
        let (themes, name) = load(name);
        let theme = Theme::load(&themes, &name).unwrap();
        found.extend(pale(&name, "light", &theme.tokens.light));
        found.extend(pale(&name, "dark", &theme.tokens.dark));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn data_colours_stay_apart_in_greyscale() {
    let mut found = Vec::new();
    for name in ALL {
        let (themes, name) = load(name);
        let theme = Theme::load(&themes, &name).unwrap();
        for (surroundings, values) in [("light", &theme.tokens.light), ("dark", &theme.tokens.dark)]
        {
            let names = ["accent", "second", "third", "fourth"];
            let mut greys: Vec<(f64, &str)> = names
                .iter()
                .map(|name| (values.colour(name).unwrap().lightness(), *name))
                .collect();
            greys.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in greys.windows(2) {
                if pair[1].0 - pair[0].0 < 8.0 {
                    found.push(format!("{name}, {surroundings}: {pair:?}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// A colour as somebody sees it who lacks one kind of cones (Viénot, Brettel and Mollon 1999).
fn seen_without(colour: Colour, red: bool) -> [f64; 3] {
    let [r, g, b] = colour.rgb.map(|part| (f64::from(part) / 255.0).powf(2.2));
    let cones = [
        0.178_824 * r + 0.435_161 * g + 0.041_193_5 * b,
        0.034_556_5 * r + 0.271_554 * g + 0.038_671_4 * b,
        0.000_299_566 * r + 0.001_843_09 * g + 0.014_670_9 * b,
    ];
    if red {
        [2.023_44 * cones[1] - 2.525_81 * cones[2], cones[1], cones[2]]
    } else {
        [cones[0], 0.494_207 * cones[0] + 1.248_27 * cones[2], cones[2]]
    }
}

#[test]
fn data_colours_stay_apart_for_colour_blind_eyes() {
    for name in ALL {
        let (themes, name) = load(name);
        let theme = Theme::load(&themes, &name).unwrap();
        for values in [&theme.tokens.light, &theme.tokens.dark] {
            let colours: Vec<Colour> = ["accent", "second", "third", "fourth"]
                .iter()
                .map(|name| values.colour(name).unwrap())
                .collect();
            for red in [true, false] {
                for (place, one) in colours.iter().enumerate() {
                    for other in &colours[..place] {
                        let (a, b) = (seen_without(*one, red), seen_without(*other, red));
                        // Cones answer to ratios, so the distance is taken of logarithms.
                        let far = |at: usize| (a[at].max(1e-4) / b[at].max(1e-4)).ln().abs();
                        let distance = far(0).max(far(1)).max(far(2));
                        assert!(
                            distance > 0.2,
                            "{name}: {} and {}: {distance:.2}",
                            one.css(),
                            other.css()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_layout_fills_its_examples_in_every_theme() {
    for name in ALL {
        for (tag, aspect) in [
            ("zh-Hans", Aspect::Wide),
            ("en", Aspect::Wide),
            ("zh-Hans", Aspect::Standard),
            ("en", Aspect::Standard),
        ] {
            let sheet = sheet(name, tag, aspect);
            assert_eq!(sheet.diagnostics, [], "{name} {tag}");
            let page = sheet.page.unwrap();
            assert!(!page.contains("class=\"failed\""), "{name} {tag}: a drawing failed");
            let (themes, theme) = load(name);
            let layouts = Theme::load(&themes, &theme).unwrap().layouts;
            for layout in layouts.names() {
                let times = page.matches(&format!("class=\"slide l-{layout} in-")).count();
                assert_eq!(times, 2, "{name} {tag}: {layout}, light and dark");
            }
            assert!(
                !page.contains("://")
                    || page.matches("://").count() == page.matches("http://www.w3.org").count(),
                "{name}: no request"
            );
        }
    }
}

/// The slides of a sheet by layout, light ones only.
fn slides(page: &str) -> BTreeMap<&str, &str> {
    let mut slides = BTreeMap::new();
    for part in page.split("<div class=\"slide l-").skip(1) {
        let (name, rest) = part.split_once(' ').unwrap();
        if rest.starts_with("in-light") {
            let start = rest.find('>').unwrap() + 1;
            slides.insert(name, &rest[start..rest.find("</footer>").unwrap()]);
        }
    }
    slides
}

/// `KEJIAN_GOLDEN=write cargo test --test theme` writes them anew; read the difference.
#[test]
fn layouts_are_drawn_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/layout");
    let mut different = Vec::new();
    for (tag, suffix) in [("zh-Hans", "zh"), ("en", "en")] {
        let page = sheet(BASE, tag, Aspect::Wide).page.unwrap();
        for (name, html) in slides(&page) {
            let path = folder.join(format!("{name}.{suffix}.html"));
            // One element a line, so that a difference can be read.
            let html = html.replace("><", ">\n<") + "\n";
            if std::env::var("KEJIAN_GOLDEN").is_ok_and(|wish| wish == "write") {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &html).unwrap();
            }
            if std::fs::read_to_string(&path).unwrap_or_default() != html {
                different.push(format!("layout {name} is not drawn as in {}", path.display()));
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

fn broken(path: &str, content: &str) -> kejian::diag::Diagnostic {
    let themes = embedded::themes()
        .with("own/theme.yaml", &b"inherits: base\n"[..])
        .with(path, content.as_bytes().to_vec());
    let options = Options { theme: Some("own".to_owned()), ..Options::default() };
    let outcome = compile(&embedded::course(), &themes, &options);
    assert!(outcome.site.is_none());
    let errors = outcome.diagnostics.into_iter();
    let errors: Vec<_> =
        errors.filter(|one| one.severity == kejian::diag::Severity::Error).collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors[0].clone()
}

fn place(diagnostic: &kejian::diag::Diagnostic) -> (String, Option<usize>) {
    let line = match diagnostic.place.pin {
        kejian::diag::Pin::At(span) => Some(span.start.line),
        _ => None,
    };
    (diagnostic.place.file.to_string(), line)
}

#[test]
fn what_is_wrong_with_a_theme_is_found_at_its_line() {
    let syntax = broken("own/layouts/flow/slide.html", "<p>\n{% if slots.a %}\n{% endfor %}</p>\n");
    assert_eq!(place(&syntax), ("own/layouts/flow/slide.html".to_owned(), Some(3)));
    let run = broken("own/layouts/flow/slide.html", "<p>\n\n{{ slots.stages.nothing.here }}</p>\n");
    assert_eq!(place(&run), ("own/layouts/flow/slide.html".to_owned(), Some(3)));
    let parent = broken("own/page/deck.html", "{% extends \"base/page/nowhere.html\" %}\n");
    assert_eq!(place(&parent), ("own/page/deck.html".to_owned(), Some(1)));
    let theme = broken("own/theme.yaml", "name: own\ninherits: bsae\n");
    assert_eq!(place(&theme), ("own/theme.yaml".to_owned(), Some(2)));
    assert!(theme.args["error"].contains("corporate"), "{}", theme.args["error"]);
    let circle = broken("own/theme.yaml", "name: own\ninherits: own\n");
    assert_eq!(place(&circle), ("own/theme.yaml".to_owned(), Some(2)));
    let token = broken("own/theme.yaml", "name: own\ntokens:\n  light: {acent: '#123456'}\n");
    assert_eq!(place(&token), ("own/theme.yaml".to_owned(), Some(3)));
    let manifest = broken("own/layouts/flow/layout.yaml", "about: x\nslots:\n  a: {type: txt}\n");
    assert_eq!(place(&manifest), ("own/layouts/flow/layout.yaml".to_owned(), Some(3)));
}

#[test]
fn a_course_sets_colours_and_hears_what_is_wrong_with_them() {
    let course = |colours: &str| {
        let path = RelPath::new("course.yaml").unwrap();
        let text = String::from_utf8(embedded::course().read(&path).unwrap().into_owned()).unwrap();
        embedded::course()
            .with("course.yaml", format!("{text}\ncolours: {{{colours}}}\n").into_bytes())
    };
    let options = Options { theme: Some("corporate".to_owned()), ..Options::default() };
    let outcome =
        compile(&course("accent: '#f5c400', second: '#0b2a5b'"), &embedded::themes(), &options);
    let site = outcome.site.unwrap();
    let css = site
        .files
        .iter()
        .find(|(path, _)| path.as_str().starts_with("assets/deck.") && path.extension() == "css");
    let css = String::from_utf8(css.unwrap().1.to_vec()).unwrap();
    let last = css.rfind(":root").unwrap();
    assert!(
        css[last..].replace(": ", ":").contains("--accent:#f5c400"),
        "dark surroundings take it as it is: {}",
        &css[last..]
    );
    let wrong = compile(&course("acent: '#123456', accent: blue"), &embedded::themes(), &options);
    let errors = wrong.diagnostics.iter();
    let errors = errors.filter(|one| one.severity == kejian::diag::Severity::Error);
    let codes: Vec<&str> = errors.map(|finding| finding.code).collect();
    assert_eq!(codes, ["unknown-token", "not-a-colour"]);
}

/// The slide with each of the slots that may be left out left out, in turn and all at once; groups
/// likewise, where `slots` are their keys.
fn left_out(slide: &Yaml, slots: &SlotMap) -> Vec<Yaml> {
    let mut cut = Vec::new();
    let mut bare = slide.clone();
    for (name, slot) in &slots.0 {
        let Some(value) = slide.get(&**name) else { continue };
        let with = |other: Yaml| {
            let mut slide = slide.clone();
            slide[&**name] = other;
            slide
        };
        match (slot.kind, slot.of.as_deref()) {
            (SlotKind::Group, _) => cut.extend(left_out(value, &slot.keys).into_iter().map(with)),
            (SlotKind::List, Some(of)) if of.kind == SlotKind::Group => {
                let entries = value.as_sequence().unwrap();
                for (index, entry) in entries.iter().enumerate() {
                    cut.extend(left_out(entry, &of.keys).into_iter().map(|entry| {
                        let mut entries = entries.clone();
                        entries[index] = entry;
                        with(entries.into())
                    }));
                }
            }
            _ => {}
        }
        if !slot.required {
            let mut slide = slide.clone();
            slide.as_mapping_mut().unwrap().remove(&**name);
            bare.as_mapping_mut().unwrap().remove(&**name);
            cut.push(slide);
        }
    }
    cut.push(bare);
    cut
}

/// A template that goes through what is not there, or asks for a part of it, would keep the whole
/// course from being drawn.
#[test]
fn templates_do_without_what_may_be_left_out() {
    let themes = embedded::themes();
    for name in ALL {
        let theme = Theme::load(&themes, name).unwrap();
        let exercises = embedded::course();
        let mut world = Memory::default()
            .with("media/example.svg", theme.read("preview/example.svg").unwrap().into_owned());
        for path in
            exercises.files().unwrap().iter().filter(|path| path.as_str().starts_with("practice/"))
        {
            world = world.with(path.as_str(), exercises.read(path).unwrap().into_owned());
        }
        let mut chapters: Vec<String> = Vec::new();
        for (layout, manifest) in theme.layouts.iter() {
            // Those of other themes are theirs.
            if name != BASE
                && themes
                    .read(&RelPath::new(format!("{name}/layouts/{layout}/slide.html")).unwrap())
                    .is_err()
            {
                continue;
            }
            for example in [&manifest.example, &manifest.example_en] {
                let slide: Yaml = serde_yaml::from_str(example).unwrap();
                for slide in slide
                    .is_mapping()
                    .then(|| left_out(&slide, &manifest.slots))
                    .into_iter()
                    .flatten()
                {
                    let stem = format!("{:03}-{layout}", chapters.len());
                    let chapter = serde_json::json!({"title": layout, "slides": [slide]});
                    world = world
                        .with(&format!("chapters/{stem}.yaml"), chapter.to_string().into_bytes());
                    chapters.push(stem);
                }
            }
        }
        let options = Options { theme: Some(name.to_owned()), ..Options::default() };
        let compiled = |chapters: &[String]| {
            let list = serde_json::json!([{"title": "一", "chapters": chapters}]);
            let course = format!("id: all\ntitle: 全部\nlanguage: zh-Hans\nparts: {list}\n");
            let world = world.clone().with("course.yaml", course.into_bytes());
            compile(&world, &themes, &options)
        };
        // Some layouts cannot do without one of several slots: those are told, and not drawn.
        let errors = |outcome: &Outcome| -> BTreeSet<String> {
            let errors = outcome.diagnostics.iter().filter(|it| it.severity == Severity::Error);
            errors.map(|it| it.place.file.to_string()).collect()
        };
        let told = errors(&compiled(&chapters));
        let asked = chapters.len();
        chapters.retain(|stem| !told.contains(&format!("chapters/{stem}.yaml")));
        assert!(asked == 0 || chapters.len() * 2 > asked, "{name}: {told:?}");
        let outcome = compiled(&chapters);
        assert!(outcome.site.is_some(), "{name}: {:#?}", outcome.diagnostics);
    }
}
