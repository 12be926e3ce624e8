//! The course as its author wrote it: typed, checked, not yet drawn.

mod model;

pub use model::{
    Chapter, Course, Exercise, Objective, Origin, Part, Reveal, Silence, Slide, Slot, Takeaway,
};
