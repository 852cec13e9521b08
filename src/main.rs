//! The program: what it was told, done, and an exit code.

use std::error::Error;
use std::io;
use std::io::Write;
use std::process::ExitCode;
use tranche::cli::Settings;
use tranche::cli::WrongUsage;
use tranche::runtime;
use tranche::runtime::RunError;
use tranche::text::Printable;

fn main() -> ExitCode {
    let settings = match Settings::from_args(std::env::args_os()) {
        Ok(settings) => settings,
        Err(said) => {
            let Some(wrong) = WrongUsage::of(&said) else {
                let _ = said.print();
                return ExitCode::SUCCESS;
            };
            eprintln!("tranche: {}\n  hint: {}", Printable::new(&wrong.what), Printable::new(&wrong.hint));
            return ExitCode::from(2);
        }
    };
    match runtime::run(&settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Says what went wrong, why, and what to do, on standard error. A file's name may hold anything. Where
/// nobody can be told, there is nothing more to do.
fn complain(error: &RunError) {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let causes: String = causes.map(|cause| format!(": {cause}")).collect();
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "tranche: {}", Printable::new(&format!("{error}{causes}")));
    if let Some(pointer) = error.pointer() {
        let _ = writeln!(out, "  {}\n  {}", pointer.line, pointer.marks);
    }
    if let Some(hint) = error.hint() {
        let _ = writeln!(out, "  hint: {}", Printable::new(&hint));
    }
}
