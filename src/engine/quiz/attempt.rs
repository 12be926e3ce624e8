//! One run through a quiz: begun, answered, handed in. Everything it knows is in the progress.

use super::draw::draw;
use super::summary::{self, summary};
use super::{Quiz, certainty};
use crate::Message;
use crate::held::held;
use crate::json::{Map, Value};
use crate::progress::{self, Progress, count, is, texts};
use crate::question::{Behaviour, Part, Question, State, Verdict, json_number};
use crate::write::Object;

/// What of a quiz is begun anew.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// Nothing: a run that was begun goes on.
    No,
    /// All of it, drawn with a new seed.
    All,
    /// What was not right.
    Wrong,
    /// What the learner flagged.
    Flagged,
}

/// What an attempt at an item leaves behind, and asks for again when it is begun anew.
const ATTEMPT: &[&str] = &["verdict", "tries", "hints", "certainty", "done", "changed", "seconds"];

/// Begins a quiz, or goes on with it; gives the view.
pub(crate) fn start(quiz: &Quiz, progress: &mut Progress, seed: u64, again: Again) -> Value {
    progress.belongs_to(&quiz.course);
    for question in &quiz.questions {
        if is_stale(quiz, progress, &question.id) {
            let item = progress.edit("items", &question.id);
            clear(item, true);
            item.insert("changed".to_owned(), true.into());
        }
    }
    let asked = summary::asked(quiz, progress);
    if again == Again::All || asked.is_empty() {
        let ids = draw(quiz, seed);
        if again == Again::All {
            for id in &ids {
                forget(quiz, progress, id);
            }
        }
        let state = progress.edit("quizzes", &quiz.id);
        state.insert("seed".to_owned(), seed.into());
        state.insert("drawn".to_owned(), ids.into_iter().map(Value::from).collect());
        begin(state, None);
    } else if again != Again::No {
        let ids: Vec<String> = match again {
            Again::Wrong => summary::wrong(quiz, progress, &asked),
            _ => summary::flagged(progress, &asked),
        };
        if !ids.is_empty() {
            for id in &ids {
                forget(quiz, progress, id);
            }
            begin(progress.edit("quizzes", &quiz.id), Some(ids));
        }
    }
    view(quiz, progress)
}

/// Sets a run to its beginning; `only` = not all that was drawn.
fn begin(state: &mut Map<String, Value>, only: Option<Vec<String>>) {
    state.shift_remove("only");
    if let Some(only) = only {
        state.insert("only".to_owned(), only.into_iter().map(Value::from).collect());
    }
    state.insert("at".to_owned(), 0.into());
    state.insert("seconds".to_owned(), 0.into());
    state.insert("finished".to_owned(), false.into());
}

/// Whether an item was answered when its question was another.
fn is_stale(quiz: &Quiz, progress: &Progress, id: &str) -> bool {
    let kept = progress.get("items", id).and_then(|item| item.get("digest")?.as_str());
    kept.is_some() && quiz.digest(id).is_some() && kept != quiz.digest(id)
}

/// Takes an attempt off an item. What the learner wrote stays where `text` says so.
fn clear(item: &mut Map<String, Value>, text: bool) {
    for key in ATTEMPT {
        item.shift_remove(*key);
    }
    item.shift_remove("digest");
    if !text {
        item.shift_remove("answer");
    }
}

/// Makes an item as if it had not been answered; what is never counted keeps its text.
fn forget(quiz: &Quiz, progress: &mut Progress, id: &str) {
    let keep = quiz.question(id).is_some_and(Question::is_unscored);
    if progress.get("items", id).is_some() {
        clear(progress.edit("items", id), keep);
    }
}

