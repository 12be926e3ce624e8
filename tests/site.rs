//! The embedded course as a site: whole, self-contained, the same every time.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::compile::{Options, compile};
use kejian::course::{FileKind, schema};
use kejian::diag::Severity;
use kejian::embedded;
use kejian::site::Site;
use kejian::source::Memory;
use kejian::theme::{BASE, Theme};
use std::collections::BTreeMap;

fn site(options: &Options) -> Site {
    let outcome = compile(&embedded::course(), &embedded::themes(), options);
    let found: Vec<_> =
        outcome.diagnostics.into_iter().filter(|found| found.severity != Severity::Info).collect();
    assert_eq!(found, [], "the embedded course is clean");
    outcome.site.unwrap()
}

fn pages(site: &Site) -> BTreeMap<&str, String> {
    let pages = site.files.iter().filter(|(path, _)| path.extension() == "html");
    pages.map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

/// Values of an attribute in a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.match_indices(&start)
        .map(|(at, _)| {
            let rest = &page[at + start.len()..];
            &rest[..rest.find('"').unwrap()]
        })
        .collect()
}

#[test]
fn two_builds_are_byte_identical() {
    assert_eq!(site(&Options::default()), site(&Options::default()));
}

#[test]
fn every_page_finds_its_assets_and_asks_nobody_else() {
    let site = site(&Options::default());
    for (path, page) in pages(&site) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let links = [attributes(&page, "href"), attributes(&page, "src")].concat();
        assert!(links.len() > 2, "{path} has links");
        for link in links.into_iter().filter(|link| !link.starts_with("data:")) {
            if link.contains("//") {
                // A reader may follow a source; the page itself asks for nothing.
                let follow = format!("<a href=\"{link}\" rel=\"noopener noreferrer\"");
                assert!(page.contains(&follow), "{path} asks for {link}");
                continue;
            }
            let (target, place) = link.split_once('#').unwrap_or((link, ""));
            if target.is_empty() {
                assert!(page.contains(&format!(" id=\"{place}\"")), "{path}: nothing is at {link}");
                continue;
            }
            let (mut folder, mut rest) = (folder, target);
            while let Some(above) = rest.strip_prefix("../") {
                assert!(!folder.is_empty(), "{path} climbs out by {link}");
                (folder, rest) = (folder.rsplit_once('/').map_or("", |(folder, _)| folder), above);
            }
            let whole =
                if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") };
            assert!(site.files.keys().any(|file| file.as_str() == whole), "{path} → {link}");
        }
    }
}

#[test]
fn single_files_need_nothing_beside_them() {
    let site = site(&Options { single_file: true, ..Options::default() });
    assert!(site.files.keys().all(|path| path.extension() == "html"));
    for (path, page) in pages(&site) {
        assert_eq!(attributes(&page, "src").len(), 0, "{path}");
        // Pages to look things up in hold nothing that a learner works with.
        let reference = ["guide", "glossary", "sources"];
        let reference = reference.iter().any(|it| page.contains(&format!("data-page=\"{it}\"")));
        // The name before it may have been shortened.
        let script = if reference { "var kejian=" } else { ".register(" };
        assert!(page.contains("<style>") && page.contains(script), "{path}");
    }
}

#[test]
fn pages_can_be_read_without_scripts() {
    let site = site(&Options::default());
    let pages = pages(&site);
    assert!(pages["09-screening/deck.html"].contains("70 分是 A，50 分是 B，其余是 C"));
    assert!(pages["05-swot/quiz.html"].contains("<details><summary>看答案</summary>"));
    assert!(pages["practice/screening.html"].contains("晴川乳品"));
}

/// An exercise to read: why each step is there, with the answer folded away, questions that are a
/// stage, and what the solution says of every judgement, place and pick.
#[test]
fn exercises_can_be_read_whole_without_scripts() {
    let site = site(&Options::default());
    let pages = pages(&site);
    let stages = |page: &str| -> Vec<String> {
        let page = &pages[page];
        let reading = page.split_once("<div class=\"static\">").unwrap().1;
        let reading = reading.split_once("</main>").unwrap().0;
        reading.split("<section").skip(1).map(str::to_owned).collect()
    };
    for (path, asked, answer, why) in [
        ("practice/swot.html", "先问哪一句", "没有我方，它还在吗？", "没有我方它还在，就是外部"),
        (
            "en/practice/swot.html",
            "which question comes first",
            "exist without us?",
            "would disappear",
        ),
    ] {
        let stage = &stages(path)[0];
        let (shown, folded) = stage.split_once("<details>").unwrap();
        assert!(shown.contains("class=\"principle\"") && shown.contains(asked), "{shown}");
        assert!(shown.contains(answer) && !shown.contains('✓') && !shown.contains(why), "{shown}");
        let folded = folded.split_once("</details>").unwrap().0;
        let right = folded.split_once("✓ ").unwrap().1;
        assert!(right.contains(answer) && right.contains(why), "{folded}");
    }
    // Judgements with their reasons, sets by their codes, what is picked, where everyone stands.
    let places = &stages("practice/places.html")[0];
    assert!(places.contains("<td>工作平台</td><td>缺下一级的证据</td>"), "{places}");
    assert!(places.contains("要升上去，先换到试用单这件证据"), "{places}");
    assert!(stages("practice/heat.html")[0].contains("<td>e1 · e2 · e3</td>"));
    assert!(stages("practice/swot.html")[2].contains("行动关键点：<b>K3 · K1 · K4</b>"));
    let flow = &stages("practice/pipeline.html")[0];
    assert!(
        flow.contains("<td>工作平台</td><td>工作平台</td><td>出局</td><td>出局</td>"),
        "{flow}"
    );
    // Values for every row of another table are numbers, not code, and minus is no hyphen.
    let fence = &stages("practice/fence.html")[0];
    assert!(
        fence.contains("<td>2 · 2 · 1") && !fence.contains("[&quot;") && !fence.contains("[\"")
    );
    assert!(stages("practice/pitch.html")[0].contains("<b>−25</b>"));
    for (path, page) in pages.iter().filter(|(path, _)| path.contains("practice/")) {
        let reading = page.split_once("<div class=\"static\">").unwrap().1;
        for empty in ["<ul></ul>", "<ol></ol>", "<dl></dl>", "<dd></dd>", "<td></td></tr>"] {
            assert!(!reading.contains(empty), "{path}: {empty}");
        }
    }
}

