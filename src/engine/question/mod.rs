//! Quiz items: ten kinds that read themselves, present a face, grade and explain.

/// One quiz item.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {}
