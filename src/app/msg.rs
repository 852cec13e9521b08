//! All that can happen.

use super::Change;
use super::Key;
use super::geometry::Size;
use super::list::Narrowing;
use super::reader::Generation;
use super::reader::Opened;
use super::reader::Raw;
use super::reader::Words;
use super::reader::WordsGeneration;
use super::survey::Correspondents;
use super::survey::Days;
use super::watching::Scanned;
use crate::bytes::Loss;
use crate::corpus::Corpus;
use crate::threads::Forest;
use crate::watch::MessageHit;
use std::sync::Arc;

/// A fact that the state has to know.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A person pressed a key.
    KeyPressed(Key),
    /// A person pasted a text.
    Pasted(String),
    /// A person turned the wheel of the mouse.
    WheelTurned {
        /// Away from themselves.
        is_up: bool,
    },
    /// A person clicked on a cell.
    Clicked {
        /// Its column.
        x: u16,
        /// Its row.
        y: u16,
    },
    /// The screen has this size now.
    Resized(Size),
    /// So many bytes of a mailbox that is still being opened are in memory.
    BytesRead(u64),
    /// More of the mailbox has been read.
    MailboxGrew(Snapshot),
    /// A message that was asked for is here, or more of it.
    MessageLoaded {
        /// Which question this answers.
        generation: Generation,
        /// The message.
        opened: Arc<Opened>,
    },
    /// A message that was asked for is gone.
    MessageGone {
        /// Which question this answers.
        generation: Generation,
        /// What is gone of the mailbox.
        loss: Loss,
    },
    /// Another program did something to the mailbox.
    MailboxChanged(Change),
    /// A long message that was asked for has been searched for the candidates.
    MessageSearched {
        /// Which question this answers.
        generation: Generation,
        /// Where it names them.
        hits: Arc<Vec<MessageHit>>,
    },
    /// The bytes of a message that were asked for are here.
    RawLoaded {
        /// Which question this answers.
        generation: Generation,
        /// The bytes.
        raw: Arc<Raw>,
    },
    /// The words of the filter have been looked for in a long message.
    WordsFound {
        /// Which question this answers.
        generation: WordsGeneration,
        /// Where they stand.
        words: Arc<Words>,
    },
    /// More is known of what matches the filter.
    RankingArrived {
        /// Which question this answers.
        generation: Generation,
        /// What matches, as far as is known.
        narrowing: Arc<Narrowing>,
        /// How much of what must be read has been read.
        progress: Progress,
        /// Nothing will be added.
        is_complete: bool,
    },
    /// The days that were asked for are counted.
    DaysCounted {
        /// Which question this answers.
        generation: Generation,
        /// The days.
        days: Arc<Days>,
    },
    /// The people that were asked for are counted.
    PeopleCounted {
        /// Which question this answers.
        generation: Generation,
        /// The people.
        people: Arc<Correspondents>,
    },
    /// A text was sent to the clipboard, unless it was too long.
    Copied {
        /// The text.
        text: String,
        /// Nothing was sent.
        is_too_long: bool,
    },
    /// More messages have been searched for the candidates.
    Scanned(Arc<Scanned>),
    /// It is known what became of the index that is kept.
    IndexNews(News),
}

/// What became of the index that is kept from one session to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// It is of the mailbox as it is.
    Kept,
    /// The mailbox has grown since, and only what is new was read.
    Grown {
        /// By how many messages.
        messages: usize,
    },
    /// The mailbox has changed since, and was indexed afresh.
    Changed,
    /// It could not be kept, for this reason.
    NotKept(String),
}

/// What is known of the mailbox at one moment. Where it has no length yet it is still being opened, and
/// `bytes_read` are in memory.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The messages read so far.
    pub corpus: Corpus,
    /// Their threads; of fewer messages than the corpus while threading is not due.
    pub forest: Forest,
    /// How much of the mailbox has been read.
    pub bytes_read: u64,
    /// How long the mailbox is.
    pub bytes_total: u64,
    /// How fast it is read.
    pub bytes_per_second: u64,
    /// Nothing will be added any more.
    pub is_complete: bool,
}

/// How many messages must be read for an answer, and how many of them have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Those that have been read.
    pub read: usize,
    /// All that must be.
    pub to_read: usize,
    /// Of these, how many wait until they have been searched for candidates.
    pub waiting: usize,
}

impl Progress {
    /// Returns whether all that is left waits until it has been searched for candidates.
    pub fn waits(self) -> bool {
        self.waiting > 0 && self.read + self.waiting >= self.to_read
    }

    /// Returns how much has been read, in percent.
    pub fn percent(self) -> u64 {
        (self.read as u64 * 100).checked_div(self.to_read as u64).unwrap_or(100)
    }
}

impl Snapshot {
    /// Returns whether the mailbox is still being opened.
    pub fn is_opening(&self) -> bool {
        !self.is_complete && self.bytes_total == 0
    }

    /// Returns how much of the mailbox has been read, in percent.
    pub fn percent(&self) -> u64 {
        (self.bytes_read.saturating_mul(100)).checked_div(self.bytes_total).unwrap_or(100).min(100)
    }
}
