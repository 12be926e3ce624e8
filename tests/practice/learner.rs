//! Somebody who knows the solution and answers whatever is asked, in the order of the stages.

use kejian::terminal::practice::{self, Task};
use kejian::terminal::{Ask, Stop};
use serde_json::Value;
use std::collections::VecDeque;

/// One answer, in words.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    /// The option that is called so, or ends so.
    One(String),
    /// The options that begin or end so.
    Many(Vec<String>),
    /// What is typed.
    Line(String),
}

/// What was asked and how it was answered: what a person would press.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pressed {
    /// So many options down.
    One(String, usize),
    /// These options ticked.
    Many(String, Vec<usize>),
    /// This line.
    Line(String, String),
}

impl Pressed {
    /// What was asked.
    pub(crate) fn prompt(&self) -> &str {
        match self {
            Self::One(prompt, _) | Self::Many(prompt, _) | Self::Line(prompt, _) => prompt,
        }
    }
}

/// Answers from the solution; what it pressed is noted.
pub(crate) struct Learner {
    answers: VecDeque<Answer>,
    pub(crate) pressed: Vec<Pressed>,
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn with_id<'v>(entries: &'v [Value], id: &str) -> &'v Value {
    entries.iter().find(|entry| text(entry, "id") == id).unwrap_or(&Value::Null)
}

/// What an option is called.
fn name(entry: &Value) -> String {
    let shown = ["text", "name", "id"].into_iter().map(|key| text(entry, key));
    shown.into_iter().find(|shown| !shown.is_empty()).unwrap_or_default().to_owned()
}

impl Learner {
    /// The expert on this way through an exercise.
    pub(crate) fn expert(task: &Task<'_>, face: &Value) -> Self {
        let worked = practice::worked(task).unwrap();
        let mut answers = VecDeque::new();
        tool(task, face, &mut answers);
        let stages = list(face, "stages");
        for (at, stage) in stages.iter().enumerate() {
            let solution = with_id(list(&worked, "stages"), text(stage, "id"));
            principle(task, stage, &mut answers);
            match text(stage, "kind") {
                "bins" => bins(stage, solution, &mut answers),
                "order" if !list(stage, "open").is_empty() => order(stage, solution, &mut answers),
                "question" if !list(stage, "open").is_empty() => {
                    let id = text(&solution["results"], "answer");
                    answers.push_back(Answer::One(name(with_id(
                        list(&stage["question"], "options"),
                        id,
                    ))));
                }
                "pipeline" => pipeline(stage, solution, &mut answers),
                "table" => table(stage, solution, &mut answers),
                _ => {}
            }
            if at + 1 < stages.len() {
                answers.push_back(Answer::One("下一步".to_owned()));
            }
        }
        Self { answers, pressed: Vec::new() }
    }

    /// Whoever stops after so many answers.
    pub(crate) fn leaving_after(mut self, count: usize) -> Self {
        self.answers.truncate(count);
        self
    }

    /// Answers first with these, then as before.
    pub(crate) fn first(mut self, options: &[&str]) -> Self {
        for option in options.iter().rev() {
            self.answers.push_front(Answer::One((*option).to_owned()));
        }
        self
    }

    /// Says in English what the program asks by itself.
    pub(crate) fn in_english(mut self) -> Self {
        for answer in &mut self.answers {
            match answer {
                Answer::One(word) => {
                    let said = match word.as_str() {
                        "下一步" => "Next step",
                        "是" => "Yes",
                        "否" => "No",
                        _ => continue,
                    };
                    said.clone_into(word);
                }
                Answer::Line(line) if line.starts_with('林') => {
                    "Lin Yuan, in two days".clone_into(line);
                }
                _ => {}
            }
        }
        self
    }

    /// Forgets the first answers: they were given before.
    pub(crate) fn without(mut self, count: usize) -> Self {
        self.answers.drain(..count);
        self
    }

    /// Answers that were not asked for.
    pub(crate) fn left(&self) -> usize {
        self.answers.len()
    }
}

/// The tool for each case, in the order that the cases are asked.
fn tool(task: &Task<'_>, face: &Value, answers: &mut VecDeque<Answer>) {
    let level = task.level.unwrap_or_default();
    let pairs = list(&task.exercise["levels"][level]["tool"], "pairs");
    for left in list(&face["tool"], "lefts") {
        let pair = pairs.iter().find(|pair| pair["left"] == left["text"]).unwrap();
        answers.push_back(Answer::One(text(pair, "right").to_owned()));
    }
}

fn principle(task: &Task<'_>, stage: &Value, answers: &mut VecDeque<Answer>) {
    if stage["principle"].is_object() {
        let source = with_id(list(task.exercise, "stages"), text(stage, "id"));
        let right = list(&source["principle"], "options").iter().find(|it| it["correct"] == true);
        answers.push_back(Answer::One(name(right.unwrap())));
    }
}

fn bins(stage: &Value, solution: &Value, answers: &mut VecDeque<Answer>) {
    for item in list(stage, "items") {
        if list(stage, "open").contains(&Value::from(format!("{}.answer", text(item, "id")))) {
            let bin = text(with_id(list(solution, "rows"), text(item, "id")), "answer");
            answers.push_back(Answer::One(name(with_id(list(stage, "bins"), bin))));
        }
    }
}

