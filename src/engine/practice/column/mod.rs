//! The kinds of columns and results, each in its file: its keys, what it works out, which names
//! it uses, how it is entered, its line on the formula card, its faults.

mod bands;
mod calc;
mod flags;
mod highest;
mod judged;
mod lookup;
mod own;
mod pick;
mod rank;
mod rules;
pub(in crate::practice) mod share;
mod steps;
mod top;
mod what_if;

pub use bands::Bands;
pub use calc::Calc;
pub use flags::Flags;
pub use highest::Highest;
pub use judged::Judged;
pub use lookup::Lookup;
pub use own::Own;
pub use pick::Pick;
pub use rank::Rank;
pub use rules::Rules;
pub use share::Share;
pub use steps::Steps;
pub use top::Top;
pub use what_if::WhatIf;

pub(in crate::practice) use judged::per_face;

use super::check::Check;
use super::condition::Condition;
use super::eval::{At, Evaluator};
use super::expr::Expr;
use super::file::{FieldType, row_id, row_name};
use super::formula::Writer;
use super::json::{self, Json};
use super::model::{Cell, Model};
use super::names::Names;
use super::read::{Faults, One, keys, kinds, maps, note, words};
use super::value::Val;
use crate::Message;
use crate::json::Value;

keys! {
    /// What all columns and results share.
    Common {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// Its unit.
        unit: Option<String>,
        /// Decimals shown; 2 if absent.
        decimals: Option<u8>,
        /// `percent`: shown, entered and compared × 100.
        shown_as "as": Option<ShownAs>,
        /// In shown units; default half of the last shown decimal.
        tolerance: Option<f64>,
        /// Marks per cell; a pick's default to the number to be picked.
        marks: Option<f64>,
        /// `false`: a working column, neither asked nor graded.
        ask: Option<bool>,
        /// The value when there is none: a literal, or arithmetic.
        instead "else": Option<Else>,
        /// Credit one step off on a label's scale.
        near: Option<f64>,
        /// The table whose ids it holds.
        within "in": Option<String>,
    }
}

words! {
    /// How numbers are shown.
    ShownAs {
        /// Shown, entered and compared × 100.
        Percent "percent",
    }
}

/// The value when there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Else {
    /// A number, text or id.
    Literal(Value),
    /// Worked out.
    Arithmetic(Expr),
}

impl One for Else {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        match value {
            Value::Object(_) => Expr::one(value, place, faults).map(Self::Arithmetic),
            literal => Value::one(literal, place, faults).map(Self::Literal),
        }
    }

    fn none() -> Self {
        Self::Literal(Value::Null)
    }

    #[cfg(feature = "schema")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Value::schema(generator)
    }
}

impl Common {
    /// The value when there is none.
    pub(super) fn otherwise(&self, it: &Evaluator<'_>, at: At) -> Option<Val> {
        match self.instead.as_ref()? {
            Else::Literal(literal) => Val::literal(literal),
            Else::Arithmetic(expr) => it.number(expr, at).map(Val::Number),
        }
    }
}

kinds! {
    /// A column (a value in every row) or a result (one value for the stage).
    Column: Common, ColumnKind as Kind + Faulty {
        Judged "judged" judged,
        Own "own" own,
        Calc "calc" calc,
        Bands "bands" bands,
        Lookup "lookup" lookup,
        Rules "rules" rules,
        Flags "flags" flags,
        Highest "highest" highest,
        Steps "steps" steps,
        Top "top" top,
        Rank "rank" rank,
        Share "share" share,
        Pick "pick" pick,
        WhatIf "what_if" what_if,
    }
}

