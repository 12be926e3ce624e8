//! Marking (practice format §7): every cell against the expert's value and against what the
//! rules give from the learner's own earlier cells; the better counts, so one slip costs once.

use super::eval::{At, Evaluator};
use super::model::{Column, OrderScore, Stage};
use super::value::{Val, grid};
use super::{Cell, Entered, face, worked};
use crate::Message;
use crate::question::{Verdict, read_number};
use serde::Serialize;
use serde_json::{Value, json};

/// How a cell did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// The expert's value.
    Right,
    /// Nearly; part of the credit.
    Near,
    /// Follows from the learner's own earlier cells.
    Carried,
    /// Not right.
    Wrong,
    /// Nothing entered.
    Blank,
    /// Cannot be read.
    Malformed,
    /// The learner's own; never graded.
    Own,
}

/// The verdict on one cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellVerdict {
    /// `row.column`, or a result's id.
    pub cell: String,
    /// How it did.
    pub state: CellState,
    /// 0 to `max`.
    pub credit: f64,
    /// Marks to be had.
    pub max: f64,
    /// What was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<Value>,
    /// The expert's value; absent if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// The same for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What is to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// The author's feedback on a typical mistake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
}

/// The verdict on one stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageVerdict {
    /// Its id.
    pub id: String,
    /// 0 to 1.
    pub score: f64,
    /// Marks won.
    pub marks: f64,
    /// Marks to be had.
    pub max: f64,
    /// Whether the score reaches the stage's pass mark.
    pub passed: bool,
    /// Every open cell, then whatever else was entered.
    pub cells: Vec<CellVerdict>,
    /// On the question about why; not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principle: Option<Verdict>,
    /// On the quiz item of a `question` stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Verdict>,
}

/// The verdict on a whole exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExerciseVerdict {
    /// 0 to 1.
    pub score: f64,
    /// Marks won.
    pub marks: f64,
    /// Marks to be had.
    pub max: f64,
    /// Stages in order.
    pub stages: Vec<StageVerdict>,
}

/// Names and marks of the cells that a learner fills.
pub(super) fn open_cells(evaluator: &Evaluator<'_>, stage: usize) -> Vec<(String, f64)> {
    match evaluator.stage(stage) {
        Some(Stage::QuestionStage(spec)) => {
            let marks = if spec.question.is_unscored() { 0.0 } else { spec.question.marks };
            vec![("answer".to_owned(), marks)]
        }
        Some(Stage::Order(_)) => vec![("order".to_owned(), 1.0)],
        _ => {
            let open = asked(evaluator, stage).into_iter();
            open.map(|cell| (worked::name_of(evaluator, cell), marks(evaluator, cell))).collect()
        }
    }
}

fn asked(evaluator: &Evaluator<'_>, stage: usize) -> Vec<Cell> {
    let columns = |list: &[Column]| -> Vec<usize> {
        let asked = list.iter().enumerate().filter(|(_, column)| column.shared().ask);
        asked.map(|(at, _)| at).collect()
    };
    let rows = evaluator.rows(stage);
    let in_rows = |columns: &[usize]| -> Vec<Cell> {
        let cell = |row: &usize, column: &usize| Cell { stage, row: Some(*row), column: *column };
        rows.iter().flat_map(|row| columns.iter().map(move |column| cell(row, column))).collect()
    };
    match evaluator.stage(stage) {
        Some(Stage::Bins(_)) => in_rows(&[0]),
        Some(Stage::TableStage(spec)) => {
            let mut cells = in_rows(&columns(&spec.columns));
            let results = columns(&spec.results).into_iter();
            cells.extend(results.map(|column| Cell { stage, row: None, column }));
            cells
        }
        _ => Vec::new(),
    }
}

