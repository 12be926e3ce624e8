//! A chapter's quiz: one question at a time, hints, tries, certainty, flags, a review before it is
//! handed in, the score by objective with advice. The engine runs it, as it does for the pages;
//! what is kept is the same progress.

use super::asides::{Aside, Asides};
use super::fold::fold_line;
use super::phrase::aside;
use super::screen::Ink;
use super::{Ask, Format, Screen, Stop, Trouble, engine, face, feedback, figure, list, number};
use super::{percent, say, text};
use crate::course::{Chapter, Course};
use crate::markdown;
use crate::theme::Words;
use kejian_engine::{Message, TextRole};
use serde_json::{Map, Value, json};
use std::io;

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

/// Writes which chapters have questions, by the names that they are called by.
pub fn write_catalogue(course: &Course, words: &Words, screen: &mut Screen<'_>) -> io::Result<()> {
    let header = ["chapter", "title", "count"].map(|key| words.word(&format!("terminal.{key}")));
    let asked = course.chapters.iter().filter(|chapter| !chapter.questions.is_empty());
    let rows: Vec<Vec<String>> = asked
        .map(|chapter| {
            let title = markdown::plain(&chapter.title);
            vec![chapter.stem.clone(), title, chapter.questions.len().to_string()]
        })
        .collect();
    screen.table(&header, &rows)?;
    screen.folded(&words.word("terminal.chapters"))
}

/// The computed figure behind `{=path}`.
pub type Figure<'f> = &'f dyn Fn(&str, Option<u8>) -> Option<String>;

/// Takes every new state of the progress, to keep it.
pub type Keep<'k> = &'k mut dyn FnMut(&Value) -> io::Result<()>;

/// One run through a quiz, spoken with the engine as a page does.
struct Run {
    title: String,
    quiz: Value,
    progress: Value,
    view: Value,
}

impl Run {
    /// Begins, or goes on with what `progress` holds.
    fn open(course: &Course, chapter: &Chapter, figures: Figure<'_>, progress: Value) -> Self {
        let mut draw = |role: TextRole, text: &mut String| {
            let figured = markdown::substitute(text, figures).into_owned();
            *text = if role == TextRole::Plain { figured } else { piece(&figured) };
        };
        let plain = |text: &str| markdown::plain(&markdown::substitute(text, figures));
        let quiz = json!(chapter.quiz(course, &mut draw, &plain));
        Self { title: plain(&chapter.title), quiz, progress, view: Value::Null }
    }

    /// Asks the engine; keeps the progress that it gives back.
    fn ask(&mut self, op: &str, name: &str, more: &Value) -> Result<Value, Message> {
        let mut request = json!({"op": op, "quiz": self.quiz, "progress": self.progress});
        for (key, value) in more.as_object().into_iter().flatten() {
            request[key] = value.clone();
        }
        let mut response = engine(&request)?;
        self.progress = response["progress"].take();
        Ok(response[name].take())
    }

    fn start(&mut self, seed: u64, again: Option<&str>) -> Result<(), Message> {
        let mut more = json!({ "seed": seed });
        if let Some(again) = again {
            more["again"] = again.into();
        }
        self.view = self.ask("quiz.start", "view", &more)?;
        Ok(())
    }

    fn answer(&mut self, id: &str, answer: &Value, give_up: bool) -> Result<Value, Message> {
        let mut more = json!({"id": id, "answer": answer});
        if give_up {
            more["give_up"] = true.into();
        }
        self.ask("quiz.answer", "outcome", &more)
    }

    /// What is kept of an item.
    fn kept(&self, id: &str) -> &Value {
        &self.progress["items"][id]
    }

    fn set(&mut self, id: &str, key: &str, value: Value) {
        self.progress["items"][id][key] = value;
    }

    fn items(&self) -> Vec<Value> {
        list(&self.view, "items").to_vec()
    }

