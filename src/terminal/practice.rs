//! An exercise in the terminal: stage by stage, each row checked at once; or its solution.

use super::{Ask, Format, Stop, Trouble, engine, face, feedback, figure, list, number, percent};
use super::{say, shown, table, text};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// An exercise as the terminal works on it: its JSON with the texts already plain.
#[derive(Debug, Clone, Copy)]
pub struct Task<'t> {
    /// The exercise's id.
    pub id: &'t str,
    /// The exercise as the engine writes it.
    pub exercise: &'t Value,
    /// Which variant is worked on.
    pub variant: Option<&'t str>,
}

impl Task<'_> {
    fn call(&self, op: &str, answers: &Value) -> Result<Value, Message> {
        let mut request = json!({ "op": op, "exercise": self.exercise });
        if op == "practice.worked" {
            request["id"] = self.id.into();
        }
        if let Some(variant) = self.variant {
            request["variant"] = variant.into();
        }
        if !answers.is_null() {
            request["answers"] = answers.clone();
        }
        engine(&request)
    }

    /// Puts the exercise's id first, as results are documented.
    fn named(&self, result: Value) -> Value {
        let mut named = Map::new();
        named.insert("exercise".to_owned(), self.id.into());
        if let Value::Object(result) = result {
            named.extend(result.into_iter().filter(|(key, _)| key != "exercise"));
        }
        Value::Object(named)
    }
}

/// The verdict on answers by stage and cell.
pub fn grade(task: &Task<'_>, answers: &Map<String, Value>) -> Result<Value, Message> {
    let answers = Value::Object(answers.clone());
    Ok(task.named(task.call("practice.grade", &answers)?))
}

/// The solution with every step.
pub fn worked(task: &Task<'_>) -> Result<Value, Message> {
    Ok(task.named(task.call("practice.worked", &Value::Null)?))
}

/// Asks every open cell, checks each row at once, and writes the summary. Stops early when the
/// learner does; what was answered until then is summed up.
pub fn ask(
    task: &Task<'_>,
    words: &Words,
    ask: &mut dyn Ask,
    out: &mut dyn Write,
) -> Result<Value, Trouble> {
    let exercise = task.call("practice.face", &Value::Null)?;
    writeln!(out, "{}", text(&exercise, "title"))?;
    paragraph(out, text(&exercise, "intro"))?;
    let mut session = Session { task, words, answers: Map::new() };
    for stage in list(&exercise, "stages") {
        match session.stage(stage, ask, out) {
            Err(Trouble::Stopped(Stop::Left)) if !session.answers.is_empty() => break,
            other => other?,
        }
    }
    let verdict = grade(task, &session.answers)?;
    summary(out, &verdict, &exercise, words)?;
    Ok(verdict)
}

/// What was answered so far, and with what words it is asked.
struct Session<'s> {
    task: &'s Task<'s>,
    words: &'s Words,
    answers: Map<String, Value>,
}

