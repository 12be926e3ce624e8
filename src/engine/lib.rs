//! Questions, practice and grading: the part of kejian that runs everywhere.
//!
//! No I/O, no clock, no randomness but a seed that is passed in, no order that depends on a
//! hash, and float arithmetic limited to + − × ÷ and √, so that the same request gives the same
//! bytes natively and in WebAssembly. The engine writes no prose: what it has to say is a
//! [`Message`], a code with arguments, which surfaces put into words.

#[cfg(target_arch = "wasm32")]
mod abi;
mod call;
mod held;
mod json;
mod message;
pub mod practice;
mod progress;
pub mod question;
pub mod quiz;
mod read;
mod write;

pub use call::call;
pub use message::{Message, Problem, TextRole};
