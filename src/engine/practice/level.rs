//! Fading: what a level shows worked, and which cells it leaves open (practice format §8).

use super::column::Column;
use super::eval::Evaluator;
use super::file::{File, Level, LevelStage};
use super::json::Json;
use super::model::{Cell, Model};
use super::stage::StageKind;
use super::worked;
use crate::Message;
use crate::json::Value;

/// The levels by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Show,
    Complete,
    Solo,
    Mix,
}

pub(super) const LEVELS: [Name; 4] = [Name::Show, Name::Complete, Name::Solo, Name::Mix];

impl Name {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Complete => "complete",
            Self::Solo => "solo",
            Self::Mix => "mix",
        }
    }

    pub(super) fn read(name: &str) -> Result<Self, Message> {
        let found = LEVELS.into_iter().find(|level| level.name() == name);
        let known = LEVELS.into_iter().map(Self::name);
        found.ok_or_else(|| super::unknown("exercise.no-level", name, known))
    }

    pub(super) fn spec(self, file: &File) -> Option<&Level> {
        let levels = file.levels.as_ref()?;
        match self {
            Self::Show => levels.show.as_ref(),
            Self::Complete => levels.complete.as_ref(),
            Self::Solo => levels.solo.as_ref(),
            Self::Mix => levels.mix.as_ref(),
        }
    }
}

/// The levels that an exercise has: none without `levels`; `mix` only where it is described.
pub(super) fn available(file: &File) -> Vec<&'static str> {
    if file.levels.is_none() {
        return Vec::new();
    }
    let has = |level: &Name| *level != Name::Mix || level.spec(file).is_some();
    LEVELS.into_iter().filter(has).map(Name::name).collect()
}

/// Something that a learner fills: a cell, or the one answer of a stage without cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Cell(Cell),
    Whole(usize),
}

impl Open {
    /// What answers call it.
    pub(super) fn name(self, model: &Model) -> String {
        match self {
            Self::Cell(cell) => model.name_of(cell),
            Self::Whole(stage) => {
                let whole = model.stage(stage).and_then(super::stage::Stage::whole);
                whole.unwrap_or_default().to_owned()
            }
        }
    }

    /// Marks to be had.
    pub(super) fn marks(self, it: &Evaluator<'_>) -> f64 {
        match self {
            Self::Cell(cell) => {
                let Some(column) = it.spec(cell) else { return 1.0 };
                if column.is_own() {
                    return 0.0;
                }
                let own = column.common.marks;
                own.unwrap_or_else(|| column.kind.of().marks(it.rule(cell).as_ref()))
            }
            Self::Whole(stage) => match it.model.stage(stage).map(|stage| &stage.kind) {
                Some(StageKind::Quiz(quiz)) if quiz.question.is_unscored() => 0.0,
                Some(StageKind::Quiz(quiz)) => quiz.question.marks,
                _ => 1.0,
            },
        }
    }
}

/// What is shown and what is open, stage by stage.
pub(super) struct Shown {
    pub(super) level: Option<Name>,
    pub(super) variant: Option<String>,
    pub(super) with: Vec<String>,
    pub(super) own_data: bool,
    /// What the learner fills.
    pub(super) open: Vec<Vec<Open>>,
    /// The rows (or periods) that appear; all, if none are named.
    rows: Vec<Option<Vec<String>>>,
}

impl Shown {
    pub(super) fn new(it: &Evaluator<'_>, level: Option<Name>, variant: Option<&str>) -> Self {
        let file = &it.model.file;
        let spec = level.and_then(|level| level.spec(file));
        let (mut open, mut rows) = (Vec::new(), Vec::new());
        for (at, stage) in file.stages.iter().enumerate() {
            let of_stage = spec.and_then(|spec| spec.stages.get(stage.id()));
            open.push(find_open(it, at, level, of_stage));
            rows.push(of_stage.and_then(|spec| Some(spec.rows.as_ref()?.0.clone())));
        }
        Self {
            level,
            variant: variant.map(str::to_owned),
            with: spec.map(|spec| spec.with.clone()).unwrap_or_default(),
            own_data: spec.is_some_and(|spec| spec.own_data == Some(true)),
            open,
            rows,
        }
    }

    /// Rows that do not appear at this level are left out; but where an open cell works on all
    /// rows (a rank, a sum) they are kept, worked.
    pub(super) fn filter(&self, it: &Evaluator<'_>, at: usize, face: &mut Json) {
        let Some(names) = &self.rows[at] else { return };
        let named = |id: &str| names.iter().any(|name| name == id);
        if let Some(pipeline) = it.model.pipeline(at)
            && pipeline.periods.iter().any(|period| named(period))
        {
            let periods = pipeline.periods.iter().filter(|period| named(period));
            face.put("periods", super::json::texts(periods.map(String::as_str)));
            return;
        }
        let needed = self.needs_all(it, at);
        for key in ["rows", "items"] {
            let Some(Value::Array(rows)) = face.get_mut(key) else { continue };
            let id =
                |row: &Value| row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            rows.retain(|row| needed || named(&id(row)));
            for row in rows.iter_mut().filter(|row| !named(&id(row))) {
                if let Value::Object(row) = row {
                    row.insert("worked".to_owned(), Value::Bool(true));
                }
            }
        }
    }

    fn needs_all(&self, it: &Evaluator<'_>, at: usize) -> bool {
        self.open[at].iter().any(|open| match open {
            Open::Cell(cell) => it.spec(*cell).is_some_and(|column| column.kind.of().over_rows()),
            Open::Whole(_) => false,
        })
    }

