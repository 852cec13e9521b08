//! Files that are being written, and giving them up.
//!
//! What is not finished when the program ends is removed. Of a program that was killed it stays; the next
//! one that keeps something in the folder removes it when nobody has written to it for a while.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What the name of an unfinished file ends in.
pub(super) const PART: &str = "part";

/// Whoever writes writes more often than this.
const ABANDONED_AFTER: Duration = Duration::from_secs(600);

/// The files that this program has not finished.
#[derive(Debug, Default)]
pub struct Unfinished {
    is_given_up: AtomicBool,
    files: Mutex<Vec<PathBuf>>,
}

impl Unfinished {
    /// Ends all writing, and removes what was written.
    pub fn give_up(&self) {
        self.is_given_up.store(true, Ordering::Relaxed);
        for file in self.lock().drain(..) {
            // It may be gone already, and nothing depends on it.
            let _ = fs::remove_file(file);
        }
    }

    /// Returns whether writing has ended.
    pub fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed)
    }

    pub(super) fn begin(&self, file: &Path) {
        self.lock().push(file.to_owned());
    }

    /// Gives a finished file its name, unless it was given up.
    pub(super) fn finish(&self, file: &Path, name: &Path) -> io::Result<()> {
        let mut files = self.lock();
        if self.is_given_up() {
            return Err(io::Error::other("given up"));
        }
        fs::rename(file, name)?;
        files.retain(|unfinished| unfinished != file);
        Ok(())
    }

    pub(super) fn remove(&self, file: &Path) {
        self.lock().retain(|unfinished| unfinished != file);
        let _ = fs::remove_file(file);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes what programs that were killed have left in a folder.
pub(super) fn sweep(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_ours =
        |path: &Path| super::is_named_as_ours(path) && path.extension().is_some_and(|it| it == PART);
    for file in files.filter(|file| is_ours(&file.path())) {
        let modified = file.metadata().and_then(|about| about.modified());
        let age = modified.ok().and_then(|modified| modified.elapsed().ok());
        if age.is_some_and(|age| age > ABANDONED_AFTER) {
            let _ = fs::remove_file(file.path());
        }
    }
}
