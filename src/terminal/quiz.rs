//! A chapter's quiz: one question at a time, the reason at once, the score by objective.

use super::{Ask, Format, Stop, Trouble, face, feedback, figure, list, number, percent, table};
use crate::course::{Chapter, Course};
use crate::markdown;
use crate::theme::Words;
use kejian_engine::question::{Question, State};
use kejian_engine::{Message, TextRole};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The chapter called `name`: its stem, its number, or the beginning of its stem.
pub fn chapter<'c>(course: &'c Course, name: &str) -> Option<&'c Chapter> {
    let exact = course.chapters.iter().find(|chapter| chapter.stem == name);
    let number = || {
        let number: usize = name.parse().ok()?;
        course.chapters.iter().find(|chapter| chapter.number == number)
    };
    let prefix = || course.chapters.iter().find(|chapter| chapter.stem.starts_with(name));
    exact.or_else(number).or_else(prefix)
}

/// The computed figure behind `{=path}`.
pub type Figure<'f> = &'f dyn Fn(&str, Option<u8>) -> Option<String>;

/// One question with its texts as the terminal shows them.
fn readable(question: &Question, figures: Figure<'_>) -> Question {
    let mut question = question.clone();
    question.visit_texts(&mut |role, text| {
        let figured = markdown::substitute(text, figures).into_owned();
        *text = if role == TextRole::Plain { figured } else { markdown::plain(&figured) };
    });
    question
}

/// Asks every question in turn and writes the summary. Stops early when the learner does; what
/// was answered until then is summed up.
pub fn ask(
    course: &Course,
    chapter: &Chapter,
    seed: u64,
    figures: Figure<'_>,
    words: &Words,
    ask: &mut dyn Ask,
    out: &mut dyn Write,
) -> Result<Value, Trouble> {
    let count = chapter.questions.len().to_string();
    let mut results = Vec::new();
    for (at, question) in chapter.questions.iter().enumerate() {
        let question = readable(question, figures);
        let shown = json!(question.face(seed));
        let place = [("n", (at + 1).to_string()), ("count", count.clone())];
        writeln!(out, "\n{}", words.say("terminal.question", &place))?;
        writeln!(out, "{}\n", prompt(&question))?;
        let mut answer = match face::answer(&shown, ask, words) {
            Ok(answer) => answer,
            Err(Stop::Left) if !results.is_empty() => break,
            Err(stop) => return Err(stop.into()),
        };
        let mut verdict = question.grade(&answer);
        if verdict.state == State::Unscored && !verdict.checklist.is_empty() {
            let ticked = ask.many(&words.word("terminal.tick"), &verdict.checklist)?;
            if let Value::Object(essay) = &mut answer {
                essay.insert("ticked".to_owned(), json!(ticked));
            }
            verdict = question.grade(&answer);
        }
        let verdict = json!(verdict);
        feedback::write(out, &shown, &verdict, words)?;
        results.push(result(&question, answer, verdict));
    }
    let report = report(course, chapter, results);
    summary(out, &report, words)?;
    Ok(report)
}

/// Grades answers by question id without asking.
pub fn grade(
    course: &Course,
    chapter: &Chapter,
    answers: &Map<String, Value>,
    figures: Figure<'_>,
) -> Result<Value, Message> {
    if let Some(unknown) =
        answers.keys().find(|id| !chapter.questions.iter().any(|question| &question.id == *id))
    {
        return Err(Message::new("answer.unknown-id").with("id", unknown.clone()));
    }
    let results = chapter.questions.iter().map(|question| {
        let question = readable(question, figures);
        let answer = answers.get(&question.id).cloned().unwrap_or(Value::Null);
        let verdict = json!(question.grade(&answer));
        result(&question, answer, verdict)
    });
    Ok(report(course, chapter, results.collect()))
}