fn view(quiz: &Quiz, progress: &Progress) -> Value {
    let state = progress.get("quizzes", &quiz.id);
    let seed = count(state, "seed");
    let finished = is(state, "finished");
    let asked = summary::asked(quiz, progress);
    let asked: Vec<&Question> = asked.iter().filter_map(|id| quiz.question(id)).collect();
    let mut items = Vec::with_capacity(asked.len());
    for (at, question) in asked.into_iter().enumerate() {
        let item = progress.get("items", &question.id);
        let rules = quiz.rules(question);
        let object = Object::new()
            .count("number", at + 1)
            .text("id", &question.id)
            .put("face", question.face(seed).json());
        items.push(
            rules
                .write_to(object)
                .yes_no("open", !finished && is_open(question, item))
                .yes_no("changed", is(item, "changed"))
                .end(),
        );
    }
    let at = count(state, "at").min(items.len() as u64);
    Object::new()
        .text("id", &quiz.id)
        .put("seed", seed.into())
        .put("at", at.into())
        .yes_no("finished", finished)
        .count("of", quiz.questions.len())
        .put("settings", quiz.settings.json())
        .put("items", Value::Array(held(items)))
        .end()
}

/// Whether an item may still be answered; what is never counted may always.
fn is_open(question: &Question, item: Option<&Map<String, Value>>) -> bool {
    question.is_unscored() || !is(item, "done")
}

/// Takes an answer; gives the outcome.
pub(crate) fn answer(
    quiz: &Quiz,
    progress: &mut Progress,
    id: &str,
    given: Value,
    give_up: bool,
) -> Result<Value, Message> {
    progress.belongs_to(&quiz.course);
    let question = known(quiz, id)?;
    let closed = is(progress.get("quizzes", &quiz.id), "finished");
    if closed || !is_open(question, progress.get("items", id)) {
        return show(quiz, progress, id);
    }
    let rules = quiz.rules(question);
    let verdict = question.grade(&given);
    let stale = is_stale(quiz, progress, id);
    let item = progress.edit("items", id);
    if stale {
        clear(item, false);
    }
    item.insert("answer".to_owned(), given);
    item.shift_remove("changed");
    if let Some(digest) = quiz.digest(id) {
        item.insert("digest".to_owned(), digest.into());
    }
    let unread = matches!(verdict.state, State::Blank | State::Malformed);
    if unread && !give_up {
        return Ok(outcome(question, "unread", &rules, Some(item), Some(told(&verdict))));
    }
    if rules.waits() {
        return Ok(outcome(question, "kept", &rules, Some(item), None));
    }
    mark(question, &rules, item, &verdict, give_up);
    if is(Some(item), "done") {
        return show(quiz, progress, id);
    }
    Ok(outcome(question, "retry", &rules, Some(item), Some(told(&verdict))))
}

fn known<'q>(quiz: &'q Quiz, id: &str) -> Result<&'q Question, Message> {
    quiz.question(id).ok_or_else(|| Message::new("answer.unknown-id").with("id", id))
}

/// Marks an answer: the best of all tries counts, each less what earlier tries and hints cost.
fn mark(
    question: &Question,
    rules: &Behaviour,
    item: &mut Map<String, Value>,
    verdict: &Verdict,
    last: bool,
) {
    let tries = count(Some(item), "tries");
    let score = earned(rules, verdict.score);
    let marks = score * verdict.max * rules.share(tries, count(Some(item), "hints"));
    let before = item.get("verdict").and_then(|verdict| verdict.get("marks")?.as_f64());
    let best = before.filter(|before| *before > marks).unwrap_or(marks);
    let mut kept = Object::new()
        .text("state", verdict.state.name())
        .number("score", score)
        .number("marks", if verdict.max > 0.0 { best } else { 0.0 })
        .number("max", verdict.max);
    if rules.is_certain() && verdict.max > 0.0 {
        let points = match verdict.state {
            State::Blank => 0.0,
            _ => certainty::points(score, certainty::level(Some(item))) * verdict.max,
        };
        kept = kept.number("points", points);
    }
    let read = !matches!(verdict.state, State::Blank | State::Malformed);
    let tries = tries + u64::from(read);
    let done = last || score >= 1.0 || question.is_unscored() || tries >= rules.tries();
    item.insert("verdict".to_owned(), kept.end());
    item.insert("tries".to_owned(), tries.into());
    item.insert("done".to_owned(), done.into());
}

/// The score, or nothing where only a full one counts.
fn earned(rules: &Behaviour, score: f64) -> f64 {
    if score < 1.0 && rules.partial == Some(false) { 0.0 } else { score }
}

