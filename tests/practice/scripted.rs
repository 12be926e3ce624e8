//! Sessions driven in memory.

use super::learner::Learner;
use super::{course, plain_exercise, words};
use kejian::terminal::practice::{self, Kept, Task};
use kejian::terminal::{Ask, Format, Screen, Stop, Trouble};
use serde_json::{Map, Value, json};

/// One session: the verdict, what was written, what was kept.
struct Session {
    verdict: Result<Value, Trouble>,
    text: String,
    kept: Kept,
}

fn session(task: &Task<'_>, learner: &mut Learner, kept: Kept) -> Session {
    let mut out = Vec::new();
    let mut last = kept.clone();
    let verdict = practice::ask(
        task,
        kept,
        &mut |answers| last.clone_from(answers),
        &words("zh-Hans"),
        learner,
        &mut Screen::plain(&mut out),
    );
    Session { verdict, text: String::from_utf8(out).unwrap(), kept: last }
}

fn engine(request: &Value) -> Value {
    let answer = kejian_engine::call(request.to_string().as_bytes());
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    answer["ok"].clone()
}

pub(crate) fn face(task: &Task<'_>) -> Value {
    let mut request = json!({"op": "practice.face", "exercise": task.exercise});
    if let Some(variant) = task.variant {
        request["variant"] = variant.into();
    }
    if let Some(level) = task.level {
        request["level"] = level.into();
    }
    engine(&request)
}

#[test]
fn every_exercise_can_be_solved_for_full_marks() {
    let course = course();
    for id in course.exercises.keys() {
        let exercise = plain_exercise(&course, id);
        let task = Task { id, exercise: &exercise, variant: None, level: None };
        let mut learner = Learner::expert(&task, &face(&task));
        let session = session(&task, &mut learner, Kept::new());
        let verdict = session.verdict.unwrap();
        assert_eq!(learner.left(), 0, "{id}: not everything was asked\n{}", session.text);
        assert_eq!(verdict["marks"], verdict["max"], "{id}\n{}", session.text);
        assert!(verdict["max"].as_f64().unwrap() > 0.0, "{id}");
        assert!(session.text.contains("100%"), "{id}: {}", session.text);
    }
}

#[test]
fn whoever_stops_goes_on_from_there() {
    let course = course();
    let exercise = plain_exercise(&course, "segments");
    let task = Task { id: "segments", exercise: &exercise, variant: None, level: None };
    let expert = || Learner::expert(&task, &face(&task));
    let first = session(&task, &mut expert().leaving_after(7), Kept::new());
    assert!(first.text.contains("答案都留着"), "{}", first.text);
    assert!(first.verdict.unwrap()["marks"].as_f64().unwrap() > 0.0);
    assert_eq!(first.kept["check"].as_object().unwrap().len(), 7, "{:?}", first.kept);

    let mut learner = expert().without(7).first(&["接着做"]);
    let second = session(&task, &mut learner, first.kept.clone());
    assert_eq!(learner.left(), 0, "{}", second.text);
    let verdict = second.verdict.unwrap();
    assert_eq!(verdict["marks"], verdict["max"], "{}", second.text);

    let mut learner = expert().first(&["重新做"]);
    let third = session(&task, &mut learner, first.kept);
    assert_eq!(learner.left(), 0, "{}", third.text);
}

#[test]
fn whoever_stops_at_once_has_no_verdict_and_kept_answers_of_old_cells_are_dropped() {
    let course = course();
    let exercise = plain_exercise(&course, "segments");
    let task = Task { id: "segments", exercise: &exercise, variant: None, level: None };
    let old = json!({"check": {"G99.verdict": "pass"}, "nowhere": {"a": 1}, "card": 7});
    let nobody = &mut Learner::expert(&task, &face(&task)).leaving_after(0);
    let session = session(&task, nobody, old.as_object().unwrap().clone());
    assert!(matches!(session.verdict, Err(Trouble::Stopped(_))));
}

