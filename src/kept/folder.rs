//! The folder in which everything is kept: the person's own, and closed to others.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// The folder within the one that was named, so that its rights are ours to set.
const OURS: &str = "index";

/// Returns where to keep things: below the folder that was named, else below the platform's for caches;
/// nowhere, where that is not known.
pub fn folder(named: Option<&Path>) -> Option<PathBuf> {
    let cache = match named {
        Some(named) => named.to_owned(),
        None => platform()?.join("tranche"),
    };
    Some(cache.join(OURS))
}

/// Returns the platform's folder for what can be made again (the XDG base directory specification; on
/// macOS, Apple's guidelines).
fn platform() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(target_os = "macos") {
        return Some(absolute("HOME")?.join("Library/Caches"));
    }
    absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))
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
