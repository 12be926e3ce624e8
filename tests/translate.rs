//! A course in two languages: the same ids, seeds and progress, other words.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::compile::{Options, compile};
use kejian::course::{self, Course, FileKind, translate};
use kejian::embedded;
use kejian::source::{Memory, World};
use kejian::theme::{BASE, Layouts, Theme};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const COURSE: &str = "id: c\ntitle: 拜访\nlanguage: zh-Hans\nlanguages: [en]\nparts: [{title: 部分, chapters: [01-a]}]\n";

const CHAPTER: &str = "title: 第一章\nslides:\n  - id: why\n    title: 先问 {=x.count.n.v}\n    body: |\n      第一段\n\n      第二段\nquestions:\n  - kind: cloze\n    id: q1\n    prompt: 先___再___\n    blanks: [{accept: [问, 提问]}, {accept: [说]}]\n  - kind: categorise\n    id: q2\n    prompt: 归类\n    bins: [甲盒, 乙盒]\n    items: [{text: 一号, bin: 甲盒}, {text: 二号, bin: 乙盒}, {text: 三号, bin: 甲盒}]\n  - kind: order\n    id: q3\n    prompt: 排序\n    items: [{text: 头}, {text: 身}, {text: 尾}]\n";

const EXERCISE: &str = "title: 练习\ndata:\n  t:\n    fields: [{id: mood, title: 心情, type: text}]\n    rows: [{id: n, name: 小宁, mood: 冷}, {id: 绿, mood: 热}]\nstages:\n  - kind: table\n    id: count\n    title: 数\n    rows: t\n    columns: [{kind: calc, id: v, title: 值, value: 2, decimals: 0}]\nlevels:\n  mix:\n    tool: {kind: match, prompt: 先拿哪一件？, pairs: [{left: 名额不够, right: 尺, why: 先量。}, {left: 称重, right: 秤}], extra: [斗]}\nvariants:\n  - {id: other, title: 换一个, set: {t: [{id: n, name: 小远, mood: 冷}]}}\n";

fn layouts() -> Layouts {
    Theme::load(&embedded::themes(), BASE).map_err(|error| error.to_string()).unwrap().layouts
}

fn world(po: &str) -> Memory {
    Memory::default()
        .with("course.yaml", COURSE.as_bytes())
        .with("chapters/01-a.yaml", CHAPTER.as_bytes())
        .with("practice/x.yaml", EXERCISE.as_bytes())
        .with("po/en.po", po.to_owned().into_bytes())
}

