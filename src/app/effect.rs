//! All that is asked of the world.

use super::filter::Question;
use super::reader::Generation;
use super::reader::WordsGeneration;
use crate::corpus::MessageNo;
use crate::mail::PartPath;

/// An order to the world outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Load a message, and none before it, and answer with `Msg::MessageLoaded`; of a long one with its
    /// beginning, then with all of it, then with `Msg::MessageSearched`.
    LoadMessage(Wanted),
    /// Load the bytes of a message, and answer with `Msg::RawLoaded`.
    LoadRaw(Wanted),
    /// Look for the words of the filter in the message that is open (`Reader::sought`), and in none before
    /// it, and answer with `Msg::WordsFound`.
    FindWords(WordsGeneration),
    /// Answer a query, and none before it, with `Msg::RankingArrived`, once or as often as there is more.
    Rank(Question),
    /// Answer no query any more.
    StopRanking,
    /// Search every message of the snapshot for the candidates, these first, and answer with
    /// `Msg::Scanned`, piece by piece.
    Scan(Vec<MessageNo>),
    /// Count what is listed, and answer with `Msg::DaysCounted` or `Msg::PeopleCounted`.
    Survey(Generation, Survey),
    /// Copy the citation of a message, and answer with `Msg::Copied`.
    Cite(MessageNo),
    /// Read what is appended to the mailbox, behind what has been read, and answer with
    /// `Msg::MailboxGrew`, as often as there is more.
    Follow,
    /// Read nothing more that is appended.
    StopFollowing,
    /// Draw every cell again, whatever the terminal is believed to show.
    Redraw,
    /// Give the terminal back and stop until we are told to go on.
    Suspend,
    /// Leave.
    Quit,
}

/// What is to be counted of what is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survey {
    /// The messages of each day.
    Days,
    /// The messages of each person.
    People,
}

/// A message that is to be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The question; its answer carries it back.
    pub generation: Generation,
    /// The message of the mailbox.
    pub number: MessageNo,
    /// The way to an attached message: from each message to the part that holds the next one.
    pub within: Vec<PartPath>,
}
