//! The practice format as typed values. Derived readers are enough here: an exercise is read
//! from a JSON tree whose shape was checked at its place beforehand (see [`super::Exercise`]).

use super::expr::{Condition, Expr};
use crate::question::Question;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A map that keeps the order written.
#[derive(Debug, Clone, PartialEq)]
pub struct Dict<T>(pub Vec<(String, T)>);

impl<T> Default for Dict<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Dict<T> {
    /// The entry of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Names in the order written.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Dict<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
            type Value = Dict<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Dict<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Dict(entries))
            }
        }
        deserializer.deserialize_map(Visitor(std::marker::PhantomData))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Dict<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Dict_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let of = generator.subschema_for::<T>();
        schemars::json_schema!({"type": "object", "additionalProperties": of})
    }
}

/// One exercise file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The exercise's title.
    pub title: String,
    /// What it is about; Markdown.
    #[serde(default)]
    pub intro: String,
    /// Titles of the `values`, for formulas and variant notes.
    #[serde(default)]
    pub titles: Dict<String>,
    /// Named parameters: numbers, or maps of numbers that serve as weights.
    #[serde(default)]
    pub values: Dict<Parameter>,
    /// Everything that comes in rows.
    #[serde(default)]
    pub data: Dict<Table>,
    /// The stages in the order worked.
    pub stages: Vec<Stage>,
    /// Fading: `show`, `complete`, `solo`, `mix`.
    #[serde(default)]
    pub levels: Dict<Level>,
    /// The same exercise with other parameters.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// What a learner's own table brings.
    #[serde(default)]
    pub own_data: Option<OwnData>,
    /// Figures quoted in prose, by path.
    #[serde(default)]
    pub expect: Map<String, Value>,
}

/// A named parameter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Parameter {
    /// A number.
    Number(f64),
    /// Numbers by id, for instance weights.
    Numbers(Dict<f64>),
}

/// Records, scales, items, bins: everything that comes in rows.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Declared fields.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Rows, each with a unique `id`; their order is the order of a scale, lowest first.
    pub rows: Vec<Map<String, Value>>,
}

impl Table {
    /// The place of the row with that id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row_id(row) == id)
    }

    /// The declared field of that name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// A row's id; empty when it has none.
pub fn row_id(row: &Map<String, Value>) -> &str {
    row.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// What a row is called: its name, else its text, else its id.
pub fn row_name(row: &Map<String, Value>) -> &str {
    let named = row.get("name").and_then(Value::as_str);
    named.unwrap_or_else(|| row_id(row))
}

/// One declared field of a table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// Its unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// Decimals shown.
    #[serde(default)]
    pub decimals: Option<u8>,
    /// CSV headers accepted besides id and title.
    #[serde(default)]
    pub headers: Vec<String>,
    /// What it holds.
    #[serde(default, rename = "type")]
    pub kind: Option<FieldType>,
    /// The table whose ids a `label` or `set` holds.
    #[serde(default, rename = "in")]
    pub within: Option<String>,
    /// One number for each row of this table.
    #[serde(default)]
    pub per: Option<String>,
}

/// What a field, or a judged or own column, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// A number.
    Number,
    /// A text.
    Text,
    /// Several texts.
    Texts,
    /// true or false.
    YesNo,
    /// The id of one row of a table.
    Label,
    /// Ids of rows of a table.
    Set,
}

/// One key of a sort order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SortKey {
    /// `id`: natural order of ids.
    Id(IdWord),
    /// The highest first.
    High {
        /// A name.
        high: String,
    },
    /// The lowest first.
    Low {
        /// A name.
        low: String,
    },
}

/// The word `id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdWord {
    /// Natural order of ids.
    Id,
}