#[test]
fn a_slip_is_told_with_its_reason_at_once() {
    let course = course();
    let exercise = plain_exercise(&course, "swot");
    let task = Task { id: "swot", exercise: &exercise, variant: None, level: None };
    let answers = json!({"sort": {"F11.answer": "S", "F01.answer": "S"}});
    let verdict = practice::grade(&task, answers.as_object().unwrap()).unwrap();
    let mut out = Vec::new();
    let screen = &mut Screen::plain(&mut out);
    practice::write_verdict(&task, &verdict, Format::Text, &words("zh-Hans"), screen).unwrap();
    let text = String::from_utf8(out).unwrap().replace("\n    ", "");
    assert!(text.contains("◐ F11："), "{text}");
    assert!(text.contains("机会（外部·有利）（接近）"), "{text}");
    assert!(text.contains("恰好有利于有监测能力的供应商"), "{text}");
}

#[test]
fn the_solution_reads_step_by_step_in_both_languages() {
    let course = course();
    for id in course.exercises.keys() {
        let exercise = plain_exercise(&course, id);
        let task = Task { id, exercise: &exercise, variant: None, level: None };
        let worked = practice::worked(&task).unwrap();
        for language in ["zh-Hans", "en"] {
            let mut out = Vec::new();
            let screen = &mut Screen::plain(&mut out);
            practice::write_worked(&task, &worked, Format::Text, &words(language), screen).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.lines().count() > 10, "{id}: {text}");
            assert!(!text.contains("terminal."), "{id}: a word is missing in {language}: {text}");
        }
    }
    let exercise = plain_exercise(&course, "screening");
    let task = Task { id: "screening", exercise: &exercise, variant: None, level: None };
    let mut out = Vec::new();
    let worked = practice::worked(&task).unwrap();
    let screen = &mut Screen::plain(&mut out);
    practice::write_worked(&task, &worked, Format::Text, &words("zh-Hans"), screen).unwrap();
    let text = String::from_utf8(out).unwrap().replace("\n    ", " ");
    assert!(text.contains("5 × 25 + 4 × 15 + 4 × 20 + 3 × 15 + 4 × 15 + 4 × 10 = 410"), "{text}");
    assert!(text.contains("年采购潜力 420 → 5"), "{text}");
    assert!(text.contains("最终类 B 类 —— 封顶"), "{text}");
}

#[test]
fn several_numbers_on_one_line_fill_several_cells() {
    let course = course();
    let exercise = plain_exercise(&course, "screening");
    let task = Task { id: "screening", exercise: &exercise, variant: None, level: None };
    let mut learner = Lines(vec!["5 4 4 3 4 4 410 82"]);
    let mut out = Vec::new();
    let mut kept = Map::new();
    let verdict = practice::ask(
        &task,
        Kept::new(),
        &mut |answers| kept = answers.clone(),
        &words("zh-Hans"),
        &mut learner,
        &mut Screen::plain(&mut out),
    )
    .unwrap();
    // Eight cells, and the four places that the knocked-out do not have: blank is right there.
    assert_eq!(verdict["marks"].as_f64(), Some(12.0));
    assert_eq!(kept["score"]["T01.total"], "82");
}

