//! The program: everything is in the library.

use std::process::ExitCode;

/// A build is many small texts, and the system's allocator takes a sixth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kejian::cli::run(std::env::args_os())
}
