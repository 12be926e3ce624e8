//! Formulas written back from the trees: with titles for the rule, with numbers for the working.

use super::arithmetic::Scope;
use super::column::{Column, SortKey};
use super::condition::{Condition, Test};
use super::eval::{At, Evaluator, Item, Target};
use super::expr::{Expr, Operator};
use super::file::{Parameter, row_name};
use super::model::Model;
use super::stage::Pipeline;
use super::value::{Val, shown};
use crate::json::{Map, Value};

/// Writes formulas and conditions for one place.
pub(super) struct Writer<'a, 'm> {
    pub(super) it: &'a Evaluator<'m>,
    pub(super) at: At,
    /// The pipeline whose facts and counters have titles of their own.
    pipeline: Option<&'a Pipeline>,
}

type Leaf<'a, 'm> = dyn Fn(&Writer<'a, 'm>, &str) -> String;

impl<'a, 'm> Writer<'a, 'm> {
    pub(super) fn new(it: &'a Evaluator<'m>, at: At) -> Self {
        Self { it, at, pipeline: None }
    }

    pub(super) fn of_pipeline(it: &'a Evaluator<'m>, stage: usize, pipeline: &'a Pipeline) -> Self {
        let at = At { stage, row: Some(0), item: None };
        Self { it, at, pipeline: Some(pipeline) }
    }

    /// The same inside a table that is gone through.
    pub(super) fn inside(&self, over: Option<&str>) -> Self {
        let table = over.and_then(|over| self.model().file.data.place(over));
        let item = table.map(|table| Item { table, row: 0 }).or(self.at.item);
        Self { it: self.it, at: At { item, ..self.at }, pipeline: self.pipeline }
    }

    /// The same at the first row, which tells what columns and fields are called.
    fn in_rows(&self) -> Self {
        let at = At { row: self.at.row.or(Some(0)), ..self.at };
        Self { it: self.it, at, pipeline: self.pipeline }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.it.model
    }

    /// Arithmetic with titles alone.
    pub(super) fn rule(&self, expr: &Expr) -> String {
        self.expr(expr, &Writer::title, false)
    }

    /// Arithmetic with numbers put in.
    pub(super) fn numbers(&self, expr: &Expr) -> String {
        self.expr(expr, &Writer::number, false)
    }

    /// What arithmetic comes to.
    pub(super) fn value(&self, expr: &Expr) -> String {
        self.it.number(expr, self.at).map_or_else(|| "?".to_owned(), |it| shown(it, 9, false))
    }

    /// A sort order: arrows for high and low first.
    pub(super) fn order(&self, keys: &[SortKey]) -> String {
        let key = |key: &SortKey| match key {
            SortKey::Id => "id".to_owned(),
            SortKey::High(name) => [&self.title(name), " ↓"].concat(),
            SortKey::Low(name) => [&self.title(name), " ↑"].concat(),
        };
        keys.iter().map(key).collect::<Vec<_>>().join(" → ")
    }

    /// What a literal that a column gives is called.
    pub(super) fn give(&self, column: &Column, give: &Value) -> String {
        match Val::literal(give) {
            Some(Val::Text(id)) => column.name_of(self.it, self.at.stage, &id),
            other => other.as_ref().map_or_else(String::new, show),
        }
    }

    /// What a field of a table is called.
    pub(super) fn field_title(&self, table: &str, field: &str) -> String {
        let field_of = self.model().table(table).and_then(|table| table.field(field));
        field_of.map_or_else(|| self.title(field), |field| field.title().to_owned())
    }

    /// A cell of a table as people read it.
    pub(super) fn cell_text(&self, table: &str, row: &Map<String, Value>, field: &str) -> String {
        let Some(value) = row.get(field).and_then(Val::literal) else { return "—".to_owned() };
        let field = self.model().table(table).and_then(|table| table.field(field));
        let within = field.and_then(|field| self.model().table(field.within.as_deref()?));
        let name =
            |id: &str| within.and_then(|table| table.row(id)).map_or(id, row_name).to_owned();
        match &value {
            Val::Number(number) => {
                shown(*number, field.and_then(|field| field.decimals).unwrap_or(9), false)
            }
            Val::Text(id) => name(id),
            Val::Set(ids) => ids.iter().map(|id| name(id)).collect::<Vec<_>>().join(" · "),
            Val::Bool(_) => show(&value),
        }
    }

    /// What an event tells: a fact's or field's title and its value.
    pub(super) fn told(&self, name: &str, value: &Value) -> String {
        let title = self.title(name);
        match Val::literal(value) {
            Some(Val::Bool(true)) => title,
            Some(_) => [&title, " = ", &self.literal(name, value)].concat(),
            None => [&title, " = ?"].concat(),
        }
    }

