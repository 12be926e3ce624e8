//! The rules to work by, from the cards that the engine writes.

use super::{aside, list, pair, shown, text, titled};
use crate::course::{climbed, is_code, looked_up_in};
use crate::terminal::Screen;
use crate::terminal::phrase::{clauses, several};
use crate::theme::Words;
use crate::theme::formula::{in_words, order};
use serde_json::Value;
use std::io;
use unicode_width::UnicodeWidthStr;

/// What a column or result is worked out by.
pub(super) struct Card {
    /// The column's or result's id.
    pub(super) id: String,
    title: String,
    rules: Vec<Rule>,
}

impl Card {
    /// Whether it says a formula and nothing else.
    pub(super) fn is_formula(&self) -> bool {
        matches!(self.rules.as_slice(), [Rule::Formula(_)])
    }

    /// Whether a rule says what a code stands for.
    pub(super) fn tells(&self, code: &str, name: &str) -> bool {
        self.rules.iter().any(|rule| match rule {
            Rule::Line(text) => text.contains(&format!("{code} ")) && text.contains(name),
            Rule::Formula(_) | Rule::Pieces(_) => false,
        })
    }
}

/// A rule in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// The formula.
    Formula(String),
    /// Anything else that is said in a sentence.
    Line(String),
    /// Short pieces that share lines: bands, look-ups.
    Pieces(Vec<String>),
}

impl Rule {
    fn said(&self, words: &Words) -> String {
        match self {
            Self::Formula(text) | Self::Line(text) => text.clone(),
            Self::Pieces(pieces) => clauses(words, pieces.iter().cloned()),
        }
    }
}

/// What a stage's columns and results are worked out by.
pub(super) fn cards(stage: &Value, words: &Words) -> Vec<Card> {
    let columns = list(stage, "columns").iter().chain(list(stage, "results"));
    let moves = list(stage, "moves").iter().map(|step| {
        let title = if text(step, "name").is_empty() { "id" } else { "name" };
        let rules = vec![Rule::Line(movement(step, words))];
        Card { id: text(step, "id").to_owned(), title: text(step, title).to_owned(), rules }
    });
    let cards = columns.map(|column| Card {
        id: text(column, "id").to_owned(),
        title: titled(column),
        rules: rules(stage, column, words),
    });
    moves.chain(cards).filter(|card| !card.rules.is_empty()).collect()
}

/// Writes a card: on one line if it fits, else its rules one under the other.
pub(super) fn write(card: &Card, words: &Words, screen: &mut Screen<'_>) -> io::Result<()> {
    let said = clauses(words, card.rules.iter().map(|rule| rule.said(words)));
    let whole = pair(words, &card.title, &said);
    if whole.width() + INDENT.len() <= screen.width() {
        return screen.item("·", &whole);
    }
    let rules = match card.rules.split_first() {
        Some((Rule::Formula(first), others)) => {
            screen.item("·", &pair(words, &card.title, first))?;
            others
        }
        Some((Rule::Line(only), [])) => return screen.item("·", &pair(words, &card.title, only)),
        _ => {
            screen.item("·", pair(words, &card.title, "").trim_end())?;
            card.rules.as_slice()
        }
    };
    let comma = words.word("terminal.phrase.semicolon");
    for rule in rules {
        match rule {
            Rule::Formula(text) | Rule::Line(text) => screen.item("  ◦", text)?,
            // Pieces that could not share a line have lines of their own.
            Rule::Pieces(pieces) if pieces.iter().any(|it| it.width() * 2 > screen.width()) => {
                for piece in pieces {
                    screen.item("  ◦", piece)?;
                }
            }
            Rule::Pieces(pieces) => screen.pieces("  ◦", pieces, &comma)?,
        }
    }
    Ok(())
}

/// Columns before a card's title.
const INDENT: &str = "  · ";

/// What one column's card says, rule by rule.
pub(super) fn rules(stage: &Value, column: &Value, words: &Words) -> Vec<Rule> {
    let Some(card) = column.get("card").filter(|card| card.is_object()) else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    // What is looked up by its own name needs no formula.
    if !matches!(text(card, "formula"), formula if formula.is_empty() || formula == titled(column))
    {
        rules.push(Rule::Formula(in_words(text(card, "formula"), words)));
    }
    for key in ["total", "need", "weights", "least", "by", "when"] {
        if !text(card, key).is_empty() {
            let said = if key == "by" { order } else { in_words }(text(card, key), words);
            let word = format!("terminal.practice.card-{key}");
            rules.push(Rule::Line(words.say(&word, &[("text", said)])));
        }
    }
    let bands: Vec<String> = list(card, "bands").iter().map(|it| band(it, words)).collect();
    if !bands.is_empty() {
        rules.push(Rule::Pieces(bands));
    }
    match looked_up_in(stage, column) {
        Some(title) => {
            rules.push(Rule::Line(words.say("practice.same_as", &[("text", title)])));
        }
        None => rules.extend(look_up(stage, card, words)),
    }
    for rule in list(card, "rules") {
        rules.push(Rule::Line(self::rule(rule, words)));
    }
    rules
}

/// Which line gives what: a step of a climb on a line of its own, lines that give the same
/// together.
fn look_up(stage: &Value, card: &Value, words: &Words) -> Vec<Rule> {
    let lines = climbed(stage, card);
    let give = |line: &Value| line.get("give").map_or("—".into(), |it| shown(words, it));
    let lines: Vec<(String, String)> =
        lines.into_iter().zip(list(card, "lookup").iter().map(give)).collect();
    if lines.iter().any(|(of, _)| of.starts_with("+ ")) {
        let line = |(of, give): (String, String)| Rule::Line(format!("{of} → {give}"));
        return lines.into_iter().map(line).collect();
    }
    let alike = lines.chunk_by(|(_, a), (_, b)| a == b);
    let pieces = alike.map(|alike| {
        let of = several(words, alike.iter().map(|(of, _)| of.clone()));
        format!("{of} → {}", alike[0].1)
    });
    let pieces: Vec<String> = pieces.collect();
    if pieces.is_empty() { Vec::new() } else { vec![Rule::Pieces(pieces)] }
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
        (id, when) if is_code(id) => format!("{id} {}", in_words(when, words)),
        (_, when) => in_words(when, words),
    };
    if let Some(give) = rule.get("give") {
        line.push_str(" → ");
        line.push_str(&shown(words, give));
    }
    let notes = ["why", "title", "action"].map(|key| text(rule, key));
    let mut notes: Vec<&str> =
        notes.into_iter().filter(|note| !note.is_empty() && !line.contains(note)).collect();
    notes.dedup();
    if !notes.is_empty() {
        let notes = notes.into_iter().map(str::to_owned);
        line.push_str(&aside(words, &clauses(words, notes)));
    }
    line
}

/// `工作平台 → 购买平台；条件：热度 = 5 且 有付款订单 为“是”`.
fn movement(step: &Value, words: &Words) -> String {
    let from = step.get("from").map_or("—".into(), |it| shown(words, it));
    let mut said = vec![format!("{from} → {}", text(step, "to"))];
    if !text(step, "when").is_empty() {
        let when = in_words(text(step, "when"), words);
        said.push(words.say("terminal.practice.card-when", &[("text", when)]));
    }
    if !text(step, "by").is_empty() {
        let by = order(text(step, "by"), words);
        said.push(words.say("terminal.practice.card-by", &[("text", by)]));
    }
    if let Some(wait) = step.get("wait") {
        said.push(words.say("terminal.practice.card-wait", &[("n", shown(words, wait))]));
    }
    clauses(words, said)
}
