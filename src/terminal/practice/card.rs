//! The rules to work by, from the cards that the engine writes.

use super::{aside, list, shown, text, titled};
use crate::course::{climbed, is_code};
use crate::terminal::phrase::clauses;
use crate::theme::Words;
use serde_json::Value;

/// What a stage's columns and results are worked out by: a title and its rules.
pub(super) fn cards(stage: &Value, words: &Words) -> Vec<(String, Vec<String>)> {
    let columns = list(stage, "columns").iter().chain(list(stage, "results"));
    let moves = list(stage, "moves").iter().map(|step| {
        let title = if text(step, "name").is_empty() { "id" } else { "name" };
        (text(step, title).to_owned(), vec![movement(step, words)])
    });
    let cards = columns.map(|column| (titled(column), rules(stage, column, words)));
    moves.chain(cards).filter(|(_, rules)| !rules.is_empty()).collect()
}

/// What one column's card says, line by line.
pub(super) fn rules(stage: &Value, column: &Value, words: &Words) -> Vec<String> {
    let Some(card) = column.get("card").filter(|card| card.is_object()) else {
        return Vec::new();
    };
    let say =
        |key: &str, text: &str| words.say(&format!("terminal.practice.{key}"), &[("text", text)]);
    let mut lines = Vec::new();
    if !text(card, "formula").is_empty() {
        lines.push(text(card, "formula").to_owned());
    }
    for key in ["total", "need", "weights", "least", "by", "when"] {
        if !text(card, key).is_empty() {
            lines.push(say(&format!("card-{key}"), text(card, key)));
        }
    }
    let bands: Vec<String> = list(card, "bands").iter().map(|it| band(it, words)).collect();
    if !bands.is_empty() {
        lines.push(bands.join("   "));
    }
    for (line, of) in list(card, "lookup").iter().zip(climbed(stage, card)) {
        let give = line.get("give").map_or("—".into(), |it| shown(words, it));
        lines.push(format!("{of} → {give}"));
    }
    for rule in list(card, "rules") {
        lines.push(self::rule(rule, words));
    }
    lines
}

fn band(band: &Value, words: &Words) -> String {
    let edge = |key: &str| band.get(key).map(|it| shown(words, it));
    let range = match (edge("from"), edge("below")) {
        (Some(from), Some(below)) => format!("{from}–<{below}"),
        (Some(from), None) => format!("≥{from}"),
        (None, Some(below)) => format!("<{below}"),
        (None, None) => "…".to_owned(),
    };
    format!("{range} → {}", band.get("give").map_or("—".into(), |it| shown(words, it)))
}

/// `KO1 匹配 < 20 → 淘汰（产品不匹配）`; a rule without a condition is what happens otherwise.
fn rule(rule: &Value, words: &Words) -> String {
    let mut line = match (text(rule, "id"), text(rule, "when")) {
        ("", "") => words.word("terminal.practice.otherwise"),
        (id, when) if is_code(id) => format!("{id} {when}"),
        (_, when) => when.to_owned(),
    };
    if let Some(give) = rule.get("give") {
        line.push_str(" → ");
        line.push_str(&shown(words, give));
    }
    for key in ["why", "title", "action"] {
        if !text(rule, key).is_empty() && !line.contains(text(rule, key)) {
            line.push_str(&aside(words, text(rule, key)));
        }
    }
    line
}

/// `工作平台 → 购买平台：热度 = 5 ∧ 有付款订单`.
fn movement(step: &Value, words: &Words) -> String {
    let from = step.get("from").map_or("—".into(), |it| shown(words, it));
    let mut said = vec![format!("{from} → {}", text(step, "to"))];
    for key in ["when", "by"] {
        if !text(step, key).is_empty() {
            let key_word = format!("terminal.practice.card-{key}");
            said.push(words.say(&key_word, &[("text", text(step, key))]));
        }
    }
    if let Some(wait) = step.get("wait") {
        said.push(words.say("terminal.practice.card-wait", &[("n", shown(words, wait))]));
    }
    clauses(words, said)
}
