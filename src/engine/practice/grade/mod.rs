//! Marking (practice format §7): every cell against the expert's value and against what the
//! rules give from the learner's own earlier cells; the better counts, so one slip costs once.

pub(super) mod answer;
mod credit;
mod mistake;
mod next;

pub(super) use answer::{read, yes_no};
pub(super) use credit::credit;

use super::cells::Cells;
use super::eval::Evaluator;
use super::json::{self, Json};
use super::level::{Open, Shown};
use super::model::Cell;
use super::stage::{Stage, StageKind};
use super::value::{Val, grid};
use super::worked;
use crate::Message;
use crate::json::Value;
use crate::question::{State, Verdict};
use answer::Answer;
use std::rc::Rc;

/// The verdict on one cell.
pub(super) struct Mark {
    /// What answers call it.
    name: String,
    /// `right, near, carried, wrong, blank, malformed, own`.
    state: &'static str,
    /// 0 to `max`.
    credit: f64,
    max: f64,
    /// Whether it differs from the expert's value.
    wrong: bool,
    given: Value,
    expected: Value,
    shown: Option<String>,
    why: Option<String>,
    message: Option<Message>,
    feedback: Option<String>,
}

impl Mark {
    fn new(name: String, max: f64, given: &Value) -> Self {
        Self {
            name,
            state: "blank",
            credit: 0.0,
            max,
            wrong: true,
            given: given.clone(),
            expected: Value::Null,
            shown: None,
            why: None,
            message: None,
            feedback: None,
        }
    }

    fn malformed(self, message: Message) -> Self {
        Self { state: "malformed", message: Some(message), ..self }
    }

    fn json(self) -> Value {
        let mut json = Json::new();
        json.put("cell", self.name).put("state", self.state);
        json.put("credit", json::number(self.credit)).put("max", json::number(self.max));
        for (key, value) in [("given", self.given), ("expected", self.expected)] {
            if !value.is_null() {
                json.put(key, value);
            }
        }
        json.text("shown", self.shown.as_deref()).text("why", self.why.as_deref());
        if let Some(message) = self.message {
            json.put("message", message);
        }
        json.text("feedback", self.feedback.as_deref()).take()
    }
}

/// What a learner entered, as it was read.
pub(super) fn entered(expert: &Evaluator<'_>, shown: &Shown, answers: &Value) -> Cells {
    let mut cells = Cells::default();
    for (at, stage) in expert.model.file.stages.iter().enumerate() {
        for open in &shown.open[at] {
            let Open::Cell(cell) = *open else { continue };
            let raw = answer_to(answers, stage, &expert.model.name_of(cell));
            if let Answer::Given(value) = read(expert, cell, raw) {
                cells.insert(cell, value);
            }
        }
    }
    cells
}

/// The answer to one cell; null = none.
pub(super) fn answer_to<'a>(answers: &'a Value, stage: &Stage, cell: &str) -> &'a Value {
    answers.get(stage.id()).and_then(|stage| stage.get(cell)).unwrap_or(&Value::Null)
}

/// One stage's marks.
pub(super) struct StageMarks {
    pub(super) marks: f64,
    pub(super) max: f64,
    pub(super) passed: bool,
    pub(super) cells: Vec<Mark>,
}

pub(super) fn grade(expert: &Rc<Evaluator<'_>>, shown: &Shown, answers: &Value) -> Value {
    let cells = entered(expert, shown, answers);
    let own = Evaluator::own(expert, cells.clone());
    let (mut stages, mut marked) = (Vec::new(), Vec::new());
    for (at, stage) in expert.model.file.stages.iter().enumerate() {
        let mut json = Json::new();
        let marks = mark_stage(expert, &own, shown, at, answers, &mut json);
        let found = mistake::find(expert, &own, &cells, at, answers, &marks.cells);
        let score = share(marks.marks, marks.max);
        let mut verdict = Json::new();
        verdict.put("id", stage.id()).put("score", json::number(score));
        verdict.put("marks", json::number(marks.marks)).put("max", json::number(marks.max));
        verdict.put("passed", marks.passed);
        marked.push(StageMarks { cells: Vec::new(), ..marks });
        let advice = next::step(&marks.cells);
        verdict.put("cells", marks.cells.into_iter().map(Mark::json).collect::<Vec<_>>());
        verdict.put("mistakes", found);
        verdict.text("first_wrong", advice.as_deref());
        verdict.extend(json);
        stages.push(verdict.take());
    }
    let marks = marked.iter().fold(0.0, |sum, stage| sum + stage.marks);
    let max = marked.iter().fold(0.0, |sum, stage| sum + stage.max);
    let mut verdict = Json::new();
    verdict.put("score", json::number(share(marks, max)));
    verdict.put("marks", json::number(marks)).put("max", json::number(max));
    verdict.put("passed", marked.iter().all(|stage| stage.passed));
    if let Some(next) = next::advise(expert.model, shown, &marked, &stages) {
        verdict.put("next", next);
    }
    verdict.put("stages", stages).take()
}

fn share(marks: f64, max: f64) -> f64 {
    if max > 0.0 { marks / max } else { 0.0 }
}

