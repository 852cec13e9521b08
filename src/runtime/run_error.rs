//! Why a run failed, in words, and what to do.

use super::terminal::ScreenError;
use crate::app::words;
use crate::bytes::Loss;
use crate::cli::MessageRef;
use crate::corpus::MessageNo;
use crate::query::QueryError;
use crate::source::OpenError;
use crate::text::Printable;
use crate::text::width;
use crate::watch::WatchlistError;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Why a run failed.
#[derive(Debug)]
pub enum RunError {
    /// The mailbox could not be opened.
    Open(OpenError),
    /// Some of the mailbox went away while it was read.
    Lost {
        /// What the mailbox is called.
        name: String,
        /// What is gone.
        loss: Loss,
    },
    /// What was to be printed could not be written.
    Write(io::Error),
    /// There is nothing to draw on.
    Screen(ScreenError),
    /// The configuration that was named could not be read.
    ReadConfig {
        /// Its file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A watchlist could not be read.
    ReadWatchlist {
        /// Its file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A watchlist is not written in UTF-8.
    WatchlistNotUtf8 {
        /// Its file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A watchlist was not understood.
    BadWatchlist {
        /// Its file.
        path: PathBuf,
        /// What is wrong, and where.
        source: WatchlistError,
    },
    /// The query was not understood, or asks for what is not known.
    Query {
        /// As it was typed.
        line: String,
        /// What is wrong, and where.
        source: QueryError,
    },
    /// Nobody can say whether to delete what is kept.
    NobodyToAsk,
    /// Something that is kept could not be deleted.
    Remove {
        /// Its file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No message of the mailbox is the one that was named.
    NoSuchMessage {
        /// How it was named.
        wanted: MessageRef,
        /// How many there are.
        messages: usize,
    },
    /// The digest of more than one message begins as was typed.
    AmbiguousDigest([MessageNo; 2]),
}

/// What was typed, and marks to be shown below it where it is wrong.
#[derive(Clone, Debug)]
pub struct Pointer {
    /// What was typed.
    pub line: Printable,
    /// Blanks, then marks.
    pub marks: String,
}

impl RunError {
    /// Returns what a person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Open(error) => error.hint(),
            Self::Lost { .. } => {
                Some("read a copy that nobody writes to; what was printed before is as it stood".to_owned())
            }
            Self::BadWatchlist { source, .. } => source.hint(),
            Self::Write(_) | Self::Query { .. } | Self::Remove { .. } | Self::ReadConfig { .. } => None,
            Self::NobodyToAsk => Some("--yes deletes without asking".to_owned()),
            Self::ReadWatchlist { .. } => Some("--no-watchlist does without".to_owned()),
            Self::WatchlistNotUtf8 { .. } => Some("save it as UTF-8".to_owned()),
            Self::Screen(ScreenError::Gone) => None,
            Self::Screen(_) => Some("in a pipe or a script, use `tranche list` or `tranche show`".to_owned()),
            Self::NoSuchMessage { wanted: MessageRef::Id(_), .. } => {
                Some("ids are compared exactly; `tranche list MAILBOX --json` prints them all".to_owned())
            }
            Self::NoSuchMessage { messages, .. } => Some(format!("it has messages 1 to {messages}")),
            Self::AmbiguousDigest(_) => Some("type more of its digits".to_owned()),
        }
    }

    /// Returns the exit code: 2 where what was typed is wrong, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::WatchlistNotUtf8 { .. }
            | Self::BadWatchlist { .. }
            | Self::Query { .. }
            | Self::NobodyToAsk => 2,
            _ => 1,
        }
    }

    /// Returns the query that is wrong and where.
    pub fn pointer(&self) -> Option<Pointer> {
        let Self::Query { line, source } = self else { return None };
        let cells = |from: usize, count: usize| {
            let stretch: String = line.chars().skip(from).take(count).collect();
            width(&Printable::new(&stretch)).0
        };
        let before = source.column.saturating_sub(1);
        let marks = " ".repeat(cells(0, before)) + &"^".repeat(cells(before, source.length).max(1));
        Some(Pointer { line: Printable::new(line), marks })
    }

    /// Returns whether whoever read our output has gone, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<OpenError> for RunError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<ScreenError> for RunError {
    fn from(error: ScreenError) -> Self {
        Self::Screen(error)
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(out),
            Self::Lost { name, loss } => write!(out, "cannot read all of {name}: {}", words::loss(loss)),
            Self::Write(error) => write!(out, "cannot write the answer: {error}"),
            Self::Screen(error) => error.fmt(out),
            Self::ReadConfig { path, source } => cannot_read(out, "configuration", path, source),
            Self::ReadWatchlist { path, source } => cannot_read(out, "watchlist", path, source),
            Self::WatchlistNotUtf8 { path, line } => {
                write!(out, "watchlist {} line {line}: not UTF-8", path.display())
            }
            Self::BadWatchlist { path, source } => {
                write!(out, "watchlist {} line {}: {}", path.display(), source.line, source.problem)
            }
            Self::Query { source, .. } => write!(out, "query {source}"),
            Self::NobodyToAsk => out.write_str("purge asks before it deletes, and nobody is there to answer"),
            Self::Remove { path, source } => write!(out, "cannot delete {}: {source}", path.display()),
            Self::NoSuchMessage { wanted, .. } => write!(out, "the mailbox has no message {wanted}"),
            Self::AmbiguousDigest([first, second]) => {
                write!(out, "the digest of message {first} begins like that of message {second}")
            }
        }
    }
}

fn cannot_read(out: &mut fmt::Formatter<'_>, what: &str, path: &Path, source: &io::Error) -> fmt::Result {
    match source.kind() {
        io::ErrorKind::NotFound => {
            write!(out, "cannot read {what} {}: there is no such file", path.display())
        }
        _ => write!(out, "cannot read {what} {}: {source}", path.display()),
    }
}

impl Error for RunError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Open(error) => error.source(),
            Self::Screen(error) => error.source(),
            _ => None,
        }
    }
}
