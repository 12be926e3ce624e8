//! The boundary: one request in, one response out, both JSON.
//!
//! | `op` | takes | gives |
//! |---|---|---|
//! | `face` | `question`, `seed` | the question without its key, in the order that the seed gives |
//! | `grade` | `question`, `answer` | the verdict |
//! | `explain` | `question` | the answer with its reasons |
//! | `practice.face` | `exercise`, `variant?`, `level?` | the exercise without its key: [`Exercise::face`] |
//! | `practice.grade` | `exercise`, `answers`, `variant?`, `level?` | verdict, mistakes, advice: [`Exercise::grade`] |
//! | `practice.worked` | `exercise`, its `id`, `variant?`, `level?` | the solution, step by step: [`Exercise::worked`] |
//! | `practice.figures` | `exercise`, `answers`, `variant?`, `level?` | what figures show: [`Exercise::figures`] |
//! | `practice.own` | `exercise`, `csv`, `answers?` | own data worked out: [`Exercise::own`] |
//! | `quiz.start` | `quiz`, `progress`, `seed`, `again` | a run begun or gone on with |
//! | `quiz.answer` | `quiz`, `progress`, `id`, `answer`, `give_up` | the outcome for one item |
//! | `quiz.show` | `quiz`, `progress`, `id` | that outcome once more |
//! | `quiz.finish`, `quiz.summary` | `quiz`, `progress` | what the run amounts to |
//! | `progress.read` | `progress`: a value, or a file's text | what can be read, and what not |
//! | `progress.merge` | `progress`, `other` | both in one |
//!
//! The shapes of quizzes and progress are in the docs of [`crate::quiz`]; `progress.read` and
//! `progress.merge` give `{progress, dropped: [{code, args}]}`.
//!
//! A response is `{"ok": …}` or `{"error": {code, args}}`; no request makes the engine panic.

use crate::Message;
use crate::json::{self, Map, Place, Value};
use crate::practice::Exercise;
use crate::progress::{self, Progress};
use crate::question::{Question, message};
use crate::quiz::{self, Again, Quiz};
use crate::read::read;
use crate::write::Object;

/// Answers one request.
pub fn call(request: &[u8]) -> Vec<u8> {
    let (outcome, value) = match answer(request) {
        Ok(value) => ("ok", value),
        Err(refusal) => ("error", message(&refusal)),
    };
    let mut response = Map::new();
    response.insert(outcome.to_owned(), value);
    json::written(&Value::Object(response)).into_bytes()
}

fn answer(request: &[u8]) -> Result<Value, Message> {
    let request = json::parse(request).map_err(|at| refused("call.not-a-request", &place(at)))?;
    let Value::Object(mut keys) = request else {
        return Err(refused("call.not-a-request", "a map is due here"));
    };
    let op = take(&mut keys, "op");
    let answer = match op.as_str().unwrap_or_default() {
        "face" => {
            let seed = seed(&mut keys)?;
            question(&mut keys)?.face(seed).json()
        }
        "grade" => question(&mut keys)?.grade(&take(&mut keys, "answer")).json(),
        "explain" => question(&mut keys)?.explain().json(),
        "practice.face" => {
            let case = case(&mut keys);
            exercise(&mut keys).face(case.variant(), case.level())?
        }
        "practice.grade" => {
            let (answers, case) = (take(&mut keys, "answers"), case(&mut keys));
            exercise(&mut keys).grade(&answers, case.variant(), case.level())?
        }
        "practice.figures" => {
            let (answers, case) = (take(&mut keys, "answers"), case(&mut keys));
            exercise(&mut keys).figures(&answers, case.variant(), case.level())?
        }
        "practice.own" => {
            let (csv, answers) = (text(&mut keys, "csv"), take(&mut keys, "answers"));
            exercise(&mut keys).own(&csv, &answers)?
        }
        "practice.worked" => {
            let (id, case) = (text(&mut keys, "id"), case(&mut keys));
            exercise(&mut keys).worked(&id, case.variant(), case.level())?
        }
        "quiz.start" | "quiz.answer" | "quiz.show" | "quiz.finish" | "quiz.summary" => {
            quiz(op.as_str().unwrap_or_default(), &mut keys)?
        }
        "progress.read" => {
            let mut found = Vec::new();
            let progress = Progress::read(take(&mut keys, "progress"), &mut found);
            progress::answer(progress, &found)
        }
        "progress.merge" => {
            let mut found = Vec::new();
            let mine = Progress::read(take(&mut keys, "progress"), &mut found);
            let other = Progress::read(take(&mut keys, "other"), &mut found);
            progress::answer(progress::merge(mine, other), &found)
        }
        other => return Err(Message::new("call.unknown-operation").with("op", other)),
    };
    match keys.keys().next() {
        None => Ok(answer),
        Some(key) => Err(refused("call.not-a-request", &["unknown key `", key, "`"].concat())),
    }
}

