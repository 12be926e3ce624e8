//! The course as its author wrote it: typed, checked, not yet drawn.

mod appendix;
mod check;
mod climb;
pub mod drawing;
mod figure;
mod inspect;
mod load;
mod model;
mod quiz;
mod raw;
mod shape;
pub mod translate;

pub use appendix::{Finder, Guide, Setting, Source, Sources, Term, TermOrigin};
pub use check::rule_ids;
pub(crate) use climb::{climbed, looked_up_in, tells};
pub use figure::{Entry, FigureError, Quotes};
pub(crate) use inspect::nearest;
pub(crate) use kejian_engine::practice::is_code;
pub(crate) use load::{Ahead, Chapters, Grammars, load_with};
pub use load::{FileKind, load};
pub use model::{
    Aspect, Chapter, Course, Exercise, Objective, Origin, Part, Reveal, Row, Silence, Slide, Slot,
    Takeaway,
};
pub use raw::schema;
