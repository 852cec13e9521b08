//! Why a mailbox could not be opened, in words, and what to do.

use super::kind::Kind;
use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::Display;
use std::path::Path;
use std::path::PathBuf;

/// Why a mailbox could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// Reading it failed.
    Read {
        /// What was opened.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is packed, and unpacking failed.
    Unpack {
        /// What was opened.
        path: PathBuf,
        /// How many unpacked bytes came before.
        after: usize,
        /// What the unpacker said.
        source: io::Error,
    },
    /// It does not end.
    TooLong {
        /// What was opened.
        path: PathBuf,
        /// How many bytes there is room for.
        room: u64,
    },
    /// It is a directory.
    Directory {
        /// What was opened.
        path: PathBuf,
        /// The mailbox to open in its place, if there is one.
        mailbox: Option<PathBuf>,
        /// It has the three folders of a Maildir.
        is_maildir: bool,
    },
    /// It is a file without mail.
    NoMail {
        /// What was opened.
        path: PathBuf,
        /// What it looks like.
        kind: Kind,
    },
}

impl OpenError {
    pub(super) fn of_io(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(super) fn no_mail(path: &Path, kind: Kind) -> Self {
        Self::NoMail { path: path.to_owned(), kind }
    }

    /// Looks into a directory for what was probably meant.
    pub(super) fn directory(path: &Path) -> Self {
        let is_maildir = ["cur", "new"].iter().all(|folder| path.join(folder).is_dir());
        Self::Directory { path: path.to_owned(), mailbox: mailbox_in(path), is_maildir }
    }

    /// Returns what a person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Read { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => Some("is the name right, and is the disk mounted?".to_owned()),
                io::ErrorKind::PermissionDenied => Some("ask whoever keeps it to let you read it".to_owned()),
                _ => None,
            },
            Self::TooLong { .. } => {
                Some("write it to a file, unpacked, and open that: a file is not read into memory".to_owned())
            }
            Self::Unpack { .. } => Some("unpack as much of it as can be had, and open that".to_owned()),
            Self::Directory { mailbox: Some(mailbox), .. } => {
                Some(format!("name the mbox file itself: {}", mailbox.display()))
            }
            Self::Directory { is_maildir: true, .. } => {
                Some("turn it into mbox first; tranche reads mbox files".to_owned())
            }
            Self::Directory { .. } => Some("name the mbox file itself; there is none in it".to_owned()),
            Self::NoMail { kind, .. } => Some(kind.hint().to_owned()),
        }
    }
}

/// Returns the mailbox in a directory: Apple Mail's `mbox`, else the first file named like one.
fn mailbox_in(path: &Path) -> Option<PathBuf> {
    let apple_mail = path.join("mbox");
    if apple_mail.is_file() {
        return Some(apple_mail);
    }
    let files = fs::read_dir(path).ok()?.filter_map(|found| Some(found.ok()?.path()));
    files.filter(|file| file.is_file() && file.extension().is_some_and(|ending| ending == "mbox")).min()
}

impl fmt::Display for OpenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => {
                write!(out, "cannot open {}: {}", named(path), in_words(source))
            }
            Self::Unpack { path, after, .. } => {
                write!(out, "cannot unpack {} after {after} bytes", named(path))
            }
            Self::TooLong { path, room } => {
                write!(out, "cannot read {} into memory: it is longer than {room} bytes", named(path))
            }
            Self::Directory { path, is_maildir, .. } => {
                let what = if *is_maildir { "a Maildir" } else { "a directory" };
                write!(out, "cannot open {}: it is {what}", path.display())
            }
            Self::NoMail { path, kind } => write!(out, "cannot open {}: {kind}", named(path)),
        }
    }
}

fn named(path: &Path) -> Display<'_> {
    if path == Path::new("-") { Path::new("standard input").display() } else { path.display() }
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unpack { source, .. } => Some(source),
            // What the system said to `Read` is part of its message.
            Self::Read { .. } | Self::TooLong { .. } | Self::Directory { .. } | Self::NoMail { .. } => None,
        }
    }
}
