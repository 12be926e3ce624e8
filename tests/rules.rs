//! Rules of good practice, against a planted corpus and against clean items.
//!
//! The files of `tests/rules/` are chapters, those in `exercise/` exercises; a line that ends with `#^ Q05` has a fault that this
//! rule must find on that line. What only a whole quiz or deck shows is planted here.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kejian::course;
use kejian::diag::{Diagnostic, Pin, Severity};
use kejian::source::{Memory, World};
use kejian::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

const COURSE: &str = "id: t\ntitle: T\nlanguage: zh-Hans\nparts: [{title: P, chapters: [01-a]}]\n";

fn is_rule(code: &str) -> bool {
    let digits = code.strip_prefix(['Q', 'D']).unwrap_or_default();
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn found_in(world: &dyn World) -> Vec<Diagnostic> {
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, "base").unwrap();
    course::load(world, &theme.layouts).1
}

fn world(chapter: &str, course: &str) -> Memory {
    let world = Memory::default().with("course.yaml", course.as_bytes().to_vec());
    let world = world.with("media/a.png", b"png".as_slice());
    world.with("chapters/01-a.yaml", chapter.as_bytes().to_vec())
}

/// Findings of rules in one chapter: line and rule.
fn lines(chapter: &str) -> Vec<(usize, &'static str, Severity)> {
    let found = found_in(&world(chapter, COURSE));
    let strange: Vec<_> = found.iter().filter(|one| !is_rule(one.code)).collect();
    assert!(strange.is_empty(), "the corpus has other faults: {strange:?}");
    let place = |one: &Diagnostic| match one.place.pin {
        Pin::At(span) => (span.start.line, one.code, one.severity),
        _ => (0, one.code, one.severity),
    };
    found.iter().map(place).collect()
}

fn planted(chapter: &str) -> BTreeSet<(usize, &str)> {
    let marks = chapter.lines().enumerate();
    let marks = marks.filter_map(|(at, line)| Some((at + 1, line.split_once(" #^ ")?.1)));
    marks.flat_map(|(line, rules)| rules.split(' ').map(move |rule| (line, rule))).collect()
}

#[test]
fn planted_faults_are_found_on_their_lines() {
    let (mut planted_all, mut missed, mut alarms) = (0, String::new(), String::new());
    let mut false_alarms = 0;
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut paths: Vec<_> =
        fs::read_dir("tests/rules").unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let language = name.split('-').next().unwrap().to_owned();
        let chapter = fs::read_to_string(&path).unwrap();
        let marks = planted(&chapter);
        let found = lines(&chapter);
        planted_all += marks.len();
        for (line, rule) in &marks {
            *counts.entry((language.clone(), (*rule).to_owned())).or_default() += 1;
            if !found.iter().any(|(at, code, _)| at == line && code == rule) {
                let _ = writeln!(missed, "{name}:{line} {rule}");
            }
        }
        for (line, code, severity) in &found {
            if *severity != Severity::Info && !marks.contains(&(*line, code)) {
                false_alarms += 1;
                let _ = writeln!(alarms, "{name}:{line} {code}");
            }
        }
    }
    let missing = missed.lines().count();
    assert!(missing * 20 <= planted_all, "{missing} of {planted_all} were missed:\n{missed}");
    assert!(false_alarms * 20 <= planted_all, "{false_alarms} false alarms:\n{alarms}");
    // Three of each in both languages; quiz-wide ones are planted below, D15 is about Chinese.
    for language in ["zh", "en"] {
        for number in 1..=21 {
            let rule = format!("Q{number:02}");
            let count = counts.get(&(language.to_owned(), rule.clone())).copied().unwrap_or(0);
            assert!(
                count >= 3 || ["Q08", "Q18"].contains(&rule.as_str()),
                "{language} {rule}: {count}"
            );
        }
    }
}

/// The time of a quiz against the time that reading it takes.
#[test]
fn a_quiz_that_leaves_no_time_to_think_is_noticed() {
    // 51 Han characters at 255 a minute, or 48 words at 238: a fifth of a minute each, so it takes
    // 1.5 × 2 for ten items.
    let numbers: Vec<char> = "子丑寅卯辰巳午未申酉".chars().collect();
    leaves_no_time(&|n| format!("{}{}", "甲乙丙丁戊".repeat(10), numbers[n]));
    leaves_no_time(&|n| {
        format!("{}part{n}", "green apples were sold ".repeat(12).replacen("were ", "", 1))
    });
}

