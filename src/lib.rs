//! kejian compiles courseware: YAML chapters with Markdown in them, through Tera themes, into
//! slide decks, self-paced quiz pages and practice pages that work from a file, from any static
//! host and without a network.
//!
//! # How a course becomes a site
//!
//! ```text
//!  YAML bytes ─ source (limits, positions) ─► course::load ─► Course (typed, checked)
//!  Markdown   ─ markdown ─► HTML                                │            │
//!  themes     ─ theme ─► layouts, templates, words ─────────────┤       diagnostics
//!                                                               ▼
//!                  render ─► site::Site: path → bytes (a pure function up to here)
//!        ┌─────────────────────┬──────────────────────┬─────────────────────┐
//!   site::write            serve from memory,     one file per page     terminal: quiz and
//!   whole files,           reload on change       (single file)         practice by the same
//!   what changed                                                        engine as the pages
//! ```
//!
//! [`compile::compile`] is that pure function: a [`source::World`] hands out bytes, and nothing
//! below `cli` touches disk, clock, network, environment or terminal. Same input, same bytes.
//!
//! # Layers (arrows only point down)
//!
//! ```text
//!  7  cli        one file per command; the only code that prints
//!  6  serve │ watch │ terminal │ chromium  what stays running; measure (slides, in a browser)
//!  5  site (write)  ·  compile
//!  4  render     course + theme → pages in memory
//!  3  theme      layouts, templates, bundles, words; embedded or on disk, with inheritance
//!  2  course (model, parse, schema, check)  ·  markdown
//!  1  source (files, spans, limits)  ·  diag (what went wrong, where, what next)
//!  0  engine     questions, practice, grading: own crate kejian-engine, no I/O, also wasm
//! ```
//!
//! The engine is its own crate so that the same code grades in the terminal (natively) and in
//! the pages (as WebAssembly, `themes/base/runtime/engine.wasm`). It speaks JSON and codes, never
//! prose; the words are in `themes/base/locales/`.

pub mod chromium;
pub mod cli;
pub mod compile;
pub mod course;
pub mod diag;
pub mod embedded;
pub mod markdown;
pub mod measure;
pub(crate) mod parallel;
pub(crate) mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod terminal;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod watch;