/// What a kind of column can do.
pub(in crate::practice) trait Kind {
    /// Works out a cell.
    fn value(&self, it: &Evaluator<'_>, column: &Column, cell: Cell) -> Option<Val>;

    /// Hands over every name that it uses.
    fn names(&self, names: &mut Names<'_>);

    /// How it is entered and what may be chosen.
    fn entry<'a>(&'a self, model: &'a Model, column: &'a Column) -> Entry<'a>;

    /// Its line on the formula card.
    fn card(&self, _writer: &Writer<'_, '_>, _column: &Column, _card: &mut Json) {}

    /// What else its face has.
    fn face(&self, _it: &Evaluator<'_>, _at: At, _face: &mut Json) {}

    /// The arithmetic that its formula is written from.
    fn formula(&self) -> Option<&Expr> {
        None
    }

    /// Why a cell has its value.
    fn reason(&self, _it: &Evaluator<'_>, _cell: Cell) -> Option<String> {
        None
    }

    /// The table for each row of which it has a value.
    fn per(&self) -> Option<&str> {
        None
    }

    /// The part of that name.
    fn part(&self, _name: &str) -> Option<usize> {
        None
    }

    /// Whether the learner fills the cell itself (no item), or one of its items or parts.
    fn asks(&self, item: Option<usize>) -> bool {
        self.per().is_none() == item.is_none()
    }

    /// Whether it works on all rows at once.
    fn over_rows(&self) -> bool {
        false
    }

    /// Marks by default.
    fn marks(&self, _expected: Option<&Val>) -> f64 {
        1.0
    }

    /// Credit for a set, 0 to 1.
    fn set_credit(&self, given: &[String], right: &[String]) -> f64 {
        f1(given, right)
    }
}

/// What can be wrong with a kind of column. A trait of its own, so that engine.wasm, which never
/// checks, carries none of it.
pub(in crate::practice) trait Faulty {
    /// What is wrong with it; `result` = it stands among the results.
    fn faults(&self, _check: &mut Check<'_>, _column: &Column, _place: &str, _result: bool) {}
}

/// F1 = 2 · hits ÷ (chosen + right); both empty = 1.
#[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
fn f1(given: &[String], right: &[String]) -> f64 {
    if given.is_empty() && right.is_empty() {
        return 1.0;
    }
    2.0 * hits(given, right) as f64 / (given.len() + right.len()) as f64
}

fn hits(given: &[String], right: &[String]) -> usize {
    given.iter().filter(|id| right.contains(id)).count()
}

/// How a column is entered, and what may be chosen.
pub(in crate::practice) struct Entry<'a> {
    /// `number`, `text`, `texts`, `yes_no`, `label`, `set` or `pick`.
    pub(in crate::practice) input: &'static str,
    /// What may be chosen.
    pub(in crate::practice) choices: Choices<'a>,
}

/// What may be chosen in a label, set or pick.
pub(in crate::practice) enum Choices<'a> {
    /// Nothing: it is typed.
    None,
    /// Rows of a table.
    Table(&'a str),
    /// Rows of the stage.
    Rows,
    /// Literals.
    Words(Vec<&'a Value>),
    /// Rules by their ids.
    Rules(&'a [Rule]),
}

impl<'a> Entry<'a> {
    fn number() -> Self {
        Self { input: "number", choices: Choices::None }
    }

    /// An entry of a declared type.
    fn typed(holds: FieldType, within: Option<&'a str>) -> Self {
        let input = match holds {
            FieldType::Number => "number",
            FieldType::Text => "text",
            FieldType::Texts => "texts",
            FieldType::YesNo => "yes_no",
            FieldType::Label => "label",
            FieldType::Set => "set",
        };
        Self { input, choices: within.map_or(Choices::None, Choices::Table) }
    }

    /// An entry of something that is computed: a label of `in`, if the column has one, else one
    /// of some literals, else a number.
    fn computed(column: &'a Column, literals: Vec<&'a Value>) -> Self {
        if let Some(within) = &column.common.within {
            return Self { input: "label", choices: Choices::Table(within) };
        }
        if literals.iter().all(|literal| literal.is_number()) {
            return Self::number();
        }
        Self { input: "label", choices: Choices::Words(literals) }
    }
}

impl Column {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.common.id
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.common.title.as_deref().unwrap_or(self.id())
    }

    /// Decimals shown.
    pub(in crate::practice) fn decimals(&self) -> u8 {
        self.common.decimals.unwrap_or(2)
    }

    /// Whether it is shown × 100.
    pub(in crate::practice) fn percent(&self) -> bool {
        self.common.shown_as.is_some()
    }

    /// Whether the learner fills it at all.
    pub(in crate::practice) fn asked(&self) -> bool {
        self.common.ask.unwrap_or(true)
    }

    /// Whether it is only the learner's.
    pub(in crate::practice) fn is_own(&self) -> bool {
        matches!(self.kind, ColumnKind::Own(_))
    }

    pub(in crate::practice) fn entry<'a>(&'a self, model: &'a Model) -> Entry<'a> {
        self.kind.of().entry(model, self)
    }

    /// The table whose ids it holds, in the order of that table.
    pub(in crate::practice) fn within<'a>(&'a self, model: &'a Model) -> Option<&'a str> {
        match self.entry(model).choices {
            Choices::Table(name) => Some(name),
            _ => None,
        }
    }

    /// What may be chosen: `{id, name}`.
    pub(in crate::practice) fn options(&self, it: &Evaluator<'_>, stage: usize) -> Vec<Value> {
        match self.entry(it.model).choices {
            Choices::None => Vec::new(),
            Choices::Table(name) => {
                let rows = it.model.table(name).into_iter().flat_map(|table| &table.rows);
                rows.map(|row| json::named(row_id(row), row_name(row))).collect()
            }
            Choices::Rows => {
                let rows = it.rows(stage);
                let rows = rows.iter().filter_map(|row| it.model.row(stage, *row));
                rows.map(|row| json::named(row_id(row), row_name(row))).collect()
            }
            Choices::Words(words) => {
                let mut seen: Vec<&str> = Vec::new();
                for text in words.into_iter().filter_map(|word| word.as_str()) {
                    if !seen.contains(&text) {
                        seen.push(text);
                    }
                }
                seen.into_iter().map(|text| json::named(text, text)).collect()
            }
            Choices::Rules(rules) => {
                rules.iter().map(|rule| json::named(rule.id(), rule.name())).collect()
            }
        }
    }

    /// What an id that it holds is called.
    pub(in crate::practice) fn name_of(
        &self,
        it: &Evaluator<'_>,
        stage: usize,
        id: &str,
    ) -> String {
        let row = match self.entry(it.model).choices {
            Choices::Table(name) => it.model.table(name),
            Choices::Rows => it.model.table_of(stage).map(|(_, table)| table),
            Choices::Rules(rules) => {
                let rule = rules.iter().find(|rule| rule.id() == id);
                return rule.map_or(id, Rule::name).to_owned();
            }
            _ => None,
        };
        row.and_then(|table| table.row(id)).map_or(id, row_name).to_owned()
    }
}

keys! {
    /// A rule of `rules` or `flags`.
    Rule {
        /// Its id (in `flags`).
        id: Option<String>,
        /// When it holds; always, if absent.
        when: Option<Condition>,
        /// What it gives.
        give: Option<Value>,
        /// The name whose value it gives.
        take: Option<String>,
        /// Its level (for `highest`).
        level: Option<String>,
        /// What it is called.
        title: Option<String>,
        /// What to do when it fires.
        action: Option<String>,
        /// The reason.
        why: Option<String>,
    }
}

maps! { Rule }

impl Rule {
    pub(in crate::practice) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// What it is called: its title, else its reason, else its id.
    pub(in crate::practice) fn name(&self) -> &str {
        self.title.as_deref().or(self.why.as_deref()).unwrap_or(self.id())
    }

    fn holds(&self, it: &Evaluator<'_>, at: At) -> bool {
        it.meets(self.when.as_ref(), at)
    }

    fn names(&self, names: &mut Names<'_>) {
        names.condition(self.when.as_ref());
        names.name(self.take.as_deref());
    }

    /// Its line on the formula card.
    fn card(&self, writer: &Writer<'_, '_>, column: &Column) -> Value {
        let mut card = Json::new();
        card.text("id", self.id.as_deref());
        if let Some(when) = &self.when {
            card.put("when", writer.condition(when));
        }
        match (&self.give, &self.take) {
            (Some(give), _) => {
                card.put("give", writer.give(column, give));
            }
            (None, Some(name)) => {
                card.put("give", writer.title(name));
            }
            (None, None) => {}
        }
        card.text("why", self.why.as_deref().or(self.title.as_deref()));
        card.text("action", self.action.as_deref());
        card.take()
    }
}

/// One key of a sort order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortKey {
    /// `id`: natural order of ids.
    Id,
    /// The highest first.
    High(String),
    /// The lowest first.
    Low(String),
}

impl One for SortKey {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        let name = |key: &str| {
            let map = value.as_object().filter(|map| map.len() == 1)?;
            map.get(key)?.as_str().map(str::to_owned)
        };
        if value.as_str() == Some("id") {
            return Some(Self::Id);
        }
        let found = name("high").map(Self::High).or_else(|| name("low").map(Self::Low));
        if found.is_none() {
            note(faults, place, Message::new("shape.sort-key"));
        }
        found
    }

    fn none() -> Self {
        Self::Id
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let key = |name: &str| {
            serde_json::json!({
                "type": "object", "properties": { name: {"type": "string"} },
                "required": [name], "additionalProperties": false
            })
        };
        schemars::json_schema!({"anyOf": [
            {"type": "string", "enum": ["id"]}, key("high"), key("low")
        ]})
    }
}