fn leaves_no_time(stem: &dyn Fn(usize) -> String) {
    let item = |n: usize, pool: &str| {
        let (stem, answer) = (stem(n), n % 2 == 0);
        format!(
            "  - {{kind: true_false, objective: c01-a, prompt: {stem}, answer: {answer}, why: 见正文{pool}}}\n"
        )
    };
    let chapter = |settings: &str, pool: &str| {
        quiz((0..10).map(|n| item(n, pool))).replace("questions:", &format!("{settings}questions:"))
    };
    let found = |chapter: &str, course: &str| -> Vec<(String, usize, &str)> {
        let found =
            found_in(&world(chapter, &format!("{COURSE}{course}checks: {{Q18: off, Q19: off}}\n")));
        let place = |one: &Diagnostic| match one.place.pin {
            Pin::At(span) => span.start.line,
            _ => 0,
        };
        let found = found.iter().filter(|one| one.severity != Severity::Info);
        found.map(|one| (one.place.file.to_string(), place(one), one.code)).collect()
    };
    let (whole, own) = ("course.yaml".to_owned(), "chapters/01-a.yaml".to_owned());
    assert_eq!(found(&chapter("quiz: {minutes: 2.9}\n", ""), ""), [(own, 3, "Q22")]);
    assert_eq!(found(&chapter("quiz: {minutes: 3.1}\n", ""), ""), []);
    // What the course says counts where the chapter says nothing, and is found there.
    assert_eq!(found(&chapter("", ""), "quiz: {minutes: 2}\n"), [(whole, 5, "Q22")]);
    assert_eq!(found(&chapter("quiz: {minutes: 3.1}\n", ""), "quiz: {minutes: 2}\n"), []);
    // Of ten items only five are read.
    assert_eq!(found(&chapter("quiz: {minutes: 1.6, draw: 5}\n", ""), ""), []);
    let drawn = |minutes: &str| {
        let settings = format!("quiz: {{minutes: {minutes}, pools: [{{id: p, draw: 5}}]}}\n");
        found(&chapter(&settings, ", pool: p"), "").len()
    };
    assert_eq!((drawn("1.4"), drawn("1.6")), (1, 0));
}

/// About why, as a stage, before mixed work: what makes an item bad by itself.
#[test]
fn questions_inside_exercises_are_looked_at_as_well() {
    let chapter = quiz([placed(0, 0)].into_iter());
    for language in ["zh", "en"] {
        let exercise = fs::read_to_string(format!("tests/rules/exercise/{language}.yaml")).unwrap();
        let found = |exercise: &str| {
            let world = world(&chapter, &format!("{COURSE}checks: {{Q20: off}}\n"));
            found_in(&world.with("practice/demo.yaml", exercise.as_bytes().to_vec()))
        };
        let lines: BTreeSet<(usize, &str)> = found(&exercise)
            .iter()
            .filter(|one| one.severity != Severity::Info)
            .map(|one| match one.place.pin {
                Pin::At(span) => (span.start.line, one.code),
                _ => (0, one.code),
            })
            .collect();
        let marks = planted(&exercise);
        assert!(marks.len() >= 4, "{marks:?}");
        assert_eq!(lines, marks, "{language}");
        // What is silenced would be found, and a rule that is none is named where it stands.
        let loud = exercise.replace("rule: Q09", "rule: Q16");
        assert!(found(&loud).iter().any(|one| one.code == "Q09"), "{language}");
        let typo = exercise.replace("rule: Q09", "rule: Q9");
        assert!(found(&typo).iter().any(|one| one.code == "unknown-rule"), "{language}");
    }
}

/// A single choice whose key stands at `place` of four, in the order written.
fn placed(number: usize, place: usize) -> String {
    let mut text = format!(
        "  - kind: single\n    objective: c01-a\n    prompt: 第 {number} 题选哪一个？\n    why: 见正文\n    shuffle: false\n    options:\n"
    );
    for (at, word) in ["东风", "南山", "西岭", "北岸"].iter().enumerate() {
        let rest = if at == place { "correct: true" } else { "why: 不是它" };
        let _ = writeln!(text, "      - {{text: {word}, {rest}}}");
    }
    text
}

fn quiz(items: impl Iterator<Item = String>) -> String {
    let head = "title: 甲\nobjectives: [{id: c01-a, text: 会甲}]\nquestions:\n";
    head.to_owned() + &items.collect::<String>()
}

#[test]
fn a_key_that_stays_in_its_place_is_noticed() {
    let codes = |places: &[usize]| -> Vec<&str> {
        let chapter = quiz(places.iter().enumerate().map(|(n, place)| placed(n, *place)));
        lines(&chapter).into_iter().map(|(_, code, _)| code).collect()
    };
    // Four times running.
    assert_eq!(codes(&[1, 0, 0, 0, 0, 2]), ["Q08"]);
    assert_eq!(codes(&[1, 0, 0, 0, 1, 0]), Vec::<&str>::new());
    // Twenty items that prefer one place, never four times running: χ² = 9.6 > 7.815.
    let skewed = [1, 1, 0, 1, 1, 2, 1, 1, 3, 1, 1, 0, 1, 1, 2, 0, 1, 3, 0, 2];
    assert_eq!(codes(&skewed), ["Q08"]);
    let even = [0, 1, 2, 3, 1, 0, 3, 2, 0, 2, 1, 3, 3, 1, 0, 2, 2, 3, 1, 0];
    assert_eq!(codes(&even), Vec::<&str>::new());
    // A seeded order has no places.
    let shuffled = quiz((0..6).map(|n| placed(n, 0).replace("    shuffle: false\n", "")));
    assert_eq!(lines(&shuffled), []);
}

