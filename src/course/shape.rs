//! What a file may hold, made ready for walking: a JSON Schema with its references followed and
//! its unions sorted into "decided by a key" and "decided by trying".

use serde_json::{Map, Value};
use std::collections::HashMap;

/// Index of a shape in its [`Shapes`].
pub(super) type ShapeId = usize;

/// What may stand at one place.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// Anything but null.
    Any,
    /// A text, or one of these words.
    Text(Option<Vec<String>>),
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// true or false.
    YesNo,
    /// A list.
    List { of: ShapeId, least: usize, most: usize },
    /// A map.
    Map { keys: Vec<(String, ShapeId)>, required: Vec<String>, rest: Option<ShapeId> },
    /// Maps told apart by the value of a key, which comes first.
    Tagged { tag: String, kinds: Vec<(String, ShapeId)>, default: Option<ShapeId> },
    /// One of several, found by trying.
    Union(Vec<ShapeId>),
    /// That, or null, which says that there is nothing.
    OrNull(ShapeId),
}

/// All shapes of a schema.
#[derive(Debug)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    /// The shape of the whole file.
    pub(super) root: ShapeId,
}

impl Shapes {
    /// Prepares a JSON Schema.
    pub(super) fn new(schema: &Value) -> Self {
        let mut builder = Builder { root: schema, shapes: Vec::new(), named: HashMap::new() };
        let root = builder.build(schema);
        Self { shapes: builder.shapes, root }
    }

    pub(super) fn get(&self, id: ShapeId) -> &Shape {
        &self.shapes[id]
    }
}

struct Builder<'s> {
    root: &'s Value,
    shapes: Vec<Shape>,
    named: HashMap<&'s str, ShapeId>,
}

impl<'s> Builder<'s> {
    fn add(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    fn build(&mut self, schema: &'s Value) -> ShapeId {
        let Some(schema) = schema.as_object() else { return self.add(Shape::Any) };
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(&id) = self.named.get(name) {
                return id;
            }
            // The place is taken before its content is known: schemas refer to themselves.
            let id = self.add(Shape::Any);
            self.named.insert(name, id);
            let target = self.follow(name);
            let built = self.build(target);
            self.shapes[id] = self.shapes[built].clone();
            return id;
        }
        if let Some(all) = schema.get("allOf").and_then(Value::as_array)
            && let [one] = all.as_slice()
        {
            return self.build(one);
        }
        if let Some(words) = words_of(schema) {
            return self.add(Shape::Text(Some(words)));
        }
        let several = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
        if let Some(several) = several {
            return self.union(several);
        }
        match schema.get("type") {
            Some(Value::String(kind)) => self.typed(kind, schema),
            Some(Value::Array(kinds)) => {
                let kinds: Vec<&str> =
                    kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect();
                // Every number is a good text.
                if kinds.contains(&"string")
                    && kinds.iter().all(|k| *k == "string" || *k == "number")
                {
                    return self.add(Shape::Text(None));
                }
                let ids: Vec<_> = kinds.into_iter().map(|kind| self.typed(kind, schema)).collect();
                self.one_of(ids)
            }
            _ if schema.contains_key("properties") => self.typed("object", schema),
            _ => self.add(Shape::Any),
        }
    }

    fn follow(&self, name: &str) -> &'s Value {
        name.strip_prefix('#').and_then(|path| self.root.pointer(path)).unwrap_or(&Value::Null)
    }

    fn typed(&mut self, kind: &str, schema: &'s Map<String, Value>) -> ShapeId {
        let shape = match kind {
            "string" => Shape::Text(None),
            "number" => Shape::Number,
            "integer" => Shape::Integer,
            "boolean" => Shape::YesNo,
            "array" => {
                let of = match schema.get("items") {
                    Some(items) => self.build(items),
                    None => self.add(Shape::Any),
                };
                let bound = |key: &str| schema.get(key).and_then(Value::as_u64)?.try_into().ok();
                let least = bound("minItems").unwrap_or(0);
                let most = bound("maxItems").unwrap_or(usize::MAX);
                Shape::List { of, least, most }
            }
            "object" => {
                let mut keys = Vec::new();
                for (key, value) in
                    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
                {
                    keys.push((key.clone(), self.build(value)));
                }
                let required = schema.get("required").and_then(Value::as_array);
                let required = required.into_iter().flatten().filter_map(Value::as_str);
                let required = required.map(str::to_owned).collect();
                let rest = match schema.get("additionalProperties") {
                    Some(Value::Bool(false)) => None,
                    Some(rest) => Some(self.build(rest)),
                    None => Some(self.add(Shape::Any)),
                };
                Shape::Map { keys, required, rest }
            }
            _ => Shape::Any,
        };
        self.add(shape)
    }

    fn union(&mut self, several: &'s [Value]) -> ShapeId {
        // An optional key may be null in JSON, but an author who wrote nothing forgot something;
        // only where null itself is a value (`const`) it is meant.
        let is_null = |one: &&Value| one.get("const").is_some_and(Value::is_null);
        if several.iter().any(|one| is_null(&one)) {
            let ids = several.iter().filter(|one| !is_null(one)).map(|one| self.build(one));
            let ids = ids.collect();
            let rest = self.one_of(ids);
            return self.add(Shape::OrNull(rest));
        }
        let several: Vec<&'s Value> =
            several.iter().filter(|one| one.get("type") != Some(&Value::from("null"))).collect();
        if let Some(words) =
            several.iter().map(|one| words_of(one.as_object()?)).collect::<Option<Vec<_>>>()
        {
            return self.add(Shape::Text(Some(words.concat())));
        }
        if let Some(tag) = self.tag_of(&several) {
            let (mut kinds, mut default) = (Vec::new(), None);
            for one in several {
                let id = self.build(one);
                let one = self.resolved(one);
                let required =
                    one["required"].as_array().is_some_and(|keys| keys.contains(&tag.into()));
                if !required {
                    default = Some(id);
                }
                if let Some(name) = one["properties"][tag]["const"].as_str() {
                    kinds.push((name.to_owned(), id));
                }
            }
            return self.add(Shape::Tagged { tag: tag.to_owned(), kinds, default });
        }
        let ids = several.into_iter().map(|one| self.build(one)).collect();
        self.one_of(ids)
    }

    fn one_of(&mut self, ids: Vec<ShapeId>) -> ShapeId {
        match ids.as_slice() {
            [one] => *one,
            _ => self.add(Shape::Union(ids)),
        }
    }

    fn resolved(&self, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(name) => self.follow(name),
            None => schema,
        }
    }

    /// The key whose fixed value tells these maps apart.
    fn tag_of(&self, several: &[&'s Value]) -> Option<&'static str> {
        ["kind", "layout"].into_iter().find(|tag| {
            several.len() > 1
                && several
                    .iter()
                    .all(|one| self.resolved(one)["properties"][*tag]["const"].is_string())
        })
    }
}

/// The words that a schema of fixed texts allows.
fn words_of(schema: &Map<String, Value>) -> Option<Vec<String>> {
    if let Some(word) = schema.get("const") {
        return Some(vec![word.as_str()?.to_owned()]);
    }
    let words = schema.get("enum")?.as_array()?;
    words
        .iter()
        .filter(|word| !word.is_null())
        .map(|word| word.as_str().map(str::to_owned))
        .collect()
}
