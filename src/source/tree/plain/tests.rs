//! Both readers of YAML, held to each other.

use super::super::{Builder, Tree};
use crate::embedded;
use crate::source::{Disk, RelPath, World, decode};
use proptest::prelude::*;
use proptest::sample;
use std::fmt::Write as _;
use std::path::Path;

/// Whether `text` is read here; if so, it must be read as `saphyr-parser` reads it.
fn is_plain(text: &str) -> bool {
    let mut plain = Builder::new(text);
    let read = decode(text.as_bytes()).is_ok() && super::read(&mut plain).is_some();
    if read {
        let (plain, whole) = (plain.finish().unwrap(), Tree::parse_any(text).expect(text));
        for (plain, whole) in plain.nodes.iter().zip(&whole.nodes) {
            assert_eq!(format!("{plain:?}"), format!("{whole:?}"), "{text}");
        }
        let rest = |tree: Tree| (tree.nodes.len(), tree.root, tree.marked);
        assert_eq!(rest(plain), rest(whole), "{text}");
    }
    read
}

/// The YAML files of a world, as far as they are texts.
fn texts(world: &dyn World) -> Vec<(RelPath, String)> {
    let files = world.files().unwrap().into_iter().filter(|path| path.extension() == "yaml");
    let text = |path: &RelPath| decode(&world.read(path).ok()?).ok().map(str::to_owned);
    let texts: Vec<_> = files.filter_map(|path| text(&path).map(|text| (path, text))).collect();
    assert!(!texts.is_empty());
    texts
}

#[test]
fn reads_every_file_of_the_course() {
    for (path, text) in texts(&embedded::course()) {
        assert!(is_plain(&text), "{path}");
    }
    assert!(is_plain(COURSE));
}

#[test]
fn agrees_on_files_of_themes_and_tests() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (_, text) in texts(&embedded::themes()).into_iter().chain(texts(&Disk::new(tests))) {
        is_plain(&text);
    }
}

#[test]
fn reads_what_is_plain() {
    for text in [
        "a: 1\n",
        "# 一\n\na:   一 二  \n\n# 三\nb: 'x'\n",
        "a:\n- 1\n- b: 2\n  c: 3\nd:\n  - - 1\n    - 2\n",
        "- a\n-   b: 1\n    c: 2\n",
        "a: |\n  一\n\n   二\n \n  三\n\n\nb: |-\n    x\n      \nc: |\n  一行\n",
        "a:\n  - |\n    x\n  # y\n  - z\n",
        "a: {b: [], c: {}, 丁: [1, \"二, 三\", 'x y' ] , e-f: http://x:80/#y}\nb: [ -1, [x] ]\n",
        "a: x:y#z\nb: \"\"\nc: ~\nd: -1\n",
    ] {
        assert!(is_plain(text), "{text}");
    }
}

#[test]
fn leaves_what_is_not() {
    for text in [
        "",
        "a",
        "a:\n",
        "a: 1",
        "a: 1\r\n",
        "a: b: c\n",
        "a: b:\n",
        "a: x # y\n",
        "a: [1,\n  2]\n",
        "a: 1\n  2\n",
        "a: &x 1\n",
        "a: !x 1\n",
        "a: *x\n",
        "? a\n",
        "a: >\n  x\n",
        "a: |+\n  x\n",
        "a: |\nb: 1\n",
        "a: |\n\n  x\n",
        "a: \"x\\n\"\n",
        "a: 'x''y'\n",
        "a: 'x\n",
        "a: - b\n",
        "- \n",
        "-\n  a: 1\n",
        "a:\n  b: 1\n c: 2\n",
        "a: 1\n---\nb: 2\n",
        "  a: 1\nb: 2\n",
        "a: {b}\n",
        "a: {b:1}\n",
        "a: [b: 1]\n",
        "a: [1] x\n",
        "a: [x #y]\n",
        "a: [x -, y]\n",
        "[a]: 1\n",
        "a:\n\tb: 1\n",
        "a: [1, ]]\n",
    ] {
        assert!(!is_plain(text), "{text}");
    }
}

/// Heads of lines and what may stand behind them, of a course's YAML and of awkward YAML.
const HEADS: &str = "(- ){0,2}(a|乙|c\\.d|e f|\"g\"|)(:|: |:  )?";
const RESTS: &[&str] = &[
    "",
    "x",
    "一二 三",
    "x  ",
    "  x",
    "-1",
    "~",
    "x:y",
    "x#y",
    "x #y",
    "# y",
    "x: y",
    ", x",
    "-",
    "- ",
    "- y",
    "---",
    "...",
    "|",
    "|-",
    "|  ",
    "|2",
    ">",
    "'q'",
    "\"q\"",
    "\"q\": 1",
    "[]",
    "{}",
    "[a, 'b' , 三]",
    "{a: 1, b: [x, {c: d}]}",
    "[a: 1]",
    "[a,]",
    "[-, 1]",
    "[x:, y]",
    "{a}",
    "{a: }",
    "{a: x:y}",
    "{a: 'x'y}",
    "&a b",
    "*a",
    "!t c",
    "?",
    "? x",
    "%a",
    "@a",
];
const COURSE: &str = "\
id: x
parts:
  - title: 一
    chapters:
    - a
slides:
  - id: c1s1
    title: 先说**结论**
    body: |
      - 第一条：5%

      总结`代码`
        x
    notes: |-
      讲两分钟。

    options:
      - {id: a, text: 结果, correct: true, why: '客 户'}
      - {id: b, list: [1, \"二\"]}
    # 说明
    minutes: 1
";

proptest! {
    #![proptest_config(crate::testing::cases(4096))]

    /// Lines below each other.
    #[test]
    fn agrees_with_the_parser_for_all_of_yaml(
        lines in proptest::collection::vec((0_usize..6, HEADS, sample::select(RESTS)), 1..9),
    ) {
        let mut text = String::new();
        for (indent, head, rest) in lines {
            writeln!(text, "{:indent$}{head}{rest}", "").unwrap();
        }
        is_plain(&text);
    }

    /// A course with something put in or taken out.
    #[test]
    fn agrees_on_slips(at: sample::Index, cut in 0_usize..4, put in "[-:#|>'\"{}, \n a一\u{3000}\u{a0}😀]{0,3}") {
        let mut letters: Vec<char> = COURSE.chars().collect();
        let at = at.index(letters.len());
        let end = (at + cut).min(letters.len());
        letters.splice(at..end, put.chars());
        is_plain(&letters.into_iter().collect::<String>());
    }
}
