//! Formulas written back from the trees: with titles for the rule, with numbers for the working.

use super::eval::{At, Evaluator, Target};
use super::expr::{Condition, Expr, Operator, Test};
use super::model::{Column, Parameter, SortKey};
use super::value::{Val, shown};
use serde_json::Value;

/// The formula of a computed column with titles and with numbers; other kinds have none.
pub(super) fn of_column(
    evaluator: &Evaluator<'_>,
    column: &Column,
    at: &At,
) -> Option<(String, String)> {
    let expr = match column {
        Column::Calc(spec) => &spec.value,
        Column::Bands(spec) => &spec.of,
        _ => return None,
    };
    let writer = Writer { evaluator, at };
    Some((writer.expr(expr, &Writer::title, false), writer.expr(expr, &Writer::number, false)))
}

/// The formula with titles alone, for the rule card.
pub(super) fn rule(evaluator: &Evaluator<'_>, expr: &Expr, at: &At) -> String {
    let writer = Writer { evaluator, at };
    writer.expr(expr, &Writer::title, false)
}

/// A condition in titles and signs.
pub(super) fn condition(evaluator: &Evaluator<'_>, it: &Condition, at: &At) -> String {
    Writer { evaluator, at }.condition(it)
}

/// A sort order: arrows for high and low first.
pub(super) fn order(evaluator: &Evaluator<'_>, keys: &[SortKey], at: &At) -> String {
    let writer = Writer { evaluator, at };
    let key = |key: &SortKey| match key {
        SortKey::Id(_) => "id".to_owned(),
        SortKey::High { high } => format!("{} ↓", writer.title(high)),
        SortKey::Low { low } => format!("{} ↑", writer.title(low)),
    };
    keys.iter().map(key).collect::<Vec<_>>().join(" → ")
}

struct Writer<'a, 'm> {
    evaluator: &'a Evaluator<'m>,
    at: &'a At,
}

type Leaf<'a, 'm> = dyn Fn(&Writer<'a, 'm>, &str) -> String;

impl<'a, 'm> Writer<'a, 'm> {
    /// What a name is called.
    fn title(&self, name: &str) -> String {
        let model = self.evaluator.model;
        let value_title = |name: &str| model.file.titles.get(name).cloned();
        let title = match self.evaluator.resolve(name, self.at) {
            Some(Target::Cell(cell)) => self
                .evaluator
                .spec(cell)
                .and_then(|column| column.shared().title)
                .map(str::to_owned),
            Some(Target::Field { table, field, .. } | Target::Entry { table, field, .. }) => {
                model.file.data.get(table).and_then(|table| table.field(&field)?.title.clone())
            }
            _ => value_title(name),
        };
        title.unwrap_or_else(|| name.rsplit('.').next().unwrap_or(name).to_owned())
    }

    /// What a name's value is.
    fn number(&self, name: &str) -> String {
        self.evaluator.name(name, self.at).map_or_else(|| "?".to_owned(), |value| show(&value))
    }

    fn expr(&self, expr: &Expr, leaf: &Leaf<'a, 'm>, inner: bool) -> String {
        let each = |list: &[Expr]| -> Vec<String> {
            list.iter().map(|it| self.expr(it, leaf, true)).collect()
        };
        let wrap = |text: String| if inner { format!("({text})") } else { text };
        match expr {
            Expr::Number(number) => shown(*number, 9, false),
            Expr::Name(name) => leaf(self, name),
            Expr::Operation(operator, list) => match operator {
                Operator::Sum => wrap(each(list).join(" + ")),
                Operator::Product => wrap(each(list).join(" × ")),
                Operator::Minus => wrap(each(list).join(" − ")),
                Operator::Ratio => wrap(each(list).join(" ÷ ")),
                Operator::Mean => wrap(format!("({}) ÷ {}", each(list).join(" + "), list.len())),
                Operator::Min => format!("min({})", self.flat(list, leaf)),
                Operator::Max => format!("max({})", self.flat(list, leaf)),
                Operator::Round => format!("round({})", self.flat(list, leaf)),
                Operator::Abs => format!("|{}|", self.flat(list, leaf)),
                Operator::Sqrt => format!("√({})", self.flat(list, leaf)),
            },
            Expr::Many(operator, operand, _) => {
                let sign = match operator {
                    Operator::Sum => "Σ",
                    Operator::Mean => "mean",
                    Operator::Min => "min",
                    _ => "max",
                };
                // Over many rows there is no one number to put in for a name.
                format!("{sign}({})", self.expr(operand, &Writer::title, false))
            }
            Expr::Weighted(name) => wrap(self.weighted(name, leaf)),
            Expr::Count(of, _) => {
                format!("#{}", if of == "rows" { of.clone() } else { leaf(self, of) })
            }
        }
    }

