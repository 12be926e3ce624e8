//! Faulty courses with the expected finding beside the mistake.
//!
//! A file in `tests/diag/` holds cases that open with `== what is tried`; in a case, `#= path`
//! opens a file of the course. A line `#^ error unknown-key 5 words` says what is found in the
//! line above it: severity, code, column, and words that the Chinese sentence or its help must
//! hold. A case lists everything that is found; files that it does not give are supplied.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kejian::course;
use kejian::diag::{self, Diagnostic};
use kejian::source::{Disk, Memory, RelPath, World, WorldError};
use kejian::theme::{Layouts, Words};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

const LAYOUTS: &str = "
content: {slots: {body: {type: markdown, required: true}, image: {type: media}, alt: {type: text}}}
statement: {slots: {text: {type: markdown}}}
cards:
  slots:
    cards:
      type: list
      required: true
      least: 2
      most: 6
      of: {type: group, keys: {head: {type: text, required: true}, text: {type: markdown}, n: {type: number}}}
table: {slots: {rows: {type: list, of: {type: list}}, align: {type: choice, among: [left, right]}}}
exercise: {slots: {exercise: {type: exercise, required: true}}}
chart: {slots: {chart: {type: chart, required: true}}}
figure: {slots: {figure: {type: figure, required: true}}}
";

const EXERCISE: &str = "title: 筛选
data:
  things: {fields: [{id: size, title: 大小}], rows: [{id: a, name: 甲, size: 2}, {id: b, name: 乙, size: 3}]}
stages:
  - kind: table
    id: score
    title: 打分
    rows: things
    columns: [{kind: calc, id: double, title: 加倍, value: {product: [size, 2]}}]
    results: [{kind: calc, id: all, title: 合计, value: {sum: double}}]
";

fn layouts() -> Layouts {
    Layouts::from(serde_yaml::from_str::<BTreeMap<_, _>>(LAYOUTS).unwrap())
}

fn words(language: &str) -> Words {
    Words::load(&kejian::embedded::themes(), &["base"], language).unwrap()
}

/// What is wrong; rules of good practice have tests of their own (`tests/rules.rs`), but for the
/// one that no course may break.
fn findings(world: &dyn World) -> Vec<Diagnostic> {
    let mut found = course::load(world, &layouts()).1;
    found.retain(|one| {
        one.code == "Q17" || !(one.code.len() == 3 && one.code.starts_with(['Q', 'D']))
    });
    found
}

/// Adds what the case does not give: a course that lists its chapters, an exercise.
fn world(files: &BTreeMap<String, Vec<u8>>) -> Memory {
    let mut world = Memory::default();
    if !files.contains_key("course.yaml") {
        let mut text =
            "id: t\ntitle: 试\nlanguage: zh-Hans\nparts:\n  - title: 一\n    chapters:\n"
                .to_owned();
        for path in files.keys() {
            if let Some(name) = path.strip_prefix("chapters/") {
                let _ = writeln!(text, "      - {}", name.trim_end_matches(".yaml"));
            }
        }
        if !text.contains("      - ") {
            text = text.replace("chapters:\n", "chapters: []\n");
        }
        world = world.with("course.yaml", text.into_bytes());
    }
    if !files.keys().any(|path| path.starts_with("practice/")) {
        world = world.with("practice/demo.yaml", EXERCISE.as_bytes());
    }
    files.iter().fold(world, |world, (path, bytes)| world.with(path, bytes.clone()))
}

