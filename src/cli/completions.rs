//! `kejian completions`.

use super::{Cli, ui};
use clap::CommandFactory;
use clap_complete::Shell;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "kejian", &mut script);
    ui::out(&String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}