/// The requests about a quiz as a whole.
fn quiz(op: &str, keys: &mut Map<String, Value>) -> Result<Value, Message> {
    let quiz: Quiz =
        read(take(keys, "quiz")).map_err(|fault| refused("call.not-a-quiz", &fault))?;
    let mut progress = Progress::read(take(keys, "progress"), &mut Vec::new());
    let (name, result) = match op {
        "quiz.start" => {
            let again = match text(keys, "again").as_str() {
                "" => Again::No,
                "all" => Again::All,
                "wrong" => Again::Wrong,
                "flagged" => Again::Flagged,
                _ => {
                    return Err(refused(
                        "call.not-a-request",
                        "again: all, wrong or flagged is due here",
                    ));
                }
            };
            ("view", quiz::start(&quiz, &mut progress, seed(keys)?, again))
        }
        "quiz.answer" => {
            let (id, given) = (text(keys, "id"), take(keys, "answer"));
            let give_up = take(keys, "give_up") == Value::Bool(true);
            ("outcome", quiz::answer(&quiz, &mut progress, &id, given, give_up)?)
        }
        "quiz.show" => ("outcome", quiz::show(&quiz, &progress, &text(keys, "id"))?),
        "quiz.finish" => ("summary", quiz::finish(&quiz, &mut progress)),
        _ => ("summary", quiz::summary(&quiz, &progress)),
    };
    Ok(Object::new().put("progress", progress.json()).put(name, result).end())
}

/// Where JSON breaks off.
fn place(at: Place) -> String {
    ["line ", &at.line.to_string(), ", column ", &at.column.to_string()].concat()
}

fn refused(code: &str, detail: &str) -> Message {
    Message::new(code).with("detail", detail)
}

/// What an operation takes, null if it was not given.
fn take(keys: &mut Map<String, Value>, key: &str) -> Value {
    keys.shift_remove(key).unwrap_or_default()
}

fn seed(keys: &mut Map<String, Value>) -> Result<u64, Message> {
    let seed = read::<Option<u64>>(take(keys, "seed"));
    Ok(seed.map_err(|fault| refused("call.not-a-request", &fault))?.unwrap_or(0))
}

fn text(keys: &mut Map<String, Value>, key: &str) -> String {
    match take(keys, key) {
        Value::String(text) => text,
        _ => String::new(),
    }
}

/// Which case of an exercise is meant; empty = as written.
struct Case {
    variant: String,
    level: String,
}

impl Case {
    fn variant(&self) -> Option<&str> {
        Some(self.variant.as_str()).filter(|name| !name.is_empty())
    }

    fn level(&self) -> Option<&str> {
        Some(self.level.as_str()).filter(|name| !name.is_empty())
    }
}

fn case(keys: &mut Map<String, Value>) -> Case {
    Case { variant: text(keys, "variant"), level: text(keys, "level") }
}

fn question(keys: &mut Map<String, Value>) -> Result<Question, Message> {
    read(take(keys, "question")).map_err(|fault| refused("call.not-a-question", &fault))
}

fn exercise(keys: &mut Map<String, Value>) -> Exercise {
    Exercise::read(take(keys, "exercise"))
}
