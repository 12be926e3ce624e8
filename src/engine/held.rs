//! What holds values of its own kind, and is not let go of in the page.
//!
//! A tree that can hold itself is let go of by code that calls itself. In WebAssembly nothing is
//! given back before the next request (see `abi.rs`), so that code would do nothing, and yet stand
//! wherever such a value ends. There a [`Held`] value is forgotten; natively it is the value.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Held<T> = T;
#[cfg(target_arch = "wasm32")]
pub(crate) type Held<T> = std::mem::ManuallyDrop<T>;

/// Holds a value.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn held<T>(value: T) -> Held<T> {
    value
}

/// Holds a value.
#[cfg(target_arch = "wasm32")]
pub(crate) fn held<T>(value: T) -> Held<T> {
    Held::new(value)
}

/// The value again.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn taken<T>(held: Held<T>) -> T {
    held
}

/// The value again.
#[cfg(target_arch = "wasm32")]
pub(crate) fn taken<T>(held: Held<T>) -> T {
    Held::into_inner(held)
}
