//! Mistakes that authors know (practice format §7), recognised from what a learner entered. They
//! fire only on cells that are not the expert's.

use super::{Mark, answer_to, credit};
use crate::json::{Map, Value};
use crate::practice::arithmetic::{self, Scope};
use crate::practice::cells::Cells;
use crate::practice::condition::Condition;
use crate::practice::eval::{At, Evaluator, Target};
use crate::practice::file::Mistake;
use crate::practice::json::{self, Json};
use crate::practice::model::Cell;
use crate::practice::stage::Stage;
use crate::practice::value::Val;
use crate::practice::worked;
use std::cell::RefCell;

/// A mistake of a `bins` stage that takes one bin for another: its feedback and its credit.
pub(super) fn confused(stage: &Stage, key: &str, given: &str, mark: &mut Mark) {
    if key == given {
        return;
    }
    let Some(mistake) = stage.common.mistakes.iter().find(|it| takes_for(it, key, given)) else {
        return;
    };
    mark.feedback = Some(mistake.feedback.clone());
    if let Some(credit) = mistake.credit.filter(|credit| *credit > 0.0) {
        mark.credit = credit.min(1.0) * mark.max;
        mark.state = "near";
    }
}

fn takes_for(mistake: &Mistake, key: &str, given: &str) -> bool {
    let mut pairs = mistake.confused.iter();
    pairs.any(|pair| (pair.0 == key && pair.1 == given) || (pair.1 == key && pair.0 == given))
}

/// The mistakes of a stage that were made, each with the cells that show it.
pub(super) fn find(
    expert: &Evaluator<'_>,
    own: &Evaluator<'_>,
    cells: &Cells,
    at: usize,
    answers: &Value,
    marks: &[Mark],
) -> Vec<Value> {
    let stage = &expert.model.file.stages[at];
    let search = Search { expert, own, cells, answers, stage: at, marks, used: RefCell::default() };
    let found = stage.common.mistakes.iter().filter_map(|mistake| {
        let cells = if let Some(when) = &mistake.when {
            search.entered(when)
        } else if let Some(set) = &mistake.set {
            search.wrong_rule(set, &mistake.shows)
        } else {
            search.confused(mistake)
        };
        (!cells.is_empty()).then(|| {
            let mut json = Json::new();
            json.put("id", mistake.id.as_str()).put("title", mistake.title.as_str());
            json.put("feedback", mistake.feedback.as_str());
            json.put("cells", json::texts(cells.iter().map(String::as_str))).take()
        })
    });
    found.collect()
}

/// What mistakes are looked for in.
struct Search<'a, 'm> {
    expert: &'a Evaluator<'m>,
    own: &'a Evaluator<'m>,
    cells: &'a Cells,
    answers: &'a Value,
    stage: usize,
    marks: &'a [Mark],
    /// Names of the learner's cells that a condition looked at.
    used: RefCell<Vec<String>>,
}

impl Search<'_, '_> {
    /// The cells that make a condition hold on what was entered.
    fn entered(&self, when: &Condition) -> Vec<String> {
        let at = At { stage: self.stage, row: None, item: None };
        let Condition::AnyRow(inner) = when else { return self.holding(when, at) };
        let rows = self.expert.rows(self.stage);
        rows.iter().flat_map(|row| self.holding(inner, At { row: Some(*row), ..at })).collect()
    }

    fn holding(&self, when: &Condition, at: At) -> Vec<String> {
        self.used.borrow_mut().clear();
        if !arithmetic::holds(self, when, at) {
            return Vec::new();
        }
        let mut found = self.used.take();
        // What is only the learner's is never right or wrong: it shows a mistake by itself.
        let tells = |name: &String| {
            let mark = self.marks.iter().find(|mark| mark.name == *name);
            mark.is_some_and(|mark| mark.wrong || mark.state == "own")
        };
        found.retain(tells);
        found
    }

    /// Entered cells whose value is what the wrong rule gives, from the expert's or the learner's
    /// own values, and not what the right one does.
    fn wrong_rule(&self, set: &Map<String, Value>, shows: &[String]) -> Vec<String> {
        let model = self.expert.model;
        let shown = |cell: &Cell, name: &str| {
            let column = model.column(*cell).map(super::super::column::Column::id);
            shows.iter().any(|it| *it == name || column == Some(it.as_str()) && cell.item.is_none())
        };
        let wrong = |name: &str| self.marks.iter().any(|mark| mark.name == name && mark.wrong);
        let entered: Vec<(Cell, String)> = worked::all_cells(self.expert, self.stage)
            .into_iter()
            .map(|cell| (cell, model.name_of(cell)))
            .filter(|(cell, name)| self.cells.has(*cell) && shown(cell, name) && wrong(name))
            .collect();
        if entered.is_empty() {
            return Vec::new();
        }
        let values =
            |copy: &Evaluator<'_>| entered.iter().map(|(cell, _)| copy.rule(*cell)).collect();
        let mut found = Vec::new();
        for view in [self.expert, self.own] {
            let given = view.in_copy(set, &values);
            for ((cell, name), wrong) in entered.iter().zip(given) {
                let right = view.rule(*cell);
                let entered = self.cells.get(*cell).cloned().flatten();
                let meets =
                    |other: Option<&Val>| credit(self.expert, *cell, wrong.as_ref(), other) >= 1.0;
                if meets(entered.as_ref()) && !meets(right.as_ref()) && !found.contains(name) {
                    found.push(name.clone());
                }
            }
        }
        found
    }

    /// Items put into the bin that theirs is taken for.
    fn confused(&self, mistake: &Mistake) -> Vec<String> {
        let mut found = Vec::new();
        for cell in worked::all_cells(self.expert, self.stage) {
            if let (Some(Some(Val::Text(given))), Some(Val::Text(key))) =
                (self.cells.get(cell), self.expert.rule(cell))
                && *given != key
                && takes_for(mistake, &key, given)
            {
                found.push(self.expert.model.name_of(cell));
            }
        }
        found
    }
}

impl Scope for Search<'_, '_> {
    fn name(&self, name: &str, at: At) -> Option<Val> {
        let model = self.expert.model;
        let stage = model.stage(at.stage)?;
        if stage.whole() == Some(name) {
            self.used.borrow_mut().push(name.to_owned());
            return Val::literal(answer_to(self.answers, stage, name));
        }
        match self.expert.resolve(name, at)? {
            Target::Cell(cell) if self.cells.has(cell) => {
                if cell.stage == self.stage {
                    self.used.borrow_mut().push(model.name_of(cell));
                }
                self.cells.get(cell).cloned().flatten()
            }
            Target::Cell(cell)
                if cell.stage == self.stage
                    && self.marks.iter().any(|mark| mark.name == model.name_of(cell)) =>
            {
                None
            }
            target => self.own.read(&target),
        }
    }

    fn evaluator(&self) -> &Evaluator<'_> {
        self.expert
    }
}