/// The outcome as it stood after the last answer.
pub(crate) fn show(quiz: &Quiz, progress: &Progress, id: &str) -> Result<Value, Message> {
    let question = known(quiz, id)?;
    let rules = quiz.rules(question);
    let item = progress.get("items", id);
    let given = item.and_then(|item| item.get("answer"));
    let finished = is(progress.get("quizzes", &quiz.id), "finished");
    let marked = item.is_some_and(|item| item.contains_key("verdict"));
    if rules.waits() && !finished {
        let state = if given.is_some_and(|given| !given.is_null()) { "kept" } else { "open" };
        return Ok(outcome(question, state, &rules, item, None));
    }
    if !marked {
        return Ok(outcome(question, "open", &rules, item, None));
    }
    if !finished && !is(item, "done") {
        // The answer may be a draft by now: to judge it would be a try for nothing.
        return Ok(outcome(question, "retry", &rules, item, None));
    }
    let verdict = question.grade(given.unwrap_or(&Value::Null));
    Ok(outcome(question, "done", &rules, item, Some(verdict.json())))
}

/// What may be told while there are tries left: what the learner did, and why that is not it.
fn told(verdict: &Verdict) -> Value {
    let mut told = verdict.clone();
    told.solution = Value::Null;
    told.why = None;
    told.model = None;
    told.checklist = Vec::new();
    told.parts.retain(Part::is_of_the_answer);
    for part in &mut told.parts {
        part.expected = None;
    }
    told.json()
}

fn outcome(
    question: &Question,
    state: &str,
    rules: &Behaviour,
    item: Option<&Map<String, Value>>,
    verdict: Option<Value>,
) -> Value {
    let left = rules.tries().saturating_sub(count(item, "tries"));
    let left = if state == "done" { 0 } else { left };
    let object =
        Object::new().text("id", &question.id).text("state", state).put("tries_left", left.into());
    let Some(mut verdict) = verdict else { return object.end() };
    let kept = item.and_then(|item| item.get("verdict")).and_then(Value::as_object);
    let Some(kept) = kept else { return object.put("verdict", verdict).end() };
    // What counts is what was earned, less than the answer by itself where tries cost.
    let marks = progress::number(Some(kept), "marks");
    if let Value::Object(verdict) = &mut verdict {
        verdict.insert("marks".to_owned(), json_number(marks));
    }
    let object = object
        .put("verdict", verdict)
        .number("marks", marks)
        .number("max", progress::number(Some(kept), "max"));
    match kept.get("points") {
        Some(points) => object.put("points", points.clone()).end(),
        None => object.end(),
    }
}

/// Hands a quiz in: marks what waited, counts what is open as blank, notes what is mastered.
pub(crate) fn finish(quiz: &Quiz, progress: &mut Progress) -> Value {
    progress.belongs_to(&quiz.course);
    if is(progress.get("quizzes", &quiz.id), "finished") {
        return summary(quiz, progress);
    }
    let asked = summary::asked(quiz, progress);
    for question in asked.iter().filter_map(|id| quiz.question(id)) {
        let item = progress.edit("items", &question.id);
        if is(Some(item), "done") {
            continue;
        }
        let rules = quiz.rules(question);
        let given = item.get("answer").cloned().unwrap_or_default();
        // A draft that was never handed in for itself counts where nothing was told before.
        let counts = rules.waits() || question.is_unscored();
        let verdict = question.grade(if counts { &given } else { &Value::Null });
        if counts || !item.contains_key("verdict") {
            mark(question, &rules, item, &verdict, true);
        }
        item.insert("done".to_owned(), true.into());
        if let Some(digest) = quiz.digest(&question.id) {
            item.insert("digest".to_owned(), digest.into());
        }
    }
    summary::note_mastery(quiz, progress);
    let result = summary(quiz, progress);
    let state = progress.edit("quizzes", &quiz.id);
    state.insert("finished".to_owned(), true.into());
    let only = !texts(Some(state), "only").is_empty();
    let mut run = Object::new().put("seed", state.get("seed").cloned().unwrap_or_default());
    for key in ["marks", "max", "score", "passed", "seconds"] {
        run = run.put(key, result.get(key).cloned().unwrap_or_default());
    }
    if only {
        run = run.yes_no("only", true);
    }
    let past = state.entry("past".to_owned()).or_insert(Value::Array(held(Vec::new())));
    if let Value::Array(past) = past {
        past.push(run.end());
    }
    summary(quiz, progress)
}
