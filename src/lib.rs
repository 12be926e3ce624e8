//! kejian compiles courseware: YAML chapters through Tera themes into slide decks, quiz pages
//! and practice pages.

pub mod compile;
pub mod course;
pub mod diag;
pub mod embedded;
pub mod markdown;
pub mod site;
pub mod source;
pub mod terminal;
pub mod theme;
