//! Quizzes in the terminal: asked by someone who knows, by someone who does not, and graded
//! from a file of answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian::course::{self, Course};
use kejian::source::Memory;
use kejian::terminal::{Ask, Format, Screen, Stop, quiz, say};
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

/// A scripted learner at the quiz: the report, what was shown, and the progress kept last.
fn run(
    course: &Course,
    answers: &[&'static str],
    progress: Value,
) -> (Result<Value, kejian::terminal::Trouble>, String, Value) {
    let (mut out, mut kept) = (Vec::new(), Value::Null);
    let mut script = Script(answers.iter().copied().collect());
    let mut keep = |progress: &Value| {
        kept = progress.clone();
        Ok(())
    };
    let words = words();
    let mut place = quiz::Place {
        words: &words,
        ask: &mut script,
        screen: Screen::plain(&mut out),
        keep: &mut keep,
    };
    let report = quiz::ask(course, &course.chapters[0], 7, &no_figures, progress, &mut place);
    (report, String::from_utf8(out).unwrap(), kept)
}

fn take(answers: &[&'static str]) -> (Value, String) {
    let course = course();
    let (report, text, _) = run(&course, answers, Value::Null);
    (report.unwrap(), text)
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
    assert_eq!(report["marks"], json!(1));
    assert_eq!(report["questions"].as_array().unwrap().len(), 3);
    assert_eq!(report["questions"][1]["verdict"]["state"], "wrong");
    assert_eq!(report["objectives"][0]["max"], json!(2));
    assert_eq!(report["objectives"][1]["marks"], json!(0));
    assert!(text.contains("第 1 题（共 8 题）"), "{text}");
    assert!(text.contains("先选哪一家？"), "Markdown is reduced: {text}");
    assert!(text.contains("量与意愿都有") && text.contains("只比价"), "{text}");
    assert!(text.contains("加起来了") && text.contains("42"), "{text}");
    assert!(text.contains("还没有通过"), "{text}");
}

#[test]
fn whoever_leaves_at_once_has_no_report() {
    let course = course();
    let (stopped, ..) = run(&course, &[], Value::Null);
    assert!(stopped.is_err());
}

#[test]
fn answers_from_a_file_are_graded_without_asking() {
    let course = course();
    let chapter = &course.chapters[0];
    let (report, items) = quiz::grade(&course, chapter, 0, &right_answers(), &no_figures).unwrap();
    assert_eq!((&report["score"], &report["passed"]), (&json!(1), &json!(true)));
    assert_eq!(report["max"], json!(7), "the essay is not counted");

    let (none, _) = quiz::grade(&course, chapter, 0, &Map::new(), &no_figures).unwrap();
    assert_eq!((&none["marks"], &none["passed"]), (&json!(0), &json!(false)));

    let mut out = Vec::new();
    quiz::write(&report, &items, Format::Json, &words(), &mut Screen::plain(&mut out)).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), report);
    let mut out = Vec::new();
    quiz::write(&none, &items, Format::Text, &words(), &mut Screen::plain(&mut out)).unwrap();
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
    let message = quiz::grade(&course, &course.chapters[0], 0, &answers, &no_figures).unwrap_err();
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

/// A course whose one chapter has these quiz settings and questions.
fn course_of(chapter: &str) -> Course {
    let world = Memory::default()
        .with("course.yaml", COURSE.as_bytes())
        .with("chapters/01-a.yaml", chapter.as_bytes().to_vec());
    let (course, found) = course::load(&world, &Layouts::default());
    course.unwrap_or_else(|| panic!("{found:?}"))
}

const TRIES: &str = "
title: 章
quiz: {tries: 2, penalty: 0.5, hint_penalty: 0.25, certainty: false}
objectives: [{id: o1, text: 会选}]
slides: []
questions:
  - kind: single
    objective: o1
    prompt: 哪个？
    hints: [想想看]
    shuffle: false
    options: [{text: 甲, correct: true, why: 甲好}, {text: 乙, why: 乙不行}]
  - kind: grid
    objective: o1
    prompt: 分一分
    shuffle: false
    columns: [左, 右]
    rows: [{text: 一, column: 左}, {text: 二, column: 右}]
  - kind: scale
    prompt: 有把握吗？
";

#[test]
fn hints_flags_tries_and_a_review_work_in_the_terminal() {
    let course = course_of(TRIES);
    let script = ["〔提示〕", "〔标记／取消标记〕", "乙", "甲", "左", "右", "3", "交卷"];
    let (report, text, kept) = run(&course, &script, Value::Null);
    let report = report.unwrap();
    for expected in ["提示 1/1：想想看", "已标记 ⚑", "乙不行", "还可以再答 1 次", "甲好"]
    {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    assert!((report["marks"].as_f64().unwrap() - 1.25).abs() < 1e-9, "{report}");
    assert_eq!(report["flagged"], json!(["c01q1"]));
    assert_eq!(report["advice"][0]["id"], "o1");
    assert!(!text.contains("建议重读"), "no slide is tagged, so none is named: {text}");
    assert_eq!(kept["quizzes"]["01-a"]["finished"], json!(true));
}

#[test]
fn slides_to_read_again_are_named_by_number_and_title() {
    let themes = kejian::embedded::themes();
    let theme = kejian::theme::Theme::load(&themes, kejian::theme::BASE).unwrap();
    let (course, _) = course::load(&kejian::embedded::course(), &theme.layouts);
    let course = course.unwrap();
    let chapter = quiz::chapter(&course, "09").unwrap();
    let (report, items) = quiz::grade(&course, chapter, 1, &Map::new(), &no_figures).unwrap();
    let mut out = Vec::new();
    quiz::write(&report, &items, Format::Text, &words(), &mut Screen::plain(&mut out)).unwrap();
    let text = String::from_utf8(out).unwrap();
    let advice = text.split_once("建议重读：").unwrap().1;
    let slide = &report["advice"][0]["slides"][0];
    let named = format!("    ◦ {} {}", slide["number"], slide["title"].as_str().unwrap());
    assert!(advice.contains(&named), "{named} is missing in {advice}");
}

/// The embedded course's chapter five with a limit, in a narrow terminal.
#[test]
fn a_narrow_terminal_shows_whole_words_and_the_minutes() {
    use unicode_width::UnicodeWidthStr;
    let themes = kejian::embedded::themes();
    let theme = kejian::theme::Theme::load(&themes, kejian::theme::BASE).unwrap();
    let world = kejian::embedded::course();
    let (course, _) = course::load(&world, &theme.layouts);
    let mut course = course.unwrap();
    course.quiz.minutes = Some(20.0);
    let mut english = course::translate::load(&world, &theme.layouts, &course).0.remove(0);
    english.quiz.minutes = Some(20.0);
    for (course, language, wanted) in [
        (course, "zh-Hans", ["共 12 题，建议 20 分钟", "━━ SWOT 与行动关键点 ━"]),
        (
            english,
            "en",
            ["12 questions; meant to take 20 minutes", "━━ SWOT and key action points ━"],
        ),
    ] {
        let words = Words::load(&themes, &["base"], language).unwrap();
        let chapter = quiz::chapter(&course, "05").unwrap();
        let mut out = Vec::new();
        let mut keep = |_: &Value| Ok(());
        let mut nobody = Script(std::collections::VecDeque::new());
        let screen = Screen::new(&mut out, false, Some(40));
        let mut place = quiz::Place { words: &words, ask: &mut nobody, screen, keep: &mut keep };
        let left = quiz::ask(&course, chapter, 1, &no_figures, Value::Null, &mut place);
        assert!(left.is_err(), "nobody answers");
        let (report, items) = quiz::grade(&course, chapter, 1, &Map::new(), &no_figures).unwrap();
        quiz::write(&report, &items, Format::Text, &words, &mut place.screen).unwrap();
        let text = String::from_utf8(out).unwrap();
        for line in text.lines() {
            assert!(line.width() <= 40, "{line}");
            assert!(!line.trim_start().starts_with(['，', '。', '；']), "{line}");
        }
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted} is missing in {text}");
        }
    }
}

