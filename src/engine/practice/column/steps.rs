//! `steps`: how far a climb goes without a break.

use super::{
    Cell, Check, Column, Entry, Evaluator, Faulty, Json, Kind, Message, Model, Names, Val, Writer,
    keys, row_id, row_name,
};
use crate::practice::arithmetic::Scope;

keys! {
    /// How far the climb goes without a break; a row of `in`, which has one row more.
    Steps {
        /// The set of steps taken.
        of: String,
        /// The table of steps.
        climb: String,
        /// A set; each element takes one step back.
        less: Option<String>,
    }
}

impl Kind for Steps {
    fn value(&self, it: &Evaluator<'_>, column: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let Val::Set(taken) = it.name(&self.of, at)? else { return None };
        let climb = it.model.table(&self.climb)?.ids();
        let reached = climb.take_while(|step| taken.iter().any(|id| id == step)).count();
        let less = match self.less.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => match it.name(name, at)? {
                Val::Set(ids) => ids.len(),
                _ => 0,
            },
            None => 0,
        };
        let scale = it.model.table(column.common.within.as_deref()?)?;
        let row = scale.rows.get(reached.saturating_sub(less))?;
        Some(Val::Text(row_id(row).to_owned()))
    }

    fn names(&self, names: &mut Names<'_>) {
        names.name(Some(&self.of));
        names.name(self.less.as_deref().filter(|name| !name.is_empty()));
    }

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::computed(column, Vec::new())
    }

    fn card(&self, writer: &Writer<'_, '_>, column: &Column, card: &mut Json) {
        let less = self.less.as_deref().filter(|name| !name.is_empty());
        let less = less.map(|name| [" − #", &writer.title(name)].concat());
        let of = writer.title(&self.of);
        card.put("formula", [&of, less.as_deref().unwrap_or_default()].concat());
        let model = writer.model();
        let within = column.common.within.as_deref().and_then(|name| model.table(name));
        let (Some(climb), Some(scale)) = (model.table(&self.climb), within) else { return };
        let steps = scale.rows.iter().enumerate().map(|(at, row)| {
            let needed = climb.rows.iter().take(at).map(row_name).collect::<Vec<_>>().join(" + ");
            Json::new().put("of", needed).put("give", row_name(row)).take()
        });
        card.list("lookup", steps.collect());
    }
}

impl Faulty for Steps {
    fn faults(&self, check: &mut Check<'_>, column: &Column, place: &str, _: bool) {
        let climb = check.table(&self.climb, &[place, ".climb"].concat()).map(|it| it.rows.len());
        let Some(within) = column.common.within.as_deref() else {
            check.error(place, Message::new("exercise.needs-in"));
            return;
        };
        let scale = check.model.table(within).map(|table| table.rows.len());
        if let (Some(climb), Some(scale)) = (climb, scale)
            && scale != climb + 1
        {
            let message = Message::new("exercise.climb").with("climb", climb).with("scale", scale);
            check.error(&[place, ".in"].concat(), message);
        }
    }
}