impl Session<'_> {
    fn stage(
        &mut self,
        stage: &Value,
        ask: &mut dyn Ask,
        out: &mut dyn Write,
    ) -> Result<(), Trouble> {
        let id = text(stage, "id");
        writeln!(out, "\n── {} ──", titled(stage))?;
        paragraph(out, text(stage, "task"))?;
        if let Some(principle) = stage.get("principle").filter(|face| face.is_object()) {
            paragraph(out, text(principle, "prompt"))?;
            let answer = face::answer(principle, ask, self.words)?;
            self.put(id, "principle", answer);
            let verdict = self.checked(id)?;
            if let Some(verdict) = verdict.get("principle") {
                feedback::write(out, principle, verdict, self.words)?;
            }
        }
        match text(stage, "kind") {
            "bins" => self.bins(id, stage, ask, out)?,
            "order" => {
                let order = face::order(list(stage, "items"), ask, self.words)?;
                self.put(id, "order", order);
                self.show(id, &["order".to_owned()], out)?;
            }
            "question" => {
                let question = stage.get("question").unwrap_or(&Value::Null);
                paragraph(out, text(question, "prompt"))?;
                let answer = face::answer(question, ask, self.words)?;
                self.put(id, "answer", answer);
                self.show(id, &["answer".to_owned()], out)?;
            }
            _ => self.table(id, stage, ask, out)?,
        }
        let verdict = self.checked(id)?;
        let (marks, max) = (number(&verdict, "marks"), number(&verdict, "max"));
        if max > 0.0 {
            let sums =
                [("marks", figure(marks)), ("max", figure(max)), ("percent", percent(marks, max))];
            writeln!(out, "{}", self.words.say("terminal.stage-score", &sums))?;
        }
        Ok(())
    }

    fn bins(
        &mut self,
        id: &str,
        stage: &Value,
        ask: &mut dyn Ask,
        out: &mut dyn Write,
    ) -> Result<(), Trouble> {
        let bins = list(stage, "bins");
        let labels = face::labels(bins, self.words);
        for item in list(stage, "items") {
            let at = ask.one(&described(item), &labels)?;
            let cell = format!("{}.answer", text(item, "id"));
            self.put(id, &cell, face::id(bins, at));
            self.show(id, &[cell], out)?;
        }
        Ok(())
    }

    fn table(
        &mut self,
        id: &str,
        stage: &Value,
        ask: &mut dyn Ask,
        out: &mut dyn Write,
    ) -> Result<(), Trouble> {
        let open = |cell: &str| list(stage, "open").iter().any(|open| open.as_str() == Some(cell));
        self.givens(stage, out)?;
        for row in list(stage, "rows") {
            let row_id = text(row, "id");
            let mut cells = Vec::new();
            for column in list(stage, "columns") {
                let cell = format!("{row_id}.{}", text(column, "id"));
                if !open(&cell) {
                    continue;
                }
                if cells.is_empty() {
                    writeln!(out, "\n{}", described(row))?;
                }
                let answer = entry(column, ask, self.words, out)?;
                self.put(id, &cell, answer);
                cells.push(cell);
            }
            self.show(id, &cells, out)?;
        }
        for result in list(stage, "results") {
            let cell = text(result, "id");
            if open(cell) {
                writeln!(out)?;
                let answer = entry(result, ask, self.words, out)?;
                self.put(id, cell, answer);
                self.show(id, &[cell.to_owned()], out)?;
            }
        }
        Ok(())
    }

    /// The data that the stage starts from, and the rules of its columns.
    fn givens(&self, stage: &Value, out: &mut dyn Write) -> io::Result<()> {
        let fields = list(stage, "fields");
        if !fields.is_empty() {
            let mut header = vec![self.words.word("terminal.row")];
            header.extend(fields.iter().map(titled));
            let mut table = table(header);
            for row in list(stage, "rows") {
                let given = row.get("given").unwrap_or(&Value::Null);
                let mut line = vec![described(row)];
                let cell = |field: &Value| given.get(text(field, "id")).map_or("—".into(), shown);
                line.extend(fields.iter().map(cell));
                table.add_row(line);
            }
            writeln!(out, "{table}")?;
        }
        for column in list(stage, "columns").iter().chain(list(stage, "results")) {
            for rule in rules(column) {
                writeln!(out, "  {}：{rule}", titled(column))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, stage: &str, cell: &str, answer: Value) {
        let cells = self.answers.entry(stage).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(cells) = cells {
            cells.insert(cell.to_owned(), answer);
        }
    }

    /// The verdict on one stage of what was answered so far.
    fn checked(&self, stage: &str) -> Result<Value, Message> {
        let verdict = grade(self.task, &self.answers)?;
        let found = list(&verdict, "stages").iter().find(|found| text(found, "id") == stage);
        Ok(found.cloned().unwrap_or(Value::Null))
    }

    /// Writes how the cells named stand.
    fn show(&self, stage: &str, cells: &[String], out: &mut dyn Write) -> Result<(), Trouble> {
        let verdict = self.checked(stage)?;
        for cell in list(&verdict, "cells") {
            if cells.iter().any(|name| name == text(cell, "cell")) {
                write_cell(out, cell, self.words)?;
            }
        }
        Ok(())
    }
}

/// Asks for one cell, by what its column takes.
fn entry(
    column: &Value,
    ask: &mut dyn Ask,
    words: &Words,
    out: &mut dyn Write,
) -> Result<Value, Trouble> {
    let options = list(column, "options");
    let unit = text(column, "unit");
    let title = titled(column);
    let title = if unit.is_empty() { title } else { format!("{title}（{unit}）") };
    Ok(match text(column, "input") {
        "label" => face::id(options, ask.one(&title, &face::labels(options, words))?),
        "set" | "pick" if column.get("ordered").and_then(Value::as_bool) != Some(true) => {
            let chosen = ask.many(&title, &face::labels(options, words))?;
            chosen.into_iter().map(|at| face::id(options, at)).collect()
        }
        "pick" | "set" => {
            let take = column.get("take").and_then(Value::as_u64).unwrap_or(options.len() as u64);
            ordered(&title, options, take, ask, words)?
        }
        "yes_no" => {
            let sides = ["terminal.yes", "terminal.no"].map(|key| words.word(key));
            (ask.one(&title, &sides)? == 0).into()
        }
        "texts" => {
            let line = ask.line(&format!("{title}{}", words.word("terminal.texts")))?;
            let pieces = line.split([';', '；']).map(str::trim).filter(|piece| !piece.is_empty());
            pieces.map(Value::from).collect()
        }
        _ => {
            if let Some(Value::Object(anchors)) = column.get("anchors") {
                for (value, anchor) in anchors {
                    writeln!(out, "    {value}：{}", shown(anchor))?;
                }
            }
            ask.line(&title)?.into()
        }
    })
}

/// The first so many of the options, in order.
fn ordered(
    title: &str,
    options: &[Value],
    take: u64,
    ask: &mut dyn Ask,
    words: &Words,
) -> Result<Value, Stop> {
    let mut left: Vec<Value> = options.to_vec();
    let mut chosen = Vec::new();
    while (chosen.len() as u64) < take && !left.is_empty() {
        let place = words.say("terminal.place", &[("n", (chosen.len() + 1).to_string())]);
        let at = ask.one(&format!("{title} · {place}"), &face::labels(&left, words))?;
        chosen.push(Value::from(text(&left.remove(at.min(left.len() - 1)), "id")));
    }
    Ok(Value::Array(chosen))
}

/// Writes a report of [`grade`].
pub fn write_verdict(
    task: &Task<'_>,
    verdict: &Value,
    format: Format,
    words: &Words,
    out: &mut dyn Write,
) -> Result<(), Trouble> {
    if format == Format::Json {
        writeln!(out, "{verdict}")?;
        return Ok(());
    }
    let exercise = task.call("practice.face", &Value::Null)?;
    for stage in list(verdict, "stages") {
        writeln!(out, "\n── {} ──", stage_title(&exercise, text(stage, "id")))?;
        for cell in list(stage, "cells") {
            write_cell(out, cell, words)?;
        }
    }
    summary(out, verdict, &exercise, words)?;
    Ok(())
}

/// Writes a solution of [`worked`].
pub fn write_worked(
    worked: &Value,
    format: Format,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == Format::Json {
        return writeln!(out, "{worked}");
    }
    for stage in list(worked, "stages") {
        writeln!(out, "\n── {} ──", titled(stage))?;
        let rows = list(stage, "rows");
        let mut columns: Vec<&str> = Vec::new();
        for key in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
            if !matches!(key.as_str(), "id" | "name" | "text" | "why")
                && !columns.contains(&key.as_str())
            {
                columns.push(key);
            }
        }
        if !columns.is_empty() {
            let mut header = vec![words.word("terminal.row")];
            header.extend(columns.iter().map(|column| (*column).to_owned()));
            let mut table = table(header);
            for row in rows {
                let mut line = vec![described(row)];
                let cell = |column: &&str| row.get(*column).map_or("—".into(), shown);
                line.extend(columns.iter().map(cell));
                table.add_row(line);
            }
            writeln!(out, "{table}")?;
        }
        if let Some(results) = stage.get("results").and_then(Value::as_object) {
            for (id, value) in results {
                writeln!(out, "  {id} = {}", shown(value))?;
            }
        }
        for step in list(stage, "steps") {
            write!(out, "  {}", text(step, "cell"))?;
            for key in ["formula", "with"] {
                if !text(step, key).is_empty() {
                    write!(out, " = {}", text(step, key))?;
                }
            }
            if let Some(value) = step.get("value") {
                write!(out, " = {}", shown(value))?;
            }
            let why = text(step, "why");
            writeln!(out, "{}{why}", if why.is_empty() { "" } else { " —— " })?;
        }
    }
    Ok(())
}

