//! An exercise file: title, values, tables, stages, levels, variants, own data.

use super::read::{Dict, Faults, One, keys, maps, note, words};
use super::stage::Stage;
use crate::Message;
use crate::json::{Map, Value};
use crate::question::Question;

keys! {
    /// One exercise file.
    File {
        /// The exercise's title.
        title: String,
        /// What it is about; Markdown.
        intro: Option<String>,
        /// Titles of the `values`, for formulas and variant notes.
        titles: Dict<String>,
        /// Named parameters: numbers, or maps of numbers that serve as weights.
        values: Dict<Parameter>,
        /// Everything that comes in rows.
        data: Dict<Table>,
        /// The stages in the order worked.
        stages (must): Vec<Stage>,
        /// Fading: `show`, `complete`, `solo`, `mix`.
        levels: Option<Levels>,
        /// The same exercise with other parameters.
        variants: Vec<Variant>,
        /// What a learner's own table brings.
        own_data: Option<OwnData>,
        /// Figures quoted in prose, by path.
        expect: Option<Expected>,
    }
}

/// A named parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    /// A number.
    Number(f64),
    /// Numbers by id, for instance weights.
    Numbers(Dict<f64>),
}

impl One for Parameter {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        match value {
            Value::Object(_) => Dict::one(value, place, faults).map(Self::Numbers),
            _ => f64::one(value, place, faults).map(Self::Number),
        }
    }

    fn none() -> Self {
        Self::Number(0.0)
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"anyOf": [
            {"type": "number"},
            {"type": "object", "additionalProperties": {"type": "number"}}
        ]})
    }
}

keys! {
    /// Records, scales, items, bins: everything that comes in rows.
    Table {
        /// Declared fields.
        fields: Vec<Field>,
        /// Rows, each with a unique `id`; their order is the order of a scale, lowest first.
        rows (must): Vec<Map<String, Value>>,
    }
}

impl Table {
    /// The place of the row with that id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row_id(row) == id)
    }

    /// The row with that id.
    pub(super) fn row(&self, id: &str) -> Option<&Map<String, Value>> {
        self.rows.get(self.position(id)?)
    }

    /// The declared field of that name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// Ids of the rows in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(row_id)
    }
}

/// A row's id; empty when it has none.
pub fn row_id(row: &Map<String, Value>) -> &str {
    row.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// What a row is called: its name, else its id.
pub fn row_name(row: &Map<String, Value>) -> &str {
    let named = row.get("name").and_then(Value::as_str);
    named.unwrap_or_else(|| row_id(row))
}

keys! {
    /// One declared field of a table.
    Field {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// Its unit.
        unit: Option<String>,
        /// Decimals shown.
        decimals: Option<u8>,
        /// CSV headers accepted besides id and title.
        headers: Vec<String>,
        /// What it holds.
        kind "type": Option<FieldType>,
        /// The table whose ids a `label` or `set` holds.
        within "in": Option<String>,
        /// One number for each row of this table.
        per: Option<String>,
    }
}

impl Field {
    /// What it is called.
    pub(super) fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }

    /// What it holds.
    pub(super) fn holds(&self) -> FieldType {
        self.kind.unwrap_or(FieldType::Number)
    }
}

words! {
    /// What a field, or a judged or own column, holds.
    FieldType {
        /// A number.
        Number "number",
        /// A text.
        Text "text",
        /// Several texts.
        Texts "texts",
        /// true or false.
        YesNo "yes_no",
        /// The id of one row of a table.
        Label "label",
        /// Ids of rows of a table.
        Set "set",
    }
}

keys! {
    /// A typical mistake and what to say about it.
    Mistake {
        /// Its id.
        id: String,
        /// What it is called.
        title: String,
        /// What to say; Markdown.
        feedback: String,
        /// Credit for it (bins).
        credit: Option<f64>,
        /// Pairs taken for each other, either way round (bins).
        confused: Vec<Pair>,
        /// What the learner entered.
        when: Option<super::condition::Condition>,
        /// The wrong rule.
        set: Option<Map<String, Value>>,
        /// What the wrong rule shows in: cells, columns or results.
        shows: Vec<String>,
    }
}