    /// The report: the summary, and each item with its answer and verdict.
    fn report(&mut self, mut summary: Value, only_answered: bool) -> Result<Value, Message> {
        let mut questions = Vec::new();
        for item in self.items() {
            let id = text(&item, "id").to_owned();
            let outcome = self.ask("quiz.show", "outcome", &json!({ "id": id }))?;
            let kept = self.kept(&id);
            if only_answered && kept.get("verdict").is_none() {
                continue;
            }
            let face = &item["face"];
            let mut result = Map::new();
            result.insert("id".to_owned(), id.into());
            result.insert("kind".to_owned(), face["kind"].clone());
            if let Some(objective) = face.get("objective") {
                result.insert("objective".to_owned(), objective.clone());
            }
            for key in ["answer", "tries", "hints", "certainty"] {
                if let Some(value) = kept.get(key) {
                    result.insert(key.to_owned(), value.clone());
                }
            }
            let verdict = outcome.get("verdict").cloned().unwrap_or_default();
            result.insert("verdict".to_owned(), verdict);
            questions.push(Value::Object(result));
        }
        let mut report = Map::new();
        report.insert("chapter".to_owned(), summary["id"].take());
        report.insert("title".to_owned(), self.title.clone().into());
        report.insert("seed".to_owned(), self.view["seed"].clone());
        for (key, value) in summary.as_object_mut().into_iter().flatten() {
            if key != "id" {
                report.insert(key.clone(), value.take());
            }
        }
        report.insert("questions".to_owned(), Value::Array(questions));
        Ok(Value::Object(report))
    }
}

/// A text without its marks. What stands around a gap keeps its space on that side.
fn piece(text: &str) -> String {
    let plain = markdown::plain(text);
    let before = if text.starts_with(' ') && !plain.starts_with(' ') { " " } else { "" };
    let after = if text.ends_with(' ') && !plain.ends_with(' ') { " " } else { "" };
    [before, &plain, after].concat()
}

/// Where a quiz is asked.
pub struct Place<'p> {
    /// The words of the interface.
    pub words: &'p Words,
    /// Who answers.
    pub ask: &'p mut dyn Ask,
    /// What it is written on.
    pub screen: Screen<'p>,
    /// Where progress is kept.
    pub keep: Keep<'p>,
}

/// Asks every question that is open and writes the summary. Stops early when the learner does;
/// what was answered until then is summed up, and asked no more when `progress` comes back.
pub fn ask(
    course: &Course,
    chapter: &Chapter,
    seed: u64,
    figures: Figure<'_>,
    progress: Value,
    place: &mut Place<'_>,
) -> Result<Value, Trouble> {
    let mut run = Run::open(course, chapter, figures, progress);
    run.start(seed, None)?;
    if run.view["finished"] == Value::Bool(true) {
        run.start(seed.max(number_of(&run.view["seed"]) + 1), Some("all"))?;
    }
    opening(&run, place)?;
    let mut left = false;
    for item in run.items() {
        if item["open"] == Value::Bool(true) && run.kept(text(&item, "id")).get("verdict").is_none()
        {
            match question(&mut run, &item, place) {
                Ok(()) => {}
                Err(Trouble::Stopped(Stop::Left)) => {
                    left = true;
                    break;
                }
                Err(trouble) => return Err(trouble),
            }
        }
    }
    let nothing = run.items().iter().all(|item| run.kept(text(item, "id")).get("tries").is_none());
    let unread = run.items().iter().all(|item| run.kept(text(item, "id")).get("answer").is_none());
    if left && nothing && unread {
        return Err(Stop::Left.into());
    }
    if !left {
        left = !review(&mut run, place)?;
    }
    let op = if left { "quiz.summary" } else { "quiz.finish" };
    let result = run.ask(op, "summary", &Value::Null)?;
    (place.keep)(&run.progress)?;
    if left {
        place.screen.written_on();
        place.screen.space()?;
        place.screen.folded(&place.words.word("terminal.left"))?;
    }
    let waited = run.view["settings"]["feedback"] == "end" && !left;
    let report = run.report(result, left)?;
    if waited {
        write_verdicts(&run.items(), &report, place.words, &mut place.screen)?;
    }
    summary(&mut place.screen, &report, place.words)?;
    Ok(report)
}

