//! A learner's own data (practice format §8).

use super::file::OwnData;
use super::json::Json;
use super::model::Model;
use serde_json::Value;

/// What a table of one's own must bring.
pub(super) fn face(_model: &Model, own: &OwnData) -> Value {
    let mut face = Json::new();
    face.put("table", own.table.as_str());
    face.take()
}