/// A rule of `rules` or `flags`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id (in `flags`).
    #[serde(default)]
    pub id: Option<String>,
    /// When it holds; always, if absent.
    #[serde(default)]
    pub when: Option<Condition>,
    /// What it gives.
    #[serde(default)]
    pub give: Option<Value>,
    /// The name whose value it gives.
    #[serde(default)]
    pub take: Option<String>,
    /// Its level (for `highest`).
    #[serde(default)]
    pub level: Option<String>,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// What to do when it fires.
    #[serde(default)]
    pub action: Option<String>,
    /// The reason.
    #[serde(default)]
    pub why: Option<String>,
}

/// `as: percent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShownAs {
    /// Shown, entered and compared × 100.
    Percent,
}

/// What all columns and results share.
#[derive(Debug, Clone, Copy)]
pub struct Shared<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: Option<&'a str>,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// Decimals shown.
    pub decimals: Option<u8>,
    /// Shown ×100.
    pub percent: bool,
    /// In shown units.
    pub tolerance: Option<f64>,
    /// Marks; a pick's default to the number to be picked.
    pub marks: Option<f64>,
    /// Whether the learner fills it.
    pub ask: bool,
    /// What it is when it has no value.
    pub otherwise: Option<&'a Value>,
    /// Credit for one step off.
    pub near: f64,
    /// The table whose ids it holds.
    pub within: Option<&'a str>,
}

fn yes() -> bool {
    true
}

/// Takes `kind` out of a map. serde's own tagged enums would read every kind through a second
/// kind of deserializer, which doubles the engine's size.
fn by_kind<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<(String, Map<String, Value>), D::Error> {
    let mut map = Map::deserialize(deserializer)?;
    match map.shift_remove("kind") {
        Some(Value::String(kind)) => Ok((kind, map)),
        _ => Err(serde::de::Error::missing_field("kind")),
    }
}

/// Reads what a kind has besides `kind`.
fn of_rest<T: serde::de::DeserializeOwned, E: serde::de::Error>(
    rest: Map<String, Value>,
) -> Result<T, E> {
    serde_json::from_value(Value::Object(rest)).map_err(E::custom)
}