/// A catalogue in which every text is `wrap`ped.
fn catalogue(wrap: impl Fn(&str) -> String) -> String {
    let world = world("");
    let layouts = layouts();
    let (course, found) = course::load(&world, &layouts);
    assert!(found.iter().all(|it| it.severity != kejian::diag::Severity::Error), "{found:?}");
    let course = course.unwrap();
    let units = translate::units(&world, &layouts, &course);
    let mut catalogue = translate::extract(None, &units, "c", "en");
    for entry in &mut catalogue.entries {
        entry.text = wrap(&entry.id);
    }
    catalogue.write()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Every Han character becomes a letter; figures and gaps stay.
fn latin(text: &str) -> String {
    text.chars()
        .map(|c| if is_han(c) { char::from(b'a' + (u32::from(c) % 26) as u8) } else { c })
        .collect()
}

fn both(po: &str) -> (Course, Course, Vec<String>) {
    let world = world(po);
    let course = course::load(&world, &layouts()).0.unwrap();
    let (mut translated, found) = translate::load(&world, &layouts(), &course);
    let said = found.iter().map(|it| it.code.to_owned()).collect();
    (course, translated.pop().unwrap(), said)
}

#[test]
fn no_text_of_the_author_is_left_on_the_pages() {
    let outcome = compile(&world(&catalogue(latin)), &embedded::themes(), &Options::default());
    let site = outcome.site.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    let mut pages = 0;
    for (path, bytes) in site.files.iter().filter(|(path, _)| path.as_str().starts_with("en/")) {
        let page = String::from_utf8_lossy(bytes).replace("中文", "");
        // Ids stay what they are: they stand in data, not in texts.
        let data =
            ["\"甲盒\"", "\"乙盒\"", "\"绿\""].iter().fold(page, |page, id| page.replace(id, ""));
        let ids = ["一号", "二号", "三号", "头", "身", "尾", "名额不够", "称重", "尺", "秤", "斗"];
        let data = ids.iter().fold(data, |page, id| page.replace(&format!("\"{id}\""), ""));
        let left: String = data.chars().filter(|c| is_han(*c)).take(20).collect();
        let around = data.find(is_han).map(|at| {
            let start = data[..at].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            data[start..].chars().take(90).collect::<String>()
        });
        assert_eq!(left, "", "{path}: {around:?}");
        pages += usize::from(path.extension() == "html");
    }
    assert_eq!(pages, 7);
}

#[test]
fn ids_digests_and_orders_are_the_same_in_both_languages() {
    let (chinese, english, said) = both(&catalogue(latin));
    assert_eq!(said, Vec::<String>::new());
    let quiz = |course: &Course| {
        let chapter = &course.chapters[0];
        let quiz = chapter.quiz(course, &mut |_, _| {}, &str::to_owned);
        serde_json::to_value(quiz).unwrap()
    };
    let (one, other) = (quiz(&chinese), quiz(&english));
    assert_eq!(one["digests"], other["digests"]);
    assert_ne!(one["questions"], other["questions"]);
    let ids = |quiz: &Value, seed: u64| {
        let request =
            serde_json::json!({"op": "quiz.start", "quiz": quiz, "progress": {}, "seed": seed});
        let answer = kejian_engine::call(request.to_string().as_bytes());
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let items = answer["ok"]["view"]["items"].as_array().unwrap().clone();
        let mut ids = Vec::new();
        for item in items {
            for list in ["items", "bins", "options"] {
                for entry in item["face"][list].as_array().into_iter().flatten() {
                    ids.push(entry["id"].to_string());
                }
            }
        }
        ids
    };
    for seed in 1..20 {
        assert_eq!(ids(&one, seed), ids(&other, seed), "seed {seed}");
    }
    assert!(ids(&one, 1).contains(&"\"头\"".to_owned()));
}

#[test]
fn fuzzy_and_missing_translations_fall_back() {
    let po = "msgid \"第一章\"\nmsgstr \"Chapter one\"\n\n#, fuzzy\nmsgid \"第一段\"\nmsgstr \"First\"\n\nmsgid \"第二段\"\nmsgstr \"Second\"\n";
    let (_, english, said) = both(po);
    assert_eq!(english.chapters[0].title, "Chapter one");
    let body = &english.chapters[0].slides[0].slots[0].1;
    assert_eq!(body, "第一段\n\nSecond\n");
    assert_eq!(said, ["po-incomplete"]);
}

/// A text without Han that a translator adds all the same: used, kept by the next extraction, and
/// counted nowhere.
#[test]
fn what_needs_no_translation_may_have_one() {
    let chapter = CHAPTER.replace("第二段", "H5");
    let world = |po: &str| world(po).with("chapters/01-a.yaml", chapter.clone().into_bytes());
    let layouts = layouts();
    let po = "msgid \"H5\"\nmsgstr \"mobile page\"\n";
    let world = world(po);
    let course = course::load(&world, &layouts).0.unwrap();
    let units = translate::units(&world, &layouts, &course);
    let old = translate::catalogue(&world, "en").unwrap().unwrap();
    let new = translate::extract(Some(&old), &units, "c", "en");
    let used = new.entries.iter().find(|entry| entry.id == "H5").unwrap();
    assert!(!used.obsolete && used.text == "mobile page", "{used:?}");
    assert_eq!(translate::status(&new, &units).total.translated, 0);
    let english = translate::load(&world, &layouts, &course).0.pop().unwrap();
    assert_eq!(english.chapters[0].slides[0].slots[0].1, "第一段\n\nmobile page\n");
    let fresh = translate::extract(None, &units, "c", "en");
    assert!(fresh.entries.iter().all(|entry| entry.id != "H5"));
}

#[test]
fn mistakes_in_translations_are_found_at_their_line() {
    let found = |po: &str| {
        let world = world(po);
        let course = course::load(&world, &layouts()).0.unwrap();
        let found = translate::load(&world, &layouts(), &course).1;
        let of_po = found.into_iter().filter(|it| it.severity == kejian::diag::Severity::Error);
        of_po
            .map(|it| {
                let kejian::diag::Pin::At(span) = it.place.pin else { panic!("{it:?}") };
                (it.place.file.to_string(), span.start.line, it.code)
            })
            .collect::<Vec<_>>()
    };
    let at = |line, code| vec![("po/en.po".to_owned(), line, code)];
    assert_eq!(found("msgid \"先问 {=x.count.n.v}\"\nmsgstr \"Ask\"\n"), at(2, "po-figure-lacks"));
    assert_eq!(found("\nmsgid \"第二段\"\nmsgstr \"Two [x](#nowhere)\"\n"), at(3, "missing-place"));
    assert_eq!(found("msgid \"第二段\"\nmsgstr \"Two\n"), at(2, "po-damaged"));
    assert_eq!(found("msgid \"第二段\"\nmsgstr \"Two&#x202E;\"\n"), at(2, "bidi-control"));
    assert_eq!(found("msgid \"第二段\"\nmsgstr \"Two&#7;\"\n"), at(2, "control-reference"));
    assert_eq!(found("msgid \"第二段\"\nmsgstr \"`&#7;` &#65;\"\n"), []);
    let gaps = found("msgid \"先___再___\"\nmsgstr \"First ___\"\n");
    assert!(gaps.contains(&("po/en.po".to_owned(), 2, "po-gaps")), "{gaps:?}");
}

#[test]
fn the_english_of_the_embedded_course_is_complete() {
    let world = embedded::course();
    let course = course::load(&world, &layouts()).0.unwrap();
    let units = translate::units(&world, &layouts(), &course);
    let catalogue = translate::catalogue(&world, "en").unwrap().unwrap();
    let total = translate::status(&catalogue, &units).total;
    assert!(total.percent() >= 98, "{total:?}");
    assert!(world.files().unwrap().len() > 30);
}

/// The kinds that the schema lists under a definition.
fn kinds_of(schema: &Value, definition: &str) -> BTreeSet<String> {
    let kinds = schema["$defs"][definition]["oneOf"].as_array().unwrap();
    let name = |kind: &Value| kind["properties"]["kind"]["const"].as_str().unwrap().to_owned();
    kinds.iter().map(name).collect()
}

/// Collects `kind` of every map below a key of one of these names.
fn kinds_below(value: &Value, keys: &[&str], below: bool, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(kind) = map.get("kind").and_then(Value::as_str).filter(|_| below) {
                found.insert(kind.to_owned());
            }
            for (key, value) in map {
                kinds_below(value, keys, keys.contains(&key.as_str()), found);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| kinds_below(one, keys, below, found)),
        _ => {}
    }
}