fn write_cell(out: &mut dyn Write, cell: &Value, words: &Words) -> io::Result<()> {
    let state = text(cell, "state");
    let sign = match state {
        "right" => "✓",
        "carried" => "↷",
        "near" => "◐",
        _ => "✗",
    };
    let given = cell.get("given").map_or("—".into(), shown);
    write!(out, "  {sign} {}：{given}", text(cell, "cell"))?;
    if state != "right" {
        let expected = match text(cell, "shown") {
            "" => cell.get("expected").map_or("—".into(), shown),
            shown => shown.to_owned(),
        };
        write!(out, " → {expected}（{}）", words.word(&format!("engine.state.{state}")))?;
    }
    let message = cell.get("message").and_then(|message| {
        serde_json::from_value::<Message>(message.clone()).ok().map(|message| say(words, &message))
    });
    for reason in [message.as_deref(), cell.get("why").and_then(Value::as_str)] {
        if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
            write!(out, " —— {}", reason.replace('\n', "\n    "))?;
        }
    }
    writeln!(out)
}

fn summary(
    out: &mut dyn Write,
    verdict: &Value,
    exercise: &Value,
    words: &Words,
) -> io::Result<()> {
    let header = ["stage", "marks", "share"].map(|key| words.word(&format!("terminal.{key}")));
    let mut table = table(header.to_vec());
    for stage in list(verdict, "stages") {
        let (marks, max) = (number(stage, "marks"), number(stage, "max"));
        let sum = format!("{} / {}", figure(marks), figure(max));
        let title = stage_title(exercise, text(stage, "id"));
        table.add_row(vec![title, sum, percent(marks, max)]);
    }
    let (marks, max) = (number(verdict, "marks"), number(verdict, "max"));
    let totals = [("marks", figure(marks)), ("max", figure(max)), ("percent", percent(marks, max))];
    writeln!(out, "\n{}\n{table}", words.say("terminal.score", &totals))
}

