//! JSON values of the engine's own, with the methods of `serde_json`'s that it uses.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::must_use_candidate,
    clippy::unnecessary_wraps,
    reason = "names and meanings are those of serde_json; the pages see JSON only"
)]

use crate::held::{Held, held, taken};
use serde::{Serialize, Serializer};

/// A number: whole ones apart, because they are written without a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Not negative.
    Count(u64),
    /// Negative.
    Less(i64),
    /// Finite.
    Float(f64),
}

impl Number {
    #[expect(clippy::cast_precision_loss, reason = "as in serde_json")]
    pub fn as_f64(&self) -> Option<f64> {
        Some(match self {
            Self::Count(count) => *count as f64,
            Self::Less(number) => *number as f64,
            Self::Float(number) => *number,
        })
    }
}

/// Any JSON.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Held<Vec<Value>>),
    /// A map.
    Object(Map<String, Value>),
}

/// A map in the order of insertion. Looked through from the front: maps here are small.
#[derive(Debug, Clone)]
pub struct Map<K, V>(Held<Vec<(K, V)>>);

impl Value {
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(list) => Some(list),
            _ => None,
        }
    }

    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Array(list) => Some(list),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Map<String, Self>> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    pub fn as_object_mut(&mut self) -> Option<&mut Map<String, Self>> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(Number::Count(count)) => Some(*count),
            _ => None,
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(Number::Count(count)) => i64::try_from(*count).ok(),
            Self::Number(Number::Less(number)) => Some(*number),
            _ => None,
        }
    }

    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub fn is_boolean(&self) -> bool {
        matches!(self, Self::Bool(_))
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    pub fn is_u64(&self) -> bool {
        self.as_u64().is_some()
    }

    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        self.as_object_mut()?.get_mut(key)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Number(Number::Count(count))
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::from(count as u64)
    }
}

impl From<u8> for Value {
    fn from(count: u8) -> Self {
        Self::from(u64::from(count))
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::from(u64::from(count))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(u64::try_from(number).map_or(Number::Less(number), Number::Count))
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::from(i64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(Number::Float(number)) } else { Self::Null }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Map<String, Value>> for Value {
    fn from(map: Map<String, Value>) -> Self {
        Self::Object(map)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(list: Vec<T>) -> Self {
        Self::Array(held(list.into_iter().map(Into::into).collect()))
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(list: I) -> Self {
        Self::Array(held(list.into_iter().collect()))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(yes) => to.serialize_bool(*yes),
            Self::Number(Number::Count(count)) => to.serialize_u64(*count),
            Self::Number(Number::Less(number)) => to.serialize_i64(*number),
            Self::Number(Number::Float(number)) => to.serialize_f64(*number),
            Self::String(text) => to.serialize_str(text),
            Self::Array(list) => list.serialize(to),
            Self::Object(map) => map.serialize(to),
        }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(held(Vec::new()))
    }
}

impl Map<String, Value> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline(never)]
    fn place(&self, key: &str) -> Option<usize> {
        self.0.iter().position(|(there, _)| there == key)
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(self.place(key)?).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let place = self.place(key)?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    #[inline(never)]
    pub fn insert(&mut self, key: String, value: Value) -> Option<Value> {
        if let Some(there) = self.get_mut(&key) {
            return Some(std::mem::replace(there, value));
        }
        self.0.push((key, value));
        None
    }

    #[inline(never)]
    pub fn shift_remove(&mut self, key: &str) -> Option<Value> {
        let place = self.place(key)?;
        Some(self.0.remove(place).1)
    }

    pub fn entry(&mut self, key: String) -> Entry<'_> {
        Entry { map: self, key }
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> {
        self.0.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Value> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut Value)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(pair)
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&String, &mut Value) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }
}

/// The place of a key, taken or not.
#[derive(Debug)]
pub struct Entry<'m> {
    map: &'m mut Map<String, Value>,
    key: String,
}

impl<'m> Entry<'m> {
    /// What is there, or `value` put there.
    pub fn or_insert(self, value: Value) -> &'m mut Value {
        let place = self.map.place(&self.key).unwrap_or_else(|| {
            self.map.0.push((self.key, value));
            self.map.0.len() - 1
        });
        &mut self.map.0[place].1
    }
}

/// The pairs of a map.
pub type Iter<'m> = std::iter::Map<
    std::slice::Iter<'m, (String, Value)>,
    fn(&'m (String, Value)) -> (&'m String, &'m Value),
>;

fn pair((key, value): &(String, Value)) -> (&String, &Value) {
    (key, value)
}

impl<'m> IntoIterator for &'m Map<String, Value> {
    type Item = (&'m String, &'m Value);
    type IntoIter = Iter<'m>;

    fn into_iter(self) -> Iter<'m> {
        self.iter()
    }
}

impl IntoIterator for Map<String, Value> {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        taken(self.0).into_iter()
    }
}

impl Extend<(String, Value)> for Map<String, Value> {
    fn extend<I: IntoIterator<Item = (String, Value)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}

impl FromIterator<(String, Value)> for Map<String, Value> {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(pairs: I) -> Self {
        let mut map = Self::new();
        map.extend(pairs);
        map
    }
}

// The order of keys does not count.
impl PartialEq for Map<String, Value> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Serialize for Map<String, Value> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self)
    }
}
