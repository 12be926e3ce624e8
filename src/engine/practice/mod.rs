//! Exercises: chains of stages over small tables.

/// One exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {}
