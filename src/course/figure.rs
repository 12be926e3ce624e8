//! Computed figures by their path: `screening.score.T01.total`.

use super::{Course, Exercise};
use kejian_engine::Message;
use kejian_engine::practice::Quoted;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Why a path names nothing that is computed.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureError {
    /// There is no such exercise.
    Exercise(String),
    /// The exercise computes no such thing.
    Path(Message),
}

/// One entry of a computed column: id, name and value.
pub type Entry = (String, String, Option<f64>);

/// What texts quote of an exercise, each figure worked out once: it is checked, read and drawn, and
/// mostly stands in several texts, and to work one out takes as long as to draw some slides.
#[derive(Debug, Default)]
pub struct Quotes(RwLock<HashMap<Option<u8>, Known>>);

/// Figures by their paths.
type Known = HashMap<String, Result<Quoted, Message>>;

impl Clone for Quotes {
    /// Empty: what is copied may be changed.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Exercise {
    /// The figure at `path` inside the exercise, in the decimals asked for or in its column's.
    pub fn quote(&self, path: &str, decimals: Option<u8>) -> Result<Quoted, Message> {
        let known = self.quotes.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&decimals).and_then(|known| known.get(path)) {
            return found.clone();
        }
        drop(known);
        let found = self.exercise.quote(path, decimals);
        let mut known = self.quotes.0.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(decimals).or_default().insert(path.to_owned(), found.clone());
        found
    }
}

impl Course {
    /// The figure at `path` as it stands in a text: a number in its column's decimals (or in
    /// those asked for), or names one after another.
    pub fn figure(&self, path: &str, decimals: Option<u8>) -> Result<String, FigureError> {
        let (exercise, rest) = self.exercise_of(path)?;
        match exercise.quote(rest, decimals).map_err(FigureError::Path)? {
            Quoted::Number(text) => Ok(text),
            Quoted::Texts(texts) => {
                let comma = if self.language.starts_with("zh") { "、" } else { ", " };
                Ok(texts.join(comma))
            }
        }
    }

    /// The column at `path` (`screening.score.total`), for charts.
    pub fn column(&self, path: &str) -> Result<Vec<Entry>, FigureError> {
        let (exercise, rest) = self.exercise_of(path)?;
        exercise.exercise.column(rest).map_err(FigureError::Path)
    }

    fn exercise_of<'p>(&self, path: &'p str) -> Result<(&Exercise, &'p str), FigureError> {
        let (id, rest) = path.split_once('.').unwrap_or((path, ""));
        match self.exercises.get(id) {
            Some(exercise) => Ok((exercise, rest)),
            None => Err(FigureError::Exercise(id.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compile, embedded};

    #[test]
    fn a_figure_is_worked_out_once() {
        let outcome = compile::compile(
            &embedded::course(),
            &embedded::themes(),
            &compile::Options::default(),
        );
        let course = outcome.courses.into_iter().next().unwrap();
        let path = "screening.score.T01.total";
        let exercise = &course.exercises["screening"];
        exercise.quotes.0.write().unwrap().clear();
        let worked_out = course.figure(path, None).unwrap();
        assert_ne!(course.figure(path, Some(4)).unwrap(), worked_out);
        assert_eq!(exercise.quotes.0.read().unwrap().values().map(HashMap::len).sum::<usize>(), 2);
        // What is known is not asked for again; a copy knows nothing.
        let other = Ok(Quoted::Number("7".to_owned()));
        let inner = path.split_once('.').unwrap().1.to_owned();
        exercise.quotes.0.write().unwrap().get_mut(&None).unwrap().insert(inner, other);
        assert_eq!(course.figure(path, None).unwrap(), "7");
        assert_eq!(course.clone().figure(path, None).unwrap(), worked_out);
    }
}
