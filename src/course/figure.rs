//! Computed figures by their path: `screening.score.T01.total`.

use super::Course;
use kejian_engine::Message;
use kejian_engine::practice::Quoted;

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
        exercise.column(rest).map_err(FigureError::Path)
    }

    fn exercise_of<'p>(
        &self,
        path: &'p str,
    ) -> Result<(&kejian_engine::practice::Exercise, &'p str), FigureError> {
        let (id, rest) = path.split_once('.').unwrap_or((path, ""));
        match self.exercises.get(id) {
            Some(exercise) => Ok((&exercise.exercise, rest)),
            None => Err(FigureError::Exercise(id.to_owned())),
        }
    }
}
