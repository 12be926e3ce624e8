//! The only place that prints. A closed pipe (`kejian … | head`) is not a failure.

use crate::terminal::Screen;
use std::io::{self, IsTerminal, Write};

/// Where something is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output.
    Output,
    /// Standard error: what is asked, where an object is due on standard output.
    Error,
}

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

/// Writes sentences to standard error, a line for each: folded where that is a terminal, whole
/// where a program reads them. Lines of the same sentence stand behind `indent`.
pub(super) fn say(sentences: &str, indent: &str) {
    let mut error = io::stderr().lock();
    if !error.is_terminal() {
        return write_to(&mut error, &format!("{sentences}\n"));
    }
    let mut screen = Screen::new(&mut error, false, width(Stream::Error));
    // Nobody is left to be told of a failure to tell.
    let _ = sentences.lines().try_for_each(|sentence| screen.hanging(sentence, indent));
}

/// Columns of the terminal behind a stream, if there is one.
pub(super) fn width(stream: Stream) -> Option<usize> {
    let mut table = comfy_table::Table::new();
    if stream == Stream::Error {
        table.use_stderr();
    }
    table.width().map(usize::from)
}

fn write_to(to: &mut impl Write, text: &str) {
    // Nobody is left to be told of a failure to tell.
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
