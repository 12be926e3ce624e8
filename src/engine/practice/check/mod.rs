//! Faults of an exercise that its shape alone does not show.

mod names;
mod parts;
mod sets;
mod titles;

use super::column::Column;
use super::eval::{At, Evaluator};
use super::file::{File, Table};
use super::model::Model;
use super::unknown;
use crate::json::{Map, Value};
use crate::{Message, Problem};

/// Collects what is wrong.
pub(super) struct Check<'m> {
    pub(super) model: &'m Model,
    found: Vec<Problem>,
    /// The stage that is looked at.
    stage: usize,
}

/// Everything wrong with an exercise that could be read.
pub(super) fn problems(model: &Model) -> Vec<Problem> {
    let mut check = Check { model, found: Vec::new(), stage: 0 };
    clashes(&mut check, &model.file);
    for (name, table) in &model.file.data.0 {
        parts::table(&mut check, name, table);
    }
    for (at, stage) in model.file.stages.iter().enumerate() {
        let place = format!("stages[{at}]");
        check.stage = at;
        if let Some(principle) = &stage.common.principle {
            check.inner(&format!("{place}.principle"), principle.problems());
        }
        stage.kind.faulty().faults(&mut check, at, &place);
        parts::figure(&mut check, at, &place);
        parts::mistakes(&mut check, at, &place);
    }
    parts::levels(&mut check);
    parts::own_data(&mut check);
    titles::missing(&mut check);
    titles::of_nothing(&mut check);
    names::unresolved(&mut check);
    let it = Evaluator::expert(model);
    let circles = super::depend::circles(&it);
    for key in &circles {
        check.error(&place_of(model, *key), Message::new("exercise.circle"));
    }
    // Figures of an exercise that has other faults would only repeat them.
    if !check.found.iter().any(|problem| !problem.warning) {
        sets::refusals(&mut check, &it);
        sets::variants(&mut check);
        if let Some(expected) = &model.file.expect {
            sets::expect(&mut check, model, &expected.0, "expect");
        }
    }
    check.found
}

/// Where a column stands in the file.
fn place_of(model: &Model, (stage, at, result): super::model::ColumnKey) -> String {
    if !result && model.columns(stage).is_empty() {
        return format!("stages[{stage}]");
    }
    format!("stages[{stage}].{}[{at}]", if result { "results" } else { "columns" })
}

/// `values`, tables and stages share one set of names.
fn clashes(check: &mut Check<'_>, file: &File) {
    let mut seen: Vec<&str> = Vec::new();
    let values = file.values.keys().map(|name| (format!("values.{name}"), name));
    let tables = file.data.keys().map(|name| (format!("data.{name}"), name));
    let stages = file.stages.iter().enumerate();
    let stages = stages.map(|(at, stage)| (format!("stages[{at}].id"), stage.id()));
    for (place, name) in values.chain(tables).chain(stages) {
        if seen.contains(&name) {
            check.error(&place, Message::new("exercise.name-taken").with("name", name));
        }
        seen.push(name);
        check.id(&place, name);
    }
    if file.stages.is_empty() {
        check.error("stages", Message::new("exercise.no-stages"));
    }
}

impl<'m> Check<'m> {
    pub(super) fn error(&mut self, place: &str, message: Message) {
        self.found.push(Problem { place: place.to_owned(), warning: false, message });
    }

    pub(super) fn warn(&mut self, place: &str, message: Message) {
        self.found.push(Problem { place: place.to_owned(), warning: true, message });
    }

    /// Dots join ids, so an id has none; nor white space, commas, colons and brackets.
    fn id(&mut self, place: &str, id: &str) {
        let bad = |c: char| c.is_whitespace() || ".,:{}[]".contains(c);
        if id.is_empty() || id.contains(bad) {
            self.error(place, Message::new("exercise.bad-id").with("id", id));
        }
    }

    /// Ids are good ones, and each stands once.
    pub(super) fn ids<'i>(&mut self, ids: impl Iterator<Item = &'i str>, place: &str) {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            self.id(place, id);
            if seen.contains(&id) {
                self.error(place, Message::new("exercise.id-twice").with("id", id));
            }
            seen.push(id);
        }
    }

    /// The table of that name; a fault if there is none.
    pub(super) fn table(&mut self, name: &str, place: &str) -> Option<&'m Table> {
        let table = self.model.table(name);
        if table.is_none() {
            self.error(place, unknown("exercise.no-table", name, self.model.file.data.keys()));
        }
        table
    }

    /// `per` or `over` name a table.
    pub(super) fn per(&mut self, per: Option<&str>, place: &str) {
        if let Some(per) = per {
            self.table(per, place);
        }
    }

    /// The rows of a stage come from a table or an earlier stage.
    pub(super) fn rows(&mut self, name: &str, at: usize, place: &str) {
        let earlier = self.model.stage_index(name).is_some_and(|earlier| earlier < at);
        if !earlier && self.model.table(name).is_none() {
            let stages = self.model.file.stages[..at].iter().map(super::stage::Stage::id);
            let known = self.model.file.data.keys().chain(stages);
            self.error(place, unknown("exercise.no-table", name, known));
        }
    }

    /// A label or set holds ids of its table.
    pub(super) fn member(&mut self, within: &str, value: &Value, place: &str) {
        let Some(table) = self.model.table(within) else { return };
        let one = std::slice::from_ref(value);
        for id in value.as_array().map_or(one, Vec::as_slice) {
            if id.as_str().is_none_or(|id| table.position(id).is_none()) {
                let shown = id.as_str().map_or_else(|| crate::json::written(id), str::to_owned);
                let message = unknown("exercise.not-in-table", &shown, table.ids());
                self.error(place, message.with("table", within));
            }
        }
    }

    /// A table has that field in its declaration or in some row.
    pub(super) fn field(&mut self, table: &str, field: &str, place: &str) {
        let Some(spec) = self.model.table(table) else { return };
        let written = spec.rows.iter().any(|row| row.contains_key(field));
        if !written && spec.field(field).is_none() {
            let known = spec.fields.iter().map(|field| field.id.as_str());
            self.error(place, unknown("exercise.unknown-field", field, known));
        }
    }

    pub(super) fn columns(&mut self, columns: &[Column], place: &str, results: bool) {
        for (at, column) in columns.iter().enumerate() {
            let place = format!("{place}.{}[{at}]", if results { "results" } else { "columns" });
            if let Some(within) = &column.common.within {
                self.table(within, &[&place, ".in"].concat());
            }
            column.kind.faulty().faults(self, column, &place, results);
        }
    }

    /// Where the names of the stage that is looked at are found.
    pub(super) fn sample(&self) -> At {
        super::depend::sample(self.model, self.stage, None)
    }

    /// A `set` fits the exercise.
    pub(super) fn set(&mut self, set: &Map<String, Value>, place: &str) {
        if let Err(message) = self.model.changed(set) {
            self.error(place, message);
        }
    }

    /// Problems of a question, at its place.
    pub(super) fn inner(&mut self, place: &str, problems: Vec<Problem>) {
        for problem in problems {
            let joined = problem.place.is_empty() || problem.place.starts_with('[');
            let dot = if joined { "" } else { "." };
            self.found.push(Problem { place: [place, dot, &problem.place].concat(), ..problem });
        }
    }
}
