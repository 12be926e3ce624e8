//! `highest`: the highest level among fired rules.

use super::{
    At, Cell, Check, Column, ColumnKind, Entry, Evaluator, Faulty, Json, Kind, Message, Model,
    Names, Rule, Val, Value, Writer, keys, row_id,
};
use crate::practice::arithmetic::Scope;
use crate::practice::eval::Target;

keys! {
    /// The highest level among fired rules; none fired = the first row of `in`.
    Highest {
        /// A `flags` column.
        of: String,
    }
}

impl Highest {
    /// The rules whose levels it goes by.
    fn rules<'m>(&self, it: &Evaluator<'m>, at: At) -> Option<&'m [Rule]> {
        let Target::Cell(cell) = it.resolve(&self.of, at)? else { return None };
        match &it.model.column(cell)?.kind {
            ColumnKind::Flags(flags) => Some(&flags.rules),
            _ => None,
        }
    }
}

impl Kind for Highest {
    fn value(&self, it: &Evaluator<'_>, column: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let Val::Set(fired) = it.name(&self.of, at)? else { return None };
        let scale = it.model.table(column.common.within.as_deref()?)?;
        let rules = self.rules(it, at)?.iter();
        let rules = rules.filter(|rule| fired.iter().any(|id| id == rule.id()));
        let highest = rules.filter_map(|rule| scale.position(rule.level.as_deref()?)).max();
        scale.rows.get(highest.unwrap_or(0)).map(|row| Val::Text(row_id(row).to_owned()))
    }

    fn names(&self, names: &mut Names<'_>) {
        names.name(Some(&self.of));
    }

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::computed(column, Vec::new())
    }

    /// Which rule stands for which level, by their titles.
    fn card(&self, writer: &Writer<'_, '_>, column: &Column, card: &mut Json) {
        card.put("formula", ["max(", &writer.title(&self.of), ")"].concat());
        let rules = self.rules(writer.it, writer.at).unwrap_or_default();
        let line = |rule: &Rule| {
            let level = rule.level.as_deref()?;
            let level = column.name_of(writer.it, writer.at.stage, level);
            let name = Some(rule.name().to_owned()).filter(|name| name != rule.id());
            let when = || Some(writer.condition(rule.when.as_ref()?));
            let mut line = Json::new();
            line.put("id", rule.id()).text("when", name.or_else(when).as_deref());
            Some(line.put("give", level).take())
        };
        card.list("rules", rules.iter().filter_map(line).collect());
    }
}

impl Faulty for Highest {
    fn faults(&self, check: &mut Check<'_>, column: &Column, place: &str, _: bool) {
        let Some(within) = column.common.within.as_deref() else {
            check.error(place, Message::new("exercise.needs-in"));
            return;
        };
        let it = Evaluator::expert(check.model);
        let at = check.sample();
        match self.rules(&it, at) {
            Some(rules) => {
                for level in rules.iter().filter_map(|rule| rule.level.as_ref()) {
                    check.member(within, &Value::String(level.clone()), place);
                }
            }
            None => check.error(&[place, ".of"].concat(), Message::new("exercise.of-flags")),
        }
    }
}