struct Case {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
    /// file, line, column, severity, code, words.
    expected: Vec<(String, usize, usize, String, String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut file = String::new();
    let mut line = 0;
    for written in text.lines() {
        if let Some(name) = written.strip_prefix("== ") {
            cases.push(Case { name: name.into(), files: BTreeMap::new(), expected: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(path) = written.strip_prefix("#= ") {
            path.clone_into(&mut file);
            case.files.insert(file.clone(), Vec::new());
            line = 0;
        } else if let Some(expected) = written.trim_start().strip_prefix("#^ ") {
            let mut parts = expected.splitn(4, ' ');
            let mut next = || parts.next().unwrap_or_default().to_owned();
            let (severity, code, column, words) = (next(), next(), next(), next());
            let column = column.parse().expect("a column");
            case.expected.push((file.clone(), line, column, severity, code, words));
        } else if let Some(bytes) = case.files.get_mut(&file) {
            bytes.extend_from_slice(written.as_bytes());
            bytes.push(b'\n');
            line += 1;
        }
    }
    cases
}

#[test]
fn every_case_finds_what_it_says() {
    let zh = words("zh-Hans");
    let say = |key: &str, args: &[(&str, &str)]| zh.say(key, args);
    let mut wrong = String::new();
    let mut count = 0;
    let mut paths: Vec<_> =
        fs::read_dir("tests/diag").unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        for mut case in cases(&fs::read_to_string(&path).unwrap()) {
            count += 1;
            let world = world(&case.files);
            let found = findings(&world);
            let mut actual: Vec<_> = diag::findings(&found, &say)
                .into_iter()
                .map(|f| {
                    let (line, column) = (f.line.unwrap_or(0), f.column.unwrap_or(0));
                    let words = format!("{} {}", f.message, f.help);
                    (f.file, line, column, f.severity.to_owned(), f.code.to_owned(), words)
                })
                .collect();
            actual.sort();
            case.expected.sort();
            let same = actual.len() == case.expected.len()
                && actual.iter().zip(&case.expected).all(|(a, e)| {
                    (&a.0, a.1, a.2, &a.3, &a.4) == (&e.0, e.1, e.2, &e.3, &e.4)
                        && a.5.contains(&e.5)
                });
            if !same {
                let shown = diag::text(&found, &world, &say, false);
                let _ = writeln!(
                    wrong,
                    "{} · {}\nexpected {:#?}\nfound {:#?}\n{shown}",
                    path.display(),
                    case.name,
                    case.expected,
                    actual
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 30, "only {count} cases were read");
}

/// One chapter made of these bytes; the findings as (code, line, column).
fn found_in(chapter: impl Into<Vec<u8>>) -> Vec<(&'static str, usize, usize)> {
    let files = BTreeMap::from([("chapters/01-a.yaml".to_owned(), chapter.into())]);
    summary(&findings(&world(&files)))
}

fn summary(found: &[Diagnostic]) -> Vec<(&'static str, usize, usize)> {
    let place = |diagnostic: &Diagnostic| match diagnostic.place.pin {
        diag::Pin::At(span) => (diagnostic.code, span.start.line, span.start.column),
        _ => (diagnostic.code, 0, 0),
    };
    found.iter().map(place).collect()
}

const FINE: &str = "title: 一\nslides:\n  - title: 二\n    body: |\n      三\n";

#[test]
fn a_mark_at_the_beginning_and_windows_line_ends_are_fine() {
    assert_eq!(found_in(format!("\u{feff}{FINE}")), []);
    assert_eq!(found_in(FINE.replace('\n', "\r\n")), []);
    // And places stay right in such files.
    let broken =
        format!("\u{feff}{}", FINE.replace("title: 二", "titel: 二")).replace('\n', "\r\n");
    assert_eq!(found_in(broken), [("unknown-key", 3, 5)]);
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(found_in(b"title: \xb4\xf3\n".to_vec()), [("not-utf8", 1, 8)]);
    assert_eq!(found_in("title: 一\u{7}\n"), [("control-character", 1, 9)]);
    assert_eq!(found_in("title: 一\nx: 二\u{2028}\n"), [("control-character", 2, 5)]);
    assert_eq!(found_in("title: a\u{85}b\n"), [("control-character", 1, 9)]);
    assert_eq!(found_in(""), [("empty-file", 1, 1)]);
    assert_eq!(found_in("# nothing\n"), [("empty-file", 1, 1)]);
}

#[test]
fn what_would_keep_the_parser_busy_is_refused_at_once() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..30 {
        let all = vec![format!("*a{}", n - 1); 9].join(", ");
        let _ = writeln!(bomb, "a{n}: &a{n} [{all}]");
    }
    let deep = format!("title: {}", "[".repeat(40_000));
    let wide = format!("title: [{}", "[],".repeat(1_600_000));
    // It stops where the limit is passed, long before the end; the bench shows the time.
    assert_eq!(found_in(deep), [("too-deep", 1, 263)]);
    assert_eq!(found_in(bomb), [("too-many-nodes", 6, 10)]);
    assert_eq!(found_in(wide), [("too-many-nodes", 1, 300_006)]);
    assert_eq!(found_in(vec![b'a'; 6_000_000]), [("too-large", 1, 1)]);
    let mut split = "title: x\nslides:\n  - {title: t, body: 甲".to_owned();
    (0..40_000).for_each(|n| write!(split, ", b{n}").unwrap());
    split.push_str("}\n");
    assert_eq!(found_in(split), [("split-text", 3, 25)]);
}

/// A world that notes which files are read.
struct Noting {
    files: Memory,
    read: Mutex<Vec<String>>,
}

impl World for Noting {
    fn files(&self) -> Result<Vec<RelPath>, WorldError> {
        self.files.files()
    }

    fn read(&self, path: &RelPath) -> Result<Cow<'_, [u8]>, WorldError> {
        self.read.lock().unwrap().push(path.to_string());
        self.files.read(path)
    }
}

/// Each finding once read its file anew, went through its lines and then through all of its own
/// line: 30,000 of them took two minutes where they stood in one line.
#[test]
fn a_file_is_read_once_however_much_is_wrong_with_it() {
    const COUNT: usize = 2_000;
    let one_line: Vec<String> = (0..COUNT).map(|n| format!("{{titel{n}: 甲}}")).collect();
    let one_line = format!("title: 一\nslides: [{}]\n", one_line.join(", "));
    let many_lines: Vec<String> = (0..COUNT).map(|n| format!("titel{n}: 甲\n")).collect();
    let many_lines = format!("title: 二\nslides: []\n{}", many_lines.concat());
    let chapters = [("a", one_line), ("b", many_lines)];
    let file = |name: &str| format!("chapters/{name}.yaml");
    let files = chapters.map(|(name, text)| (file(name), text.into_bytes()));
    let mut found = findings(&world(&BTreeMap::from(files.clone())));
    // Whatever the order that they come in.
    found.sort_by_key(|one| (one.place.pin.clone(), one.place.file.clone()));
    let noting = Noting { files: world(&BTreeMap::from(files)), read: Mutex::default() };
    let shown = diag::text(&found, &noting, &|key, _| key.to_owned(), false);
    let mut read = noting.read.into_inner().unwrap();
    read.sort();
    assert_eq!(read, ["a", "b"].map(file));
    let carets = shown.lines().filter(|line| line.ends_with('^')).count();
    assert_eq!(carets, found.len());
    assert!(carets > 2 * COUNT, "{carets}");
}

/// The examples by which authors learn the format: what they show is not refused.
#[test]
fn the_small_examples_of_the_format_have_no_faults() {
    let folder = Path::new("src/engine/tests/format");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("small-") {
            files.insert(format!("practice/{name}"), fs::read(&path).unwrap());
        }
    }
    assert_eq!(files.len(), 7);
    let found = findings(&world(&files));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn faults_in_ten_files_are_all_reported_in_one_run() {
    let mut files = BTreeMap::new();
    for n in 0..9 {
        let fault = ["titel: x", "title:", "slides: 3"][n % 3];
        files.insert(format!("chapters/{n:02}-a.yaml"), format!("# {n}\n{fault}\n").into_bytes());
    }
    files.insert("practice/x.yaml".into(), b"title: [\n".to_vec());
    let found = findings(&world(&files));
    let mut named: Vec<_> = found.iter().map(|d| d.place.file.to_string()).collect();
    named.dedup();
    assert_eq!(named, files.keys().cloned().collect::<Vec<_>>());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_refused() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.yaml"), FINE).unwrap();
    fs::write(outside.path().join("secret.png"), "png").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let at = |path: &str| dir.path().join(path);
    fs::create_dir_all(at("chapters")).unwrap();
    fs::create_dir_all(at("media")).unwrap();
    let course =
        "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a, 02-b]}]\n";
    fs::write(at("course.yaml"), course).unwrap();
    fs::write(at("chapters/01-a.yaml"), FINE.replace("三", "![图](media/p.png)")).unwrap();
    symlink(outside.path().join("secret.yaml"), at("chapters/02-b.yaml")).unwrap();
    symlink(outside.path().join("secret.png"), at("media/p.png")).unwrap();
    let found = findings(&Disk::new(dir.path()));
    let named: Vec<_> = found.iter().map(|d| (d.place.file.as_str(), d.code)).collect();
    assert_eq!(named, [("chapters/02-b.yaml", "link-outside"), ("media/p.png", "link-outside")]);
}

/// A link to nothing, and what would be waited for when it is read, are called what they are.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_called_what_it_is() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let dir = tempfile::tempdir().unwrap();
    let at = |path: &str| dir.path().join(path);
    fs::create_dir_all(at("chapters")).unwrap();
    fs::create_dir_all(at("media")).unwrap();
    let course =
        "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a, 02-b, 03-c]}]\n";
    fs::write(at("course.yaml"), course).unwrap();
    fs::write(at("chapters/01-a.yaml"), FINE).unwrap();
    symlink("nowhere.yaml", at("chapters/02-b.yaml")).unwrap();
    symlink("nowhere.png", at("media/p.png")).unwrap();
    // Not listed, but no draft either.
    symlink("nowhere.yaml", at("chapters/04-d.yaml")).unwrap();
    let _socket = UnixListener::bind(at("chapters/03-c.yaml")).unwrap();
    let found = findings(&Disk::new(dir.path()));
    let named: Vec<_> = found.iter().map(|d| (d.place.file.as_str(), d.code)).collect();
    let errors = found.iter().filter(|d| d.severity == diag::Severity::Error).count();
    assert_eq!(errors, 4);
    assert_eq!(
        named,
        [
            ("chapters/02-b.yaml", "dangling-link"),
            ("chapters/03-c.yaml", "no-file"),
            ("chapters/04-d.yaml", "dangling-link"),
            ("chapters/04-d.yaml", "unlisted-chapter"),
            ("media/p.png", "dangling-link"),
        ]
    );
}

#[test]
fn a_large_file_is_refused_before_it_is_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("course.yaml"), "").unwrap();
    fs::File::create(dir.path().join("course.yaml")).unwrap().set_len(6 << 20).unwrap();
    assert_eq!(summary(&findings(&Disk::new(dir.path()))), [("too-large", 1, 1)]);
}

#[test]
fn a_folder_without_a_course_says_so() {
    assert_eq!(summary(&findings(&Memory::default())), [("no-course", 1, 1)]);
}

#[test]
fn findings_read_well() {
    let text = FINE.replace("title: 二", "titel: 先定准则，再看客户");
    let files = BTreeMap::from([(
        "chapters/01-a.yaml".to_owned(),
        text.replace("titel", "titles").into_bytes(),
    )]);
    let world = world(&files);
    let mut found = findings(&world);
    found.retain(|diagnostic| diagnostic.code == "unknown-key");
    let zh = words("zh-Hans");
    let say = |key: &str, args: &[(&str, &str)]| zh.say(key, args);
    assert_eq!(
        diag::text(&found, &world, &say, false),
        "错误[unknown-key]: 不认识键 titles
 --> chapters/01-a.yaml:3:5
  |
3 |   - titles: 先定准则，再看客户
  |     ^^^^^^
  = 怎么办：是不是想写 title？这里可以用的键：layout, id, title, notes, ask, minutes, reveal, objectives, covers, origin, silence, body, image, alt。

"
    );
    let en = words("en");
    let say = |key: &str, args: &[(&str, &str)]| en.say(key, args);
    let json = diag::json(&found, &say);
    assert_eq!(json[0]["message"], "the key titles is unknown");
    assert_eq!(json[0]["line"], 3);
    assert_eq!(json[0]["end_column"], 11);
}

/// Every code that the sources can give, found by reading them.
fn codes() -> Vec<String> {
    fn walk(folder: &Path, codes: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path
                    .file_name()
                    .is_some_and(|name| name != "engine" || !path.ends_with("src/engine"))
                {
                    walk(&path, codes);
                }
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                for opener in [
                    "Diagnostic::error(",
                    "Diagnostic::warning(",
                    "report(",
                    "fault(",
                    "error(",
                    "at(",
                    "diagnostic(",
                ] {
                    for (at, _) in text.match_indices(opener) {
                        let rest = text[at + opener.len()..].trim_start();
                        if let Some(code) =
                            rest.strip_prefix('"').and_then(|rest| rest.split('"').next())
                        {
                            codes.push(code.to_owned());
                        }
                    }
                }
            }
        }
    }
    let mut codes = Vec::new();
    for folder in ["src/course", "src/diag", "src/source"] {
        walk(Path::new(folder), &mut codes);
    }
    // Chosen by a condition, so not where the openers look.
    codes.extend(
        ["theme", "too-few", "too-many", "unknown-layout", "unknown-kind"].map(str::to_owned),
    );
    codes.extend(course::rule_ids().map(str::to_owned));
    codes.retain(|code| !code.contains([' ', '/', '.', '[', '{', '<']));
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn every_code_has_its_words_in_both_languages() {
    let codes = codes();
    assert!(codes.len() > 30, "{codes:?}");
    for language in ["zh-Hans", "en"] {
        let words = words(language);
        for code in &codes {
            for part in ["message", "help"] {
                let key = format!("diag.{code}.{part}");
                assert!(words.has(&key), "{language} has no {key}");
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..Default::default()
    })]

    /// Whatever an author types, nothing panics and every place is one of the file.
    #[test]
    fn any_damage_is_reported_in_place(at in 0_usize..400, cut in 0_usize..12, junk in "[ \\t\\n\\-:{}\\[\\]\"'|>&*#甲a0,]{0,8}") {
        let text = "title: 甲\nobjectives:\n  - {id: x, text: 会}\nslides:\n  - title: 一\n    body: |\n      乙 {=demo.score.all} **丙：**丁\n    notes: \"戊 [己](../x)\"\n  - layout: cards\n    title: 二\n    cards:\n      - {head: 甲, text: 乙}\n      - head: 丙\n        n: 3\nquestions:\n  - kind: single\n    prompt: 问\n    options:\n      - {text: 甲, correct: true}\n      - {text: 乙}\n";
        let mut characters: Vec<char> = text.chars().collect();
        let at = at.min(characters.len());
        let end = (at + cut).min(characters.len());
        characters.splice(at..end, junk.chars());
        let damaged: String = characters.into_iter().collect();
        let lines = damaged.lines().count() + 1;
        let files = BTreeMap::from([("chapters/01-a.yaml".to_owned(), damaged.into_bytes())]);
        let world = world(&files);
        let found = findings(&world);
        for (_, line, column) in summary(&found) {
            proptest::prop_assert!(line >= 1 && line <= lines.max(12) && column >= 1);
        }
        diag::text(&found, &world, &|key, _| key.to_owned(), false);
    }
}
