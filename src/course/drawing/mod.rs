//! Charts and figures as authors write them: `kind:` first, then the data. Each kind is a struct;
//! its schema tells what may stand in a file, and [`Drawing::faults`] what does not add up.
//!
//! Numbers may be typed or taken from an exercise; [`fetch`] puts those in beforehand.

mod charts;
mod fetch;
mod figures;
mod picture;
mod value;

pub use charts::{Bar, Curve, Grouped, Line, Radar, Scatter, Spot};
pub(crate) use fetch::{addresses, fetch, names_things, texts};
pub use figures::{
    Axis, Bubble, FlowIn, Funnel, Gauges, Graph, Lamps, Network, Node, NodeShape, Panel, Ring,
    Segments, State, Svg, Tree, TreeNode, UnitState, Units,
};
pub(crate) use picture::dress;
pub use value::{Amount, Limit, Point, Series, Word};

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// What does not add up in a drawing: a code of the locales and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Code in `locales/*/diag.yaml`.
    pub code: &'static str,
    /// What its sentence needs.
    pub args: Vec<(&'static str, String)>,
}

impl Fault {
    fn new<const N: usize>(code: &'static str, args: [(&'static str, String); N]) -> Self {
        Self { code, args: args.into() }
    }

    /// A list that must not be empty.
    fn empty(key: &str) -> Self {
        Self::new("drawing-empty", [("key", key.to_owned())])
    }

    /// A name that nothing in the drawing has.
    fn unknown(name: &str) -> Self {
        Self::new("drawing-unknown", [("name", name.to_owned())])
    }

    /// A list that is as long as another one should be.
    fn length(name: &str, found: usize, wanted: usize) -> Self {
        Self::new(
            "drawing-length",
            [("name", name.to_owned()), ("n", found.to_string()), ("wanted", wanted.to_string())],
        )
    }
}

macro_rules! kinds {
    ($($name:literal => $kind:ident, $chart:literal;)*) => {
        /// A chart or figure.
        #[derive(Debug, Clone)]
        pub enum Drawing {
            $(
                #[doc = concat!("`kind: ", $name, "`")]
                $kind($kind),
            )*
        }

        impl Drawing {
            /// Reads a drawing whose figures have been fetched. The shape has been checked
            /// against the schema before, so the error is for those who skipped that.
            pub fn read(value: &Value) -> Result<Self, String> {
                let mut rest = value.as_object().cloned().unwrap_or_default();
                let kind = rest.remove("kind");
                let rest = Value::Object(rest);
                match kind.as_ref().and_then(Value::as_str) {
                    $(Some($name) => serde_json::from_value(rest).map(Self::$kind).map_err(|e| e.to_string()),)*
                    other => Err(format!("there is no kind {}", other.unwrap_or_default())),
                }
            }

            /// What does not add up, for the author.
            pub fn faults(&self) -> Vec<Fault> {
                let mut faults = Vec::new();
                match self { $(Self::$kind(drawing) => drawing.check(&mut faults),)* }
                faults
            }

            /// One sentence on what is to be seen.
            pub fn alt(&self) -> &str {
                match self { $(Self::$kind(drawing) => &drawing.alt.0,)* }
            }

            /// The name of the kind.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$kind(_) => $name,)* }
            }
        }

        /// All kinds: name, whether it is a chart, schema.
        fn kinds() -> Vec<(&'static str, bool, Value)> {
            let schema = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
            vec![$(($name, $chart, schema.clone().into_generator().into_root_schema_for::<$kind>().to_value()),)*]
        }
    };
}

kinds! {
    "bar" => Bar, true;
    "grouped" => Grouped, true;
    "line" => Line, true;
    "scatter" => Scatter, true;
    "radar" => Radar, true;
    "curve" => Curve, true;
    "axis" => Axis, false;
    "bubble" => Bubble, false;
    "flow-in" => FlowIn, false;
    "funnel" => Funnel, false;
    "gauges" => Gauges, false;
    "graph" => Graph, false;
    "lamps" => Lamps, false;
    "network" => Network, false;
    "ring" => Ring, false;
    "segments" => Segments, false;
    "svg" => Svg, false;
    "tree" => Tree, false;
    "units" => Units, false;
}

/// Names of the kinds that may stand under `chart:` (or `figure:`, where all may).
pub fn names(charts_only: bool) -> Vec<&'static str> {
    kinds().into_iter().filter(|(_, chart, _)| *chart || !charts_only).map(|(n, ..)| n).collect()
}

/// The JSON Schema of what may stand under `chart:` or `figure:`.
pub(super) fn schema(charts_only: bool) -> &'static Value {
    static SCHEMAS: LazyLock<[Value; 2]> = LazyLock::new(|| {
        let kinds = kinds().into_iter().map(|(name, chart, schema)| (chart, draw_up(name, schema)));
        let kinds: Vec<_> = kinds.collect();
        let charts = kinds.iter().filter(|(chart, _)| *chart).map(|(_, schema)| schema.clone());
        let charts = one_of(charts.collect());
        [one_of(kinds.into_iter().map(|(_, schema)| schema).collect()), charts]
    });
    &SCHEMAS[usize::from(charts_only)]
}

/// The schema of a kind with its name as the first key.
fn draw_up(name: &str, mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
        schema.remove("title");
    }
    let mut properties = serde_json::Map::new();
    properties.insert("kind".to_owned(), json!({ "const": name }));
    properties.extend(schema["properties"].as_object().cloned().unwrap_or_default());
    schema["properties"] = Value::Object(properties);
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    schema["required"] = std::iter::once(json!("kind")).chain(required).collect();
    schema
}

/// One of several schemas. (`json!` would copy them.)
pub(super) fn one_of(schemas: Vec<Value>) -> Value {
    Value::from_iter([("oneOf", Value::Array(schemas))])
}
