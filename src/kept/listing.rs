//! Listing what is kept, for whoever wants to see or remove it.

use super::FOUND;
use super::INDEX;
use super::folder;
use super::name_of;
use super::seal;
use super::unfinished::PART;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Of which mailbox it is; unknown, where it cannot be read.
    pub mailbox: Option<PathBuf>,
    /// What it is, in words.
    pub what: &'static str,
    /// How large it is.
    pub bytes: u64,
}

impl KeptFile {
    /// Removes it.
    ///
    /// # Errors
    ///
    /// When the system refuses. One that is gone already is removed.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Returns everything that is kept below a folder, by mailbox.
pub fn kept(cache: &Path) -> Vec<KeptFile> {
    let files = fs::read_dir(folder::within(cache)).into_iter().flatten().flatten();
    let mut kept: Vec<KeptFile> = files.filter_map(|file| kept_file(file.path())).collect();
    kept.sort_by(|one, other| (&one.mailbox, &one.path).cmp(&(&other.mailbox, &other.path)));
    kept
}

/// Returns everything that is kept of one mailbox, which may itself be gone.
pub fn kept_of(cache: &Path, mailbox: &Path) -> Vec<KeptFile> {
    let name = name_of(&without_links(mailbox)) + ".";
    let is_of_it = |file: &KeptFile| {
        file.path.file_name().is_some_and(|file| file.as_encoded_bytes().starts_with(name.as_bytes()))
    };
    kept(cache).into_iter().filter(is_of_it).collect()
}

fn kept_file(path: PathBuf) -> Option<KeptFile> {
    if !super::is_named_as_ours(&path) {
        return None;
    }
    let what = match path.extension()?.to_str()? {
        INDEX => "index",
        FOUND => "where candidates are named",
        PART => "unfinished",
        _ => return None,
    };
    let bytes = fs::symlink_metadata(&path).ok()?.len();
    Some(KeptFile { mailbox: seal::mailbox_of(&path), path, what, bytes })
}

/// Returns the path without links; as far as it is known, where the file is gone.
pub fn without_links(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(|folder| fs::canonicalize(folder).ok());
    folder.zip(absolute.file_name()).map_or(absolute.clone(), |(folder, name)| folder.join(name))
}