/// What it is, how many questions, and how long it is meant to take.
fn opening(run: &Run, place: &mut Place<'_>) -> io::Result<()> {
    place.screen.heading(&run.title)?;
    let count = run.items().len().to_string();
    let mut line = place.words.say("terminal.questions", &[("n", count)]);
    if let Some(minutes) = run.view["settings"]["minutes"].as_f64() {
        line.push_str(&place.words.say("terminal.minutes", &[("n", figure(minutes))]));
    }
    place.screen.folded(&line)?;
    // Whoever comes back is not asked again what was answered.
    let answered = |item: &&Value| run.kept(text(item, "id")).get("verdict").is_some();
    let done = run.items().iter().filter(answered).count();
    if done == 0 {
        return Ok(());
    }
    place.screen.folded(&place.words.say("terminal.resumed", &[("n", done.to_string())]))
}

fn number_of(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

/// Asks one question until it is answered, given up or left.
fn question(run: &mut Run, item: &Value, place: &mut Place<'_>) -> Result<(), Trouble> {
    let id = text(item, "id").to_owned();
    let face = &item["face"];
    header(run, item, place)?;
    loop {
        let hints = list(face, "hints");
        let seen = usize::try_from(number_of(&run.kept(&id)["hints"])).unwrap_or(0);
        let mut offered = Vec::new();
        if seen < hints.len() {
            offered.push(Aside::Hint);
        }
        offered.extend([Aside::Flag, Aside::Skip]);
        place.screen.written_on();
        let mut asides = Asides::new(place.ask, &offered, place.words);
        let answer = face::answer(face, &mut asides, place.words);
        let answer = match (answer, asides.taken) {
            (Ok(answer), _) => answer,
            (Err(_), Some(Aside::Hint)) => {
                let hint = hints.get(seen).and_then(Value::as_str).unwrap_or_default();
                run.set(&id, "hints", (seen + 1).into());
                let n = (seen + 1).to_string();
                let args =
                    [("n", n), ("count", hints.len().to_string()), ("text", hint.to_owned())];
                place.screen.item("", &place.words.say("terminal.hint", &args))?;
                continue;
            }
            (Err(_), Some(Aside::Flag)) => {
                let flagged = run.kept(&id)["flagged"] != Value::Bool(true);
                run.set(&id, "flagged", flagged.into());
                let key = if flagged { "terminal.flagged" } else { "terminal.unflagged" };
                place.screen.item("", &place.words.word(key))?;
                continue;
            }
            (Err(_), Some(Aside::Skip)) => return Ok((place.keep)(&run.progress)?),
            (Err(stop), None) => return Err(stop.into()),
        };
        if item["certainty"] == Value::Bool(true) {
            let levels = [1, 2, 3].map(|n| place.words.word(&format!("terminal.certainty.{n}")));
            let at = place.ask.one(&place.words.word("terminal.certainty.ask"), &levels)?;
            run.set(&id, "certainty", (at + 1).into());
        }
        if take(run, item, answer, place)? {
            return Ok((place.keep)(&run.progress)?);
        }
    }
}

/// Number, flag and prompt.
fn header(run: &Run, item: &Value, place: &mut Place<'_>) -> io::Result<()> {
    let words = place.words;
    let count = run.items().len().to_string();
    let at = [("n", number_of(&item["number"]).to_string()), ("count", count)];
    let flag = if run.kept(text(item, "id"))["flagged"] == Value::Bool(true) { " ⚑" } else { "" };
    let screen = &mut place.screen;
    let number = format!("{}{flag}", words.say("terminal.question", &at));
    let number = screen.ink(Ink::Bold, &number);
    screen.space()?;
    screen.line(&number)?;
    if item["changed"] == Value::Bool(true) {
        screen.folded(&words.word("terminal.changed"))?;
    }
    screen.folded(&prompt(&item["face"], words))?;
    if text(&item["face"], "widget") == "hotspot" {
        screen.folded(&format!("[{}]", text(&item["face"], "image")))?;
    }
    screen.line("")
}

/// Hands an answer in; true when the question is done with.
fn take(
    run: &mut Run,
    item: &Value,
    answer: Value,
    place: &mut Place<'_>,
) -> Result<bool, Trouble> {
    let (id, face, words) = (text(item, "id").to_owned(), &item["face"], place.words);
    let mut outcome = run.answer(&id, &answer, false)?;
    let verdict = &outcome["verdict"];
    match text(&outcome, "state") {
        "unread" if text(verdict, "state") == "blank" => return Ok(true),
        "unread" => {
            feedback::write(&mut place.screen, face, verdict, words)?;
            return Ok(false);
        }
        "kept" => {
            place.screen.folded(&format!("· {}", words.word("terminal.kept")))?;
            return Ok(true);
        }
        "retry" => {
            feedback::write(&mut place.screen, face, verdict, words)?;
            let left = number_of(&outcome["tries_left"]).to_string();
            place.screen.item("", &words.say("terminal.tries-left", &[("n", left)]))?;
            return Ok(false);
        }
        _ => {}
    }
    let checklist = list(verdict, "checklist").to_vec();
    if !checklist.is_empty() {
        let points: Vec<String> =
            checklist.iter().map(|point| point.as_str().unwrap_or_default().to_owned()).collect();
        let ticked = place.ask.many(&words.word("terminal.tick"), &points)?;
        let mut answer = answer;
        if let Value::Object(essay) = &mut answer {
            essay.insert("ticked".to_owned(), json!(ticked));
        }
        outcome = run.answer(&id, &answer, false)?;
    }
    feedback::write(&mut place.screen, face, &outcome["verdict"], words)?;
    if let Some(points) = outcome.get("points").and_then(Value::as_f64) {
        let args = [("points", figure(points))];
        place.screen.item("", &words.say("terminal.points", &args))?;
    }
    Ok(true)
}

/// Before a quiz is handed in: what is open, flagged, or waits for its feedback can be looked at
/// again. False when the learner leaves.
fn review(run: &mut Run, place: &mut Place<'_>) -> Result<bool, Trouble> {
    loop {
        let seed = number_of(&run.view["seed"]);
        run.start(seed, None)?;
        let waits = run.view["settings"]["feedback"] == "end";
        let again: Vec<Value> = run
            .items()
            .into_iter()
            .filter(|item| {
                let kept = run.kept(text(item, "id"));
                let flagged = kept["flagged"] == Value::Bool(true);
                let open = kept.get("verdict").is_none();
                item["open"] == Value::Bool(true) && (waits || open || flagged)
            })
            .collect();
        if again.is_empty() {
            return Ok(true);
        }
        let mut options = vec![place.words.word("terminal.hand-in")];
        options.extend(again.iter().map(|item| entry(run, item, place.words)));
        match place.ask.one(&place.words.word("terminal.review"), &options) {
            Ok(0) => return Ok(true),
            Ok(at) => {
                if let Some(item) = again.get(at - 1) {
                    match question(run, item, place) {
                        Err(Trouble::Stopped(Stop::Left)) => return Ok(false),
                        other => other?,
                    }
                }
            }
            Err(Stop::Left) => return Ok(false),
            Err(stop) => return Err(stop.into()),
        }
    }
}

/// One line of the review list.
fn entry(run: &Run, item: &Value, words: &Words) -> String {
    let kept = run.kept(text(item, "id"));
    let open = kept.get("answer").is_none_or(empty);
    let state = if open { words.word("terminal.open") } else { words.word("terminal.answered") };
    let flag = if kept["flagged"] == Value::Bool(true) { "⚑ " } else { "" };
    let first = prompt(&item["face"], words).lines().next().unwrap_or_default().to_owned();
    let lines = fold_line(&first, SHORT);
    let dots = if lines.len() > 1 { "…" } else { "" };
    let short = lines.into_iter().next().unwrap_or_default();
    format!("{flag}{}. {short}{dots} · {state}", number_of(&item["number"]))
}

/// So many columns of a question stand for it in the review.
const SHORT: usize = 48;

/// Whether an answer says nothing.
fn empty(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.iter().all(empty),
        Value::Object(map) => map.values().all(empty),
        _ => false,
    }
}

