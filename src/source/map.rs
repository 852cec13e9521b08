//! The one place of `unsafe`: a file as a slice.
//!
//! **Contract.** Mapping is unsafe because another program can change the file under the slice. What
//! could happen, and what we do about it:
//!
//! - Its bytes change: every reader takes any bytes, so it shows other text, and nothing breaks. No
//!   code relies on a byte being the same when it is read twice.
//! - It is cut short: reading a page that is gone raises SIGBUS and ends the program. The evidence is
//!   not touched by that, as the map is read-only.
//! - It grows: the slice keeps the length that the file had when it was opened.

#![expect(unsafe_code, reason = "the map crate cannot promise that no other program changes the file")]

use memmap2::Mmap;
use std::fs::File;
use std::io;

/// Maps a file for as long as the program runs: one that nobody changes, as it is replaced and never written
/// to. The system takes its pages back when it needs them.
///
/// # Errors
///
/// When the system refuses.
pub fn mapped(file: &File) -> io::Result<&'static [u8]> {
    Ok(Box::leak(Box::new(Map::of(file)?)).bytes())
}

/// A file, mapped read-only.
#[derive(Debug)]
pub(super) struct Map(Mmap);

impl Map {
    /// Maps a file.
    pub(super) fn of(file: &File) -> io::Result<Self> {
        // SAFETY: see the contract above; nothing here writes through the map, and no value read from
        // it is taken to be the same at a second read.
        let map = unsafe { Mmap::map(file)? };
        Ok(Self(map))
    }

    /// Returns the bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