    fn flat(&self, list: &[Expr], leaf: &Leaf<'a, 'm>) -> String {
        list.iter().map(|it| self.expr(it, leaf, false)).collect::<Vec<_>>().join("; ")
    }

    fn weighted(&self, name: &str, leaf: &Leaf<'a, 'm>) -> String {
        let Some(Parameter::Numbers(weights)) = self.evaluator.model.file.values.get(name) else {
            return name.to_owned();
        };
        let terms = weights.0.iter();
        let terms =
            terms.map(|(id, weight)| format!("{} × {}", leaf(self, id), shown(*weight, 9, false)));
        terms.collect::<Vec<_>>().join(" + ")
    }

    fn condition(&self, it: &Condition) -> String {
        let join = |list: &[Condition], word: &str| {
            list.iter().map(|it| self.condition(it)).collect::<Vec<_>>().join(word)
        };
        match it {
            Condition::All(list) => join(list, " ∧ "),
            Condition::Any(list) => format!("({})", join(list, " ∨ ")),
            Condition::Not(one) => format!("¬({})", self.condition(one)),
            Condition::AnyRow(one) => format!("∃ {}", self.condition(one)),
            Condition::Test(name, test) => self.test(name, test),
        }
    }

    fn test(&self, name: &str, test: &Test) -> String {
        let title = self.title(name);
        let sign = |sign: &str, expr: &Expr| {
            format!("{title} {sign} {}", self.expr(expr, &Writer::title_and_value, false))
        };
        let literal = |value: &Value| self.literal(name, value);
        let list = |values: &[Value]| values.iter().map(literal).collect::<Vec<_>>().join(", ");
        match test {
            Test::Is(value) => format!("{title} = {}", literal(value)),
            Test::All(tests) => {
                tests.iter().map(|test| self.test(name, test)).collect::<Vec<_>>().join(" ∧ ")
            }
            Test::From(expr) => sign("≥", expr),
            Test::Below(expr) => sign("<", expr),
            Test::Above(expr) => sign(">", expr),
            Test::UpTo(expr) => sign("≤", expr),
            Test::OneOf(values) => format!("{title} ∈ {{{}}}", list(values)),
            Test::Has(value) => format!("{title} ∋ {}", literal(value)),
            Test::Lacks(value) => format!("{title} ∌ {}", literal(value)),
            Test::Empty(true) => format!("{title} = ∅"),
            Test::Empty(false) => format!("{title} ≠ ∅"),
            Test::Mentions(texts) => format!("{title} ∋ {}", texts.join(" / ")),
            Test::SameAs(other) => format!("{title} = {}", self.title(other)),
            Test::In(other) => format!("{title} ∈ {}", self.title(other)),
            Test::Not(test) => format!("¬({})", self.test(name, test)),
            Test::Missing(true) => format!("{title} = ?"),
            Test::Missing(false) => format!("{title} ≠ ?"),
        }
    }

    /// A parameter by its value, anything else by its title.
    fn title_and_value(&self, name: &str) -> String {
        match self.evaluator.resolve(name, self.at) {
            Some(Target::Number(number)) => shown(number, 9, false),
            _ => self.title(name),
        }
    }

    /// A literal by what its id is called on the scale of the name it is compared with.
    fn literal(&self, name: &str, value: &Value) -> String {
        let scale = self.evaluator.scale(name, self.at);
        let table = scale.and_then(|table| self.evaluator.model.file.data.get(table));
        if let (Some(table), Some(id)) = (table, value.as_str())
            && let Some(row) = table.position(id)
        {
            return super::model::row_name(&table.rows[row]).to_owned();
        }
        Val::literal(value).map_or_else(String::new, |value| show(&value))
    }
}

/// A value without its column, in at most four decimals.
fn show(value: &Val) -> String {
    match value {
        Val::Number(number) => shown(*number, 4, false),
        Val::Text(text) => text.clone(),
        Val::Bool(flag) => if *flag { "✓" } else { "✗" }.to_owned(),
        Val::Set(ids) => ids.join(" · "),
    }
}