fn stage_title(exercise: &Value, id: &str) -> String {
    let stage = list(exercise, "stages").iter().find(|stage| text(stage, "id") == id);
    stage.map_or_else(|| id.to_owned(), titled)
}

/// The title, else the id.
fn titled(value: &Value) -> String {
    let title = text(value, "title");
    if title.is_empty() { text(value, "id") } else { title }.to_owned()
}

/// A row or item with all that it is called: `T01 沐野：…`.
fn described(row: &Value) -> String {
    let (id, name, about) = (text(row, "id"), text(row, "name"), text(row, "text"));
    let named = if name.is_empty() { id.to_owned() } else { format!("{id} {name}") };
    if about.is_empty() { named } else { format!("{named}：{about}") }
}

/// What a column's card says, line by line.
fn rules(column: &Value) -> Vec<String> {
    let Some(card) = column.get("card").filter(|card| card.is_object()) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for key in ["formula", "by"] {
        if !text(card, key).is_empty() {
            lines.push(text(card, key).to_owned());
        }
    }
    for band in list(card, "bands") {
        let edge =
            |key: &str, sign: &str| band.get(key).map(|edge| format!("{sign} {}", shown(edge)));
        let edges: Vec<String> =
            [edge("from", "≥"), edge("below", "<")].into_iter().flatten().collect();
        lines.push(format!(
            "{} → {}",
            edges.join("，"),
            band.get("give").map_or("—".into(), shown)
        ));
    }
    for rule in list(card, "rules") {
        let give = rule.get("give").map(|give| format!(" → {}", shown(give))).unwrap_or_default();
        lines.push(format!("{}{give}", text(rule, "when")));
    }
    lines
}

fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { writeln!(out, "{text}\n") }
}