/// Every text with Han in a value.
fn han_texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains(is_han) => found.push(text.clone()),
        Value::Object(map) => map.values().for_each(|value| han_texts(value, found)),
        Value::Array(all) => all.iter().for_each(|value| han_texts(value, found)),
        _ => {}
    }
}

/// One slide of every layout, one of every drawing, one question of every kind: whoever adds one
/// without a case here, or one whose texts nobody asks translators for, hears of it.
#[test]
fn translators_are_asked_for_the_texts_of_every_kind() {
    let layouts = layouts();
    let questions: Value = serde_yaml::from_str(include_str!("questions.yaml")).unwrap();
    let drawings: Value = serde_yaml::from_str(include_str!("drawings.yaml")).unwrap();
    let mut chapter = String::from("title: 甲\nslides:\n");
    let mut cases: Vec<Value> = Vec::new();
    for (name, layout) in layouts.iter() {
        let mut lines = layout.example.lines();
        let _ = writeln!(chapter, "- {}\n  id: l-{name}", lines.next().unwrap());
        lines.for_each(|line| {
            let _ = writeln!(chapter, "  {line}");
        });
        cases.push(serde_yaml::from_str(&layout.example).unwrap());
        assert_eq!(cases.last().unwrap()["layout"].as_str().unwrap_or("content"), name);
    }
    for (at, drawing) in drawings.as_array().unwrap().iter().enumerate() {
        let _ =
            writeln!(chapter, "- layout: figure\n  id: d{at}\n  title: 题目\n  figure: {drawing}");
        cases.push(drawing.clone());
    }
    let _ = writeln!(chapter, "questions: {questions}");
    cases.extend(questions.as_array().unwrap().clone());

    let schema = course::schema(FileKind::Chapter, &layouts);
    let mut asked = BTreeSet::new();
    kinds_below(&serde_json::json!({ "all": questions }), &["all"], false, &mut asked);
    assert_eq!(asked, kinds_of(&schema, "Question"), "tests/questions.yaml has one of each");
    let mut drawn = BTreeSet::new();
    kinds_below(&serde_json::json!({ "all": drawings }), &["all"], false, &mut drawn);
    assert_eq!(drawn, kinds_of(&schema, "Figure"), "tests/drawings.yaml has one of each");

    let picture = "<svg viewBox=\"0 0 9 9\"><text id=\"screen\" x=\"1\" y=\"5\"/></svg>";
    let embedded = embedded::course();
    let files = embedded.files().unwrap();
    let world = files.iter().filter(|path| path.as_str().starts_with("practice/")).fold(
        Memory::default()
            .with("course.yaml", COURSE.as_bytes())
            .with("chapters/01-a.yaml", chapter.into_bytes())
            .with("media/map.svg", picture.as_bytes()),
        |world, path| world.with(path.as_str(), embedded.read(path).unwrap().into_owned()),
    );
    let world = pictured(world, &cases);
    let (course, found) = course::load(&world, &layouts);
    let errors = found.iter().filter(|it| it.severity == kejian::diag::Severity::Error);
    let errors: Vec<_> = errors.map(|it| (it.code, &it.args, &it.place.pin)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let units = translate::units(&world, &layouts, &course.unwrap());
    let units: BTreeSet<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
    let mut missing = Vec::new();
    for case in &cases {
        let mut texts = Vec::new();
        han_texts(case, &mut texts);
        for text in texts {
            let paragraphs = text.split("\n\n").map(str::trim).filter(|it| it.contains(is_han));
            missing.extend(
                paragraphs.filter(|it| !units.contains(it)).map(|it| format!("{it} of {case}")),
            );
        }
    }
    assert!(missing.is_empty(), "translators are not asked for {missing:#?}");

    // Stages and columns: the worked examples have every kind, and the English site of the
    // embedded course is looked through for what is left of them (tests/browser/english.rs).
    let schema = course::schema(FileKind::Exercise, &layouts);
    let (mut stages, mut columns) = (BTreeSet::new(), BTreeSet::new());
    for path in files.iter().filter(|path| path.as_str().starts_with("practice/")) {
        let exercise: Value = serde_yaml::from_slice(&embedded.read(path).unwrap()).unwrap();
        kinds_below(&exercise, &["stages"], false, &mut stages);
        for stage in exercise["stages"].as_array().unwrap() {
            kinds_below(stage, &["columns", "results"], false, &mut columns);
        }
    }
    assert_eq!(stages, kinds_of(&schema, "Stage"), "content/practice has one of each");
    assert_eq!(columns, kinds_of(&schema, "Column"), "content/practice has one of each");
}

/// The world with the pictures that examples name.
fn pictured(world: Memory, cases: &[Value]) -> Memory {
    const PICTURE: &str = "<svg viewBox=\"0 0 9 9\"/>";
    fn named(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) if text.starts_with("media/") && text != "media/map.svg" => {
                found.insert(text.clone());
            }
            Value::Object(map) => map.values().for_each(|value| named(value, found)),
            Value::Array(all) => all.iter().for_each(|value| named(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for case in cases {
        named(case, &mut found);
    }
    found.into_iter().fold(world, |world, path| world.with(&path, PICTURE.as_bytes()))
}
