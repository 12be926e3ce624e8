//! Which names a column uses: for what feeds what, and for names that resolve to nothing.

use super::column::SortKey;
use super::condition::{Condition, Test};
use super::expr::{Expr, Over};
use super::stage::Pipeline;

/// One use of a name: the name, and the table that is gone through where it is used.
pub(super) type Use = (String, Option<String>);

/// Collects uses of names.
pub(super) struct Names<'a> {
    found: &'a mut Vec<Use>,
    over: Option<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(found: &'a mut Vec<Use>) -> Self {
        Self { found, over: None }
    }

    /// Collects inside a table that is gone through.
    pub(super) fn through(&mut self, over: Option<&str>, inside: &mut dyn FnMut(&mut Names<'_>)) {
        let over = over.map(str::to_owned).or_else(|| self.over.clone());
        inside(&mut Names { found: self.found, over });
    }

    pub(super) fn name(&mut self, name: Option<&str>) {
        self.found.extend(name.map(|name| (name.to_owned(), self.over.clone())));
    }

    /// A whole field of a table, whatever the row.
    pub(super) fn field(&mut self, table: &str, field: Option<&str>) {
        self.found.push(([table, ".*.", field.unwrap_or("*")].concat(), None));
    }

    pub(super) fn expr(&mut self, it: &Expr) {
        match it {
            Expr::Number(_) => {}
            Expr::Name(name) | Expr::Weighted(name) => self.name(Some(name)),
            Expr::Operation(_, list) => list.iter().for_each(|it| self.expr(it)),
            Expr::Many(_, operand, over) => self.many(over, &mut |names| names.expr(operand)),
            Expr::Count(of, over) => {
                if of != "rows" {
                    self.name(Some(of));
                }
                let over =
                    Over { over: Some(of.clone()).filter(|of| of != "rows"), ..over.clone() };
                self.many(&over, &mut |_| {});
            }
        }
    }

    fn many(&mut self, over: &Over, inside: &mut dyn FnMut(&mut Names<'_>)) {
        self.through(over.over.as_deref(), &mut |names| {
            inside(names);
            if let Some(only) = &over.only {
                names.condition(Some(only));
            }
            names.name(over.by.as_deref());
        });
    }

    pub(super) fn condition(&mut self, it: Option<&Condition>) {
        let Some(it) = it else { return };
        it.visit(&mut |name, test| {
            self.name(Some(name));
            match test {
                Test::From(it) | Test::Below(it) | Test::Above(it) | Test::UpTo(it) => {
                    self.expr(it);
                }
                Test::SameAs(name) | Test::In(name) => self.name(Some(name)),
                _ => {}
            }
        });
    }

    pub(super) fn sort(&mut self, keys: &[SortKey]) {
        for key in keys {
            match key {
                SortKey::High(name) | SortKey::Low(name) => self.name(Some(name)),
                SortKey::Id => {}
            }
        }
    }

    /// What a pipeline uses, but for its own facts and counters.
    pub(super) fn pipeline(&mut self, it: &Pipeline) {
        it.places.iter().filter_map(|place| place.slots.as_ref()).for_each(|it| self.expr(it));
        let before = self.found.len();
        it.counters.iter().for_each(|counter| self.condition(Some(&counter.during)));
        for step in &it.moves {
            self.condition(step.when.as_ref());
            self.sort(&step.by);
        }
        let own = |name: &str| {
            it.facts.iter().any(|fact| fact.id == name)
                || it.counters.iter().any(|counter| counter.id == name)
        };
        let mut at = before;
        while at < self.found.len() {
            if own(&self.found[at].0) {
                self.found.remove(at);
            } else {
                at += 1;
            }
        }
    }
}
