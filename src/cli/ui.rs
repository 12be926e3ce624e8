//! The only place that prints. A closed pipe (`kejian … | head`) is not a failure.

use std::io::{self, IsTerminal, Write};

/// Writes to standard output.
pub(super) fn out(text: &str) {
    write_to(&mut io::stdout().lock(), text);
}

/// Writes to standard error.
pub(super) fn note(text: &str) {
    write_to(&mut io::stderr().lock(), text);
}

/// Whether findings may be coloured.
pub(super) fn colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Columns of the terminal, if there is one.
pub(super) fn width() -> Option<usize> {
    comfy_table::Table::new().width().map(usize::from)
}

fn write_to(to: &mut impl Write, text: &str) {
    // Nobody is left to be told of a failure to tell.
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