#[test]
fn keys_that_are_longest_all_through_a_quiz_are_noticed() {
    let item = |n: usize, key: &str| {
        format!(
            "  - kind: single\n    objective: c01-a\n    prompt: 第 {n} 题选哪一个？\n    why: 见正文\n    options:\n      - {{text: {key}, correct: true}}\n      - {{text: 南山上, why: 不是它}}\n      - {{text: 西岭下, why: 不是它}}\n"
        )
    };
    let long = quiz((0..5).map(|n| item(n, if n < 3 { "东边的风" } else { "东风吹" })));
    assert_eq!(lines(&long).iter().map(|it| it.1).collect::<Vec<_>>(), ["Q05"]);
    let fair = quiz((0..5).map(|n| item(n, if n < 2 { "东边的风" } else { "东风吹" })));
    assert_eq!(lines(&fair), []);
}

#[test]
fn true_and_false_are_balanced() {
    let item = |n: usize, answer: bool| {
        format!(
            "  - {{kind: true_false, objective: c01-a, prompt: 第 {n} 句说得对, answer: {answer}, why: 见正文}}\n"
        )
    };
    for (held, unfair) in [(3, true), (4, false), (6, false), (7, true)] {
        let chapter = quiz((0..10).map(|n| item(n, n < held)));
        let found = lines(&chapter);
        assert_eq!(found.iter().any(|it| it.1 == "Q18"), unfair, "{held} of 10: {found:?}");
    }
}

#[test]
fn a_room_that_is_never_asked_is_noticed() {
    let slide = |n: usize, extra: &str| {
        format!("  - title: 第 {n} 页说了一件事，请记住\n    body: 短\n{extra}")
    };
    let silent: String = (0..11).map(|n| slide(n, "")).collect();
    assert_eq!(lines(&format!("title: 甲\nslides:\n{silent}"))[0].1, "D13");
    let asked: String =
        (0..11).map(|n| slide(n, if n == 5 { "    ask: 你呢？\n" } else { "" })).collect();
    assert_eq!(lines(&format!("title: 甲\nslides:\n{asked}")), []);
    let slow: String = (0..4).map(|n| slide(n, "    minutes: 4\n")).collect();
    assert_eq!(lines(&format!("title: 甲\nslides:\n{slow}"))[0].1, "D13");
}

#[test]
fn rules_can_be_set_for_the_course_and_silenced_in_place() {
    let chapter = quiz([placed(0, 0).replace("东风", "以上都对")].into_iter());
    let found = |course: &str, chapter: &str| -> Vec<_> {
        let found = found_in(&world(chapter, course));
        found.into_iter().map(|one| (one.code, one.severity)).collect()
    };
    let with = |level: &str| format!("{COURSE}checks: {{Q01: {level}, Q20: off}}\n");
    assert_eq!(found(&with("error"), &chapter), [("Q01", Severity::Error)]);
    assert_eq!(found(&with("info"), &chapter), [("Q01", Severity::Info)]);
    assert_eq!(found(&with("warn"), &chapter), [("Q01", Severity::Warning)]);
    assert_eq!(found(&with("off"), &chapter), []);
    let silenced = format!("{chapter}    silence: [{{rule: Q01, reason: 示范一道坏题}}]\n");
    assert_eq!(found(&with("error"), &silenced), []);
    // A name that is no rule is an error where it stands.
    let wrong = format!("{COURSE}checks: {{Q1: off, Q20: off}}\n");
    let codes: Vec<_> = found(&wrong, &chapter).into_iter().map(|it| it.0).collect();
    assert!(codes.contains(&"unknown-rule"), "{codes:?}");
    let typo = silenced.replace("rule: Q01", "rule: Q011");
    assert!(found(&with("error"), &typo).iter().any(|it| it.0 == "unknown-rule"));
}

/// The course's own items, as they were written without these rules in mind.
#[test]
fn clean_items_raise_no_alarm() {
    let course = kejian::embedded::course();
    let found = found_in(&course);
    let alarms: BTreeSet<_> = found
        .iter()
        .filter(|one| one.code.starts_with('Q') && one.severity != Severity::Info)
        .map(|one| format!("{} {:?} {}", one.place.file, one.place.pin, one.code))
        .collect();
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, "base").unwrap();
    let items: usize = course::load(&course, &theme.layouts)
        .0
        .unwrap()
        .chapters
        .iter()
        .map(|c| c.questions.len())
        .sum();
    assert!(alarms.len() * 20 <= items, "{} of {items}: {alarms:#?}", alarms.len());
}