fn marks(evaluator: &Evaluator<'_>, cell: Cell) -> f64 {
    let Some(column) = evaluator.spec(cell) else { return 1.0 };
    if matches!(column, Column::Own(_)) {
        return 0.0;
    }
    column.shared().marks.unwrap_or_else(|| match column {
        Column::Pick(spec) => pick_max(evaluator, cell, spec.ordered),
        _ => 1.0,
    })
}

#[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
fn pick_max(evaluator: &Evaluator<'_>, cell: Cell, ordered: bool) -> f64 {
    let count = match evaluator.rule(cell) {
        Some(Val::Set(ids)) => ids.len() as f64,
        _ => 0.0,
    };
    (count + if ordered { 1.0 } else { 0.0 }).max(1.0)
}

/// What a learner wrote in one cell.
enum Answer {
    Blank,
    Given(Option<Val>),
    Malformed(Message),
}

pub(super) fn grade(expert: &std::rc::Rc<Evaluator<'_>>, answers: &Value) -> ExerciseVerdict {
    let stages = &expert.model.file.stages;
    let mut entered = Entered::new();
    for (at, stage) in stages.iter().enumerate() {
        for cell in asked(expert, at) {
            let name = worked::name_of(expert, cell);
            if let Answer::Given(value) = read(expert, cell, answer(answers, stage, &name)) {
                entered.insert(cell, value);
            }
        }
    }
    let own = Evaluator::own(expert, entered);
    let stages: Vec<StageVerdict> = stages
        .iter()
        .enumerate()
        .map(|(at, stage)| grade_stage(expert, &own, at, stage, answers))
        .collect();
    let marks = stages.iter().map(|stage| stage.marks).sum();
    let max: f64 = stages.iter().map(|stage| stage.max).sum();
    ExerciseVerdict { score: share(marks, max), marks, max, stages }
}

fn share(marks: f64, max: f64) -> f64 {
    if max > 0.0 { marks / max } else { 0.0 }
}

fn answer<'a>(answers: &'a Value, stage: &Stage, cell: &str) -> &'a Value {
    answers.get(stage.shared().id).and_then(|stage| stage.get(cell)).unwrap_or(&Value::Null)
}

fn grade_stage(
    expert: &Evaluator<'_>,
    own: &Evaluator<'_>,
    at: usize,
    stage: &Stage,
    answers: &Value,
) -> StageVerdict {
    let shared = stage.shared();
    let mut question = None;
    let mut cells = match stage {
        Stage::QuestionStage(spec) => {
            let given = answer(answers, stage, "answer");
            let verdict = spec.question.grade(given);
            let cell = from_question(&verdict, given);
            question = Some(verdict);
            vec![cell]
        }
        Stage::Order(spec) => {
            let ids: Vec<&str> = spec.items.iter().map(|item| item.id.as_str()).collect();
            vec![grade_order(&ids, spec.score, answer(answers, stage, "order"))]
        }
        _ => {
            let cells = asked(expert, at).into_iter();
            cells.map(|cell| grade_cell(expert, own, cell, stage, answers)).collect()
        }
    };
    let known: Vec<String> = cells.iter().map(|cell| cell.cell.clone()).collect();
    let given = answers.get(shared.id).and_then(Value::as_object);
    for (name, value) in given.into_iter().flatten() {
        if name != "principle" && !known.contains(name) {
            let message =
                super::unknown("answer.unknown-cell", name, known.iter().map(String::as_str));
            cells.push(CellVerdict {
                given: Some(value.clone()),
                ..malformed(name.clone(), 0.0, message)
            });
        }
    }
    let marks = cells.iter().map(|cell| cell.credit).sum();
    let max: f64 = cells.iter().map(|cell| cell.max).sum();
    let score = share(marks, max);
    StageVerdict {
        id: shared.id.to_owned(),
        score,
        marks,
        max,
        passed: grid(score) >= grid(shared.pass),
        cells,
        principle: shared.principle.map(|it| it.grade(answer(answers, stage, "principle"))),
        question,
    }
}

