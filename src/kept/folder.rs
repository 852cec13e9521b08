//! The folder in which everything is kept: the person's own, and closed to others.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// The folder within the one that was named, so that its rights are ours to set.
const OURS: &str = "index";

/// Returns the folder for kept files below a folder for what can be made again.
pub(super) fn within(cache: &Path) -> PathBuf {
    cache.join(OURS)
}

/// Makes the folder, for its owner alone.
#[cfg(unix)]
pub(super) fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    use std::os::unix::fs::PermissionsExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Makes the folder.
#[cfg(not(unix))]
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
