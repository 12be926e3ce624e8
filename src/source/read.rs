//! serde reads a [`Tree`]: no file is scanned twice, and every mistake has its place.

use super::{Body, Position, Scalar, Tree, decode};
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt;

/// Why a tree is not what was to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// What serde says.
    pub words: String,
    /// Where; the beginning of the file when nothing is known.
    pub at: Position,
    placed: bool,
}

impl ReadFault {
    /// The innermost place that is known.
    fn at(mut self, tree: &Tree<'_>, at: usize) -> Self {
        if !self.placed {
            self.at = tree.span(at).start;
            self.placed = true;
        }
        self
    }
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for ReadFault {}

impl de::Error for ReadFault {
    fn custom<T: fmt::Display>(words: T) -> Self {
        let at = Position { line: 1, column: 1 };
        Self { words: words.to_string(), at, placed: false }
    }
}

impl Tree<'_> {
    /// What the document says, as a `T`. Texts may stand where the tree has any scalar; tags do
    /// not count.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ReadFault> {
        match self.root() {
            Some(root) => T::deserialize(At { tree: self, at: root }).map_err(|e| e.at(self, root)),
            None => Err(ReadFault::custom("the file is empty")),
        }
    }
}

/// Reads a file that is no author's: a theme's. What cannot be read from a tree serde reads by
/// itself, or says what is wrong with it.
pub(crate) fn from_yaml<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_yaml::Error> {
    let tree = decode(bytes).ok().and_then(|text| Tree::parse(text).ok());
    let read = tree.and_then(|tree| tree.read().ok());
    read.map_or_else(|| serde_yaml::from_slice(bytes), Ok)
}

/// A node that is to be read.
#[derive(Clone, Copy)]
struct At<'t> {
    tree: &'t Tree<'t>,
    at: usize,
}

impl<'t> At<'t> {
    fn body(self) -> &'t Body<'t> {
        &self.tree.node(self.at).body
    }

    fn seq(self, entries: &'t [usize]) -> Entries<'t> {
        Entries { tree: self.tree, left: entries.iter() }
    }

    fn map(self, pairs: &'t [(usize, usize)]) -> Pairs<'t> {
        Pairs { tree: self.tree, left: pairs.iter(), value: None }
    }

    /// Reads what stands in a list or map; a fault that has no place gets this one.
    fn inside<T: DeserializeSeed<'t>>(self, seed: T) -> Result<T::Value, ReadFault> {
        seed.deserialize(self).map_err(|fault| fault.at(self.tree, self.at))
    }
}

/// These are texts, whatever a scalar would mean elsewhere.
macro_rules! as_texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadFault> {
            match self.body() {
                Body::Scalar(text, _) => visitor.visit_borrowed_str(text),
                _ => self.deserialize_any(visitor),
            }
        })*
    };
}

