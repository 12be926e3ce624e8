//! The engine as pages load it. `build.rs` uses this file too, for the engine that comes inside the
//! program: to pack it takes as long as to check a large course.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Compression, GzBuilder};
use std::io::{self, Write as _};

/// The script that hands the engine to a page: the module as base64 of its gzip.
pub(crate) fn engine_script(wasm: &[u8]) -> io::Result<String> {
    // No time and no system in the header: the same module gives the same bytes everywhere.
    let mut gzip =
        GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    gzip.write_all(wasm)?;
    Ok(format!("window.kejianEngine=\"{}\";\n", BASE64.encode(gzip.finish()?)))
}