macro_rules! columns {
    ($($(#[$about:meta])* $name:literal $variant:ident { $($(#[$note:meta])* $field:ident: $type:ty,)* })*) => {
        /// A column (a value in every row) or a result (one value for the stage).
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(tag = "kind"))]
        pub enum Column {
            $($(#[$about])* #[cfg_attr(feature = "schema", schemars(rename = $name))] $variant($variant),)*
        }

        impl<'de> Deserialize<'de> for Column {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (kind, rest) = by_kind(deserializer)?;
                match kind.as_str() {
                    $($name => of_rest(rest).map(Self::$variant),)*
                    _ => Err(serde::de::Error::unknown_variant(&kind, &[$($name),*])),
                }
            }
        }

        $(
            $(#[$about])*
            #[derive(Debug, Clone, PartialEq, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $variant {
                /// Its id.
                pub id: String,
                /// What it is called.
                #[serde(default)]
                pub title: Option<String>,
                /// Its unit.
                #[serde(default)]
                pub unit: Option<String>,
                /// Decimals shown.
                #[serde(default)]
                pub decimals: Option<u8>,
                /// `percent`: shown, entered and compared × 100.
                #[serde(default, rename = "as")]
                pub shown_as: Option<ShownAs>,
                /// In shown units; default half of the last shown decimal.
                #[serde(default)]
                pub tolerance: Option<f64>,
                /// Marks per cell.
                #[serde(default)]
                pub marks: Option<f64>,
                /// `false`: a working column, neither asked nor graded.
                #[serde(default = "yes")]
                pub ask: bool,
                /// The value when there is none.
                #[serde(default, rename = "else")]
                pub otherwise: Option<Value>,
                /// Credit one step off on a label's scale.
                #[serde(default)]
                pub near: f64,
                /// The table whose ids it holds.
                #[serde(default, rename = "in")]
                pub within: Option<String>,
                $($(#[$note])* pub $field: $type,)*
            }
        )*

        impl Column {
            /// What all columns share.
            pub fn shared(&self) -> Shared<'_> {
                match self { $(Self::$variant(it) => Shared {
                    id: &it.id,
                    title: it.title.as_deref(),
                    unit: it.unit.as_deref(),
                    decimals: it.decimals,
                    percent: it.shown_as.is_some(),
                    tolerance: it.tolerance,
                    marks: it.marks,
                    ask: it.ask,
                    otherwise: it.otherwise.as_ref(),
                    near: it.near,
                    within: it.within.as_deref(),
                },)* }
            }
        }
    };
}

columns! {
    /// The expert's judgement, from the row's key.
    "judged" Judged {
        /// What it holds.
        #[serde(rename = "type")] holds: FieldType,
        /// The row's key; default the column's id.
        #[serde(default)] key: Option<String>,
        /// Lowest number.
        #[serde(default)] from: Option<f64>,
        /// Highest number.
        #[serde(default)] to: Option<f64>,
        /// What some numbers stand for.
        #[serde(default)] anchors: Dict<String>,
        /// One value for each row of this table.
        #[serde(default)] per: Option<String>,
    }
    /// Only the learner's; never graded.
    "own" Own {
        /// What it holds.
        #[serde(rename = "type")] holds: FieldType,
        /// What a good answer has.
        #[serde(default)] checklist: Vec<String>,
    }
    /// Arithmetic.
    "calc" Calc {
        /// The arithmetic.
        value: Expr,
        /// One value for each row of this table.
        #[serde(default)] per: Option<String>,
    }
    /// `give[k]`, k = how many cuts are ≤ the number.
    "bands" Bands {
        /// The number.
        of: Expr,
        /// Rising cuts.
        cuts: Vec<Expr>,
        /// One more than cuts.
        give: Vec<Value>,
    }
    /// A field of the row of a table.
    "lookup" Lookup {
        /// Names the row.
        of: String,
        /// The table.
        table: String,
        /// The field.
        #[serde(default)] take: Option<String>,
        /// The name that names the field.
        #[serde(default)] take_by: Option<String>,
    }
    /// The first rule that holds.
    "rules" Rules {
        /// Rules in order.
        rules: Vec<Rule>,
    }
    /// All rules that hold, or all rows of `over` that meet `when`.
    "flags" Flags {
        /// Rules in order.
        #[serde(default)] rules: Vec<Rule>,
        /// The table gone through.
        #[serde(default)] over: Option<String>,
        /// What its rows must meet.
        #[serde(default)] when: Option<Condition>,
    }
    /// The highest level among fired rules.
    "highest" Highest {
        /// A `flags` column.
        of: String,
    }
    /// How far the climb goes without a break.
    "steps" Steps {
        /// The set of steps taken.
        of: String,
        /// The table of steps.
        climb: String,
        /// A set; each element takes one step back.
        #[serde(default)] less: Option<String>,
    }
    /// The row with the largest number.
    "top" Top {
        /// The table gone through.
        over: String,
        /// The number.
        by: Expr,
        /// What its rows must meet.
        #[serde(default)] when: Option<Condition>,
    }
    /// 1 + how many come before.
    "rank" Rank {
        /// Sort keys.
        by: Vec<SortKey>,
        /// Rows failing it have no rank.
        #[serde(default)] when: Option<Condition>,
    }
    /// Divides a total.
    "share" Share {
        /// What is divided.
        total: Expr,
        /// What each row needs.
        #[serde(default)] need: Option<Expr>,
        /// Weights.
        #[serde(default)] by: Option<Expr>,
        /// The least each row gets.
        #[serde(default)] least: Option<Expr>,
        /// The unit of division.
        #[serde(default)] step: Option<f64>,
        /// Order among equal remainders.
        #[serde(default)] tie: Vec<SortKey>,
        /// Working to be asked.
        #[serde(default)] parts: Vec<String>,
        /// `nearest`, for mistakes only.
        #[serde(default)] rounding: Option<String>,
    }
    /// The first rows in an order.
    "pick" Pick {
        /// Sort keys.
        by: Vec<SortKey>,
        /// What rows must meet.
        #[serde(default)] when: Option<Condition>,
        /// How many; all, if absent.
        #[serde(default)] take: Option<Expr>,
        /// Whether the order counts.
        #[serde(default)] ordered: bool,
    }
    /// A value in a copy of the exercise.
    "what_if" WhatIf {
        /// What is changed.
        set: Map<String, Value>,
        /// What is worked out.
        value: Expr,
    }
}

macro_rules! stages {
    ($($(#[$about:meta])* $name:literal $variant:ident { $($(#[$note:meta])* $field:ident: $type:ty,)* })*) => {
        /// One stage.
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(tag = "kind"))]
        pub enum Stage { $($(#[$about])* #[cfg_attr(feature = "schema", schemars(rename = $name))] $variant($variant),)* }

        $(
            $(#[$about])*
            #[derive(Debug, Clone, PartialEq, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $variant {
                /// Its id.
                pub id: String,
                /// What it is called.
                #[serde(default)]
                pub title: Option<String>,
                /// What the learner does; Markdown.
                #[serde(default)]
                pub task: Option<String>,
                /// Shown one after the other on request.
                #[serde(default)]
                pub hints: Vec<String>,
                /// The picture of the learner's work.
                #[serde(default)]
                pub figure: Option<Figure>,
                /// Share of marks that passes.
                #[serde(default)]
                pub pass: Option<f64>,
                /// A question about why.
                #[serde(default)]
                pub principle: Option<Question>,
                /// Typical mistakes and their feedback.
                #[serde(default)]
                pub mistakes: Vec<Mistake>,
                $($(#[$note])* pub $field: $type,)*
            }
        )*

        impl<'de> Deserialize<'de> for Stage {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (kind, rest) = by_kind(deserializer)?;
                match kind.as_str() {
                    $($name => of_rest(rest).map(Self::$variant),)*
                    _ => Err(serde::de::Error::unknown_variant(&kind, &[$($name),*])),
                }
            }
        }

        impl Stage {
            /// The name of its kind.
            pub fn kind_name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// What all stages share.
            pub fn shared(&self) -> StageShared<'_> {
                match self { $(Self::$variant(it) => StageShared {
                    id: &it.id,
                    title: it.title.as_deref(),
                    task: it.task.as_deref(),
                    hints: &it.hints,
                    figure: it.figure.as_ref(),
                    pass: it.pass.unwrap_or(0.8),
                    principle: it.principle.as_ref(),
                    mistakes: &it.mistakes,
                },)* }
            }
        }
    };
}

/// What all stages share.
#[derive(Debug, Clone, Copy)]
pub struct StageShared<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: Option<&'a str>,
    /// What the learner does.
    pub task: Option<&'a str>,
    /// Hints in order.
    pub hints: &'a [String],
    /// The picture of the learner's work.
    pub figure: Option<&'a Figure>,
    /// Share of marks that passes.
    pub pass: f64,
    /// A question about why.
    pub principle: Option<&'a Question>,
    /// Typical mistakes.
    pub mistakes: &'a [Mistake],
}

stages! {
    /// The learner fills cells.
    "table" TableStage {
        /// A table or an earlier table stage; absent: single numbers only.
        #[serde(default)] rows: Option<String>,
        /// Which rows.
        #[serde(default)] only: Option<Condition>,
        /// Values in every row.
        #[serde(default)] columns: Vec<Column>,
        /// Values for the stage.
        #[serde(default)] results: Vec<Column>,
    }
    /// The learner puts each item into one bin.
    "bins" Bins {
        /// A table with `key` and `why`.
        items: String,
        /// A table.
        bins: String,
    }
    /// The learner puts items into order.
    "order" Order {
        /// Items in the right order.
        items: Vec<OrderItem>,
        /// How it is scored.
        #[serde(default)] score: Option<OrderScore>,
    }
    /// The learner says where everyone stands after each period.
    "pipeline" Pipeline {
        /// Who moves: a table.
        who: String,
        /// Ids of periods.
        periods: Vec<String>,
        /// Where one can stand.
        places: Vec<Place>,
        /// Where everyone starts.
        start: String,
        /// What events tell.
        #[serde(default)] facts: Vec<Fact>,
        /// Periods in a row.
        #[serde(default)] counters: Vec<Counter>,
        /// Moves in order.
        moves: Vec<Move>,
        /// What is learnt: period, who, fact.
        #[serde(default)] events: Map<String, Value>,
        /// Values for the stage.
        #[serde(default)] results: Vec<Column>,
    }
    /// The learner answers one quiz item.
    "question" QuestionStage {
        /// The quiz item.
        question: Question,
    }
}

/// An item of an `order` stage.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderItem {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Why it stands there.
    #[serde(default)]
    pub why: Option<String>,
}

/// How an order is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderScore {
    /// 1 − inversions ÷ most.
    Pairs,
    /// All or nothing.
    Exact,
}

/// A place of a pipeline.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// How many it holds.
    #[serde(default)]
    pub slots: Option<Expr>,
}

/// A fact that events tell.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// What it holds.
    #[serde(default, rename = "type")]
    pub kind: Option<FieldType>,
    /// `period`: forgotten when the next begins.
    #[serde(default)]
    pub lasts: Option<String>,
}