/// Two bins that are taken for each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pair(pub String, pub String);

impl One for Pair {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        let pair = value.as_array().map(Vec::as_slice);
        if let Some([Value::String(one), Value::String(other)]) = pair {
            return Some(Self(one.clone(), other.clone()));
        }
        note(faults, place, Message::new("shape.pair"));
        None
    }

    fn none() -> Self {
        Self::default()
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2})
    }
}

keys! {
    /// A picture of the learner's own work.
    Figure {
        /// quadrants, bars, ladder, radar, budget or board.
        kind: FigureKind,
        /// The column drawn.
        of: Option<String>,
        /// Thresholds: numbers or names.
        lines: Vec<super::expr::Expr>,
        /// The column that groups.
        groups: Option<String>,
        /// The column drawn before.
        before: Option<String>,
        /// What must add up.
        total: Option<super::expr::Expr>,
    }
}

words! {
    /// Kinds of figures.
    FigureKind {
        /// Bins as a board.
        Quadrants "quadrants",
        /// A bar for each row.
        Bars "bars",
        /// Rows on a scale.
        Ladder "ladder",
        /// A strip or radar of `per` numbers.
        Radar "radar",
        /// Parts of a total.
        Budget "budget",
        /// Who stands where, period by period.
        Board "board",
    }
}

impl FigureKind {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Quadrants => "quadrants",
            Self::Bars => "bars",
            Self::Ladder => "ladder",
            Self::Radar => "radar",
            Self::Budget => "budget",
            Self::Board => "board",
        }
    }
}

keys! {
    /// Levels of fading, from everything shown to nothing.
    Levels {
        /// Everything worked, with its reasons.
        show: Option<Level>,
        /// The last steps open.
        complete: Option<Level>,
        /// Everything open, on rows not shown before.
        solo: Option<Level>,
        /// Mixed with other exercises, or on own data.
        mix: Option<Level>,
    }
}

keys! {
    /// One level of fading.
    Level {
        /// The variant worked on.
        variant: Option<String>,
        /// What appears and what is open, by stage.
        stages: Dict<LevelStage>,
        /// A question before the work, whatever its kind: which tool does which case need?
        tool: Option<Question>,
        /// Exercises mixed in.
        with: Vec<String>,
        /// Whether it is worked on the learner's own data.
        own_data: Option<bool>,
    }
}

keys! {
    /// What a level shows of a stage.
    LevelStage {
        /// Only these records (or periods) appear.
        rows: Option<Names>,
        /// Names of rows, periods, columns, results or parts.
        blank: Option<Names>,
    }
}

/// A list of names that may be missing, which is not the same as empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names(pub Vec<String>);

impl One for Names {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        let names = value.as_array().and_then(|list| {
            list.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        if names.is_none() {
            note(faults, place, Message::new("shape.list"));
        }
        names.map(Self)
    }

    fn none() -> Self {
        Self::default()
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "array", "items": {"type": "string"}})
    }
}

keys! {
    /// The same exercise with other parameters.
    Variant {
        /// Its id.
        id: String,
        /// What it is called.
        title: String,
        /// What is changed.
        set: Map<String, Value>,
        /// Figures that must come out.
        expect: Option<Expected>,
    }
}

/// Figures that must come out, by path; null where there must be none.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected(pub(super) Map<String, Value>);

impl One for Expected {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        Map::one(value, place, faults).map(Self)
    }

    fn none() -> Self {
        Self(Map::new())
    }

    /// Null as one of the values: elsewhere it is a value that was forgotten.
    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object", "additionalProperties": {"anyOf": [
            {"type": "number"},
            {"type": "boolean"},
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}},
            {"const": null}
        ]}})
    }
}

keys! {
    /// What a learner's own table brings.
    OwnData {
        /// The table it stands in for.
        table: String,
        /// The stages worked out.
        stages (must): Vec<String>,
        /// Fields that may be missing.
        optional: Vec<String>,
        /// Judged columns that the learner fills.
        entered: Vec<String>,
    }
}

maps! { File, Table, Field, Mistake, Figure, Levels, Level, LevelStage, Variant, OwnData }
