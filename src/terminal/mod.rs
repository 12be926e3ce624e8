//! Quizzes and exercises in a terminal, and without one.
//!
//! The engine is spoken to as the pages do, so what is right here is right there. Someone who
//! answers is an [`Ask`]: [`Prompts`] asks a person, a test answers by itself.
//!
//! # Answers
//!
//! `--answers FILE.json` takes one JSON object. Of a quiz, answers by question id:
//!
//! ```json
//! {"c09q1": "b", "c09q2": ["a", "c"], "c09q3": true, "c09q4": 50.4, "c09q5": {"left": "right"}}
//! ```
//!
//! An answer is, by kind: an option id · a list of ids · true or false · a number · a text · a
//! list of texts (cloze) · `{left: right}` · `{item: bin}` · a list of ids (order, rank) · `{row:
//! column}` (grid) · a region or `{"x": …, "y": …}` in per cent (hotspot) · a number (scale); an
//! essay is a text or `{"text": …, "ticked": [indices]}`. Of an exercise, answers by stage and cell:
//!
//! ```json
//! {"score": {"T01.C1": 3, "T01.total": 80.55}, "rank": {"key_actions": ["K3", "K1"]}}
//! ```
//!
//! # Results
//!
//! `--format json` prints one object. Of a quiz:
//! `{"chapter", "title", "seed", "questions": [{"id", "kind", "objective"?, "answer", "tries",
//! "verdict"}]}` with the summary's keys between (score, marks, max, pass, passed, objectives with
//! their level, advice, certainty: see [`kejian_engine::quiz`]); a verdict is the engine's
//! [`Verdict`](kejian_engine::question::Verdict). Of an exercise: the engine's
//! verdict, `{"exercise", "score", "marks", "max", "stages": [{"id", "score", "marks", "max",
//! "passed", "cells": […]}]}`; with `--worked` the solution, `{"exercise", "stages": [{"id",
//! "kind", "rows", "results", "steps"}]}`.

mod asides;
mod ask;
mod columns;
mod face;
mod feedback;
mod fold;
mod phrase;
pub mod practice;
pub mod quiz;
mod screen;

pub use ask::{Ask, GuidedPrompts, Prompts, Stop};
pub(crate) use phrase::several;
pub use screen::Screen;

use crate::theme::Words;
use kejian_engine::Message;
use serde_json::Value;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object.
    Json,
}

/// Why a quiz or an exercise did not come to its end.
#[derive(Debug)]
pub enum Trouble {
    /// The learner stopped, or there is no terminal.
    Stopped(Stop),
    /// The engine or the answers refuse, with the reason.
    Refused(Message),
    /// What is printed could not be written.
    Output(std::io::Error),
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

impl From<Message> for Trouble {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

/// A message of the engine in words.
pub fn say(words: &Words, message: &Message) -> String {
    let args: Vec<(&str, String)> = message
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), phrase::shown(words, value)))
        .collect();
    words.say(&format!("engine.{}", message.code), &args)
}

/// A number with at most two decimals and the minus that typesetters use.
fn figure(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.replacen('-', "−", 1) }
}

/// Percent of marks, rounded down so that 100% means all of them.
fn percent(marks: f64, max: f64) -> String {
    let share = if max > 0.0 { marks / max } else { 0.0 };
    format!("{}%", figure((share * 100.0 + 1e-9).floor()))
}

/// Asks the engine over its boundary.
fn engine(request: &Value) -> Result<Value, Message> {
    let response = kejian_engine::call(request.to_string().as_bytes());
    let refused = |detail: String| Message::new("call.not-writable").with("detail", detail);
    let mut response: Value =
        serde_json::from_slice(&response).map_err(|error| refused(error.to_string()))?;
    match response.get_mut("ok") {
        Some(ok) => Ok(ok.take()),
        None => Err(response
            .get_mut("error")
            .map(Value::take)
            .and_then(|error| serde_json::from_value(error).ok())
            .unwrap_or_else(|| refused(response.to_string()))),
    }
}

/// Reads a file of progress, damaged or not; the messages say what was left out.
pub fn read_progress(text: &str) -> Result<(Value, Vec<Message>), Message> {
    let mut answer = engine(&serde_json::json!({"op": "progress.read", "progress": text}))?;
    let dropped = serde_json::from_value(answer["dropped"].take()).unwrap_or_default();
    Ok((answer["progress"].take(), dropped))
}

/// The text at `key`, or nothing.
fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The number at `key`, or 0.
fn number(value: &Value, key: &str) -> f64 {
    value.get(key).and_then(Value::as_f64).unwrap_or_default()
}

/// The list at `key`, or an empty one.
fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