/// Grades answers by question id without asking. Everything is graded, drawn or not.
pub fn grade(
    course: &Course,
    chapter: &Chapter,
    seed: u64,
    answers: &Map<String, Value>,
    figures: Figure<'_>,
) -> Result<(Value, Vec<Value>), Message> {
    if let Some(unknown) =
        answers.keys().find(|id| !chapter.questions.iter().any(|question| &question.id == *id))
    {
        return Err(Message::new("answer.unknown-id").with("id", unknown.clone()));
    }
    let mut run = Run::open(course, chapter, figures, Value::Null);
    if let Some(settings) = run.quiz["settings"].as_object_mut() {
        for key in ["draw", "pools", "order"] {
            settings.remove(key);
        }
    }
    run.start(seed, None)?;
    for item in run.items() {
        let id = text(&item, "id");
        if let Some(answer) = answers.get(id) {
            run.answer(id, answer, true)?;
        }
    }
    let result = run.ask("quiz.finish", "summary", &Value::Null)?;
    let report = run.report(result, false)?;
    Ok((report, run.items()))
}

/// Writes a report of [`grade`]: every verdict with its reasons, then the summary.
pub fn write(
    report: &Value,
    items: &[Value],
    format: Format,
    words: &Words,
    screen: &mut Screen<'_>,
) -> io::Result<()> {
    if format == Format::Json {
        return screen.line(&report.to_string());
    }
    write_verdicts(items, report, words, screen)?;
    summary(screen, report, words)
}

