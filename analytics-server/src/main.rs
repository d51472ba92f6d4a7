//! The command `analytics-server`. Each sub-command stands in its own file under `cli`; an error
//! is one sentence on standard error and a non-zero exit.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Our sentences already carry their causes; a chain would repeat them.
            cli::fatal(&error);
            ExitCode::FAILURE
        }
    }
}
