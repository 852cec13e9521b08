//! Positions on disk: one small file a mailbox, in the person's folder for data.
//!
//! A mailbox is known by what it begins with, so that it is the same wherever it lies and however it grows,
//! and another file under its name is another mailbox.

use crate::app::position::Position;
use crate::kept::KeptFile;
use crate::report;
use crate::source::Source;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::sync::Mutex;

/// The folder within the person's folder for data.
const FOLDER: &str = "positions";

/// So much of a mailbox tells which one it is. It has several messages in it mostly.
const BEGINNING_BYTES: usize = 4 << 10;

/// No position is longer; a file that is was not written by us.
const FILE_BYTES_AT_MOST: u64 = 64 << 10;

/// Where the position in one mailbox is kept, and what it is now.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    file: PathBuf,
    /// The path of the mailbox, for whoever looks what is kept.
    mailbox: PathBuf,
    /// What to write; taken by whoever ends the program.
    now: Arc<Mutex<Option<Position>>>,
}

impl Kept {
    /// Returns where the position in a mailbox is kept; nowhere for one that is no file.
    pub(super) fn of(source: &Source, data: &Path) -> Option<Self> {
        let mailbox = fs::canonicalize(source.path()?).ok()?;
        let beginning = source.bytes().get(..BEGINNING_BYTES).unwrap_or(source.bytes());
        let file = data.join(FOLDER).join(report::digest(beginning).get(..32)?);
        Some(Self { file, mailbox, now: Arc::default() })
    }

    /// Reads it.
    pub(super) fn read(&self) -> Option<Position> {
        let is_ours = |about: &fs::Metadata| about.is_file() && about.len() <= FILE_BYTES_AT_MOST;
        fs::metadata(&self.file).ok().filter(is_ours)?;
        Position::read(&fs::read_to_string(&self.file).ok()?)
    }

    /// Notes where one is now.
    pub(super) fn note(&self, position: Option<Position>) {
        // Only who ends the program holds it as well, and then there is nothing more to note.
        if let Ok(mut now) = self.now.try_lock() {
            *now = position;
        }
    }

    /// Writes what was noted, in one step, for the person alone.
    pub(super) fn write(&self) -> io::Result<()> {
        let Ok(Some(position)) = self.now.try_lock().map(|mut now| now.take()) else { return Ok(()) };
        let folder = self.file.parent().unwrap_or(Path::new("."));
        make(folder)?;
        let beside = self.file.with_extension(format!("{}.part", process::id()));
        let text = format!("{position}mailbox {}\n", self.mailbox.to_string_lossy().replace('\n', "?"));
        let written = create(&beside)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&beside, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

/// Returns the positions that are kept: those of one mailbox, or all.
pub(super) fn kept(data: &Path, mailbox: Option<&Path>) -> Vec<KeptFile> {
    let wanted =
        mailbox.map(|it| fs::canonicalize(it).or_else(|_| std::path::absolute(it)).unwrap_or_default());
    let files = fs::read_dir(data.join(FOLDER)).into_iter().flatten().flatten();
    let described = files.filter_map(|file| {
        let path = file.path();
        let about = fs::symlink_metadata(&path).ok().filter(|about| about.is_file())?;
        let text =
            if about.len() <= FILE_BYTES_AT_MOST { fs::read_to_string(&path).ok()? } else { return None };
        let mailbox = text.lines().find_map(|line| line.strip_prefix("mailbox ")).map(PathBuf::from);
        let is_wanted = wanted.is_none() || wanted == mailbox;
        is_wanted.then_some(KeptFile { path, mailbox, what: "position", bytes: about.len() })
    });
    described.collect()
}

#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn create(file: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)
}

#[cfg(not(unix))]
fn create(file: &Path) -> io::Result<fs::File> {
    fs::File::create(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::MessageNo;

    #[test]
    fn a_position_is_found_again_also_where_the_mailbox_moved() {
        let data = tempfile::tempdir().unwrap();
        let mailbox = data.path().join("a.mbox");
        let moved = data.path().join("b.mbox");
        fs::write(&mailbox, b"From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\n\n").unwrap();
        let kept = Kept::of(&Source::open(&mailbox).unwrap(), data.path()).unwrap();
        assert_eq!(kept.read(), None);
        kept.write().unwrap();
        assert_eq!(kept.read(), None, "nothing was noted");
        let position = Position { message: MessageNo(0), is_open: true, ..Position::default() };
        kept.note(Some(position.clone()));
        kept.write().unwrap();
        fs::rename(&mailbox, &moved).unwrap();
        let kept = Kept::of(&Source::open(&moved).unwrap(), data.path()).unwrap();
        assert_eq!(kept.read(), Some(position));
        assert_eq!(super::kept(data.path(), None).len(), 1, "what was written beside it is gone");
        assert_eq!(super::kept(data.path(), Some(&moved)), [], "it was written for the path of before");
        let other = super::kept(data.path(), Some(&data.path().join("a.mbox")));
        assert!(other.iter().all(|file| file.what == "position"));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_the_person_alone() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let mailbox = data.path().join("a.mbox");
        fs::write(&mailbox, b"From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\n\n").unwrap();
        let kept = Kept::of(&Source::open(&mailbox).unwrap(), &data.path().join("new")).unwrap();
        kept.note(Some(Position::default()));
        kept.write().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&kept.file), mode(kept.file.parent().unwrap())), (0o600, 0o700));
    }
}