/// Types lines, picks the first option of the question about why, and then leaves.
struct Lines(Vec<&'static str>);

impl kejian::terminal::Ask for Lines {
    fn one(&mut self, _: &str, _: &[String]) -> Result<usize, kejian::terminal::Stop> {
        if self.0.is_empty() { Err(kejian::terminal::Stop::Left) } else { Ok(0) }
    }

    fn many(&mut self, _: &str, _: &[String]) -> Result<Vec<usize>, kejian::terminal::Stop> {
        Err(kejian::terminal::Stop::Left)
    }

    fn line(&mut self, _: &str) -> Result<String, kejian::terminal::Stop> {
        self.0.pop().map(str::to_owned).ok_or(kejian::terminal::Stop::Left)
    }
}

#[test]
fn mixed_work_asks_first_which_tool_each_case_needs() {
    let course = course();
    let mut seen = 0;
    for id in course.exercises.keys() {
        let exercise = plain_exercise(&course, id);
        if exercise["levels"].get("mix").is_none() {
            continue;
        }
        // The expert solves the variant that the level is worked on.
        let variant = exercise["levels"]["mix"]["variant"].as_str();
        let task = Task { id, exercise: &exercise, variant, level: Some("mix") };
        let mut learner = Learner::expert(&task, &face(&task));
        let done = session(&task, &mut learner, Map::new());
        let begun = done.text.find("先选工具").unwrap_or_else(|| panic!("{id}: {}", done.text));
        let work = done.text.find("第 1 步").unwrap_or(usize::MAX);
        assert!(begun < work, "{id}: {}", done.text);
        assert!(
            done.text[begun..work.min(done.text.len())].contains("✓ 正确"),
            "{id}: {}",
            done.text
        );
        assert_eq!(learner.left(), 0, "{id}");
        assert!(done.verdict.is_ok(), "{id}");
        seen += 1;
    }
    assert_eq!(seen, 9, "every worked example has mixed work");
}

#[test]
fn periods_are_checked_by_who_moved() {
    let course = course();
    let exercise = plain_exercise(&course, "pipeline");
    let task = Task { id: "pipeline", exercise: &exercise, variant: None, level: Some("complete") };
    let mut nobody_moves = Enters;
    let mut out = Vec::new();
    let screen = &mut Screen::plain(&mut out);
    let words = words("zh-Hans");
    practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut nobody_moves, screen).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("✓ T01 晴川乳品 工作平台"), "{text}");
    assert!(text.contains("✗ T09 丰璟食品：工作平台 → 出局（不对）"), "{text}");
    assert!(!text.contains("Q3："), "{text}");
}

/// Someone who presses Enter and nothing else.
struct Enters;

impl Ask for Enters {
    fn one(&mut self, _: &str, _: &[String]) -> Result<usize, Stop> {
        Ok(0)
    }

    fn many(&mut self, _: &str, _: &[String]) -> Result<Vec<usize>, Stop> {
        Ok(Vec::new())
    }

    fn line(&mut self, _: &str) -> Result<String, Stop> {
        Ok(String::new())
    }
}

#[test]
fn a_figure_and_a_verdict_say_names_and_no_reason_twice() {
    let course = course();
    let exercise = plain_exercise(&course, "segments");
    let task = Task { id: "segments", exercise: &exercise, variant: None, level: Some("complete") };
    let mut out = Vec::new();
    let screen = &mut Screen::plain(&mut out);
    let words = words("zh-Hans");
    practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut Enters, screen).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("G4 小型豆制品作坊（通过）"), "{text}");
    assert!(text.contains("✗ 不满足：— → 规模（不对）\n"), "{text}");
    // One reason for two cells is given at the last.
    let exercise = plain_exercise(&course, "dialogues");
    let task = Task { id: "dialogues", exercise: &exercise, variant: None, level: None };
    let mut out = Vec::new();
    let screen = &mut Screen::plain(&mut out);
    practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut Enters, screen).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("◐ 梯度：不知道 → 知道（接近）\n"), "{text}");
    assert_eq!(text.matches("询价单只证明他知道我方").count(), 1, "{text}");
    // An order is told by its items and the places that they were given.
    let exercise = plain_exercise(&course, "pitch");
    let task = Task { id: "pitch", exercise: &exercise, variant: None, level: None };
    let mut out = Vec::new();
    let screen = &mut Screen::plain(&mut out);
    practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut Enters, screen).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("  1. 开场：现状与冲突（你放在第 "), "{text}");
    assert!(!text.contains("order") && !text.contains("open、"), "{text}");
    assert_eq!(text.matches("4：可作示范").count(), 3, "once in each record: {text}");
    // A level shows some rows, and its figure no others.
    let exercise = plain_exercise(&course, "fence");
    let task = Task { id: "fence", exercise: &exercise, variant: None, level: Some("complete") };
    let mut out = Vec::new();
    let screen = &mut Screen::plain(&mut out);
    practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut Enters, screen).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("── P03 沐野饮品 ──") && !text.contains("── P01"), "{text}");
    assert!(text.contains("│ i4 采购份额           ┆ 3    ┆ 2    │"), "numbers by item: {text}");
    assert!(text.contains("│ P03 沐野饮品 ┆ 18       ┆ 16       ┆ −2 "), "{text}");
}