    /// What a name is called.
    pub(super) fn title(&self, name: &str) -> String {
        let model = self.model();
        if let Some(pipeline) = self.pipeline {
            let facts = pipeline.facts.iter().map(|it| (&it.id, &it.title));
            let counters = pipeline.counters.iter().map(|it| (&it.id, &it.title));
            if let Some((_, title)) = facts.chain(counters).find(|(id, _)| *id == name) {
                return title.as_deref().unwrap_or(name).to_owned();
            }
        }
        let title = match self.it.resolve(name, self.at) {
            Some(Target::Cell(cell)) => {
                model.column(cell).and_then(|column| column.common.title.as_deref())
            }
            Some(Target::Field { table, field, .. } | Target::Entry { table, field, .. }) => {
                let table = model.file.data.0.get(table);
                let field = table.and_then(|(_, table)| table.field(&field));
                // `field.item` is one entry of a field that is `per` a table: its item is named.
                let per = field.and_then(|field| model.table(field.per.as_deref()?));
                let item = name.rsplit_once('.').and_then(|(_, item)| per?.row(item));
                let title = field.and_then(|field| field.title.as_deref());
                if let (Some(title), Some(item)) = (title, item) {
                    return [title, "·", row_name(item)].concat();
                }
                title
            }
            Some(Target::Moves { stage, step, first, .. }) => {
                let step = model.pipeline(stage).and_then(|it| it.moves.get(step));
                let title = step.and_then(|step| step.title.as_deref());
                match title {
                    Some(title) if first => return [title, "·1"].concat(),
                    title => title,
                }
            }
            // A column of another stage that the row at hand has no part in.
            Some(Target::Nothing) => name.split_once('.').and_then(|(stage, rest)| {
                let cell = model.named_cell(model.stage_index(stage)?, rest, Some(0))?;
                model.column(cell)?.common.title.as_deref()
            }),
            _ => model.file.titles.get(name).map(String::as_str),
        };
        title.unwrap_or_else(|| name.rsplit('.').next().unwrap_or(name)).to_owned()
    }

    /// What a name's value is.
    fn number(&self, name: &str) -> String {
        self.it.name(name, self.at).map_or_else(|| "?".to_owned(), |value| show(&value))
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
                Operator::Mean => {
                    wrap(["(", &each(list).join(" + "), ") ÷ ", &list.len().to_string()].concat())
                }
                Operator::Min => format!("min({})", self.flat(list, leaf)),
                Operator::Max => format!("max({})", self.flat(list, leaf)),
                Operator::Round => format!("round({})", self.flat(list, leaf)),
                Operator::Abs => format!("|{}|", self.flat(list, leaf)),
                Operator::Sqrt => format!("√({})", self.flat(list, leaf)),
            },
            Expr::Many(operator, operand, over) => {
                let sign = match operator {
                    Operator::Sum => "Σ",
                    Operator::Mean => "mean",
                    Operator::Min => "min",
                    _ => "max",
                };
                // Over many rows there is no one number to put in for a name.
                let writer = self.in_rows().inside(over.over.as_deref());
                [sign, "(", &writer.rule(operand), ")"].concat()
            }
            Expr::Weighted(name) => wrap(self.weighted(name, leaf)),
            Expr::Count(of, over) => match (&over.only, of.as_str()) {
                (Some(only), "rows") => ["#(", &self.in_rows().condition(only), ")"].concat(),
                (_, "rows") => "#".to_owned(),
                _ => ["#", &leaf(self, of)].concat(),
            },
        }
    }

    fn flat(&self, list: &[Expr], leaf: &Leaf<'a, 'm>) -> String {
        list.iter().map(|it| self.expr(it, leaf, false)).collect::<Vec<_>>().join("; ")
    }

    fn weighted(&self, name: &str, leaf: &Leaf<'a, 'm>) -> String {
        let Some(Parameter::Numbers(weights)) = self.model().file.values.get(name) else {
            return name.to_owned();
        };
        let terms = weights.0.iter();
        let terms =
            terms.map(|(id, weight)| format!("{} × {}", leaf(self, id), shown(*weight, 9, false)));
        terms.collect::<Vec<_>>().join(" + ")
    }

    /// A condition in titles and signs.
    pub(super) fn condition(&self, it: &Condition) -> String {
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
        match self.it.resolve(name, self.at) {
            Some(Target::Number(number)) => shown(number, 9, false),
            _ => self.title(name),
        }
    }

    /// A literal by what its id is called on the scale of the name it is compared with.
    fn literal(&self, name: &str, value: &Value) -> String {
        if let (Some(table), Some(id)) = (self.it.scale(name, self.at), value.as_str())
            && let Some(row) = table.row(id)
        {
            return row_name(row).to_owned();
        }
        Val::literal(value).map_or_else(String::new, |value| show(&value))
    }
}

/// A value without its column, in at most four decimals.
pub(super) fn show(value: &Val) -> String {
    match value {
        Val::Number(number) => shown(*number, 4, false),
        Val::Text(text) => text.clone(),
        Val::Bool(flag) => if *flag { "✓" } else { "✗" }.to_owned(),
        Val::Set(ids) => ids.join(" · "),
    }
}