fn malformed(cell: String, max: f64, message: Message) -> CellVerdict {
    CellVerdict {
        cell,
        state: CellState::Malformed,
        credit: 0.0,
        max,
        given: None,
        expected: None,
        shown: None,
        why: None,
        message: Some(message),
        feedback: None,
    }
}

fn from_question(verdict: &Verdict, given: &Value) -> CellVerdict {
    use crate::question::State;
    let state = match verdict.state {
        State::Right => CellState::Right,
        State::Partly => CellState::Near,
        State::Wrong => CellState::Wrong,
        State::Blank => CellState::Blank,
        State::Malformed => CellState::Malformed,
        State::Unscored => CellState::Own,
    };
    CellVerdict {
        cell: "answer".to_owned(),
        state,
        credit: verdict.marks,
        max: verdict.max,
        given: (!given.is_null()).then(|| given.clone()),
        expected: (!verdict.solution.is_null()).then(|| verdict.solution.clone()),
        shown: None,
        why: verdict.why.clone(),
        message: verdict.messages.first().cloned(),
        feedback: None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of items is small")]
fn grade_order(right: &[&str], score: Option<OrderScore>, given: &Value) -> CellVerdict {
    let base = CellVerdict {
        given: (!given.is_null()).then(|| given.clone()),
        expected: Some(json!(right)),
        ..malformed("order".to_owned(), 1.0, Message::new("answer.not-an-order"))
    };
    if given.is_null() || given.as_array().is_some_and(Vec::is_empty) {
        return CellVerdict { state: CellState::Blank, message: None, ..base };
    }
    let places = given.as_array().and_then(|list| {
        let place = |id: &Value| right.iter().position(|known| Some(*known) == id.as_str());
        list.iter().map(place).collect::<Option<Vec<usize>>>()
    });
    let Some(places) = places.filter(|places| {
        let mut sorted = places.clone();
        sorted.sort_unstable();
        sorted.iter().copied().eq(0..right.len())
    }) else {
        return base;
    };
    let mut inversions = 0_usize;
    for (at, place) in places.iter().enumerate() {
        inversions += places[at + 1..].iter().filter(|later| *later < place).count();
    }
    let most = right.len() * right.len().saturating_sub(1) / 2;
    let credit = match score {
        Some(OrderScore::Exact) => {
            if inversions == 0 {
                1.0
            } else {
                0.0
            }
        }
        _ => 1.0 - share(inversions as f64, most as f64),
    };
    let state = match inversions {
        0 => CellState::Right,
        _ if credit > 0.0 => CellState::Near,
        _ => CellState::Wrong,
    };
    CellVerdict { state, credit, message: None, ..base }
}

fn grade_cell(
    expert: &Evaluator<'_>,
    own: &Evaluator<'_>,
    cell: Cell,
    stage: &Stage,
    answers: &Value,
) -> CellVerdict {
    let name = worked::name_of(expert, cell);
    let raw = answer(answers, stage, &name);
    let max = marks(expert, cell);
    let expected = expert.rule(cell);
    let mut verdict = CellVerdict {
        given: (!raw.is_null()).then(|| raw.clone()),
        expected: expected.as_ref().map(Val::json),
        shown: expected.as_ref().map(|value| face::expected_text(expert, cell, value)),
        why: worked::reason(expert, cell),
        ..malformed(name, max, Message::new("answer.malformed"))
    };
    if matches!(expert.spec(cell), Some(Column::Own(_))) {
        return CellVerdict { state: CellState::Own, message: None, ..verdict };
    }
    let given = match read(expert, cell, raw) {
        Answer::Malformed(message) => return CellVerdict { message: Some(message), ..verdict },
        // Saying nothing is right where there is no value.
        Answer::Blank if expected.is_none() => None,
        Answer::Blank => {
            return CellVerdict { state: CellState::Blank, message: None, ..verdict };
        }
        Answer::Given(given) => given,
    };
    verdict.message = None;
    let credit = credit(expert, cell, given.as_ref(), expected.as_ref());
    let carried = match expert.spec(cell) {
        Some(Column::Judged(_)) | None => 0.0,
        _ if credit < 1.0 => self::credit(expert, cell, given.as_ref(), own.rule(cell).as_ref()),
        _ => 0.0,
    };
    verdict.credit = credit.max(carried) * max;
    verdict.state = if credit >= 1.0 {
        CellState::Right
    } else if carried > credit {
        CellState::Carried
    } else if credit > 0.0 {
        CellState::Near
    } else {
        CellState::Wrong
    };
    if let (Stage::Bins(_), Some(Val::Text(key)), Some(Val::Text(given))) =
        (stage, &expected, &given)
        && verdict.state != CellState::Right
    {
        confused(stage, key, given, &mut verdict);
    }
    verdict
}

/// A mistake of a `bins` stage that takes one bin for another.
fn confused(stage: &Stage, key: &str, given: &str, verdict: &mut CellVerdict) {
    let pair = |[a, b]: &[String; 2]| (a == key && b == given) || (b == key && a == given);
    let found = stage.shared().mistakes.iter().find(|mistake| mistake.confused.iter().any(pair));
    if let Some(mistake) = found {
        verdict.feedback = Some(mistake.feedback.clone());
        if let Some(credit) = mistake.credit.filter(|credit| *credit > 0.0) {
            verdict.credit = credit.min(1.0) * verdict.max;
            verdict.state = CellState::Near;
        }
    }
}

/// Share of the credit, 0 to 1, for `given` where `right` is right.
fn credit(evaluator: &Evaluator<'_>, cell: Cell, given: Option<&Val>, right: Option<&Val>) -> f64 {
    let flag = |right: bool| if right { 1.0 } else { 0.0 };
    let (given, right) = match (given, right) {
        (None, None) => return 1.0,
        (Some(given), Some(right)) => (given, right),
        _ => return 0.0,
    };
    let column = evaluator.spec(cell);
    let shared = column.map(Column::shared);
    match (given, right) {
        (Val::Number(a), Val::Number(b)) => {
            let scale = if shared.is_some_and(|shared| shared.percent) { 100.0 } else { 1.0 };
            let decimals = shared.and_then(|shared| shared.decimals).unwrap_or(2);
            let half = (0..decimals).fold(0.5, |half, _| half / 10.0);
            let tolerance = shared.and_then(|shared| shared.tolerance).unwrap_or(half);
            flag((a - b).abs() * scale <= tolerance + 1e-9)
        }
        (Val::Text(a), Val::Text(b)) if a != b => {
            let near = shared.map_or(0.0, |shared| shared.near);
            let table = shared.and_then(|shared| evaluator.model.file.data.get(shared.within?));
            let places = table.and_then(|table| Some((table.position(a)?, table.position(b)?)));
            places.filter(|(a, b)| a.abs_diff(*b) == 1).map_or(0.0, |_| near)
        }
        (Val::Set(a), Val::Set(b)) => match column {
            Some(Column::Pick(spec)) => picked(a, b, spec.ordered),
            _ => f1(a, b),
        },
        (a, b) => flag(a == b),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
fn picked(given: &[String], right: &[String], ordered: bool) -> f64 {
    let hits = given.iter().filter(|id| right.contains(id)).count();
    let surplus = given.len().saturating_sub(right.len());
    let extra = ordered && given == right;
    let marks = hits.saturating_sub(surplus) as f64 + if extra { 1.0 } else { 0.0 };
    let most = right.len() as f64 + if ordered { 1.0 } else { 0.0 };
    if most > 0.0 {
        marks / most
    } else if given.is_empty() {
        1.0
    } else {
        0.0
    }
}

/// F1 = 2 · hits ÷ (chosen + right); both empty = 1.
#[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
fn f1(given: &[String], right: &[String]) -> f64 {
    if given.is_empty() && right.is_empty() {
        return 1.0;
    }
    let hits = given.iter().filter(|id| right.contains(id)).count() as f64;
    2.0 * hits / (given.len() + right.len()) as f64
}

/// Reads what a learner wrote for a cell.
fn read(evaluator: &Evaluator<'_>, cell: Cell, raw: &Value) -> Answer {
    let text = raw.as_str().map(str::trim);
    if raw.is_null() || text == Some("") {
        return Answer::Blank;
    }
    if matches!(text, Some("—" | "-" | "–" | "——")) {
        return Answer::Given(None);
    }
    let Some(column) = evaluator.spec(cell) else {
        return read_bin(evaluator, cell, raw);
    };
    let at = At { stage: cell.stage, row: cell.row, item: None };
    let given = |value| Answer::Given(Some(value));
    let shared = column.shared();
    match face::input(evaluator, column) {
        "number" => {
            let number = raw.as_f64().or_else(|| Some(read_number(text?, shared.unit)?.value));
            let number = number.filter(|number| number.is_finite());
            let scale = if shared.percent { 100.0 } else { 1.0 };
            number.map_or_else(
                || Answer::Malformed(Message::new("answer.not-a-number")),
                |number| given(Val::Number(number / scale)),
            )
        }
        "yes_no" => match (raw.as_bool(), text) {
            (Some(flag), _) => given(Val::Bool(flag)),
            (None, Some("true" | "yes" | "是" | "有")) => given(Val::Bool(true)),
            (None, Some("false" | "no" | "否" | "无")) => given(Val::Bool(false)),
            _ => Answer::Malformed(Message::new("answer.not-yes-no")),
        },
        "text" | "texts" => match Val::literal(raw) {
            Some(value @ (Val::Text(_) | Val::Set(_))) => given(value),
            _ => Answer::Malformed(Message::new("answer.malformed")),
        },
        input @ ("set" | "pick") => {
            let options = face::options(evaluator, column, &at);
            let Some(Val::Set(ids)) = Val::literal(raw) else {
                return Answer::Malformed(Message::new("answer.not-a-list"));
            };
            if let Some(id) = ids.iter().find(|id| !known(&options, id)) {
                return Answer::Malformed(not_an_option(id, &options));
            }
            if let Some(twice) = ids.iter().enumerate().find(|(at, id)| ids[..*at].contains(id)) {
                return Answer::Malformed(
                    Message::new("answer.twice").with("id", twice.1.as_str()),
                );
            }
            let value = Val::Set(ids);
            let within = shared.within.filter(|_| input == "set");
            Answer::Given(evaluator.model.in_order(value, within))
        }
        _ => {
            let options = face::options(evaluator, column, &at);
            read_label(&options, raw)
        }
    }
}

fn read_bin(evaluator: &Evaluator<'_>, cell: Cell, raw: &Value) -> Answer {
    let Some(Stage::Bins(spec)) = evaluator.stage(cell.stage) else {
        return Answer::Malformed(Message::new("answer.malformed"));
    };
    let bins = evaluator.model.file.data.get(&spec.bins);
    let bins = bins.into_iter().flat_map(|table| &table.rows);
    let options: Vec<Value> = bins.map(|row| json!({"id": super::model::row_id(row)})).collect();
    read_label(&options, raw)
}

fn read_label(options: &[Value], raw: &Value) -> Answer {
    match raw.as_str() {
        Some(id) if known(options, id) => Answer::Given(Some(Val::Text(id.to_owned()))),
        Some(id) => Answer::Malformed(not_an_option(id, options)),
        None => Answer::Malformed(Message::new("answer.malformed")),
    }
}

fn ids(options: &[Value]) -> impl Iterator<Item = &str> {
    options.iter().filter_map(|option| option.get("id").and_then(Value::as_str))
}

fn known(options: &[Value], id: &str) -> bool {
    ids(options).any(|known| known == id)
}

fn not_an_option(id: &str, options: &[Value]) -> Message {
    super::unknown("answer.not-an-option", id, ids(options))
}
