//! The watchlist that was asked for, out of the files that a person wrote.

use super::folders::Folders;
use super::run_error::RunError;
use crate::cli::Watch;
use crate::watch::Watchlist;
use std::fs;
use std::path::Path;

/// What a person's own watchlist is called, in the configuration folder.
const FILE: &str = "watchlist.toml";

/// Reads the watchlist that was asked for.
pub(super) fn read(watch: &Watch) -> Result<Watchlist, RunError> {
    match watch {
        Watch::Usual => usual(),
        Watch::Nobody => Ok(Watchlist::default()),
        Watch::Files(files) => {
            files.iter().try_fold(Watchlist::default(), |watchlist, file| with_file(watchlist, file))
        }
    }
}

/// Returns a person's own watchlist, where they keep one in the configuration folder; else the built-in one.
fn usual() -> Result<Watchlist, RunError> {
    let file = Folders::of_this_person().config.map(|folder| folder.path.join(FILE));
    match file.filter(|file| file.exists()) {
        Some(file) => with_file(Watchlist::default(), &file),
        None => Ok(Watchlist::built_in()),
    }
}

fn with_file(watchlist: Watchlist, path: &Path) -> Result<Watchlist, RunError> {
    let bytes = fs::read(path).map_err(|source| RunError::ReadWatchlist { path: path.to_owned(), source })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        RunError::WatchlistNotUtf8 { path: path.to_owned(), line }
    })?;
    watchlist.with(&text).map_err(|source| RunError::BadWatchlist { path: path.to_owned(), source })
}
