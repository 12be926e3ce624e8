//! The files as serde reads them. Every struct refuses unknown keys; the schema of each is what
//! [`super::inspect`] walks a file against, so a key added here needs nothing else.

use super::appendix::{GlossaryFile, Guide, Sources};
use super::{Aspect, FileKind, drawing};
use crate::theme::{Layouts, SlotKind, SlotType};
use kejian_engine::practice::Exercise;
use kejian_engine::question::Question;
use kejian_engine::quiz::Settings;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt;

/// The layout of a slide that names none.
pub(super) const DEFAULT_LAYOUT: &str = "content";

/// `course.yaml`.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CourseFile {
    /// Stable id; the progress that learners save carries it.
    pub(super) id: String,
    /// The course's title.
    pub(super) title: String,
    /// Language of the texts, for instance zh-Hans.
    pub(super) language: String,
    /// Languages that the course is translated into.
    #[serde(default)]
    pub(super) languages: Vec<String>,
    /// Who wrote it.
    #[serde(default)]
    pub(super) authors: Vec<String>,
    /// The chapter list, in parts.
    pub(super) parts: Vec<PartFile>,
    /// Shape of the slides: 16:9 or 4:3.
    #[serde(default)]
    pub(super) aspect: Aspect,
    /// Theme; base when it is not given.
    #[serde(default)]
    pub(super) theme: Option<String>,
    /// Picture of the course's owner, a file of the course.
    #[serde(default)]
    pub(super) logo: Option<String>,
    /// Colours that override the theme's tokens, by token name.
    #[serde(default)]
    pub(super) colours: BTreeMap<String, String>,
    /// Whether raw HTML in texts is let through.
    #[serde(default)]
    pub(super) html: Html,
    /// How much each check rule counts.
    #[serde(default)]
    pub(super) checks: BTreeMap<String, Level>,
    /// How quizzes run.
    #[serde(default)]
    pub(super) quiz: Settings,
}

/// Whether raw HTML is let through.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Html {
    /// Raw HTML is an error.
    #[default]
    Refused,
    /// Raw HTML goes into the pages as it stands.
    Trusted,
}

/// How much a check rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    /// Not at all.
    Off,
    /// Worth a look.
    Info,
    /// Probably not meant so.
    Warn,
    /// The course is not built.
    Error,
}

impl Level {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// A run of chapters under a common title.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartFile {
    /// The part's title.
    pub(super) title: String,
    /// Names of its chapter files, without `.yaml`.
    pub(super) chapters: Vec<String>,
}

/// `chapters/*.yaml`.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChapterFile {
    /// The chapter's title.
    pub(super) title: String,
    /// Planned minutes; the sum of the slides' when not given.
    #[serde(default)]
    pub(super) minutes: Option<f64>,
    /// What a learner can do afterwards.
    #[serde(default)]
    pub(super) objectives: Vec<ObjectiveFile>,
    /// What to take away, one sentence each.
    #[serde(default)]
    pub(super) takeaways: Vec<String>,
    /// What the trainer is told; gives the chapter a guide page.
    #[serde(default)]
    pub(super) guide: Option<Guide>,
    /// The slides in order.
    #[serde(default)]
    #[schemars(with = "Vec<SlideKeys>")]
    pub(super) slides: Vec<SlideFile>,
    /// How the chapter's quiz runs, where it differs from the course.
    #[serde(default)]
    pub(super) quiz: Settings,
    /// The quiz items in order.
    #[serde(default)]
    pub(super) questions: Vec<Question>,
}

/// `inventory.yaml`: what the course undertakes to cover.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InventoryFile {
    /// The rows in order.
    pub(super) rows: Vec<RowFile>,
}

/// Something that the course covers; slides name it in `covers`.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RowFile {
    /// Its number, in quotes, for instance '8.1'.
    pub(super) number: String,
    /// What it is called.
    pub(super) term: String,
}

/// Something a learner can do after the chapter.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectiveFile {
    /// Stable id.
    pub(super) id: String,
    /// What the learner can do.
    pub(super) text: String,
}

/// The keys that every slide has, whatever its layout.
#[derive(Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SlideKeys {
    /// Name of the layout; first, and left out for the layout content.
    #[serde(default)]
    pub(super) layout: Option<String>,
    /// Address within the deck; its number when not given.
    #[serde(default)]
    pub(super) id: Option<String>,
    /// The slide's title, one line of Markdown.
    pub(super) title: String,
    /// What the trainer says, in Markdown.
    #[serde(default)]
    pub(super) notes: String,
    /// A question to the room.
    #[serde(default)]
    pub(super) ask: Option<String>,
    /// Planned minutes.
    #[serde(default)]
    pub(super) minutes: Option<f64>,
    /// Whether the parts appear one by one.
    #[serde(default)]
    pub(super) reveal: RevealFile,
    /// Ids of the objectives that it serves.
    #[serde(default)]
    pub(super) objectives: Vec<String>,
    /// Rows of the inventory that it covers.
    #[serde(default)]
    pub(super) covers: Vec<String>,
    /// Where the content comes from.
    #[serde(default)]
    pub(super) origin: Option<OriginFile>,
    /// Check rules that do not apply here, with the reason.
    #[serde(default)]
    pub(super) silence: Vec<SilenceFile>,
}

/// How the parts of a slide appear.
#[derive(Debug, Default, Clone, Copy, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RevealFile {
    /// All at once.
    #[default]
    All,
    /// One by one.
    Steps,
}

/// Where a slide's content comes from.
#[derive(Debug, Clone, Copy, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OriginFile {
    /// The source course.
    Seed,
    /// This course's own construction.
    Own,
    /// Both.
    Mixed,
}

