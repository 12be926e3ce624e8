//! The three exports of `engine.wasm`.
//!
//! The page asks for room with [`allocate`], writes a request there, calls [`call`] and reads the
//! response from where it points; then it gives both back with [`free`].

#![expect(unsafe_code, reason = "bytes cross the border of WebAssembly as address and length")]
#![expect(unreachable_pub, reason = "exported to the page, not to Rust")]

/// Room for `length` bytes; the page owns it until it frees it.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast::<u8>()
}

/// Takes back room of `length` bytes that [`allocate`] or [`call`] handed out.
///
/// # Safety
/// `address` and `length` are those of one allocation that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(address: *mut u8, length: usize) {
    // SAFETY: by the contract above this is the boxed slice that was let go of.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(address, length)) });
}

/// Answers the request of `length` bytes at `address`: the response's address in the upper half
/// of the result, its length in the lower.
///
/// # Safety
/// `address` is that of an allocation of `length` bytes which were written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(address: *const u8, length: usize) -> u64 {
    // SAFETY: by the contract above these bytes are initialised and stay put during the call.
    let request = unsafe { std::slice::from_raw_parts(address, length) };
    let response = crate::call::call(request).into_boxed_slice();
    let length = response.len() as u64;
    let address = Box::into_raw(response).cast::<u8>() as usize as u64;
    address << 32 | length
}
