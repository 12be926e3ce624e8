//! What a person sees: the built pages in a real browser.
//!
//! One test program, so that it links once. A module per page or command; to add tests, add a
//! module here and start like this:
//!
//! ```ignore
//! #[test]
//! fn the_deck_opens() -> Outcome {
//!     let studio = Studio::open();
//!     let page = studio.page("09-screening/deck.html")?; // from file://, storage of its own
//!     page.press("ArrowRight")?;
//!     page.wait("document.querySelector('.slide.now').id === 'c09s01'")?;
//!     assert_sound(&page)
//! }
//! ```
//!
//! * [`Studio`] holds one browser and the embedded course, built once into a folder; tests that
//!   run at the same time share them. [`Studio::course`] builds another course.
//! * Never sleep: [`Page::wait`](kejian::chromium::Page::wait) awaits a condition in the page.
//! * End with [`assert_sound`]: no error or warning on the console, no request to anywhere else,
//!   nothing wider than the window.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod axe;
mod client;
mod deck;
mod english;
mod every_exercise;
mod index;
mod keyboard;
mod keys;
mod kinds;
mod languages;
mod paper;
mod practice;
mod present;
mod print;
mod quiz;
mod reference;
mod render;
mod serve;
mod sheet;
mod studio;
mod unkept;
mod vectors;

pub(crate) use studio::{Outcome, Studio, assert_sound};
