//! `flags`: all rules that hold, or all rows of a table that meet a condition.

use super::{
    At, Cell, Check, Choices, Column, Condition, Entry, Evaluator, Faulty, Json, Kind, Message,
    Model, Names, Rule, Val, Writer, keys,
};

keys! {
    /// All rules that hold, or all rows of `over` that meet `when`.
    Flags {
        /// Rules in order.
        rules: Vec<Rule>,
        /// The table gone through.
        over: Option<String>,
        /// What its rows must meet.
        when: Option<Condition>,
    }
}

impl Flags {
    fn fired<'a>(&'a self, it: &'a Evaluator<'_>, at: At) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.holds(it, at))
    }
}

impl Kind for Flags {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let Some(over) = &self.over else {
            return Some(Val::Set(self.fired(it, at).map(|rule| rule.id().to_owned()).collect()));
        };
        let places = it.items(over, at).into_iter().zip(it.model.table(over)?.ids());
        let fired = places.filter(|(place, _)| it.meets(self.when.as_ref(), *place));
        Some(Val::Set(fired.map(|(_, id)| id.to_owned()).collect()))
    }

    fn names(&self, names: &mut Names<'_>) {
        self.rules.iter().for_each(|rule| rule.names(names));
        names.through(self.over.as_deref(), &mut |names| names.condition(self.when.as_ref()));
    }

    fn entry<'a>(&'a self, _: &'a Model, _: &'a Column) -> Entry<'a> {
        let rules = Choices::Rules(&self.rules);
        Entry { input: "set", choices: self.over.as_deref().map_or(rules, Choices::Table) }
    }

    fn card(&self, writer: &Writer<'_, '_>, column: &Column, card: &mut Json) {
        card.list("rules", self.rules.iter().map(|rule| rule.card(writer, column)).collect());
        if let Some(when) = &self.when {
            card.put("formula", writer.inside(self.over.as_deref()).condition(when));
        }
    }

    fn reason(&self, it: &Evaluator<'_>, cell: Cell) -> Option<String> {
        let fired = self.fired(it, it.at(cell));
        let texts = fired.filter_map(|rule| rule.why.as_deref().or(rule.title.as_deref()));
        let texts: Vec<&str> = texts.collect();
        (!texts.is_empty()).then(|| texts.join(" · "))
    }
}

impl Faulty for Flags {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, _: bool) {
        check.per(self.over.as_deref(), place);
        if self.over.is_some() != self.rules.is_empty() {
            check.error(place, Message::new("exercise.rules-or-over"));
        }
        for (at, _) in self.rules.iter().enumerate().filter(|(_, rule)| rule.id.is_none()) {
            let place = format!("{place}.rules[{at}]");
            check.error(&place, Message::new("exercise.flag-without-id"));
        }
    }
}
