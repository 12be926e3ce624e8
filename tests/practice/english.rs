//! The course in both languages in the terminal: no Chinese in English, and every solution set as
//! its language sets texts.

use super::learner::Learner;
use super::scripted::face;
use super::{course, course_folder, plain_exercise, words};
use kejian::course::{self as courses, Course};
use kejian::source::Disk;
use kejian::terminal::practice::{self, Kept, Task};
use kejian::terminal::{Format, Screen};
use kejian::theme::{BASE, Theme};
use unicode_width::UnicodeWidthStr;

fn english() -> Course {
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, BASE).unwrap();
    let world = Disk::new(course_folder());
    let (course, found) = courses::load(&world, &theme.layouts);
    let course = course.unwrap_or_else(|| panic!("{found:?}"));
    let (languages, _) = courses::translate::load(&world, &theme.layouts, &course);
    languages.into_iter().find(|one| one.language == "en").unwrap()
}

/// Lines with Han or with the wide signs that stand between Han.
fn chinese(text: &str) -> Vec<&str> {
    let is_chinese = |c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}');
    text.lines().filter(|line| line.contains(is_chinese)).collect()
}

#[test]
fn no_chinese_is_shown_in_english() {
    let course = english();
    let words = words("en");
    for id in course.exercises.keys() {
        let exercise = plain_exercise(&course, id);
        let task = Task { id, exercise: &exercise, variant: None, level: None };
        let mut out = Vec::new();
        let worked = practice::worked(&task).unwrap();
        let screen = &mut Screen::plain(&mut out);
        practice::write_worked(&task, &worked, Format::Text, &words, screen).unwrap();

        let levels = &face(&task)["levels"];
        let solo = levels.as_array().is_some_and(|levels| levels.iter().any(|it| it == "solo"));
        let variant = exercise["levels"]["solo"]["variant"].as_str();
        let task = Task { level: solo.then_some("solo"), variant, ..task };
        let mut learner = Learner::expert(&task, &face(&task)).in_english();
        let screen = &mut Screen::plain(&mut out);
        practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut learner, screen).unwrap();
        assert_eq!(learner.left(), 0, "{id}");
        let asked = learner.pressed.iter().map(super::learner::Pressed::prompt).collect::<Vec<_>>();
        let text = String::from_utf8(out).unwrap() + &asked.join("\n");
        assert_eq!(chinese(&text), Vec::<&str>::new(), "{id}");
    }
}

/// A solution on a screen so many columns wide.
fn solution(course: &Course, id: &str, language: &str, columns: usize) -> String {
    let exercise = plain_exercise(course, id);
    let task = Task { id, exercise: &exercise, variant: None, level: None };
    let worked = practice::worked(&task).unwrap();
    let mut out = Vec::new();
    let screen = &mut Screen::new(&mut out, false, Some(columns));
    practice::write_worked(&task, &worked, Format::Text, &words(language), screen).unwrap();
    String::from_utf8(out).unwrap()
}

/// Sees that a text fits its screen and is set as texts are.
fn assert_typeset(text: &str, columns: usize, what: &str) {
    for line in text.lines() {
        assert!(line.width() <= columns, "{what}: {line}");
        assert!(!line.ends_with(' '), "{what}: {line:?}");
        let start = line.trim_start();
        let closing = ['，', '。', '；', '：', '、', '）', '”', '？', ';', ',', ')', '—'];
        assert!(!start.starts_with(closing), "{what}: {line}");
        for sign in ["min(", "max(", "mean(", "round(", "#", "∧", "∅", "¬", "→ id"] {
            assert!(!line.contains(sign), "{what}: {line}");
        }
        let digit = |rest: &str| rest.starts_with(|next: char| next.is_ascii_digit());
        let hyphens = [" -", "：-", ": -"].map(|sign| line.split(sign).skip(1).any(digit));
        assert_eq!(hyphens, [false; 3], "{what}: {line}");
    }
}

#[test]
fn every_solution_is_typeset() {
    for (course, language) in [(course(), "zh-Hans"), (english(), "en")] {
        for id in course.exercises.keys() {
            for columns in [40, 80] {
                let text = solution(&course, id, language, columns);
                assert!(!text.contains("\n\n\n"), "{id} in {language}: two empty lines in {text}");
                assert_typeset(&text, columns, &format!("{id} in {language}"));
            }
        }
    }
}

#[test]
fn every_session_is_typeset() {
    for (course, language) in [(course(), "zh-Hans"), (english(), "en")] {
        let words = words(language);
        for id in course.exercises.keys() {
            let exercise = plain_exercise(&course, id);
            let whole = Task { id, exercise: &exercise, variant: None, level: None };
            let levels = face(&whole)["levels"].clone();
            let levels = levels.as_array().map_or(&[][..], Vec::as_slice);
            let level = levels.iter().any(|level| level == "complete").then_some("complete");
            let task = Task { level, ..whole };
            let mut learner = Learner::expert(&task, &face(&task));
            if language == "en" {
                learner = learner.in_english();
            }
            let mut out = Vec::new();
            let screen = &mut Screen::new(&mut out, false, Some(40));
            practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut learner, screen).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_typeset(&text, 40, &format!("{id} in {language}"));
            for id in ["（pass）", " (pass)", "（fail）", " (fail)"] {
                assert!(!text.contains(id), "{text}");
            }
        }
    }
}

#[test]
fn a_climb_is_said_once_and_a_minus_behind_a_sign_stands_in_brackets() {
    let (chinese, english) = (course(), english());
    let heat = solution(&english, "heat", "en", 80);
    for step in
        ["e1 Awareness", "+ e2 Interest", "+ e3 Evaluation", "+ e4 Trial", "+ e5 Commitment"]
    {
        assert_eq!(heat.matches(step).count(), 1, "{step} in {heat}");
    }
    assert!(heat.contains("line by line as under “Evidence level”"), "{heat}");
    assert!(heat.contains("n1 60 days without any contact"), "codes are explained: {heat}");
    let heat = solution(&chinese, "heat", "zh-Hans", 40);
    assert_eq!(heat.matches("e3 评估").count(), 1, "{heat}");
    assert!(heat.contains("逐级对照同“证据级”"), "{heat}");
    let pitch = solution(&chinese, "pitch", "zh-Hans", 80);
    assert!(pitch.contains("= 影响×态度：25 × (−1) = −25"), "{pitch}");
    assert!(pitch.contains("∵ 评分 —— 下一步练目光"), "one reason for eight marks: {pitch}");
    assert!(pitch.contains("· m2 总成本：即使蓝岸"), "rows with a text are told: {pitch}");
}

#[test]
fn a_narrow_screen_shows_records_and_keeps_pieces_whole() {
    let screening = solution(&course(), "screening", "zh-Hans", 40);
    assert!(screening.contains("  T01 晴川乳品\n    年采购潜力：5 · 增长：4\n"), "{screening}");
    assert!(!screening.contains('┌'), "{screening}");
    assert!(screening.contains("竞争开放度 4 → 4"), "{screening}");
    let wide = solution(&course(), "visits", "zh-Hans", 80);
    assert!(wide.contains("│ A  ┆ 4            ┆ 8 "), "cells of a task stand in a table: {wide}");
    assert!(wide.contains("H0、H1 → 低热度；H2、H3 → 中热度"), "{wide}");
}
