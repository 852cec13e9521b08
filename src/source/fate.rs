//! What became of the file that was opened, as far as the system can tell.
//!
//! A file that is longer counts as grown where its two ends of before are what they were; whether
//! anything between them changed is not looked at.

use crate::bytes::Loss;
use std::fs;
use std::fs::File;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::FileExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What became of a mailbox since it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing that can be seen.
    Same,
    /// It is longer by so many bytes.
    Grown(u64),
    /// Some of it is gone.
    Lost(Loss),
    /// It was written to, and not at its end.
    Rewritten,
    /// Its name belongs to another file.
    Replaced,
    /// Its name is gone.
    Removed,
}

/// How much of each end is remembered.
const END_BYTES: u64 = 1024;

/// What a file was when it was opened.
#[derive(Debug)]
pub(super) struct Seen {
    file: (u64, u64),
    length: u64,
    modified: (i64, i64),
    ends: [Vec<u8>; 2],
}

impl Seen {
    /// Looks at a file that was just opened.
    pub(super) fn of(file: &File, about: &Metadata) -> io::Result<Self> {
        Ok(Self {
            file: (about.dev(), about.ino()),
            length: about.len(),
            modified: (about.mtime(), about.mtime_nsec()),
            ends: ends(file, about.len())?,
        })
    }

    /// Returns what became of it, losses apart.
    pub(super) fn fate(&self, path: &Path, file: &File) -> Fate {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Fate::Removed,
            Ok(there) if (there.dev(), there.ino()) != self.file => return Fate::Replaced,
            _ => {}
        }
        let Ok(now) = file.metadata() else { return Fate::Same };
        let added = now.len().saturating_sub(self.length);
        if added > 0 {
            let is_same = ends(file, self.length).is_ok_and(|ends| ends == self.ends);
            return if is_same { Fate::Grown(added) } else { Fate::Rewritten };
        }
        if (now.mtime(), now.mtime_nsec()) == self.modified { Fate::Same } else { Fate::Rewritten }
    }
}

/// Reads the first and the last bytes of a file's first so many.
fn ends(file: &File, length: u64) -> io::Result<[Vec<u8>; 2]> {
    let bytes = length.min(END_BYTES);
    let read = |offset| {
        let mut end = vec![0; bytes as usize];
        file.read_exact_at(&mut end, offset).map(|()| end)
    };
    Ok([read(0)?, read(length - bytes)?])
}
