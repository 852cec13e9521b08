//! The program: what it was told, done, and an exit code.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tranche::app::Palette;
use tranche::runtime::run_screen;
use tranche::source::Source;

fn main() -> ExitCode {
    let source = match std::env::args().nth(1) {
        Some(path) => match Source::open(Path::new(&path)) {
            Ok(source) => source,
            Err(error) => {
                eprintln!("tranche: {error}");
                return ExitCode::FAILURE;
            }
        },
        None => Source::sample(),
    };
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let palette = if no_colour { Palette::Attributes } else { Palette::Colours };
    match run_screen(Arc::new(source), palette) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tranche: {error}");
            ExitCode::FAILURE
        }
    }
}
