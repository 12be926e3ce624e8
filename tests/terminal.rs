//! Quizzes in the terminal: asked by someone who knows, by someone who does not, and graded
//! from a file of answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::course::{self, Course};
use kejian::source::Memory;
use kejian::terminal::{Ask, Format, Stop, quiz, say};
use kejian::theme::{Layouts, Words};
use serde_json::{Map, Value, json};

const COURSE: &str =
    "id: t\ntitle: 课\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a]}]\n";
const CHAPTER: &str = "
title: 章
objectives:
  - {id: o1, text: 会选}
  - {id: o2, text: 会算}
slides: []
questions:
  - kind: single
    objective: o1
    prompt: 先选**哪一家**？
    options:
      - {text: 甲, correct: true, why: 量与意愿都有}
      - {text: 乙, why: 只比价}
  - kind: multiple
    objective: o1
    prompt: 哪些？
    options: [{text: 子, correct: true}, {text: 丑, correct: true}, {text: 寅}]
  - kind: numeric
    objective: o2
    prompt: 多少？
    answer: {product: [6, 7]}
    slips: [{value: 13, feedback: 加起来了}]
  - kind: cloze
    objective: o2
    prompt: 份额___%，首选率___。
    blanks: [{accept: ['50']}, {accept: [2/3]}]
  - kind: match
    prompt: 配对
    pairs: [{left: 一, right: 单, why: 奇}, {left: 二, right: 双}]
  - kind: order
    prompt: 排序
    items: [{text: 春}, {text: 夏}, {text: 秋}]
  - kind: true_false
    prompt: 对吗？
    answer: false
    why: 不对
  - kind: essay
    prompt: 说说
    checklist: [要点一, 要点二]
";

fn course() -> Course {
    let world = Memory::default()
        .with("course.yaml", COURSE.as_bytes())
        .with("chapters/01-a.yaml", CHAPTER.as_bytes());
    let (course, found) = course::load(&world, &Layouts::default());
    course.unwrap_or_else(|| panic!("{found:?}"))
}

fn words() -> Words {
    Words::load(&kejian::embedded::themes(), &["base"], "zh-Hans").unwrap()
}

fn no_figures(_: &str, _: Option<u8>) -> Option<String> {
    None
}

/// Finds each wanted label among the options, one after the other.
struct Script(std::collections::VecDeque<&'static str>);

impl Script {
    fn next(&mut self) -> Result<&'static str, Stop> {
        self.0.pop_front().ok_or(Stop::Left)
    }
}

impl Ask for Script {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        let wanted = self.next()?;
        let at = options.iter().position(|option| option == wanted);
        Ok(at.unwrap_or_else(|| panic!("{prompt}: no {wanted} in {options:?}")))
    }

    fn many(&mut self, _: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let wanted: Vec<&str> = self.next()?.split('+').collect();
        let chosen =
            options.iter().enumerate().filter(|(_, option)| wanted.contains(&option.as_str()));
        Ok(chosen.map(|(at, _)| at).collect())
    }

    fn line(&mut self, _: &str) -> Result<String, Stop> {
        Ok(self.next()?.to_owned())
    }
}

fn take(answers: &[&'static str]) -> (Value, String) {
    let course = course();
    let mut out = Vec::new();
    let mut script = Script(answers.iter().copied().collect());
    let report =
        quiz::ask(&course, &course.chapters[0], 7, &no_figures, &words(), &mut script, &mut out);
    (report.unwrap(), String::from_utf8(out).unwrap())
}

/// Answers pairs in whatever order they are asked: the left side is the prompt.
fn right_answers() -> Map<String, Value> {
    let course = course();
    let questions = &course.chapters[0].questions;
    let solutions = questions
        .iter()
        .map(|question| (question.id.clone(), question.grade(&Value::Null).solution));
    solutions.collect()
}

#[test]
fn a_learner_who_leaves_early_gets_what_was_earned() {
    let (report, text) = take(&["甲", "子+寅", "13"]);
    assert_eq!(report["marks"], json!(1.0));
    assert_eq!(report["questions"].as_array().unwrap().len(), 3);
    assert_eq!(report["questions"][1]["verdict"]["state"], "wrong");
    assert_eq!(report["objectives"][0]["max"], json!(2.0));
    assert_eq!(report["objectives"][1]["marks"], json!(0.0));
    assert!(text.contains("第 1 题（共 8 题）"), "{text}");
    assert!(text.contains("先选哪一家？"), "Markdown is reduced: {text}");
    assert!(text.contains("量与意愿都有") && text.contains("只比价"), "{text}");
    assert!(text.contains("加起来了") && text.contains("42"), "{text}");
    assert!(text.contains("还没有通过"), "{text}");
}

#[test]
fn whoever_leaves_at_once_has_no_report() {
    let course = course();
    let mut script = Script(std::collections::VecDeque::new());
    let stopped = quiz::ask(
        &course,
        &course.chapters[0],
        0,
        &no_figures,
        &words(),
        &mut script,
        &mut Vec::new(),
    );
    assert!(stopped.is_err());
}

#[test]
fn answers_from_a_file_are_graded_without_asking() {
    let course = course();
    let chapter = &course.chapters[0];
    let report = quiz::grade(&course, chapter, &right_answers(), &no_figures).unwrap();
    assert_eq!((&report["score"], &report["passed"]), (&json!(1.0), &json!(true)));
    assert_eq!(report["max"], json!(7.0), "the essay is not counted");

    let none = quiz::grade(&course, chapter, &Map::new(), &no_figures).unwrap();
    assert_eq!((&none["marks"], &none["passed"]), (&json!(0.0), &json!(false)));

    let mut out = Vec::new();
    quiz::write(chapter, &report, Format::Json, &no_figures, &words(), &mut out).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), report);
    let mut out = Vec::new();
    quiz::write(chapter, &none, Format::Text, &no_figures, &words(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    for expected in ["甲", "42", "一 → 单；二 → 双", "春、夏、秋", "错", "要点一", "0 / 7（0%）"]
    {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
}

#[test]
fn an_answer_to_no_question_is_named() {
    let course = course();
    let mut answers = right_answers();
    answers.insert("nowhere".to_owned(), json!("a"));
    let message = quiz::grade(&course, &course.chapters[0], &answers, &no_figures).unwrap_err();
    assert!(say(&words(), &message).contains("nowhere"));
}

#[test]
fn chapters_are_found_by_stem_number_and_beginning() {
    let course = course();
    for name in ["01-a", "1", "01"] {
        assert!(quiz::chapter(&course, name).is_some(), "{name}");
    }
    assert!(quiz::chapter(&course, "2").is_none());
}
