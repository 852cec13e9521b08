//! When a file was last changed.

use std::fs::Metadata;

/// The times that the system keeps for a file, each in seconds and nanoseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// When its bytes were last changed.
    pub modified: [i64; 2],
    /// When anything about it was, its name and rights included; nobody can set this one.
    pub changed: [i64; 2],
}

impl Stamp {
    #[cfg(unix)]
    pub(super) fn of(about: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { modified: [about.mtime(), about.mtime_nsec()], changed: [about.ctime(), about.ctime_nsec()] }
    }

    #[cfg(not(unix))]
    pub(super) fn of(about: &Metadata) -> Self {
        let since = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let since = since.unwrap_or_default();
        Self { modified: [since.as_secs() as i64, i64::from(since.subsec_nanos())], changed: [0, 0] }
    }
}