impl<'t> Deserializer<'t> for At<'t> {
    type Error = ReadFault;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadFault> {
        match self.body() {
            Body::Scalar(text, style) => match Scalar::of(text, *style) {
                Scalar::Null => visitor.visit_unit(),
                Scalar::YesNo(yes) => visitor.visit_bool(yes),
                Scalar::Unsigned(number) => visitor.visit_u64(number),
                Scalar::Negative(number) => visitor.visit_i64(number),
                Scalar::Float(number) => visitor.visit_f64(number),
                Scalar::Text => visitor.visit_borrowed_str(text),
            },
            Body::List(entries) => visitor.visit_seq(self.seq(entries)),
            Body::Map(pairs) => visitor.visit_map(self.map(pairs)),
            // `body` has followed it.
            Body::Alias(_) => Err(ReadFault::custom("an alias of itself")),
        }
    }

    // These read whatever stands there; the visitor says whether it will do.
    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct
    }

    as_texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadFault> {
        match self.body() {
            Body::Scalar(text, style) if Scalar::is_null(text, *style) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadFault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadFault> {
        match self.body() {
            Body::Scalar(text, _) => visitor.visit_enum(Word(text)),
            Body::Map(_) => Err(ReadFault::invalid_type(Unexpected::Map, &"a word")),
            _ => Err(ReadFault::invalid_type(Unexpected::Seq, &"a word")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadFault> {
        visitor.visit_unit()
    }
}

/// One of an enum's words.
struct Word<'t>(&'t str);

impl<'t> EnumAccess<'t> for Word<'t> {
    type Error = ReadFault;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<(T::Value, Self), ReadFault> {
        Ok((seed.deserialize(StrDeserializer::new(self.0))?, self))
    }
}

impl<'t> VariantAccess<'t> for Word<'t> {
    type Error = ReadFault;

    fn unit_variant(self) -> Result<(), ReadFault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, _: T) -> Result<T::Value, ReadFault> {
        Err(ReadFault::invalid_type(Unexpected::Str(self.0), &"more than a word"))
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, ReadFault> {
        Err(ReadFault::invalid_type(Unexpected::Str(self.0), &visitor))
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadFault> {
        Err(ReadFault::invalid_type(Unexpected::Str(self.0), &visitor))
    }
}

struct Entries<'t> {
    tree: &'t Tree<'t>,
    left: std::slice::Iter<'t, usize>,
}

impl<'t> SeqAccess<'t> for Entries<'t> {
    type Error = ReadFault;

    fn next_element_seed<T: DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadFault> {
        let Some(&at) = self.left.next() else { return Ok(None) };
        At { tree: self.tree, at }.inside(seed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

struct Pairs<'t> {
    tree: &'t Tree<'t>,
    left: std::slice::Iter<'t, (usize, usize)>,
    value: Option<usize>,
}

impl<'t> MapAccess<'t> for Pairs<'t> {
    type Error = ReadFault;

    fn next_key_seed<T: DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadFault> {
        let Some(&(key, value)) = self.left.next() else { return Ok(None) };
        self.value = Some(value);
        At { tree: self.tree, at: key }.inside(seed).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<T::Value, ReadFault> {
        match self.value.take() {
            Some(at) => At { tree: self.tree, at }.inside(seed),
            None => Err(ReadFault::custom("a value before its key")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    /// What comes out is what `serde_yaml` makes of the same text.
    #[test]
    fn reads_what_serde_yaml_reads() {
        let texts = [
            "a: 1\nb: [true, ~, 1.5, '1', \"二\\n三\", x y]\nc: {d: -2, e: }\n",
            "- |\n  甲\n   乙\n\n- >-\n  一\n  二\n- |+\n  末\n\n- 3:2\n- 2026-11-29\n- 007\n",
            "a: &a {b: 1}\nc: *a\nd: [*a, *a]\n",
            "? 甲\n: 乙\n1: 数\ntrue: 是\n",
            "[]",
            "{}",
            "甲",
        ];
        for text in texts {
            let tree = Tree::parse(text).unwrap();
            let read: serde_yaml::Value = tree.read().unwrap();
            assert_eq!(read, serde_yaml::from_str::<serde_yaml::Value>(text).unwrap(), "{text}");
        }
        let files = crate::embedded::course();
        for path in crate::source::World::files(&files).unwrap() {
            let bytes = crate::source::World::read(&files, &path).unwrap();
            let Ok(text) = std::str::from_utf8(&bytes) else { continue };
            if path.extension() == "yaml" {
                let read: serde_json::Value = Tree::parse(text).unwrap().read().unwrap();
                assert_eq!(
                    read,
                    serde_yaml::from_str::<serde_json::Value>(text).unwrap(),
                    "{path}"
                );
            }
        }
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Row {
        name: String,
        #[serde(default)]
        size: Option<f64>,
        #[serde(default)]
        mood: Mood,
        #[serde(default)]
        pair: Option<(u8, i64)>,
    }

    #[derive(Debug, Deserialize, PartialEq, Default)]
    #[serde(rename_all = "snake_case")]
    enum Mood {
        #[default]
        Calm,
        VeryGlad,
    }

    #[test]
    fn reads_types() {
        let text =
            "甲: {name: 60, size: 3, mood: very_glad, pair: [1, -2]}\n乙: {name: ~, size: ~}\n";
        let rows: BTreeMap<String, Row> = Tree::parse(text).unwrap().read().unwrap();
        let row = |name: &str, size, mood, pair| Row { name: name.into(), size, mood, pair };
        assert_eq!(rows["甲"], row("60", Some(3.0), Mood::VeryGlad, Some((1, -2))));
        assert_eq!(rows["乙"], row("~", None, Mood::Calm, None));
    }

    #[test]
    fn faults_have_places() {
        let fault = |text: &str| Tree::parse(text).unwrap().read::<Vec<Row>>().unwrap_err();
        let place = |text: &str| {
            let at = fault(text).at;
            (at.line, at.column)
        };
        assert_eq!(place("- name: 甲\n- name: 乙\n  size: 大\n"), (3, 9));
        assert_eq!(place("- name: 甲\n- {name: 乙, mood: sad}\n"), (2, 19));
        assert_eq!(place("- {name: 乙, mood: {calm: 1}}\n"), (1, 20));
        assert_eq!(place("- size: 1\n"), (1, 3));
        assert_eq!(place("- {name: 甲, pair: [300, 1]}\n"), (1, 20));
        assert_eq!(place("name: 甲\n"), (1, 1));
        assert!(fault("- {name: 甲, nmae: 1}\n").words.contains("nmae"));
    }
}
