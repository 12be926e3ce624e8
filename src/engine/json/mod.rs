//! JSON: values, and how they are read and written.
//!
//! Natively values are those of `serde_json`, which the callers have too. In WebAssembly they are
//! the engine's own with the same methods, a third of the weight. Text is read and written by the
//! same code in both, so that both give the same bytes, numbers and places of faults included.

mod decimal;
mod parse;
#[cfg(any(target_arch = "wasm32", test))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "tested natively"))]
mod value;
mod write;

pub(crate) use parse::{Place, number, parse};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use serde_json::{Map, Value};
#[cfg(target_arch = "wasm32")]
pub(crate) use value::{Map, Value};
pub(crate) use write::written;

#[cfg(test)]
mod tests;