#[test]
fn figures_in_texts_are_computed() {
    let site = site(&Options::default());
    let pages = pages(&site);
    let deck = &pages["09-screening/deck.html"];
    assert!(deck.contains("晴川乳品、青砚制药、南汀饮料、景禾调味品、丰璟食品"));
    assert!(deck.contains("58—73 分"));
    assert!(pages.values().all(|page| !page.contains("{=")), "no quote is left unfilled");
}

#[test]
fn the_content_fits_its_schema() {
    let themes = embedded::themes();
    let layouts = Theme::load(&themes, BASE).map_err(|error| error.to_string()).unwrap().layouts;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut seen = 0;
    for (kind, path) in
        [(FileKind::Course, "."), (FileKind::Chapter, "chapters"), (FileKind::Exercise, "practice")]
    {
        for entry in std::fs::read_dir(folder.join(path)).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let kind = match file.file_name().and_then(|name| name.to_str()) {
                Some("inventory.yaml") => FileKind::Inventory,
                Some("glossary.yaml") => FileKind::Glossary,
                Some("sources.yaml") => FileKind::Sources,
                _ => kind,
            };
            let validator = jsonschema::validator_for(&schema(kind, &layouts)).unwrap();
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.starts_with("# yaml-language-server: $schema="), "{}", file.display());
            let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            let faults: Vec<String> =
                validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
            assert_eq!(faults, Vec::<String>::new(), "{}", file.display());
            seen += 1;
        }
    }
    assert!(seen >= 25, "only {seen} files were looked at");
}

#[test]
fn every_layout_is_complete() {
    let themes = embedded::themes();
    let theme = Theme::load(&themes, BASE).map_err(|error| error.to_string()).unwrap();
    assert_eq!(theme.layouts.names().count(), 24);
    for name in theme.layouts.names() {
        let layout = theme.layouts.get(name).unwrap();
        assert!(!layout.about.is_empty() && !layout.about_zh.is_empty(), "{name}: about");
        let example: serde_json::Value = serde_yaml::from_str(&layout.example).unwrap();
        assert_eq!(example["layout"], name, "{name}: the example is a slide in it");
        for (slot, kind) in &layout.slots.0 {
            assert!(
                !kind.required || !example[&**slot].is_null(),
                "{name}: the example lacks {slot}"
            );
        }
        for file in ["slide.html", "layout.css"] {
            let path = format!("layouts/{name}/{file}");
            assert!(theme.read(&path).is_some(), "{path} is missing");
        }
    }
}

/// Without scripts, whatever the kind of question: everything asked is shown, every line of the
/// answer says something, and nothing is offered to be unfolded where there is nothing.
#[test]
fn every_kind_of_question_can_be_read_without_scripts() {
    let course = "id: t\ntitle: T\nlanguage: en\nparts: [{title: P, chapters: [kinds]}]\n";
    let world = Memory::default()
        .with("course.yaml", course.as_bytes())
        .with("chapters/kinds.yaml", &include_bytes!("browser/kinds.yaml")[..])
        .with("media/target.svg", &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..]);
    let site = compile(&world, &embedded::themes(), &Options::default()).site.unwrap();
    let pages = pages(&site);
    let quiz = &pages["kinds/quiz.html"];
    let articles: Vec<&str> = quiz.split("<article").skip(1).collect();
    let about = |prompt: &str| *articles.iter().find(|it| it.contains(prompt)).unwrap();
    for article in &articles {
        assert!(!article.contains("<li></li>") && !article.contains("✓ </li>"), "{article}");
        assert!(!article.contains("<li> → ") && !article.contains("<ul></ul>"), "{article}");
    }
    assert!(about("two odd numbers").contains("<li>True</li><li>✓ False</li>"));
    // In whatever order they were shuffled.
    let gap = about("A triangle has").split_once(" (").unwrap().1;
    assert_eq!(gap.split_once(')').unwrap().0.split(" / ").count(), 3);
    assert!(about("Where does each number").contains("<th>Square</th>"));
    assert!(about("middle of the target").contains("alt=\"A target with rings\""));
    assert!(about("middle of the target").contains("<ol type=\"A\"><li>The middle</li>"));
    assert!(!about("How sure are you").contains("<details>"), "a scale has no answer");
    assert!(about("divides what").contains("<details>"));
    // On paper the unit stands behind the space, and not in it as well.
    assert!(pages["kinds/sheet.html"].contains("<span class=\"key\">12.5</span>"));
    assert!(
        pages["kinds/sheet.html"]
            .contains("<span class=\"key\">180</span></span><span class=\"after\">°")
    );
}
