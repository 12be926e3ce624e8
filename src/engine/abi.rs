//! The two exports of `engine.wasm`, and its memory.
//!
//! The page asks for room with [`allocate`], writes a request there, calls [`call`] and reads the
//! response from where it points, before it asks for room again.
//!
//! The engine keeps nothing between two requests. So memory is an arena: what a request takes lies
//! one behind the other, nothing is given back one by one, and the next request begins at the
//! bottom again. This is faster than a heap, cannot fragment, and spares the code for letting go
//! of things, which would be a sixth of what the page loads.

#![expect(unsafe_code, reason = "bytes cross the border of WebAssembly as address and length")]
#![expect(unreachable_pub, reason = "exported to the page, not to Rust")]

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Memory is counted in pages of this many bytes.
const PAGE: usize = 65_536;

/// The engine's memory: everything below `top` is taken.
struct Arena {
    top: AtomicUsize,
}

#[global_allocator]
static ARENA: Arena = Arena { top: AtomicUsize::new(0) };

unsafe extern "C" {
    /// Where the linker says that memory is free.
    static __heap_base: u8;
}

impl Arena {
    /// Forgets everything.
    fn clear(&self) {
        self.top.store((&raw const __heap_base).addr(), Relaxed);
    }
}

// SAFETY: each range of bytes is handed out once until the arena is cleared, which happens only
// when no value of the engine is alive.
unsafe impl GlobalAlloc for Arena {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.top.load(Relaxed).next_multiple_of(layout.align());
        let end = start.saturating_add(layout.size());
        let there = core::arch::wasm32::memory_size(0) * PAGE;
        if end > there {
            let more = (end - there).div_ceil(PAGE);
            if core::arch::wasm32::memory_grow(0, more) == usize::MAX {
                return std::ptr::null_mut();
            }
        }
        self.top.store(end, Relaxed);
        std::ptr::without_provenance_mut(start)
    }

    #[inline(always)]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    #[inline(never)]
    unsafe fn realloc(&self, from: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if from.addr() + layout.size() == self.top.load(Relaxed) {
            // What came last grows where it is.
            self.top.store(from.addr(), Relaxed);
        }
        // SAFETY: the caller vouches for size and alignment.
        let to = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !to.is_null() && to != from {
            // SAFETY: both are of this arena, and `to` lies behind `from`.
            unsafe { std::ptr::copy_nonoverlapping(from, to, layout.size().min(size)) };
        }
        to
    }
}

/// Room for a request of `length` bytes. The request before, and the response to it, are gone.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    ARENA.clear();
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast::<u8>()
}

/// Answers the request of `length` bytes at `address`: the response's address in the upper half
/// of the result, its length in the lower.
///
/// # Safety
/// `address` is what [`allocate`] gave for this `length`, and the bytes there were written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(address: *const u8, length: usize) -> u64 {
    // SAFETY: by the contract above these bytes are initialised and stay put during the call.
    let request = unsafe { std::slice::from_raw_parts(address, length) };
    let response = crate::call::call(request).into_boxed_slice();
    let length = response.len() as u64;
    let address = Box::into_raw(response).cast::<u8>() as usize as u64;
    address << 32 | length
}