/// A check rule switched off in place.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SilenceFile {
    /// The rule's id.
    pub(super) rule: String,
    /// Why it does not apply here.
    pub(super) reason: String,
}

/// A slide: its common keys, and its layout's slots as written.
#[derive(Debug, Default)]
pub(super) struct SlideFile {
    pub(super) keys: SlideKeys,
    pub(super) slots: Vec<(String, Value)>,
}

impl<'de> Deserialize<'de> for SlideFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SlideVisitor)
    }
}

// Written out because `flatten` would lose the line of a mistake.
struct SlideVisitor;

impl<'de> Visitor<'de> for SlideVisitor {
    type Value = SlideFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a slide: a map of keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SlideFile, A::Error> {
        let mut slide = SlideFile::default();
        let mut titled = false;
        while let Some(key) = map.next_key::<&str>()? {
            let keys = &mut slide.keys;
            match key {
                "layout" => keys.layout = map.next_value()?,
                "id" => keys.id = map.next_value()?,
                "title" => {
                    keys.title = map.next_value()?;
                    titled = true;
                }
                "notes" => keys.notes = map.next_value()?,
                "ask" => keys.ask = map.next_value()?,
                "minutes" => keys.minutes = map.next_value()?,
                "reveal" => keys.reveal = map.next_value()?,
                "objectives" => keys.objectives = map.next_value()?,
                "covers" => keys.covers = map.next_value()?,
                "origin" => keys.origin = map.next_value()?,
                "silence" => keys.silence = map.next_value()?,
                _ => slide.slots.push((key.to_owned(), map.next_value()?)),
            }
        }
        if titled { Ok(slide) } else { Err(de::Error::missing_field("title")) }
    }
}

/// The JSON Schema of a kind of file, with the slots of these layouts.
pub fn schema(kind: FileKind, layouts: &Layouts) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = match kind {
        FileKind::Course => generator.into_root_schema_for::<CourseFile>(),
        FileKind::Chapter => generator.into_root_schema_for::<ChapterFile>(),
        FileKind::Exercise => generator.into_root_schema_for::<Exercise>(),
        FileKind::Inventory => generator.into_root_schema_for::<InventoryFile>(),
        FileKind::Glossary => generator.into_root_schema_for::<GlossaryFile>(),
        FileKind::Sources => generator.into_root_schema_for::<Sources>(),
    };
    let mut schema = schema.to_value();
    if kind == FileKind::Chapter {
        let common = schema["$defs"]["SlideKeys"].clone();
        let slides: Vec<Value> =
            layouts.iter().map(|(name, layout)| slide_schema(&common, name, layout)).collect();
        if let Some(definitions) = schema["$defs"].as_object_mut() {
            definitions.remove("SlideKeys");
            definitions.insert("Chart".into(), drawing::schema(true).clone());
            definitions.insert("Figure".into(), drawing::schema(false).clone());
            definitions.insert("Slide".into(), drawing::one_of(slides));
        }
        schema["properties"]["slides"]["items"] = json!({ "$ref": "#/$defs/Slide" });
    }
    schema
}

/// The schema of a slide in one layout: the common keys and its slots.
fn slide_schema(common: &Value, name: &str, layout: &crate::theme::Layout) -> Value {
    let mut slide = common.clone();
    slide["description"] = json!(layout.about);
    let mut required = vec![json!("title")];
    if name != DEFAULT_LAYOUT {
        required.insert(0, json!("layout"));
    }
    slide["properties"]["layout"] = json!({ "const": name });
    for (slot, kind) in &layout.slots.0 {
        slide["properties"][&**slot] = slot_schema(kind);
        if kind.required {
            required.push(json!(slot));
        }
    }
    slide["required"] = Value::Array(required);
    slide
}

/// What may stand in a slot.
fn slot_schema(slot: &SlotType) -> Value {
    let mut schema = match slot.kind {
        // A number is a good text: `head: 3`.
        SlotKind::Text | SlotKind::Mark => json!({ "type": ["string", "number"] }),
        SlotKind::Markdown | SlotKind::Id | SlotKind::Media | SlotKind::Exercise => {
            json!({ "type": "string" })
        }
        SlotKind::Number => json!({ "type": "number" }),
        SlotKind::YesNo => json!({ "type": "boolean" }),
        SlotKind::Numbers => json!({ "type": "array", "items": { "type": "number" } }),
        SlotKind::Choice => json!({ "enum": slot.among }),
        SlotKind::Chart => json!({ "$ref": "#/$defs/Chart" }),
        SlotKind::Figure => json!({ "$ref": "#/$defs/Figure" }),
        SlotKind::List => {
            let of = slot
                .of
                .as_deref()
                .map_or_else(|| json!({ "type": ["string", "number"] }), slot_schema);
            let mut list = json!({ "type": "array", "items": of });
            if let Some(least) = slot.least {
                list["minItems"] = json!(least);
            }
            if let Some(most) = slot.most {
                list["maxItems"] = json!(most);
            }
            list
        }
        SlotKind::Group => {
            let keys = &slot.keys.0;
            let required = keys.iter().filter(|(_, kind)| kind.required);
            let required: Vec<&str> = required.map(|(key, _)| &**key).collect();
            let keys: Map<String, Value> =
                keys.iter().map(|(key, kind)| ((*key).to_owned(), slot_schema(kind))).collect();
            json!({
                "type": "object", "properties": keys, "required": required,
                "additionalProperties": false,
            })
        }
    };
    let advice = slot.length.map(|length| format!("About {length} characters look well."));
    let about: Vec<&str> = [slot.about.as_str(), advice.as_deref().unwrap_or_default()].into();
    let about = about.join(" ");
    if !about.trim().is_empty() {
        schema["description"] = json!(about.trim());
    }
    schema
}