/// Writes a report of [`grade`]: every verdict with its reasons, then the summary.
pub fn write(
    chapter: &Chapter,
    report: &Value,
    format: Format,
    figures: Figure<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == Format::Json {
        return writeln!(out, "{report}");
    }
    let count = chapter.questions.len().to_string();
    let results = list(report, "questions");
    for (at, (question, result)) in chapter.questions.iter().zip(results).enumerate() {
        let question = readable(question, figures);
        let place = [("n", (at + 1).to_string()), ("count", count.clone())];
        writeln!(out, "\n{}", words.say("terminal.question", &place))?;
        writeln!(out, "{}", prompt(&question))?;
        let verdict = result.get("verdict").unwrap_or(&Value::Null);
        feedback::write(out, &json!(question.face(0)), verdict, words)?;
    }
    summary(out, report, words)
}

/// The prompt, gaps numbered as they are asked for.
fn prompt(question: &Question) -> String {
    let mut pieces = question.prompt.split("___");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (at, piece) in pieces.enumerate() {
        text.push_str("＿＿（");
        text.push_str(&(at + 1).to_string());
        text.push('）');
        text.push_str(piece);
    }
    text
}

fn result(question: &Question, answer: Value, verdict: Value) -> Value {
    let mut result = Map::new();
    result.insert("id".to_owned(), question.id.clone().into());
    result.insert("kind".to_owned(), question.kind_name().into());
    if let Some(objective) = &question.objective {
        result.insert("objective".to_owned(), objective.clone().into());
    }
    result.insert("answer".to_owned(), answer);
    result.insert("verdict".to_owned(), verdict);
    Value::Object(result)
}

#[expect(clippy::needless_pass_by_value, reason = "the list goes on into the report")]
fn report(course: &Course, chapter: &Chapter, results: Vec<Value>) -> Value {
    let total = |key: &str, objective: Option<&str>| -> f64 {
        let counted = results
            .iter()
            .filter(|result| objective.is_none_or(|id| super::text(result, "objective") == id));
        counted.filter_map(|result| result.get("verdict")).map(|verdict| number(verdict, key)).sum()
    };
    let pass = chapter.quiz.over(&course.quiz).pass();
    let (marks, max) = (total("marks", None), total("max", None));
    let score = if max > 0.0 { marks / max } else { 0.0 };
    let objectives: Vec<Value> = chapter
        .objectives
        .iter()
        .map(|objective| {
            json!({
                "id": objective.id,
                "text": markdown::plain(&objective.text),
                "marks": total("marks", Some(&objective.id)),
                "max": total("max", Some(&objective.id)),
            })
        })
        .collect();
    json!({
        "chapter": chapter.stem,
        "title": markdown::plain(&chapter.title),
        "score": score,
        "marks": marks,
        "max": max,
        "pass": pass,
        "passed": score + 1e-9 >= pass,
        "objectives": objectives,
        "questions": results,
    })
}

fn summary(out: &mut dyn Write, report: &Value, words: &Words) -> io::Result<()> {
    let (marks, max) = (number(report, "marks"), number(report, "max"));
    let totals = [("marks", figure(marks)), ("max", figure(max)), ("percent", percent(marks, max))];
    writeln!(out, "\n{}", words.say("terminal.score", &totals))?;
    let passed = report.get("passed").and_then(Value::as_bool).unwrap_or(false);
    writeln!(
        out,
        "{}",
        words.word(if passed { "terminal.passed" } else { "terminal.not-passed" })
    )?;
    let header = ["objective", "marks", "share"].map(|key| words.word(&format!("terminal.{key}")));
    let mut table = table(header.to_vec());
    for objective in list(report, "objectives") {
        let (marks, max) = (number(objective, "marks"), number(objective, "max"));
        if max > 0.0 {
            let sum = format!("{} / {}", figure(marks), figure(max));
            table.add_row(vec![
                super::text(objective, "text").to_owned(),
                sum,
                percent(marks, max),
            ]);
        }
    }
    if table.row_count() > 0 {
        writeln!(out, "{table}")?;
    }
    Ok(())
}
