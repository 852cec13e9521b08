//! The program: what it was told, done, and an exit code.

use std::error::Error;
use std::process::ExitCode;
use tranche::cli::Settings;
use tranche::runtime;
use tranche::runtime::RunError;
use tranche::text::Printable;

fn main() -> ExitCode {
    let settings = match Settings::from_args(std::env::args_os()) {
        Ok(settings) => settings,
        Err(said) => {
            // Help and version come this way too, on standard output and with exit code 0.
            let _ = said.print();
            return ExitCode::from(said.exit_code() as u8);
        }
    };
    match runtime::run(&settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Says what went wrong, why, and what to do, on standard error. A file's name may hold anything.
fn complain(error: &RunError) {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let causes: String = causes.map(|cause| format!(": {cause}")).collect();
    eprintln!("tranche: {}", Printable::new(&format!("{error}{causes}")));
    if let Some(hint) = error.hint() {
        eprintln!("  hint: {}", Printable::new(&hint));
    }
}