fn mark_stage(
    expert: &Evaluator<'_>,
    own: &Evaluator<'_>,
    shown: &Shown,
    at: usize,
    answers: &Value,
    json: &mut Json,
) -> StageMarks {
    let stage = &expert.model.file.stages[at];
    let mut cells: Vec<Mark> = Vec::new();
    for open in &shown.open[at] {
        let name = open.name(expert.model);
        let raw = answer_to(answers, stage, &name);
        let mark = Mark::new(name, open.marks(expert), raw);
        cells.push(match (open, &stage.kind) {
            (Open::Cell(cell), _) => mark_cell(expert, own, *cell, raw, mark),
            (Open::Whole(_), StageKind::Quiz(quiz)) => {
                let verdict = quiz.question.grade(raw);
                let mark = of_question(&verdict, mark);
                json.put("question", verdict.json());
                mark
            }
            (Open::Whole(_), StageKind::Order(order)) => of_order(order, raw, mark),
            (Open::Whole(_), _) => mark,
        });
    }
    unknown_cells(expert, at, answers, &mut cells);
    if let Some(principle) = &stage.common.principle {
        let verdict = principle.grade(answer_to(answers, stage, "principle"));
        json.put("principle", verdict.json());
    }
    let marks = cells.iter().fold(0.0, |sum, cell| sum + cell.credit);
    let max = cells.iter().fold(0.0, |sum, cell| sum + cell.max);
    let pass = stage.common.pass.unwrap_or(0.8);
    // Where nothing is open, nothing can fail.
    let passed = max <= 0.0 || grid(share(marks, max)) >= grid(pass);
    StageMarks { marks, max, passed, cells }
}

/// Answers to cells that there are not. Cells that are merely not open at this level are let be.
fn unknown_cells(expert: &Evaluator<'_>, at: usize, answers: &Value, cells: &mut Vec<Mark>) {
    let model = expert.model;
    let stage = &model.file.stages[at];
    let given = answers.get(stage.id()).and_then(Value::as_object);
    for (name, value) in given.into_iter().flatten() {
        let known = cells.iter().any(|mark| mark.name == *name) || name == "principle";
        if known || model.cell_named(at, name).is_some() || stage.whole() == Some(name) {
            continue;
        }
        let open: Vec<String> = cells.iter().map(|mark| mark.name.clone()).collect();
        let message = super::unknown("answer.unknown-cell", name, open.iter().map(String::as_str));
        cells.push(Mark::new(name.clone(), 0.0, value).malformed(message));
    }
}

fn of_question(verdict: &Verdict, mark: Mark) -> Mark {
    let state = match verdict.state {
        State::Right => "right",
        State::Partly => "near",
        State::Wrong => "wrong",
        State::Blank => "blank",
        State::Malformed => "malformed",
        State::Unscored => "own",
    };
    Mark {
        state,
        wrong: verdict.state != State::Right,
        credit: verdict.marks,
        max: verdict.max,
        expected: verdict.solution.clone(),
        why: verdict.why.clone(),
        message: verdict.messages.first().cloned(),
        ..mark
    }
}

fn of_order(order: &super::stage::Order, raw: &Value, mark: Mark) -> Mark {
    let mark = Mark { expected: json::texts(order.ids()), ..mark };
    if raw.is_null() || raw.as_array().is_some_and(Vec::is_empty) {
        return mark;
    }
    let Some(credit) = raw.as_array().and_then(|given| order.credit(given)) else {
        return mark.malformed(Message::new("answer.not-an-order"));
    };
    let state = match credit {
        _ if credit >= 1.0 => "right",
        _ if credit > 0.0 => "near",
        _ => "wrong",
    };
    Mark { state, wrong: credit < 1.0, credit: credit * mark.max, ..mark }
}

fn mark_cell(
    expert: &Evaluator<'_>,
    own: &Evaluator<'_>,
    cell: Cell,
    raw: &Value,
    mark: Mark,
) -> Mark {
    let expected = expert.rule(cell);
    let max = mark.max;
    let mut mark = Mark {
        expected: expected.as_ref().map_or(Value::Null, Val::json),
        shown: expected.as_ref().map(|value| worked::text(expert, cell, value)),
        why: worked::reason(expert, cell),
        ..mark
    };
    let column = expert.spec(cell);
    if column.is_some_and(super::column::Column::is_own) {
        return match read(expert, cell, raw) {
            Answer::Malformed(message) => mark.malformed(message),
            _ => Mark { state: "own", wrong: false, ..mark },
        };
    }
    let given = match read(expert, cell, raw) {
        Answer::Malformed(message) => return mark.malformed(message),
        // Saying nothing is right where there is no value.
        Answer::Blank if expected.is_none() => None,
        Answer::Blank => return mark,
        Answer::Given(given) => given,
    };
    let right = credit(expert, cell, given.as_ref(), expected.as_ref());
    let judged = column.is_some_and(|it| matches!(it.kind, super::column::ColumnKind::Judged(_)));
    let bins =
        matches!(expert.model.stage(cell.stage).map(|it| &it.kind), Some(StageKind::Bins(_)));
    let carried = if judged || bins || right >= 1.0 {
        0.0
    } else {
        credit(expert, cell, given.as_ref(), own.rule(cell).as_ref())
    };
    mark.credit = right.max(carried) * max;
    mark.wrong = right < 1.0;
    mark.state = match right {
        _ if right >= 1.0 => "right",
        _ if carried > right => "carried",
        _ if right > 0.0 => "near",
        _ => "wrong",
    };
    if let (true, Some(Val::Text(key)), Some(Val::Text(given))) = (bins, &expected, &given) {
        mistake::confused(&expert.model.file.stages[cell.stage], key, given, &mut mark);
    }
    mark
}
