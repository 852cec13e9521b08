//! Why a run failed, in words, and what to do.

use super::terminal::ScreenError;
use crate::cli::MessageRef;
use crate::corpus::MessageNo;
use crate::source::OpenError;
use std::error::Error;
use std::fmt;
use std::io;

/// Why a run failed.
#[derive(Debug)]
pub enum RunError {
    /// The mailbox could not be opened.
    Open(OpenError),
    /// What was to be printed could not be written.
    Write(io::Error),
    /// There is nothing to draw on.
    Screen(ScreenError),
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

impl RunError {
    /// Returns what a person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Open(error) => error.hint(),
            Self::Write(_) => None,
            Self::Screen(_) => Some("in a pipe or a script, use `tranche list` or `tranche show`".to_owned()),
            Self::NoSuchMessage { wanted: MessageRef::Id(_), .. } => {
                Some("ids are compared exactly; `tranche list MAILBOX --json` prints them all".to_owned())
            }
            Self::NoSuchMessage { messages, .. } => Some(format!("it has messages 1 to {messages}")),
            Self::AmbiguousDigest(_) => Some("type more of its digits".to_owned()),
        }
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
            Self::Write(error) => write!(out, "cannot write the answer: {error}"),
            Self::Screen(error) => error.fmt(out),
            Self::NoSuchMessage { wanted, .. } => write!(out, "the mailbox has no message {wanted}"),
            Self::AmbiguousDigest([first, second]) => {
                write!(out, "the digest of message {first} begins like that of message {second}")
            }
        }
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
