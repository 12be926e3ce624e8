//! `calc`: arithmetic.

use super::{
    At, Cell, Check, Column, Entry, Evaluator, Expr, Faulty, Json, Kind, Model, Names, Val, Writer,
    judged, keys,
};

keys! {
    /// Arithmetic.
    Calc {
        /// The arithmetic.
        value: Expr,
        /// One value for each row of this table.
        per: Option<String>,
    }
}

impl Kind for Calc {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        crate::practice::arithmetic::value(it, &self.value, it.at(cell))
    }

    fn names(&self, names: &mut Names<'_>) {
        names.through(self.per.as_deref(), &mut |names| names.expr(&self.value));
    }

    fn entry<'a>(&'a self, model: &'a Model, column: &'a Column) -> Entry<'a> {
        // A single name may stand for a label, a set or yes and no.
        if let (Expr::Name(name), None) = (&self.value, &column.common.within)
            && let Some(field) = model.only_field(name)
        {
            return Entry::typed(field.holds(), field.within.as_deref());
        }
        Entry::computed(column, Vec::new())
    }

    fn card(&self, writer: &Writer<'_, '_>, _: &Column, card: &mut Json) {
        card.put("formula", writer.rule(&self.value));
    }

    fn face(&self, it: &Evaluator<'_>, _: At, face: &mut Json) {
        judged::per_face(it, self.per.as_deref(), face);
    }

    fn formula(&self) -> Option<&Expr> {
        Some(&self.value)
    }

    fn per(&self) -> Option<&str> {
        self.per.as_deref()
    }

    fn over_rows(&self) -> bool {
        self.value.over_rows()
    }
}

impl Faulty for Calc {
    fn faults(&self, check: &mut Check<'_>, _: &Column, place: &str, _: bool) {
        check.per(self.per.as_deref(), place);
    }
}