    /// At a level, the cells that are not open are shown with their values, texts, reasons and
    /// steps.
    pub(super) fn fill(&self, it: &Evaluator<'_>, at: usize, face: &mut Json) {
        let Some(level) = self.level else { return };
        let (mut shown, mut texts, mut why) = (Json::new(), Json::new(), Json::new());
        let mut steps = Vec::new();
        let needed = self.needs_all(it, at);
        for cell in worked::all_cells(it, at) {
            let open = self.open[at].contains(&Open::Cell(cell));
            // Working columns appear where everything does.
            let asked = it.model.asked(cell) || level == Name::Show;
            if open || !asked || !(needed || appears(it.model, cell, self.rows[at].as_deref())) {
                continue;
            }
            let Some(value) = it.rule(cell) else { continue };
            let name = it.model.name_of(cell);
            texts.put(&name, worked::text(it, cell, &value));
            shown.put(&name, value.json());
            why.text(&name, worked::reason(it, cell).as_deref());
            steps.extend(it.spec(cell).and_then(|column| worked::step(it, cell, column, &value)));
        }
        if let (Some(stage), true) = (it.model.stage(at), self.open[at].is_empty())
            && let Some(whole) = stage.whole()
        {
            let mut solution = worked::Solution::default();
            stage.kind.of().worked(it, at, &mut solution);
            if let Some(answer) = solution.results.get_mut(whole) {
                shown.put(whole, answer.take());
            }
        }
        face.put("shown", shown).put("texts", texts).put("why", why).list("steps", steps);
    }
}

/// Whether a cell belongs to the rows (or periods) that appear; results always do.
fn appears(model: &Model, cell: Cell, rows: Option<&[String]>) -> bool {
    let (Some(rows), Some(row)) = (rows, cell.row) else { return true };
    let (row, period) = dimensions(model, cell, row);
    let named = |name: &str| rows.iter().any(|it| it == name);
    match model.pipeline(cell.stage) {
        Some(pipeline) if pipeline.periods.iter().any(|period| named(period)) => named(period),
        _ => named(row),
    }
}

/// The two names of a cell that stands in a row: of the row, and of the column or period.
fn dimensions(model: &Model, cell: Cell, row: usize) -> (&str, &str) {
    let column = match model.pipeline(cell.stage) {
        Some(pipeline) => pipeline.periods.get(cell.column).map_or("", String::as_str),
        None => model.column(cell).map_or("answer", Column::id),
    };
    (model.row_id(cell.stage, row), column)
}

fn find_open(
    it: &Evaluator<'_>,
    at: usize,
    level: Option<Name>,
    spec: Option<&LevelStage>,
) -> Vec<Open> {
    let model = it.model;
    let blank = spec.and_then(|spec| spec.blank.as_ref()).map(|names| names.0.as_slice());
    if let Some(whole) = model.stage(at).and_then(super::stage::Stage::whole) {
        let open = match (blank, level) {
            (Some(names), _) => names.iter().any(|name| name == whole),
            (None, level) => level != Some(Name::Show),
        };
        return if open { vec![Open::Whole(at)] } else { Vec::new() };
    }
    let rows = spec.and_then(|spec| spec.rows.as_ref()).map(|names| names.0.as_slice());
    let mut cells = worked::all_cells(it, at);
    cells.retain(|cell| model.asked(*cell) && (level.is_none() || appears(model, *cell, rows)));
    match (level, blank) {
        (None, _) => {}
        (Some(_), Some(names)) => cells.retain(|cell| is_blank(model, *cell, names)),
        (Some(Name::Show), None) => cells.clear(),
        (Some(Name::Complete), None) => {
            // Backward fading: the last two columns or results.
            let mut columns: Vec<(bool, usize)> = Vec::new();
            for cell in &cells {
                let key = (cell.row.is_none(), cell.column);
                if !columns.contains(&key) {
                    columns.push(key);
                }
            }
            let last = columns.split_off(columns.len().saturating_sub(2));
            cells.retain(|cell| last.contains(&(cell.row.is_none(), cell.column)));
        }
        (Some(Name::Solo | Name::Mix), None) => {}
    }
    cells.into_iter().map(Open::Cell).collect()
}

/// Whether `blank` leaves a cell open: named rows × named columns; only columns = all rows, only
/// rows = all columns.
fn is_blank(model: &Model, cell: Cell, names: &[String]) -> bool {
    let full = model.name_of(cell);
    let Some(row) = cell.row else { return names.contains(&full) };
    let (row, column) = dimensions(model, cell, row);
    // A part is named `column.part`; a column that has a value per item stands for all of them.
    let parted = model.column(cell).is_some_and(|it| it.kind.of().per().is_none());
    let column = match cell.item {
        Some(_) if parted => worked::after_row(&full),
        _ => column,
    };
    let named = |wanted: &str| names.iter().any(|name| name == wanted);
    let table = model.table_of(cell.stage).map(|(_, table)| table);
    let is_row = |name: &String| table.is_some_and(|table| table.position(name).is_some());
    let is_result = |name: &String| model.named_result(cell.stage, name).is_some();
    let rows = names.iter().any(is_row);
    let columns = names.iter().any(|name| !is_row(name) && !is_result(name));
    (rows || columns) && (!rows || named(row)) && (!columns || named(column))
}