fn order(stage: &Value, solution: &Value, answers: &mut VecDeque<Answer>) {
    let ids = list(&solution["results"], "order");
    // The last one places itself.
    for id in &ids[..ids.len() - 1] {
        answers.push_back(Answer::One(name(with_id(list(stage, "items"), id.as_str().unwrap()))));
    }
}

fn pipeline(stage: &Value, solution: &Value, answers: &mut VecDeque<Answer>) {
    let mut before: Option<&str> = None;
    for period in list(stage, "periods").iter().filter_map(Value::as_str) {
        let mut movers = Vec::new();
        let mut places = Vec::new();
        let mut open = false;
        for who in list(stage, "rows") {
            let row = with_id(list(solution, "rows"), text(who, "id"));
            let stood = before.map_or(text(stage, "start"), |before| text(row, before));
            open |=
                list(stage, "open").contains(&Value::from(format!("{period}.{}", text(who, "id"))));
            if text(row, period) != stood {
                movers.push(format!("{} {}", text(who, "id"), text(who, "name")));
                places.push(Answer::One(name(with_id(list(stage, "places"), text(row, period)))));
            }
        }
        if open {
            answers.push_back(Answer::Many(movers));
            answers.extend(places);
        }
        before = Some(period);
    }
}

fn table(stage: &Value, solution: &Value, answers: &mut VecDeque<Answer>) {
    let open: Vec<&str> = list(stage, "open").iter().filter_map(Value::as_str).collect();
    for row in list(stage, "rows") {
        let prefix = format!("{}.", text(row, "id"));
        let solved = with_id(list(solution, "rows"), text(row, "id"));
        for cell in open.iter().filter_map(|cell| cell.strip_prefix(&prefix)) {
            let column = with_id(list(stage, "columns"), cell.split('.').next().unwrap());
            fill(stage, column, &solved[cell], answers);
        }
    }
    for result in open.iter().filter(|cell| !cell.contains('.')) {
        let column = with_id(list(stage, "results"), result);
        fill(stage, column, &solution["results"][result], answers);
    }
}

/// The answers that one cell takes.
fn fill(stage: &Value, column: &Value, value: &Value, answers: &mut VecDeque<Answer>) {
    let options = match list(column, "options") {
        [] => list(stage, "rows"),
        options => options,
    };
    let ids = || value.as_array().into_iter().flatten().filter_map(Value::as_str);
    let named = |id: &str| name(with_id(options, id));
    match text(column, "input") {
        "label" => answers.push_back(Answer::One(value.as_str().map_or("—".to_owned(), named))),
        "set" | "pick" if column["ordered"] == true => {
            answers.extend(ids().map(|id| Answer::One(named(id))));
        }
        "set" | "pick" => answers.push_back(Answer::Many(ids().map(named).collect())),
        "yes_no" => {
            let side = if value == true { "是" } else { "否" };
            answers.push_back(Answer::One(side.to_owned()));
        }
        "number" => answers.push_back(Answer::Line(match value.as_f64() {
            Some(number) if column["percent"] == true => format!("{}", number * 100.0),
            Some(number) => format!("{number}"),
            None => "—".to_owned(),
        })),
        _ => answers.push_back(Answer::Line("林予安，两天内回访".to_owned())),
    }
}

/// Whether an option begins with a name, as `K1：…` does with K1 and `K10` does not.
fn begins(option: &str, name: &str) -> bool {
    option
        .strip_prefix(name)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

impl Ask for Learner {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        let answer = self.answers.pop_front().ok_or(Stop::Left)?;
        let Answer::One(wanted) = &answer else { panic!("{prompt} {options:?}, but {answer:?}") };
        let exact = options.iter().position(|option| option == wanted);
        let near = || options.iter().position(|option| option.ends_with(wanted.as_str()));
        let begun = || options.iter().position(|option| begins(option, wanted));
        let at = exact.or_else(near).or_else(begun);
        let at = at.unwrap_or_else(|| panic!("{prompt}: no {wanted} in {options:?}"));
        self.pressed.push(Pressed::One(prompt.to_owned(), at));
        Ok(at)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let answer = self.answers.pop_front().ok_or(Stop::Left)?;
        let Answer::Many(wanted) = &answer else { panic!("{prompt} {options:?}, but {answer:?}") };
        let is_wanted = |option: &String| {
            wanted.iter().any(|name| option.ends_with(name.as_str()) || begins(option, name))
        };
        let chosen: Vec<usize> = (0..options.len()).filter(|at| is_wanted(&options[*at])).collect();
        assert_eq!(chosen.len(), wanted.len(), "{prompt}: {wanted:?} in {options:?}");
        self.pressed.push(Pressed::Many(prompt.to_owned(), chosen.clone()));
        Ok(chosen)
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        let answer = self.answers.pop_front().ok_or(Stop::Left)?;
        let Answer::Line(line) = answer else { panic!("{prompt}, but {answer:?}") };
        self.pressed.push(Pressed::Line(prompt.to_owned(), line.clone()));
        Ok(line)
    }
}
