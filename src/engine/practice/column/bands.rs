//! `bands`: `give[k]`, k = how many cuts are ≤ the number.

use super::{
    Cell, Check, Column, Entry, Evaluator, Expr, Faulty, Json, Kind, Message, Model, Names, Val,
    Value, Writer, keys,
};
use crate::practice::value::compare;

keys! {
    /// `give[k]`, k = how many cuts are ≤ the number.
    Bands {
        /// The number.
        of: Expr,
        /// Rising cuts.
        cuts (must): Vec<Expr>,
        /// One more than cuts.
        give (must): Vec<Value>,
    }
}

impl Bands {
    /// The lowest and the highest number it can give.
    pub(in crate::practice) fn ends(&self) -> Option<(f64, f64)> {
        let mut numbers = self.give.iter().filter_map(Value::as_f64);
        let first = numbers.next()?;
        Some(numbers.fold((first, first), |(low, high), it| (low.min(it), high.max(it))))
    }
}

impl Kind for Bands {
    fn value(&self, it: &Evaluator<'_>, _: &Column, cell: Cell) -> Option<Val> {
        let at = it.at(cell);
        let number = it.number(&self.of, at)?;
        let mut band = 0;
        for cut in &self.cuts {
            if compare(it.number(cut, at)?, number).is_le() {
                band += 1;
            }
        }
        self.give.get(band).and_then(Val::literal)
    }

    fn names(&self, names: &mut Names<'_>) {
        names.expr(&self.of);
        self.cuts.iter().for_each(|cut| names.expr(cut));
    }

    fn entry<'a>(&'a self, _: &'a Model, column: &'a Column) -> Entry<'a> {
        Entry::computed(column, self.give.iter().collect())
    }

    fn card(&self, writer: &Writer<'_, '_>, column: &Column, card: &mut Json) {
        card.put("formula", writer.rule(&self.of));
        let cuts: Vec<String> = self.cuts.iter().map(|cut| writer.value(cut)).collect();
        let bands = self.give.iter().enumerate().map(|(place, give)| {
            let mut band = Json::new();
            let from = place.checked_sub(1).and_then(|before| cuts.get(before));
            band.text("from", from.map(String::as_str));
            band.text("below", cuts.get(place).map(String::as_str));
            band.put("give", writer.give(column, give)).take()
        });
        card.list("bands", bands.collect());
    }

    fn formula(&self) -> Option<&Expr> {
        Some(&self.of)
    }

    fn over_rows(&self) -> bool {
        self.of.over_rows()
    }
}

impl Faulty for Bands {
    fn faults(&self, check: &mut Check<'_>, column: &Column, place: &str, _: bool) {
        if self.give.len() != self.cuts.len() + 1 {
            let message = Message::new("exercise.bands").with("cuts", self.cuts.len());
            check.error(&[place, ".give"].concat(), message.with("give", self.give.len()));
        }
        let numbers = self.cuts.iter().filter_map(|cut| match cut {
            Expr::Number(number) => Some(*number),
            _ => None,
        });
        let numbers: Vec<f64> = numbers.collect();
        if numbers.windows(2).any(|pair| compare(pair[0], pair[1]).is_ge()) {
            check.error(&[place, ".cuts"].concat(), Message::new("exercise.cuts-not-rising"));
        }
        if let Some(within) = &column.common.within {
            for (at, give) in self.give.iter().enumerate() {
                check.member(within, give, &format!("{place}.give[{at}]"));
            }
        }
    }
}