/// Counts periods in a row.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// The place that counts.
    pub at: String,
    /// What must hold.
    #[serde(rename = "while")]
    pub during: Condition,
}

/// One or many names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Many.
    Many(Vec<String>),
}

/// A move between places.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// Where from.
    pub from: OneOrMany,
    /// Where to.
    pub to: String,
    /// Who may.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Who first.
    #[serde(default)]
    pub by: Vec<SortKey>,
    /// Periods to wait before the next move.
    #[serde(default)]
    pub wait: Option<u32>,
}

/// A typical mistake and what to say about it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What to say.
    pub feedback: String,
    /// Credit all the same (bins).
    #[serde(default)]
    pub credit: Option<f64>,
    /// Key and answer taken for each other (bins).
    #[serde(default)]
    pub confused: Vec<[String; 2]>,
    /// What the learner entered.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The wrong rule.
    #[serde(default)]
    pub set: Option<Map<String, Value>>,
    /// Where the wrong rule shows.
    #[serde(default)]
    pub shows: Vec<String>,
}

/// The picture of the learner's work.
#[derive(Debug, Clone, PartialEq, Deserialize, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// `quadrants`, `bars`, `ladder`, `radar`, `budget` or `board`.
    pub kind: String,
    /// The column drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Threshold lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Value>,
    /// The column that groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<String>,
    /// The column drawn before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What must add up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
}

/// One level of fading.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The variant worked on.
    #[serde(default)]
    pub variant: Option<String>,
    /// What appears and what is open, by stage.
    #[serde(default)]
    pub stages: Dict<LevelStage>,
    /// Exercises mixed in.
    #[serde(default)]
    pub with: Vec<String>,
    /// Whether it is worked on the learner's own data.
    #[serde(default)]
    pub own_data: bool,
}

/// What a level shows of a stage.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LevelStage {
    /// Only these records appear.
    #[serde(default)]
    pub rows: Option<Vec<String>>,
    /// Names of rows, periods, columns, results or parts.
    #[serde(default)]
    pub blank: Option<Vec<String>>,
}

/// The same exercise with other parameters.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is changed.
    pub set: Map<String, Value>,
    /// Figures that must come out.
    #[serde(default)]
    pub expect: Map<String, Value>,
}

/// What a learner's own table brings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnData {
    /// The table it stands in for.
    pub table: String,
    /// The stages worked out.
    pub stages: Vec<String>,
    /// Fields that may be missing.
    #[serde(default)]
    pub optional: Vec<String>,
    /// Judged columns that the learner fills.
    #[serde(default)]
    pub entered: Vec<String>,
}
