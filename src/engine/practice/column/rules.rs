//! `rules`: the first rule that holds.

use super::{
    At, Cell, Check, Column, Entry, Evaluator, Faulty, Json, Kind, Message, Model, Names, Rule,
    Val, Writer, keys,
};
use crate::practice::arithmetic::Scope;

keys! {
    /// The first rule that holds.
    Rules {
        /// Rules in order.
        rules (must): Vec<Rule>,
    }
}

impl Rules {
    fn fired(&self, it: &Evaluator<'_>, at: At) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.holds(it, at))
    }
}

impl Kind for Rules {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let rule = self.fired(it, at)?;
        match (&rule.give, &rule.take) {
            (Some(literal), _) => Val::literal(literal),
            (None, Some(name)) => it.name(name, at),
            (None, None) => None,
        }
    }

    fn names(&self, names: &mut Names<'_>) {
        self.rules.iter().for_each(|rule| rule.names(names));
    }

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::computed(column, self.rules.iter().filter_map(|rule| rule.give.as_ref()).collect())
    }

    fn card(&self, writer: &Writer<'_, '_>, column: &Column, card: &mut Json) {
        card.list("rules", self.rules.iter().map(|rule| rule.card(writer, column)).collect());
    }

    fn reason(&self, it: &Evaluator<'_>, cell: Cell) -> Option<String> {
        self.fired(it, it.at(cell))?.why.clone()
    }
}

impl Faulty for Rules {
    fn faults(&self, check: &mut Check<'_>, column: &Column, place: &str, _: bool) {
        for (at, rule) in self.rules.iter().enumerate() {
            let place = format!("{place}.rules[{at}]");
            if rule.give.is_some() == rule.take.is_some() {
                check.error(&place, Message::new("exercise.give-or-take"));
            }
            if let (Some(within), Some(give)) = (&column.common.within, &rule.give) {
                check.member(within, give, &[&place, ".give"].concat());
            }
        }
    }
}
