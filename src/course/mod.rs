//! The course as its author wrote it: typed, checked, not yet drawn.

mod load;
mod model;

pub use load::{FileKind, load, schema};
pub use model::{
    Chapter, Course, Exercise, Objective, Origin, Part, Reveal, Silence, Slide, Slot, Takeaway,
};
