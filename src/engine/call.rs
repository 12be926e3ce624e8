//! The boundary: one request in, one response out, both JSON.
//!
//! | `op` | takes | gives |
//! |---|---|---|
//! | `face` | `question`, `seed` | the question without its key, in the order that the seed gives |
//! | `grade` | `question`, `answer` | the verdict |
//! | `explain` | `question` | the answer with its reasons |
//! | `practice.face` | `exercise`, `variant` | the exercise without its key |
//! | `practice.grade` | `exercise`, `answers`, `variant` | the verdict of every cell |
//! | `practice.worked` | `exercise`, its `id`, `variant` | the solution, step by step |
//!
//! A response is `{"ok": …}` or `{"error": {code, args}}`; no request makes the engine panic.

use crate::Message;
use crate::practice::Exercise;
use crate::question::Question;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What may be asked; every operation takes what it needs of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    op: String,
    #[serde(default)]
    question: Value,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    answer: Value,
    #[serde(default)]
    exercise: Value,
    #[serde(default)]
    id: String,
    #[serde(default)]
    variant: Option<String>,
    #[serde(default)]
    answers: Value,
}

/// What comes back.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Response<T> {
    Ok(T),
    Error(Message),
}

/// Answers one request.
pub fn call(request: &[u8]) -> Vec<u8> {
    answer(request).unwrap_or_else(|message| {
        serde_json::to_vec(&Response::<()>::Error(message)).unwrap_or_default()
    })
}

fn answer(request: &[u8]) -> Result<Vec<u8>, Message> {
    let request: Request = serde_json::from_slice(request)
        .map_err(|error| Message::new("call.not-a-request").with("detail", error.to_string()))?;
    match request.op.as_str() {
        "face" => ok(&question(request.question)?.face(request.seed)),
        "grade" => ok(&question(request.question)?.grade(&request.answer)),
        "explain" => ok(&question(request.question)?.explain()),
        "practice.face" => ok(&exercise(request.exercise)?.face(request.variant.as_deref())?),
        "practice.grade" => {
            let exercise = exercise(request.exercise)?;
            ok(&exercise.grade(&request.answers, request.variant.as_deref())?)
        }
        "practice.worked" => {
            let exercise = exercise(request.exercise)?;
            ok(&exercise.worked(&request.id, request.variant.as_deref())?)
        }
        other => Err(Message::new("call.unknown-operation").with("op", other)),
    }
}

fn question(value: Value) -> Result<Question, Message> {
    read(value, "call.not-a-question")
}

fn exercise(value: Value) -> Result<Exercise, Message> {
    read(value, "call.not-an-exercise")
}

fn read<T: DeserializeOwned>(value: Value, code: &str) -> Result<T, Message> {
    serde_json::from_value(value)
        .map_err(|error| Message::new(code).with("detail", error.to_string()))
}

fn ok<T: Serialize>(result: &T) -> Result<Vec<u8>, Message> {
    serde_json::to_vec(&Response::Ok(result))
        .map_err(|error| Message::new("call.not-writable").with("detail", error.to_string()))
}