#[test]
fn whoever_comes_back_goes_on_where_they_left() {
    let course = course_of(TRIES);
    let (_, _, kept) = run(&course, &["甲", "左"], Value::Null);
    assert_eq!(kept["items"]["c01q1"]["done"], json!(true));
    let (report, text, _) = run(&course, &["左", "右", "4"], kept);
    assert!(!text.contains("哪个？"), "{text}");
    assert_eq!(report.unwrap()["score"], json!(1));
}

#[test]
fn feedback_at_the_end_comes_at_the_end_with_certainty() {
    let chapter =
        TRIES.replace("tries: 2", "feedback: end").replace("certainty: false", "certainty: true");
    let course = course_of(&chapter);
    let sure = "3 非常有把握：对 +3，错 −6";
    let script = ["甲", sure, "〔先放着〕", "3", sure, "1. 哪个？ · 已作答", "乙", sure, "交卷"];
    let (report, text, _) = run(&course, &script, Value::Null);
    let report = report.unwrap();
    assert_eq!(report["certainty"]["points"], json!(-6));
    assert_eq!(report["unanswered"], json!(["c01q2"]));
    let (before, after) = text.split_once("得分").unwrap();
    assert!(before.contains("已记下") && before.contains("乙不行"), "{text}");
    assert!(after.contains("按把握计分：−6 / 6"), "{text}");
}

const GAPS: &str = "
title: 章
objectives: [{id: o1, text: 会选}]
slides: []
questions:
  - kind: cloze
    objective: o1
    prompt: Ask the ___ on their behalf, then give the ___ in one sentence, and say why it is worth it.
    blanks: [{accept: [question]}, {accept: [answer]}]
  - kind: order
    prompt: 排序
    shuffle: false
    items: [{text: 春}, {text: 夏}, {text: 秋}]
";

#[test]
fn gaps_keep_their_spaces_orders_their_places_and_open_questions_their_name() {
    let course = course_of(GAPS);
    let script =
        ["", "", "夏", "春", "1. Ask the ____（1） on their behalf, then give the… · 未作答"];
    let (report, text, _) = run(&course, &script, Value::Null);
    report.unwrap();
    for wanted in [
        "Ask the ____（1） on their behalf, then give the ____（2） in one sentence",
        "✗ 1. 春（你放在第 2 位）",
        "✗ 2. 夏（你放在第 1 位）",
        "✓ 3. 秋",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in {text}");
    }
}

#[test]
fn titles_of_slides_have_their_figures() {
    let themes = kejian::embedded::themes();
    let theme = kejian::theme::Theme::load(&themes, kejian::theme::BASE).unwrap();
    let (course, _) = course::load(&kejian::embedded::course(), &theme.layouts);
    let course = course.unwrap();
    let chapter = quiz::chapter(&course, "02").unwrap();
    let figures =
        |path: &str, _: Option<u8>| (path == "stages.diagnose.A5.average").then(|| "59".to_owned());
    let (report, items) = quiz::grade(&course, chapter, 1, &Map::new(), &figures).unwrap();
    let mut out = Vec::new();
    quiz::write(&report, &items, Format::Text, &words(), &mut Screen::plain(&mut out)).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("陷阱一：份额 59%，却仍是"), "{text}");
}