fn write_verdicts(
    items: &[Value],
    report: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> io::Result<()> {
    let count = items.len().to_string();
    for (item, result) in items.iter().zip(list(report, "questions")) {
        let at = [("n", number_of(&item["number"]).to_string()), ("count", count.clone())];
        let number = screen.ink(Ink::Bold, &words.say("terminal.question", &at));
        screen.space()?;
        screen.line(&number)?;
        screen.folded(&prompt(&item["face"], words))?;
        feedback::write(screen, &item["face"], &result["verdict"], words)?;
    }
    Ok(())
}

/// The prompt, gaps numbered as they are asked for.
fn prompt(face: &Value, words: &Words) -> String {
    if text(face, "widget") != "blanks" {
        return text(face, "prompt").to_owned();
    }
    let mut whole = String::new();
    for (at, piece) in list(face, "segments").iter().enumerate() {
        if at > 0 {
            whole.push_str("____");
            whole.push_str(&aside(words, &at.to_string()));
        }
        whole.push_str(piece.as_str().unwrap_or_default());
    }
    whole
}

fn summary(screen: &mut Screen<'_>, report: &Value, words: &Words) -> io::Result<()> {
    let (marks, max) = (number(report, "marks"), number(report, "max"));
    let totals = [("marks", figure(marks)), ("max", figure(max)), ("percent", percent(marks, max))];
    screen.space()?;
    screen.folded(&words.say("terminal.score", &totals))?;
    let passed = report.get("passed").and_then(Value::as_bool).unwrap_or(false);
    let key = if passed { "terminal.passed" } else { "terminal.not-passed" };
    screen.folded(&words.word(key))?;
    if let Some(certainty) = report.get("certainty") {
        let args = [
            ("points", figure(number(certainty, "points"))),
            ("max", figure(number(certainty, "max"))),
        ];
        screen.folded(&words.say("terminal.certainty.sum", &args))?;
        for message in list(certainty, "messages") {
            if let Ok(message) = serde_json::from_value::<Message>(message.clone()) {
                screen.folded(&say(words, &message))?;
            }
        }
    }
    objectives(screen, report, words)?;
    // An objective without a tagged slide has nothing to read.
    let advice = list(report, "advice").iter().filter(|row| !list(row, "slides").is_empty());
    let advice: Vec<&Value> = advice.collect();
    if !advice.is_empty() {
        screen.space()?;
        screen.folded(&words.word("terminal.read-again"))?;
    }
    for row in advice {
        screen.item("·", text(row, "text"))?;
        for slide in list(row, "slides") {
            let slide = format!("{} {}", number_of(&slide["number"]), text(slide, "title"));
            screen.item("  ◦", &slide)?;
        }
    }
    Ok(())
}

fn objectives(screen: &mut Screen<'_>, report: &Value, words: &Words) -> io::Result<()> {
    let header = ["objective", "marks", "share", "level"];
    let header = header.map(|key| words.word(&format!("terminal.{key}")));
    let mut rows = Vec::new();
    for objective in list(report, "objectives") {
        let (marks, max) = (number(objective, "marks"), number(objective, "max"));
        if max > 0.0 {
            rows.push(vec![
                text(objective, "text").to_owned(),
                format!("{} / {}", figure(marks), figure(max)),
                percent(marks, max),
                words.word(&format!("terminal.mastery.{}", text(objective, "level"))),
            ]);
        }
    }
    if rows.is_empty() { Ok(()) } else { screen.table(&header, &rows) }
}
